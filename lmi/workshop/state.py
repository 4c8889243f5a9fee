"""What a room is made of: the people in it, and what they have said, weighed and decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lmi.config import Candidate, CandidatePart
from lmi.scoring.weights import rank_order_weights
from lmi.workshop.counting import Count, count_after

__all__ = [
    "AGREED_TO",
    "FACILITATOR",
    "KINDS",
    "STEPS",
    "Decision",
    "Effort",
    "Event",
    "Participant",
    "Scope",
    "State",
    "Statement",
    "Undo",
]

STEPS = ("welcome", "see", "weigh", "know", "agree", "scope", "decide", "record")
KINDS = ("workforce", "education", "economic development", "community", "business", "other")
FACILITATOR = 0
"""The participant number under which the facilitator's events are kept."""
AGREED_TO = ("first", "next", "footprint", "definition")
"""What of a decision people agree to; the rest may be worded better afterwards."""


@dataclass(frozen=True)
class Event:
    """One input, as it is kept.

    Parameters
    ----------
    seq : int
        Its place, from 1 and without a gap.
    id : str
        Made by the sender; the same id again is the same input.
    participant : int
        Who sent it; 0 is the facilitator.
    payload : mapping
        Checked and cleaned, as `lmi.workshop.events` gives it.
    at : str
        Time in UTC, ISO 8601.
    """

    seq: int
    id: str
    participant: int
    kind: str
    payload: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class Participant:
    """Somebody in the room.

    Parameters
    ----------
    id : int
        The number of the event by which they joined.
    name : str
        As typed, perhaps initials.
    kind : str
        Kind of organisation, one of `KINDS`.
    """

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class Statement:
    """What somebody knows of a candidate.

    Parameters
    ----------
    kind : str
        The speaker's kind of organisation.
    name_shown : str
        The speaker's name where they wish it shown, else empty.
    candidate : str
        Key.
    text : str
        May be empty beside a rated item.
    rating : int or None
        1 to 5.
    item : str
        Key of a readiness item, empty for a general statement.
    hidden : bool
        Whether the facilitator took it off the screens; it is kept, and does not count.
    """

    id: int
    participant: int
    kind: str
    name_shown: str
    candidate: str
    text: str
    rating: int | None
    item: str
    at: str
    hidden: bool = False


@dataclass(frozen=True)
class Effort:
    """Who already reaches out to the employers of a candidate.

    Parameters
    ----------
    kind : str
        The speaker's kind of organisation.
    organisation, system, effort : str
        As in ``engagement.csv``.
    candidate : str
        Key.
    since : int or None
        Year.
    """

    id: int
    participant: int
    kind: str
    organisation: str
    system: str
    effort: str
    candidate: str
    since: int | None
    at: str
    hidden: bool = False


