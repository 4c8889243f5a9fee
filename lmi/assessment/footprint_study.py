"""A footprint as somebody looks at it: changed or not, and with a sector in mind or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from lmi.assessment.footprint import LaborMarket, open_footprint
from lmi.assessment.footprint_sectors import AS_IT_IS, by_county, in_footprints
from lmi.assessment.footprint_tables import effects_table, footprints_of
from lmi.assessment.footprint_verdict import sector_verdict
from lmi.assessment.live_state import LiveState
from lmi.assessment.opening import OpenedRegion
from lmi.config import Candidate, Region
from lmi.config.gazetteer import Gazetteer
from lmi.errors import LmiError
from lmi.missing import Missing
from lmi.words import Row, did_you_mean, listing, records

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["FootprintStudy", "changed_region", "study_footprint"]


@dataclass(frozen=True, eq=False)
class FootprintStudy:
    """What is to be seen of a footprint.

    Parameters
    ----------
    market : LaborMarket
        The footprint, changed if that was asked for.
    before : LaborMarket or None
        As the state's file has it, where it was changed.
    candidate : Candidate or None
        The sector in mind.
    year : int or None
        Of the sector's jobs.
    """

    opened: OpenedRegion
    market: LaborMarket
    before: LaborMarket | None
    candidate: Candidate | None
    year: int | None

    @property
    def region(self) -> Region:
        """The region as it is looked at."""
        return self.market.region

    @cached_property
    def live(self) -> LiveState:
        """The state's cells, which only a sector needs."""
        return self.opened.live(self.year)

    @cached_property
    def shapes(self) -> gpd.GeoDataFrame | Missing:
        """The counties of the region's states and of those near it, on a map."""
        counties = [*self.region.counties, *self.market.near]
        return self.opened.store.boundaries("county", {county[:2] for county in counties})

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What each county does to it: `effects_table`, and the sector's columns if there is one.

        Those are as `lmi.assessment.footprint_sectors.in_footprints` gives them, missing where
        the store lacks a county's jobs.
        """
        table = effects_table(self.market)
        if self.candidate is None:
            return table
        return table.merge(self._sector, on="footprint", how="left", validate="m:1")

    @cached_property
    def _sector(self) -> pd.DataFrame:
        footprints = footprints_of(self.market)
        found = in_footprints(self.live, self.region, self.opened.asked, footprints)
        assert self.candidate is not None, "no sector was asked for"
        return found[found["candidate"] == self.candidate.key].reset_index(drop=True)

    @cached_property
    def sector_now(self) -> Row:
        """The sector in the footprint as it is looked at."""
        now = self._sector[self._sector["footprint"] == AS_IT_IS]
        if now.empty:
            raise LmiError(
                f"The store lacks the jobs of a county of {self.region.id}; ingest its files."
            )
        return records(now)[0]

    @cached_property
    def sector_by_county(self) -> pd.DataFrame:
        """The sector in each of its counties and in those near it."""
        assert self.candidate is not None, "no sector was asked for"
        counties = [*self.region.counties, *self.market.near]
        found = by_county(self.live, self.region, counties)
        return found[found["candidate"] == self.candidate.key].reset_index(drop=True)

    @cached_property
    def sector_said(self) -> list[str]:
        """Whether the footprint fits the sector, in sentences; empty without a sector."""
        if self.candidate is None:
            return []
        mass = self.opened.asked.critical_mass
        return sector_verdict(self.market, self.sector_now, self.sector_by_county, mass)


def study_footprint(
    opened: OpenedRegion,
    *,
    adding: Sequence[str] = (),
    without: Sequence[str] = (),
    candidate: str = "",
    year: int | None = None,
) -> FootprintStudy:
    """Look at a region's footprint.

    Parameters
    ----------
    adding, without : sequence of str
        Counties to add and to leave out.
    candidate : str, optional
        Key of the sector in mind.
    year : int, optional
        Of the sector's jobs; the newest in the store unless told.

    Raises
    ------
    LmiError
        There is no such sector, or the footprint cannot be.
    """
    known = {c.key: c for c in opened.candidates}
    if candidate and candidate not in known:
        hint = did_you_mean(candidate, known) or f"; there are {listing(sorted(known))}"
        raise LmiError(f"There is no candidate {candidate!r}{hint}.")
    market = open_footprint(opened.store, opened.region)
    before = None
    if adding or without:
        changed = changed_region(opened, adding, without)
        market, before = open_footprint(opened.store, changed), market
    return FootprintStudy(opened, market, before, known.get(candidate), year)


def changed_region(opened: OpenedRegion, adding: Sequence[str], without: Sequence[str]) -> Region:
    """Return a region with counties added and left out.

    Raises
    ------
    LmiError
        A county is none, is there already or is not there, or none is left.
    """
    region, state = opened.region, opened.state
    own = set(region.counties)
    gazetteer = Gazetteer(state.state_fips, state.county_year)
    for county in adding:
        if wrong := gazetteer.problem(county):
            raise LmiError(f"{wrong}.")
    if strange := sorted(set(without) - own):
        raise LmiError(f"The county {strange[0]} is not in {region.id}, so it cannot be left out.")
    if twice := sorted(set(adding) & own):
        raise LmiError(f"The county {twice[0]} is in {region.id} already, so it cannot be added.")
    counties = sorted((own | set(adding)) - set(without))
    if not counties:
        raise LmiError(f"No county of {region.id} is left; leave fewer out.")
    return Region.model_validate(region.model_dump() | {"counties": tuple(counties)})
