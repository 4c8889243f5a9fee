"""Candidate sectors: what a definition may say, what it is made of, where definitions overlap."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi import naics
from lmi.config import (
    Candidate,
    candidate_breaks,
    candidate_cells,
    candidate_overlaps,
    load_candidates,
    load_state,
)
from lmi.config.candidates import cells_of_any, cells_of_none

ONE = """\
tech:
  name: Technology
  why: One kind of talent.
  industries:
    - naics: {naics}
      own: {own}
      exclude: {exclude}
"""


def one(naics: str, own: str = '["5"]', exclude: str = "[]") -> str:
    return ONE.format(naics=naics, own=own, exclude=exclude)


@pytest.fixture
def read(write):
    def read(text: str) -> tuple[Candidate, ...]:
        return load_candidates(None, write("sectors.yml", text).parent)

    return read


def sector(key: str, *parts: dict) -> Candidate:
    return Candidate(key=key, name=key, why=key, industries=parts)


def test_a_definition_as_its_author_wrote_it(read):
    (tech,) = read(one('["5415", "518"]', '["2", "5"]', '["541513"]'))
    assert (tech.key, tech.name, tech.why) == ("tech", "Technology", "One kind of talent.")
    (part,) = tech.industries
    assert part.naics == ("5415", "518")
    assert part.own == ("2", "5")
    assert part.exclude == ("541513",)


def test_private_employers_are_meant_where_nobody_is_named(read):
    (tech,) = read("tech: {name: T, why: W, industries: [{naics: ['5415']}]}\n")
    assert tech.industries[0].own == ("5",)


@pytest.mark.parametrize("code", ["31-33", "23", "311", "5415", "23811", "238111", "99"])
def test_every_level_that_qcew_publishes_is_understood(read, code):
    assert read(one(f'["{code}"]'))[0].industries[0].naics == (code,)


@pytest.mark.parametrize("code", ["5112", "5132", "454", "4491", "541711"])
def test_a_code_of_one_vintage_is_enough(read, code):
    assert read(one(f'["{code}"]'))[0].industries[0].naics == (code,)


@pytest.mark.parametrize(
    ("naics", "says"),
    [
        ("[5415]", "the code 5415 stands without quotes, where YAML may drop a leading zero"),
        ("[31-33]", 'write "31-33"'),
        ('["54155"]', "No NAICS vintage has an industry 54155"),
        ('["238110"]', "QCEW does not publish 238110"),
        ('["33"]', "QCEW codes that sector as '31-33'"),
        ('["54 15"]', "'54 15' is not an industry code"),
        ('["10"]', "'10' Total, all industries is an aggregate of sectors"),
        ('["1013"]', "'1013' Manufacturing is an aggregate of sectors"),
        ('["541", "5415"]', "is part of '541' Professional, scientific, and technical services"),
        ('["5415", "5415"]', "'5415' stands twice"),
        ("[]", "a list has nothing in it; list at least one"),
        ('"5415"', "'5415' is not a list"),
    ],
)
def test_industries_that_cannot_be(read, refusal, naics, says):
    said = refusal(lambda: read(one(naics)), 5)
    assert said.startswith("tech.industries.naics: ")
    assert says in said


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ('["0"]', "'0' (all ownerships together) is published for the all-industry total only"),
        ('["0", "5"]', "'0' (all ownerships together)"),
        ('["4"]', "'4' is not an ownership; write \"1\" Federal government"),
        ('["8"]', "'8' is not an ownership"),
        ('["5", "5"]', "'5' stands twice"),
        ("[5]", "the code 5 stands without quotes"),
        ("[]", 'private employers are ["5"]'),
    ],
)
def test_ownerships_that_cannot_be(read, refusal, own, says):
    said = refusal(lambda: read(one('["5415"]', own)), 6)
    assert said.startswith("tech.industries.own: ")
    assert says in said


@pytest.mark.parametrize(
    ("exclude", "says"),
    [
        ('["5112"]', "'5112' Software publishers is not part of '5415', so it cannot be excluded"),
        ('["5415"]', "is also listed in 'naics'; leave it out of both"),
        ('["541"]', "is not part of '5415'"),
        ('["54151"]', "no industry is left; exclude fewer"),
        ('["54151", "541511"]', "is part of '54151'"),
        ('["54155"]', "No NAICS vintage has an industry 54155"),
    ],
)
def test_exclusions_that_cannot_be(read, refusal, exclude, says):
    said = refusal(lambda: read(one('["5415"]', exclude=exclude)), 7)
    assert said.startswith("tech.industries.exclude: ")
    assert says in said


def test_parts_of_a_candidate_that_share_jobs_are_refused(read, refusal):
    text = one('["541"]', '["2", "5"]') + '    - naics: ["54151"]\n'
    said = refusal(lambda: read(text), 8)
    assert "'5415' Computer systems design and related services with ownership 5 stands in" in said


def test_parts_that_share_industries_but_no_owner_do_not_overlap(read):
    (tech,) = read(one('["541"]') + '    - naics: ["5415"]\n      own: ["2"]\n')
    assert len(tech.industries) == 2


def test_parts_that_an_exclusion_keeps_apart_do_not_overlap(read):
    (tech,) = read(one('["541"]', exclude='["5415"]') + '    - naics: ["5415"]\n')
    assert len(tech.industries) == 2


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("{}\n", None, "nothing is defined"),
        ("Tech: {}\n", 1, "'Tech' cannot be a key"),
        ("tech: software\n", 1, "'key: value' lines are expected here"),
        ("tech: {name: T, why: W}\n", 1, "tech.industries: this key is missing"),
        ("tech: {name: T, why: W, industries: []}\n", 1, "a list has nothing in it"),
        ("tech: {name: T, why: W, industry: []}\n", 1, "perhaps you meant 'industries'"),
        ("tech:\n  name: T\n  why: W\n  industries:\n    - nacis: ['23']\n", 5, "meant 'naics'"),
    ],
)
def test_a_mistake_is_named_with_its_line(read, refusal, text, line, says):
    assert says in refusal(lambda: read(text), line)


class TestLayers:
    """A state's own sectors.yml over the defaults."""

    DEFAULTS = """\
        food: {name: Food, why: One chain., industries: [{naics: ["311"]}]}
        retail: {name: Retail, why: Many jobs., industries: [{naics: ["44-45"]}]}
        """
    STATE = """\
        state: Colorado
        state_fips: "08"
        title: Regions
        source: {name: The office}
        regions: {north: {name: North, counties: ["08069"]}}
        """

    @pytest.fixture
    def layered(self, write):
        def layered(own: str) -> dict[str, Candidate]:
            write("sectors.yml", self.DEFAULTS)
            file = write("colorado/state.yml", self.STATE)
            write("colorado/sectors.yml", own)
            return {c.key: c for c in load_candidates(load_state(file))}

        return layered

    def test_what_is_not_said_is_inherited(self, layered):
        found = layered('food: {industries: [{naics: ["311", "312"]}]}\n')
        assert list(found) == ["food", "retail"]
        assert found["food"].name == "Food"
        assert found["food"].industries[0].naics == ("311", "312")

    def test_a_new_key_is_added_and_an_empty_one_dropped(self, layered):
        found = layered(
            'retail:\nenergy: {name: Energy, why: One grid., industries: [{naics: ["22"]}]}\n'
        )
        assert list(found) == ["food", "energy"]

    @pytest.mark.parametrize(
        ("own", "line", "says"),
        [
            ("food:\n  industries:\n    - naics: ['311', '3111']\n", 3, "would count twice"),
            ("energy:\n  name: Energy\n", 1, "energy.why: this key is missing"),
            ("foods:\n", 1, "no default has this key; perhaps you meant 'food'"),
        ],
    )
    def test_a_mistake_is_named_in_the_file_that_makes_it(self, layered, refusal, own, line, says):
        assert says in refusal(lambda: layered(own), line)

    def test_a_mistake_in_the_defaults_is_named_there(self, write, refusal):
        write("sectors.yml", "food: {name: Food, why: W, industries: [{naics: ['999999x']}]}\n")
        file = write("colorado/state.yml", self.STATE)
        write("colorado/sectors.yml", "\n\nfood: {name: Other food}\n")
        state = load_state(file)
        assert "'999999x'" in refusal(lambda: load_candidates(state), 1)


