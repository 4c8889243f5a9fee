"""What QCEW withholds is missing, and a year under way is preliminary."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from lmi.errors import DataFileError
from lmi.schema import Table, table
from lmi.sources.archive import members
from lmi.sources.locate_fault import Lines
from lmi.sources.odd_rows import OddRows
from lmi.sources.qcew import QCEW, normalise, vintage
from tests.builders import qcew, write

ANNUAL, QUARTERLY = table("qcew_annual"), table("qcew_quarterly")
NOWHERE = Lines(b"a\nb\nc\nd\n", first=2)


def tidied(rows: pl.DataFrame, of: Table = ANNUAL) -> pl.DataFrame:
    """Normalise rows of which none may be odd."""
    odd = OddRows("f.csv")
    tidy = normalise(rows, of, "f.csv", NOWHERE, odd)
    assert odd.remarks(rows.height) == []
    return tidy


def rows(**changed: list[object]) -> pl.DataFrame:
    """Annual rows as they were parsed: four, unless told."""
    n = max((len(v) for v in changed.values()), default=4)
    columns = {
        "area_fips": ["08001"] * n,
        "own_code": ["5"] * n,
        "industry_code": ["62"] * n,
        "agglvl_code": ["74"] * n,
        "size_code": ["0"] * n,
        "year": [2016] * n,
        "qtr": ["A"] * n,
        "disclosure_code": [None] * n,
        "annual_avg_estabs": [7] * n,
        "annual_avg_emplvl": [0] * n,
        "lq_annual_avg_emplvl": [0.0] * n,
        "lq_annual_avg_estabs": [1.1] * n,
        "oty_annual_avg_emplvl_chg": [0] * n,
    }
    codes = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "qtr")
    types = {**dict.fromkeys(codes, pl.Categorical()), "disclosure_code": pl.String()}
    return pl.DataFrame({**columns, **changed}, schema_overrides=types)


def test_n_and_dash_withhold_and_empty_or_blank_do_not() -> None:
    tidy = tidied(rows(disclosure_code=["N", "-", "", " ", None, " N"]))
    assert tidy["disclosure_code"].to_list() == ["N", "-", None, None, None, "N"]
    assert tidy["annual_avg_emplvl"].to_list() == [None, None, 0, 0, 0, None]
    assert tidy["annual_avg_estabs"].to_list() == [7] * 6


def test_quotients_and_changes_have_gates_of_their_own() -> None:
    tidy = tidied(
        rows(
            disclosure_code=[None, None, "N"],
            lq_disclosure_code=["N", None, "N"],
            oty_disclosure_code=[None, "N", "N"],
            oty_annual_avg_emplvl_chg=[5, 0, 0],
        )
    )
    assert tidy["annual_avg_emplvl"].to_list() == [0, 0, None]
    assert tidy["lq_annual_avg_emplvl"].to_list() == [None, 0.0, None]
    assert tidy["oty_annual_avg_emplvl_chg"].to_list() == [5, None, None]
    assert tidy["lq_annual_avg_estabs"].to_list() == [1.1] * 3


def test_without_their_gate_quotients_follow_the_row() -> None:
    tidy = tidied(rows(disclosure_code=["N", None]))
    assert tidy["lq_annual_avg_emplvl"].to_list() == [None, 0.0]


@pytest.mark.parametrize("column", ["disclosure_code", "lq_disclosure_code", "oty_disclosure_code"])
@pytest.mark.parametrize("code", ["X", "n", "N-", "0"])
def test_another_disclosure_code_is_refused(column: str, code: str) -> None:
    with pytest.raises(DataFileError) as caught:
        tidied(rows(**{column: [None, "N", code]}))
    assert str(caught.value) == (
        f"f.csv, line 4: {column} is {code!r}; the agency uses N, - or a blank, so download the "
        "file again"
    )


@pytest.mark.parametrize(
    ("table_", "good", "bad", "rule"),
    [
        (ANNUAL, "A", "1", "must be A"),
        (QUARTERLY, "4", "A", "must be 1 or 2 or 3 or 4"),
        (QUARTERLY, "1", "5", "must be 1 or 2 or 3 or 4"),
    ],
)
def test_the_quarter_fits_the_layout(table_, good: str, bad: str, rule: str) -> None:
    tidied(rows(qtr=[good] * 2), table_)
    with pytest.raises(DataFileError, match=f"line 3: qtr is '{bad}'.*{rule}"):
        tidied(rows(qtr=[good, bad]), table_)


def test_columns_that_a_file_may_lack_are_missing(tmp_path: Path) -> None:
    spec = table("qcew_quarterly")
    path = write(tmp_path / "a.csv", qcew(qtr="1", layout="trimmed"))
    [frame] = QCEW.frames(members(path)[0], spec)
    stored = frame.cast(spec.polars_schema)
    assert stored.schema == spec.polars_schema
    assert frame["oty_avg_wkly_wage_chg"].null_count() == frame.height == 4
    assert frame["month1_emplvl"].to_list() == [2000, 1800, None, 50]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024.q1-q1.by_area/2024.q1-q1 08001 Adams County, Colorado.csv", "preliminary"),
        ("2024.q1-q3.singlefile.csv", "preliminary"),
        ("2016.q1-q4.by_area/2016.q1-q4 08001.csv", ""),
        ("2016.annual 08001.csv", ""),
        ("q1-q12 of a catalogue.csv", ""),
    ],
)
def test_a_year_under_way_is_preliminary(name: str, expected: str) -> None:
    assert vintage(["readme.csv", name]) == expected
