"""What an industry is of a nation's jobs, as follows from the quotients that its areas print."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["HALF_A_HUNDREDTH", "Agreed", "agree", "quoted_share", "year_of_months"]

HALF_A_HUNDREDTH = 0.005
"""Quotients are printed with two decimals."""

FLOAT_ERROR = 1e-9
# No year swayed as 2020 did, when April lay about 8 percent below the year's average.
MONTHS_SWAY = 0.1


def quoted_share(
    emplvl: Any, total_emplvl: Any, quotient: Any, rounding: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most that an industry's share of the nation's jobs can be.

    Parameters
    ----------
    emplvl : array_like, shape (n,), jobs
        Jobs of the industry and ownership in an area.
    total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the area, over all ownerships and industries: the base of the quotient.
    quotient : array_like, shape (n,)
        The location quotient that the agency prints beside the jobs.
    rounding : float, optional
        What the jobs may be off: 0 for the count of a month, 0.5 for an annual average, which is
        printed in whole jobs.

    Returns
    -------
    lo, hi : ndarray, shape (n,)
        Shares, 0 to 1. Where there are no jobs nothing follows, so 0 and infinity; a quotient
        printed as 0.00 beside jobs has a lower end only; NaN where a number is missing.

    Notes
    -----
    LQ = (e / E) / (e_N / E_N), so e_N / E_N = (e / E) / LQ, with every number anywhere within its
    rounding:

        (e − r) / (E + r) / (LQ + 0.005)  ≤  e_N / E_N  ≤  (e + r) / (E − r) / (LQ − 0.005)

    Source: BLS, Quarterly Census of Employment and Wages, location quotient details. That the
    base is the total of all ownerships, also for private industries, follows from the numbers:
    with it, one share fits the quotients of all 51 states in each of 7,012 cells of 2019 and 2020.

    Examples
    --------
    Construction in Franklin County, Ohio, 2023: 33,081 of 761,000 jobs, and LQ 0.83. The nation's
    share was 5.19 percent:

    >>> from lmi.measures.quoted_share import quoted_share
    >>> lo, hi = quoted_share([33081, 0], 761000, [0.83, 0.0], rounding=0.5)
    >>> lo.round(4), hi.round(4)
    (array([0.0521, 0.    ]), array([0.0527,    inf]))
    """
    jobs, total, printed = floats(emplvl, total_emplvl, quotient)
    least = np.maximum(jobs - rounding, 0.0) / (total + rounding) / (printed + HALF_A_HUNDREDTH)
    room = printed - HALF_A_HUNDREDTH
    is_open = (room <= 0) | (jobs == 0)
    below = np.where(is_open, 1.0, np.maximum(total - rounding, 0.5) * room)
    most = np.where(is_open, np.inf + 0 * jobs * room, (jobs + rounding) / below)
    return np.where(jobs == 0, 0.0, least) * (1 - FLOAT_ERROR), most * (1 + FLOAT_ERROR)


class Agreed(NamedTuple):
    """What claims say together.

    Attributes
    ----------
    lo, hi : ndarray, shape (n_groups,)
        What all claims of a group allow, or most of them; 0 and infinity where there is none.
    is_odd : ndarray of bool, shape (n,)
        Claims that do not agree with the others of their group.
    """

    lo: FloatArray
    hi: FloatArray
    is_odd: npt.NDArray[np.bool_]


def agree(group: npt.NDArray[np.int64], lo: Any, hi: Any, n_groups: int) -> Agreed:
    """Join intervals that each claim to hold the same number.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
        The number that a claim is of, 0 to `n_groups` − 1.
    lo, hi : array_like, shape (n,)
        Ends of the claims.

    Notes
    -----
    The intersection of a group's claims. Where it is empty, the smallest interval that holds all
    numbers which the largest number of claims allow.

    Source of the latter: Marzullo, K. (1984), Maintaining the Time in a Distributed System,
    Stanford University, where clocks are joined so.

    Examples
    --------
    Two claims on the first number; four on the second, one of which is odd:

    >>> import numpy as np
    >>> from lmi.measures.quoted_share import agree
    >>> found = agree(np.array([0, 0, 1, 1, 1, 1]), [1, 2, 1, 2, 2, 7], [4, 6, 4, 5, 3, 9], 2)
    >>> found.lo, found.hi, np.flatnonzero(found.is_odd)
    (array([2., 2.]), array([4., 3.]), array([5]))
    """
    low, high = floats(lo, hi)
    least, most = np.zeros(n_groups), np.full(n_groups, np.inf)
    np.maximum.at(least, group, low)
    np.minimum.at(most, group, high)
    is_odd = np.zeros(len(group), dtype=bool)
    apart = np.flatnonzero((least > most)[group])
    for number in np.unique(group[apart]):
        at = apart[group[apart] == number]
        least[number], most[number] = _most_agreed(low[at], high[at])
        is_odd[at] = (low[at] > least[number]) | (high[at] < most[number])
    return Agreed(least, most, is_odd)


def _most_agreed(lo: FloatArray, hi: FloatArray) -> tuple[float, float]:
    """The smallest interval of all that the largest number of claims allow."""
    holds = (lo[:, None] >= lo) & (lo[:, None] <= hi)
    count = holds.sum(axis=1)
    best = np.flatnonzero(count == count.max())
    ends = np.where(holds[best], hi, np.inf).min(axis=1)
    return float(lo[best].min()), float(ends.max())


def year_of_months(lo: Any, hi: Any) -> tuple[FloatArray, FloatArray]:
    """Return the share of a year's jobs from those of its twelve months.

    Parameters
    ----------
    lo, hi : array_like, shape (n, 12)
        Ends of the industry's share of all jobs in each month.

    Returns
    -------
    lo, hi : ndarray, shape (n,)

    Notes
    -----
    The year's share is the mean of the months' shares s, each weighed by the month's jobs. What
    these are is not known from shares, but for weights within ±a of each other's mean the year is
    at most

        mean(s) + a · mean(|s − median(s)|)

    and as much less at least.

    Examples
    --------
    Half the year 4 and half the year 6 percent:

    >>> import numpy as np
    >>> from lmi.measures.quoted_share import year_of_months
    >>> share = np.repeat([[0.04, 0.06]], 6, axis=1)
    >>> year_of_months(share, share)
    (array([0.049]), array([0.051]))
    """
    low, high = floats(lo, hi)
    known = np.where(np.isinf(high), 0.0, high)
    most = known.mean(axis=1) + MONTHS_SWAY * _apart(known)
    return (
        np.maximum(low.mean(axis=1) - MONTHS_SWAY * _apart(low), 0.0),
        np.where(np.isinf(high).any(axis=1), np.inf, most),
    )


def _apart(months: FloatArray) -> FloatArray:
    middle = np.median(months, axis=1)[:, None]
    return np.asarray(np.abs(months - middle).mean(axis=1))
