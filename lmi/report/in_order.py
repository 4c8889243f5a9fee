"""The order of rows by a measure: what cannot be placed stands last and apart, by name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.words import records
from lmi.words.intervals import is_vague

__all__ = ["by_size", "vague_rows"]


def vague_rows(table: pd.DataFrame, measure: str) -> np.ndarray:
    """Tell which rows have a measure that is too uncertain for a number.

    Examples
    --------
    >>> vague_rows(pd.DataFrame({"lq": [1.0], "lq_is_vague": [True]}), "lq")
    array([ True])
    """
    return np.array([is_vague(row, measure) for row in records(table)], dtype=bool)


def by_size(table: pd.DataFrame, measure: str, name: str, *others: str) -> pd.DataFrame:
    """Order rows by a measure, the largest first; then what cannot be placed, then what is missing.

    Parameters
    ----------
    name : str
        Column that puts in order what no number does.
    *others : str
        Measures that decide between equals.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["a", "b", "c"], "lq": [3.0, 1.0, 2.0],
    ...                       "lq_is_vague": [True, False, False]})
    >>> by_size(table, "lq", "name")["name"].tolist()
    ['c', 'b', 'a']
    """
    is_open, is_missing = vague_rows(table, measure), table[measure].isna().to_numpy()
    group = np.where(is_missing, 2, np.where(is_open, 1, 0))
    sizes = {size: table[size].where(group == 0) for size in (measure, *others)}
    order = pd.DataFrame({"_group": group, **sizes, "_name": table[name]}, table.index)
    ascending = [True, *(False for _ in sizes), True]
    placed = order.sort_values(["_group", *sizes, "_name"], ascending=ascending)
    return table.loc[placed.index].reset_index(drop=True)
