"""Weights of criteria, drawn: anything goes, around what was said, or in an order of importance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats
from lmi.scoring.checks import weights_in_shares

__all__ = [
    "SPREAD",
    "rank_order_weights",
    "uniform_weights",
    "weights_around",
    "weights_in_order",
]

SPREAD = 0.3
# What is spread by less than this is not spread: its square would vanish beside 1.
_LEAST_SPREAD = 1e-6


def uniform_weights(m: int, k: int, seed: int = 0) -> FloatArray:
    """Draw weights of which nothing is known: all sets of weights are equally likely.

    Parameters
    ----------
    m : int
        Criteria.
    k : int
        Draws.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    ndarray, shape (k, m), 0 to 1
        Each row adds up to 1.

    Raises
    ------
    MeasureError
        No criterion or no draw is asked for.

    Notes
    -----
    The gaps between m − 1 sorted uniform numbers on 0 to 1, which are uniform on the simplex.
    Only sorting and subtraction are used, so that every machine gives the same bytes.

    Source: Devroye, L. (1986), Non-Uniform Random Variate Generation, Springer, chapter V.

    Examples
    --------
    >>> from lmi.scoring.weights import uniform_weights
    >>> drawn = uniform_weights(3, 10_000)
    >>> drawn.shape, drawn.mean(axis=0).round(1)
    ((10000, 3), array([0.3, 0.3, 0.3]))
    """
    _check_counts(m, k)
    cuts = np.zeros((k, m + 1))
    cuts[:, m] = 1.0
    cuts[:, 1:m] = np.sort(_generator(seed).random((k, m - 1)), axis=1)
    return np.diff(cuts, axis=1)


def weights_around(weights: Any, k: int, spread: float = SPREAD, seed: int = 0) -> FloatArray:
    """Draw weights around stated ones.

    Parameters
    ----------
    weights : array_like, shape (m,)
        Stated weights, zero or more; only their ratios matter.
    k : int
        Draws.
    spread : float, 0 to below 1
        Standard deviation of a weight of average size, as a share of it. With five criteria and
        0.3, a weight of 20 % lies between 14 and 26 % in about two draws of three. At 0 every
        draw is the stated weights.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    ndarray, shape (k, m), 0 to 1
        Each row adds up to 1; the mean over draws is the stated weights, and a weight of zero
        stays zero.

    Raises
    ------
    MeasureError
        A weight is negative or missing, all are zero, or the spread is out of range.

    Notes
    -----
    Dirichlet with mean w over the m₊ criteria of weight above zero, and concentration
    (m₊ − 1) / spread² − 1. The standard deviation of a weight w is then
    spread·√(w·(1 − w) / (m₊ − 1)), which for w = 1/m₊ is spread·w. Uniform weights have a spread
    of √((m₊ − 1) / (m₊ + 1)): 0.87 for seven criteria.

    Source: Kotz, S., Balakrishnan, N. and Johnson, N. L. (2000), Continuous Multivariate
    Distributions, volume 1, Wiley, chapter 49.

    Examples
    --------
    >>> from lmi.scoring.weights import weights_around
    >>> drawn = weights_around([2, 1, 1, 0], 10_000)
    >>> drawn.mean(axis=0).round(2), drawn.std(axis=0).round(2)
    (array([0.5 , 0.25, 0.25, 0.  ]), array([0.11, 0.09, 0.09, 0.  ]))
    """
    (stated,) = weights_in_shares(weights, "stated weights")
    _check_counts(len(stated), k)
    if not 0 <= spread < 1:
        raise MeasureError(
            f"The spread {spread!r} of weights is a share of an average weight; give a number "
            f"from 0 to below 1."
        )
    counted = stated > 0
    drawn = np.tile(stated, (k, 1))
    n = int(counted.sum())
    if spread > _LEAST_SPREAD and n > 1:
        concentration = (n - 1) / spread**2 - 1
        drawn[:, counted] = _generator(seed).dirichlet(concentration * stated[counted], k)
    return drawn


def weights_in_order(order: Any, k: int, seed: int = 0) -> FloatArray:
    """Draw weights of which only an order of importance is known.

    Parameters
    ----------
    order : array_like, shape (m,)
        Rank of each criterion, 1 the most important; between criteria of equal rank nothing is
        said.
    k : int
        Draws.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    ndarray, shape (k, m), 0 to 1
        Each row adds up to 1, and no criterion weighs more than one that ranks before it. All
        sets of weights that respect the order are equally likely.

    Raises
    ------
    MeasureError
        A criterion has no rank.

    Notes
    -----
    Uniform weights are sorted and handed out by rank, among equals in random order: the sets that
    respect a complete order are congruent, and an order with ties is the union of those complete
    orders that respect it. The mean is that of `rank_order_weights`.

    Source: Butler, J., Jia, J. and Dyer, J. (1997), Simulation techniques for the sensitivity
    analysis of multi-criteria decision models, European Journal of Operational Research 103,
    531–546.

    Examples
    --------
    >>> from lmi.scoring.weights import weights_in_order
    >>> drawn = weights_in_order([2, 1, 2], 10_000)
    >>> bool((drawn[:, [1]] >= drawn).all()), drawn.mean(axis=0).round(1)
    (True, array([0.2, 0.6, 0.2]))
    """
    groups = _groups(order)
    m = sum(map(len, groups))
    descending = np.sort(uniform_weights(m, k, seed), axis=1)[:, ::-1]
    # A stream of its own: the first one made the weights.
    generator = np.random.Generator(np.random.PCG64([seed, 1]))
    drawn = np.empty((k, m))
    start = 0
    for group in groups:
        share = descending[:, start : start + len(group)]
        drawn[:, group] = generator.permuted(share, axis=1) if len(group) > 1 else share
        start += len(group)
    return drawn


def rank_order_weights(order: Any) -> FloatArray:
    """Return the centre of all weights that respect an order of importance.

    Parameters
    ----------
    order : array_like, shape (m,)
        Rank of each criterion, 1 the most important; equal ranks get equal weights.

    Returns
    -------
    ndarray, shape (m,), 0 to 1
        Weights that add up to 1.

    Raises
    ------
    MeasureError
        A criterion has no rank.

    Notes
    -----
    The criterion at place r weighs (1/m)·Σ_{i=r..m} 1/i (rank order centroid); equals share the
    mean of their places.

    Source: Barron, F. H. and Barrett, B. E. (1996), Decision quality using ranked attribute
    weights, Management Science 42, 1515–1523.

    Examples
    --------
    >>> from lmi.scoring.weights import rank_order_weights
    >>> rank_order_weights([1, 2, 3, 4]).round(4)
    array([0.5208, 0.2708, 0.1458, 0.0625])
    >>> rank_order_weights([2, 1, 2]).round(4)
    array([0.1944, 0.6111, 0.1944])
    """
    groups = _groups(order)
    m = sum(map(len, groups))
    place = np.cumsum(1 / np.arange(m, 0, -1))[::-1] / m
    weights = np.empty(m)
    start = 0
    for group in groups:
        weights[group] = place[start : start + len(group)].mean()
        start += len(group)
    return weights


def _groups(order: Any) -> list[npt.NDArray[np.intp]]:
    """Return the positions of the criteria of each rank, the most important first."""
    (rank,) = floats(order)
    if rank.ndim != 1 or not rank.size or np.isnan(rank).any():
        raise MeasureError(
            f"The order of importance {rank.tolist()} needs one rank a criterion, 1 for the most "
            f"important."
        )
    return [np.flatnonzero(rank == at) for at in np.unique(rank)]


def _generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _check_counts(m: int, k: int) -> None:
    if m < 1 or k < 1:
        raise MeasureError(f"{k} draws of {m} weights were asked for; ask for one or more of each.")
