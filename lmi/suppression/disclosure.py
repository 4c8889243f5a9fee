"""Which numbers would tell of one or two employers: by themselves, or by subtraction.

An agency may not publish a number of so few, and neither may whoever estimates it. What it
withholds is made of *parts*, the finest cells that it withholds. Every number to be published is a
set of parts beside what is published; the difference of two that nest is such a set as well.
Sums that the agency publishes tie parts together: a set that is such a sum tells nothing new.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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
from lmi.suppression.problem import column_floats, rounding

__all__ = ["FEWEST", "PUBLISHED", "Numbers", "Parts", "Withheld", "parts_of", "withhold"]

FEWEST = 3
"""A number of fewer establishments is not published."""
PUBLISHED = "published"
ESTABS, JOBS = "annual_avg_estabs", "annual_avg_emplvl"
NONE = -1
LEAST = 0.25  # establishments of a cell that was there for a part of the year
BEYOND = 1e12  # worth of what stays


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
    def sizes(self) -> tuple[FloatArray, ...]:
        """How many parts each published sum has, for each way."""
        return tuple(tied.sum(axis=0) for tied in self.tied)

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
        return _few(
            np.minimum.reduce([self._untold(sets, tied, self.estabs) for tied in self.tied])
        )

    def untold_jobs(self, sets: sparse.csr_array) -> FloatArray:
        """Count the jobs in each set that no published sum within the set has."""
        return np.minimum.reduce([self._untold(sets, tied, self.jobs) for tied in self.tied])

    def few_beside(self, sets: sparse.csr_array) -> BoolArray:
        """Tell which sets give away others by subtraction from what the agency publishes."""
        return np.logical_or.reduce([self._few_left(sets, tied) for tied in self.tied])

    def few_between(self, sets: sparse.csr_array, larger: IntArray, smaller: IntArray) -> BoolArray:
        """Tell which smaller sets leave one or two establishments of the larger that hold them."""
        size = sets @ self.estabs
        left = size[larger] - size[smaller]
        ways = [(self._whole(sets, tied), tied, self.estabs @ tied) for tied in self.tied]
        told = [(whole @ weight)[larger] for whole, _, weight in ways]
        near = np.flatnonzero(np.logical_or.reduce([left - of < FEWEST for of in told]))
        x, y = larger[near], smaller[near]
        found = [
            # What the agency publishes within the larger is known, unless the smaller cuts it.
            (left - of)[near] + _shared(whole, (sets @ tied).tocsr(), x, y, weight)
            for (whole, tied, weight), of in zip(ways, told, strict=True)
        ]
        few = np.zeros(len(larger), dtype=bool)
        few[near] = _few(np.minimum.reduce(found))
        return few

    def is_few(self, of: IntArray) -> bool:
        """Tell whether some parts, given by their numbers, are one or two establishments."""
        left = []
        for tie, sizes in zip(self.ties, self.sizes, strict=True):
            number, at, count = np.unique(tie[of], return_inverse=True, return_counts=True)
            size = np.where(number >= 0, np.append(sizes, 0.0)[number], np.inf)
            left.append(self.estabs[of][(count < size)[at]].sum())
        return bool(_few(np.array(min(left))))

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

    def _few_left(self, sets: sparse.csr_array, tied: sparse.csr_array) -> BoolArray:
        """Tell which sets leave few of the published sums that hold them; none that is untied."""
        cut = _truth((sets @ tied).tocsr())
        is_tied = (sets @ (1.0 - tied.sum(axis=1))) == 0
        left = _minus(_truth((cut[is_tied] @ tied.T).tocsr()), sets[is_tied])
        few = np.zeros(sets.shape[0], dtype=bool)
        few[is_tied] = self.few(left)
        return few


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
        Of two of a tier that cannot both be published the one of less worth is withheld.
    families : tuple of (ndarray, ndarray), each of shape (n,)
        Numbers of one scope, the first, that are of one family, the second, can be added up and
        taken from any of that scope: they do not overlap, unless they nest.
    """

    sets: sparse.csr_array
    is_known: BoolArray
    tier: IntArray
    worth: FloatArray
    families: tuple[tuple[IntArray, IntArray], ...]


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
        Those among them that would tell by themselves, not by subtraction.
    """

    hidden: BoolArray
    alone: BoolArray


def withhold(numbers: Numbers, parts: Parts) -> Withheld:
    """Tell which numbers are not published, so that none of few establishments follows.

    Notes
    -----
    First those that are of fewer than three establishments, or leave fewer of what the agency
    publishes; then the lesser of each two whose difference is; then, where the others of a family
    leave fewer than three of a larger number, the least of them, until nothing is left.
    """
    untold = numbers.sets.sum(axis=1) > 0
    alone, few = np.zeros((2, len(untold)), dtype=bool)
    own = np.flatnonzero(~numbers.is_known)
    alone[own] = parts.few(numbers.sets[own])
    few[own] = alone[own] | parts.few_beside(numbers.sets[own])
    nested = _Nested(numbers, parts)
    hidden = np.zeros(len(untold), dtype=bool)
    # Numbers of the same parts are one: told by any of them.
    same = np.unique(numbers.sets @ _marks(numbers.sets.shape[1]), return_inverse=True)[1]
    for tier in np.unique(numbers.tier):
        settled = numbers.is_known | (~hidden & (numbers.tier < tier))
        free = untold & (numbers.tier == tier) & ~np.isin(same, same[settled])
        out = (numbers.tier > tier) & ~numbers.is_known
        hidden |= free & (few | np.isin(same, same[hidden]))
        hidden |= out
        worth = np.where(free, numbers.worth, BEYOND)
        nested.part(hidden, worth)
        hidden |= free & np.isin(same, same[hidden & free])
        while nested.split(hidden, worth):
            hidden |= free & np.isin(same, same[hidden & free])
        hidden &= ~out
    return Withheld(hidden, hidden & alone)


class _Nested:
    """Numbers that lie in one another: each larger beside each smaller."""

    def __init__(self, numbers: Numbers, parts: Parts) -> None:
        self.sets, self.parts = numbers.sets, parts
        self.families = numbers.families
        size = self.sets.sum(axis=1)
        shared = (self.sets @ self.sets.T).tocoo()
        holds = (shared.data == size[shared.col]) & (size[shared.col] > 0)
        row, col = shared.row[holds], shared.col[holds]
        self.holds = sparse.csr_array((np.ones(len(row), bool), (row, col)), shape=shared.shape)
        larger = size[row] > size[col]
        self.larger, self.smaller = row[larger], col[larger]

    def part(self, hidden: BoolArray, worth: FloatArray) -> None:
        """Withhold the lesser of two published numbers that differ by fewer than three."""
        shown = ~hidden[self.larger] & ~hidden[self.smaller]
        is_free = worth < BEYOND
        shown &= is_free[self.larger] | is_free[self.smaller]
        x, y = self.larger[shown], self.smaller[shown]
        told = self.parts.few_between(self.sets, x, y)
        x, y = x[told], y[told]
        lesser = np.where(worth[y] <= worth[x], y, x)
        for at in np.argsort(worth[lesser], kind="stable"):
            if not (hidden[x[at]] or hidden[y[at]]):
                hidden[lesser[at]] = worth[lesser[at]] < BEYOND

    def split(self, hidden: BoolArray, worth: FloatArray) -> bool:
        """Withhold more of a family where the others leave fewer than three of a larger number."""
        found = False
        for scope, family in self.families:
            shown = ~hidden[self.larger] & ~hidden[self.smaller]
            shown &= scope[self.larger] == scope[self.smaller]
            x, y = self.larger[shown], self.smaller[shown]
            size = int(family.max(initial=0)) + 1
            keys, group = np.unique(x.astype(np.int64) * size + family[y], return_inverse=True)
            shape, whole = (len(keys), self.sets.shape[0]), keys // size
            of = sparse.csr_array((np.ones(len(x)), (group, y)), shape=shape)
            open_ = np.flatnonzero((worth[whole] < BEYOND) | (of @ (worth < BEYOND) > 0))
            held = _truth((of[open_] @ self.sets).tocsr())
            for at in open_[self.parts.few(_minus(self.sets[whole[open_]], held))]:
                members = of.indices[of.indptr[at] : of.indptr[at + 1]]
                found |= self._loosen(int(whole[at]), members[~hidden[members]], hidden, worth)
        return found

    def _loosen(self, x: int, members: IntArray, hidden: BoolArray, worth: FloatArray) -> bool:
        """Withhold the least of a number's members, with what holds it, until enough is left."""
        if hidden[x]:
            return False
        found = False
        while len(members) and self.parts.is_few(self._left(x, members)):
            holds = self.holds[members][:, members].toarray()
            is_least = (holds <= holds.T).all(axis=1)  # holds none that does not hold it
            cost = np.where(is_least, holds.T @ worth[members], BEYOND)
            least = int(cost.argmin())
            if cost[least] >= BEYOND:
                hidden[x] = worth[x] < BEYOND
                return found or bool(hidden[x])
            hidden[members[holds[:, least]]] = True
            members, found = members[~holds[:, least]], True
        return found

    def _left(self, x: int, members: IntArray) -> IntArray:
        held = np.concatenate([self._of(y) for y in members])
        return np.setdiff1d(self._of(x), held)

    def _of(self, number: int) -> IntArray:
        """Return the parts of a number."""
        start, end = self.sets.indptr[number : number + 2]
        return np.asarray(self.sets.indices[start:end], dtype=np.int64)


