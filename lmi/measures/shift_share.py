"""Shift-share: the nation's growth, the mix of industries and the region's own part of a change."""

from __future__ import annotations

from typing import Any, NamedTuple

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "ShiftShare",
    "dynamic_shift_share",
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
