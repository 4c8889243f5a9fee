"""Who works where: main jobs by county of work and of home, the labor force, the residents."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np

from tools.sample.cells import Cell, Period, area_code, cells, periods
from tools.sample.chance import Floats, bell, uniform
from tools.sample.places import NATION, STATEWIDE, County, counties

__all__ = ["commuting_rows", "labor_force_rows", "population_rows"]

COMMUTING_YEARS = (2019, 2020, 2021, 2022)
LABOR_FORCE_YEARS = (2017, 2018, 2019, 2020, 2021, 2022, 2023)
# Of all covered jobs, those that are the holder's main one.
_MAIN = 0.93
# The self-employed work too, and are not covered.
_SELF_EMPLOYED = 1.09
_KM = 4.0
_HALFWAY_KM = 28.0
# Within a county people travel too.
_WITHIN_KM = 13.0
_FITTINGS = 40
# Of all residents, those who work or look for work; and the nation's residents for each job.
_PARTICIPATION = 0.49
_RESIDENTS_PER_JOB = 2.24
_UNEMPLOYMENT = {2017: 4.3, 2018: 3.9, 2019: 3.6, 2020: 7.4, 2021: 4.8, 2022: 3.3, 2023: 3.5}


def _jobs(year: int) -> list[int]:
    """Covered jobs in April, by county."""
    april = periods(Period(year, 2))["month1"]
    index = cells(Period(year).naics_year).index
    return [int(april[index[Cell(c.area_fips, "0", "10")]]) for c in counties(2017)]


def _kernel(places: tuple[County, ...]) -> list[list[float]]:
    """How readily somebody of one county takes a job in another: it falls with distance."""
    noise = uniform("commuting", len(places) ** 2).reshape(len(places), -1)
    found = []
    for i, work in enumerate(places):
        row = []
        for j, home in enumerate(places):
            east, north = work.x - home.x, work.y - home.y
            far = max(math.sqrt(east * east + north * north) * _KM, _WITHIN_KM)
            # Ferries are slow.
            far *= 1.0 if i == j or min(work.y, home.y) > 0 else 2.5
            step = far / _HALFWAY_KM
            near = 1.0 / (1.0 + step * step)
            row.append(near * near * (0.6 + 0.8 * float(noise[i, j])))
        found.append(row)
    return found


def _fitted(kernel: list[list[float]], jobs: list[float], homes: list[float]) -> Floats:
    """Scale the kernel until its rows sum to the jobs and its columns to the workers."""
    flows = [row[:] for row in kernel]
    n = len(flows)
    for _ in range(_FITTINGS):
        for i in range(n):
            scale = jobs[i] / math.fsum(flows[i])
            flows[i] = [x * scale for x in flows[i]]
        for j in range(n):
            scale = homes[j] / math.fsum(flows[i][j] for i in range(n))
            for i in range(n):
                flows[i][j] *= scale
    return np.array(flows)


@cache
def _flows(year: int) -> np.ndarray:
    places = counties(2017)
    jobs = [_MAIN * n for n in _jobs(year)]
    homes = [n * c.homes for n, c in zip(jobs, places, strict=True)]
    balance = math.fsum(jobs) / math.fsum(homes)
    return np.floor(_fitted(_kernel(places), jobs, [h * balance for h in homes]) + 0.5)


def commuting_rows() -> Iterator[tuple[str, str, int, int]]:
    """Yield county of work, county of home, main jobs and year; in-state flows only."""
    places = [c.area_fips for c in counties(2017)]
    for year in COMMUTING_YEARS:
        flows = _flows(year)
        for j, home in enumerate(places):
            for i, work in enumerate(places):
                if flows[i, j]:
                    codes = area_code(work, year), area_code(home, year)
                    yield *codes, int(flows[i, j]), year


def labor_force_rows() -> Iterator[tuple[str, int, int, int, int, str]]:
    """Yield area, year, labor force, employed, unemployed and the unemployment rate."""
    places = counties(2017)
    own = 1.0 + 0.16 * bell("unemployment", len(places))
    for i, county in enumerate(places):
        for year in LABOR_FORCE_YEARS:
            residents = math.fsum(_flows(year)[:, i].tolist())
            employed = math.floor(residents * _SELF_EMPLOYED)
            rate = _UNEMPLOYMENT[year] * float(own[i]) / 100.0
            unemployed = math.floor(employed * rate / (1.0 - rate))
            total = employed + unemployed
            tenths = (2000 * unemployed + total) // (2 * total)
            code = area_code(county.area_fips, year)
            yield code, year, total, employed, unemployed, f"{tenths // 10}.{tenths % 10}"


def _evenly(first: float, last: float) -> list[int]:
    """Residents from the first to the last year: people do not come and go as jobs do."""
    step = (last - first) / (len(LABOR_FORCE_YEARS) - 1)
    return [math.floor(first + step * i) for i in range(len(LABOR_FORCE_YEARS))]


def population_rows() -> Iterator[tuple[str, int, int]]:
    """Yield area, year and residents: of counties by their labor force, of state and nation."""
    force = {(code, year): total for code, year, total, *_ in labor_force_rows()}
    ends = LABOR_FORCE_YEARS[0], LABOR_FORCE_YEARS[-1]
    places = counties(2017)
    share = _PARTICIPATION * (1.0 + 0.05 * bell("participation", len(places)))
    state = dict.fromkeys(LABOR_FORCE_YEARS, 0)
    for i, county in enumerate(places):
        first, last = (force[area_code(county.area_fips, y), y] / float(share[i]) for y in ends)
        for year, residents in zip(LABOR_FORCE_YEARS, _evenly(first, last), strict=True):
            state[year] += residents
            yield area_code(county.area_fips, year), year, residents
    for year, residents in state.items():
        yield STATEWIDE, year, residents
    total = {y: cells(Period(y).naics_year).index[Cell(NATION, "0", "10")] for y in ends}
    first, last = (
        float(periods(Period(y, 2))["month1"][total[y]]) * _RESIDENTS_PER_JOB for y in ends
    )
    for year, residents in zip(LABOR_FORCE_YEARS, _evenly(first, last), strict=True):
        yield NATION, year, residents
