"""Is a region's footprint a labor market: who crosses its border, and what each county does to it.

A footprint is a working definition, not too small and not too big. It is too small where too many
cross its border, and made of several labor markets where it falls into parts that each are one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lmi import codes
from lmi.analysis.county_flows import Containment, CountyFlows, Share
from lmi.assessment.commuting_flows import TIED, Lacking, RegionFlows, lacking_of, read_flows
from lmi.assessment.outlines import map_names
from lmi.config import Region
from lmi.measures.commuting_zones import (
    APART,
    commuting_similarity,
    commuting_zones,
    falls_apart,
)
from lmi.missing import Missing
from lmi.store import Store

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "CountyEffect",
    "LaborMarket",
    "Market",
    "Size",
    "county_called",
    "market_of",
    "markets_of",
    "open_footprint",
    "size_of",
]

CLOSE = 0.05
"""A county that does not touch the region is looked at from so strong a tie on."""
MOST = 16  # other counties that are looked at
DRAWS, SURE, SEED = 200, 0.9, 20_061
ASIDE = 0.02  # degrees by which the drawn lines of two counties that touch may differ
Z90 = 1.645  # a margin of error at 90 percent, in standard errors


class Size(StrEnum):
    """What a footprint is, seen as a labor market."""

    right = "about right"
    small = "too small"
    several = "too big"
    unsure = "too small or about right"
    unknown = "not known"


@dataclass(frozen=True)
class CountyEffect:
    """What becomes of a footprint if a county joins it, or leaves it.

    Parameters
    ----------
    joins : bool
        Whether it would be added, or else left out.
    ties : tuple of Share
        What it exchanges with the rest of the footprint, by the workers of the smaller.
    after : tuple of Containment
        By the tables of flows, in their order.
    """

    county: str
    joins: bool
    ties: tuple[Share, ...]
    after: tuple[Containment, ...]


@dataclass(frozen=True)
class Market:
    """Counties of a footprint that are tied to each other.

    Parameters
    ----------
    validity : float
        How far they are a labor market by themselves; they are from 1 on.
    """

    counties: tuple[str, ...]
    lives: float
    validity: float


@dataclass(frozen=True, eq=False)
class LaborMarket:
    """A footprint seen as a labor market.

    Parameters
    ----------
    flows : tuple of RegionFlows
        Jobs that were counted, people who were asked; none where no table has its counties.
    touching : frozenset of str
        Counties that touch it on the map; empty without one.
    names : mapping of str to str
        Counties by the names on the map.
    lacking : tuple of Lacking
        What tables lack of it that cannot be used for that.
    """

    region: Region
    flows: tuple[RegionFlows, ...]
    touching: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)
    lacking: tuple[Lacking, ...] = ()

    def name(self, county: str) -> str:
        """Return what a county is called; with its state where that is another.

        With the postal code of its state where the region lies in several; whole where another
        has the same name.
        """
        if county[:2] not in self.region.state_fips:
            return codes.area_title(county)
        name = county_called(county, self.names)
        several = len(self.region.state_fips) > 1
        return f"{name}, {codes.state_postal(county[:2])}" if several else name

    @property
    def judged_by(self) -> RegionFlows | None:
        """The flows that it is judged by: people who were asked where the store has them.

        Jobs that are counted stand where their employer reports them, often far from where the
        work is, so that more of them seem to cross a border than do.
        """
        return next((f for f in self.flows if f.is_survey), next(iter(self.flows), None))

    @cached_property
    def size(self) -> Size:
        """What it is, going by the whole of the interval."""
        if self.judged_by is None:
            return Size.unknown
        found = size_of(self.judged_by.containment)
        return Size.several if found is Size.right and len(self.markets) > 1 else found

    @cached_property
    def markets(self) -> tuple[Market, ...]:
        """The labor markets that it is surely made of; itself alone where it is not."""
        found = self.judged_by
        return () if found is None else markets_of(found)

    @cached_property
    def effects(self) -> tuple[CountyEffect, ...]:
        """What each own county does to it, and each that is near, the strongest tie first."""
        if not self.flows:
            return ()
        own = self.flows[0].own
        leave = [self._effect(county, set(own) - {county}) for county in own if len(own) > 1]
        join = [self._effect(county, {*own, county}) for county in self.near]
        return tuple(join + leave)

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Other counties that might join, the `MOST` of `around` that are tied to it most."""
        return self.around[:MOST]

    @cached_property
    def around(self) -> tuple[str, ...]:
        """Other counties that touch it or are surely closely tied to it, strongest tie first."""
        found = self.judged_by
        if found is None:
            return ()
        least = CLOSE if self.touching else TIED
        return tuple(c for c, tie in found.ties.items() if c in self.touching or tie.lo >= least)

    @cached_property
    def loose(self) -> tuple[CountyEffect, ...]:
        """The own counties that surely hardly commute with the rest, which does without them."""
        found = self.judged_by
        if found is None or self.size is not Size.right:
            return ()
        at = self.flows.index(found)
        return tuple(
            effect
            for effect in self.effects
            if not effect.joins
            and effect.ties[at].value + effect.ties[at].margin < 1 - APART
            and effect.after[at].validity()[1] >= 1
        )

    @cached_property
    def remedies(self) -> tuple[CountyEffect, ...]:
        """The single counties by whose joining or leaving it would be a labor market.

        Only a county that is closely tied to it is thought of as joining. The one that changes it
        the least comes first.
        """
        found = self.judged_by
        if found is None or self.size not in (Size.small, Size.unsure):
            return ()
        at, lives = self.flows.index(found), found.containment.lives.value
        thinkable = (e for e in self.effects if not e.joins or e.ties[at].value >= CLOSE)
        valid = [e for e in thinkable if e.after[at].validity()[0] >= 1]
        return tuple(sorted(valid, key=lambda e: (abs(e.after[at].lives.value - lives), e.county)))

    def _effect(self, county: str, counties: Collection[str]) -> CountyEffect:
        joins = county in counties
        rest = set(counties) - {county}
        return CountyEffect(
            county, joins,
            tuple(one.by_county.tie(county, rest) for one in self.flows),
            tuple(one.by_county.containment(counties) for one in self.flows),
        )  # fmt: skip


