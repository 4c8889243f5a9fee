"""Recompute weekly wages and annual pay from wages and jobs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio, round_half_up
from lmi.measures.pay import WEEKS_PER_YEAR, avg_wkly_wage
from lmi.missing import Missing
from lmi.verify.tally import CheckResult, Tally, missing

__all__ = [
    "ANNUAL_PAY",
    "MONTHS",
    "check_annual_pay",
    "check_weekly_wage",
    "nearest_annual_pay",
    "weekly_wage",
]

MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")
ANNUAL_PAY = {"avg_annual_pay": 1, "annual_avg_wkly_wage": WEEKS_PER_YEAR}


def weekly_wage(wages: FloatArray, *months: FloatArray) -> FloatArray:
    """Average weekly wage of a quarter as the agency prints it, but unrounded.

    Parameters
    ----------
    wages : ndarray, shape (n,), USD
        Total wages of the quarter.
    *months : three ndarrays, shape (n,), jobs
        Jobs of each month.

    Returns
    -------
    ndarray, shape (n,), USD per week
        See `lmi.measures.pay.avg_wkly_wage`; 0 where no month has a job, even where wages were
        paid.

    Examples
    --------
    >>> import numpy as np
    >>> weekly_wage(np.array([39_000.0, 500.0]), *np.array([[2.0, 0.0], [3.0, 0.0], [4.0, 0.0]]))
    array([1000.,    0.])
    """
    return np.where(sum(months) == 0, 0.0, avg_wkly_wage(wages, *months))


def nearest_annual_pay(
    published: FloatArray, wages: FloatArray, emplvl: FloatArray, weeks: int
) -> FloatArray:
    """Annual pay that wages and jobs allow, the one nearest to what was printed.

    Parameters
    ----------
    published : ndarray, shape (n,), USD
        Printed pay, a year or a week.
    wages : ndarray, shape (n,), USD
        Total wages of the year.
    emplvl : ndarray, shape (n,), jobs
        Printed annual average employment.
    weeks : int
        1 for annual pay, 52 for the weekly wage.

    Returns
    -------
    ndarray, shape (n,), USD

    Notes
    -----
    The agency divides by the unrounded mean of twelve months. Their sum M is a whole number that
    rounds half up to what was printed: 12·emplvl − 6 ≤ M ≤ 12·emplvl + 5. So pay is one of a
    dozen numbers, round(12·wages / (weeks·M)), and 0 where M is 0.

    Examples
    --------
    Two jobs stand for 18 to 29 months of work; 21 months give the first pay, and 18 the highest:

    >>> import numpy as np
    >>> nearest_annual_pay(*(np.array([x]) for x in (34_286.0, 60_000.0, 2.0)), 1)
    array([34286.])
    >>> nearest_annual_pay(*(np.array([x]) for x in (90_000.0, 60_000.0, 2.0)), 1)
    array([40000.])
    """
    least, most = np.maximum(12 * emplvl - 6, 0), 12 * emplvl + 5
    with np.errstate(divide="ignore", invalid="ignore"):
        guess = np.nan_to_num(np.round(12 * wages / (weeks * published)), posinf=np.inf)
    best = np.full(published.shape, np.nan)
    for step in (-1, 0, 1):
        months = np.clip(guess + step, least, most)
        pay = np.where(months == 0, 0.0, round_half_up(ratio(12 * wages, weeks * months)))
        nearer = np.isnan(best) | (np.abs(pay - published) < np.abs(best - published))
        best = np.where(nearer, pay, best)
    return np.where((published == 0) & (least == 0), 0.0, best)


def check_weekly_wage(quarterly: pd.DataFrame) -> CheckResult:
    """Check the average weekly wage of quarters."""
    name, text = "weekly wage, quarter", "wages / mean of three months / 13, rounded half up"
    if quarterly.empty:
        return missing(name, text, Missing("quarterly rows", "none was given", "ingest quarters"))
    published, wages, *months = floats(
        *(quarterly[c] for c in ("avg_wkly_wage", "total_qtrly_wages", *MONTHS))
    )
    tally = Tally(name, text, quarterly)
    tally.add("avg_wkly_wage", published, round_half_up(weekly_wage(wages, *months)))
    return tally.result()


def check_annual_pay(annual: pd.DataFrame) -> CheckResult:
    """Check annual pay and the average weekly wage of years."""
    name, text = "pay, year", "wages / unrounded mean of twelve months, and that / 52"
    if annual.empty:
        return missing(name, text, Missing("annual rows", "none was given", "ingest years"))
    wages, emplvl = floats(annual["total_annual_wages"], annual["annual_avg_emplvl"])
    tally = Tally(name, text, annual)
    for column, weeks in ANNUAL_PAY.items():
        (published,) = floats(annual[column])
        tally.add(column, published, nearest_annual_pay(published, wages, emplvl, weeks))
    return tally.result()
