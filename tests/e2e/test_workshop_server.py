"""A workshop as a facilitator starts it: a process that is killed in the middle, and goes on."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lmi.store import Store
from lmi.workshop.fold import fold
from lmi.workshop.resume import open_session
from lmi.workshop.session import Session, read_session
from tests.unit.cli.conftest import run_lmi
from tests.workshop_people import Person
from tests.workshop_program import begun_room, free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from lmi.cli import main\nif __name__ == '__main__': main()"]
SAID = 90  # statements of each of four phones, while the server dies twice
WORDS = {"Facilitator": r"(http\S+)", "Join": r"(http\S+)", "Code": r"(\w+)", "Session": r"(\S+)"}


class Server:
    """The command `lmi workshop`, in a process of its own."""

    def __init__(self, places: dict[str, str], *words: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "workshop", "--no-browser", *words], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, **places, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.said = ""
        found = {}
        assert self.process.stdout is not None
        while len(found) < len(WORDS):
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"it ended: {self.said}{self.process.stderr.read()}")
            self.said += line
            for word, pattern in WORDS.items():
                if match := re.match(rf"{word}\s+{pattern}", line):
                    found[word] = match.group(1)
        self.url, self.code = found["Join"], found["Code"]
        self.key = found["Facilitator"].partition("key=")[2]
        self.path = Path(found["Session"])

    def kill(self) -> None:
        """No warning, no goodbye."""
        self.process.kill()
        self.process.communicate()

    def interrupt(self) -> str:
        self.process.send_signal(signal.SIGINT)
        # `communicate` would skip what `readline` has read ahead.
        assert self.process.stdout is not None and self.process.stderr is not None
        out, err = self.process.stdout.read(), self.process.stderr.read()
        assert self.process.wait(timeout=120) == 0, err
        return self.said + out + err

    def person(self, name: str) -> Person:
        person = Person(self.url)
        assert person.join(self.code, name).status == 303
        return person


@pytest.fixture(scope="module")
def places(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    outputs = tmp_path_factory.mktemp("workshop") / "outputs"
    return {"LMI_STORE": str(sample_store), "LMI_OUTPUTS": str(outputs)}


@pytest.fixture
def servers(places) -> Iterator[list[Server]]:
    started: list[Server] = []
    yield started
    for server in started:
        if server.process.poll() is None:
            server.kill()


class Phone(threading.Thread):
    """Sends statements one after the other, each until it is acknowledged, as the page does."""

    def __init__(self, person: Person, name: str, n: int) -> None:
        super().__init__(daemon=True)
        self.person, self.phone_name, self.n = person, name, n
        self.acknowledged: list[str] = []
        self.tries = 0

    def run(self) -> None:
        for number in range(self.n):
            said = {"candidate": "energy", "text": f"{self.phone_name}-{number}", "rating": 3}
            while True:
                self.tries += 1
                with contextlib.suppress(OSError, ValueError):
                    reply = self.person.send("say", said, id=f"{self.phone_name}-{number:06d}")
                    if reply.status == 200:
                        self.acknowledged.append(said["text"])
                        break
                time.sleep(0.05)


def test_killed_twice_in_the_middle_no_word_is_lost_and_none_is_there_twice(places, servers):
    servers.append(Server(places, "sample/ferrow-valley", "--port", str(free_port())))
    first = servers[0]
    people = [first.person(f"P{n}") for n in range(4)]
    facilitator = Person(first.url)
    facilitator.enter(first.key)
    assert facilitator.send("step", {"to": "know", "from": "welcome"}).status == 200
    phones = [Phone(p, f"phone{n}", SAID) for n, p in enumerate(people)]
    for phone in phones:
        phone.start()
    for _ in range(2):
        before = sum(len(p.acknowledged) for p in phones)
        deadline = time.monotonic() + 300
        while sum(len(p.acknowledged) for p in phones) < before + SAID // 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        servers[-1].kill()
        killed = [text for p in phones for text in p.acknowledged]
        session = read_session(first.path)
        there = [s.text for s in fold(session.events()).statements]
        session.close()
        assert set(killed) <= set(there), "what was acknowledged was on the disk at that moment"
        servers.append(Server(places, "--resume", str(first.path)))
        assert servers[-1].url == first.url, "at the same address, where the open pages look"
        assert (servers[-1].code, servers[-1].key) == (first.code, first.key)
    for phone in phones:
        phone.join(120)
        assert not phone.is_alive()
    assert sum(p.tries for p in phones) > 4 * SAID, "some had to be sent again"
    assert people[0].get("/p").status == 200, "cookies are good as before"
    assert facilitator.send("step", {"to": "agree", "from": "know"}).status == 200
    said = servers[-1].interrupt()
    assert "Stopped. Everything is in" in said and "Traceback" not in said
    session = Session.open(first.path)
    texts = [s.text for s in fold(session.events()).statements]
    session.close()
    assert sorted(texts) == sorted(f"phone{n}-{i}" for n in range(4) for i in range(SAID))
    opened = open_session(first.path, Store(places["LMI_STORE"]))
    assert opened.room.state.step == "agree" and opened.room.notes == ()


def test_tried_alone_with_people_made_up_and_forgotten_afterwards(places, servers):
    servers.append(Server(places, "sample/cinder-basin", "--demo", "12"))
    server = servers[0]
    facilitator = Person(server.url)
    facilitator.enter(server.key)
    assert "Made up 1" in facilitator.get("/f").text
    assert facilitator.send("step", {"to": "agree", "from": "welcome"}).status == 200
    assert facilitator.get("/part/group?as=f").status == 200
    refused = run_lmi("workshop", "--forget", server.path)
    assert refused.status == 1 and "A workshop is using" in refused.err
    assert "Only this machine can join" in server.interrupt()
    done = run_lmi("workshop", "--forget", server.path)
    assert done.status == 0 and "Deleted" in done.out
    assert not list(server.path.parent.glob(f"{server.path.name}*"))


def test_a_second_workshop_takes_the_next_port_and_a_taken_one_is_said(
    places, servers, sample_store, tmp_path, tmp_path_factory
):
    begun = begun_room(sample_store, tmp_path_factory)
    servers.append(Server(places, "--resume", shutil.copy(begun, tmp_path / "one.lmi-workshop")))
    servers.append(Server(places, "sample/ferrow-valley"))
    assert servers[0].url != servers[1].url and servers[0].path != servers[1].path
    port = servers[0].url.rsplit(":", 1)[1]
    other = shutil.copy(begun, tmp_path / "other.lmi-workshop")
    with pytest.raises(AssertionError, match=rf"cannot listen at 127.0.0.1, port {port}"):
        Server(places, "--resume", other, "--port", port)


def test_phones_that_all_move_their_sliders_lose_nothing(places):
    """The benchmark of the load, small; it ends with an error where a change was lost."""
    done = subprocess.run(
        [sys.executable, "benchmarks/workshop.py", "--phones", "20", "--seconds", "4"],
        cwd=ROOT, capture_output=True, text=True, timeout=200,
        env={**os.environ, **places, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "stored               80; refused 0, acknowledged and lost 0" in done.stdout
    assert int(re.search(r"screen (\d+) pictures", done.stdout).group(1)) > 0
