"""Seasons: how a quarter stands to its year, and how far jobs swing within it."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = ["seasonal_index", "seasonal_swing"]


def seasonal_index(emplvl: Any, year_emplvl: Any) -> FloatArray:
    """Return the jobs of a part of a year over the year's average.

    Parameters
    ----------
    emplvl, year_emplvl : array_like, shape (n,), jobs
        Average of a month or a quarter, and of all twelve months.

    Returns
    -------
    ndarray, shape (n,), ratio
        1 where the part is like the year; NaN where the year has no jobs.

    Notes
    -----
    E_q / E, the ratio to the average of its own year. Growth within the year stays in it.

    Examples
    --------
    >>> from lmi.measures.season import seasonal_index
    >>> seasonal_index([130, 90], [100, 100])
    array([1.3, 0.9])
    """
    return ratio(emplvl, year_emplvl)


def seasonal_swing(months: Any) -> FloatArray:
    """Return how far jobs swing within a year, as a share of their average.

    Parameters
    ----------
    months : array_like, shape (n, 12), jobs

    Returns
    -------
    ndarray, shape (n,), percent
        NaN where a month is missing, or no month has a job.

    Notes
    -----
    100 · (highest month − lowest month) / average of the months.

    Examples
    --------
    >>> from lmi.measures.season import seasonal_swing
    >>> seasonal_swing([[90] * 6 + [110] * 6])
    array([20.])
    """
    (jobs,) = floats(months)
    return ratio(100 * (np.max(jobs, axis=-1) - np.min(jobs, axis=-1)), np.mean(jobs, axis=-1))
