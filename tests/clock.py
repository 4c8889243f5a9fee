"""An event loop whose seconds pass at once, for tests of what waits: nothing is ever late."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _AtOnce(selectors.DefaultSelector):
    """Passes the time that a loop would wait."""

    now = 1000.0  # a machine has been running for a while

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._seconds = _AtOnce()
        super().__init__(self._seconds)

    def time(self) -> float:
        return self._seconds.now


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it as `asyncio.run` does, on a clock of its own."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(work)
