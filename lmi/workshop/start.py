"""The page on which a region is chosen, where a command was started without one.

Whoever has the key in its address may choose. A proxy at a path tells the server its path alone;
the host is that of the page that is sent back, which nobody but the holder of the key can do.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from lmi.assessment.opening import states_with_data
from lmi.errors import LmiError
from lmi.workshop import views
from lmi.workshop.auth import same_secret
from lmi.workshop.base_handler import HEADERS, POLICY
from lmi.workshop.front import Front, read_front
from lmi.workshop.server import listening

__all__ = ["Chosen", "Regions", "StartPage", "regions_to_choose"]

MOST_PEOPLE = 100
LEAST_KEY = 32
ONLY_SAMPLE = (
    "The store has no state's numbers yet, so there is the made-up sample alone; `lmi fetch STATE` "
    "or `lmi ingest PATH` brings them."
)
log = logging.getLogger("lmi.workshop")
Regions = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Chosen:
    """What was chosen.

    Parameters
    ----------
    region : str
        ``STATE/REGION``.
    people : int
        Participants to make up.
    front : Front
        Where the browser that chose it finds the server.
    """

    region: str
    people: int
    front: Front


def regions_to_choose(store: Path | None = None, regions: Path | None = None) -> Regions:
    """Return the regions of the states that the store has, by the state's name, with their names.

    Raises
    ------
    ConfigError
        There is no folder of definitions, or a state's file is not valid.
    """
    return {
        state.name: {f"{state.slug}/{region.key}": region.name for region in state.regions}
        for state in states_with_data(store, regions)
    }


class StartPage:
    """Serves the page until a region is chosen.

    Parameters
    ----------
    title, button : str
        What is begun with the region.
    act : callable
        Begins it, beside the server, and returns the address to go to.
    regions : mapping
        As `regions_to_choose` gives them.
    key : str, optional
        What the address must carry; drawn at random unless told.
    base : str, optional
        The path, behind a proxy.
    has_people : bool, optional
        Whether participants can be made up.

    Attributes
    ----------
    done : asyncio.Future of Chosen
        Set once it was begun and the browser was told where.

    Raises
    ------
    LmiError
        The key is so short that it can be guessed.
    """

    def __init__(
        self,
        title: str,
        button: str,
        act: Callable[[Chosen], str],
        regions: Regions,
        *,
        key: str = "",
        base: str = "",
        has_people: bool = False,
    ) -> None:
        if key and len(key) < LEAST_KEY:
            raise LmiError(
                f"The key of the start page has {len(key)} letters, which can be guessed; give "
                f"{LEAST_KEY} or more, or none."
            )
        self.title, self.button, self.act, self.regions = title, button, act, regions
        self.key, self.base, self.has_people = key or secrets.token_urlsafe(), base, has_people
        self.done: asyncio.Future[Chosen] = asyncio.get_running_loop().create_future()
        self.port, self.lock = 0, asyncio.Lock()
        self._server: HTTPServer | None = None

    @property
    def note(self) -> str:
        """What to do where there is the sample alone."""
        return ONLY_SAMPLE if len(self.regions) < 2 else ""

    @property
    def path(self) -> str:
        """Where it is, with its key."""
        return f"{self.base}/start?key={quote(self.key)}"

    def listen(self, bind: str, port: int | None = None) -> None:
        """Begin to listen, as `lmi.workshop.server.Workshop.listen`."""
        sockets = listening(bind, port, f'The page "{self.title}"')
        self.port = sockets[0].getsockname()[1]
        base = re.escape(self.base)
        pages: list[tuple[Any, ...]] = [
            (f"(?:{base})?/start", _Start, {"page": self}),
            (
                rf"(?:{base})?/static/([A-Za-z0-9_.-]{{1,60}})",
                StaticFileHandler,
                {"path": str(views.STATIC)},
            ),
        ]
        application = Application(
            pages, default_handler_class=_NotHere, log_function=lambda handler: None
        )
        self._server = HTTPServer(application, max_body_size=8 * 1024, body_timeout=30)
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Leave the port to what was begun."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()


class _Headed(RequestHandler):
    """Pages that run no script and that nobody keeps."""

    def set_default_headers(self) -> None:
        """As the workshop's own pages have them."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", POLICY.format(host="127.0.0.1"))


class _NotHere(_Headed):
    """Any other address."""

    def prepare(self) -> None:
        """There is nothing here."""
        self.set_status(404)
        self.finish(views.notice_page("Nothing here yet", "Open the address with the key.", None))


class _Start(_Headed):
    """Shows the page, and begins."""

    def initialize(self, page: StartPage) -> None:
        """Know the page."""
        self.page = page

    def prepare(self) -> None:
        """Refuse who has not the key."""
        if not same_secret(self.get_argument("key", ""), self.page.key):
            self.set_status(403)
            sentence = "The key in this address is not the right one; open it as it was given."
            self.finish(views.notice_page("Not allowed", sentence, None))

    def get(self) -> None:
        """Show it."""
        self._show()

    async def post(self) -> None:
        """Begin what was chosen."""
        page, region = self.page, self.get_body_argument("region", "")
        try:
            chosen = Chosen(region, self._people(), self._front())
            if not any(region in of_state for of_state in page.regions.values()):
                raise LmiError(f"There is no region {region[:60]!r} here; choose one of the list.")
            if page.lock.locked():
                raise LmiError("Something is being begun already; wait for it to open.")
            async with page.lock:
                act = partial(page.act, chosen)
                to = await asyncio.get_running_loop().run_in_executor(None, act)
        except LmiError as error:
            self.set_status(400)
            self._show(str(error), region)
            return
        except Exception:
            log.exception("%s could not be begun", region)
            raise HTTPError(500) from None
        # The page goes on by itself a moment later, when the port is what was begun's.
        self.set_header("Refresh", f"1; url={to}")
        await self.finish(views.start_page(page, to=to))
        if not page.done.done():
            page.done.set_result(chosen)

    def _people(self) -> int:
        said = self.get_body_argument("people", "0") or "0"
        if not (said.isascii() and said.isdigit() and int(said) <= MOST_PEOPLE):
            raise LmiError(f"{said[:20]!r} people cannot be made up; write 0 to {MOST_PEOPLE}.")
        return int(said)

    def _front(self) -> Front:
        """Return where the browser finds the server: its page says so itself."""
        here = f"{self.request.protocol}://{self.request.host}"
        return read_front(f"{self.request.headers.get('Origin', here)}{self.page.base}")

    def _show(self, error: str = "", region: str = "") -> None:
        self.finish(views.start_page(self.page, error, region))
