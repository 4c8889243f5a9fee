"""How fast a host is asked: a few files a second, and nothing while it asks to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable

from lmi.fetch.registry import Host, registry

__all__ = ["HostPace"]

_OTHERS = Host(parallel=4, per_second=10)


class HostPace:
    """Holds requests back, over all threads.

    Parameters
    ----------
    sleep : callable
        Waits for some seconds.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._guard = threading.Lock()

    @staticmethod
    def of(host: str) -> Host:
        """Return how a host may be asked."""
        return registry().hosts.get(host, _OTHERS)

    def wait(self, host: str) -> None:
        """Wait for this host's next turn."""
        with self._guard:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + 1 / self.of(host).per_second
        if turn > now:
            self._sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for some seconds."""
        with self._guard:
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)
