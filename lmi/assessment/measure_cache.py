"""Definitions as they are now, assessed once each and weighed as they come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from lmi.analysis.places import prefixes_of
from lmi.analysis.span import Years, choose_years
from lmi.analysis.year_cells import available_years
from lmi.assessment.footprint import LaborMarket, open_footprint
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.footprint_study import footprint_evidence
from lmi.assessment.live_state import LiveState, open_live
from lmi.assessment.region import LiveAssessment
from lmi.config import Asked, Candidate, Region, StateConfig, load_candidates
from lmi.missing import Missing
from lmi.store import Store

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["MeasureCache"]

KEPT = 24
Made = TypeVar("Made", LiveAssessment, LaborMarket, FootprintEvidence)


class MeasureCache:
    """Assesses regions and candidates, and remembers what it measured and weighed.

    Notes
    -----
    Most of the time of a measurement is the same for one candidate as for twenty, so all are
    measured together whenever one changes.
    """

    def __init__(self, store: Store, state: StateConfig, asked: Asked) -> None:
        self.store, self.state, self.asked = store, state, asked
        self._live: dict[tuple[object, ...], LiveState] = {}
        self._made: OrderedDict[tuple[object, ...], object] = OrderedDict()

    def reread(self, state: StateConfig, asked: Asked) -> None:
        """Take a state's files as they are now; cells that were read stay."""
        self.state, self.asked = state, asked
        candidates = load_candidates(state)
        for key, live in self._live.items():
            self._live[key] = replace(live, state=state, candidates=candidates)
        self._made.clear()

    def years(self) -> list[int]:
        """Return the years that the store has of the state, in ascending order."""
        return available_years(self.store, self.state)

    def choose(self, year: int | None, base_year: int | None) -> Years:
        """Choose the years to measure, as every command does."""
        return choose_years(self.store, self.state, year, base_year)

    def boundaries(self, states: Collection[str], year: int) -> gpd.GeoDataFrame | Missing:
        """Return the county boundaries of some states."""
        return self.store.boundaries("county", states, year)

    def live(self, region: Region, years: Years) -> LiveState:
        """Return the cells of the states that a region lies in, read once.

        Raises
        ------
        StoreError
            The store lacks one of the states, or the year.
        """
        states = tuple(prefixes_of([*self.state.regions, region]))
        key = (states, years)
        if key not in self._live:
            others = [r for r in self.state.regions if r.key != region.key]
            holding = self.state.model_copy(update={"regions": (*others, region)})
            read = open_live(self.store, holding, years.year, years.base)
            self._live[key] = replace(read, state=self.state)
        return self._live[key]

    def measure(
        self, region: Region, candidates: Sequence[Candidate], years: Years, rest: bool
    ) -> LiveAssessment:
        """Assess candidates in a region by the criteria's own weights.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        """
        key = (region, tuple(candidates), years, rest)
        live = self.live(region, years)
        return self._kept(
            key, lambda: live.assess(region, self.asked, candidates=candidates, rest=rest)
        )

    def weigh(
        self, measured: LiveAssessment, weights: Mapping[str, float], about: str
    ) -> LiveAssessment:
        """Weigh what was measured by other weights.

        Raises
        ------
        MeasureError
            The weights cannot be used.
        """
        key = (id(measured), tuple(weights.items()), about)
        return self._kept(key, lambda: measured.weighed(weights, about))

    def labor_market(self, region: Region) -> LaborMarket:
        """Look at a region as a labor market, without its jobs."""
        return self._kept(("market", region), lambda: open_footprint(self.store, region))

    def footprint(
        self, region: Region, candidates: Sequence[Candidate], years: Years
    ) -> FootprintEvidence:
        """Look at a region's footprint, and at candidates in and around it.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        """
        live = self.live(region, years)
        return self._kept(
            ("footprint", region, tuple(candidates), years),
            lambda: footprint_evidence(live, region, self.asked, candidates),
        )

    def _kept(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._made[key] = make()
        self._made.move_to_end(key)
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return cast(Made, self._made[key])
