"""What the pages read: the state, the evidence for it, everybody's ranking, the group's picture.

Asked in the thread of a notebook or a test, a room brings itself up to date. Served, it shows what
was computed last, and `Room.refresh` computes what is behind in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lmi.analysis.candidates import CandidateMeasures
from lmi.assessment.people import Engagement, Knowledge
from lmi.config import Candidate, Criterion, Region, StateConfig
from lmi.errors import LmiError
from lmi.missing import Missing
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.rank import rank_scores
from lmi.workshop.group import Group, group_of
from lmi.workshop.picture import Picture, paint, scoped
from lmi.workshop.setting import Setting
from lmi.workshop.state import Scope, State

__all__ = ["Measure", "Outcome", "Place", "Room"]

Measure = Callable[[Scope], CandidateMeasures]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a changed scope did to a candidate.

    Parameters
    ----------
    candidate, name : str
    before, after : mapping
        Rows as in `Room.rows`, with the scope of the start and with today's.
    """

    candidate: str
    name: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


class Place(NamedTuple):
    """Where a candidate stands for somebody.

    Attributes
    ----------
    candidate, candidate_name : str
    rank : int or None
        None where nothing that they weigh has data for it.
    score : float or None, 0 to 1
    """

    candidate: str
    candidate_name: str
    rank: int | None
    score: float | None


