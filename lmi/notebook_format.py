"""The library that reads and writes notebooks, without the second that it costs for nothing.

`nbformat` loads `jsonschema`, which loads a grammar of internationalised addresses wherever
`rfc3987_syntax` is installed, as JupyterLab has it. Building that grammar takes longer than all
other imports of a batch, in each of its processes, and no notebook is held to it. So it is built
when somebody asks whether an address is one.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from types import ModuleType
from typing import Any

__all__ = ["load_nbformat"]

GRAMMAR = "rfc3987_syntax"


@cache
def load_nbformat() -> Any:
    """Import `nbformat`; call it before whatever brings it along, such as papermill.

    Examples
    --------
    >>> load_nbformat().v4.new_notebook().cells
    []
    """
    if GRAMMAR in sys.modules or "jsonschema" in sys.modules:
        return importlib.import_module("nbformat")
    stands_in = ModuleType(GRAMMAR)
    vars(stands_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[GRAMMAR] = stands_in
    try:
        return importlib.import_module("nbformat")
    finally:
        sys.modules.pop(GRAMMAR, None)


def _is_valid_syntax(term: str, value: str) -> bool:
    """Ask the grammar, which is built now; where there is none, every address passes, as before."""
    try:
        grammar = importlib.import_module(GRAMMAR)
    except ModuleNotFoundError:
        return True
    return bool(grammar.is_valid_syntax(term, value))
