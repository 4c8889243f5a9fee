"""Other ways to put candidates in order, to see whether the method matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, ratio
from lmi.scoring.additive import additive_score
from lmi.scoring.checks import one_set_of_weights, values_of
from lmi.scoring.rank import FIRST_THREE, rank_scores

__all__ = ["METHODS", "compare_methods", "method_agreement", "rank_sum", "topsis"]

METHODS = ("additive", "topsis", "rank_sum")


def topsis(values: Any, weights: Any) -> FloatArray:
    """Return how much closer each alternative is to the best than to the worst there can be.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing: the others share its weight.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        1 for values of 1 throughout; NaN where no criterion counts.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    d⁻ / (d⁺ + d⁻) with d⁺ = √Σ_j (w_j·(1 − v_j))² and d⁻ = √Σ_j (w_j·v_j)². The ideal and its
    opposite are the ends of the value functions and not the best and the worst that compete, so
    that a newcomer changes nobody's closeness. Squares let one criterion far below (or above) the
    others count for more than in a weighted mean.

    Source: Hwang, C.-L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer.

    Examples
    --------
    >>> from lmi.scoring.methods import topsis
    >>> topsis([[1, 1], [0.5, 0.5], [1, 0], [0, 0]], [3, 1])
    array([1.  , 0.5 , 0.75, 0.  ])
    """
    matrix, share = _shared(values, weights)
    filled = np.nan_to_num(matrix)
    to_best = np.sqrt(((share * (1 - filled)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((share * filled) ** 2).sum(axis=1))
    return ratio(to_worst, to_best + to_worst)


def rank_sum(values: Any, weights: Any) -> FloatArray:
    """Return the weighted mean of each alternative's ranks, criterion by criterion.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing: the others share its weight.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    ndarray, shape (n,), 1 to n
        1 for the best in every criterion; NaN where no criterion counts.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    Σ_j w_j·r_ij, equal values sharing their mean rank. Of n_j alternatives that have criterion j,
    the one of rank r stands at (r − 1/2)·n/n_j + 1/2 of all n, so that few rivals make nobody
    good or bad. Only the order within a criterion counts and not by how much, so here, unlike in
    a score, others do matter.

    Source: Kendall, M. G. (1970), Rank Correlation Methods, 4th edition, Griffin.

    Examples
    --------
    >>> from lmi.scoring.methods import rank_sum
    >>> rank_sum([[0.9, 0.1], [0.8, 0.3], [0.2, 0.3]], [1, 1])
    array([2.  , 1.75, 2.25])
    """
    matrix, share = _shared(values, weights)
    by_criterion = pd.DataFrame(matrix).round(9)
    ranks = by_criterion.rank(ascending=False).to_numpy()
    rivals = np.maximum((~np.isnan(matrix)).sum(axis=0), 1)
    place = (ranks - 0.5) * len(matrix) / rivals + 0.5
    scored = share.any(axis=1)
    return np.where(scored, (share * np.nan_to_num(place)).sum(axis=1), np.nan)


def compare_methods(values: Any, weights: Any) -> pd.DataFrame:
    """Rank the alternatives by each method.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.

    Returns
    -------
    DataFrame of Int64, n rows
        Ranks ``additive``, ``topsis`` and ``rank_sum``, 1 the best; missing where an alternative
        has no score.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    See `additive_score`, `topsis`, `rank_sum` and `rank_scores`; `method_agreement` says how far
    the columns agree.

    Examples
    --------
    >>> from lmi.scoring.methods import compare_methods
    >>> compare_methods([[0.6, 0.6], [1.0, 0.1], [0.2, 0.7]], [1, 1])
       additive  topsis  rank_sum
    0         1       1         1
    1         2       2         1
    2         3       3         1
    """
    scores = {
        "additive": additive_score(values_of(values), weights).score,
        "topsis": topsis(values, weights),
        "rank_sum": -rank_sum(values, weights),
    }
    return pd.DataFrame({method: rank_scores(score) for method, score in scores.items()})


def method_agreement(ranks: pd.DataFrame) -> pd.DataFrame:
    """Say how far other methods agree with the first one.

    Parameters
    ----------
    ranks : DataFrame
        One column of ranks a method, as `compare_methods` gives them.

    Returns
    -------
    DataFrame
        One row for each method but the first: ``method``, ``same_first`` (bool: the same
        alternatives have rank 1) and ``top3_shared`` (share of the first method's first three that
        are among the other's, 0 to 1).

    Raises
    ------
    MeasureError
        There are no two methods to compare.

    Notes
    -----
    Those who tie for a place count as having it.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.scoring.methods import method_agreement
    >>> ranks = pd.DataFrame({"additive": [1, 2, 3, 4], "topsis": [1, 3, 2, 4]})
    >>> method_agreement(ranks)
       method  same_first  top3_shared
    0  topsis        True          1.0
    """
    if ranks.shape[1] < 2:
        raise MeasureError(
            f"Methods are compared in pairs and {ranks.shape[1]} was given; give a column of ranks "
            f"for each of two or more."
        )
    numbers = ranks.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    own = numbers[:, 0]
    leading = own <= FIRST_THREE
    rows = [
        (
            method,
            bool(np.array_equal(own == 1, other == 1)),
            float(ratio((leading & (other <= FIRST_THREE)).sum(), leading.sum())),
        )
        for method, other in zip(ranks.columns[1:], numbers.T[1:], strict=True)
    ]
    return pd.DataFrame(rows, columns=["method", "same_first", "top3_shared"])


def _shared(values: Any, weights: Any) -> tuple[FloatArray, FloatArray]:
    """Return the values and each alternative's own shares of weight."""
    matrix = values_of(values)
    shares = one_set_of_weights(weights, matrix.shape[1])
    return matrix, additive_score(matrix, shares).weight
