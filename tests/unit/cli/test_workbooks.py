"""`lmi workbook`: the file, its score computed by another program, refusals."""

from __future__ import annotations

from pathlib import Path

import formulas
import openpyxl
import pytest

from lmi.report.workbook.score_sheet import FIRST, SCORE
from tests.builders import is_one_sentence
from tests.unit.cli.conftest import Lmi

CLOSE = 1e-9


@pytest.mark.program
def test_the_score_of_the_sample_is_what_another_program_computes(
    lmi: Lmi, sample_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "book.xlsx"
    said = lmi("workbook", "sample/crossway", "--store", sample_store, "--out", file)
    assert said.status == 0, said.err
    assert str(file) in said.out
    book = openpyxl.load_workbook(file)
    for name in book.sheetnames:
        if name != SCORE:
            del book[name]
    alone = tmp_path / "score.xlsx"
    book.save(alone)
    cells = formulas.ExcelModel().loads(str(alone)).finish().calculate()
    rows = list(book[SCORE].iter_rows(min_row=FIRST + 1, max_col=5, values_only=True))
    assert sum(row[3] is not None for row in rows) > 3
    for at, (name, rank, score, rank_before, score_before) in enumerate(rows, start=FIRST + 1):
        for cell, formula, before in (("B", rank, rank_before), ("C", score, score_before)):
            if before is not None:
                assert str(formula).startswith("="), name
                found = cells[f"'[{alone.name}]{SCORE.upper()}'!{cell}{at}"].value[0, 0]
                assert found == pytest.approx(before, abs=CLOSE), (name, cell)


def test_another_kind_of_file_is_refused(lmi: Lmi, tmp_path: Path) -> None:
    said = lmi("workbook", "sample/crossway", "--out", tmp_path / "book.csv")
    assert said.status == 1 and is_one_sentence(said.err.strip())
    assert ".xlsx" in said.err


@pytest.mark.parametrize(
    ("place", "words", "told"),
    [
        ("sample/crossway", ("--read", "in.xlsx", "--out", "out.xlsx"), "--read or --out"),
        ("sample", ("--read", "in.xlsx"), "name the region"),
        ("sample/crossway", ("--read", "in.xlsx"), "no file in.xlsx"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    lmi: Lmi, sample_store: Path, place: str, words: tuple[str, ...], told: str
) -> None:
    said = lmi("workbook", place, "--store", sample_store, *words)
    assert said.status == 1 and is_one_sentence(said.err.strip())
    assert told in said.err
