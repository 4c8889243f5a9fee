"""Employment: sums of cells with their published and estimated parts, and shares of a total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.measures.tables import look_up, require

__all__ = ["add_employment_share", "employment_share", "estimated_share", "sum_cells"]


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


def sum_cells(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    value: str = "annual_avg_emplvl",
    share: str = "emplvl_estimated_share",
) -> pd.DataFrame:
    """Sum cells into a published part plus an estimated part.

    Parameters
    ----------
    cells : DataFrame
        One row a cell with the columns `by`, ``published`` (NaN where withheld) and ``estimate``
        (equal to it where published), jobs or USD.
    by : sequence of str
        Columns to sum by.
    value : str
        Name of the sum; its published part is called so with ``_published``.
    share : str
        Name of the estimated share.

    Returns
    -------
    DataFrame
        One row a group, sorted by `by`: `by`, the sum, its published part and `share` (0 to 1).

    Raises
    ------
    MeasureError
        A column is missing.

    Notes
    -----
    A cell without an estimate makes its group's sum missing. The interval of a sum is not the sum
    of its cells' intervals, whose errors cancel in part: it comes from joint draws of the cells
    (`lmi.suppression.draws`).

    Cells must not contain one another; the caller chooses one aggregation level and one set of
    ownerships.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.employment import sum_cells
    >>> cells = pd.DataFrame(
    ...     {
    ...         "region": ["a", "a"],
    ...         "published": [90.0, None],
    ...         "estimate": [90.0, 10.0],
    ...     }
    ... )
    >>> sum_cells(cells, ["region"]).iloc[0].to_dict()
    {'region': 'a', 'annual_avg_emplvl': 100.0, 'annual_avg_emplvl_published': 90.0,
     'emplvl_estimated_share': 0.1}
    """
    parts = {"estimate": value, "published": f"{value}_published"}
    require(cells, [*by, *parts], "table of cells")
    groups = cells.assign(published=cells["published"].fillna(0)).groupby(list(by), sort=True)
    summed = groups[list(parts)].sum(skipna=False).rename(columns=parts).reset_index()
    summed[share] = estimated_share(summed[f"{value}_published"], summed[value])
    return summed


def add_employment_share(
    table: pd.DataFrame,
    totals: pd.DataFrame | float,
    *,
    keys: Sequence[str] = ("region",),
    value: str = "annual_avg_emplvl",
    out: str = "emplvl_share",
) -> pd.DataFrame:
    """Add each row's share of its region's jobs.

    Parameters
    ----------
    table : DataFrame
        Long table with `keys` and `value`.
    totals : DataFrame or float
        All jobs: `value` by those of `keys` that it has.
    keys : sequence of str
        Columns that tie a row to its total.
    value, out : str
        Names of the jobs and of the share.

    Returns
    -------
    DataFrame
        `table` with `out` (0 to 1).

    Raises
    ------
    MeasureError
        A column is missing or `totals` repeats a key.

    Notes
    -----
    See `employment_share`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.employment import add_employment_share
    >>> table = pd.DataFrame({"region": ["a", "b"], "annual_avg_emplvl": [10, 10]})
    >>> totals = pd.DataFrame({"region": ["a", "b"], "annual_avg_emplvl": [40, 100]})
    >>> add_employment_share(table, totals)["emplvl_share"].tolist()
    [0.25, 0.1]
    """
    require(table, [*keys, value])
    total = look_up(table, totals, value, keys, "table of totals")
    return table.assign(**{out: employment_share(table[value].to_numpy(), total)})
