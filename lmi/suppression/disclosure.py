"""Which numbers would tell of one or two employers, alone or together with others.

An agency may not publish a number of so few, and neither may whoever estimates it. What it
withholds is made of *parts*, the finest cells that it withholds. Every number to be published is a
set of parts beside what is published, and so is what follows from several by any adding and
subtracting. Sums that the agency publishes tie parts together: what follows from these alone tells
nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from lmi.suppression.cell_hierarchy import (
    BoolArray,
    FloatArray,
    Hierarchy,
    IntArray,
    build_hierarchy,
    nearest_published,
    sum_parts,
)
from lmi.suppression.completeness import establishment_gap
from lmi.suppression.disclosed import Disclosed
from lmi.suppression.known_sums import FEWEST
from lmi.suppression.problem import column_floats, rounding

__all__ = ["PUBLISHED", "Numbers", "Parts", "Withheld", "members", "parts_of", "withhold"]

PUBLISHED = "published"
ESTABS, JOBS = "annual_avg_estabs", "annual_avg_emplvl"
NONE = -1
LEAST = 0.25  # establishments of a cell that was there for a part of the year
DIGITS = 6  # that worth is compared to


@dataclass(frozen=True, eq=False)
class Parts:
    """What an agency withholds, as parts that do not overlap.

    Parameters
    ----------
    estabs : ndarray, shape (m,)
        Establishments in each part, more than none.
    jobs : ndarray, shape (m,)
        Jobs in each, as they are estimated.
    ties : tuple of ndarray, each of shape (m,)
        Ways to tie parts together: those of one number add up to what the agency publishes;
        -1 where a part is in no published sum.
    """

    estabs: FloatArray
    jobs: FloatArray
    ties: tuple[IntArray, ...]

    @cached_property
    def tied(self) -> tuple[sparse.csr_array, ...]:
        """Parts by number of the published sum that they add up to, for each way."""
        return tuple(_indicator(tie, int(tie.max(initial=NONE)) + 1) for tie in self.ties)

    def few(self, sets: sparse.csr_array) -> BoolArray:
        """Tell which sets of parts are the numbers of one or two establishments.

        Parameters
        ----------
        sets : csr_array, shape (n, m)
            Which parts are in each, 0 or 1.
        """
        untold = [self._untold(sets, tied, self.estabs) for tied in self.tied]
        # What follows from the agency's numbers is not told either, unless it printed it.
        return _few(sets @ self.estabs) | _few(np.minimum.reduce(untold))

    def untold_jobs(self, sets: sparse.csr_array) -> FloatArray:
        """Count the jobs in each set that no published sum within the set has."""
        return np.minimum.reduce([self._untold(sets, tied, self.jobs) for tied in self.tied])

    @cached_property
    def disclosed(self) -> Disclosed:
        """What was decided of sets of these parts beside what the agency publishes."""
        return Disclosed(self.estabs, [of for tied in self.tied for of in members(tied.T.tocsr())])

    def _untold(
        self, sets: sparse.csr_array, tied: sparse.csr_array, weight: FloatArray
    ) -> FloatArray:
        """Weigh what of each set no published sum within the set has."""
        return np.asarray(sets @ weight - self._whole(sets, tied) @ (weight @ tied))

    def _whole(self, sets: sparse.csr_array, tied: sparse.csr_array) -> sparse.csr_array:
        """Tell which published sums lie wholly in each set."""
        counted = (sets @ tied).tocsr()
        counted.data = (counted.data == tied.sum(axis=0)[counted.indices]).astype(float)
        counted.eliminate_zeros()
        return counted


@dataclass(frozen=True, eq=False)
class Numbers:
    """What is to be published.

    Parameters
    ----------
    sets : csr_array, shape (n, m)
        Parts in each number, 0 or 1; none where the agency publishes it.
    is_known : ndarray of bool, shape (n,)
        The agency publishes it: it stays.
    tier : ndarray of int, shape (n,)
        Those of the first, 0, are decided on before the next are looked at.
    worth : ndarray, shape (n,)
        Of those of a tier that cannot all be published the one of least worth is withheld.
    """

    sets: sparse.csr_array
    is_known: BoolArray
    tier: IntArray
    worth: FloatArray


def parts_of(cells: pd.DataFrame) -> tuple[Parts, sparse.csr_array]:
    """Find what is withheld in the cells of states and their counties.

    Parameters
    ----------
    cells : DataFrame, shape (n, …)
        One year, with ``annual_avg_estabs``, ``annual_avg_emplvl`` and ``source``.

    Returns
    -------
    Parts
        The finest withheld cells of counties, and what cells have beyond their own parts.
    csr_array, shape (n, m)
        Which parts lie in each cell; in a state's cell those of its counties.
    """
    tree = build_hierarchy(cells)
    withheld = (cells["source"] != PUBLISHED).to_numpy()
    estabs, jobs = (np.nan_to_num(column_floats(cells[name])) for name in (ESTABS, JOBS))
    slack = rounding(ESTABS)
    inside = establishment_gap(tree.parent, estabs, slack)  # NaN for a cell without parts
    across = np.nan_to_num(establishment_gap(tree.state, estabs, slack))
    of_state = ~tree.is_county & (tree.nation >= 0) | _is_above(tree.state)
    finest = np.flatnonzero(tree.is_county & withheld & np.isnan(inside))
    beyond = np.flatnonzero(tree.is_county & (np.nan_to_num(inside) > 0))
    elsewhere = np.flatnonzero(of_state & np.isnan(inside) & (across > 0))
    at = np.concatenate([finest, beyond, elsewhere])
    size = np.concatenate([estabs[finest], inside[beyond], across[elsewhere]])
    held = (jobs - sum_parts(above, jobs) for above in (tree.parent, tree.state))
    inner, outer = (np.maximum(left, 0.0) for left in held)
    amount = np.concatenate([jobs[finest], inner[beyond], outer[elsewhere]])
    in_county = np.arange(len(at)) < len(finest) + len(beyond)
    near, near_state = nearest_published(tree.parent, withheld), _state_of(tree)
    own = np.where(withheld[at], near[at], at)
    above = np.where(in_county, near_state[at], at)
    wide = np.where((above >= 0) & withheld[above], near[above], above)
    ties = (np.where(in_county, own, NONE), wide)
    parts = Parts(np.maximum(size, LEAST), amount, tuple(_numbered(tie) for tie in ties))
    return parts, _below(tree, at)


def _state_of(tree: Hierarchy) -> IntArray:
    """Find the state's row of the nearest industry above that the state has a row of."""
    found, climb = tree.state.copy(), tree.parent.copy()
    while (go := (found < 0) & (climb >= 0)).any():
        found[go], climb[go] = tree.state[climb[go]], tree.parent[climb[go]]
    return found


