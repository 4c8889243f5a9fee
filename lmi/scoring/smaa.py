"""How robust a ranking is when weights and measures are not known for sure (SMAA-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, IntArray, ratio
from lmi.schema.measures import COVERAGE
from lmi.scoring.checks import values_of, weights_in_shares
from lmi.scoring.rank import FIRST_THREE

__all__ = ["Robustness", "smaa"]


# Scores are compared to nine decimals, as `rank_scores` does; whole numbers of that unit fit 32
# bits and compare fast. A draw without a score stands below every score.
_UNITS = 1e9
_NO_SCORE = -1
# Into how many products of matrices the scores are split at least.
_PRODUCTS = 100


@dataclass(frozen=True, eq=False)
class Robustness:
    """What draws of weights and measures say of a ranking of n alternatives by m criteria.

    An alternative that no draw gives a score takes no part: NaN, and 0 for the ends of its rank.

    Attributes
    ----------
    acceptability : ndarray, shape (n, n), 0 to 1
        Chance of rank r in column r − 1; rows add up to 1. Equal scores share the better rank and
        the next is skipped, so columns add up to 1 only without ties.
    first, top3 : ndarray, shape (n,), 0 to 1
        Chance of rank 1, shared or not, and of rank 3 or better; where `smaa` shares ties, of
        one of the first places, which those who tie share.
    central_weights : ndarray, shape (n, m), 0 to 1
        Mean of the weights that make the alternative first: what one has to find important for
        it. NaN where none does.
    confidence : ndarray, shape (n,), 0 to 1
        Chance of being first with its central weights, over the draws of the measures alone. NaN
        where it has none.
    rank_lo, rank_hi : ndarray of int, shape (n,)
        Best and worst rank of the central 90 % of draws.
    rank_expected : ndarray, shape (n,)
        Mean rank.
    beats : ndarray, shape (n, n), 0 to 1
        Chance that the row's alternative scores higher than the column's, ties counting half.
    """

    acceptability: FloatArray
    first: FloatArray
    top3: FloatArray
    central_weights: FloatArray
    confidence: FloatArray
    rank_lo: IntArray
    rank_hi: IntArray
    rank_expected: FloatArray
    beats: FloatArray


def smaa(values: Any, weights: Any, share_ties: bool = False) -> Robustness:
    """Rank the alternatives in every draw of weights and measures and count.

    Parameters
    ----------
    values : array_like, shape (n, m) or (n, m, d), 0 to 1
        Value of alternative × criterion, in d joint draws of the measures or in one; NaN where a
        criterion is missing, always or in a draw: the other criteria share its weight.
    weights : array_like, shape (k, m)
        Draws of weights, from `lmi.scoring.weights` or one row a person; each counts the same.
    share_ties : bool
        Whether alternatives that tie share the places that they take, so that ``first`` adds up
        to 1 and ``top3`` to 3 where all have a score; else each has the best of them in full.

    Returns
    -------
    Robustness

    Raises
    ------
    MeasureError
        A value lies outside 0 to 1, a weight is negative, all of a draw are zero, or their
        numbers do not fit.

    Notes
    -----
    Draw i of the weights meets draw i mod d of the measures. Both are independent, and each row of
    the weights is as likely as any other, so every fixed pairing is a sample of both together;
    this one gives each draw of the measures the same number of weights, which is less noisy than
    pairing at random. Weights that are not draws but a list of people are repeated for every draw
    of the measures first (`lmi.scoring.group_ranking.group_smaa`). Of fewer weights than measures
    only the first k draws of the measures are met.

    Scores are those of `additive_score`, ranks those of `rank_scores`. In a draw that leaves an
    alternative no criterion of weight above zero it has no rank; its chances are over the others.
    With k independent draws the standard error of a chance p is √(p·(1 − p)/k), at most 0.005 for
    10,000.

    Source: Lahdelma, R. and Salminen, P. (2001), SMAA-2: stochastic multicriteria acceptability
    analysis for group decision making, Operations Research 49, 444–454; Leskinen, P., Viitanen,
    J., Kangas, A. and Kangas, J. (2006), Alternatives to incorporate uncertainty and risk
    attitude in multicriteria evaluation of forest plans, Forest Science 52, 304–312 (pairwise).

    Examples
    --------
    The third is good enough in both and best in neither:

    >>> from lmi.scoring.smaa import smaa
    >>> from lmi.scoring.weights import uniform_weights
    >>> found = smaa([[1, 0], [0, 1], [0.6, 0.6]], uniform_weights(2, 10_000))
    >>> found.acceptability.round(1)
    array([[0.4, 0.1, 0.5],
           [0.4, 0.1, 0.5],
           [0.2, 0.8, 0. ]])
    >>> found.central_weights.round(1)
    array([[0.8, 0.2],
           [0.2, 0.8],
           [0.5, 0.5]])
    """
    drawn = values_of(values, ndim=(2, 3))
    if drawn.ndim == 2:
        drawn = drawn[:, :, None]
    shares = weights_in_shares(weights)
    if shares.shape[1] != drawn.shape[1]:
        raise MeasureError(
            f"Each draw has {shares.shape[1]} weights for {drawn.shape[1]} criteria; give one "
            f"weight a criterion."
        )
    scores = _in_units(_scores(drawn, shares))
    ranks, above = _compare(scores)
    acceptability, beats = _chances(scores, ranks, above)
    central = _central_weights(ranks, shares)
    lo, hi = _interval(acceptability)
    first, top3 = acceptability[:, 0].copy(), acceptability[:, :FIRST_THREE].sum(axis=1)
    if share_ties:
        first, top3 = _shared(ranks, 1), _shared(ranks, FIRST_THREE)
    return Robustness(
        acceptability=acceptability,
        first=first,
        top3=top3,
        central_weights=central,
        confidence=_confidence(drawn, central),
        rank_lo=lo,
        rank_hi=hi,
        rank_expected=acceptability @ np.arange(1.0, len(drawn) + 1),
        beats=beats,
    )


def _scores(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the scores, n × k; NaN where no criterion counts."""
    missing = np.isnan(values)
    if not missing.any():
        return _weighted(values, weights)
    scores = _weighted(np.where(missing, 0.0, values), weights)
    some = missing.any(axis=(1, 2))
    scores[some] = ratio(scores[some], _weighted((~missing[some]).astype(np.float64), weights))
    return scores


