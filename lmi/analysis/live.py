"""A state whose definitions can be changed while one looks: read once, measured again at will.

Reading and estimating a state's cells takes seconds; adding them up for a changed footprint or
definition takes a fraction of one. So the cells are kept, and all that comes after is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lmi.analysis.candidates import CandidateMeasures, candidate_shift_shares, measure_candidates
from lmi.analysis.cells import YearCells
from lmi.analysis.ground import Engagement, Knowledge, engagement, local_knowledge
from lmi.analysis.outlook import no_outlook, projected_growth
from lmi.analysis.span import Years, choose_years, read_span, sum_span
from lmi.analysis.thresholds import no_thresholds, region_thresholds
from lmi.analysis.year import sum_candidate_industries
from lmi.config import Candidate, Region, StateConfig, load_candidates
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["LiveState", "open_live"]


@dataclass(frozen=True, eq=False)
class LiveState:
    """The cells of a state's two years, ready to be measured for any region and candidate.

    Parameters
    ----------
    store : Store
    state : StateConfig
    years : Years
    read : mapping of int to YearCells
    candidates : tuple of Candidate
        The state's own, which its files may name.
    """

    store: Store
    state: StateConfig
    years: Years
    read: Mapping[int, YearCells]
    candidates: tuple[Candidate, ...]

    def measure(
        self,
        region: Region,
        candidates: Sequence[Candidate],
        rest: bool = False,
        brought: Sequence[Engagement | Knowledge | Missing] | None = None,
    ) -> CandidateMeasures:
        """Measure candidates in a region, both as they are now defined.

        Parameters
        ----------
        region : Region
            Its counties must lie in the states of the state's own regions.
        candidates : sequence of Candidate
        rest : bool, optional
            Compare with the rest of the region's states in place of the whole.
        brought : sequence of Engagement, Knowledge or Missing, optional
            What people bring; the state's own files unless told.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        """
        state = self.state.model_copy(update={"regions": (region,)})
        named = self._with(region)
        year = self.years.year
        span = sum_span(self.read, state, candidates, self.years, rest)
        industries = sum_candidate_industries(self.read[year], state, candidates)
        projected = projected_growth(self.store, named, candidates, industries, year, [region])
        thresholds = region_thresholds(self.store, named, year, [region])
        return measure_candidates(
            span,
            no_thresholds() if isinstance(thresholds, Missing) else thresholds,
            candidate_shift_shares(span),
            (no_outlook(), None) if isinstance(projected, Missing) else projected,
            self.brought(region, candidates) if brought is None else brought,
        )

    def brought(
        self, region: Region, candidates: Sequence[Candidate]
    ) -> tuple[Engagement | Knowledge | Missing, ...]:
        """Return what the state's own files say that people bring, for a region."""
        own = {c.key for c in self.candidates}
        known = [*self.candidates, *(c for c in candidates if c.key not in own)]
        return tuple(read(self.state, known, [region]) for read in (engagement, local_knowledge))

    def _with(self, region: Region) -> StateConfig:
        """Return the state with a region in the place of the one of its key, or beside them."""
        others = tuple(r for r in self.state.regions if r.key != region.key)
        return self.state.model_copy(update={"regions": (*others, region)})


def open_live(
    store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
) -> LiveState:
    """Read what a state's regions are measured by.

    Parameters
    ----------
    store : Store
    state : StateConfig
    year, base_year : int, optional
        As for `lmi.analysis.analyse`.

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    years = choose_years(store, state, year, base_year)
    return LiveState(store, state, years, read_span(store, state, years), load_candidates(state))
