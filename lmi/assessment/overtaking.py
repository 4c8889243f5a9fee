"""What it would take for the second to come first with a group: the least change that does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lmi.assessment.region import LiveAssessment
from lmi.measures.arithmetic import FloatArray, middle
from lmi.schema.measures import COVERAGE, MEASURES
from lmi.scoring.evidence import Evidence
from lmi.scoring.overtaking import mean_shares, weight_move
from lmi.scoring.rank import LEVEL
from lmi.scoring.value import value_function
from lmi.words import Row, records
from lmi.words.claims import ends
from lmi.words.how_sure import JOBS, PAY, has_range

__all__ = ["NumberMove", "Overtaking", "ShareMove", "overtaking"]

# Of each number that may be withheld, the measures that move in proportion to it.
_FACES = {
    JOBS: {JOBS, "emplvl_share", "emplvl_per_estab", "lq", "lq_state"},
    PAY: {key for key, measure in MEASURES.items() if measure.number == "pay"},
}
_TRIED = 200
_EQUAL = 1e-9


@dataclass(frozen=True)
class ShareMove:
    """How much more, or less, everybody would have to give one criterion.

    Parameters
    ----------
    criterion : str
        Key.
    points : float, −1 to 1
        Share of their weight.
    least, most : float, 0 to 1
        Ends of how much it takes over what the data leave open; `most` is infinite where it may
        take more than there is.
    ballots : ndarray, shape (p, m), shares
        As they would be.
    """

    criterion: str
    points: float
    least: float
    most: float


@dataclass(frozen=True)
class NumberMove:
    """How a number that is not published would have to be, within its interval.

    Parameters
    ----------
    candidate : str
        Key; whose number it is.
    measure : str
        Jobs or pay.
    at : float
        The value, nearest to the estimate, at which the second is ahead.
    low, high : float
        Ends of its interval.
    is_below : bool
        Whether it has to be so low; else so high.
    """

    candidate: str
    measure: str
    at: float
    low: float
    high: float
    is_below: bool


@dataclass(frozen=True)
class Overtaking:
    """The first two of a group, and what puts the second first.

    Parameters
    ----------
    first, second : str
        Keys.
    is_level : bool
        Whether they are within a point of each other.
    ahead : float, 0 to 1
        In how much of what the data leave open the second is ahead already.
    weight, number
        The least move of a weight, and of a number that is not published; None where none does.
    """

    first: str
    second: str
    is_level: bool
    ahead: float
    weight: ShareMove | None
    number: NumberMove | None


def overtaking(assessment: LiveAssessment, ballots: FloatArray) -> Overtaking | None:
    """Return what puts the second first, by the mean score over people.

    Parameters
    ----------
    ballots : ndarray, shape (p, m)
        Weights by criterion of people who each weigh something that has data.

    Returns
    -------
    Overtaking or None
        None where fewer than two candidates have a score.
    """
    evidence = assessment.ranked_evidence
    # A criterion that nobody weighs is nothing that the room could weigh a little more.
    counts = ~np.isnan(evidence.value).all(axis=0) & ballots.any(axis=0)
    at = np.flatnonzero(counts)
    shares = mean_shares(evidence.value[:, at], ballots[:, at])
    score = (shares * np.nan_to_num(evidence.value[:, at])).sum(axis=1)
    names = evidence.rows["candidate"].to_numpy(dtype=str)
    ranked = [i for i in np.lexsort((names, -score)) if not np.isnan(score[i])]
    if len(ranked) < 2:
        return None
    two = evidence.take(np.array(ranked[:2]))
    moved = weight_move(two.drawn[:, at], two.value[:, at], ballots[:, at], COVERAGE)
    lead = shares[ranked[:2]]
    rows = {row["candidate"]: row for row in records(assessment.candidates)}
    return Overtaking(
        str(names[ranked[0]]),
        str(names[ranked[1]]),
        bool(score[ranked[0]] - score[ranked[1]] <= LEVEL),
        _ahead(lead, two.drawn[:, at]),
        moved and ShareMove(evidence.criteria[at[moved.criterion]].key, *moved[1:]),
        _number_move(two, at, lead, rows),
    )


def _ahead(shares: FloatArray, drawn: FloatArray) -> float:
    """Return the share of draws in which the second has more."""
    first, second = (shares[i] @ np.nan_to_num(drawn[i]) for i in (0, 1))
    return float((second - first > _EQUAL).mean())


def _number_move(
    two: Evidence, at: npt.NDArray[np.int64], shares: FloatArray, rows: dict[str, Row]
) -> NumberMove | None:
    """Return the number that has to move least, as a share of itself; None where none is enough."""
    moves = [
        move
        for place, key in enumerate(two.rows["candidate"])
        for measure in _FACES
        if (move := _least_move(two, at, shares, rows[key], place, measure)) is not None
    ]
    return min(moves, key=lambda m: abs(m.at - (m.low + m.high) / 2) / m.high, default=None)


def _least_move(
    two: Evidence,
    at: npt.NDArray[np.int64],
    shares: FloatArray,
    row: Row,
    place: int,
    measure: str,
) -> NumberMove | None:
    """Try every value of one number within its interval, those nearest to the estimate first."""
    if not has_range(row, measure):
        return None
    low, high = ends(row, measure)
    (own,) = middle([row[measure]], [low], [high])
    tried = np.linspace(low, high, _TRIED)
    tried = tried[np.argsort(np.abs(tried - own), kind="stable")]
    value = np.nan_to_num(np.repeat(two.value[:, :, None], _TRIED, axis=2))
    for j, valued in _moved_values(two, place, measure, tried / own):
        value[place, j] = valued
    first, second = (shares[i] @ value[i, at] for i in (0, 1))
    ahead = second - first > _EQUAL
    if not ahead.any():
        return None
    x = float(tried[ahead.argmax()])
    key = str(two.rows["candidate"].iloc[place])
    return NumberMove(key, measure, x, low, high, bool(x < own))


def _moved_values(
    two: Evidence, place: int, measure: str, factor: FloatArray
) -> Iterator[tuple[int, FloatArray]]:
    """Yield the criteria that a number moves, with their values as it moves by a factor."""
    where = {c.key: j for j, c in enumerate(two.criteria)}
    for j, criterion in enumerate(two.criteria):
        source: Any = criterion.otherwise if two.stands_in[place, j] else criterion.key
        read = two.criteria[where[source]]
        if read.measure not in _FACES[measure] or np.isnan(two.value[place, j]):
            continue
        of = (x[place, where[source]] for x in (two.raw, two.raw_lo, two.raw_hi))
        (raw,) = middle(*([x] for x in of))
        yield j, value_function(raw * factor, read.value, read.scale)
