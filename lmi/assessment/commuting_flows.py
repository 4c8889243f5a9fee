"""A region's commuting from each table that the store has of it, and what each cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.county_flows import Containment, CountyFlows, Flow, Share
from lmi.analysis.places import prefixes_of
from lmi.assessment.context import COUNTED
from lmi.assessment.context_table import flow_limits, long_flows, members
from lmi.config import Region
from lmi.missing import Missing
from lmi.store import Store

__all__ = [
    "JOBS_FIRST", "SURVEY", "TIED", "Lacking", "RegionFlows", "lacking_of", "newest_of_state",
    "read_flows",
]  # fmt: skip

TIED = 0.01
"""A county is tied to a region that exchanges so much of the workers of the smaller of the two."""
ABROAD = "XX"
JOBS_FIRST, SURVEY = ("commuting", "commuting_all_jobs"), "commuting_survey"
"""The tables of jobs that were counted, the better first; that of people who were asked."""


@dataclass(frozen=True, eq=False)
class RegionFlows:
    """One table's flows in and around a region.

    Parameters
    ----------
    table : {"commuting", "commuting_all_jobs", "commuting_survey"}
    year : int
        The newest that has all counties of the region at both ends.
    own : tuple of str
        The region's counties, by the codes of that year.
    by_county : CountyFlows
        Of the counties of the region's states, and of those elsewhere that are tied to it.
    limits : str
        What the file cannot tell, in sentences.
    """

    table: str
    year: int
    own: tuple[str, ...]
    by_county: CountyFlows
    limits: str

    @property
    def counts(self) -> str:
        """What it counts: main jobs, jobs or workers."""
        return COUNTED[self.table]

    @property
    def is_survey(self) -> bool:
        """Whether people were asked, who may work in another state, in place of jobs counted."""
        return self.table == SURVEY

    @cached_property
    def containment(self) -> Containment:
        """Who crosses the region's border."""
        return self.by_county.containment(self.own)

    @cached_property
    def ties(self) -> dict[str, Share]:
        """How strongly each other county is tied to the region, the strongest first."""
        return self.by_county.ties(self.own)

    def partners(self) -> tuple[tuple[Flow, ...], tuple[Flow, ...]]:
        """Return where those who come in live and where those who go out work, largest first."""
        flows, own = self.by_county, self.by_county.chosen(self.own)
        ends = flows.with_region(self.own), flows.with_region_squared(self.own)
        found = []
        for values, margins in zip(*ends, strict=True):
            rows = [
                Flow(float(n), float(np.sqrt(m)), county)
                for county, n, m, inside in zip(flows.counties, values, margins, own, strict=True)
                if n and not inside
            ]
            found.append(tuple(sorted(rows, key=lambda f: (-f.value, f.area_fips))))
        return found[0], found[1]


def read_flows(store: Store, region: Region) -> tuple[RegionFlows, ...]:
    """Read what the store has of a region's commuting: jobs that were counted, people asked.

    Jobs are main jobs where the store has them, else all jobs. What was counted and what was
    asked stand beside each other and are never mixed.

    Returns
    -------
    tuple of RegionFlows
        Empty where no table has all counties of the region.
    """
    jobs = next(filter(None, (_read(store, name, region) for name in JOBS_FIRST)), None)
    found = (jobs, _read(store, SURVEY, region))
    return tuple(one for one in found if one is not None)


class Lacking(NamedTuple):
    """Counties of a region that the newest flows of a table lack."""

    table: str
    year: int
    counties: tuple[str, ...]


def lacking_of(store: Store, region: Region, found: Sequence[RegionFlows]) -> tuple[Lacking, ...]:
    """Return what tables that are there lack of a region, those that were not read.

    Parameters
    ----------
    found : sequence of RegionFlows
        Those that were.
    """
    read = {one.table for one in found}
    names = [name for name in JOBS_FIRST if not read.intersection(JOBS_FIRST)]
    lacking = []
    for name in [*names, *({SURVEY} - read)]:
        table = store.table(name, states=prefixes_of([region]))
        if isinstance(table, Missing):
            continue
        rows = long_flows(name, table)
        year = int(rows["year"].max())
        of_year = rows[rows["year"] == year]
        there = members(region.counties, year, _areas(of_year))
        lacking.append(Lacking(name, year, there.lacking or region.counties))
    return tuple(lacking)


def newest_of_state(store: Store, name: str, state_fips: str) -> tuple[int, CountyFlows] | None:
    """Read the newest flows of a state's own counties; None where the store has none."""
    table = store.table(name, states=[state_fips])
    if isinstance(table, Missing):
        return None
    rows = long_flows(name, table)
    year = int(rows["year"].max())
    of_year = rows[rows["year"] == year]
    counties = sorted(c for c in _areas(of_year) if c[:2] == state_fips)
    return year, CountyFlows.of(of_year, counties)


def _areas(rows: pd.DataFrame) -> set[str]:
    """Return the areas that flows go to or come from."""
    return {area for end in ("work", "home") for area in rows[end].unique()}


def _read(store: Store, name: str, region: Region) -> RegionFlows | None:
    table = store.table(name, states=prefixes_of([region]))
    if isinstance(table, Missing):
        return None
    rows = long_flows(name, table)
    for year in sorted(rows["year"].unique(), reverse=True):
        of_year = rows[rows["year"] == year]
        found = members(region.counties, int(year), _areas(of_year))
        if found.have and not found.lacking:
            return _laid_out(store, name, region, of_year, found.have)
    return None


def _laid_out(
    store: Store, name: str, region: Region, rows: pd.DataFrame, own: tuple[str, ...]
) -> RegionFlows:
    """Add the whole flows of the counties in other states that are tied to the region."""
    year, limits = int(rows["year"].iloc[0]), flow_limits(rows, region)
    home = set(region.state_fips)
    elsewhere = [c for c in _tied(rows, own) if c[:2] not in home]
    if elsewhere:
        states = {*prefixes_of([region]), *(c[:2] for c in elsewhere)}
        table = store.table(name, states=states)
        assert not isinstance(table, Missing), "it was there for fewer states"
        more = long_flows(name, table)
        rows = more[more["year"] == year]
    counties = sorted(c for c in _areas(rows) if c[:2] in home) + elsewhere
    return RegionFlows(name, year, own, CountyFlows.of(rows, counties), limits)


def _tied(rows: pd.DataFrame, own: Sequence[str]) -> list[str]:
    """Return the counties that exchange at least `TIED` of the region's workers with it."""
    works, lives = rows["work"].isin(own), rows["home"].isin(own)
    exchanged = pd.concat([
        rows[works & ~lives].groupby("home")["value"].sum(),
        rows[lives & ~works].groupby("work")["value"].sum(),
    ]).groupby(level=0).sum()  # fmt: skip
    enough = exchanged >= TIED * rows.loc[lives, "value"].sum()
    found = sorted(str(county) for county in exchanged.index[enough])
    return [c for c in found if c[:2] != ABROAD and codes.is_county(c)]