class Room:
    """A session as its pages see it.

    Parameters
    ----------
    setting : Setting
    state : State
    measure : callable
        Measures a scope, without what people bring.
    state_config : StateConfig, optional
        The region's state, whose folder the session's files are for.
    notes : tuple of str, optional
        What has changed since the session began.

    Attributes
    ----------
    state : State
    served : bool
        Whether somebody else calls `refresh`.
    join_address : str
        Where participants join.
    trouble : str
        Why the last scope could not be measured, in one sentence; empty where it could.
    """

    def __init__(
        self,
        setting: Setting,
        state: State,
        measure: Measure,
        state_config: StateConfig | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.setting, self.state, self.notes = setting, state, notes
        self.state_config = state_config
        self.served = False
        self.join_address = ""
        self.trouble = ""
        self._measure = measure
        self._picture: Picture | None = None
        self._start: Picture | None = None
        self._group: Group | None = None

    # What does not change

    @property
    def session_id(self) -> str:
        """Random name of the session, no secret."""
        return self.setting.session_id

    @property
    def code(self) -> str:
        """What participants join with."""
        return self.setting.code

    @property
    def year(self) -> int:
        """Year of the levels."""
        return self.setting.year

    @property
    def illustrative(self) -> bool:
        """Whether the region is fictional."""
        return self.setting.illustrative

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria, as they were at the start."""
        return self.setting.criteria

    @property
    def counties(self) -> Mapping[str, str]:
        """Counties that the footprint may be made of, with their names."""
        return self.setting.counties

    @property
    def source(self) -> str:
        """Citation of the numbers."""
        return self.setting.source

    @property
    def start_region(self) -> Region:
        """The region before its footprint was changed."""
        return self.setting.region

    @property
    def start_candidates(self) -> tuple[Candidate, ...]:
        """The candidates before their definitions were changed."""
        return self.setting.candidates

    @property
    def meta(self) -> dict[str, Any]:
        """What the session rests on, as JSON holds it, without its code."""
        said = self.setting.model_dump(mode="json", exclude={"code", "engagement", "knowledge"})
        return {**said, "changed_since": list(self.notes)}

    # What follows from the state

    @property
    def region(self) -> Region:
        """The region as scoped."""
        return scoped(self.setting, self.state.scope)[0]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates as scoped."""
        return scoped(self.setting, self.state.scope)[1]

    @property
    def is_computing(self) -> bool:
        """Whether what is shown is still of an earlier scope."""
        return self._picture is not None and self._picture.scope_seq != self.state.scope_seq

    @property
    def picture(self) -> Picture:
        """The evidence that is shown."""
        if self._picture is None or not self.served:
            self.refresh()
        assert self._picture is not None, "nothing was measured"
        return self._picture

    @property
    def measured(self) -> CandidateMeasures:
        """Measures of the candidates, with what people bring."""
        return self.picture.measured

    @property
    def engagement(self) -> Engagement | Missing:
        """Who works with employers: the state's file and the room's together."""
        return self.picture.engagement

    @property
    def knowledge(self) -> Knowledge | Missing:
        """What is known on the ground: the state's file and the room's together."""
        return self.picture.knowledge

    def known_of(self, table: str, candidate: str) -> list[dict[str, Any]]:
        """Return what people bring of a candidate, as mappings, quickly.

        Parameters
        ----------
        table : {"ratings", "readiness", "statements", "efforts"}
        candidate : str
            Key.
        """
        return self.picture.known[table][candidate]

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """One mapping a candidate: every measure, rank and score by the stated weights, screens."""
        return self.picture.rows

    @property
    def has_data(self) -> frozenset[str]:
        """Keys of the criteria that some candidate has data for."""
        evidence = self.picture.evidence
        known = np.flatnonzero(~np.isnan(evidence.value).all(axis=0))
        return frozenset(evidence.criteria[at].key for at in known)

    def weights_of(self, who: int) -> dict[str, float]:
        """Return somebody's weights as shares of one; the criteria's own until they have weighed.

        Parameters
        ----------
        who : int
            Number of the participant.
        """
        if found := self.state.weights_of(who):
            return found
        total = sum(c.weight for c in self.criteria)
        return {c.key: c.weight / total for c in self.criteria}

    def appraisal_for(self, who: int) -> Appraisal | Missing:
        """Appraise the candidates by somebody's weights.

        Returns
        -------
        Appraisal or Missing
            Missing where they weigh nothing that the region has data for.
        """
        evidence = self.picture.evidence
        try:
            return appraise(evidence, self.weights_of(who))
        except LmiError as error:
            return Missing("ranking of your own", str(error).rstrip("."), "raise another weight")

    def places_for(self, who: int) -> tuple[Place, ...]:
        """Rank the candidates by somebody's weights; a hundred phones ask for it every second.

        Returns
        -------
        tuple of Place
            Best first; empty where they weigh nothing that the region has data for.
        """
        found = self.appraisal_for(who)
        if isinstance(found, Missing):
            return ()
        score, names = found.additive.score, self.picture.names
        ranks = rank_scores(score).to_numpy(dtype=float, na_value=np.nan).tolist()
        rows = zip(self.picture.keys, ranks, score.tolist(), strict=True)
        places = [
            Place(key, names[key], int(rank), value)
            if rank == rank
            else Place(key, names[key], None, None)
            for key, rank, value in rows
        ]
        return tuple(sorted(places, key=lambda p: (p.rank is None, p.rank or 0, p.candidate)))

    def ranking_for(self, who: int) -> pd.DataFrame:
        """Return `places_for` as a table.

        Returns
        -------
        DataFrame
            ``candidate``, ``candidate_name``, ``rank``, ``score`` (0 to 1), best first; without
            rows where they weigh nothing that the region has data for.
        """
        table = pd.DataFrame(self.places_for(who), columns=list(Place._fields))
        return table.astype({"rank": "Int64", "score": "float64"})

    def group(self) -> Group:
        """Return the group's picture; served, the last that was computed."""
        if self._group is None or not self.served:
            self.refresh()
        assert self._group is not None, "the group was not computed"
        return self._group

    def outcome_of_scope(self) -> tuple[Outcome, ...]:
        """Return what the scope changed, the candidate that ranks best first.

        Returns
        -------
        tuple of Outcome
            Every candidate where the footprint was changed, else those whose definition was.
        """
        after, start, scope = self.picture, self._start, self.state.scope
        if start is None or not (scope.counties or scope.definitions):
            return ()
        changed = [
            c for c in self.setting.candidates if scope.counties or c.key in scope.definitions
        ]
        found = [
            Outcome(c.key, c.name, start.row_of.get(c.key), after.row_of[c.key]) for c in changed
        ]
        return tuple(sorted(found, key=lambda o: (_rank(o.after), o.candidate)))

    # Computing

    def refresh(self) -> frozenset[str]:
        """Compute what is behind the state.

        Returns
        -------
        frozenset of str
            ``"picture"``, ``"group"``: what is new.

        Raises
        ------
        LmiError
            The scope at the start cannot be measured.
        """
        state, before = self.state, self._picture
        wanted = (state.scope_seq, state.ground_seq)
        new = set()
        if before is None or (before.scope_seq, before.ground_seq) != wanted:
            painted = self._painted(state, before)
            _ = painted.rows, painted.known  # made here, so that no page has to wait for it
            self._picture = painted
            new.add("picture")
        picture = self._picture
        assert picture is not None, "nothing was measured"
        stale = self._group is None or self._group.seq < max(state.weigh_seq, state.people_seq)
        if new or stale:
            names = {c.key: c.name for c in self.setting.candidates}
            self._group = group_of(state, picture.evidence, names)
            new.add("group")
        return frozenset(new)

    def _painted(self, state: State, before: Picture | None) -> Picture:
        if before is not None and before.scope_seq == state.scope_seq:
            painted = paint(self.setting, state, before.bare)
        else:
            painted = self._measured_anew(state, before)
        if state.scope.counties or state.scope.definitions:
            at_start = self._start.bare if self._start is not None else self._measure(Scope())
            self._start = paint(self.setting, _at_start(state), at_start)
            _ = self._start.rows
        else:
            self._start = painted
        return painted

    def _measured_anew(self, state: State, before: Picture | None) -> Picture:
        try:
            bare = self._measure(state.scope)
            self.trouble = ""
        except LmiError as error:
            if before is None:
                raise
            # The last numbers stay on the screen, and the page says so.
            self.trouble, bare = str(error), before.bare
        return paint(self.setting, state, bare)


def _at_start(state: State) -> State:
    return replace(state, scope=Scope())


def _rank(row: Mapping[str, Any]) -> float:
    rank = row.get("rank")
    return float("inf") if rank is None or pd.isna(rank) else float(rank)
