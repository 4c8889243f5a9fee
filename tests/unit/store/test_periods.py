"""Which periods a source covers follows from what is in it."""

from __future__ import annotations

import polars as pl
import pytest

from lmi.store.periods import periods


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
