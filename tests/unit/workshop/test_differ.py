"""Where the room differs about sectors: dots that are nobody's, questions, what it would take."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from bs4 import BeautifulSoup

from lmi.assessment.overtaking import NumberMove, Overtaking, ShareMove
from lmi.scoring.checks import weights_in_shares
from lmi.scoring.overtaking import moved_ballots
from lmi.workshop import record, views
from lmi.workshop.group import group_of
from lmi.workshop.state import FACILITATOR
from lmi.workshop.views.differ import CELL, HEIGHT, _dots, differ, lack, would_take
from tests.workshop_stage import go_to, join, tell

KEYS = ("employment", "pay", "projected-growth", "concentration-nation", "engagement")


def weighed(room, n: int, seed: int = 3):
    rng = np.random.default_rng(seed)
    people = [join(room, f"P{at}", "business" if at % 2 else "education") for at in range(n)]
    for who in people:
        sliders = dict(zip(KEYS, rng.integers(0, 11, len(KEYS)).tolist(), strict=True))
        tell(room, who, "weigh", weights=sliders | {"employment": sliders["employment"] or 1})
    go_to(room, "agree")
    return people


def test_of_fewer_than_five_people_no_place_is_shown(room):
    people = weighed(room, 4)
    assert differ(room) == [] and "five people on" in lack(room)
    for face in (people[0], FACILITATOR):
        assert "dotrow" not in views.fragment("group", room, face)
    assert json.loads(record.as_json(room))["group"]["places"] == []


def test_a_dot_a_person_at_the_place_by_their_own_ranking_and_most_apart_first(room):
    people = weighed(room, 9)
    found = differ(room)
    own = [{p.candidate: p.rank for p in room.places_for(w.id) if p.rank} for w in people]
    for one in found:
        places = [ranks[one.key] for ranks in own]
        assert one.people == tuple(places.count(at + 1) for at in range(len(one.people)))
        assert len(one.dots) == 9
        at = sorted(int(x // CELL) + 1 for x, _y in one.dots)
        assert at == sorted(places)
    gaps = [one.apart for one in found]
    assert gaps == sorted(gaps, reverse=True)
    assert all(one.question for one in found[:3] if one.apart >= 1)
    assert not any(one.question for one in found[3:])


def test_dots_say_nothing_of_who_joined_or_weighed_first(room, begun, path):
    """The same ballots by the same people in another order are the same page, byte for byte."""
    rng = np.random.default_rng(1)
    ballots = [dict(zip(KEYS, rng.integers(1, 11, 5).tolist(), strict=True)) for _ in range(6)]
    pages = []
    start = room.state
    for order in (range(6), reversed(range(6))):
        room.state = start
        people = [join(room, f"P{n}") for n in range(6)]
        for who, at in zip(people, order, strict=True):
            tell(room, who, "weigh", weights=ballots[at])
        go_to(room, "agree")
        page = BeautifulSoup(views.fragment("group", room, FACILITATOR), "html.parser")
        pages.append(str(page.select_one(".places")))
    assert pages[0] == pages[1] and "<circle" in pages[0]


@pytest.mark.parametrize("most", [1, 5, 12, 60, 300])
def test_however_many_dots_a_place_has_they_lie_in_its_cell_and_apart(most):
    dots, radius = _dots([most, 0, 1], most)
    first = np.array(dots[:most])
    assert (first > 0).all() and (first[:, 0] < CELL).all() and (first[:, 1] < HEIGHT).all()
    if most > 1:
        gaps = np.linalg.norm(first[:, None] - first, axis=2)[np.triu_indices(most, 1)]
        assert gaps.min() > 2 * radius


def test_a_question_names_no_two_people(room):
    """Halves of one or two people are not set against each other."""
    weighed(room, 6, seed=8)
    for one in differ(room)[:3]:
        if "in their top three" in one.question:
            top, low = sum(one.people[:3]), int(one.question.split(", ")[1].split()[0])
            assert min(top, low) >= 3
        elif one.question:
            assert one.question.startswith("Half have it")


def test_the_weight_that_it_would_take_puts_the_second_first(room):
    weighed(room, 7)
    group = room.group()
    move = group.overtaking.weight
    count = room.state.counted
    keys = [c.key for c in room.charter.criteria]
    has = [key for key in keys if key in room.has_data]

    def first(points: float) -> str:
        ballots = [[dict(b).get(key, 0.0) for key in has] for b in count.answers.values()]
        shares = weights_in_shares(ballots, "weights of a ballot")
        moved = moved_ballots(shares, has.index(move.criterion), np.array([points]))[0]
        answers = {w: tuple(zip(has, b, strict=True))
                   for w, b in zip(count.answers, moved.tolist(), strict=True)}  # fmt: skip
        return group_of(replace(count, answers=answers), room.evidence.assessment).overtaking.first

    assert first(0) == group.overtaking.first
    assert first(move.points) != group.overtaking.first
    less = move.points - np.copysign(0.01, move.points)
    assert first(less) == group.overtaking.first
    name = next(c.name for c in room.charter.criteria if c.key == move.criterion)
    assert f"“{name}” {abs(100 * move.points):.0f} point" in would_take(room)[0]


def told(room, **changes):
    found = Overtaking("construction", "mining", False, 0.0, None, None)
    room.group()
    room._group = replace(room._group, overtaking=replace(found, **changes))
    room.served = True
    return would_take(room)


def test_what_it_would_take_is_said_no_closer_than_its_range(room):
    weighed(room, 5)
    pay = next(c.name for c in room.charter.criteria if c.key == "pay")
    (one,) = told(room, weight=ShareMove("pay", -0.09, 0.02, 0.31))
    assert f"gave “{pay}” 9 points of 100 less; what the data leave open makes that 2 to 31" in one
    (one,) = told(room, weight=ShareMove("pay", 0.01, 0.01, 0.01))
    assert one.endswith("1 point of 100 more.")
    (one,) = told(room, weight=ShareMove("pay", 0.09, 0.0, float("inf")))
    assert "0 points, or more than can be given" in one
    assert "No one weight" in told(room)[0]
    two = told(room, ahead=0.31, is_level=True)
    assert "level with Construction within a point" in two[0] and "31%" in two[1]
    number = NumberMove("mining", "annual_avg_emplvl", 1_412.3, 1_203.0, 2_144.0, False)
    assert told(room, number=number)[-1] == (
        "So would 1,410 jobs or more in Mining and minerals; 1,200 to 2,140 is what is known, nine "
        "times in ten."
    )  # fmt: skip
    ends = replace(number, at=1_203.0)
    assert len(told(room, number=ends)) == 1, "no more than the end of its range"
