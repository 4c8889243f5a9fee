"""Residents, labor force and commuting of a region: sums, rates, shares, what is absent."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

from lmi.analysis.county_flows import Containment, Flow
from lmi.assessment.context import Context
from lmi.assessment.context_table import members, read_context, region_flows
from lmi.assessment.fingerprint import fingerprint
from lmi.config import Region, StateConfig
from lmi.config.models import Citation
from lmi.store import Store
from tests.builders import take_in, write

COUNTIES = ("08001", "08005", "08013", "08014")
flows = st.dictionaries(
    st.tuples(st.sampled_from(COUNTIES), st.sampled_from(COUNTIES)), st.integers(0, 10_000)
)


def _state(*counties: str, fips: str = "08") -> StateConfig:
    region = Region(state="somewhere", key="north", name="North", counties=counties)
    return StateConfig(
        slug="somewhere", name="Colorado", state_fips=fips, title="Regions", regions=(region,),
        source=Citation(name="Office", url="https://example.org"), folder=Path("regions/nowhere"),
    )  # fmt: skip


@pytest.fixture
def context(tmp_path):
    """The context of a region of counties in a store of such tables."""

    def make(*counties: str, **tables: str) -> Context:
        store = Store(tmp_path / "store")
        for name, text in tables.items():
            take_in(store, write(tmp_path / f"{name}.csv", text))
        state = _state(*counties, fips=counties[0][:2])
        rows, _sources = read_context(store, state)
        return Context(rows, state.regions[0].counties)

    return make


def population(*rows: str) -> str:
    return "\n".join(["area_fips,year,population", *rows]) + "\n"


def labor(*rows: str) -> str:
    header = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
    return "\n".join([header, *rows]) + "\n"


def jobs(*rows: str, year: int = 2021) -> str:
    return "\n".join(["w_county_fips,h_county_fips,jobs,year", *(f"{r},{year}" for r in rows)])


def survey(*rows: str) -> str:
    header = "w_county_fips,h_county_fips,workers,margin_of_error,year"
    return "\n".join([header, *(f"{row},2013" for row in rows)]) + "\n"


# --- levels ---------------------------------------------------------------------------------------
def test_residents_are_those_of_the_newest_year_that_all_counties_have(context):
    found = context(
        "08001", "08005",
        population=population("08001,2021,100", "08005,2021,300", "08001,2022,110",
                              "08005,2022,330", "08001,2023,500"),
    )  # fmt: skip
    level = found.newest("population")
    assert (level.value, level.year, level.is_whole) == (440, 2022, True)
    (change,) = found.changes("population")
    assert (change.year0, change.year, round(change.pct, 9)) == (2021, 2022, 10.0)


def test_a_county_that_no_year_has_is_named_and_never_zero(context):
    found = context(
        "08001", "08005", "08013",
        population=population("08001,2022,110", "08005,2022,330"),
    )  # fmt: skip
    level = found.newest("population")
    assert (level.value, level.of_counties, level.lacking) == (440, 3, ("08013",))
    assert found.path("population").empty
    assert not found.changes("population")


def test_a_blank_cell_is_a_county_that_is_lacking(context):
    found = context(
        "08001", "08005",
        labor=labor("08001,2022,1000,960,40,4.0", "08005,2022,,,,3.0"),
    )  # fmt: skip
    assert found.newest("labor_force").lacking == ("08005",)
    assert found.newest("unemployment_rate").lacking == ("08005",)


def test_a_rate_is_computed_from_sums(context):
    found = context(
        "08001", "08005",
        labor=labor("08001,2022,1000,900,100,10.0", "08005,2022,9000,8910,90,1.0"),
    )  # fmt: skip
    assert found.newest("unemployment_rate").value == pytest.approx(1.9)


def test_a_state_without_a_row_of_its_own_is_the_sum_of_its_counties_or_nothing(context):
    rows = ["10001,2022,1000,900,100,10.0", "10003,2022,1000,960,40,4.0"]
    found = context("10001", labor=labor(*rows))
    assert found.path("unemployment_rate", "state").empty
    found = context("10001", more=labor("10005,2022,1000,960,40,4.0"))
    assert found.path("unemployment_rate", "state")[2022] == pytest.approx(6.0)


def test_old_and_new_codes_of_a_ground_are_not_added_up():
    both = ("09001", "09003", "09110", "09120")
    assert members(both, 2021, set(both)).have == ("09001", "09003")
    assert members(both, 2022, {"09110", "09120"}).have == ("09110", "09120")
    assert members(both, 2022, {"09001", "09003"}).have == ("09001", "09003")


def test_a_change_across_a_change_of_counties_is_not_computed(context):
    found = context(
        "02063", "02261",
        population=population("02261,2018,9000", "02063,2021,7000"),
    )  # fmt: skip
    assert found.breaks("population", 2018, 2021)
    assert not found.changes("population")


# --- commuting ------------------------------------------------------------------------------------
def test_who_commutes_is_the_sum_of_flows_over_the_border(context):
    found = context(
        "08001", "08005",
        flows=jobs("08001,08001,50", "08005,08001,5", "08005,08005,40", "08013,08001,20",
                   "08001,08013,7", "08005,08014,9", "08013,08013,99"),
    )  # fmt: skip
    (one,) = found.commuting
    assert (one.stay.value, one.comes_in.value, one.goes_out.value) == (95, 16, 20)
    assert (one.works.value, one.lives.value, one.year) == (111, 115, 2021)
    assert [(f.area_fips, f.value) for f in one.origins] == [("08014", 9), ("08013", 7)]
    assert [(f.area_fips, f.value) for f in one.destinations] == [("08013", 20)]
    assert one.filled_by_residents.value == pytest.approx(95 / 111)
    assert one.limits == "Flows across the state line are not in the file."


def test_flows_of_some_of_the_counties_are_not_those_of_the_region(context):
    found = context("08001", "08005", flows=jobs("08001,08001,50", "08001,08013,5"))
    assert found.commuting == ()
    assert found.lacking_flows == ("08005",)


def test_all_jobs_stand_in_for_main_jobs_that_are_not_there(context):
    every = jobs("08001,08001,60", "08001,08013,6").replace(",jobs,", ",all_jobs,")
    (one,) = context("08001", flows=every).commuting
    assert (one.table, one.counts, one.stay.value) == ("commuting_all_jobs", "jobs", 60)
    main = jobs("08001,08001,50", "08001,08013,5")
    (one,) = context("08001", main=main).commuting
    assert (one.table, one.counts, one.stay.value) == ("commuting", "main jobs", 50)


def test_who_comes_in_over_the_state_line_is_told_apart_from_who_goes_out(context):
    found = context("08001", flows=jobs("08001,08001,50", "08001,56021,5"))
    (one,) = found.commuting
    assert one.comes_in.value == 5
    assert one.limits == "Residents who work in another state are not in the file."


def test_margins_of_a_sum_are_the_root_of_the_sum_of_squares(context):
    found = context(
        "08001", "08005",
        survey=survey("08001,08001,500,30", "08005,08005,400,40", "08013,08001,100,12",
                      "08013,08005,100,5", "56021,08001,10,", "XX000,08005,3,4"),
    )  # fmt: skip
    (one,) = found.commuting
    assert (one.table, one.stay.value, one.stay.margin) == ("commuting_survey", 900, 50)
    assert (one.destinations[0].area_fips, one.destinations[0].margin) == ("08013", 13)
    assert one.goes_out.margin != one.goes_out.margin, "a margin that is not known"
    assert (one.filled_by_residents.value, one.filled_by_residents.margin) == (1, 0)
    assert one.stay_to_work.margin != one.stay_to_work.margin


def test_the_margin_of_a_share_is_that_of_its_parts_carried_through():
    stay, out, none = Flow(900, 50), Flow(100, 10), Flow(0, 0)
    share = Containment(stay, none, out, stay, Flow(1000, 51)).stay_to_work
    assert share.value == 0.9
    assert share.margin == pytest.approx(((100 * 50) ** 2 + (900 * 10) ** 2) ** 0.5 / 1000**2)


@given(flows, st.sets(st.sampled_from(COUNTIES), min_size=1))
def test_what_comes_in_and_what_stays_are_all_the_jobs(drawn, region):
    rows = pd.DataFrame(
        [(w, h, n, 0.0) for (w, h), n in drawn.items()],
        columns=["work", "home", "value", "margin_of_error"],
    )
    table = region_flows(rows, region)
    sums = table[table["area_fips"] == ""].set_index("measure")["value"]
    assert sums["stay"] + sums["in"] == sums["work"]
    assert sums["stay"] + sums["out"] == sums["home"]
    ends = table[table["area_fips"] != ""].groupby("measure")["value"].sum()
    assert ends.get("in", 0) == sums["in"]
    assert ends.get("out", 0) == sums["out"]
    assert sums["in"] == sum(n for (w, h), n in drawn.items() if w in region and h not in region)


# --- what it rests on -----------------------------------------------------------------------------
def test_another_population_file_makes_a_region_stale(tmp_path):
    store, state = Store(tmp_path / "store"), _state("08001")
    take_in(store, write(tmp_path / "a.csv", population("08001,2022,110")))
    before = fingerprint(store, state, state.regions[0])
    take_in(store, write(tmp_path / "b.csv", population("08001,2022,111")))
    assert fingerprint(store, state, state.regions[0]) != before


def test_real_flows_of_colorado(shared_data, tmp_path):
    store = Store(tmp_path / "store")
    take_in(store, shared_data / "commuting" / "colorado_county_flows_2015_2021.csv.gz")
    plains = ("08075", "08087", "08095", "08115", "08121", "08125")
    rows, sources = read_context(store, _state(*plains))
    (one,) = Context(rows, plains).commuting
    sums = one.stay, one.works, one.lives
    assert (one.year, *(flow.value for flow in sums)) == (2021, 19_511, 24_560, 30_373)
    assert one.origins[0].area_fips == "08123"  # Weld
    assert len(sources) == 1
