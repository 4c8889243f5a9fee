"""The state's dashboard compares fairly: by rules that no number can bend."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.config import load_state
from lmi.errors import ConfigError
from lmi.scorecard.dashboard import StateDashboard, build_dashboard, common_measure
from lmi.scorecard.dashboard_page import common_table, dashboard_page
from lmi.scorecard.files import load_partnerships
from lmi.scorecard.method import UNITS
from lmi.scorecard.values import FEWEST

N_OF_M = re.compile(r"\b(\d+) of (\d+) partnerships?\b")


@pytest.fixture(scope="module")
def dashboard() -> StateDashboard:
    state = load_state("sample")
    return build_dashboard(state, load_partnerships(state))


def with_values(dashboard: StateDashboard, values: list[int]) -> StateDashboard:
    """The same partnerships with other numbers in their rows."""
    cards, at = [], 0
    for card in dashboard.cards:
        found = card.readings
        n, m = len(found.rows), len(found.yearly)
        drawn = [float(values[(at + i) % len(values)]) for i in range(n + m)]
        at += n + m
        readings = replace(
            found,
            rows=found.rows.assign(value=drawn[:n]),
            yearly=found.yearly.assign(value=drawn[n:]),
        )
        cards.append(replace(card, readings=readings))
    common = tuple(common_measure(one.metric, cards, dashboard.year) for one in dashboard.common)
    return replace(dashboard, cards=tuple(cards), common=common)


def names_in_order(page: str, dashboard: StateDashboard) -> list[str]:
    """Partnerships in the order in which the page first names and then lists them."""
    rows = BeautifulSoup(page, "html.parser").select("tbody th")
    known = {card.partnership.name for card in dashboard.cards}
    return [text for row in rows if (text := next(row.stripped_strings)) in known]


numbers = st.lists(st.integers(0, 10**6), min_size=3, max_size=40)


@settings(max_examples=30)
@given(numbers)
def test_no_output_orders_partnerships_by_an_outcome(dashboard, values):
    by_region_and_name = [card.partnership.name for card in dashboard.cards]
    other = with_values(dashboard, values)
    assert names_in_order(dashboard_page(other), other) == by_region_and_name
    assert [s.who for s in other.stories] == [s.who for s in dashboard.stories]
    assert (other.needs, other.insights) == (dashboard.needs, dashboard.insights)
    assert common_table(other).frame["metric"].tolist() == [
        one.metric.key for one in dashboard.common
    ]


def test_nothing_on_the_page_can_be_sorted_and_nothing_runs(dashboard):
    page = dashboard_page(dashboard)
    assert "<script" not in page and "onclick" not in page
    assert not re.search(r"\b(rank|ranking|best|top|leading|sort)\b", page.split("</style>")[1])
    shown = BeautifulSoup(page, "html.parser")
    assert {i["name"] for i in shown.find_all("input")} == {"category"}  # of stories alone


@settings(max_examples=30)
@given(numbers)
def test_a_sum_is_of_one_metric_that_adds_up_and_is_told_with_who_reported(dashboard, values):
    for one in with_values(dashboard, values).common:
        series = [card.readings.series(one.metric.key) for card in dashboard.cards]
        assert one.reported == sum(dashboard.year in own for own in series)
        assert one.of == len(dashboard.cards) and one.reported + one.not_yet <= one.of
        assert one.coverage.startswith(f"{one.reported} of {one.of} partnerships")
        if one.total is not None:
            assert one.metric.additive and UNITS[one.metric.unit].adds_up
            assert one.total.n == one.reported >= 2
    for row in csv.DictReader(io.StringIO(common_table(dashboard).csv.decode())):
        assert row["unit"] and row["reported"] and row["partnerships"]
        assert bool(row["sum_lo"]) == bool(row["sum_hi"])


@settings(max_examples=30)
@given(numbers)
def test_a_sum_holds_the_truth_and_hides_each_of_a_few(dashboard, values):
    other = with_values(dashboard, values)
    for one in other.common:
        if one.total is None:
            continue
        series = [card.readings.series(one.metric.key) for card in other.cards]
        now = [own[other.year] for own in series if other.year in own]
        assert one.total.lo <= sum(now) <= one.total.hi
        few = [v for v in now if 0 < v < FEWEST and UNITS[one.metric.unit].is_guarded]
        assert one.total.hi - one.total.lo == len(few) * (FEWEST - 2)
        if one.both is not None:
            pairs = [own for own in series if {other.year - 1, other.year} <= own.keys()]
            assert one.both[0].n == one.both[1].n == len(pairs) >= 2


def test_every_n_has_its_m(dashboard):
    text = BeautifulSoup(dashboard_page(dashboard), "html.parser").get_text(" ")
    found = N_OF_M.findall(text)
    assert len(found) >= len(dashboard.common) + 3
    for n, m in found:
        assert int(n) <= int(m) == len(dashboard.cards)
    assert "in the 1 of" not in text  # one is no sum


def test_no_partnerships_own_number_stands_on_the_states_page(dashboard):
    table = BeautifulSoup(dashboard_page(dashboard), "html.parser").find(id="partnerships")
    cells = [cell.get_text() for cell in table.find_parent("table").select("td")]
    assert not [c for c in cells if re.search(r"people|jobs|\$|%", c)]
    assert "1,004" not in dashboard_page(dashboard)  # the largest number of one


def test_missing_is_missing(dashboard):
    silent = tuple(
        replace(card, readings=replace(card.readings, yearly=card.readings.yearly[:0]))
        for card in dashboard.cards
    )
    for one in dashboard.common:
        found = common_measure(one.metric, silent, dashboard.year)
        assert (found.reported, found.total, found.both) == (0, None, None)
        assert found.sum_told in ("n/a", "not added up")


def test_an_emerging_partnership_is_not_asked_for_what_comes_later(dashboard):
    (hired,) = [one for one in dashboard.common if one.metric.key == "placements"]
    assert (hired.reported, hired.not_yet, hired.of) == (3, 3, 6)
    assert hired.coverage == "3 of 6 partnerships; of 3 not yet expected"
    assert hired.sum_told == "354 to 355 people"  # two hired on the island are not told


def test_a_state_with_one_partnership_speaks_of_it_in_the_singular(regions, partnership):
    partnership("", "2021,action-plan,1,,,,,Minutes,s,\n", "plan")
    state = load_state("sample", regions)
    made = dashboard_page(build_dashboard(state, load_partnerships(state, regions), 2021))
    assert "What 1 partnership reports, 2021" in made and "1 of 1 says yes" in made
    assert "partnership report," not in made and "1 of 1 say " not in made


def test_it_is_held_to_no_measure_of_a_later_stage(regions, partnership):
    partnership("", "2021,action-plan,1,,,,,Minutes,s,\n", "plan")
    partnership("", "2021,trained,9,,,,,,s,\n", "early")
    state = load_state("sample", regions)
    made = dashboard_page(build_dashboard(state, load_partnerships(state, regions), 2021))
    rows = BeautifulSoup(made, "html.parser").find(id="partnerships").find_parent("table")
    told = {row.th.get_text(): [cell.get_text() for cell in row.select("td")]
            for row in rows.select("tbody tr")}  # fmt: skip
    assert told["Plan Builders"][2] == "emerging"
    assert told["Plan Builders"][-1] == "1 of 2 counted; 4 not yet expected"
    assert told["Early Builders"][2] == "emerging, no evidence yet"
    assert told["Early Builders"][-1] == "1 of 3 counted; 3 not yet expected"
    assert "2 of 2 partnerships: emerging" in made
    assert "1 of them with no evidence written down yet" in made


def test_what_ended_or_has_not_begun_is_not_counted(regions, partnership):
    partnership("ended: 2021\n", "2020,trained,9,,,,,e,s,\n", "old")
    partnership("", "2022,trained,9,,,,,e,s,\n2022,action-plan,1,,,,,e,s,\n", "new")
    state = load_state("sample", regions)
    both = load_partnerships(state, regions)
    told = {
        year: [card.partnership.key for card in build_dashboard(state, both, year).cards]
        for year in (2020, 2021, 2022)
    }
    assert told == {2020: ["new", "old"], 2021: ["new", "old"], 2022: ["new"]}
    assert build_dashboard(state, both).year == 2022
    for year in (1900, 2019, 2023):
        with pytest.raises(ConfigError, match=f"has numbers of {year}; name a year from 2020 to"):
            build_dashboard(state, both, year)


def test_who_has_not_counted_yet_does_not_silence_the_others(regions, partnership):
    """The newest number tells the year, not the newest launch."""
    partnership("", "2022,trained,9,,,,,e,s,\n")
    new = partnership("", "", "pier")
    new.file.write_text(new.file.read_text().replace("2020-03", str(date.today().year)))
    state = load_state("sample", regions)
    found = build_dashboard(state, load_partnerships(state, regions))
    assert found.year == 2022 and [card.partnership.key for card in found.cards] == ["harbor"]
    (regions / "sample" / "partnerships" / "harbor.metrics.csv").unlink()
    assert build_dashboard(state, load_partnerships(state, regions)).year == date.today().year


def test_one_that_is_early_with_a_new_year_does_not_make_it_the_pages(regions, partnership):
    row = "{year},trained,9,,,,,e,s,\n"
    years = {"harbor": (2021, 2022, 2023), "pier": (2021, 2022), "quay": (2021,)}
    for key, told in years.items():
        partnership("", "".join(row.format(year=year) for year in told), key)
    state = load_state("sample", regions)
    three = load_partnerships(state, regions)
    found = build_dashboard(state, three)
    assert found.year == 2022
    of_page = "2 of 3 partnerships have numbers of 2022."
    of_next = "1 of 3 partnerships has numbers"
    assert found.counted_told == f"{of_page} {of_next} of 2023 so far."
    assert found.counted_told in dashboard_page(found)
    assert build_dashboard(state, three, 2023).counted_told.startswith("1 of 3 partnerships has n")
    partnership("", "", "pier")
    assert build_dashboard(state, load_partnerships(state, regions)).year == 2021
    partnership("", "", "quay")  # a third now, of every year: the newest of those that most have
    assert build_dashboard(state, load_partnerships(state, regions)).year == 2023


def test_needs_that_several_name_come_first_and_one_voice_counts_once(dashboard):
    counts = [need.n for need in dashboard.needs]
    assert counts == sorted(counts, reverse=True) and counts[0] == 3
    for need in dashboard.needs:
        assert need.n == len({who for who, _ in need.said})
    page = dashboard_page(dashboard)
    assert "Childcare near work</b>, named by 3 of 6 partnerships" in page
    assert page.index("Childcare near work") < page.index("Homes that workers can pay")


def test_what_several_learned_is_heard_together_apart_from_what_they_need(dashboard):
    learned = {one.name: one.n for one in dashboard.insights}
    assert learned == {"How partnerships work": 2, "Public programs": 2,
                       "Students, jobseekers and workers": 1}  # fmt: skip
    page = BeautifulSoup(dashboard_page(dashboard), "html.parser")
    lists = {head.get_text(): head.find_next("ul") for head in page.find_all("h2")}
    text = lists["What several of them learned"].get_text(" ")
    assert "Public programs , named by 2 of 6 partnerships" in text
    assert "keeps her shift" not in text and "lends a machine" in text
    assert "lends a machine" not in lists["What several of them need"].get_text()
    silent = dashboard_page(replace(dashboard, insights=()))
    assert "No insight is named by more than one partnership." in silent


def test_stories_stand_by_category_and_names_are_text(dashboard, regions, partnership):
    order = [story.category for story in dashboard.stories]
    assert sorted(order, key=order.index) == order
    found = partnership("", "2021,trained,9,,,,,e,s,<img src=x>\n")
    page = dashboard_page(build_dashboard(found.state, [found]))
    assert "&lt;img src=x&gt;" in page and "<img" not in page


def test_the_state_is_said_to_be_fictional(dashboard):
    assert "made up" in dashboard_page(dashboard)
