"""Where the room differs about sectors, what to ask there, and what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lmi import words
from lmi.assessment.overtaking import NumberMove, Overtaking, ShareMove
from lmi.measures.certainty import ends
from lmi.schema.measures import MEASURES
from lmi.scoring.group_ranking import MIN_PEOPLE
from lmi.scoring.rank import FIRST_THREE
from lmi.words.how_sure import JOBS
from lmi.workshop.group import PLACE_PEOPLE
from lmi.workshop.room import Room

__all__ = ["Difference", "differ", "lack", "would_take"]

ASKED = 3
"""Sectors, of those that people put furthest apart, that a question stands under."""
CELL, HEIGHT = 64.0, 32.0
_PITCH = 15.0
_LEAST_SHARE = 0.05


@dataclass(frozen=True)
class Difference:
    """Where people put a sector.

    Parameters
    ----------
    people : tuple of int
        How many at place 1, 2, …
    apart : float, places
        Mean distance of two people.
    question : str
        What to ask; empty where they hardly differ.
    dots : tuple of (float, float)
        One a person, at their place; in no order.
    radius : float
        Of a dot, in the units of a cell of `CELL` by `HEIGHT`.
    """

    key: str
    name: str
    people: tuple[int, ...]
    apart: float
    question: str
    dots: tuple[tuple[float, float], ...]
    radius: float

    @property
    def said(self) -> str:
        """The dots in words."""
        told = [f"{words.ordinal(at)} by {n}" for at, n in enumerate(self.people, 1) if n]
        return f"Put {words.listing(told)}"


def lack(room: Room) -> str:
    """Say why no places are shown; empty where they are."""
    if len(room.group().places):
        return ""
    return (
        f"Where people put the sectors is drawn from {words.spelled(PLACE_PEOPLE)} people on, so "
        "that it gives nobody away."
    )


def differ(room: Room) -> list[Difference]:
    """Return where people put each sector, those that they put furthest apart first."""
    rows = room.group().places.to_dict("records")
    most = max((max(r["people"]) for r in rows), default=1)
    return [
        Difference(
            str(r["candidate"]), str(r["candidate_name"]), r["people"], float(r["apart"]),
            _question(room, r["candidate"], r["people"])
            if at < ASKED and r["apart"] >= 1 else "",
            *_dots(r["people"], most),
        )
        for at, r in enumerate(rows)
    ]  # fmt: skip


def _dots(people: Sequence[int], most: int) -> tuple[tuple[tuple[float, float], ...], float]:
    """Pack a dot a person into the cells of their places, as large as the fullest cell allows."""
    pitch = _PITCH
    while (HEIGHT // pitch) * (CELL // pitch) < most:
        pitch *= 0.95
    deep = int(HEIGHT // pitch)
    found = []
    for place, n in enumerate(people):
        columns = -(-n // deep)
        left = CELL * (place + 0.5) - pitch * (columns - 1) / 2
        for i in range(n):
            column, row = divmod(i, deep)
            tall = min(deep, n - column * deep)
            found.append((left + pitch * column, HEIGHT / 2 + pitch * (row - (tall - 1) / 2)))
    return tuple(found), 0.43 * pitch


def _question(room: Room, key: str, people: Sequence[int]) -> str:
    """Ask what one half knows that the other does not, and of which numbers."""
    n, middle = sum(people), max(FIRST_THREE, -(-len(people) // 2))
    top, low = sum(people[:FIRST_THREE]), sum(people[middle:])
    if min(top, low) >= MIN_PEOPLE:
        lead = (
            f"{top} of {n} have it in their top three, {low} have it "
            f"{words.ordinal(middle + 1)} or lower."
        )
    else:
        # The inner half: the ends are single people's.
        places = np.repeat(np.arange(1, len(people) + 1), people)
        ends_of_half = [int(places[round(share * (n - 1))]) for share in (0.25, 0.75)]
        low_end, high_end = (words.ordinal(place) for place in ends_of_half)
        at = f"from {low_end} to {high_end}" if low_end != high_end else low_end
        lead = f"Half have it {at}."
    return f"{lead} {_what_to_ask(room, key)}"


def _what_to_ask(room: Room, key: str) -> str:
    best_worst = _best_and_worst(room, key)
    if not best_worst:
        return "What does each side know that the other does not?"
    best, worst = best_worst
    return f"Beside the others it does best on “{best}”, worst on “{worst}”: which counts here?"


def _best_and_worst(room: Room, key: str) -> tuple[str, str] | None:
    """Name the criteria on which a sector does best and worst, where the data's ranges allow."""
    assessment = room.evidence.assessment
    evidence = assessment.ranked_evidence
    shares = room.group().counting
    at = evidence.rows["candidate"].tolist().index(key)
    known = [
        j for j, c in enumerate(evidence.criteria)
        if shares.get(c.key, 0) >= _LEAST_SHARE and not np.isnan(evidence.value[at, j])
    ]  # fmt: skip
    if len(known) < 2:
        return None
    mean = np.nanmean(evidence.value[:, known], axis=0)
    beside = evidence.value[at, known] - mean
    best, worst = int(beside.argmax()), int(beside.argmin())
    drawn = evidence.drawn[at, known] - mean[:, None]
    low, _high = ends([beside[best] - beside[worst]], [drawn[best] - drawn[worst]])
    if not low[0] > 0:
        return None
    return evidence.criteria[known[best]].name, evidence.criteria[known[worst]].name


def would_take(room: Room) -> list[str]:
    """Say what would put the second sector first, no closer than the data's ranges allow."""
    found = room.group().overtaking
    if found is None:
        return []
    names = room.names
    first, second = names[found.first], names[found.second]
    level = f", level with {first} within a point" if found.is_level else f", after {first}"
    told = [f"{second} comes second{level}. {_by_weight(room, found.weight)}"]
    if found.ahead >= 0.005:
        told.append(
            f"{second} is ahead already in {words.whole_share(found.ahead)} of what the data "
            "leave open."
        )
    told.append(_by_number(found, names))
    return [sentence for sentence in told if sentence]


def _by_weight(room: Room, move: ShareMove | None) -> str:
    if move is None:
        return "No one weight, moved alone, puts it first."
    name = next(c.name for c in room.charter.criteria if c.key == move.criterion)
    way = "more" if move.points > 0 else "less"
    return (
        f"It would be first if everybody gave “{name}” "
        f"{_points(abs(move.points))} of 100 {way}{_range(move)}."
    )


def _range(move: ShareMove) -> str:
    low, high = (round(100 * x) if np.isfinite(x) else None for x in (move.least, move.most))
    if high is None:
        return f"; what the data leave open makes that {low} points, or more than can be given"
    return "" if low == high else f"; what the data leave open makes that {low} to {high} points"


def _points(share: float) -> str:
    n = round(100 * share)
    return "1 point" if n == 1 else f"{n} points"


def _by_number(found: Overtaking, names: dict[str, str]) -> str:
    """Say which number that is not published would do it, within its interval."""
    move = found.number
    if move is None:
        return ""
    measure = MEASURES[move.measure]
    write = measure.roughly or measure.write
    at, low, high = (write(x) for x in (move.at, move.low, move.high))
    if at in (low, high):
        return ""  # written, it would be no more than an end of its range
    what = _number(names[move.candidate], move, at)
    return f"So would {what}; {low} to {high} is what is known, nine times in ten."


def _number(name: str, move: NumberMove, at: str) -> str:
    what = f"{at} jobs" if move.measure == JOBS else f"average pay of {at}"
    return f"{what} or {'less' if move.is_below else 'more'} in {name}"
