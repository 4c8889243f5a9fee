"""Fill withheld cells: guess the smallest, rake them to what is published, add them up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lmi.suppression.hierarchy import BoolArray, FloatArray, Hierarchy, IntArray, sum_parts
from lmi.suppression.raking import Margin, make_margin, rake

__all__ = ["Filled", "fill"]


@dataclass(frozen=True)
class Filled:
    """Values of every row, and what they rest on.

    Parameters
    ----------
    value : ndarray, shape (n,)
        Published, or estimated.
    estimated : ndarray of bool, shape (n,)
        Something in the value is estimated; a withheld total of published parts is not.
    by_parent, by_state : ndarray of bool, shape (n,)
        Raked to a published total of the area, of the state.
    over_families, over_states : int
        Published totals that are smaller than their published parts.
    """

    value: FloatArray
    estimated: BoolArray
    by_parent: BoolArray
    by_state: BoolArray
    over_families: int
    over_states: int


def fill(
    tree: Hierarchy,
    whole_state: BoolArray,
    published: FloatArray,
    guess: FloatArray,
    hi: FloatArray,
    slack: float,
    rounds: int,
) -> Filled:
    """Fill every withheld row.

    Parameters
    ----------
    tree : Hierarchy
    whole_state : ndarray of bool, shape (n,)
        State rows to which their counties may be raked.
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    guess : ndarray, shape (n,)
        First guess of every row.
    hi : ndarray, shape (n,)
        The most that every row can be.
    slack : float
        Rounding of one published number.
    rounds : int
        At most so many rounds of fitting.

    Returns
    -------
    Filled
    """
    withheld = np.isnan(published)
    smallest = withheld & ~_has_parts(tree)
    value = np.where(withheld, 0.0, published)
    near = _nearest_published(tree, withheld)
    left, room = _left(np.where(withheld, -1, near), value, slack)
    content = value.copy()
    _add_up(tree, withheld, content)

    of_state = np.isin(tree.area, tree.area[tree.state[tree.state >= 0]])
    cells = np.flatnonzero(smallest & ~of_state)
    family = make_margin(near[cells], left, room)
    across = _across(tree, cells, withheld, whole_state, content, slack)
    value[cells] = rake(guess[cells], [*across, family], rounds, hi[cells])
    _add_up(tree, withheld & ~of_state, value)

    # A state's withheld cell is the sum of its counties, and a guess for counties not present.
    rest = np.flatnonzero(smallest & of_state)
    own_family = make_margin(near[rest], left, room)
    value[rest] = own_family.fit((sum_parts(tree.state, value) + guess * ~whole_state)[rest])
    _add_up(tree, withheld & of_state, value)

    by_state = np.zeros(len(tree), dtype=bool)
    for margin in across:
        by_state[cells[margin.cells[margin.exact[margin.group]]]] = True
    return Filled(
        value=value,
        estimated=_with_totals(tree, withheld, smallest),
        by_parent=near >= 0,
        by_state=_with_totals(tree, withheld, by_state),
        over_families=int(family.over.sum() + own_family.over.sum()),
        over_states=int(sum(margin.over.sum() for margin in across)),
    )


def _has_parts(tree: Hierarchy) -> BoolArray:
    return sum_parts(tree.parent, np.ones(len(tree))) > 0


def _nearest_published(tree: Hierarchy, withheld: BoolArray) -> IntArray:
    """Find the nearest published row above each row, -1 for none."""
    near = tree.parent.copy()
    while True:
        climb = np.flatnonzero((near >= 0) & withheld[near])
        if not len(climb):
            return near
        near[climb] = tree.parent[near[climb]]


def _left(above: IntArray, value: FloatArray, slack: float) -> tuple[FloatArray, FloatArray]:
    """What each total leaves after its published parts, and the rounding in that number."""
    parts = sum_parts(above, np.ones(len(above)))
    return value - sum_parts(above, value), slack * (parts + 1) + 1e-6


def _across(
    tree: Hierarchy,
    cells: IntArray,
    withheld: BoolArray,
    whole_state: BoolArray,
    content: FloatArray,
    slack: float,
) -> list[Margin]:
    """One margin a level: counties' cells to what published state cells leave.

    A cell counts towards the state's six-digit total, and towards the state's sector too if its
    county withholds the sector. Where the county publishes the sector, that number stands; of a
    withheld one the published parts (`content`) stand. Where counties of the state are absent the
    total is only the most that the others can hold.
    """
    left, room = _left(tree.state, content, slack)
    at = cells.copy()
    margins: dict[int, list[IntArray]] = {}
    while (at >= 0).any():
        state = np.where(at >= 0, tree.state[at], -1)
        state = np.where((state >= 0) & ~withheld[state], state, -1)
        for level in np.unique(tree.level[at[state >= 0]]):
            row = np.where(tree.level[at] == level, state, -1)
            margins.setdefault(int(level), []).append(row)
        above = np.where(at >= 0, tree.parent[at], -1)
        at = np.where((above >= 0) & withheld[above], above, -1)
    return [
        make_margin(np.max(rows, axis=0), left, room, whole_state)
        for _, rows in sorted(margins.items())
    ]


def _add_up(tree: Hierarchy, rows: BoolArray, value: FloatArray) -> None:
    """Set the withheld totals among `rows` to the sum of their parts, deepest first."""
    parents = np.unique(tree.parent[tree.parent >= 0])
    parents = parents[rows[parents]]
    for level in range(8, -1, -1):
        at = parents[tree.level[parents] == level]
        if len(at):
            value[at] = sum_parts(tree.parent, value)[at]


def _with_totals(tree: Hierarchy, withheld: BoolArray, flag: BoolArray) -> BoolArray:
    """Flag also every withheld total that has a flagged part."""
    flag = flag.copy()
    for level in range(9, 0, -1):
        parent = tree.parent[flag & (tree.level == level) & (tree.parent >= 0)]
        flag[parent[withheld[parent]]] = True
    return flag
