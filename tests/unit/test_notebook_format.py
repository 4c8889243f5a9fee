"""The library of notebooks comes without a grammar, which is there for whoever asks for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
from jsonschema import FormatChecker
asked = [(value, kind) for value in ("https://example.org/ä", "two words") for kind in
         ("iri", "iri-reference", "uri")]
print([FormatChecker().conforms(value, kind) for value, kind in asked])
"""


def said(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_an_address_is_told_as_without_it():
    first = "from lmi.notebook_format import load_nbformat; load_nbformat()"
    assert said(f"{first}\n{ASKED}") == said(ASKED)


@pytest.mark.program
def test_what_a_batch_loads_builds_no_grammar():
    code = """
import sys
from importlib import import_module
from lmi.batch.kernels import PRELOADED
for name in ("lmi.batch.execute", *PRELOADED):
    import_module(name)
from lmi.notebook_format import load_nbformat
load_nbformat()
import papermill
print("nbconvert" in sys.modules, {"lark", "rfc3987_syntax"} & set(sys.modules))
"""
    assert said(code) == "True set()\n"
