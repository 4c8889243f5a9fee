"""The evidence as it stands: an assessment of the scope, with what the room knows beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from lmi.assessment.people import (
    Engagement,
    Knowledge,
    People,
    average_knowledge,
    count_engagement,
)
from lmi.assessment.region import CandidateMeasures, LiveAssessment, assess
from lmi.config import Candidate, Region
from lmi.missing import Missing
from lmi.words import Row, records
from lmi.workshop.charter import SessionCharter
from lmi.workshop.days import day_of
from lmi.workshop.state import Scope, State, Statement

__all__ = ["RoomEvidence", "gather", "people_of_room", "scoped"]

EFFORTS = ("organisation", "system", "effort", "candidate", "since", "region")
STATEMENTS = ("candidate", "region", "statement", "rating", "who", "date", "item", "voice")


@dataclass(frozen=True, eq=False)
class RoomEvidence:
    """Everything that is shown of the candidates, but for anybody's weights.

    Parameters
    ----------
    scope_seq, ground_seq : int
        The events that it takes in.
    scope : Scope
        What was measured.
    bare : CandidateMeasures
        Without what people bring.
    assessment : LiveAssessment
        With it, by the criteria's own weights.
    """

    scope_seq: int
    ground_seq: int
    scope: Scope
    bare: CandidateMeasures
    assessment: LiveAssessment

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """One mapping a candidate: every measure, its rank and score, the screens, and reasons.

        Reasons say what lifts a candidate, what holds it back, and what to ask; where it ranks is
        left out, for that is the room's to find.
        """
        told = {
            r.candidate: (r.standing, *r.questions) for r in self.assessment.reasons if r.standing
        }
        return tuple(
            {**row, "reasons": told.get(row["candidate"], ())}
            for row in records(self.assessment.candidates)
        )

    @cached_property
    def row_of(self) -> Mapping[str, Row]:
        """The rows by key of their candidate."""
        return {row["candidate"]: row for row in self.rows}

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, list[Row]]]:
        """What people bring, by table and candidate; pages ask for it often.

        The tables are ``ratings`` and ``readiness`` of the knowledge; a candidate without rows has
        an empty list.
        """
        knowledge = self.assessment.people.knowledge
        if isinstance(knowledge, Missing):
            return {"ratings": self._by_candidate(None), "readiness": self._by_candidate(None)}
        return {
            "ratings": self._by_candidate(knowledge.ratings),
            "readiness": self._by_candidate(knowledge.readiness),
        }

    def _by_candidate(self, table: pd.DataFrame | None) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {c.key: [] for c in self.assessment.definitions}
        for row in [] if table is None else records(table):
            found.setdefault(row["candidate"], []).append(row)
        return found


def scoped(charter: SessionCharter, scope: Scope) -> tuple[Region, tuple[Candidate, ...]]:
    """Return the region and the candidates as a scope has them."""
    region = charter.region
    if scope.counties:
        region = region.model_copy(update={"counties": tuple(sorted(scope.counties))})
    return region, tuple(scope.applied(c) for c in (*charter.candidates, *scope.added))


def gather(charter: SessionCharter, state: State, bare: CandidateMeasures) -> RoomEvidence:
    """Assess the state's scope, with what people bring beside its measures.

    Parameters
    ----------
    bare : CandidateMeasures
        Of the state's scope, without what people bring.
    """
    region, candidates = scoped(charter, state.scope)
    assessment = assess(
        bare,
        people_of_room(charter, state, candidates),
        state_name=charter.state_name,
        illustrative=charter.illustrative,
        staff=charter.staff,
        region=region,
        definitions=candidates,
        asked=charter.asked,
        year=charter.year,
        base_year=charter.base_year,
        threshold=float(bare.table["threshold_annual_wage"].median()),
    )
    return RoomEvidence(state.scope_seq, state.ground_seq, state.scope, bare, assessment)


def people_of_room(
    charter: SessionCharter, state: State, candidates: Sequence[Candidate]
) -> People:
    """Count what people bring: the state's own files at the start, and what the room adds.

    They are counted as the files are, so that those which a session leaves behind give the next
    profile the same numbers.
    """
    return People(_engagement(charter, state, candidates), _knowledge(charter, state, candidates))


def _engagement(
    charter: SessionCharter, state: State, candidates: Sequence[Candidate]
) -> Engagement | Missing:
    region = charter.region.key
    added = [
        {
            "organisation": e.organisation, "system": e.system, "effort": e.effort,
            "candidate": e.candidate, "since": e.since, "region": region,
        }
        for e in state.shown_efforts
    ]  # fmt: skip
    if charter.engagement is None and not added:
        return Missing(
            "list of who works with employers",
            "neither the state's folder nor the room has named anybody",
            "name who does in the step Know",
        )
    rows = pd.DataFrame([*(charter.engagement or ()), *added], columns=list(EFFORTS))
    rows["since"] = rows["since"].astype("Int64")
    return count_engagement(rows.assign(region=region), [region], candidates)


def _knowledge(
    charter: SessionCharter, state: State, candidates: Sequence[Candidate]
) -> Knowledge | Missing:
    """Average the ratings; a statement without one is among the rows and counts in no mean."""
    region = charter.region.key
    added = [_row(s, region, charter.started) for s in state.shown_statements]
    if charter.knowledge is None and not any(row["rating"] for row in added):
        return Missing(
            "on-the-ground knowledge",
            "neither the state's folder nor the room has rated anything",
            "rate what you know in the step Know",
        )
    rows = pd.DataFrame([*(charter.knowledge or ()), *added], columns=list(STATEMENTS))
    rows["rating"] = rows["rating"].astype("Int64")
    return average_knowledge(rows.assign(region=region), [region], candidates)


def _row(said: Statement, region: str, started: str) -> dict[str, Any]:
    return {
        "candidate": said.candidate, "region": region, "statement": said.text,
        "rating": said.rating, "who": said.name_shown or said.kind,
        "date": day_of(said.at, started),
        "item": said.item,
        "voice": f"participant {said.participant}",
    }  # fmt: skip
