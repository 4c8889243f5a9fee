"""Reference sizes: how much of the measure one unit of the base holds, where it is published.

For employment the base is establishments and the reference is jobs per establishment; for wages
the base is jobs and the reference is pay per job.
"""

from __future__ import annotations

import numpy as np

from lmi.suppression.hierarchy import FloatArray, Hierarchy, IntArray

__all__ = ["reference_ratios"]


def reference_ratios(tree: Hierarchy, published: FloatArray, base: FloatArray) -> FloatArray:
    """Give every row a published ratio of measure to base, from the nearest place that has one.

    Parameters
    ----------
    tree : Hierarchy
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    base : ndarray, shape (n,)
        What the measure is proportional to.

    Returns
    -------
    ndarray, shape (n,)
        NaN only where nothing at all is published.

    Notes
    -----
    In this order: the state's row of the same industry and ownership; the nation's; the published
    counties of the state taken together; then the same for the parent industry; at last all
    published rows together.
    """
    usable = np.isfinite(published) & (base > 0)
    own = np.divide(published, base, out=np.full(len(base), np.nan), where=usable)
    ratio = _first(_at(own, tree.state), _at(own, tree.nation), _pooled(tree, published, base))
    for level in range(1, 9):
        here = np.flatnonzero((tree.level == level) & np.isnan(ratio))
        ratio[here] = _at(ratio, tree.parent[here])
    total = base[usable].sum()
    return _first(ratio, np.full(len(ratio), published[usable].sum() / total if total else np.nan))


def _pooled(tree: Hierarchy, published: FloatArray, base: FloatArray) -> FloatArray:
    """Ratio over the published counties of the same state and cell; NaN where none is."""
    usable = np.isfinite(published) & (base > 0) & tree.is_county
    size = int(tree.cell.max(initial=-1)) + 1
    above = np.bincount(tree.cell[usable], published[usable], size)
    below = np.bincount(tree.cell[usable], base[usable], size)
    pooled = np.divide(above, below, out=np.full(size, np.nan), where=below > 0)
    return pooled[tree.cell]


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """Take values at row numbers, NaN for -1."""
    return np.where(rows >= 0, values[rows], np.nan)


def _first(*choices: FloatArray) -> FloatArray:
    """For every row the first choice that is a number."""
    result = choices[0].copy()
    for choice in choices[1:]:
        result = np.where(np.isnan(result), choice, result)
    return result
