"""Industry projections, and the pay that sustains a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np

from tools.sample.cells import Cell, area_kind
from tools.sample.chance import bell
from tools.sample.economy import Ints, economy
from tools.sample.industries import chain
from tools.sample.paths import FIRST_YEAR, growth
from tools.sample.places import NATION, STATE, STATEWIDE, UNKNOWN, County, counties

__all__ = ["projection_rows", "region_projection_rows", "threshold_rows"]

_BASE, _HORIZON = 2022, 10
_REGION, _REGION_HORIZON = "crossway", 5
# Projections end at four digits and leave out what is too small to project.
_LEVELS = (1, 4, 5, 6)
_SMALLEST = {"nation": 1000, "state": 60, "region": 60}
_SOURCES = {
    NATION: "Merrowland industry projections 2022-2032 (illustrative)",
    STATEWIDE: f"{STATE} industry projections 2022-2032 (illustrative)",
    _REGION: "Crossway workforce board, employer survey and projections 2022-2027 (illustrative)",
}
_HOUSEHOLDS = {"1 adult": 31_400, "1 adult, 1 child": 51_800, "2 adults, 2 children": 40_600}
_PRICES = {2022: 96, 2023: 100}
_THRESHOLD_SOURCE = f"{STATE} family budgets (illustrative)"

Row = tuple[str, str, str, int, int, int, int, str]


def _power(base: float, n: int) -> float:
    found = 1.0
    for _ in range(n):
        found *= base
    return found


@cache
def _jobs() -> Ints:
    start = 12 * (_BASE - FIRST_YEAR)
    return economy().jobs[:, start : start + 12].sum(axis=1)


def _sums(place: dict[str, str], years: int, lift: float) -> dict[Cell, tuple[int, int]]:
    """Add jobs now and jobs then to every cell; `place` says which areas count, and as what."""
    truth = economy()
    noise = bell("outlook", len(truth.area))
    totals: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for i, (area, leaf) in enumerate(zip(truth.area, truth.leaf, strict=True)):
        if area not in place:
            continue
        # Projections look through the recovery: they expect a bit less than recent growth.
        rate = 0.7 * growth()[leaf.growth].after_pct - 0.3 + 0.25 * float(noise[i]) + lift
        now = int(_jobs()[i])
        then = int(np.floor(now * _power(1.0 + rate / 100.0, years) + 0.5))
        for own in (leaf.own_code, "0"):
            for code in chain(leaf.naics_2022):
                pair = totals[Cell(place[area], own, code)]
                pair[0] += now
                pair[1] += then
    return {cell: (now, then) for cell, (now, then) in totals.items()}


def _tens(twelfths: int) -> int:
    """Average of twelve months, rounded to ten jobs as projections are."""
    return (twelfths + 60) // 120 * 10


def _published(sums: dict[Cell, tuple[int, int]], smallest: int, years: int) -> Iterator[Row]:
    public = {(c.area, c.industry_code) for c in sums if c.own_code in ("1", "2", "3")}
    for cell in sorted(sums):
        mixed = (cell.area, cell.industry_code) in public
        wanted = cell.own_code == "5" or (cell.own_code == "0" and mixed)
        wanted &= not cell.industry_code.startswith("99")
        level = Cell(cell.area, "5", cell.industry_code).level
        now, then = (_tens(n) for n in sums[cell])
        if wanted and level in _LEVELS and now >= smallest:
            ends = (_BASE, _BASE + years, now, then, _SOURCES[cell.area])
            yield cell.area, cell.industry_code, cell.own_code, *ends


def projection_rows() -> Iterator[Row]:
    """Yield the projections of the state and of the nation, ten years ahead."""
    state = {c.area_fips: STATEWIDE for c in counties()} | {UNKNOWN: STATEWIDE}
    for place, lift in ((state, 0.1), ({NATION: NATION}, 0.0)):
        area = next(iter(place.values()))
        yield from _published(_sums(place, _HORIZON, lift), _SMALLEST[area_kind(area)], _HORIZON)


def region_projection_rows() -> Iterator[Row]:
    """Yield the one region's own projections, five years ahead, by sector and 3-digit industry."""
    place = {c.area_fips: _REGION for c in counties() if c.region == _REGION}
    for row in _published(_sums(place, _REGION_HORIZON, 0.4), _SMALLEST["region"], _REGION_HORIZON):
        if len(row[1]) != 4:
            yield row


def _cost(county: County) -> float:
    """Living is dear where pay is high and where visitors buy homes."""
    return county.pay_level + (0.22 if county.region == "spar-highlands" else 0.02)


def threshold_rows() -> Iterator[tuple[str, str, int, int, str]]:
    """Yield area, household, year, annual wage of each working adult, and the source."""
    for county in counties(2023):
        for household, wage in _HOUSEHOLDS.items():
            for year, percent in _PRICES.items():
                rounded = int(wage * _cost(county) * percent / 1000.0 + 0.5) * 10
                yield county.area_fips, household, year, rounded, _THRESHOLD_SOURCE
