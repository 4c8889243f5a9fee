"""`lmi workshop` run as a program, for tests that need a real one."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_once import made_once

REGION = "sample/ferrow-valley"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def begun_room(store: Path, factory: pytest.TempPathFactory, made_up: int = 0) -> Path:
    """A session's file as `lmi workshop` begins it, its footprint looked at: once for all workers.

    Measuring a start takes most of the time that a server takes to be there.
    """

    def make(path: Path) -> None:
        from lmi.workshop.session_files import begin

        session, room = begin(REGION, path=path, made_up=made_up, store=store)
        assert room.footprint is not None
        session.close()

    return made_once(f"room-of-{made_up}.lmi-workshop", make, factory)


class Server:
    """`lmi workshop` as a person starts it, and as a power cut ends it.

    Parameters
    ----------
    begun : Path, optional
        A session to go on with a copy of, instead of a new one.
    """

    def __init__(self, home: Path, store: Path, *more: str, begun: Path | None = None) -> None:
        self.file, self.home, self.port = home / "room.lmi-workshop", home, free_port()
        self.store, self.said = store, dict[str, str]()
        if begun is None:
            self.start(REGION, "--session", str(self.file), *more)
        else:
            shutil.copyfile(begun, self.file)
            self.start("--resume", str(self.file), *more)

    def start(self, *what: str) -> None:
        command = [
            sys.executable, "-c", "from lmi.cli import main; main()", "workshop", *what,
            "--no-browser", "--port", str(self.port), "--store", str(self.store),
        ]  # fmt: skip
        self.log = (self.home / "server.log").open("ab")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=self.home,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "400"},
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.match(r"(Facilitator|Join|Code|Session)\s+(\S+)", line):
                self.said[found[1]] = found[2]
                if found[1] == "Session":
                    return
        raise AssertionError((self.home / "server.log").read_text())

    def kill(self) -> None:
        self.process.kill()  # SIGKILL: nothing can be tidied up
        self.process.wait(10)
        self.log.close()

    def resume(self) -> None:
        self.start("--resume", str(self.file))
