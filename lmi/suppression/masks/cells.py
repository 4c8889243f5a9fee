"""The private cells of one state and one period as arrays, in order of key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import polars as pl

from lmi.codes import PRIVATE
from lmi.suppression.cell_hierarchy import (
    KEY,
    PERIOD,
    BoolArray,
    FloatArray,
    Hierarchy,
    build_hierarchy,
    in_scope,
)
from lmi.suppression.completeness import whole_states
from lmi.suppression.masks.complement import complement
from lmi.suppression.masks.withholding import keys_among
from lmi.suppression.problem import column_floats, rounding

__all__ = ["PrivateCells", "hide_in", "periods", "read_table"]

UNKNOWN_COUNTY = "999"
# What tells whether a row is withheld, and its establishments, by kind of table.
ANCHORS = {"month3_emplvl": "qtrly_estabs", "annual_avg_emplvl": "annual_avg_estabs"}


@dataclass(frozen=True, eq=False)
class PrivateCells:
    """Private cells of counties and their state in one period.

    Parameters
    ----------
    rows : DataFrame
        In order of key.
    value, estabs : ndarray, shape (n,)
    withheld : ndarray of bool, shape (n,)
    is_known_county : ndarray of bool, shape (n,)
        Counties without the "unknown or undefined" one.
    all_counties : ndarray of bool, shape (n,)
        State rows with all their counties present.
    """

    rows: pd.DataFrame
    tree: Hierarchy
    value: FloatArray
    estabs: FloatArray
    withheld: BoolArray
    is_known_county: BoolArray
    all_counties: BoolArray

    @cached_property
    def keys(self) -> pl.DataFrame:
        """The cells' keys, which are looked up once for every draw of what else is withheld."""
        return pl.from_pandas(self.rows[KEY])


def read_table(
    rows: pd.DataFrame, measure: str | None = None, estabs: str | None = None
) -> PrivateCells:
    """Read the private cells of one state and period.

    Parameters
    ----------
    measure, estabs : str, optional
        By default jobs of the third month, or of the year.
    """
    measure = measure or next(name for name in ANCHORS if name in rows)
    estabs = estabs or ANCHORS[measure]
    private = in_scope(rows) & rows["own_code"].eq(PRIVATE) & rows["agglvl_code"].str[0].ne("1")
    rows = rows[private.to_numpy()].sort_values(KEY)
    tree = build_hierarchy(rows)
    value, count = column_floats(rows[measure]), np.nan_to_num(column_floats(rows[estabs]))
    known = tree.is_county & ~rows["area_fips"].str.endswith(UNKNOWN_COUNTY).to_numpy(dtype=bool)
    whole = whole_states(tree, count, rounding(estabs))
    return PrivateCells(rows, tree, value, count, np.isnan(value), known, whole)


def periods(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of a state period by period."""
    of_state = rows["agglvl_code"].str[0].isin(["5", "7"])
    for _, period in rows[of_state.to_numpy()].groupby(PERIOD, sort=True):
        yield period


def hide_in(table: PrivateCells, cells: pd.DataFrame) -> pd.DataFrame:
    """Find what to withhold in a period so that some cells stay unknown.

    Parameters
    ----------
    table : PrivateCells
        The period.
    cells : DataFrame
        Cells by area_fips, own_code, industry_code, disclosed in the period or not.

    Returns
    -------
    DataFrame
        Keys and period of the disclosed ones among them, and of their complements.
    """
    new = keys_among(table.keys, pl.from_pandas(cells[KEY])) & ~table.withheld
    hidden = complement(table.tree, table.value, table.withheld, new, table.all_counties)
    return table.rows.loc[hidden, [*KEY, *PERIOD]]
