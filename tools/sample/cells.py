"""Cells, as the agency tabulates them: area × ownership × industry, summed from the truth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np

from tools.sample.economy import Economy, Ints, economy
from tools.sample.industries import chain, level, vintage
from tools.sample.paths import FIRST_YEAR
from tools.sample.places import NATION, STATEWIDE, UNKNOWN, counties

__all__ = ["MEASURES", "Cell", "Cells", "Period", "area_code", "area_kind", "cells", "periods"]

MEASURES = ("estabs", "month1", "month2", "month3", "wages", "taxable", "contributions")


@dataclass(frozen=True, order=True)
class Cell:
    """One row of the agency's table.

    Parameters
    ----------
    area : str
        A county goes by its first code in every year, so that its history is one series.
    own_code, industry_code : str
    """

    area: str
    own_code: str
    industry_code: str

    @property
    def level(self) -> int:
        """Last digit of the aggregation level; 0 for the total over ownerships."""
        return 0 if self.own_code == "0" else level(self.industry_code)


@dataclass(frozen=True)
class Cells:
    """All cells of one NAICS vintage and which series of the truth count in each.

    Parameters
    ----------
    keys : tuple of Cell
        Sorted.
    index : dict
        Cell to its place in `keys`.
    cell, series : array of int, shape (pairs,)
        Series `series[k]` counts in cell `cell[k]`.
    """

    keys: tuple[Cell, ...]
    index: dict[Cell, int]
    cell: Ints
    series: Ints

    def total(self, values: Ints) -> Ints:
        """Sum values of the series, shape (series,), to the cells."""
        found = np.zeros(len(self.keys), dtype=np.int64)
        np.add.at(found, self.cell, values[self.series])
        return found

    def top_two(self, values: Ints, more: Ints) -> tuple[Ints, Ints]:
        """Return the largest and the second largest employer of every cell, jobs."""
        cell = np.concatenate([self.cell, self.cell])
        size = np.concatenate([values[self.series], more[self.series]])
        order = np.lexsort((-size, cell))
        cell, size = cell[order], size[order]
        first = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
        one, two = (np.zeros(len(self.keys), dtype=np.int64) for _ in range(2))
        one[cell[first]] = size[first]
        two[cell[first]] = size[first + 1]
        return one, two


@dataclass(frozen=True)
class Period:
    """A year or a quarter.

    Parameters
    ----------
    year : int
    qtr : int
        1 to 4, or 0 for the year.
    """

    year: int
    qtr: int = 0

    @property
    def naics_year(self) -> int:
        """The vintage in which it is published."""
        return vintage(self.year)

    @property
    def before(self) -> Period:
        """The same period a year earlier."""
        return Period(self.year - 1, self.qtr)

    @property
    def quarters(self) -> tuple[int, ...]:
        """Its quarters, counted from the first one of the truth."""
        start = 4 * (self.year - FIRST_YEAR)
        return tuple(range(start, start + 4)) if not self.qtr else (start + self.qtr - 1,)


def area_kind(area: str) -> str:
    """Return nation, state or county.

    Examples
    --------
    >>> from tools.sample.cells import area_kind
    >>> area_kind("99000"), area_kind("99999")
    ('state', 'county')
    """
    return {NATION: "nation", STATEWIDE: "state"}.get(area, "county")


@cache
def _renamed() -> dict[str, str]:
    by_place = defaultdict(list)
    for county in sorted(counties(), key=lambda c: c.first_year):
        by_place[(county.x, county.y)].append(county.area_fips)
    return {codes[0]: codes[-1] for codes in by_place.values()}


def area_code(area: str, year: int) -> str:
    """Return the code under which an area is published in a year.

    Examples
    --------
    >>> from tools.sample.cells import area_code
    >>> area_code("99027", 2019), area_code("99027", 2020)
    ('99027', '99012')
    """
    in_use = {c.area_fips for c in counties(year)}
    special = (NATION, STATEWIDE, UNKNOWN)
    return area if area in special or area in in_use else _renamed()[area]


def _places(area: str) -> tuple[str, ...]:
    return (area,) if area == NATION else (area, STATEWIDE)


def _memberships(truth: Economy, naics_year: int) -> list[tuple[Cell, int]]:
    pairs = []
    for i, (area, leaf) in enumerate(zip(truth.area, truth.leaf, strict=True)):
        for place in _places(area):
            codes = chain(leaf.code(naics_year))
            pairs += [(Cell(place, leaf.own_code, code), i) for code in codes]
            pairs.append((Cell(place, "0", "10"), i))
            if place == STATEWIDE and leaf.own_code != "5":
                pairs.append((Cell(place, "8", "10"), i))
    return pairs


@cache
def cells(naics_year: int) -> Cells:
    """Return the cells of a vintage.

    Examples
    --------
    >>> from tools.sample.cells import Cell, cells
    >>> software = Cell("99000", "5", "5112")
    >>> software in cells(2017).index, software in cells(2022).index
    (True, False)
    """
    pairs = _memberships(economy(), naics_year)
    keys = tuple(sorted({cell for cell, _ in pairs}))
    index = {cell: i for i, cell in enumerate(keys)}
    return Cells(
        keys,
        index,
        np.array([index[cell] for cell, _ in pairs], dtype=np.int64),
        np.array([series for _, series in pairs], dtype=np.int64),
    )


@cache
def periods(period: Period) -> dict[str, Ints]:
    """Return the sums of every cell in a period, by measure.

    Returns
    -------
    dict of str to array of int, shape (cells,)
        For a quarter the seven `MEASURES`; for a year `estabs` and `jobs` are sums over the four
        quarters and the twelve months. Both have `jobs`, `firms`, `largest` and `second`.
    """
    truth, grid = economy(), cells(period.naics_year)
    quarters = list(period.quarters)
    found = {
        name: grid.total(getattr(truth, name)[:, quarters].sum(axis=1))
        for name in ("estabs", "wages", "taxable", "contributions", "firms")
    }
    months = truth.jobs.reshape(len(truth.area), -1, 3)[:, quarters, :]
    for m in range(3):
        found[f"month{m + 1}"] = grid.total(months[:, :, m].sum(axis=1))
    jobs = months.sum(axis=2)
    found["jobs"] = found["month1"] + found["month2"] + found["month3"]
    one = np.floor(jobs * truth.largest[:, quarters] + 0.5).astype(np.int64).sum(axis=1)
    two = np.floor(jobs * truth.second[:, quarters] + 0.5).astype(np.int64).sum(axis=1)
    found["largest"], found["second"] = grid.top_two(one, two)
    return found
