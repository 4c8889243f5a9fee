"""What a source covers, and which older rows it replaces, follows from what is in it."""

from __future__ import annotations

import polars as pl
import pytest

from lmi.schema import table
from lmi.store.coverage import Replacement, periods

ANNUAL = table("qcew_annual")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"year": [2016, 2016], "qtr": ["1", "4"]}, {"2016Q1", "2016Q4"}),
        ({"year": [2016, 2017], "qtr": ["A", "A"]}, {"2016", "2017"}),
        ({"year": [2016, 2016]}, {"2016"}),
        ({"base_year": [2020], "projected_year": [2030]}, {"2030"}),
        ({"candidate": ["energy"]}, set()),
    ],
)
def test_periods_are_written_as_they_are_asked_for(rows: dict, expected: set[str]) -> None:
    assert periods(pl.DataFrame(rows)) == expected


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
