"""Small reference tables of public codes, read once and only when asked for.

The tables are described, with their sources, in ``README.md`` beside them, and so
is what rebuilds them from the agencies' own files.
"""

from __future__ import annotations

import csv
from importlib.resources import files

__all__ = ["read_reference"]


def read_reference(name: str) -> list[list[str]]:
    """Read one reference table as rows of text, without its header.

    Examples
    --------
    >>> read_reference("states")[0]
    ['01', 'Alabama', 'AL']
    """
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
