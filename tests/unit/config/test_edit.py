"""A working definition, changed code by code, stays one that can be added up."""

from __future__ import annotations

import pytest

from lmi import naics
from lmi.config import Candidate, Region, candidate_cells, load_candidates
from lmi.config.edit import (
    add_code,
    begin_candidate,
    drop_code,
    holds,
    key_of,
    with_counties,
    with_industries,
    with_ownership,
)
from lmi.config.industries import VINTAGES, industry_problems
from lmi.errors import ConfigError

ALL = ("1", "2", "3", "5")


def sector(*parts: dict) -> Candidate:
    return Candidate.model_validate(
        {"key": "s", "name": "Sector", "why": "One table.", "industries": parts}
    )


def parts_of(candidate: Candidate) -> list[tuple]:
    return [(p.naics, p.own, p.exclude) for p in candidate.industries]


@pytest.mark.parametrize(
    ("part", "code", "codes", "left_out"),
    [
        ({"naics": ["333"]}, "334", ("333", "334"), ()),
        ({"naics": ["3344", "335"]}, "334", ("334", "335"), ()),  # taken up in the coarser one
        ({"naics": ["334"], "exclude": ["3344"]}, "3344", ("334",), ()),  # comes back
        ({"naics": ["334"], "exclude": ["3344"]}, "33", None, None),
        ({"naics": ["3344"], "exclude": ["33441"]}, "334", ("334",), ()),
    ],
)
def test_an_industry_is_added(part, code, codes, left_out):
    if codes is None:
        with pytest.raises(ConfigError, match="'33'"):
            add_code(sector(part), code)
        return
    assert parts_of(add_code(sector(part), code)) == [(codes, ("5",), left_out)]


def test_it_is_added_for_the_employers_asked_for():
    public = add_code(sector({"naics": ["62"]}), "6111", ("1", "2", "3"))
    assert parts_of(public) == [(("62",), ("5",), ()), (("6111",), ("1", "2", "3"), ())]
    again = add_code(public, "6112", ("3", "2", "1"))
    assert parts_of(again)[1] == (("6111", "6112"), ("1", "2", "3"), ())


@pytest.mark.parametrize(
    ("part", "code", "match"),
    [
        ({"naics": ["334"]}, "3344", "part of Sector already"),
        ({"naics": ["334"]}, "334", "part of Sector already"),
        ({"naics": ["334"], "exclude": ["3344"]}, "33441", "add that one first"),
        ({"naics": ["334"], "own": list(ALL)}, "3344", "counted already for private"),
        ({"naics": ["334"]}, "10", "aggregate"),
        ({"naics": ["334"]}, "1013", "aggregate"),
        ({"naics": ["334"]}, "999888", "use"),
        ({"naics": ["334"]}, "__import__('os')", "not an industry code"),
    ],
)
def test_what_cannot_be_added_is_said_in_one_sentence(part, code, match):
    with pytest.raises(ConfigError, match=match) as caught:
        add_code(sector(part), code)
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("part", "code", "codes", "left_out"),
    [
        ({"naics": ["333", "334"]}, "333", ("334",), ()),
        ({"naics": ["333", "334"]}, "3344", ("333", "334"), ("3344",)),
        ({"naics": ["334"], "exclude": ["33441"]}, "3344", ("334",), ("3344",)),
        ({"naics": ["333", "334"], "exclude": ["3344"]}, "334", ("333",), ()),
        ({"naics": ["3344", "335"]}, "334", ("335",), ()),
    ],
)
def test_an_industry_is_taken_out(part, code, codes, left_out):
    assert parts_of(drop_code(sector(part), code)) == [(codes, ("5",), left_out)]


def test_it_is_taken_out_of_every_part_and_a_part_may_go():
    both = sector({"naics": ["62", "61"]}, {"naics": ["61"], "own": ["3"]})
    assert parts_of(drop_code(both, "61")) == [(("62",), ("5",), ())]


@pytest.mark.parametrize(
    ("code", "match"),
    [("62", "does not hold"), ("334", "would hold nothing"), ("3345", "does not hold")],
)
def test_what_is_not_there_or_is_all_there_is_stays(code, match):
    with pytest.raises(ConfigError, match=match):
        drop_code(sector({"naics": ["334"], "exclude": ["3345"]}), code)


@pytest.mark.parametrize("year", VINTAGES)
@pytest.mark.parametrize("ownership", ["private", "all"])
def test_other_employers_count_every_industry_once(year, ownership):
    """The shipped sectors with several parts: none counts a cell twice, none loses an industry."""
    for candidate in load_candidates(None):
        found = with_ownership(candidate, ownership)
        asked = ALL if ownership == "all" else ("5",)
        defined = candidate_cells([candidate], year)
        if ownership == "private":
            defined = defined[defined["own_code"] == "5"]
        wanted = {leaf for code in defined["industry_code"] for leaf in naics.leaves(code, year)}
        if found is None:
            assert not wanted
            continue
        cells = candidate_cells([found], year)
        for own in asked:
            codes = cells.loc[cells["own_code"] == own, "industry_code"]
            leaves = [leaf for code in codes for leaf in naics.leaves(code, year)]
            assert len(leaves) == len(set(leaves))
            assert set(leaves) == wanted, candidate.key
        assert with_ownership(found, ownership) == found, "once is enough"


