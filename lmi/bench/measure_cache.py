"""Measures of definitions as they are now, each made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lmi.analysis.candidates import CandidateMeasures
from lmi.analysis.places import prefixes_of
from lmi.analysis.span import Years, choose_years
from lmi.analysis.year_cells import available_years
from lmi.assessment.live import LiveState, open_live
from lmi.config import Candidate, Criterion, Region, StateConfig, load_candidates
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import Evidence, gather_evidence
from lmi.scoring.smaa import Robustness
from lmi.store import Store

__all__ = ["MeasureCache", "Measured"]

KEPT = 12


@dataclass(eq=False)
class Measured:
    """What was measured of some definitions, and the robustness that was made of it since.

    Parameters
    ----------
    measures : CandidateMeasures
    evidence : Evidence
    """

    measures: CandidateMeasures
    evidence: Evidence
    _robust: dict[tuple[object, ...], Robustness] = field(default_factory=dict)

    def appraise(self, weights: Mapping[str, float], about: str) -> Appraisal:
        """Weigh the criteria; robustness is taken from where it was made."""
        found = appraise(self.evidence, weights, about)
        return replace(found, robustness=self._robust.get(found.drawn_from))

    def is_robust(self, appraisal: Appraisal) -> bool:
        """Tell whether an appraisal's robustness was made already."""
        return appraisal.drawn_from in self._robust

    def robustness(self, appraisal: Appraisal) -> Robustness:
        """Return the robustness of an appraisal of this evidence, and keep it."""
        found = appraisal.over_weights
        if len(self._robust) >= KEPT:
            self._robust.clear()
        self._robust[appraisal.drawn_from] = found
        return found


class MeasureCache:
    """Measures regions and candidates, and remembers what it measured.

    Parameters
    ----------
    store : Store
    state : StateConfig
    criteria : sequence of Criterion

    Notes
    -----
    Most of the time of a measurement is the same for one candidate as for twenty, so all are
    measured together whenever one changes.
    """

    def __init__(self, store: Store, state: StateConfig, criteria: Sequence[Criterion]) -> None:
        self.store, self.state, self.criteria = store, state, tuple(criteria)
        self._live: dict[tuple[object, ...], LiveState] = {}
        self._made: OrderedDict[tuple[object, ...], Measured] = OrderedDict()

    def reread(self, state: StateConfig, criteria: Sequence[Criterion]) -> None:
        """Take a state's files as they are now; cells that were read stay."""
        self.state, self.criteria = state, tuple(criteria)
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
    ) -> Measured:
        """Measure candidates in a region.

        Raises
        ------
        StoreError
            The store lacks a county of the region.
        """
        key = (region, tuple(candidates), years, rest)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        measures = self.live(region, years).measure(region, candidates, rest)
        made = Measured(measures, gather_evidence(measures.table, self.criteria, measures.draws))
        self._made[key] = made
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return made
