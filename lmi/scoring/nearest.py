"""The least that must be weighed differently before another alternative is first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray
from lmi.scoring.additive import additive_score
from lmi.scoring.checks import one_set_of_weights, values_of
from lmi.scoring.rank import rank_scores

__all__ = ["Switch", "leader", "nearest_switch"]

# How close to the least move, as a share of all weight, the search is sure to come where criteria
# are missing.
_CLOSE = 1e-5


@dataclass(frozen=True, eq=False)
class Switch:
    """The least move of weight that brings another alternative to the first place.

    Attributes
    ----------
    move : float, 0 to 1
        Share of all weight that has to move from somewhere to somewhere; NaN where none is enough.
    challenger : int
        Position of who is then level with the first, and ahead with any further move; −1 where
        nobody is.
    weights : ndarray, shape (m,), 0 to 1
        The weights moved; the stated ones where no move is enough.
    """

    move: float
    challenger: int
    weights: FloatArray


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
    >>> from lmi.scoring.nearest import leader
    >>> leader([[0.2, 0.9], [0.8, 0.7]], [1, 1])
    1
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    first = rank_scores(additive_score(matrix, shares).score).eq(1).fillna(False)
    return int(first.to_numpy(dtype=bool).argmax()) if first.any() else -1


def nearest_switch(values: Any, weights: Any) -> Switch:
    """Return the least move of weight between criteria that makes another alternative first.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    Switch

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    The move is half of Σ_j |w'_j − w_j| and is minimised over all weights w' that add up to 1 and
    give alternative i at least the score of the first, f; the nearest i is then first. With
    a_j = v_ij − v_fj this is Σ_j (w'_j − w_j)·a_j ≥ s_f − s_i, and moving weight from criterion j
    to r gains a_r − a_j for each unit. Nothing limits what a criterion receives, so the receiver
    is the one with the largest a; what a criterion can give is limited by its weight, so weight
    is taken from the smallest a first, then from the next: exact, by exchange.

    Where i and f lack different criteria the scores are ratios. They are level or reversed if and
    only if some score θ lies between them: Σ_j w'_j·(v_ij − θ) ≥ 0 over the criteria of i and
    Σ_j w'_j·(v_fj − θ) ≤ 0 over those of f. For a given θ that is a linear programme; for θ in
    an interval, loosening each to the better end bounds the move from below. Intervals are
    halved until the least move is known to a hundred-thousandth of all weight. A first that loses
    its score, as all its criteria weigh nothing, has lost its place.

    Source: Rios Insua, D. and French, S. (1991), A framework for sensitivity analysis in discrete
    multi-objective decision-making, European Journal of Operational Research 54, 176–190.

    Examples
    --------
    One percent of all weight from the first criterion to the second makes them level:

    >>> from lmi.scoring.nearest import nearest_switch
    >>> found = nearest_switch([[0.9, 0.2], [0.3, 0.8]], [0.51, 0.49])
    >>> round(found.move, 4), found.challenger, found.weights.round(4)
    (0.01, 1, array([0.5, 0.5]))
    """
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    first, nearest = leader(matrix, shares), Switch(np.nan, -1, shares)
    if first < 0:
        return nearest
    present = ~np.isnan(matrix)
    alike = (present == present[first]).all(axis=1)
    for i in np.flatnonzero(alike & (np.arange(len(matrix)) != first)).tolist():
        moved = _overtake(np.nan_to_num(matrix[i] - matrix[first]), shares)
        nearest = _nearer(nearest, moved, shares, i)
    others = np.flatnonzero(~alike & present.any(axis=1)).tolist()
    return _search(matrix, shares, first, others, nearest) if others else nearest


def _nearer(nearest: Switch, moved: FloatArray | None, shares: FloatArray, i: int) -> Switch:
    if moved is None or _move(moved, shares) >= nearest.move:
        return nearest
    return Switch(_move(moved, shares), i, moved)


def _move(moved: FloatArray, shares: FloatArray) -> float:
    return float(np.abs(moved - shares).sum() / 2)


def _overtake(ahead: FloatArray, shares: FloatArray) -> FloatArray | None:
    """Move the least weight until Σ_j w_j·ahead_j is zero; None where no weights do more."""
    receiver = int(ahead.argmax())
    if ahead[receiver] <= 0:
        return None
    moved, gap = shares.copy(), -float(shares @ ahead)
    for giver in np.argsort(ahead, kind="stable"):
        gain = ahead[receiver] - ahead[giver]
        if gap <= 0 or gain <= 0:
            break
        taken = min(shares[giver], gap / gain)
        moved[giver] -= taken
        moved[receiver] += taken
        gap -= taken * gain
    return moved


def _search(
    matrix: FloatArray, shares: FloatArray, first: int, others: list[int], nearest: Switch
) -> Switch:
    """Search the level at which the scores of the first and of one of the others cross.

    The other's score is to be `level` or more, the first's `level` or less. What looks nearest is
    looked at next, whoever it is, so that most others are never looked at closely.
    """
    from lmi.scoring.programme import LeastMove  # loads a solver, which few tables need

    least_move = LeastMove(shares)
    lowest, leads = float(np.nanmin(matrix)), matrix[first]
    # Beyond its highest value no weights lift the other.
    queue = [(0.0, i, lowest, float(np.nanmax(matrix[i]))) for i in others]
    while queue:
        bound, i, low, high = heapq.heappop(queue)
        if bound >= nearest.move - _CLOSE:
            break
        middle = (low + high) / 2
        nearest = _nearer(nearest, least_move(matrix[i] - middle, middle - leads), shares, i)
        for part in ((low, middle), (middle, high)):
            loose = least_move(matrix[i] - part[0], part[1] - leads)
            if loose is not None and high - low > _CLOSE**2:
                heapq.heappush(queue, (_move(loose, shares), i, *part))
    return _best_then(matrix, first, nearest)


def _best_then(matrix: FloatArray, first: int, nearest: Switch) -> Switch:
    """Name the best of the others: a first that has lost its score is behind all of them."""
    i = nearest.challenger
    then = additive_score(matrix, nearest.weights).score
    then[first] = np.nan
    if i < 0 or np.isnan(then[i]) or then[i] >= np.nanmax(then):
        return nearest
    return replace(nearest, challenger=int(np.nanargmax(then)))