def test_public_employers_alone_have_no_private_part():
    assert with_ownership(sector({"naics": ["92"], "own": ["1"]}), "private") is None


def test_a_sector_begins_with_one_industry():
    begun = begin_candidate("chips", " Chips ", "They grow.", [{"naics": ["3344"]}])
    assert (begun.key, begun.name, begun.why) == ("chips", "Chips", "They grow.")
    assert parts_of(begun) == [(("3344",), ("5",), ())]


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        (("chips", " ", "Why.", "3344"), "the text is empty; write one."),
        (("chips", "Chips", "Why.", "10"), "'10' Total, all industries is an aggregate of sectors; "
                                           "name its sectors instead."),
        (("con", "Chips", "Why.", "3344"), "'con' is a name that Windows keeps for itself; choose "
                                           "another key."),
    ],
)  # fmt: skip
def test_a_sector_that_cannot_begin_so_is_refused_in_words(entered, sentence):
    with pytest.raises(ConfigError) as caught:
        key, name, why, code = entered
        begin_candidate(key, name, why, [{"naics": [code]}])
    assert str(caught.value) == sentence


def test_a_sector_is_made_of_other_industries():
    changed = with_industries(sector({"naics": ["23"]}), [{"naics": ["62"], "exclude": ["6221"]}])
    assert parts_of(changed) == [(("62",), ("5",), ("6221",))]
    assert (changed.key, changed.name) == ("s", "Sector")


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (
            {"naics": ["23", "236"]},
            "'236' Construction of buildings is part of '23' Construction and would count twice; "
            "leave '236' out.",
        ),
        (
            {"naics": ["62"], "exclude": ["23"]},
            "'23' Construction is not part of '62', so it cannot be excluded; leave it out here.",
        ),
        (
            {"naics": ["62"], "own": ["9"]},
            '\'9\' is not an ownership; write "1" Federal government, "2" State government, "3" '
            'Local government or "5" Private.',
        ),
        ({"naics": ["62"], "own": []}, 'the list is empty; private employers are ["5"].'),
        ({"naics": ["62", "62"]}, "'62' stands twice; keep one of them."),
        ({"naics": ["3344"], "exclude": ["33441"]}, "no industry is left; exclude fewer."),
        ({"naics": []}, "a list has nothing in it; list at least one."),
    ],
)
def test_industries_that_cannot_be_added_up_are_refused_in_words(part, sentence):
    with pytest.raises(ConfigError) as caught:
        with_industries(sector({"naics": ["23"]}), [part])
    assert str(caught.value) == sentence


GORGE = Region(state="oregon", key="gorge", name="The Gorge", counties=["41065", "53059"])


def test_a_footprint_is_drawn_anew():
    assert with_counties(GORGE, ["53059", "41027"]).counties == ("41027", "53059")


@pytest.mark.parametrize(
    ("counties", "sentence"),
    [
        ([], "The Gorge would have no county left; tick another one first."),
        (["41065", "41065"], "Wasco County stands twice; keep one of them."),
        (["41065", "08"], "'08' is not a county; a county code has five digits."),
    ],
)
def test_a_footprint_that_cannot_be_is_refused_in_words(counties, sentence):
    with pytest.raises(ConfigError) as caught:
        with_counties(GORGE, counties)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("code", "is_held"),
    [
        ("334", False),  # a part of it is left out
        ("3345", False),
        ("334513", False),
        ("3344", True),
        ("33441", True),
        ("61", False),  # of local governments alone
        ("61142", True),  # listed as 611420, which is the same
    ],
)
def test_what_a_sector_holds_of_private_employers(code, is_held):
    parts = {"naics": ["334", "611420"], "exclude": ["3345"]}, {"naics": ["61"], "own": ["3"]}
    assert holds(sector(*parts), code) is is_held


@pytest.mark.parametrize("candidate", load_candidates(None), ids=lambda c: c.key)
def test_whatever_is_edited_is_held_then_and_can_be_added_up(candidate):
    for code in sorted(naics.known_industries(2022)):
        for edit, is_held in ((add_code, True), (drop_code, False)):
            try:
                changed = edit(candidate, code)
            except ConfigError as refused:
                assert str(refused).endswith(".")
                continue
            assert holds(changed, code) is is_held, (edit.__name__, code)
            assert not list(industry_problems(changed)), (edit.__name__, code)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Wind & solar", "wind-solar"),
        ("  ", ""),
        ("../../etc", "etc"),
        ("Ä", ""),
        ("a" * 70, "a" * 60),
    ],
)
def test_a_name_suggests_a_key(name, key):
    assert key_of(name) == key
