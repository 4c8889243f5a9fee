"""What the withheld cells must add up to: one row a published or withheld total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, IntArray, sum_parts
from lmi.suppression.problem import Problem

__all__ = ["Constraints", "make_constraints"]

TINY = 1e-6


@dataclass(frozen=True, eq=False)
class Constraints:
    """Linear constraints on the withheld rows: ``matrix @ x = total``, or at most that.

    Parameters
    ----------
    rows : ndarray, shape (k,)
        Row of the problem that each unknown stands for.
    matrix : csr_matrix, shape (m, k)
        1 for a part, −1 for a withheld total.
    total : ndarray, shape (m,)
        What the unknown parts add up to: a published total less its published parts.
    exact : ndarray of bool, shape (m,)
        Else the total is only the most that the parts can hold.
    slack : ndarray, shape (m,)
        What rounding of the published numbers can make of the total.
    of : ndarray, shape (m,)
        Row of the problem whose parts these are.
    by_state : ndarray of bool, shape (m,)
        Parts are counties; else industries or ownerships of one area.
    over : ndarray of bool, shape (m,)
        The published parts exceed the published total by more than rounding; the unknown ones
        were taken to add up to nothing.
    """

    rows: IntArray
    matrix: sparse.csr_matrix
    total: FloatArray
    exact: BoolArray
    slack: FloatArray
    of: IntArray
    by_state: BoolArray
    over: BoolArray


def make_constraints(problem: Problem) -> Constraints:
    """Write down every sum that has an unknown in it.

    Returns
    -------
    Constraints
        Families of each area first, then the counties of each state.
    """
    tree, withheld = problem.tree, problem.withheld
    unknown = np.flatnonzero(withheld)
    position = np.full(len(tree), -1, dtype=np.int64)
    position[unknown] = np.arange(len(unknown))
    found = [
        _sums(problem, above, position, by_state)
        for above, by_state in ((tree.parent, False), (tree.state, True))
    ]
    matrix = sparse.vstack([f[0] for f in found]).tocsr()
    total, slack, of, by_state = (np.concatenate([f[i] for f in found]) for i in range(1, 5))
    only_parts = ~withheld[of]
    over = only_parts & (total < -slack - TINY)
    return Constraints(
        rows=unknown,
        matrix=matrix,
        total=np.where(only_parts, np.maximum(total, 0.0), total),
        exact=~by_state | problem.whole[of],
        slack=slack,
        of=of,
        by_state=by_state,
        over=over,
    )


def _sums(
    problem: Problem, above: IntArray, position: IntArray, by_state: bool
) -> tuple[sparse.csr_matrix, FloatArray, FloatArray, IntArray, BoolArray]:
    """Sums over one kind of parts: matrix, totals, rounding, rows, whether of counties."""
    n, withheld = len(above), problem.withheld
    n_parts = sum_parts(above, np.ones(n))
    unknown_parts = sum_parts(above, withheld.astype(float))
    of = np.flatnonzero((n_parts > 0) & ((unknown_parts > 0) | withheld))
    number = np.full(n, -1, dtype=np.int64)
    number[of] = np.arange(len(of))
    part = np.flatnonzero(withheld & (above >= 0))
    held = of[withheld[of]]
    matrix = sparse.csr_matrix(
        (
            np.repeat([1.0, -1.0], [len(part), len(held)]),
            (
                np.concatenate([number[above[part]], number[held]]),
                np.concatenate([position[part], position[held]]),
            ),
        ),
        (len(of), int(withheld.sum())),
    )
    value = np.where(withheld, 0.0, problem.known)
    total = value[of] - sum_parts(above, value)[of]
    slack = problem.slack * (n_parts[of] + 1)
    return matrix, total, slack, of, np.full(len(of), by_state)
