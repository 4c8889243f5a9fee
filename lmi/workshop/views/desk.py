"""The facilitator's private view: the clock, who is silent, what can be undone, the leaves."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from lmi import words
from lmi.workshop.room import Room
from lmi.workshop.state import KINDS, STEPS, Undo
from lmi.workshop.views import evidence
from lmi.workshop.views.roster import done_now
from lmi.workshop.words import DONE, KIND_NAMES, LEAVES, MINUTES, STEP_NAMES

__all__ = ["Clock", "Silent", "clock", "counted_words", "leaves", "reached", "silent", "undo_words"]


@dataclass(frozen=True)
class Clock:
    """How the step stands against the agenda.

    Parameters
    ----------
    passed : float, seconds
        Since the step was opened.
    minutes : int
        That the agenda gives it.
    late : float, seconds
        By how much the room is behind the agenda with the step's own minutes used up; negative
        ahead of it.
    """

    passed: float
    minutes: int
    late: float


@dataclass(frozen=True)
class Silent:
    """How many of a kind of organization have not done what the step asks.

    Parameters
    ----------
    silent : int or None
        None where the step asks nothing that is entered.
    """

    kind: str
    here: int
    silent: int | None


def clock(room: Room, now: datetime.datetime | None = None) -> Clock | None:
    """Return how the step stands against the agenda; None before the first was opened.

    Parameters
    ----------
    now : datetime, optional
        The laptop's own clock unless told.
    """
    state = room.state
    if not state.step_at:
        return None
    at = now or datetime.datetime.now(datetime.UTC)
    step, begun = (
        (at - datetime.datetime.fromisoformat(text)).total_seconds()
        for text in (state.step_at, state.begun_at)
    )
    minutes = [MINUTES[name] for name in STEPS]
    place = STEPS.index(state.step)
    planned = sum(minutes[1:place]) if place else 0
    return Clock(max(step, 0.0), minutes[place], begun - step - 60 * planned)


def silent(room: Room) -> list[Silent]:
    """Return how many of each kind are here, and how many have not done what the step asks."""
    people = room.state.participants
    # Whoever's weights were counted is asked nothing more until a second ballot.
    counted = room.state.counts and room.state.second_after is None
    waits = room.state.step != "agree" or not counted
    done = done_now(room) if waits else None
    here = Counter(one.kind for one in people.values())
    quiet = Counter(one.kind for who, one in people.items() if done is not None and who not in done)
    return [
        Silent(KIND_NAMES[kind], here[kind], None if done is None else quiet[kind])
        for kind in KINDS
        if here[kind]
    ]


def reached(room: Room) -> str:
    """Say how many phones reached this laptop, joined, and have an open line."""
    joined = room.state.participants.keys()
    lines = len(room.connected() & joined)
    phones = words.count(max(room.reached, lines), "phone")
    return (
        f"{phones[:1].upper()}{phones[1:]} reached this laptop since it was started; "
        f"{len(joined)} joined, {lines} connected now."
    )


def counted_words(room: Room) -> list[tuple[int, tuple[tuple[int, str], ...]]]:
    """Return what was written with the ballots and the answers, as they were counted last.

    Returns
    -------
    list of (int, tuple of (int, str))
        Number of the count, and each text with its place in it; counts without words are left out.
    """
    found = (
        (count.seq, room.state.shown_words(count))
        for count in (room.state.tally, room.state.counted)
        if count is not None
    )
    return [(count, texts) for count, texts in found if texts]


def undo_words(undo: Undo) -> str:
    """Say what an undo takes back."""
    if undo.did == "step":
        return f"moved to {STEP_NAMES[undo.payload['came_from']]}"
    return DONE[undo.did]


def leaves(room: Room) -> list[tuple[str, str]]:
    """Return the leaves of the step on the wall: the key of each tab, and its name."""
    if room.state.step == "see":
        return [
            ("tab-all", "All sectors"),
            *((f"tab-{c.key}", c.name) for c in evidence.cards(room)),
        ]
    if room.state.step == "agree" and not room.group().n:
        return []
    return [(f"tab-{key}", name) for key, name in LEAVES.get(room.state.step, {}).items()]
