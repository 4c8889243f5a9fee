"""A working definition, changed code by code, stays one that can be added up."""

from __future__ import annotations

import pytest

from lmi import naics
from lmi.bench.definitions import add_code, built, drop_code, key_of, with_ownership
from lmi.config import Candidate, candidate_cells, load_candidates
from lmi.config.industries import VINTAGES
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


def test_what_was_entered_is_refused_in_words():
    with pytest.raises(ConfigError, match="the text is empty"):
        built(Candidate, {"key": "a", "name": " ", "why": "x", "industries": [{"naics": ["62"]}]})


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
