"""Iterative proportional fitting: scale cells until they add up to every total at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, IntArray

__all__ = ["Margin", "make_margin", "rake"]

# Below this a group counts as empty, and its total is shared equally instead of in proportion.
NOTHING = 1e-9


@dataclass(frozen=True)
class Margin:
    """Groups of cells and what each group must add up to.

    Parameters
    ----------
    cells : ndarray, shape (k,)
        Positions of the cells that belong to a group.
    group : ndarray, shape (k,)
        Group of each of these cells, 0 to g − 1.
    total : ndarray, shape (g,)
        Nonnegative.
    exact : ndarray of bool, shape (g,)
        The group must reach its total; else the total is only the most it can be.
    """

    cells: IntArray
    group: IntArray
    total: FloatArray
    exact: BoolArray

    def fit(self, x: FloatArray) -> FloatArray:
        """Scale every group to its total; a group of zeros gets equal shares."""
        weight = x[self.cells]
        mass = np.bincount(self.group, weight, len(self.total))
        empty = mass <= NOTHING
        if empty.any():
            weight = np.where(empty[self.group], 1.0, weight)
            mass = np.bincount(self.group, weight, len(self.total))
        scale = np.where(self.exact | (self.total < mass), self.total / mass, 1.0)
        scale[empty & ~self.exact] = 0.0
        fitted = x.copy()
        fitted[self.cells] = weight * scale[self.group]
        return fitted


def make_margin(row: IntArray, left: FloatArray, exact: BoolArray | None = None) -> Margin:
    """Group cells by the row that they are raked to.

    Parameters
    ----------
    row : ndarray, shape (k,)
        For every cell the row whose total it is part of; -1 for none.
    left : ndarray, shape (n,)
        What each row leaves after its published parts; less than nothing counts as nothing.
    exact : ndarray of bool, shape (n,), optional
        Rows whose total must be reached; by default all.
    """
    cells = np.flatnonzero(row >= 0)
    rows, group = np.unique(row[cells], return_inverse=True)
    reach = np.ones(len(rows), dtype=bool) if exact is None else exact[rows]
    return Margin(cells, group, np.maximum(left[rows], 0.0), reach)


def rake(
    start: FloatArray,
    margins: Sequence[Margin],
    rounds: int,
    tolerance: float = 1e-7,
) -> FloatArray:
    """Fit cells to all margins in turn, round by round; the last margin holds at the end.

    Parameters
    ----------
    start : ndarray, shape (k,)
        Nonnegative first guess.
    margins : sequence of Margin
        In the order of fitting.
    rounds : int
        At most so many rounds.
    tolerance : float
        Stop when a round moves all cells together by less than this share of their sum.

    Returns
    -------
    ndarray, shape (k,)
        Nonnegative; adds up to the last margin within floating error.

    Notes
    -----
    Deming and Stephan (1940). The result keeps the proportions of the guess as far as the
    totals allow (it is the nearest table in relative entropy) where the totals are consistent.

    Examples
    --------
    Two counties × two industries, guessed alike; counties hold 30 and 70, industries 40 and 60:

    >>> import numpy as np
    >>> county = make_margin(np.array([0, 0, 1, 1]), np.array([30.0, 70.0]))
    >>> industry = make_margin(np.array([0, 1, 0, 1]), np.array([40.0, 60.0]))
    >>> rake(np.ones(4), [industry, county], rounds=10)
    array([12., 18., 28., 42.])
    """
    x = start
    for _ in range(rounds):
        before = x
        for margin in margins:
            x = margin.fit(x)
        if len(margins) < 2 or np.abs(x - before).sum() <= tolerance * x.sum():
            break
    return x
