"""Hard bounds of sums of a year's cells: the least and the most that published numbers allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from lmi.analysis.sums import EMPLVL, IntArray, Limiter
from lmi.measures.arithmetic import FloatArray
from lmi.suppression.hierarchy import build_hierarchy
from lmi.suppression.limits import sum_limits
from lmi.suppression.whole import establishment_gap, whole_states

__all__ = ["emplvl_limiter"]

ESTABS = "annual_avg_estabs"
# Annual averages are rounded to whole establishments and jobs.
ROUNDING = 0.5


def emplvl_limiter(cells: pd.DataFrame) -> Limiter:
    """Return what finds the hard bounds of sums of a year's jobs.

    Parameters
    ----------
    cells : DataFrame
        Estimated cells, with ``annual_avg_emplvl_published`` missing where withheld.

    Returns
    -------
    callable
        Takes the group and the row of each member and the number of groups; returns the least
        and the most of each group's sum, jobs.
    """
    tree = build_hierarchy(cells)
    published = cells[f"{EMPLVL}_published"].to_numpy(dtype=np.float64)
    estabs = cells[ESTABS].to_numpy(dtype=np.float64)
    lacks = establishment_gap(tree.parent, estabs, ROUNDING) > 0
    whole = whole_states(tree, estabs, ROUNDING)

    def limits(group: IntArray, row: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
        ones = np.ones(len(row))
        sums = sparse.csr_array((ones, (group, row)), shape=(n_groups, len(cells)))
        found = sum_limits(
            tree, published, sums, whole_parent=~lacks, whole_state=whole, slack=ROUNDING
        )
        return found.min, found.max

    return limits
