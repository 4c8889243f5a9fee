"""Simpler ways to fill withheld cells, to compare with: what tools without a better idea do.

All take the rows that `lmi.suppression.estimate` takes, work top down, and leave what is published
as it is. None looks at other periods or gives an interval.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from lmi.suppression.cell_hierarchy import (
    KEY,
    PERIOD,
    BoolArray,
    FloatArray,
    IntArray,
    build_hierarchy,
    in_scope,
    nearest_published,
    sum_parts,
)
from lmi.suppression.completeness import whole_states
from lmi.suppression.problem import column_floats, rounding
from lmi.suppression.raking import Margin, make_margin, rake
from lmi.suppression.reference import reference_ratios

__all__ = ["equal_split", "establishment_share", "top_down_raking", "zero_fill"]

ROUNDS = 100


def zero_fill(rows: pd.DataFrame, measure: str, estabs: str) -> pd.DataFrame:
    """Take every withheld cell for zero, as the files write it.

    Returns
    -------
    DataFrame
        Rows in scope with their index: key, agglvl_code, period, ``estimate``.
    """
    rows, published, _ = _read(rows, measure, estabs)
    return _result(rows, np.nan_to_num(published))


def equal_split(rows: pd.DataFrame, measure: str, estabs: str) -> pd.DataFrame:
    """Give the withheld parts of a total equal shares of what its published parts leave.

    Returns
    -------
    DataFrame
        As `zero_fill`.

    Notes
    -----
    The total is the nearest published one of the same area; the parts are those of the cell's own
    industry level below it.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     [("5", "10", "71", 16, 100), ("5", "11", "74", 4, 40), ("5", "23", "74", 9, None),
    ...      ("5", "62", "74", 3, None)],
    ...     columns=["own_code", "industry_code", "agglvl_code", "qtrly_estabs", "month3_emplvl"],
    ... ).assign(area_fips="99001")
    >>> equal_split(rows, "month3_emplvl", "qtrly_estabs")["estimate"].tolist()
    [100.0, 40.0, 30.0, 30.0]
    """
    return _shared(rows, measure, estabs, lambda count: np.ones(len(count)))


def establishment_share(rows: pd.DataFrame, measure: str, estabs: str) -> pd.DataFrame:
    """Share what the published parts of a total leave in proportion to establishments.

    Returns
    -------
    DataFrame
        As `zero_fill`; totals and parts as in `equal_split`.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     [("5", "10", "71", 16, 100), ("5", "11", "74", 4, 40), ("5", "23", "74", 9, None),
    ...      ("5", "62", "74", 3, None)],
    ...     columns=["own_code", "industry_code", "agglvl_code", "qtrly_estabs", "month3_emplvl"],
    ... ).assign(area_fips="99001")
    >>> establishment_share(rows, "month3_emplvl", "qtrly_estabs")["estimate"].tolist()
    [100.0, 40.0, 45.0, 15.0]
    """
    return _shared(rows, measure, estabs, lambda count: count)


def top_down_raking(rows: pd.DataFrame, measure: str, estabs: str) -> pd.DataFrame:
    """Rake establishments × average size in the state, one industry level after another.

    Returns
    -------
    DataFrame
        As `zero_fill`.

    Notes
    -----
    From the total down, a level's withheld cells are fitted in turn to what the state's cell
    leaves after its published counties and to what the parent, published or just estimated,
    leaves after its published parts. A state's own withheld cells come before those of its
    counties; where counties are absent the state is only an upper limit.
    """
    rows, published, count = _read(rows, measure, estabs)
    tree = build_hierarchy(rows)
    whole = whole_states(tree, count, rounding(estabs))
    guess = np.nan_to_num(reference_ratios(tree, published, count) * count)
    withheld, value = np.isnan(published), np.nan_to_num(published)
    for level in range(9):
        for area in (~tree.is_county, tree.is_county):
            cells = np.flatnonzero(withheld & area & (tree.level == level))
            margins = [
                _margin(tree.state, cells, value, whole),
                _margin(tree.parent, cells, value, np.ones(len(tree), dtype=bool)),
            ]
            value[cells] = rake(guess[cells], margins, ROUNDS)
    return _result(rows, value)


def _margin(above: IntArray, cells: IntArray, value: FloatArray, exact: BoolArray) -> Margin:
    """Fit cells, still zero, to what their totals leave after the other parts."""
    left = value - sum_parts(above, value)
    return make_margin(above[cells], left, exact)


def _shared(
    rows: pd.DataFrame, measure: str, estabs: str, weigh: Callable[[FloatArray], FloatArray]
) -> pd.DataFrame:
    rows, published, count = _read(rows, measure, estabs)
    tree = build_hierarchy(rows)
    withheld, value = np.isnan(published), np.nan_to_num(published)
    near, left, weight = nearest_published(tree.parent, withheld), value.copy(), weigh(count)
    for level in range(9):
        at = tree.level == level
        left -= sum_parts(np.where(at & ~withheld, near, -1), value)
        cells = np.flatnonzero(at & withheld)
        margin = make_margin(near[cells], left)
        value[cells] = np.where(near[cells] >= 0, margin.fit(weight[cells]), 0.0)
    return _result(rows, value)


def _read(
    rows: pd.DataFrame, measure: str, estabs: str
) -> tuple[pd.DataFrame, FloatArray, FloatArray]:
    rows = rows[in_scope(rows).to_numpy()]
    return rows, column_floats(rows[measure]), np.nan_to_num(column_floats(rows[estabs]))


def _result(rows: pd.DataFrame, value: FloatArray) -> pd.DataFrame:
    keys = [c for c in (*KEY, "agglvl_code", *PERIOD) if c in rows]
    return rows[keys].assign(estimate=value)
