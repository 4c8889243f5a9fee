"""Estimates of a state's years that other processes make before they are asked for.

A year takes some twenty seconds of one processor, and most machines have several. Whoever needs
the years goes through them from the first, and processes of their own from the last: each year is
kept beside the store by whoever made it, and who comes to one that is being made waits for it
(`lmi.suppression.estimated_years`).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from lmi.analysis.annual_rows import annual_rows
from lmi.store import Store
from lmi.suppression.estimated_years import estimate_year, is_estimated

__all__ = ["estimated_ahead"]

MOST = 3
"""Processes besides this one: each takes a gigabyte."""


@contextmanager
def estimated_ahead(
    store: Store, prefixes: Sequence[str], states: Sequence[str], years: Sequence[int]
) -> Iterator[None]:
    """Have a state's years estimated while the first of them is worked on.

    Parameters
    ----------
    prefixes : sequence of str
        Of the areas to read, as `lmi.analysis.places.prefixes_of` gives them.
    states : sequence of str
        State FIPS codes.
    years : sequence of int
        In the order in which they will be asked for.

    Notes
    -----
    What such a process makes, nobody depends on: where one fails, the year is made when it is
    asked for. None outlives the block.
    """
    lacking = [y for y in years if not any(is_estimated(store, state, y) for state in states)]
    others = lacking[:0:-1] if os.access(store.root, os.W_OK) else []
    count = min(len(others), MOST, _processors() - 1)
    asked = [str(store.root.resolve()), ",".join(prefixes), ",".join(states)]
    with ExitStack() as running:
        with suppress(OSError):  # no process more is to be had
            for number in range(count):
                running.enter_context(_making(*asked, *map(str, others[number::count])))
        yield


@contextmanager
def _making(*asked: str) -> Iterator[None]:
    """Have a process make what is asked, for as long as the block takes at most."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__, *asked],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.kill()
        process.communicate()


def _processors() -> int:
    """Count those of the machine; for one of several processes, which share them, one."""
    return 1 if multiprocessing.parent_process() else os.cpu_count() or 1


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, killed without a word even."""
    sys.stdin.read()
    os._exit(1)


def _estimate(root: str, prefixes: str, states: str, *years: str) -> None:
    store = Store(Path(root))
    for year in map(int, years):
        rows = annual_rows(store, prefixes.split(","), year)
        estimate_year(store, rows, states.split(","), year)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _estimate(*sys.argv[1:])
