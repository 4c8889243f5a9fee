"""Growth across a revision is computed only where the definition is closed under it."""

from __future__ import annotations

from lmi.analysis.region_breaks import (
    area_breaks,
    candidate_break_table,
    industry_break_table,
    on_regions,
    sentences,
)
from lmi.config import Candidate
from tests.unit.analysis.test_places import LANE, state_of

OPEN = Candidate(key="software", name="Software", why="Code.", industries=[{"naics": ["5112"]}])
CLOSED = Candidate(
    key="publishing", name="Publishing", why="Code.", industries=[{"naics": ["5112", "5132"]}]
)


def test_a_definition_that_loses_its_code_is_not_compared():
    table = candidate_break_table([OPEN, CLOSED], [(2021, 2023), (2022, 2023)])
    assert table[["candidate", "year0", "year1"]].drop_duplicates().values.tolist() == [
        ["software", 2021, 2023]
    ]
    told = sentences(table, {"software": "Software"}, (2021, 2023))
    assert len(told) == 1 and told[0].startswith("Software is not compared between 2021 and 2023")


def test_no_pair_without_a_revision_is_a_break():
    assert candidate_break_table([OPEN], [(2017, 2021), (2022, 2023)]).empty
    assert industry_break_table(["5112", "454"], [(2017, 2021)]).empty


def test_industries_break_one_by_one():
    table = industry_break_table(["31-33", "454", "5112"], [(2016, 2023)])
    assert table["industry_code"].tolist() == ["454", "5112"]


def test_a_broken_definition_is_broken_in_every_region():
    table = candidate_break_table([OPEN], [(2021, 2023)])
    areas = area_breaks(state_of(LANE), [(2021, 2023)])
    spread = on_regions(table, areas, key="candidate", values=["software"], regions=["a", "b"])
    assert spread[["region", "candidate"]].values.tolist() == [
        ["a", "software"],
        ["b", "software"],
    ]
