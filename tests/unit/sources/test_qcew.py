"""What QCEW withholds is missing, and what a source replaces follows from what is in it."""

from __future__ import annotations

import polars as pl
import pytest

from lmi.errors import DataFileError
from lmi.schema import table
from lmi.sources.locate_fault import Lines
from lmi.sources.qcew import Replacement, normalise

ANNUAL, QUARTERLY = table("qcew_annual"), table("qcew_quarterly")
NOWHERE = Lines(b"a\nb\nc\nd\n", first=2)


def rows(**changed: list[object]) -> pl.DataFrame:
    """Annual rows as they were parsed: four, unless told."""
    n = max((len(v) for v in changed.values()), default=4)
    columns = {
        "area_fips": ["08001"] * n,
        "industry_code": ["62"] * n,
        "qtr": ["A"] * n,
        "disclosure_code": [None] * n,
        "annual_avg_estabs": [7] * n,
        "annual_avg_emplvl": [0] * n,
        "lq_annual_avg_emplvl": [0.0] * n,
        "lq_annual_avg_estabs": [1.1] * n,
        "oty_annual_avg_emplvl_chg": [5] * n,
    }
    return pl.DataFrame({**columns, **changed}, schema_overrides={"disclosure_code": pl.String})


def test_n_and_dash_withhold_and_empty_or_blank_do_not() -> None:
    tidy = normalise(
        rows(disclosure_code=["N", "-", "", " ", None, " N"]), ANNUAL, "f.csv", NOWHERE
    )
    assert tidy["disclosure_code"].to_list() == ["N", "-", None, None, None, "N"]
    assert tidy["annual_avg_emplvl"].to_list() == [None, None, 0, 0, 0, None]
    assert tidy["annual_avg_estabs"].to_list() == [7] * 6


def test_quotients_and_changes_have_gates_of_their_own() -> None:
    tidy = normalise(
        rows(
            disclosure_code=[None, None, "N"],
            lq_disclosure_code=["N", None, "N"],
            oty_disclosure_code=[None, "N", "N"],
        ),
        ANNUAL, "f.csv", NOWHERE,
    )  # fmt: skip
    assert tidy["annual_avg_emplvl"].to_list() == [0, 0, None]
    assert tidy["lq_annual_avg_emplvl"].to_list() == [None, 0.0, None]
    assert tidy["oty_annual_avg_emplvl_chg"].to_list() == [5, None, None]
    assert tidy["lq_annual_avg_estabs"].to_list() == [1.1] * 3


def test_without_their_gate_quotients_follow_the_row() -> None:
    tidy = normalise(rows(disclosure_code=["N", None]), ANNUAL, "f.csv", NOWHERE)
    assert tidy["lq_annual_avg_emplvl"].to_list() == [None, 0.0]


@pytest.mark.parametrize("column", ["disclosure_code", "lq_disclosure_code", "oty_disclosure_code"])
@pytest.mark.parametrize("code", ["X", "n", "N-", "0"])
def test_another_disclosure_code_is_refused(column: str, code: str) -> None:
    with pytest.raises(DataFileError) as caught:
        normalise(rows(**{column: [None, "N", code]}), ANNUAL, "f.csv", NOWHERE)
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
    normalise(rows(qtr=[good] * 2), table_, "f.csv", NOWHERE)
    with pytest.raises(DataFileError, match=f"line 3: qtr is '{bad}'.*{rule}"):
        normalise(rows(qtr=[good, bad]), table_, "f.csv", NOWHERE)


def scope(*members: list[list[tuple[str, str]]]) -> bool:
    """Whether a source is by industry; a member is its blocks, a block its (area, industry)."""
    found = Replacement(ANNUAL)
    for n, blocks in enumerate(members):
        for cells in blocks:
            areas, industries = zip(*cells, strict=True)
            frame = pl.DataFrame({"area_fips": areas, "industry_code": industries})
            found.add(f"{n}.csv", frame)
    return "industry_code" in found.replaces()


A62, B62, A23, B23, A10 = (
    ("08001", "62"), ("08003", "62"), ("08001", "23"), ("08003", "23"), ("08001", "10"),
)  # fmt: skip


def test_a_slice_has_one_industry_for_many_areas() -> None:
    assert scope([[A62, B62]])
    assert scope([[A62], [B62]]), "over two blocks"
    assert scope([[A62, B62]], [[A23, B23]]), "a zip of slices"


def test_anything_else_is_by_area() -> None:
    assert not scope([[A62, A23]])
    assert not scope([[A10]]), "an area of which only the total is published"
    assert not scope([[A62, B62], [A23]]), "told by its later blocks"
    assert not scope([[A23], [A62, B62]]), "told by its earlier blocks"
    assert not scope([[A62, B62]], [[A62, A23]]), "a zip of a slice and an area"
    assert not scope([[A10]], [[("08003", "10")]]), "a zip of areas with their total alone"


def test_other_tables_replace_what_they_say() -> None:
    found = Replacement(table("commuting"))
    found.add("f.csv", pl.DataFrame({"w_county_fips": ["08001"]}))
    assert found.replaces() == ("w_county_fips", "year")
