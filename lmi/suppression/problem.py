"""A table to be filled: who is part of whom, what is published, sizes, reference ratios, bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.schema.qcew import MONTHS
from lmi.suppression.bounds import hard_bounds
from lmi.suppression.cell_hierarchy import (
    BoolArray,
    FloatArray,
    Hierarchy,
    IntArray,
    build_hierarchy,
)
from lmi.suppression.completeness import add_remainders, establishment_gap, whole_states
from lmi.suppression.nation import is_consistent
from lmi.suppression.reference import reference_ratios
from lmi.suppression.worlds import MANY, worlds_of

__all__ = ["NO_ROOM", "Problem", "column_floats", "make_problem", "rounding"]

# Bounds closer than this leave nothing to estimate.
NO_ROOM = 1e-6


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows of any number of areas and periods, and what stands in for parts that are absent.

    Parameters
    ----------
    n_rows : int
        Rows of the table; remainders of families that lack members come behind them.
    tree : Hierarchy, n rows
    known : ndarray, shape (n,)
        The measure; NaN where withheld.
    size : ndarray, shape (n,)
        What the measure is proportional to: establishments, or jobs for money.
    ratio : ndarray, shape (n,)
        Reference measure over size; NaN where nothing at all is published.
    world : ndarray, shape (n,)
        Of `WORLDS`, a remainder of its total's; one for all of money.
    unit : ndarray, shape (n,)
        What counts as one: a job, or the pay of one.
    whole : ndarray of bool, shape (n,)
        State rows that all counties are present of.
    slack : float
        Rounding of one published number.
    is_of_a_month : bool
        Its totals pin a month, not the level around it.
    lo, hi : ndarray, shape (n,)
        Hard bounds.
    fixed : ndarray of bool, shape (n,)
        Withheld rows that the published numbers leave no room but that of their rounding.
    """

    n_rows: int
    tree: Hierarchy
    known: FloatArray
    size: FloatArray
    ratio: FloatArray
    world: IntArray
    unit: FloatArray
    whole: BoolArray
    slack: float
    is_of_a_month: bool
    lo: FloatArray
    hi: FloatArray
    fixed: BoolArray

    @property
    def withheld(self) -> BoolArray:
        """Rows to fill."""
        return np.isnan(self.known)


def column_floats(column: pd.Series) -> FloatArray:
    """Return a column as column_floats, with every kind of missing as NaN."""
    return column.to_numpy(dtype="float64", na_value=np.nan)


def rounding(column: str) -> float:
    """Rounding error of a published column: annual averages are rounded, sums are not."""
    return 0.5 if column.startswith("annual_avg_") else 0.0


def _pay(ratio: FloatArray) -> FloatArray:
    """What one job earns; where nothing but nought is published, what it does elsewhere."""
    some = ratio > 0
    return np.where(some, ratio, np.median(ratio[some]) if some.any() else 1.0)


def _bounds(
    tree: Hierarchy, known: FloatArray, slack: float, whole: BoolArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Hard bounds, and the withheld rows that they leave no room, rounding apart."""
    every = np.ones(len(tree), dtype=bool)  # remainders complete the families
    nation = is_consistent(tree, known, slack)
    lo, hi = hard_bounds(tree, known, slack, every, whole, nation)
    least, most = hard_bounds(tree, known, 0.0, every, whole, nation) if slack else (lo, hi)
    return lo, hi, np.isnan(known) & (most - least <= NO_ROOM)


def make_problem(
    rows: pd.DataFrame, measure: str, estabs: str, base: pd.Series | None = None
) -> Problem:
    """Set a table up.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows in scope.
    measure, estabs : str
        The column to fill, and the establishments that go with it.
    base : Series, optional
        Jobs, for money; with the index of `rows`.
    """
    tree, published = build_hierarchy(rows), column_floats(rows[measure])
    counted = np.nan_to_num(column_floats(rows[estabs]))
    # What a job pays does not hang on how its employer reports worksites.
    world = worlds_of(rows) if base is None else np.full(len(rows), MANY)
    given = counted if base is None else np.nan_to_num(column_floats(base))
    whole = whole_states(tree, counted, rounding(estabs))
    gap = establishment_gap(tree.parent, counted, rounding(estabs))
    tree, known, size = add_remainders(tree, published, given, gap)
    world = np.append(world, world[tree.parent[len(rows) :]])
    ratio = reference_ratios(tree, known, size, world)
    whole = np.append(whole, np.zeros(len(tree) - len(whole), dtype=bool))
    lo, hi, fixed = _bounds(tree, known, rounding(measure), whole)
    one = np.ones(len(tree)) if base is None else _pay(ratio)
    return Problem(
        n_rows=len(rows),
        tree=tree,
        known=known,
        size=size,
        ratio=ratio,
        world=world,
        unit=one,
        whole=whole,
        slack=rounding(measure),
        is_of_a_month=measure in MONTHS,
        lo=lo,
        hi=hi,
        fixed=fixed,
    )
