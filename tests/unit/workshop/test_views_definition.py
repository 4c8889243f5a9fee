"""Editing a definition: what is added is in, what is dropped is out, and nothing else moves."""

from __future__ import annotations

import pytest

from lmi import naics
from lmi.config import Candidate, CandidatePart
from lmi.workshop.views.definition import added, dropped, pieces, search, worded

YEAR = 2023
VINTAGE = naics.naics_year(YEAR)
PARTS = (
    CandidatePart(naics=("311", "312"), exclude=("3113",)),
    CandidatePart(naics=("622",), own=("1", "2", "3")),
)
FOOD = Candidate(key="food", name="Food", why="One.", industries=PARTS)


def private(data) -> set[str]:
    """The six-digit industries whose private employers a definition holds."""
    found: set[str] = set()
    for part in data:
        if "5" in part["own"]:
            held = naics.cover(part["naics"], part["exclude"], VINTAGE)
            found |= {leaf for code in held for leaf in naics.leaves(code, VINTAGE)}
    return found


def leaves(*codes: str) -> set[str]:
    return {leaf for code in codes for leaf in naics.leaves(code, VINTAGE)}


START = leaves("311", "312") - leaves("3113")


@pytest.mark.parametrize("code", ["321", "3113", "31135", "113310", "3112", "31-33", "622"])
def test_what_is_added_is_in_and_the_rest_stays(code):
    assert private(added(PARTS, code, VINTAGE)) == START | leaves(code)


@pytest.mark.parametrize("code", ["311", "3112", "311811", "3113"])
def test_what_is_dropped_is_out_and_the_rest_stays(code):
    assert private(dropped(PARTS, code)) == START - leaves(code)


def test_the_last_industry_cannot_be_dropped():
    only = Candidate(key="b", name="B", why="One.", industries=[{"naics": ["23"]}])
    assert [piece.without for piece in pieces(only)] == [None]
    assert dropped(only.industries, "23") is None


def test_public_employers_are_dropped_with_their_part():
    hospitals = next(piece for piece in pieces(FOOD) if piece.code == "622")
    assert hospitals.owners == "federal, state and local government"
    assert [part["naics"] for part in hospitals.without] == [["311", "312"]]


def test_what_is_left_out_can_be_put_back():
    left_out = next(piece for piece in pieces(FOOD) if piece.out)
    assert private(left_out.without) == leaves("311", "312")


def test_each_edit_makes_a_definition_that_the_workbench_accepts():
    for found in search(FOOD, "food", YEAR):
        again = Candidate(key="f", name="F", why="One.", industries=found.after)
        assert worded(again)


@pytest.mark.parametrize(
    ("words", "first"),
    [("machine sh", "3327"), ("dairy cattle", "11212"), ("3364", "3364"), ("BREWER", "31212")],
)
def test_industries_are_found_by_words_and_by_codes(words, first):
    assert search(FOOD, words, YEAR)[0].code == first


@pytest.mark.parametrize("words", ["", "x", "qqqq", "%"])
def test_nothing_is_found_by_nothing(words):
    assert search(FOOD, words, YEAR) == []


def test_what_is_in_is_offered_to_be_left_out():
    bakeries = {f.code: f for f in search(FOOD, "bakeries", YEAR)}["3118"]
    assert bakeries.is_in
    assert private(bakeries.after) == START - leaves("3118")


def test_a_definition_is_written_in_words():
    assert worded(FOOD) == (
        "Food manufacturing (311) and Beverage and tobacco product manufacturing (312) without "
        "Sugar and confectionery product manufacturing (3113), private; Hospitals (622), federal, "
        "state and local government"
    )
