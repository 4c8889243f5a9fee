"""Load a workshop: a hundred phones that move their sliders for a minute, or say what they know.

The server is a process of its own, started as a facilitator starts it; the phones are in this one.
Each phone joins with the code and keeps a line open. With sliders it posts a change of its weights
once a second, and loads its own ranking again. With ``--know`` it posts a statement every six to
ten seconds, and loads what the room knows again after its own and, as a phone does, some seconds
after it hears that others said something. The facilitator's page loads again what it hears has
changed; its age is how long the oldest change that it does not show has been acknowledged. Beside
the figures stands the floor: the same rows committed to SQLite by a loop that does nothing else.
How soon a new session is open stands beside loading the program alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from lmi.workshop.session import read_session

COMMAND = [sys.executable, "-c", "from lmi.cli import main\nif __name__ == '__main__': main()"]
SECTORS = ("energy", "construction", "retail", "mining", "health-care", "technology")
CRITERIA = ("employment", "pay", "projected-growth", "concentration-nation", "engagement")
TOKEN = re.compile(r'name="csrf"\s+(?:value|content)="([0-9a-f]+)"')


@dataclass
class Browser:
    """One connection that is kept, with its cookies."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    address: str = "127.0.0.1"
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, dict[str, str], str]:
        """Send a request and return status, headers and text."""
        at = urlsplit(self.url)
        if self.writer is None or self.writer.is_closing():
            # An address of its own: of one address only some dozens join at once.
            self.reader, self.writer = await asyncio.open_connection(
                at.hostname, at.port, local_addr=(self.address, 0)
            )
        assert self.reader is not None
        head = [
            f"{method} {path} HTTP/1.1", f"Host: {at.netloc}", f"Origin: {self.url}",
            f"Cookie: {self.cookie}", f"X-CSRF: {self.token}", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        head += [f"Content-Type: {kind}"] if kind else []
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status = int((await self.reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while (line := (await self.reader.readline()).decode().strip()) != "":
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, signed = value.partition(";")[0].partition("=")
                self.cookies[key] = signed
        text = (await self.reader.readexactly(int(headers.get("content-length", 0)))).decode()
        if found := TOKEN.search(text):
            self.token = found.group(1)
        return status, headers, text

    @property
    def cookie(self) -> str:
        """The cookies as a header."""
        return "; ".join(f"{k}={v}" for k, v in self.cookies.items())

    async def line(self, role: str) -> WebSocketClientConnection:
        """Open the page's line."""
        url = f"{self.url.replace('http', 'ws')}/ws?as={role}"
        headers = {"Cookie": self.cookie, "Origin": self.url}
        return await websocket_connect(HTTPRequest(url, headers=headers))


@dataclass
class Figures:
    """What was measured."""

    answered: list[float] = field(default_factory=list)
    redrawn: list[float] = field(default_factory=list)
    at: dict[int, float] = field(default_factory=dict)
    ages: list[float] = field(default_factory=list)
    pictures: int = 0
    refused: int = 0
    heard: int = 0
    bytes: int = 0


async def join(url: str, code: str, n: int) -> Browser:
    """Join as a phone does."""
    phone = Browser(url, address=f"127.0.{1 + n // 250}.{1 + n % 250}")
    await phone.ask("GET", "/")
    form = {"csrf": phone.token, "code": code, "name": f"Phone {n}", "kind": "education"}
    status, _, text = await phone.ask(
        "POST", "/join", urlencode(form).encode(), "application/x-www-form-urlencoded"
    )
    assert status == 303, text
    await phone.ask("GET", "/p")
    return phone


async def move_sliders(phone: Browser, figures: Figures, seconds: float, seed: int) -> None:
    """Post a change once a second, each at a moment of its own."""
    chance = Random(seed)
    start = time.perf_counter() + chance.random()
    for n in range(round(seconds)):
        await asyncio.sleep(max(0.0, start + n - time.perf_counter()))
        weights = {key: chance.randint(1, 10) for key in CRITERIA}
        said = {"id": secrets.token_hex(16), "kind": "weigh", "data": {"weights": weights}}
        sent = time.perf_counter()
        status, _, text = await phone.ask(
            "POST", "/in", json.dumps(said).encode(), "application/json"
        )
        now = time.perf_counter()
        if status == 200:
            figures.answered.append(now - sent)
            figures.at[json.loads(text)["seq"]] = now
            await phone.ask("GET", "/part/ranking?as=p")
            figures.redrawn.append(time.perf_counter() - sent)
        else:
            figures.refused += 1


async def say(phone: Browser, figures: Figures, seconds: float, seed: int) -> None:
    """Post a statement every six to ten seconds."""
    chance = Random(seed)
    end = time.perf_counter() + seconds
    while (due := time.perf_counter() + chance.uniform(6, 10)) < end:
        await asyncio.sleep(due - time.perf_counter())
        data = {"candidate": chance.choice(SECTORS), "text": f"{seed}: {'what I know ' * 8}",
                "rating": chance.randint(1, 5)}  # fmt: skip
        said = {"id": secrets.token_hex(16), "kind": "say", "data": data}
        sent = time.perf_counter()
        async with phone.turn:
            status, _, text = await phone.ask(
                "POST", "/in", json.dumps(said).encode(), "application/json"
            )
            now = time.perf_counter()
            if status != 200:
                figures.refused += 1
                continue
            figures.answered.append(now - sent)
            figures.at[json.loads(text)["seq"]] = now
            await look_again(phone, figures)
            figures.redrawn.append(time.perf_counter() - sent)


async def look_again(phone: Browser, figures: Figures) -> None:
    """Load what the room knows, of the sector that is looked at."""
    _, _, text = await phone.ask("GET", f"/part/ground?as=p&q={SECTORS[0]}")
    figures.bytes += len(text)


async def listen(phone: Browser, figures: Figures, knows: bool) -> None:
    """Hear what a phone hears, and load what it would, some seconds later."""
    line = await phone.line("p")
    later: asyncio.Task[None] | None = None

    async def look() -> None:
        await asyncio.sleep(2 + 4 * Random().random())
        async with phone.turn:
            await look_again(phone, figures)

    while (message := await line.read_message()) is not None:
        figures.heard += 1
        if knows and "ground" in json.loads(message)["changed"] and (not later or later.done()):
            later = asyncio.create_task(look())


async def watch(facilitator: Browser, figures: Figures, part: str) -> None:
    """Load a part whenever it has changed; note how old the one before had become."""
    line = await facilitator.line("f")
    shown = 0
    while (message := await line.read_message()) is not None:
        if part not in json.loads(message)["changed"]:
            continue
        _, headers, _ = await facilitator.ask("GET", f"/part/{part}?as=f")
        now = time.perf_counter()
        oldest = min((t for seq, t in figures.at.items() if seq > shown), default=now)
        figures.ages.append(now - oldest)
        figures.pictures += 1
        shown = int(headers["x-seq"])


async def load(url: str, code: str, key: str, phones: int, seconds: float, knows: bool) -> Figures:
    """Run the whole load."""
    figures = Figures()
    people = [await join(url, code, n) for n in range(phones)]
    facilitator = Browser(url)
    await facilitator.ask("GET", f"/f?key={key}")
    await facilitator.ask("GET", "/f")
    to = {"to": "know" if knows else "weigh", "from": "welcome"}
    step = {"id": secrets.token_hex(16), "kind": "step", "data": to}
    await facilitator.ask("POST", "/in", json.dumps(step).encode(), "application/json")
    ears = [asyncio.create_task(listen(p, figures, knows)) for p in people]
    eyes = asyncio.create_task(watch(facilitator, figures, "ground" if knows else "progress"))
    await asyncio.sleep(1)
    await asyncio.gather(
        *((say if knows else move_sliders)(p, figures, seconds, n) for n, p in enumerate(people))
    )
    await asyncio.sleep(2)
    for task in (*ears, eyes):
        task.cancel()
    return figures


def floor(rows: int, at_once: int) -> float:
    """Commits a second of a loop that does nothing else, rows in groups."""
    with tempfile.TemporaryDirectory() as name:
        line = sqlite3.connect(Path(name) / "floor", isolation_level=None)
        line.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        line.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, payload TEXT)")
        payload = json.dumps({"weights": dict.fromkeys(CRITERIA, 5)})
        start = time.perf_counter()
        for first in range(0, rows, at_once):
            line.execute("BEGIN IMMEDIATE")
            line.executemany(
                "INSERT INTO events VALUES (?, ?, ?)",
                [(first + n + 1, secrets.token_hex(16), payload) for n in range(at_once)],
            )
            line.execute("COMMIT")
        seconds = time.perf_counter() - start
        line.close()
    return rows / seconds


def memory(pid: int) -> str:
    """Memory of a process, now and at most."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", text))
    return f"{int(found['VmRSS']) / 1024:.0f} MB now, {int(found['VmHWM']) / 1024:.0f} MB at most"


def worked(pid: int) -> float:
    """Seconds that a process has kept a core busy."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spread(values: list[float], unit: float = 1000) -> str:
    """Median, 99th percentile and maximum."""
    ordered = sorted(values)
    p50, p99 = (ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.99))
    return f"p50 {unit * p50:6.0f}   p99 {unit * p99:6.0f}   max {unit * ordered[-1]:6.0f} ms"


def start(region: str) -> tuple[subprocess.Popen[str], dict[str, str]]:
    """Start the server and read where it is."""
    process = subprocess.Popen(
        [*COMMAND, "workshop", region, "--no-browser", "--port", "0"],
        text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, str] = {}
    assert process.stdout is not None
    while len(found) < 4:
        word, _, value = process.stdout.readline().strip().partition(" ")
        if word in ("Facilitator", "Join", "Code", "Session"):
            found[word] = value.strip()
        assert process.poll() is None, "the server did not start"
    return process, found


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--know", action="store_true", help="statements in place of sliders")
    parser.add_argument("--region", default="sample/ferrow-valley")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as outputs:
        os.environ["LMI_OUTPUTS"] = outputs
        began = time.perf_counter()
        process, where = start(args.region)
        opened = time.perf_counter() - began
        before = memory(process.pid)
        key = where["Facilitator"].partition("key=")[2]
        cpu, busy = os.times(), worked(process.pid)
        began = time.perf_counter()
        figures = asyncio.run(
            load(where["Join"], where["Code"], key, args.phones, args.seconds, args.know)
        )
        own = sum(os.times()[:2]) - sum(cpu[:2])
        after, busy = memory(process.pid), worked(process.pid) - busy
        took = time.perf_counter() - began
        process.kill()  # as a crash would: what was acknowledged must be there
        process.wait()
        session = read_session(where["Session"])
        kept = {e.seq for e in session.events()}
        session.close()
        lost = set(figures.at) - kept
    sent = len(figures.at) if args.know else args.phones * round(args.seconds)
    what = "statements" if args.know else "changes"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import lmi.workshop.launch"], check=True)
    alone = time.perf_counter() - began
    print(f"new session open     after {opened:.1f} s, {opened / alone:.1f} times loading alone")
    print(f"{args.phones} phones, {sent:,} {what} in {args.seconds:g} s")
    print(f"stored               {len(figures.answered):,}; refused {figures.refused}, "
          f"acknowledged and lost {len(lost)}")  # fmt: skip
    print(f"acknowledged after   {spread(figures.answered)}")
    print(f"own screen drawn     {spread(figures.redrawn)}")
    if args.know:
        print(f"phones loaded        {figures.bytes / 1e6:.1f} MB before compression")
    print(f"facilitator's screen {figures.pictures} pictures; age {spread(figures.ages)}")
    print(f"phones heard         {figures.heard:,} messages")
    print(f"memory of the server {after} ({before} at the start)")
    print(f"work in {took:.0f} s         server {busy:.0f} s, phones {own:.0f} s of a core; "
          f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    for at_once in (1, 10):
        print(f"floor, SQLite alone  {floor(3000, at_once):8.0f} rows a second, {at_once} a commit")
    if lost or figures.refused or len(figures.answered) != sent:
        sys.exit("Something was lost.")


if __name__ == "__main__":
    main()