class TestCells:
    """A candidate is the sum of its cells: each job once, in as few published rows as can be."""

    def cells(self, year: int, *parts: dict) -> list[tuple[str, str]]:
        frame = candidate_cells([sector("s", *parts)], year)
        assert list(frame.columns) == ["candidate", "own_code", "industry_code"]
        assert (frame["candidate"] == "s").all()
        return list(frame[["own_code", "industry_code"]].itertuples(index=False, name=None))

    def test_a_whole_industry_is_one_cell(self):
        assert self.cells(2022, {"naics": ["311", "23"]}) == [("5", "23"), ("5", "311")]

    def test_an_exclusion_splits_no_more_than_it_must(self):
        found = self.cells(2022, {"naics": ["621"], "exclude": ["62161"]})
        assert found == [("5", code) for code in ("6211", "6212", "6213", "6214", "6215", "6219")]

    def test_parts_that_make_up_a_whole_become_it(self):
        assert self.cells(2022, {"naics": ["621", "622", "623", "624"]}) == [("5", "62")]

    def test_every_ownership_has_its_own_cells(self):
        found = self.cells(2022, {"naics": ["622"], "own": ["2", "3"]}, {"naics": ["621"]})
        assert found == [("2", "622"), ("3", "622"), ("5", "621")]

    @pytest.mark.parametrize(("year", "code"), [(2012, "5112"), (2017, "5112"), (2022, "5132")])
    def test_a_pair_of_codes_is_read_each_in_its_own_vintage(self, year, code):
        assert self.cells(year, {"naics": ["5112", "5132"]}) == [("5", code)]

    def test_a_code_that_the_vintage_lacks_gives_no_cell(self):
        assert self.cells(2017, {"naics": ["5132"]}) == []

    def test_no_candidates_give_an_empty_table_with_its_columns(self):
        frame = candidate_cells([], 2022)
        assert frame.empty
        assert list(frame.columns) == ["candidate", "own_code", "industry_code"]


