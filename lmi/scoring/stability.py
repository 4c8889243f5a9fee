"""What a first place, or any rank, hangs on: a weight, or a criterion that is there at all."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import FloatArray, ratio
from lmi.scoring.additive import additive_score
from lmi.scoring.checks import one_set_of_weights, values_of
from lmi.scoring.rank import LEVEL, rank_scores

__all__ = ["HangsOn", "hangs_on", "leader", "switching_weights", "without_each"]

# Scores that differ by less are equal, as for `rank_scores`.
_EQUAL = 1e-9


class HangsOn(NamedTuple):
    """Which criterion each of n alternatives owes its rank to.

    Attributes
    ----------
    criterion : ndarray of int, shape (n,)
        Position of the criterion without which the rank changes most; −1 where none changes it.
    rank : ndarray, shape (n,)
        Rank without that criterion, the rank as it is where there is none; NaN where the
        alternative has no score then.
    """

    criterion: npt.NDArray[np.int64]
    rank: FloatArray


def leader(values: Any, weights: Any) -> int:
    """Return who is first; of several the one that comes first in the table.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    int
        Position of the alternative; −1 where none has a score.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Examples
    --------
    >>> from lmi.scoring.stability import leader
    >>> leader([[0.2, 0.9], [0.8, 0.7]], [1, 1])
    1
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    first = rank_scores(additive_score(matrix, shares).score).eq(1).fillna(False)
    return int(first.to_numpy(dtype=bool).argmax()) if first.any() else -1


