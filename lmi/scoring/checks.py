"""What every way of scoring asks of its values and weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["one_set_of_weights", "values_of", "weights_in_shares"]

# Interpolation between anchors may overshoot 1 by a rounding.
_ROUNDING = 1e-9


def values_of(values: Any, ndim: tuple[int, ...] = (2,)) -> FloatArray:
    """Return values as an array, checked.

    Parameters
    ----------
    values : array_like, shape (n, m) or (n, m, d), 0 to 1
        Alternatives × criteria (× draws); NaN where a criterion is missing.
    ndim : tuple of int
        How many dimensions there may be.

    Returns
    -------
    ndarray

    Raises
    ------
    MeasureError
        The shape is another, or a value lies outside 0 to 1.

    Examples
    --------
    >>> from lmi.scoring.checks import values_of
    >>> values_of([[0.5, None]])
    array([[0.5, nan]])
    """
    (matrix,) = floats(values)
    if matrix.ndim not in ndim or 0 in matrix.shape:
        raise MeasureError(
            f"Values of shape {matrix.shape} were given; they are alternatives × criteria, one or "
            f"more of each."
        )
    outside = (matrix < -_ROUNDING) | (matrix > 1 + _ROUNDING)
    if outside.any():
        raise MeasureError(
            f"The value {matrix[outside][0]:g} does not lie from 0 to 1; apply the criterion's "
            f"value function first."
        )
    return matrix


def weights_in_shares(weights: Any, what: str = "weights") -> FloatArray:
    """Return sets of weights, each as shares that add up to 1.

    Parameters
    ----------
    weights : array_like, shape (m,) or (k, m)
        Zero or more; only their ratios matter.
    what : str
        What they are, for a message.

    Returns
    -------
    ndarray, shape (k, m), 0 to 1

    Raises
    ------
    MeasureError
        A weight is negative, missing or infinite, or all of a set are zero.

    Examples
    --------
    >>> from lmi.scoring.checks import weights_in_shares
    >>> weights_in_shares([[1, 3], [2, 2]])
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    (given,) = floats(weights)
    if given.ndim not in (1, 2) or 0 in given.shape:
        raise MeasureError(
            f"The {what} have the shape {given.shape}; give one weight a criterion, in one or "
            f"more sets."
        )
    sets = np.atleast_2d(given)
    total = sets.sum(axis=1)
    if not ((sets.min() >= 0) and np.isfinite(total).all() and (total > 0).all()):
        bad = sets[~((sets >= 0).all(axis=1) & np.isfinite(total) & (total > 0))][0]
        raise MeasureError(
            f"The {what} {bad.tolist()} must be zero or more, with one of them above zero."
        )
    return sets / total[:, None]


def one_set_of_weights(weights: Any, m: int) -> FloatArray:
    """Return one set of weights for `m` criteria, as shares that add up to 1.

    Parameters
    ----------
    weights : array_like, shape (m,)
        Zero or more; only their ratios matter.
    m : int
        Criteria.

    Returns
    -------
    ndarray, shape (m,), 0 to 1

    Raises
    ------
    MeasureError
        Their number is not that of the criteria, one is negative or missing, or all are zero.

    Examples
    --------
    >>> from lmi.scoring.checks import one_set_of_weights
    >>> one_set_of_weights([1, 3], 2)
    array([0.25, 0.75])
    """
    (given,) = floats(weights)
    if given.shape != (m,):
        raise MeasureError(
            f"{given.size} weights were given for {m} criteria; give one weight a criterion."
        )
    return weights_in_shares(given)[0]