@dataclass(frozen=True)
class Scope:
    """What was changed of the working definitions since the start.

    Parameters
    ----------
    definitions : mapping of str to tuple of CandidatePart
        New definition by candidate; the others are as at the start.
    counties : tuple of str
        New footprint; empty for that of the start.
    ranked : mapping of str to {"whole", "parts"}
        Which level is ranked, by the wholes of which the room chose one.
    added : tuple of Candidate
        Those that the room began.
    """

    definitions: Mapping[str, tuple[CandidatePart, ...]] = field(default_factory=dict)
    counties: tuple[str, ...] = ()
    ranked: Mapping[str, str] = field(default_factory=dict)
    added: tuple[Candidate, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the start."""
        return self != Scope()

    def changed(self, said: Mapping[str, Any]) -> Scope:
        """Return the scope after a change, as `lmi.workshop.rules` keeps it."""
        now, key = self, said.get("candidate", "")
        if "counties" in said:
            now = replace(now, counties=tuple(said["counties"] or ()))
        if "ranked" in said:
            now = replace(now, ranked={**now.ranked, key: said["ranked"]})
        if "parts" in said:
            parts = tuple(CandidatePart.model_validate(part) for part in said["parts"] or ())
            others = {k: v for k, v in now.definitions.items() if k != key}
            now = replace(now, definitions={**others, key: parts} if parts else others)
        if "out" in said:
            others = {k: v for k, v in now.definitions.items() if k != key}
            left = tuple(c for c in now.added if c.key != key)
            now = replace(now, added=left, definitions=others)
        if "begun" in said:
            now = replace(now, added=(*now.added, Candidate.model_validate(said["begun"])))
        return now

    def applied(self, candidate: Candidate) -> Candidate:
        """Return a candidate as it is defined and ranked in this scope."""
        new = {"industries": self.definitions, "ranked": self.ranked}
        update = {word: of[candidate.key] for word, of in new.items() if candidate.key in of}
        return candidate.model_copy(update=update)


@dataclass(frozen=True)
class Decision:
    """What the room decides.

    Parameters
    ----------
    first : str
        Key of the sector that comes first.
    next : tuple of str
        Keys of those that follow.
    footprint, definition : str
        What was said of the footprint and of the working definition.
    reasons, questions, reopens, convener : str
        Why; what is open; what would reopen it; who is to convene, if known.
    answers : mapping of str to str
        To the after-action questions.
    version : int
        Number of the event that first proposed what is agreed to: the sectors and the scope.
    """

    first: str
    next: tuple[str, ...] = ()
    footprint: str = ""
    definition: str = ""
    reasons: str = ""
    questions: str = ""
    reopens: str = ""
    convener: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True)
class Undo:
    """How to take one of the facilitator's steps back.

    Parameters
    ----------
    seq, did : int, str
        The event, and its kind.
    kind : str
        Of the event that takes it back.
    payload : mapping
        Of that one, as it is kept.
    """

    seq: int
    did: str
    kind: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """Everything that was said, as it stands.

    Parameters
    ----------
    seq : int
        The last event.
    step : str
        One of `STEPS`.
    reached : int
        Place in `STEPS` of the furthest step that was opened.
    locked : bool
        Whether nobody more may join.
    participants : mapping of int to Participant
        Those in the room.
    removed : mapping of int to Participant
        Those who were taken out; what they weighed and answered waits, should they come back.
    ballots : mapping of int to mapping of str to float
        Weights by criterion, as they were set; of those who gave weights last.
    orders : mapping of int to tuple of str
        Criteria in order of importance; of those who gave an order last.
    answers : mapping of int to mapping of int to bool
        Whether people agree, by the version of the decision.
    objections : mapping of int to mapping of int to str
        What would have to change, by those who do not agree, by the version of the decision.
    proposals : tuple of (Decision, Scope)
        Each that was put to the room, with its version.
    counts : tuple of Count
        Of the ballots, as they were shown.
    tallies : mapping of int to tuple of Count
        Of the answers, as they were shown, by the version of the decision.
    step_at, begun_at : str
        When the step was opened, and the first one; empty before.
    second_after : int or None
        How many counts had been shown when a second ballot was asked for; None before.
    again : frozenset of int
        Who has weighed since.
    whys : mapping of int to str
        What changed somebody's mind, or did not, in their words.
    undoable : tuple of Undo
        The facilitator's steps that can be taken back, the last one last.
    struck : frozenset of (int, int)
        Words that the facilitator took off the screens, by their count and place in it.
    scope_seq, ground_seq, decided_seq : int
        The last event that changed the scope, what is known on the ground, and the decision.
    """

    seq: int = 0
    step: str = STEPS[0]
    reached: int = 0
    closed: bool = False
    locked: bool = False
    participants: Mapping[int, Participant] = field(default_factory=dict)
    removed: Mapping[int, Participant] = field(default_factory=dict)
    ballots: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    orders: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    efforts: tuple[Effort, ...] = ()
    scope: Scope = field(default_factory=Scope)
    decision: Decision | None = None
    answers: Mapping[int, Mapping[int, bool]] = field(default_factory=dict)
    objections: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    proposals: tuple[tuple[Decision, Scope], ...] = ()
    counts: tuple[Count, ...] = ()
    tallies: Mapping[int, tuple[Count, ...]] = field(default_factory=dict)
    step_at: str = ""
    begun_at: str = ""
    second_after: int | None = None
    again: frozenset[int] = frozenset()
    whys: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()
    undoable: tuple[Undo, ...] = ()
    scope_seq: int = 0
    ground_seq: int = 0
    decided_seq: int = 0

    @property
    def voters(self) -> tuple[int, ...]:
        """Who has weighed, in the order in which they joined."""
        return tuple(who for who in self.participants if who in self.ballots or who in self.orders)

    def weights_of(self, who: int) -> dict[str, float] | None:
        """Return somebody's weights as shares of one, None where they have not weighed.

        An order of importance stands for the centre of all weights that respect it.
        """
        if order := self.orders.get(who):
            shares = rank_order_weights(range(1, len(order) + 1))
            return {key: float(share) for key, share in zip(order, shares, strict=True)}
        if ballot := self.ballots.get(who):
            total = sum(ballot.values())
            return {key: weight / total for key, weight in ballot.items()}
        return None

    @property
    def agreed(self) -> dict[int, bool]:
        """The answers to the decision as it stands, of those in the room."""
        version = self.decision.version if self.decision is not None else 0
        given = self.answers.get(version, {})
        return {who: yes for who, yes in given.items() if who in self.participants}

    @property
    def counted(self) -> Count:
        """The ballots as the room is shown them; an empty count before the first."""
        return self.counts[-1] if self.counts else Count(0, {}, {})

    @property
    def tally(self) -> Count | None:
        """The answers to the decision as the room is shown them, None where it is not."""
        version = self.decision.version if self.decision is not None else 0
        shown = self.tallies.get(version, ())
        return shown[-1] if shown else None

    @property
    def changed_since_count(self) -> frozenset[int]:
        """Who of those in the room weighs otherwise than was counted."""
        counted = self.counted.answers
        return frozenset(w for w, ballot in self._ballots.items() if counted.get(w) != ballot)

    @property
    def first_count(self) -> Count | None:
        """The count before the second ballot, None while no ballot after it was counted."""
        after = self.second_after
        return None if after is None or len(self.counts) <= after else self.counts[after - 1]

    def next_count(self, seq: int) -> Count | None:
        """Return the count of the ballots as they are now, None where nothing new can be shown.

        Where the ballots cannot be counted anew, words that came since are shown with the count.
        """
        found = count_after(self.counts, seq, self._ballots, self._kinds)
        return _with_words(found, self.counts, {} if self.second_after is None else self.whys)

    def next_tally(self, seq: int) -> Count | None:
        """Return the count of the answers as they are now, None where nothing new can be shown.

        Where the answers cannot be counted anew, words that came since are shown with the count.
        """
        if self.decision is None:
            return None
        version = self.decision.version
        before = self.tallies.get(version, ())
        found = count_after(before, seq, self.agreed, self._kinds, is_mixed=True)
        objections = self.objections.get(version, {})
        own = {who: objections.get(who, "") for who, yes in self.agreed.items() if not yes}
        return _with_words(found, before, own, lambda answer: answer is False)

    def shown_words(self, count: Count) -> tuple[tuple[int, str], ...]:
        """Return what was written with a count, each with its place, without what was struck."""
        return tuple(
            (at, text) for at, text in enumerate(count.words) if (count.seq, at) not in self.struck
        )

    @property
    def _ballots(self) -> dict[int, tuple[tuple[str, float], ...]]:
        found = ((who, self.weights_of(who) or {}) for who in self.voters)
        return {who: tuple(sorted(weights.items())) for who, weights in found}

    @property
    def _kinds(self) -> dict[int, str]:
        return {who: one.kind for who, one in self.participants.items()}

    @property
    def said(self) -> tuple[Statement | Effort, ...]:
        """All that was written down, what is hidden too."""
        return (*self.statements, *self.efforts)

    @property
    def shown_statements(self) -> tuple[Statement, ...]:
        """Those that are not hidden."""
        return tuple(s for s in self.statements if not s.hidden)

    @property
    def shown_efforts(self) -> tuple[Effort, ...]:
        """Those that are not hidden."""
        return tuple(e for e in self.efforts if not e.hidden)

    def has_reached(self, step: str) -> bool:
        """Tell whether a step was opened before, or is now."""
        return self.reached >= STEPS.index(step)


def _with_words(
    found: Count | None,
    before: Sequence[Count],
    words: Mapping[int, str],
    speaks: Callable[[Any], bool] = lambda answer: True,
) -> Count | None:
    """Put words to a new count, or to the last one; None where neither it nor they are new.

    Words are of those alone who speak in the count as it is shown.
    """
    count = found or (before[-1] if before else None)
    if count is None:
        return None
    told = [words[w] for w, answer in count.answers.items() if words.get(w) and speaks(answer)]
    # Words that were shown keep their places, which is what they are struck by.
    kept = count.words if found is None else ()
    new = sorted(_left(told, kept), key=str.casefold)
    if found is None and not new:
        return None
    return replace(count, words=(*kept, *new))


def _left(told: Sequence[str], kept: Sequence[str]) -> list[str]:
    """Return the texts that are not among those kept, each as often as it is more."""
    return list((Counter(told) - Counter(kept)).elements())
