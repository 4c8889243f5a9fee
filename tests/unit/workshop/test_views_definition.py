"""A definition as a room sees it: what is in, what is out, what else there is."""

from __future__ import annotations

import pytest

from lmi.config import Candidate, CandidatePart
from lmi.workshop.views.definition import pieces, search, worded

YEAR = 2023
PARTS = (
    CandidatePart(naics=("311", "312"), exclude=("3113",)),
    CandidatePart(naics=("622",), own=("1", "2", "3")),
)
FOOD = Candidate(key="food", name="Food", why="One.", industries=PARTS)


def test_a_definition_is_shown_piece_by_piece():
    assert [(p.industry.code, p.owners, p.out) for p in pieces(FOOD)] == [
        ("311", "private", False),
        ("312", "private", False),
        ("3113", "private", True),
        ("622", "federal, state and local government", False),
    ]


@pytest.mark.parametrize(("code", "is_in"), [("3118", True), ("3113", False), ("6221", False)])
def test_what_private_employers_are_in_for_is_said(code, is_in):
    found = {f.industry.code: f.is_in for f in search(FOOD, code, YEAR)[0]}
    assert found[code] is is_in


def test_a_definition_is_written_in_words():
    assert worded(FOOD) == (
        "Food manufacturing (311), and Beverage and tobacco product manufacturing (312) without "
        "Sugar and confectionery product manufacturing (3113), private; Hospitals (622), federal, "
        "state and local government"
    )
