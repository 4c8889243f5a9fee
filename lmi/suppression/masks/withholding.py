"""Withhold more of a table than the agency did: blank cells, and what gives them away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl

from lmi.schema import Column, qcew_table
from lmi.suppression.cell_hierarchy import KEY, PERIOD, BoolArray

__all__ = ["blank", "keys_among", "withhold"]

WITHHELD = "N"
ROW = "row"


def withhold(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Withhold cells as the agency does.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows as the store gives them, of any periods.
    cells : DataFrame
        ``year``, ``qtr``, ``area_fips``, ``own_code``, ``industry_code`` of the cells to withhold.

    Returns
    -------
    DataFrame
        The same rows. Jobs, wages, quotients and changes of the cells are missing, establishments
        stay, and the changes over the year that end in a withheld period or start from one are
        missing too: the agency prints a change only where it prints both years.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "area_fips": "99001", "own_code": "5", "industry_code": "62", "year": [2015, 2016],
    ...     "qtr": "1", "qtrly_estabs": 4, "month3_emplvl": [40.0, 44.0],
    ...     "oty_month3_emplvl_chg": [2.0, 4.0]})
    >>> withhold(rows, rows[["year", "qtr", *KEY]].head(1)).iloc[:, 4:].to_numpy().tolist()
    [['1', 4, nan, nan], ['1', 4, 44.0, nan]]
    """
    by = [*KEY, *PERIOD]
    keys = pl.from_pandas(rows[by])
    wanted = pl.from_pandas(cells[by].astype(rows[by].dtypes.to_dict()))
    hidden = keys_among(keys, wanted)
    changed = hidden | keys_among(keys, wanted.with_columns(pl.col("year") + 1))
    return blank(blank(rows, changed, "oty_disclosure_code"), hidden)


def blank(rows: pd.DataFrame, hidden: BoolArray, only: str | None = None) -> pd.DataFrame:
    """Blank everything that a disclosure code withholds in some rows.

    Parameters
    ----------
    hidden : ndarray of bool, shape (n,)
    only : str, optional
        One disclosure column and what it withholds; by default all of them.
    """
    if not hidden.any():
        return rows
    gated = [c for c in _columns() if c.name in rows and c.gate and only in (None, c.gate)]
    values = {c.name: rows[c.name].astype("float64").mask(hidden) for c in gated}
    for name in {c.gate for c in gated} & set(rows.columns):
        values[name] = rows[name].mask(hidden, WITHHELD)
    return rows.assign(**values)


def keys_among(keys: pl.DataFrame, wanted: pl.DataFrame) -> BoolArray:
    """Tell the keys that are among those of another table.

    Parameters
    ----------
    keys, wanted : polars.DataFrame
        Columns of the same names and types.

    Returns
    -------
    ndarray of bool, shape (n,)
        Of the n keys.
    """
    numbered = keys.with_row_index(ROW)
    among = np.zeros(keys.height, dtype=bool)
    among[numbered.join(wanted, on=wanted.columns, how="semi")[ROW].to_numpy()] = True
    return among


def _columns() -> list[Column]:
    both = (*qcew_table("annual").columns, *qcew_table("quarterly").columns)
    return list({c.name: c for c in both}.values())
