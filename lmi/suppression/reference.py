"""Reference sizes: how much of the measure one unit of the base holds, where it is published.

For employment the base is establishments and the reference is jobs per establishment; for wages
the base is jobs and the reference is pay per job.
"""

from __future__ import annotations

import numpy as np

from lmi.suppression.cell_hierarchy import (
    BoolArray,
    FloatArray,
    Hierarchy,
    IntArray,
    nearest_published,
)
from lmi.suppression.worlds import OFFICES

__all__ = ["reference_ratios"]

# Less of the base than this is what subtracting leaves of nothing.
TINY = 1e-6


def reference_ratios(
    tree: Hierarchy, published: FloatArray, base: FloatArray, world: IntArray | None = None
) -> FloatArray:
    """Give every row a published ratio of measure to base, from the nearest place that has one.

    Parameters
    ----------
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    base : ndarray, shape (n,)
        What the measure is proportional to.
    world : ndarray, shape (n,), optional
        Of `WORLDS`; all private unless given.

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

    Of a government's cells the same industry under other ownerships comes before the parent
    industry, and the ratio is the geometric mean with that of the cell's own area (`_around`).
    """
    governs = np.zeros(len(base), dtype=bool) if world is None else world >= OFFICES
    usable = np.isfinite(published) & (base > 0)
    own = _divided(np.where(usable, published, np.nan), base)
    above = _first(_at(own, tree.state), _at(own, tree.nation))
    of_county = usable & tree.is_county
    by_cell = _Pool(tree.cell, published, base, of_county)
    # The total of all ownerships is none beside them.
    by_industry = _Pool(tree.industry, published, base, of_county & (tree.level > 0))
    other_owners = np.where(governs, by_industry.without(by_cell), np.nan)
    ratio = _first(above, by_cell.ratio(), other_owners)
    for level in range(1, 9):
        lower = np.flatnonzero((tree.level == level) & np.isnan(ratio))
        ratio[lower] = _at(ratio, tree.parent[lower])
    alone = _first(by_cell.ratio(beside=True), other_owners, _at(ratio, tree.parent))
    ratio = _first(above, np.where(of_county, alone, ratio))
    total = base[usable].sum()
    ratio = _first(ratio, np.full(len(ratio), published[usable].sum() / total if total else np.nan))
    around = np.where(governs, _around(tree, published, base), np.nan)
    both = (around > 0) & (ratio > 0)
    return np.where(both, np.sqrt(np.where(both, ratio * around, 1.0)), ratio)


def _around(tree: Hierarchy, published: FloatArray, base: FloatArray) -> FloatArray:
    """Ratio of the nearest published total of the area that holds more of the base than the cell.

    A published cell is taken out of it. On the disclosed cells of Colorado, Ohio and Hawaii the
    geometric mean with the reference errs by less than either: by 3.9 in place of 6.0 and 4.5
    (squared logarithms) of state government in central Ohio in 2022.
    """
    above = nearest_published(tree.parent, np.isnan(published))
    total = above.copy()
    while (climb := (total >= 0) & (base[total] <= base)).any():
        total[climb] = above[total[climb]]
    known = np.isfinite(published)
    held, size = (_at(v, total) - np.where(known, v, 0.0) for v in (published, base))
    return _divided(held, size)


class _Pool:
    """Measure and base of the published counties of each group of cells, taken together."""

    def __init__(
        self, group: IntArray, published: FloatArray, base: FloatArray, usable: BoolArray
    ) -> None:
        self.own = tuple(np.where(usable, values, 0.0) for values in (published, base))
        self.held = tuple(
            np.bincount(group, values)[group].astype(np.float64) for values in self.own
        )

    def ratio(self, beside: bool = False) -> FloatArray:
        """Ratio of each cell's group, or of the others beside it; NaN where none is published."""
        above, below = self.held
        if beside:
            above, below = above - self.own[0], below - self.own[1]
        return _divided(above, below)

    def without(self, part: _Pool) -> FloatArray:
        """Ratio of what of each group is not in the smaller one."""
        (above, below), (less, smaller) = self.held, part.held
        return _divided(above - less, below - smaller)


def _divided(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > TINY)


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """Take values at row numbers, NaN for -1."""
    return np.where(rows >= 0, values[rows], np.nan)


def _first(*choices: FloatArray) -> FloatArray:
    """For every row the first choice that is a number."""
    result = choices[0].copy()
    for choice in choices[1:]:
        result = np.where(np.isnan(result), choice, result)
    return result
