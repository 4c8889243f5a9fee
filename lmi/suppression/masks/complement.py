"""Complementary withholding: no withheld cell may be found by subtracting the others of its family.

An agency that withholds a cell withholds a second one in its family, by industry and by county,
or the first would follow from the published total.
"""

from __future__ import annotations

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray, sum_parts

__all__ = ["complement"]

# The total of an ownership is never withheld here: domains and below may be.
HIGHEST = 2
ROUNDS = 100


def complement(
    tree: Hierarchy,
    value: FloatArray,
    withheld: BoolArray,
    new: BoolArray,
    all_counties: BoolArray,
) -> BoolArray:
    """Withhold further county cells until no newly withheld one can be found by subtraction.

    Parameters
    ----------
    value : ndarray, shape (n,)
        The measure, of every row that is not withheld by the agency.
    withheld : ndarray of bool, shape (n,)
        Withheld by the agency.
    new : ndarray of bool, shape (n,)
        To be withheld besides.
    all_counties : ndarray of bool, shape (n,)
        State rows with all their counties present; only there does a county follow from the
        others.

    Returns
    -------
    ndarray of bool, shape (n,)
        `new` and its complements.

    Notes
    -----
    Rules, repeated until nothing changes: a family with exactly one withheld member loses its
    smallest disclosed one, or its total where there is none; an only part is withheld with its
    total; a withheld total whose parts are all disclosed loses the largest of them. A family is a
    total's parts by industry, or a state cell's counties.
    """
    new = new.copy()
    may = tree.is_county & (tree.level >= HIGHEST) & ~withheld & ~np.isnan(value)
    n_parts = sum_parts(tree.parent, np.ones(len(tree)))
    for _ in range(ROUNDS):
        before = int(new.sum())
        _only_parts(tree, n_parts, may, new)
        _bare_totals(tree, n_parts, may, value, withheld, new)
        for above, exact in ((tree.parent, n_parts > 1), (tree.state, all_counties)):
            alone = _alone(above, exact, withheld, new)
            second = _extreme(above, alone, may & ~new & (value > 0), value)
            new[second] = True
            left = np.setdiff1d(alone, above[second])
            left = left[may[left]]  # only totals of the county's own: a state's cell stays
            new[left] = True
        if int(new.sum()) == before:
            break
    return new


def _alone(above: IntArray, exact: BoolArray, withheld: BoolArray, new: BoolArray) -> IntArray:
    """Find the totals with exactly one withheld part, and that a new one."""
    hidden = sum_parts(above, (withheld | new).astype(float))
    lone = new & (above >= 0) & exact[above] & (hidden[above] == 1)
    return np.unique(above[lone])


def _extreme(
    above: IntArray, totals: IntArray, among: BoolArray, value: FloatArray, sign: int = 1
) -> IntArray:
    """Pick of each total the smallest of its parts (the largest with sign −1)."""
    rows = np.flatnonzero(among & np.isin(above, totals))
    rows = rows[np.lexsort((rows, sign * value[rows], above[rows]))]
    return rows[np.unique(above[rows], return_index=True)[1]]


def _only_parts(tree: Hierarchy, n_parts: FloatArray, may: BoolArray, new: BoolArray) -> None:
    only = np.flatnonzero((tree.parent >= 0) & (n_parts[tree.parent] == 1) & tree.is_county)
    for level in range(8, HIGHEST, -1):
        at = only[tree.level[only] == level]
        above = tree.parent[at]
        new[above[new[at] & may[above]]] = True
    for level in range(HIGHEST, 9):
        at = only[tree.level[only] == level]
        new[at[new[tree.parent[at]] & may[at]]] = True


def _bare_totals(
    tree: Hierarchy,
    n_parts: FloatArray,
    may: BoolArray,
    value: FloatArray,
    withheld: BoolArray,
    new: BoolArray,
) -> None:
    hidden = sum_parts(tree.parent, (withheld | new).astype(float))
    bare = np.flatnonzero(new & (n_parts > 0) & (hidden == 0))
    new[_extreme(tree.parent, bare, may & ~new & (value > 0), value, -1)] = True
