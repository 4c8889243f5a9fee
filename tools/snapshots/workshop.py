"""A workshop played over its server, as browsers do; what its pages and its record say.

A server is stopped and the session resumed before anything is read: what a resumed room shows is
computed before it is served, so that no page is read half a second too early.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from .lmi_command import LmiCommand
from .placeholders import page_text

REGION = "sample/ferrow-valley"
SESSION = "session.lmi-workshop"
COOKIES = "session.cookies"  # of a phone that was in the room
STEPS = ("see", "weigh", "know", "agree", "scope", "decide", "record")
RECORD = ("record.html", "record.json", "record.pdf", "engagement.csv", "local_knowledge.csv")
PEOPLE = (("Ann Lee", "business"), ("Ben", "business"), ("Cho", "education"), ("Dee", "workforce"))
PARTS = {
    "p": (*STEPS, "head", "ground", "group", "outcome", "choice", "ranking", "readiness"),
    "f": (*STEPS, "head", "ground", "group", "outcome", "choice", "roster", "progress", "counties",
          "editor", "industries"),
}  # fmt: skip
ASKED = {
    "ground": "construction", "readiness": "construction", "editor": "construction",
    "industries": "advanced-manufacturing machine shops",
}  # fmt: skip
_SAID = re.compile(r"(Facilitator|Join|Code|Session)\s+(\S+)")
_TOKEN = re.compile(r'name="csrf"\s+(?:value|content)="([0-9a-f]+)"')


@dataclass
class Browser:
    """Keeps cookies, and knows the token of its page."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, body: str = "", content_type: str = "") -> bytes:
        at = urlsplit(self.url)
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.url, "X-CSRF": self.token}
        headers["Content-Type"] = content_type
        line = http.client.HTTPConnection(at.hostname or "", at.port, timeout=120)
        with contextlib.closing(line):
            line.request(method, path, body.encode(), {k: v for k, v in headers.items() if v})
            answer = line.getresponse()
            content = answer.read()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, kept = value.partition(";")[0].partition("=")
                    self.cookies[key] = kept
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {content.decode()}")
        if found := _TOKEN.search(content.decode(errors="replace")):
            self.token = found.group(1)
        return content

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)

    def join(self, code: str, name: str, kind: str) -> None:
        self.get("/")
        form = {"csrf": self.token, "code": code, "name": name, "kind": kind}
        self.ask("POST", "/join", urlencode(form), "application/x-www-form-urlencoded")
        self.get("/p")

    def send(self, kind: str, /, **data: Any) -> None:
        said = {"id": secrets.token_hex(16), "kind": kind, "data": data}
        self.ask("POST", "/in", json.dumps(said), "application/json")


@dataclass(frozen=True)
class Served:
    """A workshop that is being served."""

    said: dict[str, str]
    facilitator: Browser

    @property
    def known(self) -> dict[str, str]:
        """What is drawn anew for each session and each start, with its placeholder."""
        address = self.said["Join"]
        return {
            self.said["Facilitator"].partition("key=")[2]: "<facilitator's key>",
            self.said["Code"]: "<code>",
            address: "<address>",
            address.removeprefix("http://"): "<address>",
            self.said["Session"]: "<session's file>",
        }


