"""The same cell in other periods: the nearest disclosed values, and how well they predict.

A value of another quarter or year is carried over with the industry's change in the state and the
cell's own change of establishments, both damped as far as they predict among disclosed cells.
Changes over the year tell values of the year before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from lmi.suppression.hierarchy import KEY, FloatArray, IntArray
from lmi.suppression.problem import Problem, floats

__all__ = ["Evidence", "History", "read_evidence"]

# Other periods' rows by kind of table: "quarterly", "annual".
History = Mapping[str, pd.DataFrame]
MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")
# A column of one table, its counterpart in the other, and quarters in the former.
MONEY = {
    "total_qtrly_wages": "total_annual_wages",
    "taxable_qtrly_wages": "taxable_annual_wages",
    "qtrly_contributions": "annual_contributions",
}
ESTABS = {"quarterly": "qtrly_estabs", "annual": "annual_avg_estabs"}
LEARN_FROM = 50
SECTOR = 4
# A change of a state's few jobs says little of a county's.
STEADY = 5.0
MAX_ERROR2 = 1.5
LEAST_VARIANCE = 1e-4


@dataclass(frozen=True, eq=False)
class Evidence:
    """What other periods say of each row.

    Parameters
    ----------
    sides : tuple of (ndarray, ndarray), each of shape (n,)
        From the nearest value before and the nearest after: the expected log(x + ½), and its
        variance; NaN where there is none.
    """

    sides: tuple[tuple[FloatArray, FloatArray], ...]


@dataclass(frozen=True, eq=False)
class _Observations:
    """Disclosed values of other periods, sorted by cell and time.

    Parameters
    ----------
    cell : ndarray of int
        A number of the cell.
    time : ndarray
        Months, at the middle of what was measured.
    value, size, jobs : ndarray
        The measure, what it is proportional to, and jobs.
    """

    cell: IntArray
    time: FloatArray
    value: FloatArray
    size: FloatArray
    jobs: FloatArray

    def take(self, at: IntArray) -> _Observations:
        return _Observations(*(getattr(self, f)[at] for f in self.__dataclass_fields__))

    def at(self, cell: IntArray, time: FloatArray) -> FloatArray:
        """Values of cells at given times; NaN where none was observed."""
        index = pd.MultiIndex.from_arrays([self.cell, self.time])
        found = index.get_indexer(pd.MultiIndex.from_arrays([cell, time]))
        return np.where(found >= 0, self.value[found], np.nan)


def _columns(frequency: str, measure: str) -> tuple[tuple[str, ...], float]:
    """Columns of a table that tell of a measure, and what a value is to be multiplied by."""
    if measure.endswith("_emplvl"):
        return (MONTHS if frequency == "quarterly" else ("annual_avg_emplvl",)), 1.0
    for quarterly, annual in MONEY.items():
        if measure in (quarterly, annual):
            own = quarterly if frequency == "quarterly" else annual
            times = {(quarterly, annual): 0.25, (annual, quarterly): 4.0}
            return (own,), times.get((measure, own), 1.0)
    return ((measure,) if measure == ESTABS[frequency] else ()), 1.0


def _middle(rows: pd.DataFrame, frequency: str, column: str) -> FloatArray:
    """Middle of what a column measures, in months."""
    start = rows["year"].to_numpy(dtype="float64") * 12
    if frequency == "annual":
        return start + 6.0
    number, quarters = pd.factorize(rows["qtr"])
    start = start + (quarters.to_numpy(dtype="float64") - 1)[number] * 3
    return start + (MONTHS.index(column) + 0.5 if column in MONTHS else 1.5)


def moment(rows: pd.DataFrame, measure: str) -> float:
    """Middle of the one period that rows are of, in months."""
    frequency = "annual" if (rows["qtr"] == "A").any() else "quarterly"
    return float(_middle(rows.iloc[:1], frequency, measure)[0])


def _levels(
    rows: pd.DataFrame, frequency: str, column: str, by_jobs: bool, before: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value, size and jobs of a column, or of it a year before."""

    def level(name: str) -> FloatArray:
        now = floats(rows[name])
        change = f"oty_{name}_chg"
        if not before:
            return now
        return now - floats(rows[change]) if change in rows else np.full(len(rows), np.nan)

    months = MONTHS if frequency == "quarterly" else ("annual_avg_emplvl",)
    value = level(column)
    jobs = value if not by_jobs else np.mean([level(m) for m in months], axis=0)
    return value, jobs if by_jobs else level(ESTABS[frequency]), jobs


