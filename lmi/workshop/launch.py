"""Serves a workshop: from the command line, or beside a notebook."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lmi.workshop.front import DIRECT, Front
from lmi.workshop.room import Room
from lmi.workshop.server import Workshop
from lmi.workshop.session import Session
from lmi.workshop.session_files import begin
from lmi.workshop.start import Chosen, Regions, StartPage

__all__ = [
    "Addresses",
    "Running",
    "beside",
    "choose",
    "serve",
    "serve_chosen",
    "start",
]

LOOPBACK = "127.0.0.1"
_EVERYWHERE = ("0.0.0.0", "::", "")
_OUTSIDE = "192.0.2.1"  # an address for examples; nothing is sent to it
_PORT = "port"


@dataclass(frozen=True)
class Addresses:
    """Where a workshop is found.

    Parameters
    ----------
    facilitator : str
        With its secret: whoever has it runs the workshop.
    """

    facilitator: str
    join: str
    code: str


async def serve(
    session: Session,
    room: Room,
    bind: str = LOOPBACK,
    port: int | None = None,
    ready: Callable[[Addresses], object] = lambda addresses: None,
    until: asyncio.Event | None = None,
    front: Front = DIRECT,
    start_key: str = "",
) -> None:
    """Serve a session until it is stopped.

    Parameters
    ----------
    session : Session
        Closed at the end.
    port : int, optional
        That of the session before, so that pages that are open find it again, or else a free one.
    ready : callable
        Told where it is found.
    until : asyncio.Event, optional
        Stops it; an interrupt does unless told.
    front : Front, optional
        The public address, where it stands behind a proxy.
    start_key : str, optional
        Of the start page that it was begun on, which leads to the facilitator's page from now on.

    Raises
    ------
    LmiError
        The port or the address cannot be had.
    """
    stop = until or _on_interrupt()
    workshop = Workshop(session, room, bind, front, start_key)
    try:
        workshop.listen(session.kept(_PORT) if port is None else port)
        session.keep(_PORT, workshop.port)
        session.fold_in()
        found = _addresses(session, workshop)
        room.join_address = found.join
        ready(found)
        await stop.wait()
    finally:
        await workshop.stop()
        session.close()


async def serve_chosen(
    begun: Callable[[str, int], tuple[Session, Room]],
    regions: Regions,
    bind: str = LOOPBACK,
    port: int | None = None,
    ready: Callable[[Addresses], object] = lambda addresses: None,
    *,
    base: str = "",
    key: str = "",
    shown: Callable[[str], object] = lambda address: None,
) -> None:
    """Serve a page on which the region is chosen, and then its session, until it is stopped.

    Parameters
    ----------
    begun : callable
        Begins the session of a region with so many made-up people.
    regions, base, key
        As for `lmi.workshop.start.StartPage`.
    bind, port, ready
        As for `serve`.
    shown : callable
        Told the address of the page.

    Raises
    ------
    LmiError
        The port or the address cannot be had.
    """
    made: list[tuple[Session, Room]] = []

    def begin_chosen(chosen: Chosen) -> str:
        made.append(begun(chosen.region, chosen.people))
        return f"{chosen.front.url}/f?key={quote(made[-1][0].keys.facilitator)}"

    page = StartPage(
        "Begin a workshop", "Begin", begin_chosen, regions, key=key, base=base, has_people=True
    )
    stop = _on_interrupt()
    await _choose(page, bind, port, stop, shown, once=True)
    if made:
        front = page.done.result().front if base else DIRECT
        await serve(*made[-1], bind, page.port, ready, stop, front, page.key)


async def choose(
    title: str,
    button: str,
    act: Callable[[Chosen], str],
    regions: Regions,
    bind: str = LOOPBACK,
    port: int | None = None,
    *,
    base: str = "",
    key: str = "",
) -> None:
    """Serve a page on which regions are chosen until it is stopped.

    Parameters
    ----------
    title, button, act, regions, base, key
        As for `lmi.workshop.start.StartPage`.

    Raises
    ------
    LmiError
        The port or the address cannot be had.
    """
    page = StartPage(title, button, act, regions, base=base, key=key)
    await _choose(page, bind, port, _on_interrupt())


async def _choose(
    page: StartPage,
    bind: str,
    port: int | None,
    stop: asyncio.Event,
    shown: Callable[[str], object] = lambda address: None,
    once: bool = False,
) -> None:
    """Serve a start page until it is stopped or, if `once`, something was begun."""
    page.listen(bind, port)
    shown(f"{_url(LOOPBACK if bind in _EVERYWHERE else bind, page.port)}{page.path}")
    stopped = asyncio.ensure_future(stop.wait())
    awaited: set[asyncio.Future[Any]] = {stopped, page.done} if once else {stopped}
    try:
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        await page.stop()


def beside(front: Front, *parts: str) -> str:
    """Return an address beside a server's own, in the Jupyter that both stand in.

    Examples
    --------
    >>> from lmi.workshop.front import read_front
    >>> from lmi.workshop.launch import beside
    >>> beside(read_front("https://hub.example.org/user/ana/lmi-bench"), "lab", "tree", "a b.ipynb")
    'https://hub.example.org/user/ana/lab/tree/a%20b.ipynb'
    """
    return "/".join([front.url.rpartition("/")[0], *map(quote, parts)])


def _on_interrupt() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there the interrupt ends the loop itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, stop.set)
    return stop


def _addresses(session: Session, workshop: Workshop) -> Addresses:
    bind, port = workshop.bind, workshop.port
    key = quote(session.keys.facilitator)
    if front := workshop.front.url:
        return Addresses(f"{front}/f?key={key}", front, session.charter.code)
    here = LOOPBACK if bind in _EVERYWHERE else bind
    there = _own_address() if bind in _EVERYWHERE else bind
    return Addresses(f"{_url(here, port)}/f?key={key}", _url(there, port), session.charter.code)


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _own_address() -> str:
    """Return this machine's address in its network, without asking anybody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_OUTSIDE, 9))  # of a datagram socket, this only chooses a route
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


