"""Tells every open page what has changed: at once, but not more often than a page can follow."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from lmi.workshop.state import FACILITATOR, State

__all__ = ["Listener", "Notifier"]

# Seconds between two messages to the same page. A hundred phones that each load a part again need
# more of the server than one screen.
FACILITATOR_PACE, PARTICIPANT_PACE = 0.25, 1.0
SOON = 0.02


class Listener(Protocol):
    """An open page."""

    who: int

    def tell(self, message: str) -> None:
        """Send a message."""


class Notifier:
    """The open pages, and what each kind of them has not been told yet.

    Parameters
    ----------
    state : callable
        Returns the state as it is.
    parts : mapping of str to collection of str
        Names that each role may load.
    """

    def __init__(self, state: Callable[[], State], parts: dict[str, Collection[str]]) -> None:
        self._state, self._parts = state, parts
        self.listeners: set[Listener] = set()
        self._changed: dict[bool, set[str]] = {True: set(), False: set()}
        self._timers: dict[bool, asyncio.TimerHandle | None] = {True: None, False: None}
        self._told: dict[bool, float] = {True: 0.0, False: 0.0}

    def add(self, listener: Listener) -> None:
        """Take a page in and tell it where the room is."""
        self.listeners.add(listener)
        listener.tell(self._message(()))

    def drop(self, listener: Listener) -> None:
        """Forget a page."""
        self.listeners.discard(listener)

    def changed(self, names: Iterable[str], now: bool = False) -> None:
        """Note that parts have changed, and tell the pages soon, or now."""
        wanted = set(names)
        for is_facilitator, role in ((True, "facilitator"), (False, "participant")):
            self._changed[is_facilitator] |= wanted & set(self._parts[role])
            if not self._changed[is_facilitator]:
                continue  # a message of nothing is one of a gap, after which a page loads all again
            timer = self._timers[is_facilitator]
            if now:
                if timer is not None:
                    timer.cancel()
                self._flush(is_facilitator)
            elif timer is None:
                loop = asyncio.get_running_loop()
                pace = FACILITATOR_PACE if is_facilitator else PARTICIPANT_PACE
                at = max(loop.time() + SOON, self._told[is_facilitator] + pace)
                self._timers[is_facilitator] = loop.call_at(at, self._flush, is_facilitator)

    def show(self, what: str) -> None:
        """Tell the facilitator's pages which leaf the wall is to show."""
        message = json.dumps({**json.loads(self._message(())), "show": what})
        for listener in tuple(self.listeners):
            if listener.who == FACILITATOR:
                listener.tell(message)

    def _flush(self, is_facilitator: bool) -> None:
        self._timers[is_facilitator] = None
        self._told[is_facilitator] = asyncio.get_running_loop().time()
        names, self._changed[is_facilitator] = self._changed[is_facilitator], set()
        message = self._message(sorted(names))
        for listener in tuple(self.listeners):
            if (listener.who == FACILITATOR) == is_facilitator:
                listener.tell(message)

    def _message(self, names: Collection[str]) -> str:
        state = self._state()
        return json.dumps({"seq": state.seq, "step": state.step, "changed": list(names)})
