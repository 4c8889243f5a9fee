"""Location quotient: how much larger a sector's share is here than in a reference area."""

from __future__ import annotations

from typing import Any

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = ["CONCENTRATED", "location_quotient"]

CONCENTRATED = 1.25
"""A common mark of concentration: a quarter more than the reference area's share."""


def location_quotient(
    emplvl: Any, total_emplvl: Any, ref_emplvl: Any, ref_total_emplvl: Any
) -> FloatArray:
    """Return the location quotient.

    Parameters
    ----------
    emplvl : array_like, shape (n,), jobs
        Jobs of the sector in the region.
    total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the region: the region's part of the base.
    ref_emplvl : array_like, shape (n,), jobs
        Jobs of the sector in the reference area.
    ref_total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the reference area: its part of the base.

    Returns
    -------
    ndarray, shape (n,)
        1 where the sector's share is the same in both; NaN where the region or the reference
        area has no jobs to compare with.

    Notes
    -----
    LQ = (E_ir / E_r) / (E_iN / E_N). Both totals must be of one kind, and that kind is the base:
    the agency's published quotients divide by the total of all ownerships, whatever the
    ownership of the sector.

    Source: BLS, Quarterly Census of Employment and Wages, location quotient details. Some
    implementations take the region's total and the reference's sector in the other order; the
    four numbers are the same and so is the quotient.

    Examples
    --------
    >>> from lmi.measures.lq import location_quotient
    >>> location_quotient([15, 0], 100, [100, 50], 500)
    array([0.75, 0.  ])
    """
    jobs, total, ref, ref_total = floats(emplvl, total_emplvl, ref_emplvl, ref_total_emplvl)
    return ratio(ratio(jobs, total), ratio(ref, ref_total))
