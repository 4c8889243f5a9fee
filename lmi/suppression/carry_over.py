"""The same cell in other periods: the nearest disclosed values, and how well they predict.

A value of another quarter or year is carried over with the industry's change in the state and the
cell's own change of establishments, both damped as far as they predict among disclosed cells; the
more establishments change, the less it is trusted. Changes over the year tell values of the year
before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.suppression.cell_hierarchy import FloatArray, IntArray
from lmi.suppression.other_periods import (
    History,
    Observations,
    goes_by_jobs,
    moment,
    number_cells,
    observe,
)
from lmi.suppression.problem import Problem
from lmi.suppression.worlds import MANY

__all__ = ["CarriedOver", "carry_over"]

# Where fewer cells teach, what Colorado and central Ohio taught counts for those that lack.
LEARN_FROM = 100
SECTOR = 4
# A change of a state's few jobs says little of a county's.
STEADY = 5.0
MAX_ERROR2 = 1.5
LEAST_VARIANCE = 1e-4
# Of jobs, and of money by the job: how far changes carry over (`_carry`), and the variance of
# the error by `_features`; the means of twelve periods, Colorado 2016 and central Ohio 2016 and
# 2020 to 2023.
DEFAULTS = {
    False: (
        np.array([0.83, 0.39, 0.13]),
        np.array([0.0024, 0.22, 0.001, 0.031, 0.88, 0.013, 0.27, 0.4]),
    ),
    True: (
        np.array([0.68, 0.62, 0.62]),
        np.array([0.0038, 0.007, 0.12, 0.029, 0.2, 0.68, 0.0, 0.0]),
    ),
}
# Cells count as telling of a change where it is at least this, in logarithms.
CHANGED = 0.1


@dataclass(frozen=True, eq=False)
class CarriedOver:
    """What other periods say of each row.

    Parameters
    ----------
    sides : tuple of (ndarray, ndarray), each of shape (n,)
        From the nearest value before and the nearest after: the expected log(x + ½), and its
        variance; NaN where there is none.
    """

    sides: tuple[tuple[FloatArray, FloatArray], ...]


def _nearest(observed: Observations, cell: IntArray, now: float, after: bool) -> IntArray:
    """Position of each cell's nearest observation before or after now; -1 where none is."""
    side = np.flatnonzero(observed.time > now if after else observed.time < now)
    if not len(side):
        return np.full(len(cell), -1, dtype=np.int64)
    cells = observed.cell[side]
    # Sorted by cell and time: the last of a cell is nearest before, the first nearest after.
    at = (
        np.searchsorted(cells, cell, "left") if after else np.searchsorted(cells, cell, "right") - 1
    )
    at = np.clip(at, 0, len(side) - 1)
    return np.where(cells[at] == cell, side[at], -1)


def _features(
    jobs: FloatArray, size: FloatArray, months: FloatArray, of_size: FloatArray
) -> FloatArray:
    """What the variance of a carried-over value may grow with: smallness, distance, change."""
    ones = np.ones(len(jobs))
    small = np.column_stack([ones, 1 / np.maximum(jobs, 1), 1 / np.maximum(size, 1)])
    return np.column_stack([small, small * (months / 12)[:, None], of_size**2])


def _by_world(of_size: FloatArray, world: IntArray) -> FloatArray:
    """Changes of establishments where they tell of jobs, and where they tell little of them."""
    many = world == MANY
    return np.column_stack([np.where(many, of_size, 0.0), np.where(many, 0.0, of_size)])


@dataclass(frozen=True, eq=False)
class _Side:
    """Carried-over values of one side, before what they say is learned."""

    told: IntArray
    base: FloatArray
    changes: FloatArray
    features: FloatArray


