"""Pay: total wages over average employment, summed first and divided last."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "WEEKS_PER_QUARTER",
    "WEEKS_PER_YEAR",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
    "avg_wkly_wage",
    "pay_ratio",
    "real_pay",
]

WEEKS_PER_QUARTER = 13
WEEKS_PER_YEAR = 52


def avg_annual_pay(total_annual_wages: Any, emplvl: Any) -> FloatArray:
    """Return average annual pay.

    Parameters
    ----------
    total_annual_wages : array_like, shape (n,), USD
        Wages paid in the year, summed over whatever is looked at.
    emplvl : array_like, shape (n,), jobs
        Average employment of the same cells.

    Returns
    -------
    ndarray, shape (n,), USD per job
        NaN where nobody works.

    Notes
    -----
    W / E. The agency divides by the unrounded mean of the twelve months, so pay from the rounded
    annual average can differ from the published figure in small cells. A mean of several areas'
    pay is not the pay of the areas together: add wages, add jobs, then divide.

    Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages, Calculation.

    Examples
    --------
    >>> from lmi.measures.pay import avg_annual_pay
    >>> avg_annual_pay([5_200_000, 0], [100, 0])
    array([52000.,    nan])
    """
    return ratio(total_annual_wages, emplvl)


def annual_avg_wkly_wage(total_annual_wages: Any, emplvl: Any) -> FloatArray:
    """Return the average weekly wage over a year.

    Parameters
    ----------
    total_annual_wages : array_like, shape (n,), USD
        Wages paid in the year.
    emplvl : array_like, shape (n,), jobs
        Average employment in the year.

    Returns
    -------
    ndarray, shape (n,), USD per job and week
        NaN where nobody works.

    Notes
    -----
    W / E / 52. Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages.

    Examples
    --------
    >>> from lmi.measures.pay import annual_avg_wkly_wage
    >>> annual_avg_wkly_wage([5_200_000], [100])
    array([1000.])
    """
    # One division of two whole numbers is rounded once, so a half stays a half.
    return ratio(total_annual_wages, floats(emplvl)[0] * WEEKS_PER_YEAR)


def avg_wkly_wage(
    total_qtrly_wages: Any, month1_emplvl: Any, month2_emplvl: Any, month3_emplvl: Any
) -> FloatArray:
    """Return the average weekly wage of a quarter.

    Parameters
    ----------
    total_qtrly_wages : array_like, shape (n,), USD
        Wages paid in the quarter.
    month1_emplvl, month2_emplvl, month3_emplvl : array_like, shape (n,), jobs
        Employment in its three months.

    Returns
    -------
    ndarray, shape (n,), USD per job and week
        NaN where nobody works in the quarter.

    Notes
    -----
    W / ((E1 + E2 + E3) / 3) / 13. The agency rounds it half up, and prints 0 where nobody works.

    Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages.

    Examples
    --------
    >>> from lmi.measures.pay import avg_wkly_wage
    >>> avg_wkly_wage([130_000], [9], [10], [11])
    array([1000.])
    """
    wages, *months = floats(total_qtrly_wages, month1_emplvl, month2_emplvl, month3_emplvl)
    return ratio(3 * wages, np.asarray(sum(months)) * WEEKS_PER_QUARTER)


def pay_ratio(pay: Any, reference_pay: Any) -> FloatArray:
    """Return pay as a multiple of a reference pay.

    Parameters
    ----------
    pay : array_like, shape (n,), USD
        Average pay of each sector.
    reference_pay : array_like, shape (n,) or scalar, USD
        Average pay of the region over all industries, or a threshold such as the pay that
        sustains a family; over the same length of time.

    Returns
    -------
    ndarray, shape (n,)
        Above 1 where the sector pays more; NaN where the reference is missing.

    Notes
    -----
    w_ir / w_r.

    Examples
    --------
    >>> from lmi.measures.pay import pay_ratio
    >>> pay_ratio([60_000, 45_000], 50_000)
    array([1.2, 0.9])
    """
    return ratio(pay, reference_pay)


def real_pay(pay: Any, price_index: Any, reference_index: Any) -> FloatArray:
    """Return pay in the prices of another year.

    Parameters
    ----------
    pay : array_like, shape (n,), USD
        As it was paid.
    price_index : array_like, shape (n,)
        Consumer prices of the year that it was paid in.
    reference_index : array_like, shape (n,) or scalar
        Consumer prices of the year in whose prices it is told.

    Returns
    -------
    ndarray, shape (n,), USD in prices of that year
        NaN where any of the three is missing.

    Notes
    -----
    w_t · P_r / P_t. Prices are those of the nation (CPI-U, U.S. city average), so what a dollar
    buys here against elsewhere is not in it.

    Source: BLS Handbook of Methods, Consumer Price Index, Uses: deflating other series.

    Examples
    --------
    >>> from lmi.measures.pay import real_pay
    >>> real_pay([50_000, 60_000], [200, 250], 250)
    array([62500., 60000.])
    """
    now, then = floats(reference_index, price_index)
    return floats(pay)[0] * ratio(now, then)
