"""A footprint seen as a labor market: which flows judge it, what each county does, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lmi import codes
from lmi.assessment.commuting_flows import read_flows
from lmi.assessment.footprint import MOST, LaborMarket, Market, Size, open_footprint
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.footprint_tables import effects_table, footprints_of, partners_table
from lmi.assessment.footprint_verdict import not_tried, rank_text, verdict
from lmi.assessment.suggested_regions import (
    SuggestedRegions,
    state_file,
    suggest_regions,
    suggested_name,
)
from lmi.config import Region, load_state
from lmi.missing import Missing
from lmi.store import Store
from tests.builders import take_in, write

NORTH = ("08001", "08005")


@pytest.fixture
def footprint(tmp_path: Path):
    """A region of counties in a store of such flows."""

    def make(*counties: str, jobs: dict | None = None, survey: dict | None = None) -> LaborMarket:
        store = Store(tmp_path / "store")
        if jobs:
            rows = [f"{w},{h},{n},2021" for (w, h), n in jobs.items()]
            header = "w_county_fips,h_county_fips,jobs,year"
            take_in(store, write(tmp_path / "jobs.csv", "\n".join([header, *rows]) + "\n"))
        if survey:
            rows = [f"{w},{h},{n},{margin},2013" for (w, h), (n, margin) in survey.items()]
            header = "w_county_fips,h_county_fips,workers,margin_of_error,year"
            take_in(store, write(tmp_path / "survey.csv", "\n".join([header, *rows]) + "\n"))
        region = Region(state="somewhere", key="north", name="North", counties=counties)
        return open_footprint(store, region)

    return make


def asked(jobs: dict, margin: float = 1) -> dict:
    """The same as a survey has it."""
    return {ends: (n, margin) for ends, n in jobs.items()}


CLOSED = {
    ("08001", "08001"): 20_000, ("08001", "08005"): 5_000, ("08005", "08005"): 9_000,
    ("08005", "08001"): 1_000, ("08013", "08001"): 900, ("08013", "08013"): 4_000,
    ("08001", "08013"): 2_000,
}  # fmt: skip


def test_a_region_that_keeps_its_workers_is_a_labor_market(footprint):
    found = footprint(*NORTH, jobs=CLOSED)
    held = found.judged_by.containment
    assert (held.stay.value, held.works.value, held.lives.value) == (35_000, 37_000, 35_900)
    assert found.size is Size.right
    assert [m.counties for m in found.markets] == [NORTH]
    first = verdict(found)[0]
    assert first.startswith("About right: 97.5% of its working residents work in it")
    assert "by main jobs of 2021" in first and "66.7% or more" in first


def test_one_that_loses_them_is_too_small_and_the_county_that_mends_it_is_named(footprint):
    leaky = CLOSED | {("08013", "08001"): 30_000}
    found = footprint(*NORTH, jobs=leaky)
    assert found.size is Size.small
    assert [(e.county, e.joins) for e in found.remedies] == [("08013", True)]
    said = verdict(found)
    assert said[0].startswith("Too small: 53.8% of its working residents work in it")
    assert said[1] == "It would be one with Boulder County."


def test_no_county_is_named_where_only_one_that_is_hardly_tied_would_mend_it(footprint):
    """The table has such a county as one that makes it large enough: neither may deny the other."""
    tiny = {("08001", "08001"): 2_000, ("08013", "08013"): 9_000, ("08013", "08001"): 60}
    found = footprint("08001", jobs=tiny)
    (joined,) = found.effects
    assert joined.after[0].validity()[0] >= 1 and joined.ties[0].value < 0.05
    assert verdict(found) == [
        "Too small: 97.1% of its working residents work in it, and residents are 100.0% of those "
        "who work in it (by main jobs of 2021); a labor market has at least 3,500 working "
        "residents, and it has 2,060.",
        "No county that exchanges 5% or more with it would make it one by joining.",
        "Flows across the state line are not in the file.",
    ]


def test_counties_nearby_that_have_no_line_are_counted(footprint):
    own = "08001"
    beside = [c for c in codes.counties_of("08") if c != own][: MOST + 3]
    flows = {(own, own): 30_000} | {(own, c): 900 for c in beside}
    found = footprint(own, jobs=flows | {(c, c): 100 for c in beside})
    assert len(found.near) == MOST and len(found.around) == MOST + 3
    assert FootprintEvidence.of(found, Missing("map", "none", "none")).not_tried == 3
    assert not_tried(3) == "3 more counties nearby that exchange less are not listed."
    assert not_tried(0) == ""


def test_a_sector_that_is_not_known_in_a_footprint_is_not_set_aside():
    nan = float("nan")
    rows = [{"rank": 2, "set_aside": ""}, {"rank": nan, "set_aside": "declining"},
            {"rank": nan, "set_aside": nan}]  # fmt: skip
    assert [rank_text(row) for row in rows] == ["2", "set aside", "n/a"]


def test_where_the_survey_leaves_it_open_no_side_is_taken(footprint):
    rows = asked(CLOSED | {("08013", "08001"): 16_000}, 1)
    near = rows | {("08013", "08001"): (16_000, 5_000)}
    found = footprint(*NORTH, survey=near)
    value, lo, hi = found.judged_by.containment.validity()
    assert lo < 1 < hi and value > 1
    assert found.size is Size.unsure
    assert verdict(found)[0].startswith("Too small or about right: ")


def test_parts_that_hardly_commute_are_labor_markets_side_by_side(footprint):
    apart = {
        ("08001", "08001"): (30_000, 500), ("08005", "08005"): (26_000, 500),
        ("08005", "08001"): (60, 20),
    }  # fmt: skip
    found = footprint(*NORTH, survey=apart)
    assert found.size is Size.several
    assert [m.counties for m in found.markets] == [("08001",), ("08005",)]
    assert verdict(found)[0].startswith(
        "Too big for one labor market: two stand side by side, most likely Adams County; Arapahoe "
        "County. 100.0% of its working residents "
    )


def test_parts_that_the_survey_cannot_tell_apart_are_one(footprint):
    # 2 % of the smaller's workers is the line; 500 ± 400 of 26,000 lies on both sides of it
    apart = {
        ("08001", "08001"): (30_000, 500), ("08005", "08005"): (26_000, 500),
        ("08005", "08001"): (500, 400),
    }  # fmt: skip
    assert footprint(*NORTH, survey=apart).size is Size.right


def test_a_part_that_is_no_labor_market_makes_none(footprint):
    # the second keeps half of its workers: the rest go to a third county
    apart = asked({
        ("08001", "08001"): 30_000, ("08005", "08005"): 5_000, ("08013", "08005"): 5_000,
        ("08013", "08013"): 9_000,
    })  # fmt: skip
    assert len(footprint(*NORTH, survey=apart).markets) == 1


def test_what_was_asked_judges_and_what_was_counted_stands_beside_it(footprint):
    counted = CLOSED | {("08013", "08001"): 30_000}
    found = footprint(*NORTH, jobs=counted, survey=asked(CLOSED))
    assert [one.table for one in found.flows] == ["commuting", "commuting_survey"]
    assert found.judged_by.is_survey and found.size is Size.right
    said = " ".join(verdict(found))
    assert "By main jobs of 2021, 53.8% of residents' main jobs are in it" in said


def test_each_effect_is_that_of_the_footprint_which_it_makes(footprint):
    found = footprint(*NORTH, jobs=CLOSED)
    made = footprints_of(found)
    assert set(made) == {"as-it-is", "join 08013", "leave 08001", "leave 08005"}
    table = effects_table(found).set_index("footprint")
    for key, counties in made.items():
        held = found.judged_by.by_county.containment(counties)
        assert table.loc[key, "stay_to_work"] == held.stay_to_work.value
        assert table.loc[key, "workers"] == held.lives.value
    # Boulder sends 2,000 and takes 900, of its own 6,000 workers
    assert table.loc["join 08013", "tie"] == pytest.approx(2_900 / 6_000)


def test_who_comes_and_who_goes_is_told_by_county(footprint):
    (row,) = partners_table(footprint(*NORTH, jobs=CLOSED)).to_dict("records")
    assert (row["area_fips"], row["comes_in"], row["goes_out"], row["net"]) == (
        "08013", 2_000, 900, 1_100,
    )  # fmt: skip


def test_a_county_beyond_the_state_line_is_whole_where_it_is_tied(footprint):
    survey = asked(CLOSED | {("08001", "56021"): 1_000, ("56021", "56021"): 30_000,
                             ("56021", "31033"): 400})  # fmt: skip
    found = footprint(*NORTH, survey=survey)
    assert found.near == ("08013", "56021")  # of Laramie's 31,000 workers 3 % come in
    flows = found.judged_by.by_county
    assert flows.live[list(flows.counties).index("56021")] == 31_000
    assert flows.work[list(flows.counties).index("56021")] == 30_400


def test_a_single_county_has_no_county_to_leave_out(footprint):
    found = footprint("08001", jobs=CLOSED)
    assert [e.joins for e in found.effects] == [True, True]


def test_a_county_that_the_flows_lack_makes_the_answer_unknown(footprint):
    found = footprint(*NORTH, "08121", jobs=CLOSED)
    assert found.size is Size.unknown and not found.effects
    (said,) = verdict(found)
    assert said.startswith("Whether this footprint is a labor market is not known")
    assert "the newest commuting in the store, of 2021, lacks Washington County (08121);" in said


def test_a_count_of_one_state_alone_says_nothing_of_a_region_of_two(footprint):
    survey = {("08001", "08001"): 30_000, ("56021", "56021"): 20_000, ("08001", "56021"): 3_000}
    found = footprint("08001", "56021", jobs=CLOSED, survey=asked(survey))
    assert [one.table for one in found.flows] == ["commuting_survey"]
    assert verdict(found)[-1] == (
        "By main jobs of 2021 nothing is said: the store lacks those of Laramie County, WY (56021)."
    )


RENAMED = {("02270", "02270"): 4_000, ("02180", "02180"): 4_500, ("02180", "02270"): 300}
SPLIT = {("02261", "02261"): 4_000, ("02020", "02261"): 200, ("02020", "02020"): 9_000}


def test_a_county_is_found_under_the_code_that_it_had_in_the_year_of_the_flows(footprint):
    renamed = footprint("02158", "02180", survey=asked(RENAMED))
    assert renamed.judged_by.own == ("02180", "02270")
    assert renamed.judged_by.containment.lives.value == 8_800
    assert footprint("02063", "02066", survey=asked(SPLIT)).judged_by.own == ("02261",)


def test_a_part_of_what_was_one_county_then_is_not_guessed(footprint):
    found = footprint("02063", survey=asked(SPLIT))
    assert found.size is Size.unknown and "(02063)" in verdict(found)[0]


def test_codes_of_both_sides_that_are_not_known_to_be_one_ground_are_said(footprint):
    found = footprint("09001", "09110", survey=asked({("09001", "09001"): 30_000}))
    assert found.judged_by.own == ("09001",)
    said = verdict(found)[-1]
    assert said.startswith(
        "The flows of 2013 are of Fairfield County. Connecticut's eight counties"
    )


def test_the_jobs_without_a_county_are_not_told_where_its_new_code_stays(footprint):
    """Of the ground of two old and two new codes nobody knows which new one an old one is."""
    flows = {("09011", "09011"): 9_000, ("09007", "09007"): 5_000, ("09007", "09011"): 800}
    both = footprint("09011", "09007", "09180", "09130", survey=asked(flows))
    assert {e.county for e in both.effects if not e.joins} == {"09011", "09007"}
    assert set(footprints_of(both)) == {"as-it-is"}
    old = both.region.model_copy(update={"counties": ("09007", "09011")})
    assert footprints_of(replace(both, region=old))["leave 09011"] == ("09007",)


def test_counties_of_one_name_and_of_several_states_are_told_apart():
    names = {"51161": "Roanoke", "51770": "Roanoke", "51019": "Bedford", "29095": "Jackson"}

    def name(county: str, *counties: str) -> str:
        region = Region(state="some", key="some", name="Some", counties=counties)
        return LaborMarket(region, (), frozenset(), names).name(county)

    assert [name(c, "51019") for c in ("51161", "51770")] == ["Roanoke County", "Roanoke city"]
    assert name("51019", "51019") == "Bedford"
    assert name("29095", "29095", "20091") == "Jackson, MO"


@pytest.fixture(scope="module")
def flows_of_colorado(shared_data, tmp_path_factory) -> Store:
    store = Store(tmp_path_factory.mktemp("flows") / "store")
    for name in ("colorado_county_flows_2015_2021", "acs_county_flows_2009_2013"):
        take_in(store, shared_data / "commuting" / f"{name}.csv.gz")
    take_in(store, shared_data / "boundaries" / "cb_2021_us_county_20m.zip")
    return store


def of_colorado(store: Store, *counties: str) -> LaborMarket:
    region = Region(state="colorado", key="some", name="Some", counties=counties)
    return open_footprint(store, region)


def test_denver_is_a_labor_market_and_sends_few_away(flows_of_colorado):
    metro = ("08001", "08005", "08013", "08014", "08019", "08031", "08035", "08047", "08059")
    found = of_colorado(flows_of_colorado, *metro)
    assert found.size is Size.right
    assert found.judged_by.containment.stay_to_work.lo > 0.96
    assert found.near[:2] == ("08039", "08093")  # Elbert and Park live off it


def test_the_eastern_plains_are_one_without_the_county_of_denvers_commuters(flows_of_colorado):
    found = of_colorado(flows_of_colorado, "08017", "08039", "08063", "08073")
    assert found.size is Size.small
    assert [(e.county, e.joins) for e in found.remedies] == [("08039", False)]


def test_the_northern_mountains_are_several_labor_markets(flows_of_colorado):
    found = of_colorado(flows_of_colorado, "08037", "08049", "08057", "08097", "08107", "08117")
    assert found.size is Size.several
    assert ("08037", "08097") in [m.counties for m in found.markets]  # Eagle and Pitkin


def test_jobs_and_people_are_read_apart(flows_of_colorado):
    region = Region(state="colorado", key="some", name="Some", counties=("08069", "08123"))
    counted, people = read_flows(flows_of_colorado, region)
    assert (counted.year, people.year) == (2021, 2013)
    assert counted.containment.lives.margin == 0 < people.containment.lives.margin
    assert "across the state line are not in the file" in counted.limits


def test_colorado_is_suggested_regions_as_people_know_them(flows_of_colorado):
    found = suggest_regions(flows_of_colorado, "08")
    groups = [set(market.counties) for market in found.markets]
    assert sum(len(g) for g in groups) == 64 and not found.lacking
    assert all(market.validity >= 1 for market in found.markets)
    # the San Luis Valley; Denver with its suburbs
    assert {"08003", "08021", "08023", "08079", "08105", "08109"} in groups
    assert any({"08001", "08005", "08031", "08035", "08059"} <= g for g in groups)


def test_a_group_that_is_no_labor_market_joins_the_one_it_is_tied_to(tmp_path):
    rows = [
        "08001,08001,30000", "08005,08005,28000", "08013,08013,300", "08005,08013,4",
    ]  # fmt: skip
    text = "\n".join(["w_county_fips,h_county_fips,jobs,year", *(f"{r},2021" for r in rows)])
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "jobs.csv", f"{text}\n"))
    found = suggest_regions(store, "08")
    assert [m.counties for m in found.markets] == [("08001",), ("08005", "08013")]
    assert len(found.lacking) == 61


def test_flows_that_may_be_none_tie_no_islands_together(tmp_path):
    flows = {
        ("15003", "15003"): (470_000, 2_900), ("15001", "15001"): (78_000, 1_500),
        ("15001", "15003"): (855, 187), ("15007", "15007"): (56, 17),
        ("15003", "15007"): (10, 13), ("15001", "15007"): (5, 7),
    }  # fmt: skip
    rows = [f"{work},{home},{n},{margin},2013" for (work, home), (n, margin) in flows.items()]
    text = "\n".join(["w_county_fips,h_county_fips,workers,margin_of_error,year", *rows])
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "survey.csv", f"{text}\n"))
    found = suggest_regions(store, "15")
    assert [m.counties for m in found.markets] == [("15003", "15007"), ("15001",)]


def test_a_county_that_is_counted_with_another_is_one_with_it(footprint):
    """QCEW has Kalawao in Maui, as it has cities that joined counties; flows have them apart."""
    flows = {("15009", "15009"): (75_000, 900), ("15005", "15005"): (56, 17),
             ("15005", "15009"): (28, 17), ("15009", "15005"): (2, 3),
             ("15003", "15009"): (900, 100), ("15003", "15003"): (470_000, 900)}  # fmt: skip
    maui = footprint("15009", survey=flows)
    held = maui.judged_by.containment
    assert (held.stay.value, held.goes_out.value) == (75_086, 900)
    assert held.stay.margin == pytest.approx((900**2 + 17**2 + 17**2 + 3**2) ** 0.5)
    assert [flow.area_fips for flow in maui.judged_by.partners()[1]] == ["15003"]
    assert maui.near == ("15003",)


def test_what_is_suggested_is_in_codes_of_today(tmp_path):
    """A file in codes of the year of the flows would be refused, and no jobs are found by them."""
    flows = {
        "15009": 75_000, "15005": 56, "46113": 3_000, "46007": 1_200, "02261": 4_000,
        **dict.fromkeys((f"090{n:02}" for n in range(1, 16, 2)), 40_000),
    }  # fmt: skip
    rows = [f"{c},{c},{n},9,2013" for c, n in flows.items()] + ["46007,46113,300,90,2013"]
    rows += [f"09001,{c},9000,90,2013" for c in flows if c > "09001" and c[:2] == "09"]
    text = "\n".join(["w_county_fips,h_county_fips,workers,margin_of_error,year", *rows])
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "survey.csv", f"{text}\n"))

    def suggested(state: str) -> list[tuple[str, ...]]:
        found = suggest_regions(store, state)
        file = write(tmp_path / state / "state.yml", state_file(found, "by commuting"))
        return [region.counties for region in load_state(file).regions]

    assert suggested("15") == [("15009",)]
    assert suggested("46") == [("46007", "46102")]  # Shannon became Oglala Lakota
    assert suggested("02") == [("02063", "02066")]  # what Valdez-Cordova was split into
    assert suggested("09") == [tuple(f"09{n}" for n in range(110, 200, 10))]


def test_what_is_suggested_says_the_year_of_counties_that_have_no_codes_of_today(tmp_path):
    text = "w_county_fips,h_county_fips,workers,margin_of_error,year\n"
    rows = "".join(f"090{n:02},090{n:02},40000,90,2013\n" for n in range(1, 16, 2))
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "survey.csv", text + rows))
    written = state_file(suggest_regions(store, "09"), "by commuting")
    assert "county_year: 2013" in written
    assert len(load_state(write(tmp_path / "s" / "state.yml", written)).regions) == 8


def test_suggested_counties_of_one_name_are_told_apart(tmp_path):
    names = {"51161": "Roanoke", "51770": "Roanoke", "51019": "Bedford"}
    found = SuggestedRegions("51", "commuting", 2021, (), (), {"51161": 2.0, "51770": 3.0}, names)
    market = Market(("51161", "51770"), 5.0, 1.1)
    assert suggested_name(found, market) == "Roanoke city and Roanoke County"