def _carry(
    problem: Problem, observed: Observations, cell: IntArray, of_state: IntArray, now: float,
    after: bool,
) -> _Side:  # fmt: skip
    nearest = _nearest(observed, cell, now, after)
    told = np.flatnonzero(nearest >= 0)
    then, unit = observed.take(nearest[told]), problem.unit[told]
    state = problem.tree.state[told]
    state_now = np.where(state >= 0, problem.known[state], np.nan)
    state_then = observed.at(of_state[told], then.time)
    steady = STEADY * unit
    of_industry = np.nan_to_num(np.log((state_now + steady) / (state_then + steady)))
    of_size = _by_world(np.log((problem.size[told] + 0.5) / (then.size + 0.5)), problem.world[told])
    return _Side(
        told,
        np.log(then.value / unit + 0.5),
        np.column_stack([of_industry, of_size]),
        _features(then.jobs, problem.size[told], np.abs(then.time - now), of_size),
    )


def _learn(
    problem: Problem, sides: list[_Side], default: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Learn what changes tell, and how far off it is, on cells that are disclosed now too."""
    tree, n = problem.tree, problem.n_rows
    learn = ~problem.withheld[:n] & tree.is_county[:n] & (tree.level[:n] >= SECTOR)
    y, x, f = [], [], []
    for side in sides:
        known = learn[side.told]
        truth = np.log(problem.known[side.told[known]] / problem.unit[side.told[known]] + 0.5)
        y.append(truth - side.base[known])
        x.append(side.changes[known])
        f.append(side.features[known])
    error, changes, features = np.concatenate(y), np.vstack(x), np.vstack(f)
    if not len(error):
        return default
    # Slow to import, and whoever finds the estimates kept does without.
    from scipy.optimize import nnls

    weight = 1 / (0.05 + features[:, 1])
    root = np.sqrt(weight)
    found = np.linalg.lstsq(changes * root[:, None], np.clip(error, -2, 2) * root)[0]
    # Cells that teach each number: of a change, those that changed.
    changed = (np.abs(changes[:, 1:]) >= CHANGED).sum(axis=0)
    n = len(error)
    beta = _filled_up(np.asarray(found, dtype=np.float64), default[0], np.append(n, changed))
    left2 = np.minimum((error - changes @ beta) ** 2, MAX_ERROR2)
    learned, _ = nnls(features * weight[:, None], left2 * weight)
    taught = np.append(np.full(features.shape[1] - len(changed), n), changed)
    return beta, _filled_up(learned, default[1], taught)


def _filled_up(learned: FloatArray, default: FloatArray, n: IntArray) -> FloatArray:
    return default + np.minimum(n / LEARN_FROM, 1.0) * (learned - default)


def carry_over(
    rows: pd.DataFrame, problem: Problem, measure: str, history: History
) -> CarriedOver | None:
    """Carry disclosed values of other periods over to the rows' period.

    Parameters
    ----------
    rows : DataFrame
        The rows of the problem, of one period.
    history : mapping of str to DataFrame
        Rows of other periods, ``quarterly`` and ``annual``.

    Returns
    -------
    CarriedOver or None
        None where no cell is disclosed in another period.

    Notes
    -----
    log(x + ½) = log(x' + ½) + β₁ · change of the state's cell + β₂ · change of establishments
    (of jobs, for money), all in logarithms; β₂ apart where cells are of many private employers.
    β by least squares, and the variance of the error as a nonnegative sum of 1, 1/jobs and
    1/establishments, the same times years apart, and the squared change of establishments, both on
    cells that are disclosed in both periods. Where these are fewer than a hundred, the means of
    what was learned on Colorado (2016) and central Ohio (2016, 2020 to 2023) count for the rest.
    """
    cell, of_state, parts = number_cells(rows, history)
    observed = observe(history, parts, measure)
    now = moment(rows, measure)
    sides = [_carry(problem, observed, cell, of_state, now, after) for after in (False, True)]
    if not any(len(side.told) for side in sides):
        return None
    beta, learned = _learn(problem, sides, DEFAULTS[goes_by_jobs(measure)])
    told = []
    for side in sides:
        expected, variance = (np.full(len(problem.tree), np.nan) for _ in range(2))
        expected[side.told] = side.base + side.changes @ beta
        variance[side.told] = side.features @ learned + LEAST_VARIANCE
        told.append((expected, variance))
    return CarriedOver(tuple(told))
