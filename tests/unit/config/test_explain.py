"""Definitions in plain words."""

from __future__ import annotations

from lmi.config import (
    Candidate,
    describe_candidate,
    describe_region,
    describe_state,
)

HEAD = 'state: Colorado\nstate_fips: "08"\ntitle: Planning regions\nsource: {name: The office}\n'


def test_a_state_says_its_regions_its_source_and_whether_they_cover_it(colorado):
    state = colorado(
        'regions:\n  n: {name: North, counties: ["08069", "08123"]}\n'
        "  all: {name: All, include: [n]}\n",
        HEAD.replace("{name: The office}", "{name: The office, retrieved: 2026-11-22, note: Odd.}"),
    )
    assert describe_state(state).splitlines() == [
        "Colorado: planning regions, 1 region (colorado)",
        "The regions need not cover Colorado, and may overlap.",
        "Source: The office, read 2026-11-22.",
        "Odd.",
        "",
        "colorado/n  North: Larimer (08069) and Weld (08123), compared with Colorado and the "
        "nation.",
        "colorado/all  All: Larimer (08069) and Weld (08123), compared with Colorado and the "
        "nation. A combination of other regions.",
    ]


def test_a_region_across_a_line_names_the_state_of_each_county(colorado):
    region = colorado('regions:\n  nw: {name: NW, counties: ["08081", "56007"]}\n').regions[0]
    assert describe_region(region) == (
        "colorado/nw  NW: Moffat, CO (08081) and Carbon, WY (56007), compared with Colorado, "
        "Wyoming and the nation."
    )


def test_a_candidate_says_what_is_in_who_employs_and_that_it_can_be_followed():
    care = Candidate(
        key="care",
        name="Care",
        why="The same nurses.",
        industries=(
            {"naics": ("622", "623"), "exclude": ("6231",)},
            {"naics": ("622",), "own": ("2", "3")},
        ),
    )
    assert describe_candidate(care).splitlines() == [
        "Care (care)",
        "  The same nurses.",
        "  Private: 622 Hospitals, 623 Nursing and residential care facilities, without 6231 "
        "Nursing care facilities (skilled nursing facilities).",
        "  State government and local government: 622 Hospitals.",
        "  Means the same in NAICS 2012, 2017 and 2022: growth can be compared from 2011 on.",
    ]


def test_a_candidate_that_a_revision_cuts_through_says_where():
    web = Candidate(key="web", name="Web", why="W.", industries=({"naics": ("5112", "519")},))
    said = describe_candidate(web)
    assert "5112 Software publishers (NAICS 2012 and 2017 only)" in said
    assert "Does not mean the same in every vintage of NAICS: NAICS 2022, used from 2022:" in said
    assert "more)" in said
