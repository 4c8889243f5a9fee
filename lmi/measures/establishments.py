"""Establishments and how many jobs each has on average."""

from __future__ import annotations

from typing import Any

from lmi.measures.arithmetic import FloatArray, ratio

__all__ = ["jobs_per_establishment"]


def jobs_per_establishment(emplvl: Any, estabs: Any) -> FloatArray:
    """Return the average number of jobs in an establishment.

    Parameters
    ----------
    emplvl : array_like, shape (n,), jobs
        Average employment.
    estabs : array_like, shape (n,), establishments
        Average number of establishments in the same period.

    Returns
    -------
    ndarray, shape (n,), jobs per establishment
        NaN where there is no establishment.

    Notes
    -----
    E / B. An establishment is one place of business, not a firm: a firm with three shops has
    three. The annual count is rounded, so a cell that was open for one quarter can publish jobs
    and no establishment.

    Examples
    --------
    >>> from lmi.measures.establishments import jobs_per_establishment
    >>> jobs_per_establishment([120, 5], [10, 0])
    array([12., nan])
    """
    return ratio(emplvl, estabs)
