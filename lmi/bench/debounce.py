"""Work that waits until one stops moving, so that what moves is not held up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

__all__ = ["Debounced"]


class Debounced:
    """Does a thing once, a while after it was last asked for.

    Where no event loop runs, as in a script, it is done at once.

    Examples
    --------
    >>> done = []
    >>> Debounced(lambda: done.append("robustness"), 0.2).ask()
    >>> done
    ['robustness']
    """

    def __init__(self, act: Callable[[], None], seconds: float) -> None:
        self._act, self._seconds = act, seconds
        self._waiting: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Ask for it, and begin to wait anew."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._act()
            return
        self.cancel()
        self._waiting = loop.call_later(self._seconds, self._now)

    def cancel(self) -> None:
        """Ask for it no more."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _now(self) -> None:
        self._waiting = None
        self._act()