class Running:
    """A workshop that runs beside a notebook.

    Parameters
    ----------
    path : pathlib.Path
        The session's file.
    stop : callable
        Ends it; the file stays.
    """

    def __init__(self, addresses: Addresses, path: Path, stop: Callable[[], None]) -> None:
        self.addresses, self.path, self.stop = addresses, path, stop

    def _repr_markdown_(self) -> str:
        where = self.addresses
        return (
            f"[Facilitator's page]({where.facilitator}) · join at {where.join} with the code "
            f"**{where.code}** · session file `{self.path}`"
        )

    def __repr__(self) -> str:
        where = self.addresses
        return f"Workshop at {where.facilitator}, join at {where.join} with {where.code}"


def start(
    region: str, *, bind: str = LOOPBACK, port: int | None = None, year: int | None = None,
    path: Path | None = None, made_up: int = 0,
) -> Running:  # fmt: skip
    """Start a workshop beside a notebook, in a thread of its own.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where that is unique.
    bind, port, year, path, made_up
        As for `serve` and `begin`.

    Returns
    -------
    Running
        Its `stop` ends it. When the notebook's kernel ends, the session's file stays, and
        ``lmi workshop --resume`` goes on with it.

    Raises
    ------
    LmiError
        The region, the year, the file or the port cannot be had.
    """
    session, room = begin(region, year, path, made_up)
    ready, told = threading.Event(), list[Addresses | BaseException]()
    ends: list[Callable[[], object]] = []

    async def run() -> None:
        until, loop = asyncio.Event(), asyncio.get_running_loop()
        ends.append(lambda: loop.call_soon_threadsafe(until.set))

        def found(addresses: Addresses) -> None:
            told.append(addresses)
            ready.set()

        await serve(session, room, bind, port, found, until)

    def work() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # handed to the thread that waits
            told.append(error)
            ready.set()

    thread = threading.Thread(target=work, name="workshop", daemon=True)
    thread.start()
    ready.wait()
    if not isinstance(told[0], Addresses):
        raise told[0]

    def stop() -> None:
        with contextlib.suppress(RuntimeError):  # it has ended already
            ends[0]()
        thread.join(10)

    return Running(told[0], session.path, stop)
