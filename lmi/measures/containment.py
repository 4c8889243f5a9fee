"""Self-containment: how far a place is a labor market of its own, by who crosses its border."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "LEAST_CONTAINMENT",
    "LEAST_WORKERS",
    "TARGET_CONTAINMENT",
    "demand_side",
    "labor_market_validity",
    "needed_containment",
    "supply_side",
]


# What makes a place a labor market, by the rule of the United Kingdom's Travel to Work Areas of
# 2011: containment, and less of it where it is large.
LEAST_CONTAINMENT, TARGET_CONTAINMENT = 2 / 3, 0.75
"""What a place of the target size needs, and what one of the least size does."""
LEAST_WORKERS, TARGET_WORKERS = 3_500, 25_000
"""Resident workers of the smallest place, and from where on size earns nothing more."""
_ALLOWED = 1 - LEAST_CONTAINMENT / TARGET_CONTAINMENT


def supply_side(stay: Any, live: Any) -> FloatArray:
    """Return the share of a place's working residents who work in it.

    Parameters
    ----------
    stay : array_like, shape (n,), workers or jobs
        Who lives and works in the place.
    live : array_like, shape (n,), workers or jobs
        All who live in it and work anywhere.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        Missing where nobody lives there.

    Examples
    --------
    >>> from lmi.measures.containment import supply_side
    >>> supply_side([60, 0], [80, 0])
    array([0.75,  nan])
    """
    return ratio(*floats(stay, live))


def demand_side(stay: Any, work: Any) -> FloatArray:
    """Return the share of a place's jobs that its residents hold.

    Parameters
    ----------
    stay : array_like, shape (n,), workers or jobs
        Who lives and works in the place.
    work : array_like, shape (n,), workers or jobs
        All who work in it, wherever they live.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        Missing where nobody works there.

    Examples
    --------
    >>> from lmi.measures.containment import demand_side
    >>> demand_side([60], [100])
    array([0.6])
    """
    return ratio(*floats(stay, work))


def labor_market_validity(containment: Any, workers: Any) -> FloatArray:
    """Return how far a place meets what makes it a labor market; it does from 1 on.

    Parameters
    ----------
    containment : array_like, shape (n,), 0 to 1
        The smaller of its self-containments by supply and by demand.
    workers : array_like, shape (n,) or scalar, persons
        Working residents.

    Returns
    -------
    ndarray, shape (n,)
        At most target over least containment; missing where the containment is.

    Notes
    -----
    min(1, SC/T) · [1 − (1 − M/T) · S] · T/M, with containment SC, its target T and its least M,
    and S = max(0, (target size − workers) / (target size − least size)). A place of the target
    size meets it with the least containment, one of the least size with the target.

    Source: Coombes, M. and Bond, S. (2008), Travel-to-Work Areas: the 2007 review, Office for
    National Statistics; the parameters are those of the areas of 2011 (ONS 2015).

    Examples
    --------
    >>> from lmi.measures.containment import labor_market_validity
    >>> labor_market_validity([2 / 3, 0.75, 0.70], [25_000, 3_500, 3_500]).round(3)
    array([1.   , 1.   , 0.933])
    """
    share, size = floats(containment, workers)
    met = np.minimum(1, share / TARGET_CONTAINMENT)
    return met * (1 - _ALLOWED * _short(size)) * TARGET_CONTAINMENT / LEAST_CONTAINMENT


def needed_containment(workers: Any) -> FloatArray:
    """Return the containment from which a place of some size is a labor market.

    Parameters
    ----------
    workers : array_like, shape (n,) or scalar, persons
        Working residents.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        Missing below the least size, where none is enough.

    Notes
    -----
    The containment at which `labor_market_validity` is 1.

    Examples
    --------
    >>> from lmi.measures.containment import needed_containment
    >>> needed_containment([100_000, 25_000, 3_500, 1_000]).round(3)
    array([0.667, 0.667, 0.75 ,   nan])
    """
    short = _short(floats(workers)[0])
    needed = LEAST_CONTAINMENT / (1 - _ALLOWED * np.minimum(short, 1))
    return np.where(short > 1, np.nan, needed)


def _short(workers: FloatArray) -> FloatArray:
    """Return how far places fall short of the target size: 1 at the least size, more below it."""
    return np.maximum(0, (TARGET_WORKERS - workers) / (TARGET_WORKERS - LEAST_WORKERS))
