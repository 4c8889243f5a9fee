"""Pay is held against the threshold of one stated household."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.analysis.thresholds import region_thresholds
from lmi.errors import ConfigError
from lmi.missing import Missing
from tests.unit.analysis.test_places import GORGE, LANE, state_of

COLUMNS = ["area_fips", "household", "year", "annual_wage", "source"]
ROWS = [
    ("41039", "1 adult", 2023, 30_000, "Budgets"),
    ("41039", "2 adults", 2023, 45_000, "Budgets"),
    ("41039", "1 adult", 2020, 27_000, "Budgets"),
    ("41065", "1 adult", 2023, 31_000, "Budgets"),
    ("53059", "1 adult", 2023, 34_000, "Budgets"),
]


class Shelf:
    def __init__(self, rows: list[tuple]) -> None:
        self.rows = rows

    def table(self, name: str) -> pd.DataFrame | Missing:
        assert name == "thresholds"
        return pd.DataFrame(self.rows, columns=COLUMNS) if self.rows else Missing("a", "b", "c")


def test_the_highest_county_counts_in_the_year_that_is_nearest():
    found = region_thresholds(Shelf(ROWS), state_of(LANE, GORGE), 2022).set_index("region")
    assert found["threshold_annual_wage"].to_dict() == {"lane": 30_000, "gorge": 34_000}
    assert set(found["threshold_year"]) == {2023}


def test_the_state_says_which_household(tmp_path):
    (tmp_path / "wages.yml").write_text('household: "2 adults"\n')
    state = state_of(LANE).model_copy(update={"folder": tmp_path})
    assert region_thresholds(Shelf(ROWS), state, 2023)["threshold_annual_wage"].tolist() == [45_000]


def test_a_household_that_is_not_there_is_an_error_that_lists_those_that_are(tmp_path):
    (tmp_path / "wages.yml").write_text("household: a family\n")
    state = state_of(LANE).model_copy(update={"folder": tmp_path})
    with pytest.raises(ConfigError, match="'1 adult', '2 adults'"):
        region_thresholds(Shelf(ROWS), state, 2023)


def test_a_statewide_threshold_serves_where_no_county_has_one():
    rows = [("41000", "1 adult", 2023, 29_000, "Budgets")]
    assert region_thresholds(Shelf(rows), state_of(LANE), 2023)[
        "threshold_annual_wage"
    ].tolist() == [29_000]


def test_no_table_is_missing_and_says_so():
    assert isinstance(region_thresholds(Shelf([]), state_of(LANE), 2023), Missing)
