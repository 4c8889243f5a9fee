"""The evidence as it stands: measured for the scope, with what is known on the ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lmi.analysis.candidates import KEYS, CandidateMeasures
from lmi.assessment.case import RegionContext, cases_of
from lmi.assessment.people import Engagement, Knowledge, listed_by, rated_by
from lmi.assessment.reasons import reasons_for
from lmi.config import Candidate, Region
from lmi.missing import Missing
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import Evidence, gather_evidence
from lmi.scoring.screens import screen_table
from lmi.words import Row, records
from lmi.workshop.charter import SessionCharter
from lmi.workshop.known import engagement_of, knowledge_of
from lmi.workshop.state import Scope, State

__all__ = ["Picture", "paint", "scoped"]


@dataclass(frozen=True, eq=False)
class Picture:
    """Everything that is shown of the candidates, but for anybody's weights.

    Parameters
    ----------
    scope_seq, ground_seq : int
        The events that it takes in.
    bare : CandidateMeasures
        Without what people bring.
    measured : CandidateMeasures
        With it.
    """

    scope_seq: int
    ground_seq: int
    region: Region
    candidates: tuple[Candidate, ...]
    bare: CandidateMeasures
    measured: CandidateMeasures
    engagement: Engagement | Missing
    knowledge: Knowledge | Missing
    evidence: Evidence
    charter: SessionCharter

    @cached_property
    def appraisal(self) -> Appraisal:
        """By the criteria's own weights."""
        return appraise(self.evidence)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One mapping a candidate: every measure, its rank and score, the screens, and reasons."""
        charter = self.charter
        ranking = self.appraisal.ranking()
        screens = screen_table(self.measured.table, charter.criteria, charter.screens)
        table = self.measured.table.merge(ranking, on=KEYS, how="left", validate="1:1")
        table = table.merge(screens, on=KEYS, how="left", validate="1:1")
        told = self._reasons(table)
        return tuple(
            {str(k): v for k, v in row.items()} | {"reasons": told.get(row["candidate"], ())}
            for row in table.to_dict("records")
        )

    def _reasons(self, table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
        """Say what lifts each candidate, what holds it back, and what to ask.

        Where it ranks is left out: that is the room's to find.
        """
        charter = self.charter
        known = table[["avg_annual_pay", "pay_to_threshold_ratio"]].dropna()
        shared = RegionContext(
            state_name=charter.state_name, year=charter.year, base_year=charter.base_year,
            listed=listed_by(getattr(self.engagement, "rows", pd.DataFrame())),
            rated=rated_by(getattr(self.knowledge, "readiness", pd.DataFrame())),
            threshold=float((known.iloc[:, 0] / known.iloc[:, 1]).median()),
        )  # fmt: skip
        cases = cases_of(table, self.appraisal.scores(), charter.criteria, shared)
        return {r.candidate: (r.standing, *r.questions) for r in reasons_for(cases) if r.standing}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of the candidates in the order of the evidence."""
        return tuple(self.evidence.rows["candidate"])

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the candidates by their keys."""
        return {c.key: c.name for c in self.candidates}

    @cached_property
    def row_of(self) -> Mapping[str, Row]:
        """The rows by key of their candidate."""
        return {row["candidate"]: row for row in self.rows}

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, list[Row]]]:
        """What people bring, by table and candidate; pages ask for it often.

        The tables are ``ratings``, ``readiness`` and ``statements`` of the knowledge, ``efforts``
        of the engagement; a candidate without rows has an empty list.
        """
        tables: dict[str, pd.DataFrame | None] = {
            "ratings": getattr(self.knowledge, "ratings", None),
            "readiness": getattr(self.knowledge, "readiness", None),
            "statements": getattr(self.knowledge, "rows", None),
            "efforts": getattr(self.engagement, "rows", None),
        }
        return {name: self._by_candidate(table) for name, table in tables.items()}

    def _by_candidate(self, table: pd.DataFrame | None) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {c.key: [] for c in self.candidates}
        for row in [] if table is None else records(table):
            found.setdefault(row["candidate"], []).append(row)
        return found


def scoped(charter: SessionCharter, scope: Scope) -> tuple[Region, tuple[Candidate, ...]]:
    """Return the region and the candidates as a scope has them."""
    region = charter.region
    if scope.counties:
        region = region.model_copy(update={"counties": tuple(sorted(scope.counties))})
    new = scope.definitions
    return region, tuple(
        c.model_copy(update={"industries": new[c.key]}) if c.key in new else c
        for c in charter.candidates
    )


def paint(charter: SessionCharter, state: State, bare: CandidateMeasures) -> Picture:
    """Put what people bring beside the measures, and turn both into evidence.

    Parameters
    ----------
    bare : CandidateMeasures
        Of the state's scope, without what people bring.
    """
    region, candidates = scoped(charter, state.scope)
    keys = [c.key for c in candidates]
    efforts = engagement_of(charter.engagement, state, keys, region.key)
    said = knowledge_of(charter.knowledge, state, keys, region.key)
    table = bare.table
    if not isinstance(efforts, Missing):
        table = _beside(table, efforts.counts)
    if not isinstance(said, Missing):
        table = _beside(table, said.ratings)
    measured = CandidateMeasures(table, bare.draws)
    evidence = gather_evidence(table, charter.criteria, bare.draws)
    return Picture(
        state.scope_seq, state.ground_seq, region, candidates, bare, measured, efforts, said,
        evidence, charter,
    )  # fmt: skip


def _beside(table: pd.DataFrame, brought: pd.DataFrame) -> pd.DataFrame:
    return table.merge(brought, on=KEYS, how="left", validate="1:1")
