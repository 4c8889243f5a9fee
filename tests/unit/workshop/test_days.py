"""An evening in Denver is the next day in UTC: the record has the day that the room had."""

from __future__ import annotations

import datetime

import pytest

from lmi.workshop import record
from lmi.workshop.days import day_of
from lmi.workshop.record_files import local_knowledge_csv
from tests.workshop_stage import go_to, join, tell


@pytest.mark.parametrize(
    ("at", "started", "day"),
    [
        ("2026-11-23T02:30:00+00:00", "2026-11-22T18:00:00-07:00", "2026-11-22"),
        ("2026-11-22T20:30:00+00:00", "2026-11-23T07:00:00+12:00", "2026-11-23"),
        ("2026-11-23T02:30:00+00:00", "2026-11-23T01:00:00+00:00", "2026-11-23"),
        ("2026-11-23T02:30:00+00:00", "yesterday", "2026-11-23"),
        ("2026-11-23T02:30:00+00:00", "2026-11-23", "2026-11-23"),
    ],
)
def test_a_moment_has_the_day_of_the_room(at, started, day):
    assert day_of(at, started) == day


def test_a_workshop_knows_its_own_zone(room):
    assert datetime.datetime.fromisoformat(room.charter.started).utcoffset() is not None


def test_the_record_of_an_evening_has_its_day(room):
    room.charter = room.charter.model_copy(update={"started": "2026-11-21T23:00:00-12:00"})
    go_to(room, "know")
    tell(room, join(room, "Ann"), "say", candidate="energy", rating=4, text="Said at ten.")
    assert "2026-11-21" in record.as_html(room)
    (line,) = [x for x in local_knowledge_csv(room).decode().splitlines() if "Said at ten" in x]
    assert '"2026-11-21"' in line or ",2026-11-21," in line
