"""Where a workshop is found, and that it starts beside a notebook."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lmi.errors import LmiError
from lmi.workshop import launch
from lmi.workshop.launch import Running, serve, start
from lmi.workshop.resume import open_room
from lmi.workshop.session import Session, SessionError, read_session
from lmi.workshop.session_files import begin, free_path, reopen
from lmi.workshop.state import Event
from tests.unit.workshop.conftest import Served
from tests.workshop_people import Person


def test_a_new_session_never_takes_the_file_of_another(tmp_path: Path):
    first = free_path(tmp_path, "oregon/lane")
    first.parent.mkdir()
    first.touch()
    second = free_path(tmp_path, "oregon/lane")
    assert first != second and second.parent == tmp_path / "workshops"
    assert second.name.startswith("oregon-lane-") and second.suffix == ".lmi-workshop"


def test_phones_are_told_an_address_that_they_can_reach(path, begun):
    served = Served(path, begun.store, bind="0.0.0.0")
    try:
        assert served.addresses is not None
        assert served.addresses.facilitator.startswith("http://127.0.0.1:")
        assert "0.0.0.0" not in served.url and served.room.join_address == served.url
        assert served.person("Ann").get("/p").status == 200
        assert Person(served.url).get("/", Host="evil.example").status == 421
    finally:
        served.stop()


def test_who_opens_a_session_again_is_told_where_its_file_ends(path, begun):
    session, room = reopen(path, store=begun.store.root)
    assert room.resumed == "Nothing was entered in the session's file yet."
    joined = {"name": "Ann", "kind": "other"}
    session.append([Event(1, "event-000001", 1, "join", joined, "2026-11-29T19:45:00+00:00")])
    session.close()
    session, room = reopen(path, store=begun.store.root)
    assert "number 1, of 2026-11-" in room.resumed
    session.close()


@pytest.fixture
def running(begun, tmp_path, monkeypatch) -> Running:
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    found = start("sample/ferrow-valley", path=tmp_path / "beside.lmi-workshop", port=0, made_up=3)
    yield found
    found.stop()


@pytest.mark.program
def test_it_runs_beside_a_notebook_and_stops(running):
    url, _, query = running.addresses.facilitator.partition("/f?key=")
    facilitator = Person(url)
    assert facilitator.enter(query).status == 200
    assert facilitator.send("step", {"to": "see", "from": "welcome"}).status == 200
    assert running.addresses.code in running._repr_markdown_()
    assert query not in repr(read_session(running.path).keys)
    running.stop()
    with pytest.raises(OSError):
        facilitator.get("/f")
    session = Session.open(running.path)
    assert session.events()[-1].kind == "step"
    session.close()


@pytest.mark.program
def test_what_keeps_it_from_starting_reaches_the_notebook(begun, tmp_path, monkeypatch, running):
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    port = int(running.addresses.join.rsplit(":", 1)[1])
    with pytest.raises(LmiError, match=f"cannot listen at 127.0.0.1, port {port}"):
        start("sample/ferrow-valley", path=tmp_path / "other.lmi-workshop", port=port)
    with pytest.raises(SessionError, match="exists; reopen it"):
        start("sample/ferrow-valley", path=running.path, port=0)


@pytest.mark.program
def test_a_new_session_is_served_before_its_footprint_is_looked_at(
    begun, room, tmp_path, monkeypatch
):
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    session, new = begin("sample/ferrow-valley", path=tmp_path / "new.lmi-workshop")
    assert new.looks_later and new.is_looking

    async def looked() -> None:
        until = asyncio.Event()
        serving = asyncio.create_task(serve(session, new, port=0, until=until))
        while new.is_looking and not serving.done():
            await asyncio.sleep(0.05)
        until.set()
        await serving

    asyncio.run(asyncio.wait_for(looked(), 60))
    assert new.footprint is not None and new.footprint == room.footprint
    kept = Session.open(session.path)
    monkeypatch.setattr("lmi.assessment.opening.take_in_sample", lambda *_: None)
    again = open_room(kept, tmp_path / "no-store")
    assert again.footprint == room.footprint, "it is in the session's file"
    kept.close()


def test_an_address_is_found_without_a_network(monkeypatch):
    def unreachable(self, address):
        raise OSError("Network is unreachable")

    monkeypatch.setattr(launch.socket.socket, "connect", unreachable, raising=False)
    assert launch._own_address()
