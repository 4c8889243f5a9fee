"""Reference sizes: how much of the measure one unit of the base holds, where it is published.

For employment the base is establishments and the reference is jobs per establishment; for wages
the base is jobs and the reference is pay per job.
"""

from __future__ import annotations

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray

__all__ = ["reference_ratios"]

# Less of the base than this is what subtracting leaves of nothing.
TINY = 1e-6


def reference_ratios(tree: Hierarchy, published: FloatArray, base: FloatArray) -> FloatArray:
    """Give every row a published ratio of measure to base, from the nearest place that has one.

    Parameters
    ----------
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
    In this order: the state's row of the same industry and ownership; the nation's; the other
    published counties of the state taken together; then the same for the parent industry; at last
    all published rows together. A published county is not its own reference: what a size says of
    withheld cells is learned on it.
    """
    usable = np.isfinite(published) & (base > 0)
    own = np.divide(published, base, out=np.full(len(base), np.nan), where=usable)
    above = _first(_at(own, tree.state), _at(own, tree.nation))
    ratio = _first(above, _pooled(tree, published, base, usable, with_itself=True))
    for level in range(1, 9):
        here = np.flatnonzero((tree.level == level) & np.isnan(ratio))
        ratio[here] = _at(ratio, tree.parent[here])
    others = _pooled(tree, published, base, usable, with_itself=False)
    ratio = _first(above, others, np.where(usable & tree.is_county, _at(ratio, tree.parent), ratio))
    total = base[usable].sum()
    return _first(ratio, np.full(len(ratio), published[usable].sum() / total if total else np.nan))


def _pooled(
    tree: Hierarchy, published: FloatArray, base: FloatArray, usable: BoolArray, with_itself: bool
) -> FloatArray:
    """Ratio over the published counties of the same state and cell; NaN where none is."""
    usable, size = usable & tree.is_county, int(tree.cell.max(initial=-1)) + 1
    above, below = (
        np.bincount(tree.cell[usable], values[usable], size)[tree.cell]
        for values in (published, base)
    )
    if not with_itself:
        above, below = (
            held - np.where(usable, values, 0.0)
            for held, values in ((above, published), (below, base))
        )
    return np.divide(above, below, out=np.full(len(base), np.nan), where=below > TINY)


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """Take values at row numbers, NaN for -1."""
    return np.where(rows >= 0, values[rows], np.nan)


def _first(*choices: FloatArray) -> FloatArray:
    """For every row the first choice that is a number."""
    result = choices[0].copy()
    for choice in choices[1:]:
        result = np.where(np.isnan(result), choice, result)
    return result
