"""`lmi estimate` and `lmi evaluate suppression`: files, tables, and a sentence where it fails."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builders import FAMILY, is_one_sentence, qcew, take_in, withheld, write
from tests.unit.cli.conftest import Lmi

COLUMNS = [
    *("area_fips", "own_code", "industry_code", "agglvl_code", "estabs", "published"),
    *("estimate", "lo", "hi", "source", "notice"),
]
WITHHELD = withheld(FAMILY, "08001 5 23", "08001 5 62")


@pytest.fixture
def held(root: Path, tmp_path: Path) -> Path:
    """A store with a quarter that withholds two cells, and the next, which shows them."""
    take_in(
        root,
        write(tmp_path / "q1.csv", qcew(WITHHELD, qtr="1")),
        write(tmp_path / "q2.csv", qcew(FAMILY, qtr="2")),
        write(tmp_path / "a.csv", qcew(WITHHELD, year=2015)),
    )
    return root


def test_estimates_of_a_quarter_as_csv(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    said = lmi("estimate", "08", "--period", "2016Q1", "--out", file)
    assert said.status == 0
    assert said.out == f"10 cells written to {file}, of which 2 are estimated\n"
    assert "No national rows" in said.err
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert rows.columns.tolist() == COLUMNS
    assert set(rows["notice"]) == {"For staff: not for publication."}
    assert rows["area_fips"].tolist() == ["08000"] * 5 + ["08001"] * 5
    cells = rows.set_index(["area_fips", "own_code", "industry_code"])
    assert cells.loc[("08001", "5", "62"), "published"] == ""
    left = cells.loc[[("08001", "5", "23"), ("08001", "5", "62")], "estimate"].astype(float)
    assert left.sum() == pytest.approx(250)
    assert float(cells.loc[("08001", "5", "72"), "estimate"]) == 80


def test_parquet_keeps_codes_as_text_and_withheld_as_missing(
    lmi: Lmi, held: Path, tmp_path: Path
) -> None:
    file = tmp_path / "e.parquet"
    assert lmi("estimate", "08", "--period", "2015", "--own", "5", "--out", file).status == 0
    rows = pd.read_parquet(file)
    assert rows.columns.tolist() == COLUMNS
    assert set(rows["own_code"]) == {"5"}
    assert rows["area_fips"].str.fullmatch(r"08\d{3}").all()
    assert rows["published"].isna().sum() == 2
    assert rows[["estimate", "lo", "hi"]].notna().all(axis=None)


def test_a_year_is_made_of_its_quarters_where_there_is_no_other(
    lmi: Lmi, root: Path, tmp_path: Path
) -> None:
    quarters = [write(tmp_path / f"q{q}.csv", qcew(WITHHELD, qtr=q)) for q in "1234"]
    take_in(root, *quarters)
    file = tmp_path / "year.csv"
    assert lmi("estimate", "08", "--period", "2016", "--out", file).status == 0
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert (rows["published"] == "").sum() == 2
    assert rows["estimate"].ne("").all()
    gone = lmi("estimate", "08", "--period", "2013", "--out", file)
    assert gone.status == 1 and "no rows of Colorado for 2013" in gone.err


def test_the_same_estimate_gives_the_same_bytes(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        lmi("estimate", "08", "--period", "2016Q1", "--no-history", "--out", tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("08", "--period", "2016Q1", "--measure", "avg_wkly_wage"), "total_qtrly_wages"),
        (("08", "--period", "2016Q1", "--own", "9"), "0, 1, 2, 3, 5"),
        (("08", "--period", "2016Q3"), "it has 2016Q1, 2016Q2"),
        (("08", "--period", "March"), "2016Q2"),
        (("Colorado", "--period", "2016Q1"), "two digits"),
    ],
)
def test_what_cannot_be_estimated_is_a_sentence_and_no_file(
    lmi: Lmi, held: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    said = lmi("estimate", *words, "--out", tmp_path / "e.csv")
    assert said.status == 1
    assert says in said.err
    assert is_one_sentence(said.err.strip())
    assert not (tmp_path / "e.csv").exists()


def test_another_ending_is_refused(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    said = lmi("estimate", "08", "--period", "2016Q1", "--out", tmp_path / "e.xlsx")
    assert said.status == 1
    assert ".csv or .parquet" in said.err


def test_an_evaluation_prints_every_way_beside_the_others(lmi: Lmi, held: Path) -> None:
    said = lmi("evaluate", "suppression", "08", "--period", "2016Q1", "--kind", "flip")
    assert said.status == 0
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 80
    for way in (
        "zero-fill", "equal split", "establishment share", "top-down raking",
        "estimate, one period", "estimate, all periods",
    ):  # fmt: skip
        assert any(line.startswith(way) for line in lines), way
    zero = next(line for line in lines if line.startswith("zero-fill"))
    assert zero.split()[1:] == ["error", "1.000", "1.000"]  # sectors, and all
    cells = next(line for line in lines if line.startswith("cells"))
    assert cells.split() == ["cells", "2", "0", "0", "0", "0", "2"]


def test_an_evaluation_written_to_a_file_has_every_number(
    lmi: Lmi, held: Path, tmp_path: Path
) -> None:
    file = tmp_path / "scores.csv"
    said = lmi("evaluate", "suppression", "08", "--kind", "flip", "--out", file)
    assert said.status == 0
    scores = pd.read_csv(file, dtype={"state_fips": "str"})
    assert set(scores["period"]) == {"2016Q1"}  # the one quarter with a next one
    assert set(scores["state_fips"]) == {"08"}
    assert scores.columns.tolist()[-6:] == [
        "cells", "wape", "median_ape", "bias", "coverage", "width",
    ]  # fmt: skip


def test_masks_of_a_year(lmi: Lmi, held: Path) -> None:
    said = lmi("evaluate", "suppression", "08", "--period", "2015", "--kind", "mask")
    assert said.status == 0
    assert "withheld for the test" in said.out


def test_flip_cells_of_a_year_are_refused(lmi: Lmi, held: Path) -> None:
    said = lmi("evaluate", "suppression", "08", "--period", "2015")
    assert said.status == 1
    assert "--kind mask" in said.err
    assert is_one_sentence(said.err.strip())


def test_a_group_of_commands_without_a_command_shows_them(lmi: Lmi) -> None:
    said = lmi("evaluate", "--help")
    assert said.status == 0