def _is_above(above: IntArray) -> BoolArray:
    found = np.zeros(len(above), dtype=bool)
    found[above[above >= 0]] = True
    return found


def _below(tree: Hierarchy, at: IntArray) -> sparse.csr_array:
    """Tell which parts lie in each cell, those of a county in its state's cells too."""
    part, row = np.arange(len(at)), at
    found: list[tuple[IntArray, IntArray]] = []
    while len(part):
        found.append((row, part))
        up = tree.parent[row]
        part, row = part[up >= 0], up[up >= 0]
    rows, parts = (np.concatenate(x) for x in zip(*found, strict=True)) if found else (at, part)
    over = tree.state[rows]
    both = np.concatenate([rows, over[over >= 0]]), np.concatenate([parts, parts[over >= 0]])
    shape = (len(tree), len(at))
    return _truth(sparse.coo_array((np.ones(len(both[0])), both), shape=shape).tocsr())


class Withheld(NamedTuple):
    """Which of n numbers are not published.

    Attributes
    ----------
    hidden : ndarray of bool, shape (n,)
    alone : ndarray of bool, shape (n,)
        Those among them that would tell by themselves, not together with others.
    """

    hidden: BoolArray
    alone: BoolArray


def withhold(numbers: Numbers, parts: Parts, folder: Path | None = None) -> Withheld:
    """Tell which numbers are not published, so that none of few establishments follows.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where what is decided is kept, since it takes seconds; without it, it is decided anew.

    Notes
    -----
    Numbers of the same parts are one: worth what all of them are, of the first of their tiers.
    One after the other, the one of most worth first and of those as much worth the one of most
    establishments, each is published unless together with those before it and with the agency's
    it tells of fewer than three.
    """
    own = np.flatnonzero(~numbers.is_known)
    sets = numbers.sets[own]
    same, first, of = np.unique(
        sets @ _marks(sets.shape[1]), return_index=True, return_inverse=True
    )
    tier = np.full(len(same), np.iinfo(np.int64).max)
    np.minimum.at(tier, of, numbers.tier[own])
    counts = numbers.tier[own] == tier[of]
    worth = np.bincount(of, np.where(counts, numbers.worth[own], 0.0), len(same))
    each = sets[first]
    few = parts.few(each)
    ordered = np.lexsort((-(each @ parts.estabs), -np.round(worth, DIGITS), tier))
    ordered = ordered[~few[ordered]]
    starts, parts_in = np.flatnonzero(np.diff(tier[ordered])) + 1, list(members(each))
    asked = tuple(parts_in[at] for at in ordered.tolist())
    tiers = tuple(asked[start:end] for start, end in pairwise((0, *starts, len(asked))))
    hidden = few.copy()
    hidden[ordered] = parts.disclosed.withheld(tiers, folder)
    found, alone = np.zeros((2, len(numbers.is_known)), dtype=bool)
    found[own], alone[own] = hidden[of], few[of]
    return Withheld(found, alone)


def members(sets: sparse.csr_array) -> Iterator[tuple[int, ...]]:
    """Yield the parts of each set."""
    sets.sort_indices()
    parts, ends = sets.indices.tolist(), sets.indptr.tolist()
    yield from (tuple(parts[start:end]) for start, end in pairwise(ends))


def _marks(n: int) -> IntArray:
    """Return numbers whose sums tell any two sets of parts apart."""
    return np.random.default_rng(0).integers(1, 2**40, n)


def _few(estabs: FloatArray) -> BoolArray:
    return (estabs > 0) & (estabs < FEWEST)


def _truth(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix.sum_duplicates()
    matrix.data = np.ones_like(matrix.data)
    return matrix


def _numbered(tie: IntArray) -> IntArray:
    found, number = np.unique(tie, return_inverse=True)
    return number.astype(np.int64) - int(len(found) > 0 and found[0] < 0)


def _indicator(tie: IntArray, n: int) -> sparse.csr_array:
    at = np.flatnonzero(tie >= 0)
    return sparse.csr_array((np.ones(len(at)), (at, tie[at])), shape=(len(tie), n))
