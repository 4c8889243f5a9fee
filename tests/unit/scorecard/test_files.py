"""What a team writes of its partnership: read, or refused with file, line and remedy."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi.config import load_state
from lmi.errors import ConfigError
from lmi.scorecard.catalogue import load_catalogue
from lmi.scorecard.dates import known_date
from lmi.scorecard.files import find_partnership, list_partnerships, load_partnerships
from lmi.scorecard.method import CATEGORIES, PHASES, STAGE_OF, STAGES, UNITS, reached
from lmi.scorecard.phase import find_phase
from lmi.scorecard.readings import read_readings, stage_notes


def test_the_catalogue_has_every_category_at_every_stage_and_asks_a_handful_of_all():
    metrics = load_catalogue().metrics.values()
    there = {(m.category, m.stage) for m in metrics if m.kind == "impact"}
    assert there == {(c, s) for c in CATEGORIES for s in STAGES}
    assert {m.group for m in metrics} == {"business", "people", "programs"}
    assert {m.phase for m in metrics} == set(PHASES)
    assert {m.kind for m in load_catalogue().common} == {"process", "impact"}
    assert len(load_catalogue().common) <= 6


@pytest.mark.parametrize("phase", PHASES)
def test_what_all_are_asked_takes_less_than_the_whole_survey(phase):
    asked = [m for m in load_catalogue().common if reached(phase, m.stage)]
    assert asked and sum(m.minutes for m in asked) <= 20


def test_a_sum_over_partnerships_is_only_of_what_adds_up():
    for metric in load_catalogue().metrics.values():
        assert not metric.additive or (UNITS[metric.unit].adds_up and metric.over == "year")


def test_a_state_lays_its_own_metrics_and_needs_over_the_catalogue(regions):
    own = regions / "sample" / "scorecard.yml"
    own.write_text(
        "metrics:\n  trained: {name: Graduates}\n  meetings:\nneeds:\n  water: Clean water\n"
    )
    found = load_catalogue(load_state("sample", regions))
    assert found.metrics["trained"].name == "Graduates"
    assert found.metrics["trained"].unit == "people"
    assert "meetings" not in found.metrics
    assert found.needs["water"] == "Clean water" and "housing" in found.needs


@pytest.mark.parametrize(
    ("says", "line", "answer"),
    [
        ("metrics:\n  trained: {unit: percent}\n", 2, "do not add up; write 'additive: false'"),
        ("metrics:\n  retention: {additive: true}\n", 2, "do not add up"),
        ("metrics:\n  retention: {over: year}\n", 2, "cannot be added up; write 'over: date'"),
        ("metrics:\n  retention: {category: }\n", 2, "an impact has one of six categories"),
        ("metrics:\n  trained: {unit: jobs}\n", 2, "'people', and numbers that partnerships have"),
        ("metrics:\n  trained: {over: date}\n", 2, "define a metric of another key"),
        ("metrics:\n  businesses-engaged: {additive: true}\n", 2, "businesses of several"),
        ("metrics:\n  partner-organizations: {additive: true}\n", 2, "do not add up"),
        ("metric:\n  trained: {name: A}\n", 1, "perhaps you meant 'metrics'"),
    ],
)
def test_a_metric_that_cannot_be_is_refused(regions, refusal, says, line, answer):
    (regions / "sample" / "scorecard.yml").write_text(says)
    assert answer in refusal(lambda: load_catalogue(load_state("sample", regions)), line)


def test_the_samples_six_partnerships_are_of_every_phase_and_of_several_sizes():
    state = load_state("sample")
    assert state.illustrative
    found = load_partnerships(state)
    order = [region.key for region in state.regions]
    places = [(order.index(p.region.key), p.name) for p in found]
    assert places == sorted(places) and {p.key for p in found} == set(list_partnerships(state))
    phases = {p.key: find_phase(p, read_readings(p)).phase for p in found}
    assert len(phases) == 6 and set(phases.values()) == set(PHASES)
    members = [sum(p.said.members.values()) for p in found]
    assert min(members) < 10 < 30 < max(members)
    for each in found:
        text = each.file.read_text() + each.metrics_file.read_text()
        assert text.count("# Fictional") == 2


@pytest.mark.parametrize(
    ("text", "line", "answer"),
    [
        ("regon: x\n", 6, "perhaps you meant 'region'"),
        ("definition: {name: A, industries: [{naics: ['23']}]}\n", 1, "one sector"),
        ("ended: 2019\n", 6, "before the launch"),
        ("priorities: [{name: A, since: 2019-12}]\n", 6, "before the launch"),
        ("members: {business: -1}\n", 6, "no number of members"),
        ("members: {busines: 3}\n", 6, "'busines'"),
        ("measures: [traind]\n", 6, "perhaps you meant 'trained'"),
        ("targets:\n  retention: {value: 120, by: 2024}\n", 7, "more than 100 percent"),
        ("targets:\n  retention: {value: 12, by: 2024, baseline: 3}\n", 7, "write both"),
        ("targets:\n  action-plan: {value: 5, by: 2024}\n", 7, "neither 1 (yes) nor 0 (no)"),
        ("targets:\n  trained: {value: 1e300, by: 2024}\n", 7, "more than anybody counts"),
        ("targets:\n  trained: {value: 4.5, by: 2024}\n", 7, "no whole number of people"),
        ("targets:\n  trained: {value: .nan, by: 2024}\n", 7, "number"),
        ("targets:\n  trained: {value: 9, by: 2019}\n", 7, "before the launch"),
        (
            "targets:\n  trained: {value: 9, by: 2024, baseline: 3, baseline_date: 2025}\n",
            7,
            "2025 is after the target is due, 2024",
        ),
        (
            "targets:\n  trained: {value: 9, by: 2099, baseline: 3, baseline_date: 2098}\n",
            7,
            "2098 is to come",
        ),
        ("priorities: [{name: A, since: 2021, solved: 2099}]\n", 6, "2099 is to come"),
        (
            "priorities:\n  - name: A\n    since: 2021\n    action_teams:\n"
            "      - {name: B, started: 2020-11}\n",
            10,
            "2020-11 is before its priority, 2021",
        ),
        (
            "priorities:\n  - name: A\n    since: 2021\n    action_teams:\n"
            "      - {name: B, started: 2021, done: 2098-01}\n",
            10,
            "2098-01 is to come",
        ),
        ("members: {business: 1e300}\n", 6, "not a whole number"),
        ("members: {business: 10000000}\n", 6, "write 0 to 100,000"),
        ("baseline: {year: 9999, source: A}\n", 6, "9999"),
        ("baseline: {year: 2020, source: A, figures: {lq: 1e300}}\n", 6, "1e300"),
        ("baseline: {year: 2020, source: A, figures: {lq: nan}}\n", 6, "nan"),
        (
            "insights: [{about: busines, said: A}]\n",
            6,
            "'busines' is not understood; write",
        ),
        ("needs: [{need: childcar, said: A}]\n", 6, "perhaps you meant 'childcare'"),
        ("own_metrics:\n  trained: {name: A}\n", 7, "the catalogue has a metric of this key"),
        ("own_metrics:\n  boats: {name: A, unit: boats}\n", 7, "'boats' is not understood"),
    ],
)
def test_a_file_that_cannot_be_is_refused_by_its_line(partnership, refusal, text, line, answer):
    assert answer in refusal(lambda: partnership(text), line)


@pytest.mark.parametrize(
    ("before", "after", "line", "answer"),
    [
        ("2020-03", "2099-03", 5, "2099-03 is more than a year ahead"),
        ("gannet-island", "gannet", 2, "perhaps you meant 'gannet-island'"),
        ("gannet-island", "Gannet Island", 2, "write its key 'gannet-island'"),
        ("gannet-island", "oregon/lane", 2, "of another state than this file"),
        ("construction", "constructing", 3, "perhaps you meant 'construction'"),
        ("2020-03", "March", 5, "'March' is not a date; write one such as"),
    ],
)
def test_what_its_state_does_not_have_is_refused(
    regions, partnership, refusal, before, after, line, answer
):
    partnership()
    file = regions / "sample" / "partnerships" / "harbor.yml"
    file.write_text(file.read_text().replace(before, after))
    state = load_state("sample", regions)
    assert answer in refusal(lambda: load_partnerships(state, regions), line)


def test_a_partnership_in_two_states_is_refused_and_a_namesake_is_not(regions, partnership):
    partnership()
    own = regions / "sample" / "partnerships" / "harbor.yml"
    other = regions / "oregon" / "partnerships" / "harbor.yml"
    other.parent.mkdir(parents=True)
    (regions / "oregon" / "state.yml").write_text("")
    other.write_text(own.read_text())
    with pytest.raises(ConfigError, match=r"stands in .*oregon.partnerships.harbor\.yml too"):
        load_partnerships(load_state("sample", regions), regions)
    with pytest.raises(ConfigError, match="write 'oregon/harbor' or 'sample/harbor'"):
        find_partnership("harbor", regions)
    other.write_text(own.read_text().replace("Harbor Authority", "Port"))
    assert find_partnership("sample/harbor", regions).name == "Harbor Builders"


def test_a_partnership_in_two_files_of_a_state_is_refused_with_both(regions, partnership):
    own = partnership().file
    copy = own.with_name("harbour.yml")
    copy.write_text(own.read_text().replace("Harbor Builders", "HARBOR  builders"))
    for key in ("", "harbor", "harbour"):
        with pytest.raises(ConfigError, match="would be counted in both; keep one file") as told:
            load_partnerships(load_state("sample", regions), regions, key)
        assert {"harbor.yml", "harbour.yml"} == set(re.findall(r"harbou?r\.yml", str(told.value)))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("harbor.metric.csv", "perhaps you meant 'harbor.metrics.csv'"),
        ("harbor.metrics.CSV", "perhaps you meant 'harbor.metrics.csv'"),
        ("harbor.csv", "perhaps you meant 'harbor.metrics.csv'"),
        ("harbr.metrics.csv", "perhaps you meant 'harbor.metrics.csv'"),
        ("harbor.yaml", "perhaps you meant 'harbor.yml'"),
        ("pier.metrics.yaml", "a partnership is in NAME.yml, its numbers in NAME.metrics.csv"),
    ],
)
def test_a_neighbour_that_nobody_would_read_is_named(regions, partnership, name, hint):
    own = partnership().file
    for ignored in ("notes.md", ".harbor.csv", "harbor.yml.bak"):
        own.with_name(ignored).write_text("")
    assert load_partnerships(load_state("sample", regions), regions)
    own.with_name(name).write_text("")
    with pytest.raises(ConfigError, match=f"{name}: nothing reads a file of this name.*{hint}"):
        load_partnerships(load_state("sample", regions), regions)
    if name.startswith("harb"):
        with pytest.raises(ConfigError, match=hint):
            find_partnership("sample/harbor", regions)


@pytest.mark.parametrize("name", ["../sample/harbor", "sample/../harbor", "sample/x/y", "nobody"])
def test_a_name_leads_nowhere_but_to_a_partnership(regions, partnership, name):
    partnership()
    with pytest.raises(ConfigError):
        find_partnership(name, regions)


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("2021,trainees,4,,,,,e,s,", "there is no metric 'trainees'; perhaps you meant 'trained'"),
        ("2021,trained,4,percent,,,,e,s,", "units are not mixed within a metric"),
        ("2021,trained,4,,process,,,e,s,", "the kind is 'process'"),
        ("2021,trained,4,,,economy,,e,s,", "write 'people' or leave it blank"),
        ("2021,trained,4,,,,early,e,s,", "write 'mid' or leave it blank"),
        ("2019,trained,4,,,,,e,s,", "before the launch, 2020-03"),
        ("2099,trained,4,,,,,e,s,", "the date 2099 is to come"),
        ("soon,trained,4,,,,,e,s,", "the date is 'soon'; write one such as"),
        ("2021,retention,104,,,,,e,s,", "more than 100 percent"),
        ("2021,action-plan,2,,,,,e,s,", "neither 1 (yes) nor 0 (no)"),
        ("2021,trained,4.5,,,,,e,s,", "no whole number of people"),
        ("2021,trained,,,,,,,s,", "missing, not zero"),
        ("2021,trained,-4,,,,,e,s,", "value"),
        ("2021,trained,79%,,,,,e,s,", "counts people; write it without '%'"),
        ("2021,trained,$4,,,,,e,s,", "counts people; write it without '$'"),
        ("2021,retention,$79,,,,,e,s,", "counts percent; write it without '$'"),
        ("2021,retention,79%%,,,,,e,s,", "value is '79%%'"),
        ("2021,retention,104%,,,,,e,s,", "more than 100 percent"),
        ("2021,retention,0.79,,,,,e,s,", "a share of 1; write it with a percent sign or as 79"),
        ("2021,trained,4,,,,,e,,", "source"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_line(partnership, refusal, row, answer):
    found = partnership(rows=f"2020,trained,3,,,,,e,s,\n{row}\n")
    assert answer in refusal(lambda: read_readings(found), 3)


@pytest.mark.parametrize(
    ("metric", "written", "value"),
    [
        ("retention", "79%", 79),
        ("retention", "79.5 %", 79.5),
        ("retention", "0.5%", 0.5),
        ("retention", "0", 0),
        ("retention", "1", 1),
        ("training-cost-shared", '"$1,200"', 1200),
        ("training-cost-shared", "1200", 1200),
        ("trained", '"1,200"', 1200),
    ],
)
def test_a_value_is_read_as_people_write_it(partnership, metric, written, value):
    found = partnership(rows=f"2020,meetings,3,,,,,e,s,\n2021,{metric},{written},,,,,e,s,\n")
    assert read_readings(found).series(metric) == {2021: value}


@pytest.mark.parametrize("second", ["2021-3", "03/01/2021", "2021-03-01"])
def test_a_date_stands_once_however_it_is_written(partnership, second):
    first = "2021-03" if second == "2021-3" else "2021-03-01"
    found = partnership(rows=f"{first},trained,3,,,,,e,s,\n{second},trained,4,,,,,e,s,\n")
    with pytest.raises(ConfigError, match="stands twice, first in line 2"):
        read_readings(found)


@pytest.mark.parametrize("rows", [("2021", "2021-03"), ("2021-03", "2021")])
def test_a_year_and_a_part_of_it_are_not_added_up(partnership, rows):
    text = "".join(f"{date},trained,3,,,,,e,s,\n" for date in rows)
    with pytest.raises(ConfigError, match="keep the whole or its parts"):
        read_readings(partnership(rows=text))


def test_a_year_adds_up_what_happened_and_keeps_the_last_of_what_stood(partnership):
    found = read_readings(
        partnership(
            rows="2022-06,trained,4,,,,,e,s,\n2022-01,trained,3,,,,,e,s,\n2021,trained,0,,,,,e,s,\n"
            "2022-12-01,retention,70,,,,,e,s,\n2022-02,retention,60,,,,,e,s,\n"
            "2022-03,credentials,,,,,,,s,A story alone.\n"
        )
    )
    assert found.series("trained") == {2021: 0.0, 2022: 7.0}
    assert found.series("retention") == {2022: 70.0}
    assert found.series("credentials") == {}  # a story is no zero
    assert found.rows["day"].is_monotonic_increasing
    assert [row["story"] for row in found.stories] == ["A story alone."]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(
            st.dates(date(2020, 3, 1), date(2023, 12, 31)),
            st.sampled_from(["trained", "retention"]),
        ),
        st.integers(0, 100), max_size=12,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_years_are_what_the_rows_are_in_whatever_order(partnership, counted, order):
    lines = [f"{day},{metric},{value},,,,,e,s,\n" for (day, metric), value in counted.items()]
    order.shuffle(lines)
    found = read_readings(partnership(rows="".join(lines)))
    for metric in ("trained", "retention"):
        own = sorted((day, value) for (day, name), value in counted.items() if name == metric)
        expected: dict[int, float] = {}
        for day, value in own:
            before = expected.get(day.year, 0) if metric == "trained" else 0
            expected[day.year] = before + value
        assert found.series(metric) == expected


def test_no_file_of_numbers_is_no_reading(regions, partnership):
    found = partnership()
    found.metrics_file.unlink()
    assert read_readings(found).rows.empty and read_readings(found).year is None


def test_a_value_of_a_stage_not_reached_is_a_note_and_no_error(partnership):
    found = partnership(rows="2021,placements,4,,,,,,s,\n2021,action-plan,1,,,,,Minutes,s,\n")
    readings = read_readings(found)
    phase = find_phase(found, readings).phase
    assert phase == "emerging"
    (note,) = stage_notes(found, readings, phase)
    assert note.line == 2 and "Jobseekers hired is of the mature stage" in note.text


def test_a_phase_rests_on_evidence_and_skips_none(partnership):
    plan = "2021,action-plan,1,,,,,Minutes,s,\n"
    out = "2021,trained,9,,,,,List,s,\n"
    hired = "2021,placements,9,,,,,List,s,\n"
    told = {
        "": "emerging",
        plan: "emerging",
        plan + out: "active",
        plan + out + hired: "advanced",
        plan + hired: "emerging",  # nothing shows what came between
        plan + out + hired.replace("List", ""): "active",  # nothing shows it
        plan + out + hired.replace("9", "0"): "active",
        plan + out + "2021,time-to-hire,40,,,,,List,s,\n": "active",  # no change to speak of
        plan + out + "2021,time-to-hire,40,,,,,L,s,\n2022,time-to-hire,44,,,,,L,s,\n": "active",
        plan + out + "2021,time-to-hire,40,,,,,L,s,\n2022,time-to-hire,30,,,,,L,s,\n": "advanced",
    }
    for rows, phase in told.items():
        found = partnership("phase: active\n", rows)
        finding = find_phase(found, read_readings(found))
        assert finding.phase == phase, rows
        assert any("calls itself active" in note for note in finding.notes) == (phase != "active")
        assert all(claim.evidence and claim.source for claim in finding.claims)


@given(st.dates(min_value=known_date("1950").first, max_value=known_date("2100").last))
def test_a_date_as_exact_as_it_is_known_holds_its_day(day):
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}", f"{day.month}/{day.day}/{day:%Y}"):
        found = known_date(text)
        assert found.first <= day <= found.last
        assert known_date(found.text) == found


def test_the_stages_follow_the_phases():
    assert [STAGE_OF[phase] for phase in PHASES] == list(STAGES)


def test_the_examples_of_the_guide_can_be_read(regions):
    guide = (Path(__file__).resolve().parents[3] / "docs" / "scorecard.md").read_text("utf-8")
    blocks = re.findall(r"^```(yaml|csv)\n(.*?)^```", guide, flags=re.M | re.S)
    own, rows, over = (text for _, text in blocks)
    own = own.replace("northern ", "crossway ").replace("creative-industries", "construction")
    folder = regions / "sample" / "partnerships"
    (folder / "film.yml").write_text(own, encoding="utf-8")
    (folder / "film.metrics.csv").write_text(rows, encoding="utf-8")
    (regions / "sample" / "scorecard.yml").write_text(over, encoding="utf-8")
    (found,) = load_partnerships(load_state("sample", regions), regions)
    assert read_readings(found).series("trained") == {2024: 14.0}
    assert "water" in found.catalogue.needs and "meetings" not in found.catalogue.metrics
