"""Pay: total wages over average employment, summed first and divided last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.measures.tables import look_up, require

__all__ = [
    "WEEKS_PER_QUARTER",
    "WEEKS_PER_YEAR",
    "add_pay",
    "add_pay_ratio",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
    "avg_wkly_wage",
    "pay_ratio",
    "pay_table",
]

WEEKS_PER_QUARTER = 13
WEEKS_PER_YEAR = 52


def avg_annual_pay(total_annual_wages: Any, emplvl: Any) -> FloatArray:
    """Return average annual pay.

    Parameters
    ----------
    total_annual_wages : array_like, shape (n,), USD
        Wages paid in the year, summed over whatever is looked at.
    emplvl : array_like, shape (n,), jobs
        Average employment of the same cells.

    Returns
    -------
    ndarray, shape (n,), USD per job
        NaN where nobody works.

    Notes
    -----
    W / E. The agency divides by the unrounded mean of the twelve months, so pay from the rounded
    annual average can differ from the published figure in small cells. A mean of several areas'
    pay is not the pay of the areas together: add wages, add jobs, then divide.

    Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages, Calculation.

    Examples
    --------
    >>> from lmi.measures.pay import avg_annual_pay
    >>> avg_annual_pay([5_200_000, 0], [100, 0])
    array([52000.,    nan])
    """
    return ratio(total_annual_wages, emplvl)


def annual_avg_wkly_wage(total_annual_wages: Any, emplvl: Any) -> FloatArray:
    """Return the average weekly wage over a year.

    Parameters
    ----------
    total_annual_wages : array_like, shape (n,), USD
        Wages paid in the year.
    emplvl : array_like, shape (n,), jobs
        Average employment in the year.

    Returns
    -------
    ndarray, shape (n,), USD per job and week
        NaN where nobody works.

    Notes
    -----
    W / E / 52. Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages.

    Examples
    --------
    >>> from lmi.measures.pay import annual_avg_wkly_wage
    >>> annual_avg_wkly_wage([5_200_000], [100])
    array([1000.])
    """
    # One division of two whole numbers is rounded once, so a half stays a half.
    return ratio(total_annual_wages, floats(emplvl)[0] * WEEKS_PER_YEAR)


def avg_wkly_wage(
    total_qtrly_wages: Any, month1_emplvl: Any, month2_emplvl: Any, month3_emplvl: Any
) -> FloatArray:
    """Return the average weekly wage of a quarter.

    Parameters
    ----------
    total_qtrly_wages : array_like, shape (n,), USD
        Wages paid in the quarter.
    month1_emplvl, month2_emplvl, month3_emplvl : array_like, shape (n,), jobs
        Employment in its three months.

    Returns
    -------
    ndarray, shape (n,), USD per job and week
        NaN where nobody works in the quarter.

    Notes
    -----
    W / ((E1 + E2 + E3) / 3) / 13. The agency rounds it half up, and prints 0 where nobody works.

    Source: BLS Handbook of Methods, Quarterly Census of Employment and Wages.

    Examples
    --------
    >>> from lmi.measures.pay import avg_wkly_wage
    >>> avg_wkly_wage([130_000], [9], [10], [11])
    array([1000.])
    """
    wages, *months = floats(total_qtrly_wages, month1_emplvl, month2_emplvl, month3_emplvl)
    return ratio(3 * wages, np.asarray(sum(months)) * WEEKS_PER_QUARTER)


def pay_ratio(pay: Any, reference_pay: Any) -> FloatArray:
    """Return pay as a multiple of a reference pay.

    Parameters
    ----------
    pay : array_like, shape (n,), USD
        Average pay of each sector.
    reference_pay : array_like, shape (n,) or scalar, USD
        Average pay of the region over all industries, or a threshold such as the pay that
        sustains a family; over the same length of time.

    Returns
    -------
    ndarray, shape (n,)
        Above 1 where the sector pays more; NaN where the reference is missing.

    Notes
    -----
    w_ir / w_r.

    Examples
    --------
    >>> from lmi.measures.pay import pay_ratio
    >>> pay_ratio([60_000, 45_000], 50_000)
    array([1.2, 0.9])
    """
    return ratio(pay, reference_pay)


def add_pay(
    table: pd.DataFrame, *, emplvl: str = "annual_avg_emplvl", wages: str = "total_annual_wages"
) -> pd.DataFrame:
    """Add ``avg_annual_pay`` and ``annual_avg_wkly_wage`` to a table of sums.

    Parameters
    ----------
    table : DataFrame
        Table with `emplvl` (jobs) and `wages` (USD), both already summed.
    emplvl, wages : str
        Their columns.

    Returns
    -------
    DataFrame
        `table` with ``avg_annual_pay`` (USD per job) and ``annual_avg_wkly_wage`` (USD per job
        and week), not rounded.

    Raises
    ------
    MeasureError
        A column is missing.

    Notes
    -----
    See `avg_annual_pay`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.pay import add_pay
    >>> table = pd.DataFrame({"annual_avg_emplvl": [100], "total_annual_wages": [5_200_000]})
    >>> add_pay(table)[["avg_annual_pay", "annual_avg_wkly_wage"]].values.tolist()
    [[52000.0, 1000.0]]
    """
    require(table, [emplvl, wages])
    return table.assign(
        avg_annual_pay=avg_annual_pay(table[wages], table[emplvl]),
        annual_avg_wkly_wage=annual_avg_wkly_wage(table[wages], table[emplvl]),
    )


def pay_table(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    emplvl: str = "annual_avg_emplvl",
    wages: str = "total_annual_wages",
) -> pd.DataFrame:
    """Sum jobs and wages of cells, then divide.

    Parameters
    ----------
    cells : DataFrame
        Cells that do not contain one another, with `by`, `emplvl` (jobs) and `wages` (USD).
    by : sequence of str
        Columns to sum by.
    emplvl, wages : str
        Columns to sum.

    Returns
    -------
    DataFrame
        One row a group: `by`, `emplvl`, `wages`, ``avg_annual_pay``, ``annual_avg_wkly_wage``;
        missing where a cell of the group is.

    Raises
    ------
    MeasureError
        A column is missing.

    Notes
    -----
    See `avg_annual_pay`.

    Examples
    --------
    A county of 900 well paid jobs and one of 100 badly paid: the mean of the two is 60,000.

    >>> import pandas as pd
    >>> from lmi.measures.pay import pay_table
    >>> cells = pd.DataFrame(
    ...     {
    ...         "region": ["a", "a"],
    ...         "annual_avg_emplvl": [900, 100],
    ...         "total_annual_wages": [81_000_000, 3_000_000],
    ...     }
    ... )
    >>> pay_table(cells, ["region"])["avg_annual_pay"].tolist()
    [84000.0]
    """
    require(cells, [*by, emplvl, wages], "table of cells")
    sums = cells.groupby(list(by), sort=True)[[emplvl, wages]].sum(skipna=False).reset_index()
    return add_pay(sums, emplvl=emplvl, wages=wages)


def add_pay_ratio(
    table: pd.DataFrame,
    reference: pd.DataFrame | float,
    *,
    keys: Sequence[str] = ("region",),
    pay: str = "avg_annual_pay",
    reference_pay: str = "avg_annual_pay",
    out: str = "pay_ratio",
) -> pd.DataFrame:
    """Add each row's pay as a multiple of its region's pay or of a threshold.

    Parameters
    ----------
    table : DataFrame
        Long table with `keys` and `pay` (USD).
    reference : DataFrame or float
        `reference_pay` by those of `keys` that it has, or one amount for all, USD.
    keys : sequence of str
        Columns that tie a row to its reference.
    pay, reference_pay, out : str
        Names of the two kinds of pay and of their ratio (``pay_to_threshold_ratio`` where the
        reference is a threshold).

    Returns
    -------
    DataFrame
        `table` with `out`.

    Raises
    ------
    MeasureError
        A column is missing or `reference` repeats a key.

    Notes
    -----
    See `pay_ratio`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.pay import add_pay_ratio
    >>> table = pd.DataFrame({"region": ["a"], "avg_annual_pay": [60_000]})
    >>> add_pay_ratio(table, 48_000, out="pay_to_threshold_ratio").iloc[0, -1]
    np.float64(1.25)
    """
    require(table, [*keys, pay])
    base = look_up(table, reference, reference_pay, keys, "reference pay")
    return table.assign(**{out: pay_ratio(table[pay].to_numpy(), base)})
