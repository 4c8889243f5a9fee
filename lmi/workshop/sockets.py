"""The open line to a page: it hears that something has changed, and asks for it itself."""

from __future__ import annotations

from asyncio import Future
from typing import Any

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from lmi.workshop.base_handler import BaseHandler
from lmi.workshop.state import Participant

__all__ = ["PageSocket"]

MOST_SOCKETS, MOST_SOCKETS_OF_ONE = 1000, 12
_MOST_WAITING = 50


class PageSocket(WebSocketHandler, BaseHandler):
    """One page's socket."""

    who = -1

    def prepare(self) -> None:
        """Let in whom the cookie names, from our own pages alone, and not too often."""
        BaseHandler.prepare(self)
        if not self.is_same_origin():
            raise HTTPError(403)
        who = self.asker()
        self.who = who.id if isinstance(who, Participant) else who
        sockets = self.workshop.notifier.listeners
        if (
            len(sockets) >= MOST_SOCKETS
            or sum(x.who == self.who for x in sockets) >= MOST_SOCKETS_OF_ONE
        ):
            raise HTTPError(429)
        self._waiting = 0

    def check_origin(self, origin: str) -> bool:
        """Refuse pages of other sites; a browser always says whose page it is."""
        return self.is_same_origin()

    def open(self, *args: str, **kwargs: str) -> None:
        """Tell the page where the room is."""
        self.set_nodelay(True)
        self.workshop.notifier.add(self)

    def on_message(self, message: str | bytes) -> None:
        """Nothing is taken in here; inputs are posted, so that they are answered."""

    def on_close(self) -> None:
        """Forget the page."""
        self.workshop.notifier.drop(self)

    def tell(self, message: str) -> None:
        """Send a message, unless the page has long stopped listening."""
        if self._waiting >= _MOST_WAITING:
            self.close(1013)
            return
        try:
            sent = self.write_message(message)
        except WebSocketClosedError:
            self.workshop.notifier.drop(self)
            return
        self._waiting += 1
        sent.add_done_callback(self._sent)

    def _sent(self, done: Future[Any]) -> None:
        self._waiting -= 1
        if not done.cancelled():
            done.exception()  # of a page that went away, which `on_close` hears of, too
