"""Published totals that their parts contradict, so that no table can agree with all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, sum_parts
from lmi.suppression.constraints import Constraints
from lmi.suppression.problem import Problem

__all__ = ["find_contradictions", "in_states"]

TINY = 1e-6


def find_contradictions(
    problem: Problem, constraints: Constraints, relaxed: FloatArray
) -> tuple[BoolArray, BoolArray]:
    """Tell the totals that do not agree with their parts.

    Parameters
    ----------
    relaxed : ndarray, shape (m,)
        By how much each constraint's total had to be changed.

    Returns
    -------
    of_area, of_state : ndarray of bool, shape (n_rows,)
        Rows whose industries or ownerships, and rows whose counties, add up to more than is
        published, by more than rounding; or, where the parts are withheld, had to be let off.

    Notes
    -----
    Families with nothing withheld are looked at in counties and states alone: a nation that was
    rebuilt from rounded quotients is off in hundreds of them, and no estimate rests on these.
    """
    tree, withheld = problem.tree, problem.withheld
    looked_at = tree.is_county | (sum_parts(tree.state, np.ones(len(tree))) > 0)
    found = []
    for above, by_state in ((tree.parent, False), (tree.state, True)):
        parts = sum_parts(above, np.where(withheld, 0.0, problem.known))
        rounding = problem.slack * (sum_parts(above, (~withheld).astype(float)) + 1)
        over = looked_at & ~withheld & (parts - problem.known > rounding + TINY)
        let_off = (constraints.over | (relaxed != 0)) & (constraints.by_state == by_state)
        over[constraints.of[let_off]] = True
        found.append(over[: problem.n_rows])
    return found[0], found[1]


def in_states(named: Iterable[str], states: Collection[str]) -> tuple[str, ...]:
    """Keep the cells of some states and their counties.

    Parameters
    ----------
    named : iterable of str
        Cells as area/ownership/industry.
    states : collection of str
        State FIPS codes.

    Notes
    -----
    A nation that was rebuilt from rounded quotients contradicts itself in places; that is no
    news of the states that were asked for.

    Examples
    --------
    >>> in_states(["08001/5/10", "US000/5/62"], {"08"})
    ('08001/5/10',)
    """
    return tuple(cell for cell in named if cell[:2] in states)
