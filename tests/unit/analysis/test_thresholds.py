"""Pay is held against the threshold of one stated household."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.analysis.thresholds import region_thresholds
from lmi.assessment.notes import threshold_notes
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
    with pytest.raises(ConfigError, match="'1 adult' and '2 adults'"):
        region_thresholds(Shelf(ROWS), state, 2023)


def test_a_statewide_threshold_serves_where_no_county_has_one():
    rows = [("41000", "1 adult", 2023, 29_000, "Budgets")]
    assert region_thresholds(Shelf(rows), state_of(LANE), 2023)[
        "threshold_annual_wage"
    ].tolist() == [29_000]


def test_rows_of_other_states_do_not_choose_the_household():
    rows = [*ROWS, ("99001", "nobody", 2023, 1_000, "Sample")]
    found = region_thresholds(Shelf(rows), state_of(LANE), 2023)
    assert found["threshold_household"].tolist() == ["1 adult"]


@pytest.fixture
def oregon(tmp_path):
    """The two regions, with a thresholds.csv and a wages.yml of their own."""

    def oregon(thresholds: str = "", wages: str = ""):
        for name, text in (("thresholds.csv", thresholds), ("wages.yml", wages)):
            if text:
                (tmp_path / name).write_text(text, encoding="utf-8")
        return state_of(LANE, GORGE).model_copy(update={"folder": tmp_path})

    return oregon


HEAD = "area_fips,region,household,year,annual_wage,source\n"


def wage(state, region: str, rows=(), year: int = 2023) -> tuple[float, bool]:
    table = region_thresholds(Shelf(list(rows)), state, year).set_index("region")
    return (
        table.loc[region, "threshold_annual_wage"],
        bool(table.loc[region, "threshold_is_fallback"]),
    )


def test_a_regions_own_row_goes_before_its_counties_and_these_before_the_state(oregon):
    state = oregon(
        HEAD
        + ",gorge,1 adult,2023,50000,Board\n"
        + "41065,,1 adult,2023,60000,Standard\n"
        + "41000,,1 adult,2023,40000,Standard\n"
    )
    assert wage(state, "gorge", ROWS) == (50_000, False)
    assert wage(state, "lane", ROWS) == (40_000, False), "the file goes before the store"


def test_the_file_may_lack_either_column_of_places_and_leave_the_rest_to_the_store(oregon):
    state = oregon("region,household,year,annual_wage,source\ngorge,1 adult,2023,50000,Board\n")
    assert wage(state, "gorge", ROWS) == (50_000, False)
    assert wage(state, "lane", ROWS) == (30_000, False)


def test_without_any_row_twice_the_poverty_guideline_for_three_stands_in(oregon):
    table = region_thresholds(Shelf([]), oregon(), 2016).set_index("region")
    lane = table.loc["lane"]
    assert lane["threshold_annual_wage"] == 40_320  # 2 x 20,160
    assert lane["threshold_household"] == "1 adult, 2 children"
    assert lane["threshold_year"] == 2016
    assert lane["threshold_source"] == (
        "200 percent of the federal poverty guideline for 3 persons, 48 states and DC, HHS, "
        "81 FR 4036"
    )
    assert table["threshold_is_fallback"].all()


def test_the_stand_in_follows_wages_yml(oregon):
    state = oregon(wages="persons: 4\nmultiple: 1.5\n")
    table = region_thresholds(Shelf([]), state, 2023)
    assert table["threshold_annual_wage"].tolist() == [45_000, 45_000]  # 1.5 x 30,000
    assert set(table["threshold_household"]) == {"a household of 4"}


def test_a_threshold_for_no_county_of_a_region_falls_back_and_a_note_says_so(oregon):
    state = oregon(HEAD + "41039,,1 adult,2023,50000,Standard\n")
    table = region_thresholds(Shelf([]), state, 2023)
    assert table["threshold_is_fallback"].tolist() == [False, True]
    (note,) = threshold_notes(state, table)
    assert note.startswith("No family-sustaining wage was given for The Gorge: $49,720 stands in")
    assert "thresholds.csv has no row of the household for their counties" in note


def test_notes_say_how_to_bring_ones_own(oregon):
    state = oregon()
    (note,) = threshold_notes(state, region_thresholds(Shelf([]), state, 2023))
    assert "for any region" in note
    assert "88 FR 3424 (2023); write thresholds.csv into the state's folder" in note
    given = region_thresholds(Shelf(ROWS), state, 2023)
    assert threshold_notes(state, given) == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("08001,,1 adult,2023,50000,S", "the area '08001' is not in Oregon"),
        ("4139,,1 adult,2023,50000,S", "perhaps you meant '41039'"),
        (",lan,1 adult,2023,50000,S", "there is no region 'lan'; perhaps you meant 'lane'"),
        (",nowhere,1 adult,2023,50000,S", "Oregon has lane and gorge"),
        (",,1 adult,2023,50000,S", "neither area_fips nor region; write one of the two"),
        ("41039,lane,1 adult,2023,50000,S", "both area_fips and region"),
        ("41039,,1 adult,2023,24.5,S", "annual_wage is 24.5; it cannot be below 5000"),
        ("41039,,1 adult,2023,much,S", "annual_wage is 'much'; it must be a number"),
        ("41039,,,2023,50000,S", "household is empty"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_line(oregon, row, says):
    state = oregon(HEAD + "# by the state\n" + row + "\n")
    with pytest.raises(ConfigError) as caught:
        region_thresholds(Shelf([]), state, 2023)
    assert says in caught.value.message
    assert caught.value.line == 3
    assert caught.value.file == state.folder / "thresholds.csv"
    assert caught.value.message.endswith(".") and "\n" not in caught.value.message


def test_a_county_across_the_state_line_counts_where_a_region_holds_it(oregon):
    state = oregon(HEAD + "53059,,1 adult,2023,50000,S\n")
    assert wage(state, "gorge") == (50_000, False)


def test_a_changed_footprint_is_asked_for_beside_the_states_own(oregon):
    state = oregon(HEAD + ",lane,1 adult,2023,50000,S\n41065,,1 adult,2023,60000,S\n")
    changed = GORGE.model_copy(update={"counties": ("41065",), "key": "wasco"})
    table = region_thresholds(Shelf([]), state, 2023, [changed])
    assert table.set_index("region")["threshold_annual_wage"].to_dict() == {"wasco": 60_000}


def test_where_no_guideline_is_issued_there_is_no_threshold_and_it_says_so():
    lane = LANE.model_copy(update={"counties": ("99001",)})
    found = region_thresholds(Shelf([]), state_of(lane), 2023)
    assert isinstance(found, Missing)
    assert "write thresholds.csv" in found.remedy
