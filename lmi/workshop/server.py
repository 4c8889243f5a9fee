"""Serves a session: the pages, the inputs, and what is computed behind them."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from lmi.errors import LmiError
from lmi.workshop import handlers, views
from lmi.workshop.auth import Guesses, Signer, our_names
from lmi.workshop.base_handler import BaseHandler
from lmi.workshop.connections import allow_many
from lmi.workshop.front import DIRECT, Front
from lmi.workshop.intake import Intake
from lmi.workshop.notify import Notifier
from lmi.workshop.room import Room
from lmi.workshop.session import Session
from lmi.workshop.sockets import PageSocket
from lmi.workshop.state import Event, State

__all__ = ["LARGEST_BODY", "PORTS", "Pace", "Workshop", "listening"]

LARGEST_BODY = 64 * 1024
PORTS = range(8731, 8741)
"""Where a new workshop looks for a free port."""
_BROKEN = "The picture could not be computed; the last one is shown."
# Seconds between two pictures of the group, so that the pages are served in between.
_BREATH = 0.1
# What these change is computed first, and told once.
_COMPUTED = frozenset({"say", "effort", "withdraw"})
_OF_FOOTPRINT = ("footprint", "fits", "neighbors")
_AT_ONCE = frozenset({"step", "close", "reopen", "undo"})
MOST_REACHED = 10_000
Result = TypeVar("Result")
log = logging.getLogger("lmi.workshop")


@dataclass
class Pace:
    """Bounds how fast one person's inputs come: bursts pass, a script that runs wild does not.

    Examples
    --------
    >>> from lmi.workshop.server import Pace
    >>> pace = Pace(burst=2, rate=1.0, clock=lambda: 0.0)
    >>> [pace.wait("p 1") for _ in range(3)]
    [False, False, True]
    """

    burst: float = 300
    rate: float = 30.0
    clock: Callable[[], float] = monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, who: str) -> bool:
        """Count an input; tell whether it has to wait."""
        now = self.clock()
        left, at = self._left.get(who, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.rate)
        self._left[who] = (max(left - 1, 0.0), now)
        return left < 1


def listening(
    bind: str, port: int | None = None, what: str = "The workshop"
) -> list[socket.socket]:
    """Return sockets that listen.

    Parameters
    ----------
    port : int, optional
        The first free one of `PORTS` unless told; 0 for any.
    what : str, optional
        What is to listen, for the error.

    Raises
    ------
    LmiError
        The port or the address cannot be had.
    """
    ports: Sequence[int] = PORTS if port is None else [port]
    for each in ports:
        try:
            return bind_sockets(each, bind)
        except OSError as error:
            found = error
    told = f"port {ports[0]}" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]}"
    raise LmiError(
        f"{what} cannot listen at {bind}, {told}: {found.strerror}; stop what uses it, or "
        "name another with --port."
    ) from found


class _Static(StaticFileHandler, BaseHandler):
    """Our own script, stylesheet and icon."""

    def set_extra_headers(self, path: str) -> None:
        """Let them be kept: their addresses change with their content."""
        if "v" in self.request.arguments:
            self.set_header("Cache-Control", "public, max-age=31536000, immutable")


class Workshop:
    """A session that is served.

    Parameters
    ----------
    front : Front, optional
        The public address, where it stands behind a proxy.
    start_key : str, optional
        Of the start page that it was begun on.

    Attributes
    ----------
    intake, signer, guesses, notifier, pace, joins
        What the handlers ask.
    """

    def __init__(
        self,
        session: Session,
        room: Room,
        bind: str = "127.0.0.1",
        front: Front = DIRECT,
        start_key: str = "",
    ) -> None:
        self.session, self.room, self.bind, self.front = session, room, bind, front
        self.start_key = start_key
        room.base = front.base
        self.names = our_names(bind)
        self.signer = Signer(session.keys, session.charter.session_id)
        self.guesses, self.pace = Guesses(), Pace()
        # A room behind one address comes in within a minute or two; three hundred bots do not.
        self.joins = Pace(burst=60, rate=0.5)
        room.join_key = self.signer.join_key
        room.facilitator_key = session.keys.facilitator
        self.reached: set[str] = set()
        self.intake = Intake(session, self._changed)
        self.notifier = Notifier(lambda: self.state, dict(views.PARTS))
        room.connected = lambda: frozenset(page.who for page in self.notifier.listeners)
        self._computer = ThreadPoolExecutor(1, "picture")
        self._printer = ThreadPoolExecutor(1, "record")
        self._computing: asyncio.Task[None] | None = None
        self._first_look: asyncio.Task[None] | None = None
        self._behind: set[str] = set()
        self._server: HTTPServer | None = None
        self.port = 0

    @property
    def state(self) -> State:
        """What is on the disk."""
        return self.intake.state

    def application(self) -> Application:
        """Return the addresses and what answers at each."""
        text, sheet = "text/html; charset=UTF-8", "text/csv; charset=UTF-8"
        files = (
            ("record.html", "as_html", "", text),
            ("record.json", "as_json", "record.json", "application/json"),
            ("record.pdf", "as_pdf", "record.pdf", "application/pdf"),
            ("engagement.csv", "engagement_csv", "engagement.csv", sheet),
            ("local_knowledge.csv", "local_knowledge_csv", "local_knowledge.csv", sheet),
        )
        pages: list[tuple[Any, ...]] = [
            ("/", handlers.Join),
            ("/join", handlers.Join),
            ("/leave", handlers.Leave),
            ("/start", handlers.StartedAlready),
            ("/p", handlers.ParticipantPage),
            (r"/f(?:/(desk|wall|handout))?", handlers.FacilitatorPage),
            ("/show", handlers.Show),
            (r"/part/([a-z_]{1,30})", handlers.Fragment),
            ("/in", handlers.Input),
            ("/now", handlers.Status),
            ("/ws", PageSocket),
            *((f"/{n}", handlers.download(make, name, t)) for n, make, name, t in files),
            (r"/static/([A-Za-z0-9_.-]{1,60})", _Static, {"path": str(views.STATIC)}),
        ]
        # Some proxies hand the whole path on, some take theirs off.
        base = re.escape(self.front.base)
        return Application(
            [(f"(?:{base})?{path}", *rest) for path, *rest in pages],
            default_handler_class=handlers.NotFound,
            workshop=self,
            compress_response=True,
            log_function=lambda handler: None,  # nobody's address is written down
            websocket_ping_interval=20,
            websocket_ping_timeout=20,
            websocket_max_message_size=1024,
        )

    def listen(self, port: int | None = None) -> None:
        """Begin to listen.

        Parameters
        ----------
        port : int, optional
            As for `listening`.

        Raises
        ------
        LmiError
            The port or the address cannot be had.
        """
        allow_many()
        sockets = listening(self.bind, port)
        self.port = sockets[0].getsockname()[1]
        self.room.refresh()
        if not self.room.looks_later:
            self.room.look_around()
        self.room.served = True
        self._server = HTTPServer(
            self.application(),
            max_body_size=LARGEST_BODY,
            max_header_size=16 * 1024,
            body_timeout=30,
            idle_connection_timeout=120,
            xheaders=bool(self.front.url),  # a proxy says who asks; anybody else could say anything
        )
        self._server.add_sockets(sockets)
        if self.room.is_looking:
            self._first_look = asyncio.create_task(self._look_first())

    async def stop(self) -> None:
        """Answer what has come in, then stop."""
        if self._server is not None:
            self._server.stop()
            await self.intake.close()
            await self._server.close_all_connections()
        for task in filter(None, (self._computing, self._first_look)):
            task.cancel()
        self._computer.shutdown(wait=False, cancel_futures=True)
        self._printer.shutdown(wait=False, cancel_futures=True)

    def arrived(self, visitor: str) -> None:
        """Note that a browser that was not here before opened the way in."""
        if len(self.reached) < MOST_REACHED:
            self.reached.add(visitor)
        self.room.reached = len(self.reached)
        self.notifier.changed(("people",))

    async def compute(self, make: Callable[..., Result], *args: Any) -> Result:
        """Run something slow beside the server."""
        return await asyncio.get_running_loop().run_in_executor(self._printer, make, *args)

    # What follows an input

    def _changed(self, state: State, events: Sequence[Event]) -> None:
        self.room.state = state
        kinds = {e.kind for e in events}
        names = {name for kind in kinds for name in views.changed_by(kind)}
        self._compute_behind(names)
        # A weight changes only what is computed; its sender asks for their own ranking.
        told = {name for kind in kinds - {"weigh", *_COMPUTED} for name in views.changed_by(kind)}
        self.notifier.changed(told, now=bool(kinds & _AT_ONCE))

    def _compute_behind(self, names: Iterable[str]) -> None:
        self._behind.update(names)
        if self._computing is None or self._computing.done():
            self._computing = asyncio.create_task(self._compute())

    async def _look_first(self) -> None:
        """Look at a new session's footprint beside the pictures, which do not wait for it."""
        try:
            await self.compute(self.room.look_around)
        finally:
            self._first_look = None
        self.notifier.changed(_OF_FOOTPRINT)
        if self.room.is_looking:  # the scope was changed meanwhile
            self._compute_behind(_OF_FOOTPRINT)

    async def _compute(self) -> None:
        """Compute until nothing is behind: one at a time, always of the newest state."""
        loop = asyncio.get_running_loop()
        while self._behind:
            names, self._behind = self._behind, set()
            start = loop.time()
            try:
                new = await loop.run_in_executor(self._computer, self.room.refresh)
                if self.room.trouble == _BROKEN:
                    self.room.trouble = ""
            except Exception as error:
                # The last picture stays; the page says that it could not be made anew.
                self.room.trouble = _BROKEN
                log.exception("the picture could not be computed: %s", error)
                new = frozenset({"evidence"})
            if new or "progress" in names:
                self.notifier.changed({*names, *new})
            if self.room.is_looking and self._first_look is None:
                await loop.run_in_executor(self._computer, self.room.look_around)
                self.notifier.changed(_OF_FOOTPRINT)
            # The longer it takes, the longer the pages have the machine to themselves.
            await asyncio.sleep(max(_BREATH, (loop.time() - start) / 2))
