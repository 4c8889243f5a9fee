"""Growth between any two years: change, percent change and compound annual rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "change",
    "compound_rate",
    "growth",
    "mix_growth",
    "pct_change",
]


def change(value0: Any, value1: Any) -> FloatArray:
    """Return the change from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year.

    Returns
    -------
    ndarray, shape (n,), same unit
        NaN where either is missing.

    Notes
    -----
    V1 − V0.

    Examples
    --------
    >>> from lmi.measures.growth import change
    >>> change([100, 0], [90, 10])
    array([-10.,  10.])
    """
    first, second = floats(value0, value1)
    return second - first


def pct_change(value0: Any, value1: Any) -> FloatArray:
    """Return the percent change from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year.

    Returns
    -------
    ndarray, shape (n,), percent
        NaN where either is missing or the first is zero: growth from nothing has no rate.

    Notes
    -----
    100 · (V1 − V0) / V0, as the agency's ``oty_*_pct_chg`` columns, which are rounded to 0.1 and
    say 100.0 for any growth from zero.

    Examples
    --------
    >>> from lmi.measures.growth import pct_change
    >>> pct_change([100, 0], [90, 10])
    array([-10.,  nan])
    """
    first, second = floats(value0, value1)
    return ratio(100 * (second - first), first)


def compound_rate(value0: Any, value1: Any, years: Any) -> FloatArray:
    """Return the compound annual rate that leads from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year, not negative.
    years : array_like, shape (n,) or scalar, years
        Time between the two.

    Returns
    -------
    ndarray, shape (n,), percent per year
        NaN where either value is missing, the first is zero, or no time has passed.

    Notes
    -----
    100 · ((V1 / V0)^(1 / t) − 1).

    Examples
    --------
    >>> from lmi.measures.growth import compound_rate
    >>> compound_rate([100], [121], 2).round(6)
    array([10.])
    """
    first, second, elapsed = floats(value0, value1, years)
    quotient = ratio(second, first)
    positive = np.where(quotient >= 0, quotient, np.nan)
    return 100 * (positive ** ratio(1.0, np.where(elapsed > 0, elapsed, np.nan)) - 1)


def growth(value0: Any, value1: Any, years: Any, name: str = "emplvl") -> dict[str, FloatArray]:
    """Return the change, the percent change and the compound rate between two values.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,) or (n, k), jobs or USD
        The same quantity in an earlier and a later year, or k draws of it; draw j of the one
        goes with draw j of the other.
    years : array_like, shape (n,) or scalar, years
        Time between the two.
    name : str
        What the measures call the quantity.

    Returns
    -------
    dict of str to ndarray
        ``emplvl_chg`` (same unit), ``emplvl_pct_chg`` (percent) and ``emplvl_cagr`` (percent per
        year), for `name` = ``emplvl``.

    Notes
    -----
    See `change`, `pct_change` and `compound_rate`.

    Examples
    --------
    >>> from lmi.measures.growth import growth
    >>> {name: float(x[0].round(2)) for name, x in growth([100], [150], 5).items()}
    {'emplvl_chg': 50.0, 'emplvl_pct_chg': 50.0, 'emplvl_cagr': 8.45}
    """
    return {
        f"{name}_chg": change(value0, value1),
        f"{name}_pct_chg": pct_change(value0, value1),
        f"{name}_cagr": compound_rate(value0, value1, years),
    }


def mix_growth(emplvl: Any, ratios: Any) -> FloatArray:
    """Return the growth of a mix whose parts grow each at its own rate.

    Parameters
    ----------
    emplvl : array_like, shape (m,) or (m, k), jobs
        Jobs of each part, or k draws of them.
    ratios : array_like, shape (m,) or (m, 1)
        Later over earlier jobs of each part, from a projection.

    Returns
    -------
    ndarray, shape () or (k,), percent
        NaN where there are no jobs.

    Notes
    -----
    100 · Σ E_i·(q_i − 1) / Σ E_i.

    Examples
    --------
    >>> from lmi.measures.growth import mix_growth
    >>> float(mix_growth([300, 100], [1.2, 1.0]).round(9))
    15.0
    """
    jobs, quotient = floats(emplvl, ratios)
    return ratio(100 * (jobs * (quotient - 1)).sum(axis=0), jobs.sum(axis=0))
