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
from lmi.assessment.case import CandidateCase, RegionContext, cases_of
from lmi.assessment.people import People, listed_by, rated_by
from lmi.assessment.reasons import Reasons, reasons_for
from lmi.config import Candidate, Criterion, NamedScreen, Region
from lmi.errors import MeasureError
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.rank import rank_scores
from lmi.scoring.screens import screen_table
from lmi.words import Row, records

__all__ = [
    "Asked",
    "Assessment",
    "CandidateMeasures",
    "LiveAssessment",
    "Place",
    "Standing",
    "assess",
    "stand",
]


class Asked(NamedTuple):
    """What is asked of a region's candidates: criteria, and lines beside the criteria's own."""

    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...] = ()


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
    threshold : float, USD a year
        The family-sustaining wage; NaN where none is known.
    about : {"any", "stated", "order"}, optional
        Which weights the chances are over.
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
    threshold: float = float("nan")
    about: str = "any"

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

    @property
    def present(self) -> pd.DataFrame:
        """The candidates, without those that are known to have no jobs here."""
        here = self.candidates["annual_avg_emplvl"] != 0
        return self.candidates[here].reset_index(drop=True)

    @property
    def ranked(self) -> pd.DataFrame:
        """The candidates present by rank; those without a score come last."""
        return self.present.sort_values(["rank", "candidate"], ignore_index=True)

    @property
    def absent(self) -> list[str]:
        """Names of the candidates that are known to have no jobs here."""
        none = self.candidates["annual_avg_emplvl"] == 0
        return sorted(self.candidates.loc[none, "candidate_name"])

    @property
    def rows(self) -> list[Row]:
        """The candidates present as mappings, in the order of the table."""
        return records(self.present)

    @property
    def context(self) -> RegionContext:
        """What all candidates of the region share."""
        return RegionContext(
            state_name=self.state_name,
            year=self.year,
            base_year=self.base_year,
            about=self.about,
            listed=listed_by(self.engagement),
            rated=rated_by(self.readiness),
            threshold=self.threshold,
        )

    @cached_property
    def cases(self) -> list[CandidateCase]:
        """What is known of each candidate, the best first."""
        return cases_of(self.candidates, self.scores, self.criteria, self.context)

    @cached_property
    def reasons(self) -> list[Reasons]:
        """Why each candidate stands where it does, the best first."""
        return reasons_for(self.cases)


class Place(NamedTuple):
    """Where a candidate stands for somebody.

    Attributes
    ----------
    rank : int or None
        None where nothing that they weigh has data for it.
    score : float or None, 0 to 1
    """

    candidate: str
    candidate_name: str
    rank: int | None
    score: float | None


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

    @property
    def shares(self) -> dict[str, float]:
        """What each criterion counts for, as a share of one; zero where it has no data here."""
        return dict(zip((c.key for c in self.criteria), self.appraisal.weights, strict=True))

    @property
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
        appraisal = appraise(self.appraisal.evidence, weights, about)
        stands = _stands(self.region.key, self.measured.table, self.asked, appraisal)
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
            score = appraise(self.appraisal.evidence, weights).additive.score
        except MeasureError:
            return ()
        ranks = rank_scores(score).to_numpy(dtype=float, na_value=np.nan).tolist()
        names = {c.key: c.name for c in self.definitions}
        keys = self.appraisal.evidence.rows["candidate"]
        places = [
            Place(key, names[key], int(rank), value)
            if rank == rank
            else Place(key, names[key], None, None)
            for key, rank, value in zip(keys, ranks, score.tolist(), strict=True)
        ]
        return tuple(sorted(places, key=lambda p: (p.rank is None, p.rank or 0, p.candidate)))


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
) -> LiveAssessment:
    """Assess a region's candidates as they are measured and weighed now.

    Parameters
    ----------
    measured : CandidateMeasures
        Of the region alone, without what people bring.
    people : People
        What they bring on it.
    weights : mapping of str to float, optional
        By key of criterion; one that is not named counts nothing. The criteria's own unless told.
    state_name, illustrative, region, definitions, asked, year, base_year, threshold, about
        As in `Assessment`.

    Raises
    ------
    MeasureError
        The weights cannot be used, or no criterion that counts has data in the region.
    """
    whole = people.beside(measured)
    appraisal = appraise(gather_evidence(whole.table, asked.criteria, whole.draws), weights, about)
    stands = _stands(region.key, whole.table, asked, appraisal)
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
        threshold=threshold,
        about=about,
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


@dataclass(frozen=True, eq=False)
class Standing:
    """Scores and ranks of every region's candidates.

    Parameters
    ----------
    scores : DataFrame
        By region, candidate and criterion, as `Appraisal.scores`.
    ranking : DataFrame
        By region and candidate, as `Appraisal.ranking`, best first, with the screens.
    robustness : DataFrame
        By region, candidate and rank, as `Appraisal.acceptability`.
    weights : DataFrame
        By region and criterion, as `Appraisal.criteria`, the challengers by their keys.
    """

    scores: pd.DataFrame
    ranking: pd.DataFrame
    robustness: pd.DataFrame
    weights: pd.DataFrame


def stand(measured: CandidateMeasures, asked: Mapping[str, Asked]) -> Standing:
    """Score, rank and screen the candidates of every region.

    Parameters
    ----------
    measured : CandidateMeasures
        Of all regions, with what people bring beside them.
    asked : mapping of str to Asked
        By key of region.
    """
    found = []
    for region, of in asked.items():
        here = (measured.table["region"] == region).to_numpy()
        table = measured.table[here]
        draws = {name: drawn[here] for name, drawn in measured.draws.items()}
        appraisal = appraise(gather_evidence(table, of.criteria, draws))
        found.append(_stands(region, table, of, appraisal))
    joined = {
        name: pd.concat([getattr(one, name) for one in found], ignore_index=True)
        for name in ("scores", "ranking", "robustness", "weights")
    }
    ordered = joined["ranking"].sort_values(["region", "rank", "candidate"], ignore_index=True)
    return Standing(**joined | {"ranking": ordered})


def _stands(region: str, table: pd.DataFrame, asked: Asked, appraisal: Appraisal) -> Standing:
    """Return where one region's candidates stand, in the order of the evidence."""
    screened = screen_table(table, asked.criteria, asked.screens)
    return Standing(
        scores=appraisal.scores(),
        ranking=appraisal.ranking().merge(screened, on=KEYS, how="left", validate="1:1"),
        robustness=appraisal.acceptability(),
        weights=_weights(region, appraisal),
    )


def _weights(region: str, appraisal: Appraisal) -> pd.DataFrame:
    """Name the challengers, so that the table can be read without the evidence."""
    table = appraisal.criteria()
    names = np.append(appraisal.evidence.rows["candidate"].to_numpy(dtype=object), "")
    for column in ("challenger_up", "challenger_down"):
        table[column] = names[table[column].fillna(-1).to_numpy(dtype=int)]
    table.insert(0, "region", region)
    return table
