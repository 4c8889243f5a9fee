"""Establishments and how many jobs each has on average."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lmi.measures.arithmetic import FloatArray, ratio
from lmi.measures.tables import require

__all__ = ["add_jobs_per_establishment", "jobs_per_establishment"]


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


def add_jobs_per_establishment(
    table: pd.DataFrame, *, emplvl: str = "annual_avg_emplvl", estabs: str = "annual_avg_estabs"
) -> pd.DataFrame:
    """Add ``emplvl_per_estab`` to a table of jobs and establishments.

    Parameters
    ----------
    table : DataFrame
        Table with `emplvl` (jobs) and `estabs` (establishments).
    emplvl, estabs : str
        Their columns.

    Returns
    -------
    DataFrame
        `table` with ``emplvl_per_estab`` (jobs per establishment).

    Raises
    ------
    MeasureError
        A column is missing.

    Notes
    -----
    See `jobs_per_establishment`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.establishments import add_jobs_per_establishment
    >>> table = pd.DataFrame({"annual_avg_emplvl": [30], "annual_avg_estabs": [4]})
    >>> add_jobs_per_establishment(table)["emplvl_per_estab"].tolist()
    [7.5]
    """
    require(table, [emplvl, estabs])
    return table.assign(emplvl_per_estab=jobs_per_establishment(table[emplvl], table[estabs]))