def size_of(held: Containment) -> Size:
    """Tell whether counties are large enough to be a labor market, by the whole of the interval."""
    value, lo, hi = held.validity()
    if np.isnan(value):
        return Size.unknown
    if hi < 1:
        return Size.small
    return Size.unsure if lo < 1 or np.isnan(lo) else Size.right


def open_footprint(store: Store, region: Region) -> LaborMarket:
    """Read what the store has of a region's commuting, and of the counties around it."""
    flows = read_flows(store, region)
    states = {c[:2] for one in flows for c in one.by_county.counties} or {*region.state_fips}
    shapes = store.boundaries("county", states)
    touching = frozenset() if isinstance(shapes, Missing) else _touching(shapes, region.counties)
    lacking = lacking_of(store, region, flows)
    return LaborMarket(region, flows, touching, map_names(shapes), lacking=lacking)


def county_called(county: str, names: Mapping[str, str]) -> str:
    """Return a county's name on the map, or whole where another of its state has the same."""
    name = names.get(county) or codes.county_name(county)
    is_shared = any(
        other == name and c != county and c[:2] == county[:2] for c, other in names.items()
    )
    return codes.county_name(county) if is_shared else name


def _touching(shapes: gpd.GeoDataFrame, counties: Collection[str]) -> frozenset[str]:
    inside = shapes["area_fips"].isin(counties)
    if not inside.any():
        return frozenset()
    ground = shapes[inside].union_all().buffer(ASIDE)
    touching = frozenset(shapes.loc[~inside & shapes.intersects(ground), "area_fips"])
    return touching - codes.counted_with().keys()


def markets_of(found: RegionFlows) -> tuple[Market, ...]:
    """Split a region into the labor markets that it is made of, the largest first.

    The parts are those into which its counties fall by commuting between them. They are told
    only where nine in ten draws of the flows, within their margins of error, fall apart too, and
    each part is a labor market by itself; otherwise the region is one.
    """
    flows, at = found.by_county, np.flatnonzero(found.by_county.chosen(found.own))
    inside = np.ix_(at, at)
    groups = commuting_zones(flows.similarity[inside])
    parts = [tuple(np.array(flows.counties)[at[groups == g]]) for g in range(groups.max() + 1)]
    whole = (market_of(flows, found.own),)
    if len(parts) == 1 or _fall_apart(flows, at) < SURE:
        return whole
    split = [market_of(flows, part) for part in parts]
    is_each = all(market.validity >= 1 for market in split)
    return tuple(sorted(split, key=lambda m: (-m.lives, m.counties))) if is_each else whole


def market_of(flows: CountyFlows, counties: Sequence[str]) -> Market:
    """Return how far some counties are a labor market by themselves."""
    found = flows.containment(counties)
    return Market(tuple(map(str, counties)), found.lives.value, found.validity()[0])


def _fall_apart(flows: CountyFlows, at: npt.NDArray[np.int64]) -> float:
    """In how many draws of the flows the counties fall into more than one group, 0 to 1."""
    inside = np.ix_(at, at)
    error = np.sqrt(np.nan_to_num(flows.flows_squared[inside], posinf=0.0)) / Z90
    if not error.any():
        return 1.0
    rng = np.random.default_rng(SEED)
    value, live = flows.flows[inside], flows.live[at]
    drawn = (np.maximum(value + error * rng.standard_normal(value.shape), 0) for _ in range(DRAWS))
    return float(np.mean([falls_apart(commuting_similarity(flow, live)) for flow in drawn]))
