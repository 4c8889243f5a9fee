"""Which cells are withheld, and which others with them so that no difference gives them away.

Primary: too few employers, or one that towers over the rest (the p-percent rule). Complementary:
in every sum that the tables print (an industry and its parts, a state and its counties, all
ownerships and each) a single withheld member could be found by subtraction, so another one goes.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tools.sample.cells import Cell, Cells, Period, area_kind, cells, periods
from tools.sample.chance import uniform
from tools.sample.industries import chain
from tools.sample.paths import FIRST_YEAR, YEARS
from tools.sample.places import NATION, STATEWIDE

__all__ = ["Sums", "sums", "withheld"]

Flags = NDArray[np.bool_]

_FEWEST_FIRMS = 4
# The rest of a cell must be at least this share of its largest employer.
_P_PERCENT = 25
# Agencies that agree to be shown, as a share of the public sectors of a county.
_CONSENT = 0.14
# Counties whose state and local governments are withheld altogether.
_CLOSED = 0.12
# National cells that are withheld on their own, so that quotients are missing where jobs are not.
_NATIONAL = (Cell(NATION, "3", "713940"), Cell(NATION, "3", "713990"))
# How much more it hurts to withhold the levels that most people read.
_READERS = {1: 1e6, 2: 1e4, 3: 200.0, 4: 30.0, 5: 4.0}
_NEVER = 1e15
_FIRST_WITH_QUARTERS = 2021


@dataclass(frozen=True)
class Sums:
    """Every sum that the tables print.

    Parameters
    ----------
    members : tuple of tuple of int
        Cells of each sum; the whole comes first.
    of : dict of int to list of int
        The sums that a cell is in.
    """

    members: tuple[tuple[int, ...], ...]
    of: dict[int, list[int]]


@cache
def sums(naics_year: int) -> Sums:
    """Return the sums among the cells of a vintage; a part that equals its whole is kept."""
    grid = cells(naics_year)
    found: dict[int, set[int]] = defaultdict(set)
    whole_of_counties: dict[int, set[int]] = defaultdict(set)
    parent = _parents(naics_year)
    for i, cell in enumerate(grid.keys):
        if cell.own_code in ("0", "8"):
            continue
        if cell.industry_code == "10":
            found[grid.index[Cell(cell.area, "0", "10")]].add(i)
        else:
            up = Cell(cell.area, cell.own_code, parent[cell.industry_code])
            found[grid.index[up]].add(i)
        if area_kind(cell.area) == "county":
            state = Cell(STATEWIDE, cell.own_code, cell.industry_code)
            whole_of_counties[grid.index[state]].add(i)
    members = [
        (whole, *sorted(parts))
        for table in (found, whole_of_counties)
        for whole, parts in sorted(table.items())
    ]
    of: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(members):
        for i in group:
            of[i].append(number)
    return Sums(tuple(members), dict(of))


@cache
def _parents(naics_year: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in cells(naics_year).keys:
        if cell.level == 8:
            codes = chain(cell.industry_code)
            found.update(zip(codes[1:], codes[:-1], strict=True))
    return found


@cache
def _exempt(naics_year: int) -> Flags:
    """Cells that are never sensitive: totals, the federal government, those that agreed."""
    found = []
    for cell in cells(naics_year).keys:
        consents = cell.own_code in ("0", "1", "8") or (cell.own_code == "5" and cell.level == 1)
        if cell.own_code in ("2", "3") and cell.level <= 2:
            consents = not _closed(cell.area)
        elif cell.own_code in ("2", "3") and cell.level >= 4:
            name = f"consent {cell.area} {cell.own_code} {_sector(cell, naics_year)}"
            consents = float(uniform(name, 1)[0]) < _CONSENT
        found.append(consents)
    return np.array(found)


@cache
def _closed(area: str) -> bool:
    """Say whether the state and local governments of an area do not even show their totals."""
    drawn = float(uniform(f"closed {area}", 1)[0]) < _CLOSED
    return area_kind(area) == "county" and drawn and _both_governments(area)


@cache
def _both_governments(area: str) -> bool:
    """Say whether state and local government can hide behind each other in every year."""
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        grid, jobs = cells(Period(year).naics_year), periods(Period(year))["jobs"]
        places = [grid.index.get(Cell(area, own, "10"), -1) for own in ("2", "3")]
        if any(place < 0 or jobs[place] == 0 for place in places):
            return False
    return True


def _sector(cell: Cell, naics_year: int) -> str:
    """Return the sector of a cell of three or more digits."""
    code, parent = cell.industry_code, _parents(naics_year)
    while len(code) > 2 and "-" not in code:
        code = parent[code]
    return code


def _primary(grid: Cells, values: dict[str, NDArray[np.int64]], naics_year: int, n: int) -> Flags:
    few = values["firms"] < _FEWEST_FIRMS * n
    rest = values["jobs"] - values["largest"] - values["second"]
    towers = rest * 100 < _P_PERCENT * values["largest"]
    there = (values["jobs"] > 0) | (values["wages"] > 0)
    local = np.array([area_kind(c.area) != "nation" for c in grid.keys])
    found = (few | towers) & there & local & ~_exempt(naics_year) & ~_open_totals(grid, values)
    for cell in _NATIONAL:
        found[grid.index[cell]] = True
    return found


def _open_totals(grid: Cells, values: dict[str, NDArray[np.int64]]) -> Flags:
    """Public cells that equal a total which is shown."""
    found = []
    for i, cell in enumerate(grid.keys):
        total = grid.index[Cell(cell.area, cell.own_code, "10")]
        public = cell.own_code in ("2", "3") and not _closed(cell.area)
        found.append(public and values["jobs"][i] == values["jobs"][total])
    return np.array(found)


def _cost(grid: Cells, jobs: NDArray[np.int64], gladly: Flags, unwillingly: Flags) -> list[float]:
    """What it costs to withhold a cell: its jobs, and more for what everybody reads."""
    found = []
    for i, cell in enumerate(grid.keys):
        cost = float(jobs[i] + 1)
        cost *= _READERS.get(cell.level, 1.0)
        public = cell.own_code in ("2", "3")
        never = cell.own_code in ("0", "1", "8") or (not public and cell.level == 1)
        never |= public and cell.level <= 2 and not _both_governments(cell.area)
        cost *= 3.0 if area_kind(cell.area) == "state" else 1.0
        cost *= 0.6 if gladly[i] else 1.0
        cost *= 1e3 if unwillingly[i] else 1.0
        found.append(_NEVER if never else cost)
    return found


def _complement(start: Flags, there: Flags, net: Sums, cost: list[float]) -> Flags:
    """Withhold more cells until no sum has exactly one withheld member."""
    out = start.copy()
    count = [sum(1 for i in group if out[i]) for group in net.members]
    queue = deque(number for number, n in enumerate(count) if n == 1)
    while queue:
        number = queue.popleft()
        if count[number] != 1:
            continue
        options = [i for i in net.members[number] if there[i] and not out[i] and cost[i] < _NEVER]
        if not options:
            continue

        def price(i: int) -> tuple[float, int]:
            # A cell whose other sum already hides something draws no further cell after it.
            lonely = sum(1 for other in net.of[i] if count[other] == 0)
            return cost[i] * (1.0 + 2.0 * lonely), i

        chosen = min(options, key=price)
        out[chosen] = True
        for other in net.of[chosen]:
            count[other] += 1
            if count[other] == 1:
                queue.append(other)
    return out


def _solve(period: Period, gladly: Flags, unwillingly: Flags, start: Flags | None = None) -> Flags:
    grid, values = cells(period.naics_year), periods(period)
    there = (values["jobs"] > 0) | (values["wages"] > 0)
    if start is None:
        start = _primary(grid, values, period.naics_year, len(period.quarters))
    cost = _cost(grid, values["jobs"], gladly, unwillingly)
    return _complement(start & there, there, sums(period.naics_year), cost)


def _carried(pattern: Flags, old: int, new: int) -> Flags:
    """Carry a pattern over to the cells of another vintage by their codes."""
    if old == new:
        return pattern
    index = cells(old).index
    return np.array([cell in index and bool(pattern[index[cell]]) for cell in cells(new).keys])


@cache
def withheld(period: Period) -> Flags:
    """Return which cells of a period are withheld, shape (cells,).

    A year is never withheld where all its quarters are printed, as the agency has it; each
    period leans on the pattern of the one before it.
    """
    n = len(cells(period.naics_year).keys)
    none = np.zeros(n, dtype=bool)
    if period.year < _FIRST_WITH_QUARTERS:
        if period.year == 2016:
            return _solve(period, none, none)
        return _solve(period, withheld(period.before), none)
    if not period.qtr:
        quarters = [withheld(Period(period.year, q)) for q in (1, 2, 3, 4)]
        times = np.sum(quarters, axis=0)
        return _solve(period, times > 0, times == 0, times >= 2)
    if period.qtr > 1:
        earlier = withheld(Period(period.year, period.qtr - 1))
    elif period.year == _FIRST_WITH_QUARTERS:
        earlier = withheld(Period(period.year - 1))
    else:
        last = Period(period.year - 1, 4)
        earlier = _carried(withheld(last), last.naics_year, period.naics_year)
    return _solve(period, earlier, none)