def switching_weights(values: Any, weights: Any) -> pd.DataFrame:
    """Return how far each weight alone has to move until another alternative is first.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    DataFrame, m rows
        ``criterion`` (position), ``weight`` (share, 0 to 1), ``weight_up`` (lowest share beyond
        which another is first; NaN if none up to 1), ``challenger_up`` (Int64: position of who
        takes over), ``weight_down`` and ``challenger_down`` (the same downwards to 0).

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    The other weights keep their proportions; where all of them are zero they rise alike. At
    weight t of criterion c the score of alternative i is N_i(t)/D_i(t), both straight lines in t:
    D_i is the weight of the criteria that it has. So i is ahead of the first, f, where
    N_i·D_f − N_f·D_i > 0, a quadratic whose roots are exact (a straight line where no criterion is
    missing). At the weight returned the two are level; just beyond it the other is ahead. A
    weight returned unchanged means that another is first with the least move; 0 or 1 that the
    first has no score there, since its other criteria are missing.

    Source: Triantaphyllou, E. and Sánchez, A. (1997), A sensitivity analysis approach for some
    deterministic multi-criteria decision-making methods, Decision Sciences 28, 151–194.

    Examples
    --------
    Jobs speak for the first, pay for the second:

    >>> from lmi.scoring.stability import switching_weights
    >>> found = switching_weights([[0.9, 0.2], [0.3, 0.8]], [0.6, 0.4])
    >>> found[["weight", "weight_up", "weight_down", "challenger_down"]]
       weight  weight_up  weight_down  challenger_down
    0     0.6        NaN          0.5                1
    1     0.4        0.5          NaN             <NA>
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    first = leader(matrix, shares)
    rows = []
    for c, weight in enumerate(shares.tolist()):
        score, have = _lines(matrix, shares, c)
        up, who_up = _takeover(score, have, first, weight, 1.0)
        down, who_down = _takeover(score, have, first, weight, 0.0)
        rows.append((c, weight, up, who_up, down, who_down))
    columns = ["criterion", "weight", "weight_up", "challenger_up"]
    columns += ["weight_down", "challenger_down"]
    found = pd.DataFrame(rows, columns=columns)
    for column in ("challenger_up", "challenger_down"):
        who = found[column].astype("Int64")
        found[column] = who.mask(who < 0)
    return found


def _lines(matrix: FloatArray, shares: FloatArray, c: int) -> tuple[FloatArray, FloatArray]:
    """Return the lines N and D, each n × 2: their heights where criterion c weighs 0 and 1."""
    others = np.delete(shares, c)
    total = others.sum()
    others = others / total if total > 0 else np.full(len(others), 1 / max(len(others), 1))
    direction = np.insert(others, c, 0.0)
    present = (~np.isnan(matrix)).astype(np.float64)
    filled = np.nan_to_num(matrix)
    score, have = (np.column_stack([t @ direction, t[:, c]]) for t in (filled, present))
    return score, have


def _takeover(
    score: FloatArray, have: FloatArray, first: int, start: float, end: float
) -> tuple[float, int]:
    """Return the nearest weight between start and end beyond which another is ahead, and who."""
    if first < 0 or start == end:
        return np.nan, -1
    roots = _roots(_products(score, have[first]) - _products(have, score[first]))
    roots = np.clip(np.nan_to_num(roots, nan=end), min(start, end), max(start, end))
    ends = np.broadcast_to([start, end], (len(roots), 2))
    edges = np.sort(np.column_stack([ends, roots]), axis=1)[:, :: 1 if end > start else -1]
    # Between neighbouring roots the sign holds: one look in the middle tells it.
    middle = (edges[:, :-1] + edges[:, 1:]) / 2
    ahead = _lead(score, have, first, middle) > _EQUAL
    who = np.flatnonzero(ahead.any(axis=1))
    if not who.size:
        return _after_end(score, have, first, end)
    step = ahead[who].argmax(axis=1)
    distance = np.abs(edges[who, step] - start)
    # Several may cross at one weight; who is further ahead just beyond is first.
    level = np.flatnonzero(distance <= distance.min() + _EQUAL)
    beyond = middle[who, step][level]
    nearest = np.full(len(score), beyond[np.abs(beyond - start).argmin()])[:, None]
    lead = _lead(score, have, first, nearest)[who[level], 0]
    at = level[distance[level].argmin()]
    return float(edges[who[at], step[at]]), int(who[level[lead.argmax()]])


def _after_end(score: FloatArray, have: FloatArray, first: int, end: float) -> tuple[float, int]:
    """Return who takes over at the end itself, where the first may have no score any more."""
    left = ratio(score[:, int(end)], have[:, int(end)])
    if not np.isnan(left[first]) or np.isnan(left).all():
        return np.nan, -1
    return end, int(np.nanargmax(left))


def _products(lines: FloatArray, line: FloatArray) -> FloatArray:
    """Return the coefficients, lowest first, of each line times one line."""
    zero, one = lines.T
    low, high = zero * line[0], one * line[1]
    between = zero * line[1] + one * line[0]
    return np.column_stack([low, between - 2 * low, low - between + high])


def _roots(coefficients: FloatArray) -> FloatArray:
    """Return the real roots of quadratics, n × 2, without cancellation; NaN where there is none."""
    constant, linear, square = coefficients.T
    discriminant = linear**2 - 4 * square * constant
    root = np.sqrt(np.where(discriminant < 0, np.nan, discriminant))
    q = -(linear + np.copysign(root, linear)) / 2
    return np.column_stack([ratio(q, square), ratio(constant, q)])


def _lead(score: FloatArray, have: FloatArray, first: int, t: FloatArray) -> FloatArray:
    """Return how far each alternative is ahead of the first at its weights t, n × any."""

    # Sums of positive parts: exact also where hardly any weight is left for an alternative.
    def at(i: slice) -> FloatArray:
        top, bottom = (line[i, :1] * (1 - t) + line[i, 1:] * t for line in (score, have))
        return ratio(top, bottom)

    return at(slice(None)) - at(slice(first, first + 1))


def without_each(values: Any, weights: Any) -> FloatArray:
    """Rank the alternatives with each criterion left out in turn.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    ndarray, shape (m, n)
        Rank of each alternative (column) without the row's criterion; NaN where it then has no
        score.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    See `additive_score` and `rank_scores`; the other weights keep their proportions.

    Examples
    --------
    >>> from lmi.scoring.stability import without_each
    >>> without_each([[0.9, 0.2], [0.3, 0.8]], [0.6, 0.4])
    array([[2., 1.],
           [1., 2.]])
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    ranks = np.full(matrix.T.shape, np.nan)
    for c in range(len(shares)):
        rest = np.where(np.arange(len(shares)) == c, 0.0, shares)
        if rest.any():
            ranks[c] = _ranks(matrix, rest)
    return ranks


def hangs_on(values: Any, weights: Any) -> HangsOn:
    """Return the criterion that each alternative's rank hangs on.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    HangsOn

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    The criterion whose removal moves the alternative by the most places, up or down; of several
    the one that weighs most. The only criterion that gives it a score counts as the most. Level
    scores share a rank.

    Examples
    --------
    >>> from lmi.scoring.stability import hangs_on
    >>> hangs_on([[0.9, 0.2], [0.3, 0.8], [0.1, 0.1]], [0.6, 0.4])
    HangsOn(criterion=array([ 0,  0, -1]), rank=array([2., 1., 3.]))
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    now, without = _ranks(matrix, shares), without_each(matrix, shares)
    move = np.where(np.isnan(without), np.inf, np.abs(without - now))
    move[:, np.isnan(now)] = 0.0
    heaviest_first = np.argsort(-shares, kind="stable")
    which = heaviest_first[move[heaviest_first].argmax(axis=0)]
    own = np.arange(len(matrix))
    moved = move[which, own] > 0
    return HangsOn(np.where(moved, which, -1), np.where(moved, without[which, own], now))


def _ranks(matrix: FloatArray, shares: FloatArray) -> FloatArray:
    ranks = rank_scores(additive_score(matrix, shares).score, LEVEL)
    return ranks.to_numpy(dtype="float64", na_value=np.nan)
