"""What pins each value: in the words of the column ``source``."""

from __future__ import annotations

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, nearest_published, sum_parts
from lmi.suppression.fill import Filled
from lmi.suppression.problem import Problem

__all__ = ["SOURCES", "pinned_by"]

PUBLISHED = "published"
ADDED = "follows from published cells"
ROUNDED = "follows from published cells, within rounding"
HISTORY = "other periods, fitted to totals"
BOTH = "size, fitted to the area and the state"
AREA = "size, fitted to the area"
STATE = "size, fitted to the state"
REFERENCE = "reference size only"
NOTHING = "nothing published to go by"
SOURCES = (PUBLISHED, ADDED, ROUNDED, HISTORY, BOTH, AREA, STATE, REFERENCE, NOTHING)


def pinned_by(filled: Filled) -> np.ndarray:
    """Say of every row what its value rests on.

    Returns
    -------
    ndarray of str, shape (n_rows,)
        Of `SOURCES`.
    """
    problem, n = filled.problem, filled.problem.n_rows
    withheld = problem.withheld
    by_area = nearest_published(problem.tree.parent, withheld) >= 0
    by_state = _to_state(problem)
    return np.select(
        [
            ~withheld[:n],
            filled.fixed & (problem.slack == 0),
            filled.fixed,
            filled.prior.observed[:n],
            (by_area & by_state)[:n],
            by_area[:n],
            by_state[:n],
            np.isfinite(problem.ratio[:n]),
        ],
        [PUBLISHED, ADDED, ROUNDED, HISTORY, BOTH, AREA, STATE, REFERENCE],
        NOTHING,
    )


def _to_state(problem: Problem) -> BoolArray:
    """Rows whose state publishes their cell or one above it, with all counties present."""
    tree = problem.tree
    state = tree.state
    held = (state >= 0) & ~problem.withheld[state] & problem.whole[state]
    for level in range(9):
        down = np.flatnonzero((tree.level == level) & (tree.parent >= 0) & ~held)
        above = tree.parent[down]
        held[down] = held[above] & problem.withheld[above]
    parts = sum_parts(tree.parent, held.astype(float)) > 0
    return held | (parts & problem.withheld)
