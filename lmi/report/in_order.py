"""The order of rows by a measure: what cannot be placed stands last and apart, by name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.assessment.apart import beneath
from lmi.words import Row, records
from lmi.words.claims import middle_of
from lmi.words.how_sure import is_measured, is_vague

__all__ = ["BENEATH", "by_size", "labels", "measured_rows", "vague_rows"]

BENEATH = "\N{EN DASH} "


def measured_rows(table: pd.DataFrame, *measures: str) -> list[Row]:
    """Return the rows that have a number, or a range in its place, of any of some measures.

    Examples
    --------
    >>> measured_rows(pd.DataFrame({"lq": [1.0, None]}), "lq")
    [{'lq': 1.0}]
    """
    return [row for row in records(table) if any(is_measured(row, name) for name in measures)]


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

    A range in place of a number stands where its middle does. Of candidates, a part stands beneath
    its whole where both can be placed.

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
    is_open = vague_rows(table, measure)
    is_missing = np.array([not is_measured(row, measure) for row in records(table)], dtype=bool)
    group = np.where(is_missing, 2, np.where(is_open, 1, 0))
    rows = records(table)
    sizes = {
        size: np.where(group == 0, [middle_of(row, size) for row in rows], np.nan)
        for size in (measure, *others)
    }
    order = pd.DataFrame({"_group": group, **sizes, "_name": table[name]}, table.index)
    ascending = [True, *(False for _ in sizes), True]
    placed = order.sort_values(["_group", *sizes, "_name"], ascending=ascending)
    ordered = table.loc[placed.index].reset_index(drop=True)
    if "part_of" not in ordered:
        return ordered
    is_placed = placed["_group"].to_numpy() == 0
    there = ordered["part_of"].isin(set(ordered.loc[is_placed, "candidate"]))
    return beneath(ordered, is_placed & there)


def labels(table: pd.DataFrame) -> list[str]:
    """Write the names of candidates, those of parts as beneath their wholes.

    Examples
    --------
    >>> labels(pd.DataFrame({"candidate_name": ["Care", "Homes"], "candidate": ["care", "homes"],
    ...                      "part_of": ["", "care"]}))
    ['Care', '– Homes']
    """
    is_part = table["part_of"].isin(set(table["candidate"]))
    return [
        f"{BENEATH if part else ''}{name}"
        for name, part in zip(table["candidate_name"], is_part, strict=True)
    ]
