"""Weighted additive score: missing criteria are left out and the other weights share their part."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = ["AdditiveScore", "additive_score"]


class AdditiveScore(NamedTuple):
    """A score and what it is made of.

    Attributes
    ----------
    score : ndarray, shape (n,), 0 to 1
        Missing where no criterion that counts is present.
    weight : ndarray, shape (n, m), 0 to 1
        Share of each criterion in this alternative's score; 0 where it is missing.
    contribution : ndarray, shape (n, m), 0 to 1
        Weight times value, missing where the value is; the contributions add up to the score.
    """

    score: FloatArray
    weight: FloatArray
    contribution: FloatArray


def additive_score(values: Any, weights: Any) -> AdditiveScore:
    """Return the weighted mean of the criteria that are present.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Weights of the criteria, zero or more; only their ratios matter.

    Returns
    -------
    AdditiveScore

    Raises
    ------
    MeasureError
        A weight is negative or missing, all are zero, or their number is not that of the criteria.

    Notes
    -----
    Σ_j w_j·v_ij / Σ_j w_j over the criteria j that alternative i has. An alternative's score
    depends on its own row only, so adding or dropping another does not change it.

    Examples
    --------
    >>> from lmi.scoring.additive import additive_score
    >>> result = additive_score([[1.0, 0.5], [1.0, None]], [1, 3])
    >>> result.score
    array([0.625, 1.   ])
    >>> result.weight
    array([[0.25, 0.75],
           [1.  , 0.  ]])
    """
    matrix, weight = floats(values, weights)
    _check_weights(weight, matrix)
    present = ~np.isnan(matrix)
    counted = np.where(present, weight, 0.0)
    share = ratio(counted, counted.sum(axis=-1, keepdims=True))
    contribution = share * matrix
    score = np.where(np.isnan(share).all(axis=-1), np.nan, np.nansum(contribution, axis=-1))
    return AdditiveScore(score, np.nan_to_num(share), contribution)


def _check_weights(weight: FloatArray, matrix: FloatArray) -> None:
    if weight.ndim != 1 or matrix.ndim != 2 or matrix.shape[1] != len(weight):
        raise MeasureError(
            f"A score was given {weight.size} weights for values of shape {matrix.shape}; give "
            f"one weight a criterion."
        )
    if not (weight >= 0).all() or not (weight > 0).any():
        raise MeasureError(
            f"The weights {weight.tolist()} must be zero or more, with one of them above zero."
        )