@contextlib.contextmanager
def served(lmi: LmiCommand, *words: str | Path) -> Iterator[Served]:
    """Serve a workshop until the block ends, then stop it as Ctrl-C does."""
    process = subprocess.Popen(
        lmi.arguments("workshop", "--no-browser", "--port", "0", *words), cwd=lmi.checkout,
        env=lmi.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said: dict[str, str] = {}
        while len(said) < 4 and (line := process.stdout.readline()):
            if found := _SAID.match(line):
                said[found[1]] = found[2]
        if len(said) < 4:
            raise RuntimeError(f"the workshop ended with {process.wait()}")
        facilitator = Browser(said["Join"])
        facilitator.get(f"/f?key={said['Facilitator'].partition('key=')[2]}")
        facilitator.get("/f")
        yield Served(said, facilitator)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def play(lmi: LmiCommand, folder: Path) -> None:
    """Play a workshop; keep its pages and its record before and after the scope was changed."""
    session = folder / SESSION
    with served(lmi, REGION, "--session", session) as room:
        people = _weigh_and_say(room)
    _keep(lmi, session, folder / "agreed", people[0].cookies)
    with served(lmi, "--resume", session) as room:
        _scope_and_decide(room, [_again(room, person.cookies) for person in people])
    _keep(lmi, session, folder / "decided", people[0].cookies)
    (folder / COOKIES).write_text(json.dumps(people[0].cookies), encoding="utf-8")
    shutil.copytree(lmi.store, folder / "store")


def resume(lmi: LmiCommand, before: Path, after: Path) -> None:
    """Open the session of a snapshot, with its store and its phones; keep pages and record."""
    session = lmi.home / SESSION
    shutil.copy(before / SESSION, session)
    shutil.copytree(before / "store", lmi.store)
    _keep(lmi, session, after, json.loads((before / COOKIES).read_text(encoding="utf-8")))


def _weigh_and_say(room: Served) -> list[Browser]:
    people = [Browser(room.said["Join"]) for _ in PEOPLE]
    for person, (name, kind) in zip(people, PEOPLE, strict=True):
        person.join(room.said["Code"], name, kind)
    _go(room, "welcome", "see", "weigh")
    ann, ben, cho, dee = people
    for place, person in enumerate((ann, ben, cho)):
        person.send("weigh", weights={"pay": 1 + 3 * place, "employment": 4, "engagement": 2})
    dee.send("weigh", order=["employment", "pay", "engagement"])
    _go(room, "weigh", "know")
    words = "Builders would take every apprentice."
    ann.send("say", candidate="construction", rating=5, show_name=True, text=words)
    ben.send("say", candidate="construction", rating=2, text="=1+1 <b>no beds</b>")
    ben.send("say", candidate="energy", text="A word without a rating.")
    cho.send("say", candidate="construction", rating=4, item="champions")
    cho.send(
        "effort", organisation="Harbor College", system="education", effort="Advisory board",
        candidate="construction", since=2019,
    )  # fmt: skip
    _go(room, "know", "agree")
    return people


def _scope_and_decide(room: Served, people: list[Browser]) -> None:
    wall = room.facilitator
    _go(room, "agree", "scope")
    parts = [{"naics": ["31-33", "5417"], "own": ["5"], "exclude": ["311"]}]
    wall.send("scope", candidate="advanced-manufacturing", parts=parts)
    wall.send("scope", counties=["99007", "99015", "99029", "99037", "99001"])
    _go(room, "scope", "decide")
    answers = {"agreed": "Yes", "footprint": "Partly: one county is open"}
    wall.send(
        "decide", first="construction", next=["health-care"], reasons="It pays.\nIt grows.",
        questions="Who speaks for small firms?", answers=answers, convener="Chamber",
    )  # fmt: skip
    for person, yes in zip(people, (True, True, False), strict=False):
        person.send("agree", yes=yes)
    _go(room, "decide", "record")


def _go(room: Served, *steps: str) -> None:
    for before, after in pairwise(steps):
        room.facilitator.send("step", **{"to": after, "from": before})


def _again(room: Served, cookies: dict[str, str]) -> Browser:
    """The browser of these cookies, at the address where the session is served now."""
    there = Browser(room.said["Join"], dict(cookies))
    there.get("/p")
    return there


def _keep(lmi: LmiCommand, session: Path, folder: Path, phone: dict[str, str]) -> None:
    """Resume a session, and keep what its pages say and the files of its record."""
    folder.mkdir(parents=True)
    with served(lmi, "--resume", session) as room:
        for role, browser in (("f", room.facilitator), ("p", _again(room, phone))):
            _keep_page(lmi, room, folder / f"{role}.txt", browser.get(f"/{role}"))
            for part in PARTS[role]:
                asked = f"/part/{part}?as={role}&q={quote(ASKED.get(part, ''))}"
                _keep_page(lmi, room, folder / f"{role}-{part}.txt", browser.get(asked))
        for name in RECORD:
            _keep_record(lmi, room, folder, name)


def _keep_page(lmi: LmiCommand, room: Served, file: Path, html: bytes) -> None:
    file.write_text(lmi.plain(page_text(html.decode()), room.known), encoding="utf-8", newline="")


def _keep_record(lmi: LmiCommand, room: Served, folder: Path, name: str) -> None:
    found, file = room.facilitator.get(f"/{name}"), folder / name
    if file.suffix == ".html":
        _keep_page(lmi, room, file.with_suffix(".txt"), found)
    elif file.suffix != ".pdf":
        file.write_text(lmi.plain(found.decode(), room.known), encoding="utf-8", newline="")
    elif shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-", "-"], input=found, capture_output=True, check=True)
        written = lmi.plain(text.stdout.decode(), room.known)
        file.with_suffix(".pdf.txt").write_text(written, encoding="utf-8", newline="")
