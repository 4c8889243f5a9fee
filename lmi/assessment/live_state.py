"""A state whose definitions can be changed while one looks: read once, measured again at will.

Reading and estimating a state's cells takes seconds; adding them up for a changed footprint or
definition takes a fraction of one. So the cells are kept, and all that comes after is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lmi.analysis.candidate_measures import (
    candidate_shift_shares,
    measure_candidates,
    measure_now,
)
from lmi.analysis.confidential import Published
from lmi.analysis.expected import expected_growth
from lmi.analysis.measured import CandidateMeasures
from lmi.analysis.outlook import projected_growth
from lmi.analysis.projected_rates import read_rates
from lmi.analysis.span import Years, choose_years, read_span, sum_span
from lmi.analysis.thresholds import no_thresholds, region_thresholds
from lmi.analysis.year_cells import YearCells
from lmi.analysis.year_sums import sum_candidate_industries
from lmi.assessment.basis import nation_basis, pandemic_note
from lmi.assessment.people import People
from lmi.assessment.people_files import people_of
from lmi.assessment.region import LiveAssessment, assess
from lmi.config import Asked, Candidate, Region, StateConfig, load_candidates
from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.store import Store
from lmi.words import Row, records

__all__ = ["LiveState", "Years", "open_live"]


@dataclass(frozen=True, eq=False)
class LiveState:
    """The cells of a state's two years, ready to be measured for any region and candidate.

    Parameters
    ----------
    candidates : tuple of Candidate
        The state's own, which its files may name.
    """

    store: Store
    state: StateConfig
    years: Years
    read: Mapping[int, YearCells]
    candidates: tuple[Candidate, ...]

    @property
    def base_year(self) -> int | None:
        """The year that growth is measured from; None where nothing is known of it."""
        first = self.years.first
        return first if first in self.read and first != self.years.year else None

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What is to be known of the nation's numbers, of the base year and of projections."""
        year, base = self.years.year, self.base_year
        nation = self.state.regions[0].nation
        said = (
            nation_basis(self.store, nation, year, self.read[year].quoted).note,
            pandemic_note([] if base is None else [base], year),
        )
        projected = read_rates(self.store, self.state, year).notes
        return tuple(filter(None, (*said, *projected)))

    @property
    def areas(self) -> frozenset[str]:
        """The areas that have data in the year."""
        return self.read[self.years.year].areas

    @property
    def source_ids(self) -> set[int]:
        """Numbers of the files that the cells came from, as the catalogue has them."""
        return {i for cells in self.read.values() for i in cells.source_ids}

    def measure(
        self, region: Region, candidates: Sequence[Candidate], rest: bool = False
    ) -> CandidateMeasures:
        """Measure candidates in a region, both as they are now defined.

        Parameters
        ----------
        region : Region
            Its counties must lie in the states of the state's own regions.
        rest : bool, optional
            Compare with the rest of the region's states in place of the whole.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        """
        return self.measure_each([region], candidates, region, rest)

    def measure_each(
        self,
        regions: Sequence[Region],
        candidates: Sequence[Candidate],
        like: Region,
        rest: bool = False,
    ) -> CandidateMeasures:
        """Measure candidates in several footprints at once, a fraction of the time of one by one.

        Parameters
        ----------
        regions : sequence of Region
            As for `measure`, each with a key of its own.
        like : Region
            The region whose threshold of pay they all have.
        rest : bool, optional
            As `measure`.

        Raises
        ------
        StoreError
            The store lacks the counties of them all; a region of which it lacks one is left out.
        """
        beside = self._beside(regions, like)
        state = self.state.model_copy(update={"regions": (*regions, *beside)})
        named = self._with(*state.regions)
        year = self.years.year
        saved = Published(self.state, self.candidates)
        span = sum_span(self.read, state, candidates, self.years, rest, saved)
        if all(region.key in span.now.failed for region in regions):
            raise StoreError(next(iter(span.now.failed.values())))
        industries = sum_candidate_industries(self.read[year], state, candidates)
        projected, _ = projected_growth(
            self.store, named, candidates, industries, year, span.regions
        )
        found = self._thresholds(like)
        lines = no_thresholds() if isinstance(found, Missing) else found
        keys = pd.DataFrame({"region": [region.key for region in span.regions]})
        measured = measure_candidates(
            span,
            measure_now(span, keys.merge(lines.drop(columns="region"), how="cross")),
            candidate_shift_shares(span),
            expected_growth(span, projected),
        )
        return measured.of({region.key for region in regions})

    def _beside(self, regions: Sequence[Region], like: Region) -> tuple[Region, ...]:
        """Return what is measured with footprints that are tried, which their ranges are made of.

        That is the region as it is published, and each county that one of them has or lacks.
        """
        saved = next((r for r in self.state.regions if r.key == like.key), None)
        if saved is None or self.state.staff:
            return ()
        differ = {c for r in regions for c in {*r.counties} ^ {*saved.counties}} & self.areas
        if not differ:
            return ()
        grounds = [saved.counties, *((county,) for county in sorted(differ))]
        there = {region.counties for region in regions}
        return tuple(
            saved.model_copy(update={"key": f"{saved.key} {number}", "counties": ground})
            for number, ground in enumerate(grounds)
            if ground not in there
        )

    def people(self, region: Region, candidates: Sequence[Candidate]) -> People:
        """Return what the state's own files say that people bring on a region."""
        own = {c.key for c in self.candidates}
        known = [*self.candidates, *(c for c in candidates if c.key not in own)]
        return people_of(self.state, known, [region])

    def threshold(self, region: Region) -> Row | None:
        """Return the family-sustaining wage of a region, whose it is and for whom."""
        found = self._thresholds(region)
        return None if isinstance(found, Missing) or found.empty else records(found)[0]

    def assess(
        self,
        region: Region,
        asked: Asked,
        *,
        candidates: Sequence[Candidate] | None = None,
        rest: bool = False,
        weights: Mapping[str, float] | None = None,
        about: str = "any",
    ) -> LiveAssessment:
        """Assess a region's candidates, all as they are now defined.

        Parameters
        ----------
        candidates : sequence of Candidate, optional
            The state's own unless told.
        rest : bool, optional
            As `measure`.
        weights : mapping of str to float, optional
            By key of criterion; the criteria's own unless told.
        about : {"any", "stated", "order"}, optional
            Which weights the chances are over.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        MeasureError
            The weights cannot be used.
        """
        definitions = self.candidates if candidates is None else tuple(candidates)
        threshold = self.threshold(region)
        return assess(
            self.measure(region, definitions, rest),
            self.people(region, definitions),
            state_name=self.state.name,
            illustrative=self.state.illustrative,
            region=region,
            definitions=definitions,
            asked=asked,
            year=self.years.year,
            base_year=self.base_year,
            threshold=threshold["threshold_annual_wage"] if threshold else float("nan"),
            weights=weights,
            about=about,
            staff=self.state.staff,
        )

    def _thresholds(self, region: Region) -> pd.DataFrame | Missing:
        return region_thresholds(self.store, self._with(region), self.years.year, [region])

    def _with(self, *regions: Region) -> StateConfig:
        """Return the state with regions in the place of those of their keys, or beside them."""
        keys = {region.key for region in regions}
        others = tuple(r for r in self.state.regions if r.key not in keys)
        return self.state.model_copy(update={"regions": (*others, *regions)})


def open_live(
    store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
) -> LiveState:
    """Read what a state's regions are measured by.

    Parameters
    ----------
    year, base_year : int, optional
        As for `lmi.assessment.state.analyse`.

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    years = choose_years(store, state, year, base_year)
    return LiveState(store, state, years, read_span(store, state, years), load_candidates(state))
