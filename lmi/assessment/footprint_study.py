"""A footprint as somebody looks at it: changed or not, and with a sector in mind or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from lmi import codes
from lmi.assessment.footprint import LaborMarket, open_footprint
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.footprint_fit import Fit, SectorFit, sector_fit
from lmi.assessment.footprint_sectors import AS_IT_IS, SectorsAround, measure_around
from lmi.assessment.footprint_tables import effects_table, footprints_of
from lmi.assessment.opening import OpenedRegion
from lmi.config import Asked, Candidate, CriticalMass, Region
from lmi.config.gazetteer import Gazetteer
from lmi.errors import LmiError, StoreError
from lmi.missing import Missing
from lmi.words import Row, did_you_mean, listing, records

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.assessment.live_state import LiveState

__all__ = [
    "FootprintStudy", "changed_region", "fits_of", "footprint_evidence", "study_footprint",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class FootprintStudy:
    """What is to be seen of a footprint.

    Parameters
    ----------
    market : LaborMarket
        The footprint, changed if that was asked for.
    before : LaborMarket or None
        As the state's file has it, where it was changed.
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

        Those are as `lmi.assessment.footprint_sectors.SectorsAround` has them, missing where
        the store lacks a county's jobs.
        """
        table = effects_table(self.market)
        if self.candidate is None:
            return table
        found = self.around.footprints
        sector = found[found["candidate"] == self.candidate.key]
        return table.merge(sector, on="footprint", how="left", validate="m:1")

    @property
    def lacks_jobs(self) -> bool:
        """Whether the sector is not known in some of these footprints for want of a county."""
        return self.candidate is not None and bool(self.effects["set_aside"].isna().any())

    @cached_property
    def around(self) -> SectorsAround:
        """All candidates in each of these footprints, and in each county, own and near.

        Raises
        ------
        StoreError
            The store lacks the jobs of a county of the region.
        """
        counties = [*self.region.counties, *self.market.near]
        found = measure_around(
            self.live, self.region, self.opened.asked, self.live.candidates,
            footprints_of(self.market), counties,
        )  # fmt: skip
        if not (found.footprints["footprint"] == AS_IT_IS).any():
            year, there = self.live.years.year, self.live.areas
            lacking = [
                f"{self.market.name(c)} ({c})"
                for c in self.region.counties
                if c not in there and codes.in_use(c, year)
            ]
            raise StoreError(
                f"The store lacks the jobs of {listing(lacking)} in {year}, so no sector can be "
                f"measured in {self.region.id}; ingest the files, or look without a sector."
            )
        return found

    @cached_property
    def sector_by_county(self) -> pd.DataFrame:
        """The sector in each of its counties and in those near it."""
        assert self.candidate is not None, "no sector was asked for"
        found = self.around.counties
        return found[found["candidate"] == self.candidate.key].reset_index(drop=True)

    @cached_property
    def fits(self) -> tuple[SectorFit, ...]:
        """Whether the footprint fits each candidate that has jobs in it."""
        found = fits_of(self.market, self.around, self.opened.asked.critical_mass)
        return tuple(fit for fit in found if fit.fit is not Fit.none)

    @cached_property
    def fit(self) -> SectorFit | None:
        """Whether it fits the sector in mind; None without one."""
        if self.candidate is None:
            return None
        found = fits_of(self.market, self.around, self.opened.asked.critical_mass)
        return next(fit for fit in found if fit.candidate == self.candidate.key)


def fits_of(
    market: LaborMarket, around: SectorsAround, mass: CriticalMass | None
) -> tuple[SectorFit, ...]:
    """Tell of every candidate whether a footprint fits it, in the order of their names."""
    now = around.footprints[around.footprints["footprint"] == AS_IT_IS]
    by_county: dict[str, dict[str, Row]] = {}
    for row in records(around.counties):
        by_county.setdefault(str(row["candidate"]), {})[str(row["area_fips"])] = row
    found = (
        sector_fit(market, row, by_county.get(str(row["candidate"]), {}), mass)
        for row in records(now)
    )
    return tuple(sorted(found, key=lambda fit: fit.name))


def footprint_evidence(
    live: LiveState, region: Region, asked: Asked, candidates: Sequence[Candidate]
) -> FootprintEvidence:
    """Look at a footprint, and at candidates as they are now defined in and around it.

    Raises
    ------
    StoreError
        The store lacks the jobs of the region.
    """
    market = open_footprint(live.store, region)
    near = [*region.counties, *market.near]
    shapes = live.store.boundaries("county", {county[:2] for county in near})
    around = measure_around(live, region, asked, candidates, footprints_of(market), near)
    fits = fits_of(market, around, asked.critical_mass)
    return FootprintEvidence.of(market, shapes, around, fits)


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
