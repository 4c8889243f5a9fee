"""Hard bounds of sums of a year's cells: the least and the most that published numbers allow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from lmi.analysis.absent import ABSENT
from lmi.analysis.sums import EMPLVL, IntArray, Limiter
from lmi.measures.arithmetic import FloatArray
from lmi.suppression.array_cache import contents_key, kept_arrays
from lmi.suppression.cell_hierarchy import KEY, build_hierarchy
from lmi.suppression.completeness import establishment_gap, whole_states
from lmi.suppression.limits import sum_limits
from lmi.suppression.problem import column_floats, rounding

__all__ = ["emplvl_limiter"]

ESTABS, PUBLISHED = "annual_avg_estabs", f"{EMPLVL}_published"
# All that the bounds are made from.
TOLD_BY = (*KEY, "agglvl_code", ESTABS, PUBLISHED)


def emplvl_limiter(cells: pd.DataFrame, folder: Path | None = None) -> Limiter:
    """Return what finds the hard bounds of sums of a year's jobs.

    Parameters
    ----------
    cells : DataFrame
        Estimated cells, with ``annual_avg_emplvl_published`` missing where withheld.
    folder : pathlib.Path, optional
        Where bounds are kept, since finding them takes seconds; without it they are found anew
        each time.

    Returns
    -------
    callable
        Takes the group and the row of each member and the number of groups; returns the least
        and the most of each group's sum, jobs.
    """
    is_absent = (cells["source"] == ABSENT).to_numpy()
    held = cells[~is_absent]  # the absent stand below them

    def of_held(group: IntArray, row: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
        if folder is None:
            return _limits(held, group, row, n_groups)
        made_from = contents_key(held[list(TOLD_BY)], group, row, str(n_groups))
        least, most = kept_arrays(
            folder / f"limits-{made_from}.npz",
            ("min", "max"),
            n_groups,
            lambda: _limits(held, group, row, n_groups),
        )
        return least, most

    def find(group: IntArray, row: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
        beside = is_absent[row]
        bounds = of_held(group[~beside], row[~beside], n_groups)
        if not beside.any():
            return bounds
        least, most = (
            limits + np.bincount(group[beside], cells[column].to_numpy()[row[beside]], n_groups)
            for limits, column in zip(bounds, (f"{EMPLVL}_min", f"{EMPLVL}_max"), strict=True)
        )
        return least, most

    return find


def _limits(
    cells: pd.DataFrame, group: IntArray, row: IntArray, n_groups: int
) -> tuple[FloatArray, FloatArray]:
    tree = build_hierarchy(cells)
    published, estabs = column_floats(cells[PUBLISHED]), column_floats(cells[ESTABS])
    found = sum_limits(
        tree,
        published,
        sparse.csr_array((np.ones(len(row)), (group, row)), shape=(n_groups, len(cells))),
        whole_parent=~(establishment_gap(tree.parent, estabs, rounding(ESTABS)) > 0),
        whole_state=whole_states(tree, estabs, rounding(ESTABS)),
        slack=rounding(EMPLVL),
    )
    return found.min, found.max
