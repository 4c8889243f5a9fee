"""Whether a nation's numbers can be relied on to limit those of its states."""

from __future__ import annotations

import numpy as np

from lmi.suppression.cell_hierarchy import FloatArray, Hierarchy, sum_parts

__all__ = ["is_consistent"]

TINY = 1e-6


def is_consistent(tree: Hierarchy, published: FloatArray, slack: float) -> bool:
    """Tell whether the nation's numbers nowhere contradict each other or those of a state.

    Parameters
    ----------
    tree : Hierarchy
        With the families completed (`add_remainders`).
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    slack : float
        Rounding of one published number.

    Returns
    -------
    bool
        False also where there is no nation.

    Notes
    -----
    A nation that was rebuilt from rounded quotients is off by a little everywhere, and shows it
    in some totals. One such total is enough: what is off by a little is no limit.
    """
    withheld = np.isnan(published)
    nation = np.zeros(len(tree), dtype=bool)
    nation[tree.nation[tree.nation >= 0]] = True
    if not nation.any():
        return False
    in_nation = np.isin(tree.area, np.unique(tree.area[nation]))
    value = np.where(withheld, 0.0, published)
    families = np.where(in_nation, tree.parent, -1)
    states = np.where(tree.is_county, -1, tree.nation)
    for above, in_full in ((families, True), (states, False)):
        n_parts = sum_parts(above, np.ones(len(tree)))
        n_known = sum_parts(above, (~withheld).astype(float))
        off = sum_parts(above, value) - published
        rounding = slack * (n_known + 1) + TINY
        judged = ~withheld & (n_parts > 0)
        short = judged & (n_known == n_parts) & (off < -rounding) & in_full
        if (judged & (off > rounding) | short).any():
            return False
    return True
