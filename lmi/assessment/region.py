"""One region's candidates, assessed: measures, scores, ranks, screens, reasons, people's words.

A saved state's tables give one for each region (`lmi.report.open_profile`), a live state gives
one of whatever is defined and weighed now (`assess`). Whoever shows or exports it reads this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi.analysis.measured import KEYS, CandidateMeasures
from lmi.assessment.apart import Apart, apart_of, best_first, in_groups
from lmi.assessment.case import CandidateCase, RegionContext, cases_of
from lmi.assessment.people import People, listed_by, rated_by
from lmi.assessment.reasons import Reasons, reasons_for
from lmi.assessment.standing import Standing, stand_in
from lmi.config import Asked, Candidate, Criterion, NamedScreen, Region
from lmi.config.set_aside import UNSCORED
from lmi.errors import MeasureError
from lmi.measures.arithmetic import BoolArray
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import Evidence, gather_evidence
from lmi.words import Row, is_known, records

__all__ = [
    "Assessment",
    "CandidateMeasures",
    "LiveAssessment",
    "Place",
    "assess",
]


@dataclass(frozen=True, eq=False, kw_only=True)
class Assessment:
    """What is known of a region's candidates, by some criteria and weights.

    Parameters
    ----------
    state_name : str
        As a sentence uses it.
    illustrative : bool
        Whether the numbers are made up to show what a profile looks like.
    year : int
        Of the levels.
    base_year : int or None
        The year that growth is measured from; None where there is but one.
    definitions : tuple of Candidate
        The working definitions behind the candidates.
    asked : Asked
        The criteria behind the score, and lines of the state's own that stand beside it.
    candidates : DataFrame, one row a candidate
        Measures with the ranking's columns and the screens beside them.
    scores, robustness, weights : DataFrame
        Values by candidate and criterion; the chance of every rank; what each criterion counts
        for here.
    engagement, knowledge, readiness : DataFrame
        What people bring on this region; no rows where nobody brought anything.
    uncovered : DataFrame
        What no candidate holds, as `lmi.analysis.uncovered.measure_uncovered` gives it.
    threshold : float, USD a year
        The family-sustaining wage; NaN where none is known.
    about : {"any", "stated", "order"}, optional
        Which weights the chances are over.
    staff : bool, optional
        Whether numbers of fewer than three employers are shown, so that nothing is published.
    """

    state_name: str
    illustrative: bool
    region: Region
    year: int
    base_year: int | None
    definitions: tuple[Candidate, ...]
    asked: Asked
    candidates: pd.DataFrame
    scores: pd.DataFrame
    robustness: pd.DataFrame
    weights: pd.DataFrame
    engagement: pd.DataFrame
    knowledge: pd.DataFrame
    readiness: pd.DataFrame
    uncovered: pd.DataFrame
    threshold: float = float("nan")
    about: str = "any"
    staff: bool = False

    @property
    def name(self) -> str:
        """The region's name."""
        return str(self.region.name)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria behind the score."""
        return self.asked.criteria

    @property
    def screens(self) -> tuple[NamedScreen, ...]:
        """Lines of the state's own that stand beside the score."""
        return self.asked.screens

    @property
    def span(self) -> str:
        """The years that growth is measured over, as words."""
        return f"{self.base_year} to {self.year}" if self.base_year else f"up to {self.year}"

    @cached_property
    def present(self) -> pd.DataFrame:
        """The candidates, without those that are known to have no jobs here."""
        here = self.candidates["annual_avg_emplvl"] != 0
        return self.candidates[here].reset_index(drop=True)

    @cached_property
    def best_first(self) -> pd.DataFrame:
        """All candidates, the ranked first, as `lmi.assessment.apart.best_first` has them."""
        return best_first(self.candidates, self.asked.set_aside)

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """The candidates that are ranked, by rank; those that are level by their names."""
        ordered = self.best_first
        return ordered[ordered["rank"].notna()].reset_index(drop=True)

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """The candidates that are set aside, group by group, by name; those absent are not."""
        return apart_of(self.candidates, self.asked.set_aside)

    @property
    def absent(self) -> list[str]:
        """Names of the candidates that are known to have no jobs here."""
        none = self.candidates["annual_avg_emplvl"] == 0
        return sorted(self.candidates.loc[none, "candidate_name"])

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The candidates present, of wholes and parts the level that stands: no job twice."""
        return self.present[self.present["counted"]].reset_index(drop=True)

    @property
    def rows(self) -> list[Row]:
        """Those that are `counted` as mappings, in the order of the table."""
        return records(self.counted)

    @property
    def context(self) -> RegionContext:
        """What all candidates of the region share."""
        return RegionContext(
            state_name=self.state_name,
            year=self.year,
            base_year=self.base_year,
            about=self.about,
            listed=listed_by(self.engagement, self.definitions),
            rated=rated_by(self.readiness),
            threshold=self.threshold,
            set_aside=self.asked.set_aside,
            n_ranked=len(self.ranked),
        )

    @cached_property
    def cases(self) -> list[CandidateCase]:
        """What is known of each candidate, the best first."""
        ordered = in_groups(self.candidates, self.asked.set_aside)
        return cases_of(ordered, self.scores, self.criteria, self.context)

    @cached_property
    def reasons(self) -> list[Reasons]:
        """Why each candidate stands where it does, the best first."""
        return reasons_for(self.cases)


class Place(NamedTuple):
    """Where a candidate stands for somebody.

    Attributes
    ----------
    rank : int or None
        None where it is set aside, or nothing that they weigh has data for it.
    score : float or None, 0 to 1
    set_aside : str
        Key of the reason; empty where it is not.
    """

    candidate: str
    candidate_name: str
    rank: int | None
    score: float | None
    set_aside: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class LiveAssessment(Assessment):
    """An assessment that can be weighed anew.

    Parameters
    ----------
    measured : CandidateMeasures
        Of the region, with what people bring beside them.
    """

    measured: CandidateMeasures
    appraisal: Appraisal
    people: People

    @cached_property
    def set_aside(self) -> list[str]:
        """Why each candidate is set aside, in the order of the evidence; empty where ranked."""
        by_key = dict(zip(self.candidates["candidate"], self.candidates["set_aside"], strict=True))
        return [str(by_key[key]) for key in self.appraisal.evidence.rows["candidate"]]

    @cached_property
    def in_ranking(self) -> BoolArray:
        """Which candidates nothing sets aside, in the order of the evidence.

        One without a score by the criteria's own weights may have one by another's.
        """
        return np.array([key in ("", UNSCORED) for key in self.set_aside])

    @property
    def ranked_evidence(self) -> Evidence:
        """The evidence of those that nothing sets aside."""
        return self.appraisal.evidence.take(self.in_ranking)

    @property
    def shares(self) -> dict[str, float]:
        """What each criterion counts for, as a share of one; zero where it has no data here."""
        return dict(zip((c.key for c in self.criteria), self.appraisal.weights, strict=True))

    @cached_property
    def has_data(self) -> frozenset[str]:
        """Keys of the criteria that some candidate has data for."""
        known = ~np.isnan(self.appraisal.evidence.value).all(axis=0)
        return frozenset(self.criteria[at].key for at in np.flatnonzero(known))

    def weighed(self, weights: Mapping[str, float] | None, about: str = "any") -> LiveAssessment:
        """Weigh the same evidence by other weights.

        Raises
        ------
        MeasureError
            The weights cannot be used, or weigh nothing that the region has data for.
        """
        whole = appraise(self.appraisal.evidence, weights, about)
        stands, appraisal = stand_in(self.region.key, self.measured.table, self.asked, whole)
        return replace(
            self,
            appraisal=appraisal,
            about=about,
            candidates=_joined(self.measured, stands),
            scores=stands.scores,
            robustness=stands.robustness,
            weights=stands.weights,
        )

    def places(self, weights: Mapping[str, float]) -> tuple[Place, ...]:
        """Rank the candidates by somebody's weights, and no more: a hundred phones ask at once.

        Returns
        -------
        tuple of Place
            Best first; empty where they weigh nothing that the region has data for.
        """
        try:
            found = appraise(self.appraisal.evidence, weights).among(self.in_ranking)
        except MeasureError:
            return ()
        names = {c.key: c.name for c in self.definitions}
        places = [
            Place(
                key, names[key],
                int(rank) if is_known(rank) else None,
                float(score) if is_known(score) else None,
                "" if aside == UNSCORED else aside,
            )
            for key, rank, score, aside in zip(
                found.evidence.rows["candidate"], found.ranks, found.additive.score,
                self.set_aside, strict=True,
            )
        ]  # fmt: skip
        return tuple(sorted(places, key=lambda p: (p.rank is None, p.rank or 0, p.candidate_name)))


def assess(
    measured: CandidateMeasures,
    people: People,
    *,
    state_name: str,
    illustrative: bool,
    region: Region,
    definitions: Sequence[Candidate],
    asked: Asked,
    year: int,
    base_year: int | None,
    threshold: float = float("nan"),
    weights: Mapping[str, float] | None = None,
    about: str = "any",
    staff: bool = False,
) -> LiveAssessment:
    """Assess a region's candidates as they are measured and weighed now.

    Parameters
    ----------
    measured : CandidateMeasures
        Of the region alone, without what people bring.
    weights : mapping of str to float, optional
        By key of criterion; one that is not named counts nothing. The criteria's own unless told.
    state_name, illustrative, region, definitions, asked, year, base_year, threshold, about, staff
        As in `Assessment`.

    Raises
    ------
    MeasureError
        The weights cannot be used, or no criterion that counts has data in the region.
    """
    whole = people.beside(measured)
    evidence = gather_evidence(whole.table, asked.criteria, whole.draws)
    stands, appraisal = stand_in(region.key, whole.table, asked, appraise(evidence, weights, about))
    return LiveAssessment(
        state_name=state_name,
        illustrative=illustrative,
        region=region,
        year=year,
        base_year=base_year,
        definitions=tuple(definitions),
        asked=asked,
        engagement=people.efforts,
        knowledge=people.statements,
        readiness=people.readiness,
        uncovered=measured.uncovered,
        threshold=threshold,
        about=about,
        staff=staff,
        measured=whole,
        appraisal=appraisal,
        people=people,
        candidates=_joined(whole, stands),
        scores=stands.scores,
        robustness=stands.robustness,
        weights=stands.weights,
    )


def _joined(measured: CandidateMeasures, stands: Standing) -> pd.DataFrame:
    return measured.table.merge(stands.ranking, on=KEYS, validate="1:1")