def _marks(n: int) -> IntArray:
    """Return numbers whose sums tell any two sets of parts apart."""
    return np.random.default_rng(0).integers(1, 2**40, n)


def _few(estabs: FloatArray) -> BoolArray:
    return (estabs > 0) & (estabs < FEWEST)


def _truth(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix.sum_duplicates()
    matrix.data = np.ones_like(matrix.data)
    return matrix


def _shared(
    these: sparse.csr_array, those: sparse.csr_array, x: IntArray, y: IntArray, weight: FloatArray
) -> FloatArray:
    """Weigh what rows `x` of the one have in common with rows `y` of the other."""
    count = np.diff(those.indptr)[y]
    pair = np.repeat(np.arange(len(y)), count)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    column = those.indices[those.indptr[y][pair] + within]
    width = these.shape[1]
    entries = these.tocoo()
    known = entries.row.astype(np.int64) * width + entries.col
    both = np.isin(x[pair].astype(np.int64) * width + column, known)
    return np.bincount(pair[both], weight[column[both]], len(y)).astype(np.float64)


def _minus(these: sparse.csr_array, those: sparse.csr_array) -> sparse.csr_array:
    """Take from each set another's parts."""
    left = (these - these.multiply(those)).tocsr()
    left.eliminate_zeros()
    return left


def _numbered(tie: IntArray) -> IntArray:
    found, number = np.unique(tie, return_inverse=True)
    return number.astype(np.int64) - int(len(found) > 0 and found[0] < 0)


def _indicator(tie: IntArray, n: int) -> sparse.csr_array:
    at = np.flatnonzero(tie >= 0)
    return sparse.csr_array((np.ones(len(at)), (at, tie[at])), shape=(len(tie), n))
