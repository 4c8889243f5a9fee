"""What it would take for the second to come first with a group: a weight, or what data leave open.

A score is the mean over people of each one's additive score. It is linear in the values, so one
table of mean shares, alternative × criterion, stands for all ballots.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lmi.measures.arithmetic import FloatArray, ratio
from lmi.scoring.checks import values_of, weights_in_shares

__all__ = ["WeightMove", "mean_shares", "moved_ballots", "weight_move"]

# Leads below this are of the order of additions only, as for `rank_scores`.
_EQUAL = 1e-9
_POINT = 0.01


class WeightMove(NamedTuple):
    """A move of one criterion's weight by which the second overtakes the first.

    Attributes
    ----------
    criterion : int
        Position.
    points : float, −1 to 1
        How much more or less everybody gives it, as a share of their weight, in whole percent.
    least, most : float, 0 to 1
        Ends of how much it takes over the draws of the measures; `most` is infinite where more
        draws than the interval leaves out are not overtaken by any move that way.
    """

    criterion: int
    points: float
    least: float
    most: float


def moved_ballots(shares: FloatArray, criterion: int, points: FloatArray) -> FloatArray:
    """Return ballots in which everybody gives one criterion more or less of their weight.

    Parameters
    ----------
    shares : ndarray, shape (p, m)
        Weights of p people, each one's in shares.
    criterion : int
        Position.
    points : ndarray, shape (k,), −1 to 1
        Added to its share, which stays from 0 to 1; the others keep their proportions, and share
        alike where they had none.

    Returns
    -------
    ndarray, shape (k, p, m), shares

    Examples
    --------
    >>> from lmi.scoring.overtaking import moved_ballots
    >>> moved_ballots(np.array([[0.6, 0.3, 0.1], [1, 0, 0]]), 0, np.array([-0.2])).round(3)
    array([[[0.4 , 0.45, 0.15],
            [0.8 , 0.1 , 0.1 ]]])
    """
    own = np.clip(shares[:, criterion] + points[:, None], 0.0, 1.0)
    rest = np.delete(shares, criterion, axis=1)
    total = rest.sum(axis=1, keepdims=True)
    rest = np.where(total > 0, ratio(rest, total), 1 / max(rest.shape[1], 1))
    return np.insert(rest * (1 - own)[:, :, None], criterion, own, axis=2)


def mean_shares(values: Any, ballots: Any) -> FloatArray:
    """Return the mean share that each criterion has in the score of each alternative.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing: the others share its weight.
    ballots : array_like, shape (p, m)
        Weights of p people, zero or more; only their ratios matter.

    Returns
    -------
    ndarray, shape (n, m), 0 to 1
        The mean score of an alternative is the sum of its shares times its values. Zero where a
        criterion is missing; NaN where somebody gives an alternative no score.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Examples
    --------
    >>> from lmi.scoring.overtaking import mean_shares
    >>> mean_shares([[0.2, 0.4], [0.5, None]], [[1, 1], [3, 1]])
    array([[0.625, 0.375],
           [1.   , 0.   ]])
    """
    shares = weights_in_shares(ballots, "weights of a ballot")
    return _mean_shares(~np.isnan(values_of(values)), shares[None])[0]


def _mean_shares(present: npt.NDArray[np.bool_], ballots: FloatArray) -> FloatArray:
    """Return the mean shares by each of k sets of ballots (k, p, m), shape (k, n, m)."""
    counted = ballots[:, None] * present[None, :, None]
    return ratio(counted, counted.sum(axis=3, keepdims=True)).mean(axis=2)


def weight_move(drawn: Any, value: Any, ballots: Any, coverage: float) -> WeightMove | None:
    """Return the least move of one criterion's weight by which the second overtakes the first.

    Parameters
    ----------
    drawn : array_like, shape (2, m, d), 0 to 1
        Values of the first and of the second, in d joint draws of the measures.
    value : array_like, shape (2, m), 0 to 1
        The same as scored; NaN where a criterion is missing.
    ballots : array_like, shape (p, m)
        Weights of p people, zero or more; only their ratios matter.
    coverage : float, 0 to 1
        Share of the draws that `least` and `most` hold.

    Returns
    -------
    WeightMove or None
        Of moves that are as small, that of the criterion that stands first. None where no move of
        one weight alone does it.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    Everybody moves by the same points, see `moved_ballots`; whole percent are tried. A draw that
    leaves a measure undefined, though it is known, is left out.

    Source: Triantaphyllou, E. and Sánchez, A. (1997), A sensitivity analysis approach for some
    deterministic multi-criteria decision-making methods, Decision Sciences 28, 151–194; here over
    many people's weights at once.

    Examples
    --------
    Jobs speak for the first, pay for the second; both people have to give jobs 13 points less, and
    between 9 and 18 if the second's pay is worth 0.7 to 0.9:

    >>> from lmi.scoring.overtaking import weight_move
    >>> value = [[0.9, 0.2], [0.3, 0.8]]
    >>> drawn = [[[0.9] * 3, [0.2] * 3], [[0.3] * 3, [0.7, 0.8, 0.9]]]
    >>> found = weight_move(drawn, value, [[7, 3], [5, 4]], 1.0)
    >>> found.criterion, round(found.points, 2), round(found.least, 2), round(found.most, 2)
    (0, -0.13, 0.09, 0.18)
    """
    known, draws = values_of(value), values_of(drawn, ndim=(3,))
    shares = weights_in_shares(ballots, "weights of a ballot")
    here = ~np.isnan(known)
    whole = ~(np.isnan(draws) & here[:, :, None]).any(axis=(0, 1))
    moves = [
        (steps, c, side)
        for c in range(known.shape[1])
        for side in (1, -1)
        if (steps := _steps(known, np.nan_to_num(known)[:, :, None], shares, c, side)[0]) < np.inf
    ]
    if not moves:
        return None
    steps, c, side = min(moves, key=lambda move: move[0])
    taken = np.sort(_steps(known, np.nan_to_num(draws[:, :, whole]), shares, c, side))
    tail = (1 - coverage) / 2
    low, high = (_at(taken, share) for share in (tail, 1 - tail))
    return WeightMove(c, side * float(steps), min(low, float(steps)), max(high, float(steps)))


def _steps(
    known: FloatArray, values: FloatArray, ballots: FloatArray, criterion: int, side: int
) -> FloatArray:
    """Return the least whole percent by which the second is ahead, for each draw; else infinite."""
    grid = np.arange(101, dtype=np.float64) * (_POINT * side)
    shares = _mean_shares(~np.isnan(known), moved_ballots(ballots, criterion, grid))
    first, second = (shares[:, at] @ values[at] for at in (0, 1))
    ahead = np.nan_to_num(second - first) > _EQUAL
    return np.where(ahead.any(axis=0), abs(grid)[ahead.argmax(axis=0)], np.inf)


def _at(ordered: FloatArray, share: float) -> float:
    """Return the draw that a share of the others lies below."""
    if not ordered.size:
        return np.inf
    return float(ordered[round(share * (len(ordered) - 1))])