def _weighted(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return Σ_j w_ij·v_nj of draw i mod d: one product of small matrices for each of d draws.

    Large products would be shared out to threads, which wait for each other on a busy machine.
    """
    values = np.tile(values, -(-_PRODUCTS // values.shape[2]))
    n, m, d = values.shape
    rounds, rest = divmod(len(weights), d)
    even = rounds * d
    sums = np.empty((n, len(weights)))
    if rounds:
        by_draw = weights[:even].reshape(rounds, d, m).transpose(1, 2, 0)
        products = np.matmul(values.transpose(2, 0, 1), by_draw)
        sums[:, :even].reshape(n, rounds, d)[...] = products.transpose(1, 2, 0)
    sums[:, even:] = np.einsum("nmi,im->ni", values[:, :, :rest], weights[even:])
    return sums


def _in_units(scores: FloatArray) -> npt.NDArray[np.int32]:
    """Return scores as whole numbers; what is passed is used up."""
    scores *= _UNITS
    np.rint(scores, out=scores)
    np.nan_to_num(scores, copy=False, nan=_NO_SCORE)
    return scores.astype(np.int32)


def _compare(scores: npt.NDArray[np.int32]) -> tuple[np.ndarray, FloatArray]:
    """Compare each pair once.

    Comparing all pairs costs less than sorting, finds ties, and counts who is above whom.

    Returns
    -------
    ranks : ndarray of unsigned int, shape (n, k)
        One plus the number of higher scores.
    above : ndarray, shape (n, n)
        In how many draws the row's score is higher than the column's.
    """
    n, k = scores.shape
    small = np.min_scalar_type(n)
    ranks = np.ones((n, k), dtype=small)
    above = np.zeros((n, n))
    for i in range(n - 1):
        for j in range(i + 1, n):
            higher, lower = scores[i] > scores[j], scores[i] < scores[j]
            ranks[j] += higher
            ranks[i] += lower
            above[i, j], above[j, i] = np.count_nonzero(higher), np.count_nonzero(lower)
    return ranks, above


def _chances(
    scores: npt.NDArray[np.int32], ranks: np.ndarray, above: FloatArray
) -> tuple[FloatArray, FloatArray]:
    n, k = scores.shape
    there = scores != _NO_SCORE
    present = np.count_nonzero(there, axis=1)
    both = np.full((n, n), float(k))
    for j in np.flatnonzero(present < k).tolist():
        ranks[j][~there[j]] = 0
        both[j] = both[:, j] = np.count_nonzero(there & there[j], axis=1)
    # To be above one who takes no part is nothing.
    above = above - (present[:, None] - both)
    counts = np.stack([np.bincount(row, minlength=n + 1) for row in ranks])
    ties = both - above - above.T
    return ratio(counts[:, 1:], present[:, None]), ratio(above + ties / 2, both)


def _shared(ranks: np.ndarray, places: int) -> FloatArray:
    """Return the chance of the first places, shared by those who tie for them."""
    won = np.zeros(len(ranks))
    for rank in range(1, places + 1):
        there = ranks == rank
        tied = np.maximum(there.sum(axis=0), 1)
        won += there @ np.minimum(1.0, (places + 1 - rank) / tied)
    return ratio(won, np.count_nonzero(ranks, axis=1))


def _central_weights(ranks: np.ndarray, weights: FloatArray) -> FloatArray:
    n = len(ranks)
    who, when = np.nonzero(ranks == 1)
    sums = [np.bincount(who, drawn[when], minlength=n) for drawn in weights.T]
    return ratio(np.column_stack(sums), np.bincount(who, minlength=n)[:, None])


def _confidence(values: FloatArray, central: FloatArray) -> FloatArray:
    """Return how often each alternative is first with its own weights, whatever was measured."""
    has_weights = np.flatnonzero(~np.isnan(central[:, 0]))
    n, _, d = values.shape
    # Each set of central weights meets every draw of the measures.
    met = _in_units(_scores(values, np.repeat(central[has_weights], d, axis=0)))
    met = met.reshape(n, len(has_weights), d)
    own = met[has_weights, np.arange(len(has_weights))]
    there = own != _NO_SCORE
    confidence = np.full(n, np.nan)
    confidence[has_weights] = ratio(((own == met.max(axis=0)) & there).sum(1), there.sum(1))
    return confidence


def _interval(acceptability: FloatArray) -> tuple[IntArray, IntArray]:
    """Return the ranks below which, and above which, at most 5 % of the draws lie."""
    tail = (1 - COVERAGE) / 2
    # Sums of shares such as 0.05 may miss by a rounding what they stand for.
    chance = np.cumsum(acceptability, axis=1) + 1e-12
    lo, hi = ((chance < share).sum(axis=1) + 1 for share in (tail, 1 - tail))
    no_rank = np.isnan(chance[:, 0])
    return np.where(no_rank, 0, lo), np.where(no_rank, 0, hi)
