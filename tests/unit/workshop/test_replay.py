"""A session's file that was tampered with, opened again: what is bad counts for nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import sqlite3
import zlib

import pytest

from lmi.workshop import record, views
from lmi.workshop.fold import apply
from lmi.workshop.intake import Intake
from lmi.workshop.replay import replay
from lmi.workshop.resume import open_room
from lmi.workshop.rules import check, recheck
from lmi.workshop.session import Session
from lmi.workshop.state import FACILITATOR, Event, State
from tests import workshop_stage
from tests.workshop_stage import play

BAD = [
    ("say", 1, '{"candidate": "witchcraft", "text": "x", "rating": 5, "item": "", '
               '"show_name": false}'),
    ("say", 77, '{"candidate": "energy", "text": "x", "rating": 5, "item": "", '
                '"show_name": false}'),
    ("say", 1, '{"candidate": "energy"'),
    ("say", 1, '[1]'),
    ("weigh", 1, '{"weights": {"pay": -5}, "order": null}'),
    ("weigh", 1, '{"weights": {"luck": 5}, "order": null}'),
    ("step", 0, '{"to": "lunch", "came_from": "decide"}'),
    ("scope", 0, '{"counties": ["08001"]}'),
    ("scope", 0, '{"candidate": "energy", "parts": [{"naics": ["23", "236"]}]}'),
    ("scope", 0, '{"begun": {"key": 5}}'),
    ("join", 3, '{"name": "Copy", "kind": "business"}'),
    ("join", 0, '{"name": "Nobody", "kind": "pirates"}'),
    ("decide", 1, '{"first": "energy"}'),
    ("remove", 0, '{"participant": 999}'),
    ("count", 0, '{"what": "heads"}'),
    ("dance", 0, "{}"),
    ("decide", 0, "not JSON"),
    ("close", 0, "[]"),
    ("lock", 0, "{}"),  # right, but for its time
]  # fmt: skip


@pytest.fixture
def tampered(session, room, monkeypatch) -> Session:
    """A session in which a room played, with bad entries after the good ones."""
    told: list[Event] = []

    def noted(state: State, event: Event) -> State:
        told.append(event)
        return apply(state, event)

    monkeypatch.setattr(workshop_stage, "apply", noted)
    play(room)
    session.append(told)
    line = sqlite3.connect(session.path)
    for at, (kind, who, payload) in enumerate(BAD, start=len(told) + 1):
        when = "2026" if kind == "lock" else "2026-11-29T09:00:00+00:00"
        row = (at, f"bad-entry-{at}", who, kind, payload, when)
        line.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
    line.commit()
    line.close()
    return session


def test_bad_entries_are_set_aside_and_counted_and_the_room_goes_on(tampered, room, begun):
    opened = open_room(tampered, begun.store)
    first = len(tampered.events()) - len(BAD)
    aside = replay(tampered.charter, tampered.events()).aside
    assert aside == tuple(range(first + 1, first + 1 + len(BAD)))
    assert opened.notes[0].startswith(f"{len(BAD)} entries do not fit")
    assert dataclasses.replace(opened.state, seq=room.state.seq) == room.state
    assert "Construction" in views.page(FACILITATOR, opened, "token")
    assert record.as_html(opened)

    async def add() -> int:
        intake = Intake(tampered, lambda state, events: None)
        receipt = await intake.take("after-the-bad-ones", 1, "weigh", {"weights": {"pay": 1}})
        await intake.close()
        return receipt.seq

    last = max(e.seq for e in tampered.events())
    assert asyncio.run(add()) == last + 1


def test_what_was_taken_in_is_taken_in_again(tampered, room):
    good = tampered.events()[: room.state.seq]
    found = replay(tampered.charter, good)
    assert found.state == room.state and not found.aside and not found.note
    scopes = [
        {"counties": ["99007", "99015"]},
        {"begin": {"name": "Homes", "parts": [{"naics": ["531"]}]}},
        {"candidate": "energy", "drop": "2211"},
        {"candidate": "health-care", "ranked": "parts"},
    ]
    state = found.state
    for said in scopes:
        payload = check(state, tampered.charter, FACILITATOR, "scope", said)
        event = Event(state.seq + 1, f"scope-{state.seq}", FACILITATOR, "scope", payload, "2026")
        recheck(state, tampered.charter, event)
        state = apply(state, event)


def test_measures_that_cannot_be_read_are_measured_anew(tampered, begun):
    seen = open_room(tampered, begun.store).evidence.row_of["energy"]["annual_avg_emplvl"]
    tampered._write("UPDATE measured SET data=?", [(zlib.compress(b"PK not a zip"),)])
    again = open_room(tampered, begun.store).evidence.row_of["energy"]["annual_avg_emplvl"]
    assert again == pytest.approx(seen)
