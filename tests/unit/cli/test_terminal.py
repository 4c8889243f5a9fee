"""What is printed reaches every terminal and file, whatever letters that has."""

from __future__ import annotations

import io
import sys

import pytest

from lmi.cli.terminal import write_any_letter
from tests.unit.cli.conftest import Lmi


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "≈1,050 jobs − “Zoé”, 地区\u2060 ok…"),
        ("cp1252", "~1,050 jobs - “Zoé”, ?? ok…"),
        ("ascii", '~1,050 jobs - "Zoe", ?? ok...'),
    ],
)
def test_a_letter_that_the_output_has_not_is_written_by_one_that_it_has(
    monkeypatch: pytest.MonkeyPatch, encoding: str, expected: str
) -> None:
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, encoding))
    write_any_letter()
    print("≈1,050 jobs − “Zoé”, 地区\u2060 ok…", end="", flush=True)
    assert kept.getvalue().decode(encoding) == expected


def test_every_command_is_told_so(lmi: Lmi, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a ranking is written into a file on Windows."""
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, "cp1252"))
    assert lmi("--version").status == 0
    print("1. Health care ≈61", end="", flush=True)
    assert kept.getvalue().endswith(b"1. Health care ~61")
