"""`lmi workshop` run as a program, for tests that need a real one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

REGION = "sample/ferrow-valley"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """`lmi workshop` as a person starts it, and as a power cut ends it."""

    def __init__(self, home: Path, store: Path, *more: str) -> None:
        self.file, self.home, self.port = home / "room.lmi-workshop", home, free_port()
        self.store, self.said = store, dict[str, str]()
        self.start(REGION, "--session", str(self.file), *more)

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