def test_overlaps_are_reported_by_the_coarsest_industry_that_both_hold():
    makers = sector("makers", {"naics": ["31-33"]})
    wood = sector("wood", {"naics": ["113", "321", "3222"]})
    public = sector("public", {"naics": ["321"], "own": ["3"]})
    found = candidate_overlaps([makers, wood, public], 2022)
    pd.testing.assert_frame_equal(
        found,
        pd.DataFrame(
            [("makers", "wood", "5", "321"), ("makers", "wood", "5", "3222")],
            columns=["candidate_a", "candidate_b", "own_code", "industry_code"],
            dtype="str",
        ),
    )


def test_candidates_without_overlap_give_an_empty_table_with_its_columns():
    found = candidate_overlaps(
        [sector("a", {"naics": ["23"]}), sector("b", {"naics": ["22"]})], 2022
    )
    assert found.empty
    assert list(found.columns) == ["candidate_a", "candidate_b", "own_code", "industry_code"]


class TestBreaks:
    def test_a_pair_of_codes_closes_a_renumbering(self):
        assert candidate_breaks(sector("s", {"naics": ["5112"]}), 2021, 2022)
        assert candidate_breaks(sector("s", {"naics": ["5112", "5132"]}), 2021, 2022) == []

    def test_what_leaks_is_said_in_words(self):
        (reason,) = candidate_breaks(sector("s", {"naics": ["5132"]}), 2021, 2022)
        assert "511210 Software publishers" in reason
        assert "513210 Software publishers" in reason

    def test_within_a_vintage_nothing_breaks(self):
        assert candidate_breaks(sector("s", {"naics": ["5112"]}), 2017, 2021) == []

    def test_an_exclusion_counts_in_every_vintage(self):
        whole = sector("s", {"naics": ["51"]})
        cut = sector("s", {"naics": ["51"], "exclude": ["5112"]})
        closed = sector("s", {"naics": ["51"], "exclude": ["5112", "5132"]})
        assert candidate_breaks(whole, 2016, 2023) == []
        assert len(candidate_breaks(cut, 2016, 2023)) == 1
        assert candidate_breaks(closed, 2016, 2023) == []

    def test_a_break_in_one_ownership_is_a_break(self):
        parts = ({"naics": ["5112", "5132"]}, {"naics": ["5112"], "own": ["2"]})
        assert candidate_breaks(sector("s", *parts), 2016, 2023)


@pytest.mark.parametrize("vintage", [2012, 2017, 2022])
def test_every_industry_is_held_or_not_once_for_each_kind_of_employer(vintage):
    found = load_candidates(None)
    every = naics.leaves("10", vintage) - naics.leaves("99", vintage)
    for own in ("1", "2", "3", "5"):
        cells = [
            code
            for table in (cells_of_any(found, vintage), cells_of_none(found, vintage))
            for code in table.loc[table["own_code"] == own, "industry_code"]
        ]
        leaves = [leaf for code in cells for leaf in naics.leaves(code, vintage)]
        assert len(leaves) == len(set(leaves)) and set(leaves) == every
    free = cells_of_none(found, vintage)["industry_code"]
    assert {naics.industry_level(code) for code in free} <= {"3-digit", "4-digit", "5-digit"}
