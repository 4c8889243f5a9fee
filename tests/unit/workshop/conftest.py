"""A workshop to test: its session is begun once on the sample, and each test has a copy of it."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lmi.assessment.live_state import open_live
from lmi.config import load_state
from lmi.store import Store
from lmi.workshop.charter import SessionCharter
from lmi.workshop.launch import Addresses, serve
from lmi.workshop.resume import begin_session, open_room
from lmi.workshop.room import Room
from lmi.workshop.session import Session
from tests.workshop_people import Person


@dataclass(frozen=True)
class Begun:
    """A session of the sample as it began, and the store that it was measured from."""

    path: Path
    store: Store
    charter: SessionCharter


@pytest.fixture(scope="session")
def begun(
    sample_store: Path, measured_once: None, tmp_path_factory: pytest.TempPathFactory
) -> Begun:
    state, store = load_state("sample"), Store(sample_store)
    live = open_live(store, state)
    path = tmp_path_factory.mktemp("workshop") / "begun.lmi-workshop"
    session, _ = begin_session(path, live, state.region("ferrow-valley"))
    session.close()
    return Begun(path, store, session_setting(path))


def session_setting(path: Path) -> SessionCharter:
    session = Session.open(path, read_only=True)
    return session.charter


@pytest.fixture
def path(begun: Begun, tmp_path: Path) -> Path:
    """A session's file of one's own."""
    copy = tmp_path / "session.lmi-workshop"
    shutil.copy(begun.path, copy)
    return copy


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    found = Session.open(path)
    yield found
    found.close()


@pytest.fixture
def room(session: Session, begun: Begun) -> Room:
    return open_room(session, begun.store)


class Served:
    """A server in a thread of its own."""

    def __init__(self, path: Path, store: Store, bind: str = "127.0.0.1") -> None:
        self.session = Session.open(path)
        self.room = open_room(self.session, store)
        self.code = self.session.charter.code
        self.key = self.session.keys.facilitator
        self.addresses: Addresses | None = None
        self._ready, self._error = threading.Event(), list[BaseException]()
        self._thread = threading.Thread(target=self._work, args=(bind,), daemon=True)
        self._thread.start()
        assert self._ready.wait(60)
        if self._error:
            raise self._error[0]

    def _work(self, bind: str) -> None:
        async def run() -> None:
            self.loop, self._until = asyncio.get_running_loop(), asyncio.Event()
            await serve(self.session, self.room, bind, 0, self._found, self._until)

        try:
            asyncio.run(run())
        except BaseException as error:
            self._error.append(error)
            self._ready.set()

    def _found(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self._ready.set()

    @property
    def url(self) -> str:
        assert self.addresses is not None
        return self.addresses.join

    def person(self, name: str = "", kind: str = "education") -> Person:
        """A new browser, joined under a name if there is one."""
        found = Person(self.url)
        if name:
            reply = found.join(self.code, name, kind)
            assert reply.status == 303, reply.text
        return found

    def facilitator(self) -> Person:
        found = Person(self.url)
        assert found.enter(self.key).status == 200
        return found

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._until.set)
        self._thread.join(20)


@pytest.fixture
def served(path: Path, begun: Begun) -> Iterator[Served]:
    found = Served(path, begun.store)
    yield found
    found.stop()
