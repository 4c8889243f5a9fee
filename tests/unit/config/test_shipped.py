"""The definitions that ship: every one is valid, and says what its source says."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest

from lmi import codes
from lmi.config import (
    candidate_breaks,
    candidate_cells,
    candidate_overlaps,
    find_region,
    list_states,
    load_asked,
    load_candidates,
    load_state,
    load_wages,
)
from lmi.scoring.screens import DRIVERS

REGIONS = Path(__file__).resolve().parents[3] / "regions"
CANDIDATES = load_candidates(None, REGIONS)


@pytest.fixture(autouse=True)
def shipped(monkeypatch):
    monkeypatch.setenv("LMI_REGIONS", str(REGIONS))


@pytest.mark.parametrize("slug", list_states(REGIONS))
def test_every_state_can_be_read_with_its_sectors_and_criteria(slug):
    state = load_state(slug)
    assert state.regions
    assert state.source.name
    assert load_candidates(state)
    assert load_asked(state).criteria


@pytest.mark.parametrize("slug", [s for s in list_states(REGIONS) if s != "sample"])
def test_the_name_beside_a_code_is_that_of_the_county(slug):
    """Comments are for people: a slip between code and name would mislead the proofreader."""
    lines = (REGIONS / slug / "state.yml").read_text(encoding="utf-8").splitlines()
    named = [m.groups() for line in lines if (m := re.match(r'\s*- "(\d{5})"\s*# (.+)$', line))]
    assert len(named) >= sum(len(r.counties) for r in load_state(slug).regions if not r.combined)
    for code, name in named:
        known = codes.county_name(code).casefold()
        assert known.startswith(name.split(",")[0].strip().casefold()), (code, name)


def test_colorado_has_its_fourteen_planning_and_management_regions(shared_data):
    table = pd.read_csv(
        shared_data / "regions" / "colorado_planning_management_regions.csv",
        dtype={"county_fips": str},
    )
    expected = {
        f"region-{number}": tuple(sorted(counties))
        for number, counties in table.groupby("region_number")["county_fips"]
    }
    colorado = load_state("colorado")
    assert colorado.partition
    assert {region.key: region.counties for region in colorado.regions} == expected
    assert all(r.name.startswith(f"Region {r.key[7:]}, ") for r in colorado.regions)


def test_oregon_has_its_nine_local_workforce_areas(shared_data):
    table = pd.read_csv(
        shared_data / "regions" / "oregon_9_local_workforce_areas.csv", dtype={"county_fips": str}
    )
    expected = {tuple(sorted(group)) for _, group in table.groupby("region")["county_fips"]}
    oregon = load_state("oregon")
    assert oregon.partition
    assert {region.counties for region in oregon.regions} == expected
    assert find_region("lane")[1].id == "oregon/lane"
    assert oregon.region("southern-oregon").counties == ("41011", "41015", "41019")


def test_there_are_fifteen_to_eighteen_default_candidates_beside_parts():
    assert 15 <= sum(c.part_of is None for c in CANDIDATES) <= 18
    assert len({c.name for c in CANDIDATES}) == len(CANDIDATES)


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda c: c.key)
def test_a_default_candidate_means_the_same_from_2011_on(candidate):
    assert candidate_breaks(candidate, 2011, 2023) == []
    assert candidate_breaks(candidate, 2016, 2023) == []


@pytest.mark.parametrize("naics_year", [2012, 2017, 2022])
def test_a_default_candidate_has_cells_in_every_vintage(naics_year):
    cells = candidate_cells(CANDIDATES, naics_year)
    assert set(cells["candidate"]) == {c.key for c in CANDIDATES}
    assert not cells.duplicated().any()


@pytest.mark.parametrize("naics_year", [2012, 2017, 2022])
def test_default_candidates_overlap_only_where_their_comments_say(naics_year):
    shared = defaultdict(set)
    for row in candidate_overlaps(CANDIDATES, naics_year).itertuples():
        assert row.own_code == "5"
        shared[row.candidate_a, row.candidate_b].add(row.industry_code[:4])
    assert shared == {
        ("manufacturing", "aerospace-and-defense"): {"3342", "3345", "3364"},
        ("manufacturing", "bioscience"): {"3254", "3345", "3391"},
        ("manufacturing", "energy"): {"324"},
        ("manufacturing", "forest-products"): {"321", "322"},
        ("advanced-manufacturing", "aerospace-and-defense"): {"3342", "3345", "3364"},
        ("advanced-manufacturing", "bioscience"): {"3254", "3345", "3391"},
        ("energy", "construction"): {"2371"},
        ("technology", "aerospace-and-defense"): {"5174"},
        ("bioscience", "health-care"): {"6215"},
        ("bioscience", "ambulatory-care"): {"6215"},
    }


def test_health_care_holds_public_hospitals():
    cells = candidate_cells([c for c in CANDIDATES if c.key == "health-care"], 2022)
    hospitals = cells[cells["industry_code"] == "622"]
    assert set(hospitals["own_code"]) == {"1", "2", "3", "5"}


def test_the_default_criteria_ask_what_step_2_asks():
    criteria = load_asked(None).criteria
    assert {c.measure for c in criteria if c.weight > 0} == {
        "emplvl_share",
        "pay_to_threshold_ratio",
        "projected_emplvl_cagr",
        "lq",
        "lq_state",
        "engagement_organisations",
        "local_rating",
    }
    flags = {c.screen.flag for c in criteria if c.screen}
    assert flags == set(DRIVERS)
    assert load_asked(None).screens == ()


def test_what_people_know_counts_as_much_as_statistics():
    weight = defaultdict(float)
    for criterion in load_asked(None).criteria:
        weight[criterion.kind] += criterion.weight
    assert weight["ground"] == weight["statistic"] > 0
    lq = [c.weight for c in load_asked(None).criteria if c.key.startswith("concentration-")]
    assert lq == [0.5, 0.5], "one number of the method, against two references"


def test_what_is_shown_without_counting_stands_in_or_informs():
    by_key = {c.key: c for c in load_asked(None).criteria}
    shown = {key for key, criterion in by_key.items() if criterion.weight == 0}
    stand_ins = {c.otherwise for c in by_key.values() if c.otherwise}
    assert stand_ins == {"relative-pay", "past-growth"}
    assert shown - stand_ins == {"employer-size"}


def test_the_wages_screen_reads_the_regions_average_and_the_value_the_familys_need():
    by_key = {c.key: c for c in load_asked(None).criteria}
    assert by_key["pay"].screen is None
    relative = by_key["relative-pay"]
    assert (relative.measure, relative.screen.words) == ("pay_ratio", "above 1")


def test_the_default_anchors_mean_what_the_file_says_they_mean():
    value = {c.key: dict(c.value) for c in load_asked(None).criteria}
    assert value["pay"][1.0] == 0.5, "just reaching the threshold speaks neither way"
    assert value["relative-pay"][1.0] == 0.5, "nor does the region's average"
    assert value["engagement"][0.0] == 0.0, "nobody works with its employers"
    assert value["engagement"][3.0] == 0.75, "several do"
    assert value["local-knowledge"][3.0] == 0.5, "neither for nor against"
    for key in ("concentration-nation", "concentration-state"):
        assert value[key][1.0] == 0.5
        assert value[key][1.25] == 0.75
    assert value["projected-growth"][0.0] == 0.5
    assert value["past-growth"] == {-100.0: 0.0, -1.0: 0.5}, "no gain of the past counts"


def test_the_examples_of_the_readme_are_valid(tmp_path):
    text = (REGIONS / "README.md").read_text(encoding="utf-8")
    (
        state,
        brand,
        gorge,
        combined,
        year,
        sectors,
        level,
        criteria,
        single,
        screens,
        aside,
        wages,
        own,
    ) = re.findall(r"^ *```yaml\n(.*?)^ *```$", text, re.M | re.S)
    folder = tmp_path / "new-mexico"
    folder.mkdir()
    state = re.sub(r"^   ", "", state, flags=re.M).replace("partition: true", "partition: false")
    (folder / "state.yml").write_text(state + gorge, encoding="utf-8")
    assert len(load_state(folder).regions) == 2
    unseen = re.sub(r"  logo:.*\n", "", brand)
    (folder / "state.yml").write_text(state + gorge + unseen, encoding="utf-8")
    assert load_state(folder).branding.colors.accent == "#7a1f5c"
    (folder / "state.yml").write_text(state + gorge + own, encoding="utf-8")
    assert load_state(folder).projections["regional-forecast"].places["1"] == "northern"

    colorado = (REGIONS / "colorado" / "state.yml").read_text(encoding="utf-8")
    (tmp_path / "colorado").mkdir()
    (tmp_path / "colorado" / "state.yml").write_text(f"{year}{colorado}{combined}")
    front_range = load_state(tmp_path / "colorado").region("front-range").counties
    assert "08101" in front_range
    assert "08093" not in front_range

    (folder / "sectors.yml").write_text(sectors + dedent(level), encoding="utf-8")
    ranked = {c.key: c.ranked for c in load_candidates(load_state(folder), REGIONS)}
    assert [key for key, of in ranked.items() if of == "parts"] == ["health-care"]
    (folder / "criteria.yml").write_text(criteria, encoding="utf-8")
    keys = {c.key for c in load_candidates(load_state(folder), REGIONS)}
    assert "creative-industries" in keys
    assert "retail" not in keys
    weights = {c.key: c.weight for c in load_asked(load_state(folder), REGIONS).criteria}
    assert weights["pay"] == 2.0
    assert "past-growth" not in weights
    (folder / "criteria.yml").write_text(criteria + single, encoding="utf-8")
    northern = load_asked(load_state(folder), REGIONS, region="northern").criteria
    assert {c.key: c.weight for c in northern}["pay"] == 3.0

    assert load_asked(load_state(folder), REGIONS).screens == ()
    (folder / "criteria.yml").write_text(criteria + screens, encoding="utf-8")
    (significant,) = load_asked(load_state(folder), REGIONS).screens
    assert significant.key == "significant-industry"
    assert len(significant.any) == 4

    (folder / "criteria.yml").write_text(criteria + aside, encoding="utf-8")
    sorted_out = load_asked(load_state(folder), REGIONS).set_aside
    assert sorted_out.keep == ("education",)
    keys = ["public-employers", "declining", "cannot-be-placed"]
    assert [r.key for r in sorted_out.reasons] == keys
    assert sorted_out.reasons[1].words == "any of emplvl_pct_chg_2yr below -3"

    (folder / "wages.yml").write_text(wages, encoding="utf-8")
    assert load_wages(load_state(folder)).persons == 3


def test_the_tables_of_the_readme_can_be_read(tmp_path):
    """They are of the state and the candidates that the same page defines."""
    from lmi.analysis.thresholds import own_thresholds
    from lmi.assessment.people_files import people_of
    from lmi.missing import Missing

    text = (REGIONS / "README.md").read_text(encoding="utf-8")
    state, _, gorge, _, _, sectors, *_ = re.findall(r"^ *```yaml\n(.*?)^ *```$", text, re.M | re.S)
    thresholds, efforts, known, _ = re.findall(r"^```csv\n(.*?)^```$", text, re.M | re.S)
    folder = tmp_path / "new-mexico"
    folder.mkdir()
    state = re.sub(r"^   ", "", state, flags=re.M).replace("partition: true", "partition: false")
    for name, says in {
        "state.yml": state + gorge,
        "sectors.yml": sectors,
        "thresholds.csv": thresholds,
        "engagement.csv": efforts,
        "local_knowledge.csv": known,
    }.items():
        (folder / name).write_text(says, encoding="utf-8")
    found = load_state(folder)
    candidates = load_candidates(found, REGIONS)
    assert len(own_thresholds(found).rows) == 2
    counted = people_of(found, candidates).engagement
    assert not isinstance(counted, Missing)
    here = counted.counts.set_index(["region", "candidate"])["engagement_organisations"]
    assert here["northern", "creative-industries"] == 2
    assert here["gorge", "creative-industries"] == 1
    ratings = people_of(found, candidates).knowledge.ratings.set_index(["region", "candidate"])
    assert ratings.loc[("northern", "creative-industries"), "local_rating"] == 4.5
