"""Self-containment: how far a place is a labor market of its own, by who crosses its border."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "LABOR_MARKET",
    "LaborMarketRule",
    "demand_side",
    "labor_market_validity",
    "needed_containment",
    "supply_side",
]


class LaborMarketRule(NamedTuple):
    """What makes a place a labor market: containment, and less of it where it is large.

    Parameters
    ----------
    least_containment, target_containment : float, 0 to 1
        What a place of the target size needs, and what one of the least size does.
    least_workers, target_workers : float, persons
        Resident workers of the smallest place, and from where on size earns nothing more.
    """

    least_containment: float = 2 / 3
    target_containment: float = 0.75
    least_workers: float = 3_500
    target_workers: float = 25_000


LABOR_MARKET = LaborMarketRule()
"""The rule of the United Kingdom's Travel to Work Areas of 2011."""


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


def labor_market_validity(
    containment: Any, workers: Any, rule: LaborMarketRule = LABOR_MARKET
) -> FloatArray:
    """Return how far a place meets what makes it a labor market; it does from 1 on.

    Parameters
    ----------
    containment : array_like, shape (n,), 0 to 1
        The smaller of its self-containments by supply and by demand.
    workers : array_like, shape (n,) or scalar, persons
        Working residents.
    rule : LaborMarketRule, optional
        Least and target containment and size.

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
    target, least = rule.target_containment, rule.least_containment
    short = np.maximum(0, (rule.target_workers - size) / (rule.target_workers - rule.least_workers))
    met = np.minimum(1, share / target)
    return met * (1 - (1 - least / target) * short) * target / least


def needed_containment(workers: Any, rule: LaborMarketRule = LABOR_MARKET) -> FloatArray:
    """Return the containment from which a place of some size is a labor market.

    Parameters
    ----------
    workers : array_like, shape (n,) or scalar, persons
        Working residents.
    rule : LaborMarketRule, optional
        Least and target containment and size.

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
    (size,) = floats(workers)
    target, least = rule.target_containment, rule.least_containment
    short = np.maximum(0, (rule.target_workers - size) / (rule.target_workers - rule.least_workers))
    return np.where(short > 1, np.nan, least / (1 - (1 - least / target) * np.minimum(short, 1)))
