"""A room played without a server: people join, weigh, say and decide, one input after the other."""

from __future__ import annotations

from typing import Any

from lmi.workshop.fold import apply
from lmi.workshop.room import Room
from lmi.workshop.rules import check
from lmi.workshop.state import FACILITATOR, STEPS, Event, Participant

AT = "2026-11-22T10:00:00+00:00"


def tell(room: Room, who: Participant | int, kind: str, /, **data: Any) -> int:
    """Enter something as a page would, checked by the rules of the room."""
    number = who.id if isinstance(who, Participant) else who
    payload = check(room.state, room.charter, number, kind, data)
    seq = room.state.seq + 1
    event = Event(seq, f"input-{seq:06d}", seq if kind == "join" else number, kind, payload, AT)
    room.state = apply(room.state, event)
    return seq


def join(room: Room, name: str = "Ann", kind: str = "business") -> Participant:
    number = tell(room, FACILITATOR, "join", name=name, kind=kind)
    return room.state.participants[number]


def go_to(room: Room, step: str) -> None:
    """Open a step, and on the way those before it."""
    for one in STEPS[STEPS.index(room.state.step) + 1 : STEPS.index(step) + 1]:
        tell(room, FACILITATOR, "step", **{"to": one, "from": room.state.step})


def play(room: Room) -> list[Participant]:
    """Four people weigh, add and agree on a decision."""
    people = [
        join(room, "Ann Lee", "business"),
        join(room, "Ben", "business"),
        join(room, "Cho", "education"),
        join(room, "Dee", "workforce"),
    ]
    for place, who in enumerate(people[:3]):
        tell(room, who, "weigh", weights={"pay": 1 + 3 * place, "employment": 4, "engagement": 2})
    tell(room, people[3], "weigh", order=["employment", "pay", "engagement"])
    tell(
        room, people[0], "say", candidate="construction", rating=5, show_name=True,
        text="Builders would take every apprentice.",
    )  # fmt: skip
    tell(room, people[1], "say", candidate="construction", rating=2, text="=1+1 <b>no beds</b>")
    tell(room, people[2], "say", candidate="construction", rating=4, item="champions")
    tell(
        room, people[2], "effort", organisation="Harbor College", system="education",
        effort="Advisory board", candidate="construction", since=2019,
    )  # fmt: skip
    go_to(room, "decide")
    tell(
        room, FACILITATOR, "decide", first="construction", next=["health-care"],
        reasons="It pays.\nIt grows.", questions="Who speaks for small firms?",
        answers={"agreed": "Yes", "footprint": "Partly: one county is open"}, convener="Chamber",
    )  # fmt: skip
    for who, yes in zip(people, (True, True, False), strict=False):
        tell(room, who, "agree", yes=yes)
    tell(room, FACILITATOR, "count", what="answers")
    return people
