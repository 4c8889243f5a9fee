"""A session's events read again: each checked as when it came in, and what is bad set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from lmi.words import listing
from lmi.workshop.charter import SessionCharter
from lmi.workshop.events import Refused
from lmi.workshop.fold import apply
from lmi.workshop.rules import recheck
from lmi.workshop.state import Event, State

__all__ = ["Replayed", "replay"]

_NAMED = 5


@dataclass(frozen=True)
class Replayed:
    """What a session's file holds.

    Parameters
    ----------
    events : tuple of Event
        All of them, those that are set aside too, whose names stay taken.
    aside : tuple of int
        Places of those that are set aside.
    """

    state: State
    events: tuple[Event, ...]
    aside: tuple[int, ...]

    @property
    def note(self) -> str:
        """What is set aside, in a sentence; empty where nothing is."""
        n = len(self.aside)
        if not n:
            return ""
        lead = "One entry of the session's file does" if n == 1 else f"{n} entries do"
        places = listing((str(seq) for seq in self.aside), _NAMED)
        return f"{lead} not fit what was entered before and count for nothing: number {places}."


def _check_time(at: str) -> None:
    """Refuse a time that no clock tells: the agenda and the record reckon with it."""
    if datetime.fromisoformat(at).tzinfo is None:
        raise ValueError(f"{at[:40]!r} has no time zone")


def replay(charter: SessionCharter, events: Iterable[Event]) -> Replayed:
    """Fold a session's events, those that do not fit left out."""
    state, kept, aside = State(), list[Event](), list[int]()
    for event in events:
        kept.append(event)
        try:
            _check_time(event.at)
            recheck(state, charter, event)
            state = apply(state, event)
        except (Refused, ArithmeticError, LookupError, TypeError, ValueError):
            aside.append(event.seq)
    # What comes next stands after all that is in the file.
    last = max((event.seq for event in kept), default=0)
    return Replayed(replace(state, seq=last), tuple(kept), tuple(aside))
