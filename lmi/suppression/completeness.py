"""Which totals have all their parts in the data, and what stands in for parts that are absent.

Agencies withhold jobs and wages but never establishments, so parts that are absent from the data
show as establishments that are missing. A family that lacks members gets a remainder row, which
takes its share of what the parent leaves and is dropped at the end.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray, sum_parts

__all__ = ["add_remainders", "establishment_gap", "whole_states"]

# A state counts as whole when its counties lack less than this share of its establishments.
STATE_GAP = 0.01


def establishment_gap(above: IntArray, estabs: FloatArray, slack: float) -> FloatArray:
    """Count the establishments of each row that none of its parts holds.

    Parameters
    ----------
    above : ndarray, shape (n,)
        Row number of the total that each row is part of, -1 for none.
    estabs : ndarray, shape (n,), establishments
    slack : float
        Rounding of one establishment count: 0 for counts, 0.5 for annual averages.

    Returns
    -------
    ndarray, shape (n,)
        0 within rounding; NaN for a row without parts.
    """
    parts = sum_parts(above, np.ones(len(above)))
    gap = estabs - sum_parts(above, estabs)
    gap = np.where(gap <= slack * (parts + 1), 0.0, gap)
    return np.where(parts > 0, gap, np.nan)


def whole_states(tree: Hierarchy, estabs: FloatArray, slack: float) -> BoolArray:
    """Tell which state rows have all their counties present.

    Parameters
    ----------
    estabs : ndarray, shape (n,), establishments
    slack : float
        Rounding of one establishment count.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    A row must be whole, and its state nearly so over all rows: within the rounding of annual
    averages a small cell cannot be told from one that lacks a county.
    """
    gap = establishment_gap(tree.state, estabs, slack)
    totals = np.flatnonzero(~np.isnan(gap))
    size = int(tree.area.max(initial=-1)) + 1
    due = np.bincount(tree.area[totals], estabs[totals], size)
    held = np.bincount(tree.area[totals], sum_parts(tree.state, estabs)[totals], size)
    return (gap == 0) & (held >= (1 - STATE_GAP) * due)[tree.area]


def add_remainders(
    tree: Hierarchy, published: FloatArray, base: FloatArray, gap: FloatArray
) -> tuple[Hierarchy, FloatArray, FloatArray]:
    """Append one withheld row to every family that lacks members.

    Parameters
    ----------
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    base : ndarray, shape (n,)
        What the measure is proportional to.
    gap : ndarray, shape (n,), establishments
        `establishment_gap` of the families.

    Returns
    -------
    tree, published, base
        The same with m rows more.
    """
    parent = np.flatnonzero(gap > 0)
    m, held = len(parent), sum_parts(tree.parent, base)
    none = np.full(m, -1, dtype=np.int64)
    extended = replace(
        tree,
        level=np.append(tree.level, tree.level[parent] + 1),
        area=np.append(tree.area, tree.area[parent]),
        parent=np.append(tree.parent, parent),
        state=np.append(tree.state, none),
        nation=np.append(tree.nation, none),
        cell=np.append(tree.cell, np.arange(m) + tree.cell.max(initial=-1) + 1),
        industry=np.append(tree.industry, np.arange(m) + tree.industry.max(initial=-1) + 1),
        is_county=np.append(tree.is_county, tree.is_county[parent]),
    )
    rest = np.maximum(base[parent] - held[parent], 0.0)
    return extended, np.append(published, np.full(m, np.nan)), np.append(base, rest)
