"""What the pages read: the state, the evidence for it, everybody's ranking, the group's picture.

Asked in the thread of a notebook or a test, a room brings itself up to date. Served, it shows what
was computed last, and `Room.refresh` computes what is behind in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.region import CandidateMeasures, Place
from lmi.config import Candidate, Region, StateConfig
from lmi.errors import LmiError
from lmi.words import Row
from lmi.workshop.charter import SessionCharter
from lmi.workshop.group import Group, group_of
from lmi.workshop.room_evidence import RoomEvidence, gather, scoped
from lmi.workshop.state import Scope, State

__all__ = ["MeasureScope", "Room", "ScopeChange"]

MeasureScope = Callable[[Scope], CandidateMeasures]
LookAround = Callable[[Scope], FootprintEvidence]
_BEHIND = (
    "The scope as it is now could not be measured, so all numbers are still of the one before it; "
    "take the change back, or go on where the data is."
)


@dataclass(frozen=True, eq=False)
class ScopeChange:
    """What a changed scope did to a candidate.

    Parameters
    ----------
    before, after : mapping
        Rows as in `RoomEvidence.rows`, with the scope of the start and with today's.
    room_before, room_after : int or None
        Place by the room's mean score, as it was counted; None where it has none, or not yet.
    """

    candidate: str
    name: str
    before: Row | None
    after: Row
    room_before: int | None = None
    room_after: int | None = None


class Room:
    """A session as its pages see it.

    Parameters
    ----------
    measure : callable
        Measures a scope, without what people bring.
    state_config : StateConfig, optional
        The region's state, whose folder the session's files are for.
    notes : tuple of str, optional
        What has changed since the session began.
    look : callable
        Looks at a scope's footprint.

    Attributes
    ----------
    served : bool
        Whether somebody else calls `refresh`.
    looks_later : bool
        Whether its footprint is looked at when it is served.
    join_address, join_key, facilitator_key : str
        Where participants join, what the QR code carries beside it, and what opens the
        facilitator's pages.
    base : str
        What every address of the pages begins with, behind a proxy; empty or ``/path``.
    reached : int
        Browsers that opened the way in since the server was started.
    connected : callable
        Returns who has a page open.
    resumed : str
        Where the file ended when it was opened again, in a sentence; empty where it was not.
    trouble, footprint_trouble : str
        Why the last scope could not be measured, and its footprint not be looked at, in one
        sentence; empty where it could.
    """

    def __init__(
        self,
        charter: SessionCharter,
        state: State,
        measure: MeasureScope,
        state_config: StateConfig | None = None,
        notes: tuple[str, ...] = (),
        *,
        look: LookAround,
    ) -> None:
        self.charter, self.state, self.notes = charter, state, notes
        self.state_config = state_config
        self.served = self.looks_later = False
        self.join_address = self.join_key = self.facilitator_key = self.base = ""
        self.reached = 0
        self.connected: Callable[[], frozenset[int]] = frozenset
        self.trouble = self.resumed = ""
        self.footprint_trouble = ""
        self._measure, self._look = measure, look
        self._footprint: FootprintEvidence | None = None
        self._footprint_seq: int | None = None
        self._evidence: RoomEvidence | None = None
        self._start: RoomEvidence | None = None
        self._group: Group | None = None
        self._first_group: Group | None = None
        self._start_group: Group | None = None

    # What follows from the state

    @property
    def region(self) -> Region:
        """The region as scoped."""
        return scoped(self.charter, self.state.scope)[0]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates as scoped."""
        return scoped(self.charter, self.state.scope)[1]

    @property
    def names(self) -> dict[str, str]:
        """Names of the candidates by key."""
        return {candidate.key: candidate.name for candidate in self.candidates}

    @property
    def is_computing(self) -> bool:
        """Whether what is shown is still of an earlier scope."""
        return self._evidence is not None and self._evidence.scope_seq != self.state.scope_seq

    @property
    def is_behind(self) -> bool:
        """Whether the scope could not be measured, so that the numbers are of one before it."""
        shown = self._evidence
        return shown is not None and not self.is_computing and shown.scope != self.state.scope

    @property
    def evidence(self) -> RoomEvidence:
        """The evidence that is shown."""
        if self._evidence is None or not self.served:
            self.refresh()
        assert self._evidence is not None, "nothing was measured"
        return self._evidence

    @property
    def has_data(self) -> frozenset[str]:
        """Keys of the criteria that some candidate has data for."""
        return self.evidence.assessment.has_data

    def counting(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return the weights of the criteria that have data, as shares of one: what a score uses.

        Empty where all weight lies on criteria without data.
        """
        counted = {key: float(w) for key, w in weights.items() if key in self.has_data}
        total = sum(counted.values())
        return {key: w / total for key, w in counted.items()} if total > 0 else {}

    @property
    def is_looking(self) -> bool:
        """Whether the footprint as it is now has not been looked at yet."""
        return self._footprint_seq != self.state.scope_seq

    @property
    def footprint(self) -> FootprintEvidence | None:
        """What is known of the footprint; None where it is not known, or not yet."""
        if self.is_looking and not self.served:
            self.look_around()
        return None if self.is_looking else self._footprint

    def footprint_at_start(self) -> FootprintEvidence | None:
        """Return what was known of the footprint of the start; None where that cannot be had."""
        try:
            return self._look(Scope())
        except LmiError:
            return None  # of a session without it, and no store to look in

    def weights_of(self, who: int) -> dict[str, float]:
        """Return somebody's weights as shares of one; the criteria's own before they weigh."""
        if found := self.state.weights_of(who):
            return found
        total = sum(c.weight for c in self.charter.criteria)
        return {c.key: c.weight / total for c in self.charter.criteria}

    def places_for(self, who: int) -> tuple[Place, ...]:
        """Rank the candidates by somebody's weights.

        Returns
        -------
        tuple of Place
            Best first; empty where they weigh nothing that the region has data for.
        """
        return self.evidence.assessment.places(self.weights_of(who))

    def group(self) -> Group:
        """Return the group's picture; served, the last that was computed."""
        if self._group is None or not self.served:
            self.refresh()
        assert self._group is not None, "the group was not computed"
        return self._group

    def first_group(self) -> Group | None:
        """Return the picture before the second ballot, by the same evidence as `group`.

        None while no ballot after it was counted.
        """
        self.group()
        return self._first_group

    def outcome_of_scope(self) -> tuple[ScopeChange, ...]:
        """Return what the scope changed, the candidate that ranks best first.

        Returns
        -------
        tuple of ScopeChange
            Every candidate where the footprint was changed, else those whose definition was, and
            those that are new.
        """
        after, start, scope = self.evidence, self._start, self.state.scope
        if start is None or not scope.is_changed or self.is_behind:
            return ()
        new = {*scope.definitions, *(c.key for c in scope.added)}
        changed = [
            c
            for c in self.candidates
            if (scope.counties or c.key in new) and c.key in after.row_of  # or is not measured yet
        ]
        was, now = (group.places_of if group else {} for group in (self._start_group, self._group))
        found = [
            ScopeChange(
                c.key, c.name, start.row_of.get(c.key), after.row_of[c.key],
                was.get(c.key), now.get(c.key),
            )
            for c in changed
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda o: (_rank(o.after), o.candidate)))

    # Computing

    def refresh(self) -> frozenset[str]:
        """Compute what is behind the state.

        Returns
        -------
        frozenset of str
            ``"evidence"``, ``"group"``: what is new.

        Raises
        ------
        LmiError
            The scope at the start cannot be measured.
        """
        state, before = self.state, self._evidence
        wanted = (state.scope_seq, state.ground_seq)
        new = set()
        if before is None or (before.scope_seq, before.ground_seq) != wanted:
            gathered = self._gathered(state, before)
            _ = gathered.rows, gathered.known  # made here, so that no page has to wait for it
            self._evidence = gathered
            new.add("evidence")
        evidence = self._evidence
        assert evidence is not None, "nothing was measured"
        if new or self._group is None or self._group.seq != state.counted.seq:
            first = state.first_count
            self._first_group = group_of(first, evidence.assessment) if first else None
            self._group = group_of(state.counted, evidence.assessment)
            # By the same ballots, with the evidence of the start: what the scope did to the room's.
            start = self._start if state.scope.is_changed else None
            self._start_group = group_of(state.counted, start.assessment) if start else None
            new.add("group")
        return frozenset(new)

    def look_around(self) -> None:
        """Look at the footprint as it is now."""
        state = self.state
        try:
            self._footprint, self.footprint_trouble = self._look(state.scope), ""
        except LmiError as error:
            self._footprint, self.footprint_trouble = None, str(error)
        self._footprint_seq = state.scope_seq

    def _gathered(self, state: State, before: RoomEvidence | None) -> RoomEvidence:
        if before is not None and before.scope_seq == state.scope_seq:
            gathered = gather(self.charter, replace(state, scope=before.scope), before.bare)
        else:
            gathered = self._measured_anew(state, before)
        if state.scope.is_changed:
            at_start = self._start.bare if self._start is not None else self._measure(Scope())
            self._start = gather(self.charter, _at_start(state), at_start)
            _ = self._start.rows
        else:
            self._start = gathered
        return gathered

    def _measured_anew(self, state: State, before: RoomEvidence | None) -> RoomEvidence:
        scope = state.scope
        try:
            bare = self._measure(scope)
            self.trouble = ""
        except LmiError as error:
            if before is None and not scope.is_changed:
                raise
            # The last numbers stay on the screen, or those of the start after it was opened again,
            # and the pages say so.
            scope = before.scope if before else Scope()
            bare = before.bare if before else self._measure(scope)
            self.trouble = f"{_BEHIND} ({error})"
        return gather(self.charter, replace(state, scope=scope), bare)


def _at_start(state: State) -> State:
    return replace(state, scope=Scope())


def _rank(row: Row) -> float:
    rank = row.get("rank")
    return float("inf") if rank is None or pd.isna(rank) else float(rank)
