"""Disclosed values of other periods: as printed, or told by changes over the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.suppression.cell_hierarchy import KEY, FloatArray, IntArray
from lmi.suppression.problem import column_floats

__all__ = ["History", "Observations", "goes_by_jobs", "moment", "number_cells", "observe"]

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


@dataclass(frozen=True, eq=False)
class Observations:
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

    def take(self, at: IntArray) -> Observations:
        """Return some of them."""
        return Observations(*(getattr(self, f)[at] for f in self.__dataclass_fields__))

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


def goes_by_jobs(measure: str) -> bool:
    """Money goes by jobs, jobs go by establishments."""
    return not measure.endswith(("_emplvl", "_estabs"))


def _levels(
    rows: pd.DataFrame, frequency: str, column: str, by_jobs: bool, before: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value, size and jobs of a column, or of it a year before."""

    def level(name: str) -> FloatArray:
        now = column_floats(rows[name])
        change = f"oty_{name}_chg"
        if not before:
            return now
        return now - column_floats(rows[change]) if change in rows else np.full(len(rows), np.nan)

    months = MONTHS if frequency == "quarterly" else ("annual_avg_emplvl",)
    value = level(column)
    jobs = value if not by_jobs else np.mean([level(m) for m in months], axis=0)
    return value, jobs if by_jobs else level(ESTABS[frequency]), jobs


def observe(history: History, cells: Mapping[str, IntArray], measure: str) -> Observations:
    """Collect what other periods disclose of a measure.

    Parameters
    ----------
    history : mapping of str to DataFrame
        ``quarterly``, ``annual``.
    cells : mapping of str to ndarray
        Number of each row's cell, by kind of table.

    Returns
    -------
    Observations
        One a cell and time.
    """
    by_jobs = goes_by_jobs(measure)
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
    observed = Observations(arrays[0].astype(np.int64), *arrays[1:])
    # A level as printed comes before one rebuilt from a change, whichever file it stands in.
    order = np.lexsort((np.arange(len(observed.cell)), observed.time, observed.cell))
    observed = observed.take(order)
    same = (np.diff(observed.cell) == 0) & (np.diff(observed.time) == 0)
    return observed.take(np.flatnonzero(np.append(True, ~same)[: len(observed.cell)]))


def number_cells(
    rows: pd.DataFrame, history: History
) -> tuple[IntArray, IntArray, dict[str, IntArray]]:
    """Number the cells of all tables alike.

    Parameters
    ----------
    rows : DataFrame, n rows

    Returns
    -------
    cell, of_state : ndarray, shape (n,)
        Number of each row's cell, and of the same cell of its state.
    parts : dict of str to ndarray
        Numbers of the rows of each table of the history.
    """
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
