"""From sums to the published columns: averages, pay, location quotients, changes over the year.

The rules are the agency's, as its own files show them: averages round half up, pay divides by the
unrounded average employment, quotients and changes are taken from the rounded numbers, and
percentages round half to even.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tools.sample.cells import Cell, Period, area_code, cells, periods
from tools.sample.economy import Ints
from tools.sample.places import NATION
from tools.sample.suppress import Flags, withheld

__all__ = ["ANNUAL", "QUARTERLY", "Published", "measures", "published"]

ANNUAL = (
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
)
QUARTERLY = (
    "qtrly_estabs",
    "month1_emplvl",
    "month2_emplvl",
    "month3_emplvl",
    "total_qtrly_wages",
    "taxable_qtrly_wages",
    "qtrly_contributions",
    "avg_wkly_wage",
)


@dataclass(frozen=True)
class Published:
    """The columns of a period for every cell; establishments are the first measure.

    Parameters
    ----------
    names : tuple of str
        Measures in the agency's order.
    values, lq_hundredths, change, change_tenths : array of int, shape (measures, cells)
        Levels, quotients × 100, changes, changes in percent × 10.
    hidden, lq_hidden, oty_hidden : array of bool, shape (cells,)
        Which part of a row is withheld.
    absent_before : array of bool, shape (cells,)
        No row a year earlier.
    listed : array of bool, shape (cells,)
        The row is printed at all.
    """

    names: tuple[str, ...]
    values: Ints
    lq_hundredths: Ints
    change: Ints
    change_tenths: Ints
    hidden: Flags
    lq_hidden: Flags
    oty_hidden: Flags
    absent_before: Flags
    listed: Flags


def _ratio_half_up(top: Ints, bottom: Ints) -> Ints:
    safe = np.where(bottom > 0, bottom, 1)
    return np.where(bottom > 0, (2 * top + safe) // (2 * safe), 0)


@cache
def measures(period: Period) -> Ints:
    """Return the published levels of a period before anything is withheld, (measures, cells)."""
    sums = periods(period)
    money = [sums["wages"], sums["taxable"], sums["contributions"]]
    if period.qtr:
        jobs = [sums[f"month{m}"] for m in (1, 2, 3)]
        weekly = _ratio_half_up(3 * sums["wages"], 13 * sums["jobs"])
        return np.array([sums["estabs"], *jobs, *money, weekly])
    estabs, emplvl = (2 * sums["estabs"] + 4) // 8, (2 * sums["jobs"] + 12) // 24
    weekly = _ratio_half_up(12 * sums["wages"], 52 * sums["jobs"])
    yearly = _ratio_half_up(12 * sums["wages"], sums["jobs"])
    return np.array([estabs, emplvl, *money, weekly, yearly])


@cache
def _present(year: int) -> Flags:
    """Cells that have an establishment in some quarter of a year."""
    return periods(Period(year))["estabs"] > 0


def _same_cells(period: Period) -> tuple[Ints, Flags]:
    """Return for every cell its place a year earlier, and whether its code was the same."""
    before, grid = period.before, cells(period.naics_year)
    index = cells(before.naics_year).index
    place = np.array([index.get(cell, 0) for cell in grid.keys], dtype=np.int64)
    same = [
        cell in index and area_code(cell.area, period.year) == area_code(cell.area, before.year)
        for cell in grid.keys
    ]
    return place, np.array(same)


def _quotients(values: Ints, period: Period) -> tuple[Ints, Flags]:
    """Return quotients × 100 against the nation's total, and where the nation is withheld."""
    grid = cells(period.naics_year)
    twin = [grid.index.get(Cell(NATION, c.own_code, c.industry_code), -1) for c in grid.keys]
    base = [grid.index[Cell(c.area, "0", "10")] for c in grid.keys]
    top = grid.index[Cell(NATION, "0", "10")]
    nation = values[:, twin].astype(np.float64)
    # Total government has no row of the nation's to stand against; it is the sum of its three.
    for i, cell in enumerate(grid.keys):
        if cell.own_code == "8":
            parts = [grid.index[Cell(NATION, own, "10")] for own in ("1", "2", "3")]
            nation[:, i] = _government(values[:, parts])
    whole, national_whole = values[:, base].astype(np.float64), values[:, [top]].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = (values / whole) / (nation / national_whole)
    quotient[~np.isfinite(quotient)] = 0.0
    gone = withheld(period)[twin] & (np.array(twin) >= 0)
    return np.rint(quotient * 100.0).astype(np.int64), gone


def _government(parts: Ints) -> NDArray[np.float64]:
    added = parts.sum(axis=1).astype(np.float64)
    # The last one or two rows are averages: wages over jobs.
    annual = len(added) == len(ANNUAL)
    jobs = added[1] if annual else added[1:4].sum() / 3.0
    wages = added[2] if annual else added[4]
    pay = [wages / jobs / 52.0, wages / jobs] if annual else [wages / jobs / 13.0]
    return np.concatenate([added[: len(added) - len(pay)], pay])


def _tenths(change: Ints, before: Ints) -> Ints:
    """Return percent × 10, half to even; from nothing to something counts as 100 %."""
    safe = np.where(before == 0, 1, before).astype(np.float64)
    tenths = np.rint(change * 1000.0 / safe).astype(np.int64)
    return np.where(before == 0, np.where(change > 0, 1000, 0), tenths)


@cache
def published(period: Period) -> Published:
    """Return everything that a period's rows print."""
    values, out = measures(period), withheld(period)
    present, empty = _present(period.year), measures(period)[0] == 0
    lq, national_gap = _quotients(values, period)
    place, same = _same_cells(period)
    before = np.where(same, measures(period.before)[:, place], 0)
    known = same & _present(period.year - 1)[place]
    shown_before = known & ~withheld(period.before)[place] & (before[0] > 0)
    change = values - before
    hidden = out | empty
    return Published(
        QUARTERLY if period.qtr else ANNUAL,
        values,
        lq,
        change,
        _tenths(change, before),
        hidden,
        hidden | national_gap,
        hidden | ~shown_before,
        ~known,
        present | known,
    )
