"""Hard bounds of a withheld cell: at least its published parts, at most what is left above it."""

from __future__ import annotations

import numpy as np

from lmi.suppression.hierarchy import FloatArray, Hierarchy, sum_parts

__all__ = ["hard_bounds"]


def hard_bounds(
    tree: Hierarchy, published: FloatArray, slack: float
) -> tuple[FloatArray, FloatArray]:
    """Bound every row by published numbers alone.

    Parameters
    ----------
    tree : Hierarchy
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    slack : float
        Rounding of one published number: 0.5 for annual averages, 0 for sums.

    Returns
    -------
    lo, hi : ndarray, shape (n,)
        Both the published value on a published row. `hi` is infinite where nothing published
        stands above a row.

    Notes
    -----
    lo = sum of the published parts of the row, by industry or by county, whichever is more;
    hi = lo + least over parent and state of (its hi − the lo of all its parts), and never more
    than their hi. Both are widened by the rounding of the numbers that enter. One pass up and one
    pass down: valid, but not the tightest that the numbers imply.
    """
    withheld = np.isnan(published)
    lo = np.where(withheld, 0.0, published)
    rounding = {
        name: slack * (sum_parts(above, (~withheld).astype(float)) + 1)
        for name, above in (("parent", tree.parent), ("state", tree.state))
    }
    for level in range(9, -1, -1):
        for area in (tree.is_county, ~tree.is_county):
            at = np.flatnonzero(area & withheld & (tree.level == level))
            if len(at):
                by_industry = sum_parts(tree.parent, lo) - rounding["parent"]
                by_county = sum_parts(tree.state, lo) - rounding["state"]
                lo[at] = np.maximum(np.maximum(by_industry, by_county), 0.0)[at]
    hi = np.where(withheld, np.inf, published)
    spare = [
        (tree.parent, rounding["parent"] + slack - sum_parts(tree.parent, lo)),
        (tree.state, rounding["state"] + slack - sum_parts(tree.state, lo)),
    ]
    for area in (~tree.is_county, tree.is_county):
        for level in range(10):
            at = np.flatnonzero(area & withheld & (tree.level == level))
            for above, room in spare:
                total = above[at]
                left = lo[at] + np.maximum(hi[total] + room[total], 0.0)
                limit = np.where(total >= 0, np.minimum(left, hi[total]), np.inf)
                hi[at] = np.minimum(hi[at], limit)
            hi[at] = np.maximum(hi[at], lo[at])
    return lo, hi