def _observe(history: History, cells: Mapping[str, IntArray], measure: str) -> _Observations:
    by_jobs = not measure.endswith(("_emplvl", "_estabs"))
    found: list[list[np.ndarray]] = [[] for _ in range(5)]
    for frequency, rows in history.items():
        columns, times = _columns(frequency, measure)
        for column in (c for c in columns if c in rows):
            for before in (False, True):
                value, size, jobs = _levels(rows, frequency, column, by_jobs, before)
                kept = np.flatnonzero((value >= 0) & (size >= 0))
                time = _middle(rows, frequency, column) - 12 * before
                parts = (cells[frequency], time, value * times, size, jobs)
                for into, part in zip(found, parts, strict=True):
                    into.append(part[kept])
    arrays = [np.concatenate(f) if f else np.empty(0) for f in found]
    observed = _Observations(arrays[0].astype(np.int64), *arrays[1:])
    # A level as printed comes before one rebuilt from a change, whichever file it stands in.
    order = np.lexsort((np.arange(len(observed.cell)), observed.time, observed.cell))
    observed = observed.take(order)
    same = (np.diff(observed.cell) == 0) & (np.diff(observed.time) == 0)
    return observed.take(np.flatnonzero(np.append(True, ~same)[: len(observed.cell)]))


def _cells(rows: pd.DataFrame, history: History) -> tuple[IntArray, IntArray, dict[str, IntArray]]:
    """Number the cells of all tables alike: rows, the state's cell of each, history."""
    frames = [rows[KEY], *(h[KEY] for h in history.values())]
    lengths = np.cumsum([0, *(len(f) for f in frames)])
    together = pd.concat(frames, ignore_index=True)
    n_rows = len(rows)
    state = together["area_fips"].iloc[:n_rows].str[:2] + "000"
    area, _ = pd.factorize(pd.concat([together["area_fips"], state], ignore_index=True))
    own, owns = pd.factorize(together["own_code"])
    industry, industries = pd.factorize(together["industry_code"])
    rest = own.astype(np.int64) * len(industries) + industry
    n = len(together)
    cell = area[:n].astype(np.int64) * (len(owns) * len(industries)) + rest
    of_state = area[n:].astype(np.int64) * (len(owns) * len(industries)) + rest[:n_rows]
    parts = {f: cell[lengths[i + 1] : lengths[i + 2]] for i, f in enumerate(history)}
    return cell[:n_rows], of_state, parts


def _nearest(observed: _Observations, cell: IntArray, now: float, after: bool) -> IntArray:
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


def _features(jobs: FloatArray, size: FloatArray, months: FloatArray) -> FloatArray:
    """What the variance of a carried-over value may grow with: smallness and distance."""
    ones = np.ones(len(jobs))
    small = np.column_stack([ones, 1 / np.maximum(jobs, 1), 1 / np.maximum(size, 1)])
    return np.column_stack([small, small * (months / 12)[:, None]])


@dataclass(frozen=True, eq=False)
class _Side:
    """Carried-over values of one side, before what they say is learned."""

    told: IntArray
    base: FloatArray
    changes: FloatArray
    features: FloatArray


def _carry(
    problem: Problem, observed: _Observations, cell: IntArray, of_state: IntArray, now: float,
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
    of_size = np.log((problem.size[told] + 0.5) / (then.size + 0.5))
    return _Side(
        told,
        np.log(then.value / unit + 0.5),
        np.column_stack([of_industry, of_size]),
        _features(then.jobs, problem.size[told], np.abs(then.time - now)),
    )


def read_evidence(
    rows: pd.DataFrame, problem: Problem, measure: str, history: History
) -> Evidence | None:
    """Carry disclosed values of other periods over to the rows' period.

    Parameters
    ----------
    rows : DataFrame
        The rows of the problem, of one period.
    problem : Problem
    measure : str
    history : mapping of str to DataFrame
        Rows of other periods, ``quarterly`` and ``annual``.

    Returns
    -------
    Evidence or None
        None where fewer than fifty disclosed cells are disclosed in another period too, so that
        nothing can be learned.

    Notes
    -----
    log(x + ½) = log(x' + ½) + β₁ · change of the state's cell + β₂ · change of establishments
    (of jobs, for money), all in logarithms. β by least squares, and the variance of the error as
    a nonnegative sum of 1, 1/jobs and 1/establishments and the same times years apart, both on
    cells that are disclosed in both periods.
    """
    cell, of_state, parts = _cells(rows, history)
    observed = _observe(history, parts, measure)
    now = moment(rows, measure)
    sides = [_carry(problem, observed, cell, of_state, now, after) for after in (False, True)]
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
    if len(error) < LEARN_FROM:
        return None
    weight = 1 / (0.05 + features[:, 1])
    root = np.sqrt(weight)
    beta = np.linalg.lstsq(changes * root[:, None], np.clip(error, -2, 2) * root)[0]
    left2 = np.minimum((error - changes @ beta) ** 2, MAX_ERROR2)
    learned, _ = nnls(features * weight[:, None], left2 * weight)
    told = []
    for side in sides:
        expected, variance = (np.full(len(tree), np.nan) for _ in range(2))
        expected[side.told] = side.base + side.changes @ beta
        variance[side.told] = side.features @ learned + LEAST_VARIANCE
        told.append((expected, variance))
    return Evidence(tuple(told))
