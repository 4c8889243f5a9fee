"""Profiles for every region of a state: compute once, run a notebook a region, link them all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lmi import manifest
from lmi.assessment.opening import open_state
from lmi.assessment.state import analyse
from lmi.assessment.state_tables import StateTables
from lmi.batch.execute import ProfileResult, make_profile
from lmi.batch.journal import RegionState, journal, read_journal, write_alone
from lmi.batch.kernels import warm_up
from lmi.batch.order import Order
from lmi.batch.plan import Job, differences, made_of
from lmi.batch.summary import write_summary
from lmi.config import Region, StateConfig
from lmi.config.fields import is_slug, slug_problem
from lmi.errors import ConfigError
from lmi.report.files import PAGE
from lmi.store import Store

__all__ = ["Batch", "batch_state", "plan_state"]

TABLES_FOLDER = "tables"
ALL = Order()
Engine = Callable[[Sequence[Job], int], Iterator[ProfileResult]]


@dataclass(frozen=True)
class Batch:
    """What a state's batch made.

    Parameters
    ----------
    folder : pathlib.Path
        The state's folder of outputs.
    results : tuple of ProfileResult
        One a region, in the order of the state's file.
    left : int
        Regions that a limit left for the next run.
    """

    state: StateConfig
    year: int
    folder: Path
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


def _why(folder: Path, parts: Mapping[str, Any]) -> list[str]:
    """Say why a region is to be made; nothing where it is made already."""
    if not (folder / PAGE).is_file():
        return ["not made yet"]
    return differences(manifest.read_manifest(folder), parts)


def _manifest_of(
    job: Job, made: ProfileResult, tables: StateTables, parts: Mapping[str, Any]
) -> None:
    inputs = [
        {k: s[k] for k in ("name", "sha256", "rows", "periods", "vintage")}
        for s in tables.meta["sources"]
    ]
    manifest.write_manifest(
        job.folder,
        {
            **parts,
            "parameters": job.parameters,
            "base_year": tables.meta["base_year"],
            "inputs": inputs,
            "outputs": manifest.file_hashes(job.folder),
            "seconds": made.seconds,
        },
    )


def _results_in_order(
    state: StateConfig, found: Iterable[ProfileResult]
) -> tuple[ProfileResult, ...]:
    by_region = {m.region: m for m in found}
    return tuple(by_region[r.key] for r in state.regions if r.key in by_region)


def batch_state(
    slug: str,
    order: Order = ALL,
    *,
    store: Store,
    regions: Path,
    outputs: Path,
    jobs: int | None = None,
    limit: int | None = None,
    force: bool = False,
    engine: Engine = pool,
    say: Callable[[str], object] = lambda text: None,
    progress: Callable[[ProfileResult, int], object] = lambda made, of: None,
) -> Batch:
    """Make the profiles of a state.

    Parameters
    ----------
    slug : str
        The state's folder in `regions`.
    regions, outputs : pathlib.Path
        Folders of the definitions and of what is made.
    jobs : int, optional
        Processes at a time, as many as there are cores unless told.
    limit : int, optional
        Profiles to make at most; the next run goes on from there.
    force : bool
        Make again what is unchanged.
    engine : callable
        What runs the jobs.
    say, progress : callable
        Called with a sentence, and with each result and how many there will be.

    Raises
    ------
    ConfigError
        A definition is not valid.
    StoreError
        The store lacks the state or the year.
    LmiError
        Another batch writes the state's folder, or it cannot be written.
    """
    if not is_slug(slug):
        raise ConfigError(f"{slug_problem(slug)}.")
    warm_up()
    state = open_state(slug, store=store, regions=regions, staff=order.staff, say=say).state
    order = order._replace(staff=state.staff)
    wanted = order.regions_of(state)
    folder = outputs / state.slug
    parts = made_of(store, state, regions, order.of_tables)
    with write_alone(folder):
        tables = _tables(store, state, folder, parts, order, force, say)
        parts |= {"settings": order.settings}
        found = int(tables.meta["year"])
        shared = Job(
            state=state.slug, region="", year=found, tables=folder / TABLES_FOLDER, folder=folder,
            store=store.root, regions=regions, formats=order.formats, paper=order.paper,
        )  # fmt: skip
        results = _Results(folder, state, wanted, progress)
        todo = _todo(shared, wanted, tables, {} if force else parts, results)
        by_region = {job.region: job for job in todo[:limit]}
        if by_region:
            for made in engine(list(by_region.values()), jobs or os.cpu_count() or 1):
                if made.status == "made":
                    _manifest_of(by_region[made.region], made, tables, parts)
                results.add(made)
        ordered = _results_in_order(state, results.found)
        write_summary(shared, manifest.digest([json.dumps(parts, default=str)]), ordered, force)
    return Batch(state, found, folder, ordered, len(todo) - len(by_region))


def _todo(
    shared: Job,
    wanted: Sequence[Region],
    tables: StateTables,
    parts: Mapping[str, Any],
    results: _Results,
) -> list[Job]:
    """List what is to be made; what cannot be, or is made of these parts already, is a result."""
    found = []
    for region in wanted:
        job = replace(shared, region=region.key, folder=shared.folder / region.key)
        if region.key in tables.meta["failed"]:
            results.add(ProfileResult(region.key, "failed", tables.meta["failed"][region.key]))
        elif parts and not _why(job.folder, parts):
            results.add(ProfileResult(region.key, "unchanged"))
        else:
            found.append(job)
    return found


def plan_state(
    slug: str, order: Order = ALL, *, store: Store, regions: Path, outputs: Path
) -> dict[str, list[str]]:
    """Say what `batch_state` would make, and why; make nothing.

    Returns
    -------
    dict of str to list of str
        By region, what changed since it was made; nothing where it would be left as it is.
    """
    state = open_state(slug, store=store, regions=regions, staff=order.staff).state
    parts = made_of(store, state, regions, order._replace(staff=state.staff).settings)
    folder = outputs / state.slug
    return {region.key: _why(folder / region.key, parts) for region in order.regions_of(state)}


class _Results:
    """What became of each region so far, told to who watches and kept in the folder's journal."""

    def __init__(
        self,
        folder: Path,
        state: StateConfig,
        wanted: Sequence[Region],
        tell: Callable[[ProfileResult, int], object],
    ) -> None:
        self.found: list[ProfileResult] = []
        self._folder, self._tell, self._of = folder, tell, len(wanted)
        self._entries = read_journal(folder, [r.key for r in state.regions])
        self._entries |= {region.key: RegionState("waiting") for region in wanted}
        journal(folder, self._entries)

    def add(self, made: ProfileResult) -> None:
        """Take a result in."""
        self.found.append(made)
        self._entries[made.region] = RegionState(made.status, made.error, made.cell)
        journal(self._folder, self._entries)
        self._tell(made, self._of)


def _tables(
    store: Store,
    state: StateConfig,
    folder: Path,
    parts: Mapping[str, Any],
    order: Order,
    force: bool,
    say: Callable[[str], object],
) -> StateTables:
    """Compute a state's tables, or read them back where nothing changed since."""
    place = folder / TABLES_FOLDER
    if not force and not differences(manifest.read_manifest(place), parts):
        return StateTables.load(place)
    say(f"Computing {state.name} ...")
    tables = analyse(store, state, order.year, order.base_year)
    tables.save(place)
    manifest.write_manifest(place, parts)
    return tables
