"""The counties that a footprint can hold: what they are called, and which are next to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lmi import codes
from lmi.config import Region
from lmi.config.gazetteer import short_name
from lmi.missing import Missing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["County", "CountyMap"]


@dataclass(frozen=True)
class County:
    """A county that a footprint can hold.

    Parameters
    ----------
    code, name : str
        The name without its kind; with the state where that is not the footprint's own.
    group : {"in", "next", "elsewhere"}
        In the saved footprint, next to the one at hand, or elsewhere in its states.
    """

    code: str
    name: str
    group: str


class CountyMap:
    """Names and neighbours of the counties of some states.

    Parameters
    ----------
    shapes : GeoDataFrame or Missing
        County boundaries of the states, as the store gives them.
    """

    def __init__(self, shapes: gpd.GeoDataFrame | Missing) -> None:
        self._map = None if isinstance(shapes, Missing) else shapes.set_index("area_fips")

    def name(self, county: str) -> str:
        """Name a county without its kind."""
        if self._map is not None and county in self._map.index:
            return short_name(str(self._map.at[county, "name"]))
        return short_name(codes.county_name(county))

    def next_to(self, counties: Iterable[str]) -> set[str]:
        """Return the counties that touch some others; empty where there is no map of them."""
        if self._map is None:
            return set()
        here = self._map.index.isin(list(counties))
        if not here.any():
            return set()
        ground = self._map.geometry[here].union_all()
        touching = self._map.sindex.query(ground, predicate="intersects")
        return set(self._map.index[touching]) - set(self._map.index[here])

    def list(self, known: Collection[str], saved: Region, now: Region) -> list[County]:
        """List the counties that can be ticked: the saved ones, those next to them, the others."""
        beside = self.next_to(now.counties)
        found = {c for c in known if codes.is_county(c)} | {*saved.counties, *now.counties}
        several = len({c[:2] for c in found}) > 1
        listed = []
        for code in found:
            group = "in" if code in saved.counties else "next" if code in beside else "elsewhere"
            name = self.name(code)
            if several:
                name = f"{name}, {codes.state_postal(code[:2])}"
            listed.append(County(code, name, group))
        order = ("in", "next", "elsewhere")
        return sorted(listed, key=lambda c: (order.index(c.group), c.name, c.code))

    def names(self, counties: Iterable[str]) -> Mapping[str, str]:
        """Name several counties."""
        return {code: self.name(code) for code in counties}
