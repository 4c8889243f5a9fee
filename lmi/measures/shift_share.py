"""Shift-share: the nation's growth, the mix of industries and the region's own part of a change."""

from __future__ import annotations

from typing import Any, NamedTuple

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "Esteban",
    "ShiftShare",
    "dynamic_shift_share",
    "esteban",
    "shift_share",
]


class ShiftShare(NamedTuple):
    """The three parts of a change in jobs, which add up to it.

    Attributes
    ----------
    national_growth : ndarray, shape (n,), jobs
        What growth at the reference area's overall rate would have brought.
    industry_mix : ndarray, shape (n,), jobs
        What the industry's own rate in the reference area adds to that.
    competitive_share : ndarray, shape (n,), jobs
        The rest: what the industry did here beyond what it did in the reference area.
    """

    national_growth: FloatArray
    industry_mix: FloatArray
    competitive_share: FloatArray


class Esteban(NamedTuple):
    """The four parts of a change in jobs in Esteban-Marquillas' extension.

    Attributes
    ----------
    national_growth, industry_mix : ndarray, shape (n,), jobs
        As in `ShiftShare`.
    competitive : ndarray, shape (n,), jobs
        Competitive effect on the jobs that the region would have with the reference's mix.
    allocation : ndarray, shape (n,), jobs
        What specialising in faster or slower growing industries adds to that.
    """

    national_growth: FloatArray
    industry_mix: FloatArray
    competitive: FloatArray
    allocation: FloatArray


def shift_share(
    emplvl0: Any, emplvl1: Any, ref0: Any, ref1: Any, ref_total0: Any, ref_total1: Any
) -> ShiftShare:
    """Split the change in jobs between two years as Dunn did.

    Parameters
    ----------
    emplvl0, emplvl1 : array_like, shape (n,), jobs
        Jobs of each industry in the region, in the earlier and the later year.
    ref0, ref1 : array_like, shape (n,), jobs
        Jobs of each industry in the reference area.
    ref_total0, ref_total1 : array_like, shape (n,) or scalar, jobs
        All jobs of the reference area.

    Returns
    -------
    ShiftShare
        Three arrays of shape (n,), jobs, that add up to ``emplvl1 − emplvl0``. An industry that
        the region did not have before is all competitive share; one that the reference area did
        not have has no rate, so mix and competitive share are missing.

    Notes
    -----
    E0·g_N + E0·(g_iN − g_N) + E0·(g_ir − g_iN), with g_N the growth of all jobs in the reference
    area, g_iN and g_ir those of the industry there and here. The last term is computed as
    E1 − E0·(1 + g_iN), which is the same and is defined where E0 is zero.

    Source: Dunn, E. S. (1960), A statistical and analytical technique for regional analysis,
    Papers of the Regional Science Association 6, 97–112.

    Examples
    --------
    A sector that grew by 20 jobs while the nation's jobs grew by 10 % and the sector's by 5 %:

    >>> from lmi.measures.shift_share import shift_share
    >>> effects = shift_share([100], [120], [2000], [2100], 50_000, 55_000)
    >>> [float(e[0].round(9)) for e in effects]
    [10.0, -5.0, 15.0]
    """
    base, end, first, last, total0, total1 = floats(
        emplvl0, emplvl1, ref0, ref1, ref_total0, ref_total1
    )
    growth = ratio(total1 - total0, total0)
    industry_growth = ratio(last - first, first)
    return ShiftShare(
        national_growth=base * growth,
        industry_mix=base * (industry_growth - growth),
        competitive_share=(end - base) - base * industry_growth,
    )


def esteban(
    emplvl0: Any,
    emplvl1: Any,
    ref0: Any,
    ref1: Any,
    total0: Any,
    ref_total0: Any,
    ref_total1: Any,
) -> Esteban:
    """Split the change in jobs with a competitive effect that is free of the region's mix.

    Parameters
    ----------
    emplvl0, emplvl1, ref0, ref1 : array_like, shape (n,), jobs
        As in `shift_share`.
    total0 : array_like, shape (n,) or scalar, jobs
        All jobs of the region in the earlier year.
    ref_total0, ref_total1 : array_like, shape (n,) or scalar, jobs
        All jobs of the reference area.

    Returns
    -------
    Esteban
        Four arrays of shape (n,), jobs, that add up to ``emplvl1 − emplvl0``. Competitive effect
        and allocation are missing where the region had no such jobs: its rate is not defined.

    Notes
    -----
    With homothetic jobs H = E_r·E_iN / E_N, those that the region would have if its mix were the
    reference area's: competitive = H·(g_ir − g_iN), allocation = (E0 − H)·(g_ir − g_iN).

    Source: Esteban-Marquillas, J. M. (1972), A reinterpretation of shift-share analysis, Regional
    and Urban Economics 2, 249–255.

    Examples
    --------
    >>> from lmi.measures.shift_share import esteban
    >>> effects = esteban([100], [120], [2000], [2100], 1000, 50_000, 55_000)
    >>> [float(e[0].round(9)) for e in effects]
    [10.0, -5.0, 6.0, 9.0]
    """
    dunn = shift_share(emplvl0, emplvl1, ref0, ref1, ref_total0, ref_total1)
    base, first, total, ref_total = floats(emplvl0, ref0, total0, ref_total0)
    homothetic = total * ratio(first, ref_total)
    rate_gap = ratio(dunn.competitive_share, base)
    return Esteban(*dunn[:2], homothetic * rate_gap, (base - homothetic) * rate_gap)


def dynamic_shift_share(emplvl: Any, ref: Any, ref_total: Any) -> ShiftShare:
    """Split the change over several years by adding up the effects of each step.

    Parameters
    ----------
    emplvl : array_like, shape (t, n), jobs
        Jobs of each industry in the region, one row a year, earliest first.
    ref : array_like, shape (t, n), jobs
        Jobs of each industry in the reference area.
    ref_total : array_like, shape (t,) or (t, n), jobs
        All jobs of the reference area.

    Returns
    -------
    ShiftShare
        Three arrays of shape (n,), jobs, that add up to the change from the first year to the
        last; missing where a year between them is.

    Raises
    ------
    MeasureError
        There are fewer than two years, or the arrays have different numbers of years.

    Notes
    -----
    The sum over consecutive years of Dunn's effects. It lets the region's mix and size change on
    the way, which the comparison of two distant years does not.

    Source: Barff, R. A. and Knight, P. L. (1988), Dynamic shift-share analysis, Growth and Change
    19(2), 1–10.

    Examples
    --------
    >>> from lmi.measures.shift_share import dynamic_shift_share
    >>> effects = dynamic_shift_share([[100], [110], [132]], [[10], [11], [11]], [100, 100, 120])
    >>> [float(e[0].round(9)) for e in effects]
    [22.0, -12.0, 22.0]
    """
    jobs, reference, total = floats(emplvl, ref, ref_total)
    if not len(jobs) == len(reference) == len(total) >= 2:
        raise MeasureError(
            f"Dynamic shift-share was given {len(jobs)}, {len(reference)} and {len(total)} years "
            f"of the region, its reference and the reference's total; give the same two or more "
            f"years of each."
        )
    if total.ndim < jobs.ndim:
        total = total.reshape(len(total), *[1] * (jobs.ndim - 1))
    steps = shift_share(jobs[:-1], jobs[1:], reference[:-1], reference[1:], total[:-1], total[1:])
    return ShiftShare(*(step.sum(axis=0) for step in steps))
