"""People made up, so that one can try a workshop alone; each is named as what they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np

from lmi.scoring.weights import weights_around
from lmi.workshop.fold import apply
from lmi.workshop.room import Room
from lmi.workshop.rules import check
from lmi.workshop.session import Session
from lmi.workshop.state import KINDS, Event

__all__ = ["make_up"]

_SPREAD = 0.6
_STATEMENT = "Made up to try the workshop out: what somebody here might say."


def make_up(session: Session, room: Room, n: int) -> None:
    """Let made-up people, always the same, join a new session, weigh, and say something.

    Parameters
    ----------
    room : Room
        Brought up to date.
    """
    generator = np.random.Generator(np.random.PCG64(0))
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    events: list[Event] = []
    state = room.state
    for at, (person, kind, data) in enumerate(_inputs(room, n, generator)):
        joined = [e.seq for e in events if e.kind == "join"]
        who = 0 if kind == "join" else joined[person]
        payload = check(state, room.charter, who, kind, data)
        seq = state.seq + 1
        event = Event(seq, f"made-up-0-{at:05d}", who or seq, kind, payload, now)
        state = apply(state, event)
        events.append(event)
    session.append(events)
    room.state = state


def _inputs(
    room: Room, n: int, generator: np.random.Generator
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    counted = [c for c in room.charter.criteria if c.weight > 0]
    drawn = weights_around([c.weight for c in counted], max(n, 1), _SPREAD)
    sectors = [c.key for c in room.candidates]
    for person in range(n):
        yield person, "join", {"name": f"Made up {person + 1}", "kind": KINDS[person % len(KINDS)]}
    for person in range(n):
        weights = {c.key: round(100 * w, 1) for c, w in zip(counted, drawn[person], strict=True)}
        yield person, "weigh", {"weights": weights}
    for person in range(0, n, 3):
        said = {
            "candidate": sectors[int(generator.integers(len(sectors)))],
            "text": _STATEMENT,
            "rating": int(generator.integers(2, 6)),
        }
        yield person, "say", said
