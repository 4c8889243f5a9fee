"""Employment: shares of a total, and the estimated share of a sum."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = ["employment_share", "estimated_share"]


def employment_share(emplvl: Any, total_emplvl: Any) -> FloatArray:
    """Return jobs as a share of all jobs.

    Parameters
    ----------
    emplvl : array_like, shape (n,), jobs
        Jobs of each sector.
    total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the region that each belongs to.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        NaN where the total is zero or missing.

    Notes
    -----
    share = E_ir / E_r.

    Examples
    --------
    >>> from lmi.measures.employment import employment_share
    >>> employment_share([150, 50], 1000)
    array([0.15, 0.05])
    """
    return ratio(emplvl, total_emplvl)


def estimated_share(published: Any, total: Any) -> FloatArray:
    """Return the share of a sum that is estimated rather than published.

    Parameters
    ----------
    published : array_like, shape (n,), jobs or USD
        Sum of the published cells.
    total : array_like, shape (n,), jobs or USD
        Sum of the published and the estimated cells.

    Returns
    -------
    ndarray, shape (n,), 0 to 1
        Zero where the total is zero: of nothing, nothing is estimated.

    Notes
    -----
    share = (total − published) / total.

    Examples
    --------
    >>> from lmi.measures.employment import estimated_share
    >>> estimated_share([75, 0], [100, 0])
    array([0.25, 0.  ])
    """
    known, everything = floats(published, total)
    return np.where(everything == 0, 0.0, ratio(everything - known, everything))
