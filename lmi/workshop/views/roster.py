"""Who is in the room, how many have answered, and the code that lets people in."""

from __future__ import annotations

import io
from collections import Counter
from typing import NamedTuple
from urllib.parse import quote

import segno
from markupsafe import Markup

from lmi.workshop.room import Room
from lmi.workshop.state import KINDS, STEPS
from lmi.workshop.words import KIND_NAMES

__all__ = [
    "RailStep",
    "answered",
    "done_now",
    "facilitator_qr",
    "idle",
    "join_link",
    "qr",
    "roster",
    "steps",
]

ANSWERED = {
    "weigh": "weighed",
    "know": "added something",
    "agree": "changed their weights since the count",
    "decide": "answered",
}


def roster(room: Room) -> list[tuple[str, int]]:
    """Count the people by kind of organisation, those that nobody is of left out."""
    here = Counter(p.kind for p in room.state.participants.values())
    return [(KIND_NAMES[kind], here[kind]) for kind in KINDS if here[kind]]


def answered(room: Room) -> str:
    """Say how many have done what the step asks."""
    state = room.state
    here = len(state.participants)
    people = "person is here" if here == 1 else "people are here"
    if state.step not in ANSWERED or not here:
        return f"{here} {people}"
    done = len(done_now(room) or ())
    said = ANSWERED[state.step]
    if state.step == "agree" and state.second_after is not None:
        said = "weighed again"
    elif state.step == "agree" and not state.counts:
        said = ANSWERED["weigh"]
    return f"{done} of {here} {'has' if done == 1 else 'have'} {said}"


def done_now(room: Room) -> frozenset[int] | None:
    """Return who has done what the step asks; None where it asks nothing that is entered."""
    state = room.state
    if state.step not in ANSWERED:
        return None
    again = state.again if state.second_after is not None else state.changed_since_count
    again = again if state.counts else frozenset(state.voters)  # there is no count to change since
    done = {
        "weigh": frozenset(state.voters),
        "know": frozenset(one.participant for one in state.said),
        "agree": again,
        "decide": frozenset(state.agreed),
    }[state.step]
    return done & state.participants.keys()


def idle(room: Room) -> frozenset[int]:
    """Return who has entered nothing."""
    state = room.state
    busy = {*state.voters, *state.agreed, *(one.participant for one in state.said)}
    return frozenset(state.participants.keys() - busy)


def join_link(room: Room) -> str:
    """Return the address that the QR code holds."""
    return f"{room.join_address.rstrip('/')}/?key={quote(room.join_key)}"


def qr(room: Room) -> Markup:
    """Draw the QR code of the join address.

    Returns
    -------
    Markup
        An SVG element that scales to its box.
    """
    return _drawn(join_link(room), "QR code to join")


def facilitator_qr(room: Room) -> Markup:
    """Draw the QR code of the facilitator's private view, which holds the facilitator's key."""
    link = f"{room.join_address.rstrip('/')}/f/desk?key={quote(room.facilitator_key)}"
    return _drawn(link, "QR code of the private view")


def _drawn(link: str, title: str) -> Markup:
    made = segno.make(link, error="m", micro=False)
    buffer = io.BytesIO()
    made.save(
        buffer, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4,
        light="#ffffff", dark="#000000", title=title,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    drawn = buffer.getvalue().decode("utf-8").strip()
    return Markup(drawn.replace("<svg ", '<svg role="img" aria-label="' + title + '" ', 1))


class RailStep(NamedTuple):
    """A step as the rail shows it."""

    key: str
    number: int
    here: bool
    reached: bool


def steps(room: Room) -> list[RailStep]:
    """Return the steps after the welcome, for the rail."""
    return [
        RailStep(key, number, key == room.state.step, room.state.has_reached(key))
        for number, key in enumerate(STEPS)
        if number
    ]
