"""Hard bounds of a withheld cell: what the published numbers around it leave it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray, sum_parts

__all__ = ["hard_bounds"]

# A bound reaches a cell over at most so many totals, up and down; more would move it by little.
ROUNDS = 24
SETTLED = 1e-6


def hard_bounds(
    tree: Hierarchy,
    published: FloatArray,
    slack: float,
    whole_parent: BoolArray | None = None,
    whole_state: BoolArray | None = None,
    nation: bool = False,
    start: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Bound every row by published numbers alone.

    Parameters
    ----------
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    slack : float
        Rounding of one published number: 0.5 for annual averages, 0 for sums.
    whole_parent, whole_state : ndarray of bool, shape (n,), optional
        Totals whose industries, whose counties, are all present; none unless told. Parts of
        others have their total as an upper limit only.
    nation : bool
        The nation's rows limit those of the states.
    start : (ndarray, ndarray), shape (n,) each, optional
        The least and the most that is known of a withheld row otherwise.

    Returns
    -------
    lo, hi : ndarray, shape (n,)
        Both the published value on a published row. `hi` is infinite where nothing published
        stands above a row.

    Notes
    -----
    For a total t with parts i, by industry, by county and by state:

        lo_t ≥ Σ lo_i,    hi_i ≤ hi_t − Σ_{j≠i} lo_j ≤ hi_t,

    and where all parts are present

        hi_t ≤ Σ hi_i,    lo_i ≥ lo_t − Σ_{j≠i} hi_j,

    each widened by the rounding of the numbers that enter, and repeated until nothing changes:
    valid, but not the tightest that the numbers imply, which `lmi.suppression.limits` finds. So a
    cell that is the only unknown of a total has lo = hi, or is known within rounding.
    """
    withheld = np.isnan(published)
    least, most = (0.0, np.inf) if start is None else start
    lo = np.where(withheld, least, published)
    hi = np.where(withheld, most, published)
    none = np.zeros(len(tree), dtype=bool)
    sums = [
        _sum(tree.parent, withheld, slack, none if whole_parent is None else whole_parent),
        _sum(tree.state, withheld, slack, none if whole_state is None else whole_state),
    ]
    if nation:
        sums.append(_sum(np.where(tree.state >= 0, -1, tree.nation), withheld, slack, none))
    for _ in range(ROUNDS):
        before = lo.sum(), hi[np.isfinite(hi)].sum(), np.isfinite(hi).sum()
        for one in sums:
            one.tighten_totals(lo, hi)
        for one in sums:
            one.tighten_parts(lo, hi)
        after = lo.sum(), hi[np.isfinite(hi)].sum(), np.isfinite(hi).sum()
        if np.abs(np.subtract(after, before)).max() <= SETTLED:
            break
    return lo, hi


@dataclass(frozen=True, eq=False)
class _Sum:
    """One kind of totals and their parts.

    Parameters
    ----------
    above : ndarray, shape (n,)
    part, total : ndarray
        Withheld parts; withheld totals.
    whole : ndarray of bool, shape (n,)
        Totals with all their parts present.
    over_lo, over_hi : ndarray, shape (n,)
        Rounding of the published parts of each total, and of all its parts.
    """

    above: IntArray
    part: IntArray
    total: IntArray
    whole: BoolArray
    over_lo: FloatArray
    over_hi: FloatArray
    slack: float

    def tighten_totals(self, lo: FloatArray, hi: FloatArray) -> None:
        """Raise the least and lower the most of withheld totals by those of their parts."""
        at = self.total
        least = (sum_parts(self.above, lo) - self.over_lo)[at] - self.slack
        lo[at] = np.minimum(np.maximum(lo[at], least), hi[at])
        most = (sum_parts(self.above, hi) + self.over_hi)[at] + self.slack
        most = np.where(self.whole[at], most, np.inf)
        hi[at] = np.maximum(np.minimum(hi[at], most), lo[at])

    def tighten_parts(self, lo: FloatArray, hi: FloatArray) -> None:
        """Lower the most and raise the least of withheld parts by what their totals leave."""
        at, above = self.part, self.above[self.part]
        others = sum_parts(self.above, lo)[above] - lo[at]
        left = np.maximum(hi[above] - others + self.over_lo[above] + 2 * self.slack, 0.0)
        hi[at] = np.maximum(np.minimum(hi[at], np.minimum(left, hi[above])), lo[at])
        endless = np.isinf(hi)
        n_endless = sum_parts(self.above, endless.astype(float))[above] - endless[at]
        others = sum_parts(self.above, np.where(endless, 0.0, hi))[above]
        others = others - np.where(endless[at], 0.0, hi[at])
        least = lo[above] - others - self.over_hi[above] - self.slack
        known = self.whole[above] & (n_endless == 0)
        lo[at] = np.where(known, np.minimum(np.maximum(lo[at], least), hi[at]), lo[at])


def _sum(above: IntArray, withheld: BoolArray, slack: float, whole: BoolArray) -> _Sum:
    has_parts = sum_parts(above, np.ones(len(above)))
    return _Sum(
        above=above,
        part=np.flatnonzero(withheld & (above >= 0)),
        total=np.flatnonzero(withheld & (has_parts > 0)),
        whole=whole & (has_parts > 0),
        over_lo=slack * sum_parts(above, (~withheld).astype(float)),
        over_hi=slack * has_parts,
        slack=slack,
    )
