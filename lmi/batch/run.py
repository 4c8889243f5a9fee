"""Profiles for every region of a state: compute once, run a notebook a region, link them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from lmi.assessment.opening import Say
from lmi.batch.execute import ProfileResult, make_profile
from lmi.batch.journal import RegionState, journal, read_journal, write_alone
from lmi.batch.order import Order
from lmi.batch.plan import Job, Places
from lmi.batch.steps import begin, finish, open_for
from lmi.config import StateConfig

__all__ = ["Batch", "Progress", "Results", "batch_state"]

Progress = Callable[[str, ProfileResult, int], object]


@dataclass(frozen=True)
class Batch:
    """What a state's batch made.

    Parameters
    ----------
    place : str
        The state's folder of outputs, by path or URL.
    results : tuple of ProfileResult
        One a region, in the order of the state's file.
    left : int
        Regions that a limit left for the next run.
    """

    state: StateConfig
    year: int
    place: str
    results: tuple[ProfileResult, ...]
    left: int = 0

    @property
    def failed(self) -> tuple[ProfileResult, ...]:
        """The regions that failed."""
        return tuple(r for r in self.results if r.status == "failed")


def pool(jobs: Sequence[Job], workers: int) -> Iterator[ProfileResult]:
    """Run jobs, so many at once, and yield results as they come."""
    from lmi.batch.kernels import stop_all

    with ThreadPoolExecutor(min(workers, len(jobs))) as threads:
        waiting = [threads.submit(make_profile, job) for job in jobs]
        try:
            for future in as_completed(waiting):
                yield future.result()
        except BaseException:  # told to stop: what has not begun does not begin, what runs ends
            threads.shutdown(wait=False, cancel_futures=True)
            stop_all()
            raise


class Results:
    """What became of each region so far, told to who watches and kept in the folder's journal.

    Parameters
    ----------
    folder : pathlib.Path or None
        None where there is no folder to keep a journal in.
    """

    def __init__(
        self, folder: Path | None, state: StateConfig, order: Order, tell: Progress
    ) -> None:
        wanted = order.regions_of(state)
        self._folder, self._state, self._tell, self._of = folder, state, tell, len(wanted)
        self._found: dict[str, ProfileResult] = {}
        keys = [region.key for region in state.regions]
        self._entries = read_journal(folder, keys) if folder else {}
        self._entries |= {region.key: RegionState("waiting") for region in wanted}
        self._write()

    def _write(self) -> None:
        if self._folder:
            journal(self._folder, self._entries)

    def add(self, made: ProfileResult) -> None:
        """Take a result in."""
        self._found[made.region] = made
        self._entries[made.region] = RegionState(made.status, made.error, made.cell)
        self._write()
        self._tell(self._state.slug, made, self._of)

    @property
    def in_order(self) -> tuple[ProfileResult, ...]:
        """All so far, in the order of the state's file."""
        keys = [region.key for region in self._state.regions]
        return tuple(self._found[key] for key in keys if key in self._found)


def batch_state(
    slug: str,
    order: Order,
    places: Places,
    *,
    jobs: int | None = None,
    limit: int | None = None,
    force: bool = False,
    say: Say = lambda text: None,
    progress: Progress = lambda slug, made, of: None,
) -> Batch:
    """Make the profiles of a state.

    Parameters
    ----------
    slug : str
        The state's folder in the definitions.
    jobs : int, optional
        Processes at a time, as many as there are cores unless told.
    limit : int, optional
        Profiles to make at most; the next run goes on from there.
    force : bool
        Make again what is unchanged.
    say, progress : callable
        Called with a sentence; with state, result and how many there will be.

    Raises
    ------
    ConfigError
        A definition is not valid.
    StoreError
        The store lacks the state or the year.
    LmiError
        Another batch writes the state's folder, or it cannot be written.
    """
    state = open_for(slug, order, places, say).state
    folder = places.outputs / state.slug
    with write_alone(folder):
        results = Results(folder, state, order, progress)
        begun = begin(slug, order, places, force=force, say=say)
        for known in begun.known:
            results.add(known)
        todo = begun.todo[:limit]
        if todo:
            for made in pool(todo, jobs or os.cpu_count() or 1):
                results.add(made)
        finish(begun, results.in_order, force)
    left = len(begun.todo) - len(todo)
    return Batch(state, begun.shared.year, str(folder), results.in_order, left)
