"""Profiles for every region of a state: compute once, run a notebook a region, link them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lmi import manifest
from lmi.assessment.opening import open_state
from lmi.assessment.state import analyse
from lmi.assessment.state_tables import StateTables
from lmi.batch.execute import ProfileResult, make_profile
from lmi.batch.formats import FORMATS
from lmi.batch.kernels import warm_up
from lmi.batch.plan import Job, batch_key, code_digest, definition_files
from lmi.batch.summary import write_summary
from lmi.config import StateConfig
from lmi.config.fields import is_slug, slug_problem
from lmi.errors import ConfigError
from lmi.report.files import PAGE
from lmi.store import Store

__all__ = ["Batch", "batch_state"]

TABLES_FOLDER = "tables"
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
    """

    state: StateConfig
    year: int
    folder: Path
    results: tuple[ProfileResult, ...]

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


def _is_made(folder: Path, key: str) -> bool:
    return manifest.read_manifest(folder).get("key") == key and (folder / PAGE).is_file()


def _manifest_of(
    job: Job, made: ProfileResult, tables: StateTables, state: StateConfig, key: str
) -> None:
    inputs = [
        {k: s[k] for k in ("name", "sha256", "rows", "periods", "vintage")}
        for s in tables.meta["sources"]
    ]
    definitions = {
        p.relative_to(job.regions).as_posix() if p.is_relative_to(job.regions) else p.name:
        manifest.digest([p.read_bytes()])
        for p in sorted(definition_files(state, job.regions))
    }  # fmt: skip
    manifest.write_manifest(
        job.folder,
        {
            "key": key,
            "parameters": job.parameters,
            "base_year": tables.meta["base_year"],
            "inputs": inputs,
            "definitions": definitions,
            "code": code_digest(),
            "versions": manifest.versions(),
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
    *,
    store: Store,
    regions: Path,
    outputs: Path,
    year: int | None = None,
    base_year: int | None = None,
    only: Sequence[str] = (),
    jobs: int | None = None,
    force: bool = False,
    staff: bool = False,
    formats: tuple[str, ...] = FORMATS,
    paper: str = "letter",
    engine: Engine = pool,
    say: Callable[[str], object] = lambda text: None,
    progress: Callable[[ProfileResult], object] = lambda made: None,
) -> Batch:
    """Make the profiles of a state.

    Parameters
    ----------
    slug : str
        The state's folder in `regions`.
    regions, outputs : pathlib.Path
        Folders of the definitions and of what is made.
    year, base_year : int, optional
        As `lmi.assessment.state.analyse`.
    only : sequence of str
        Keys of regions, all where empty.
    jobs : int, optional
        Processes at a time, as many as there are cores unless told.
    force : bool
        Make again what is unchanged.
    staff : bool
        Show numbers of fewer than three employers, and say so everywhere.
    formats : tuple of str
        What each is written as, beside its notebook.
    paper : {"letter", "a4"}
        Of the PDFs.
    engine : callable
        What runs the jobs.
    say, progress : callable
        Called with a sentence, and with each result.

    Raises
    ------
    ConfigError
        A definition is not valid.
    StoreError
        The store lacks the state or the year.
    """
    if not is_slug(slug):
        raise ConfigError(f"{slug_problem(slug)}.")
    warm_up()
    opened = open_state(slug, store=store, regions=regions, staff=staff, say=say)
    state = opened.state
    wanted = [state.region(key) for key in only] or list(state.regions)
    folder = outputs / state.slug
    key = batch_key(store, state, regions, [year, base_year, state.staff])
    made_key = manifest.digest([key, *formats, paper])
    tables = _tables(store, state, folder, key, year, base_year, force, say)
    found = int(tables.meta["year"])
    shared = Job(
        state=state.slug, region="", year=found, tables=folder / TABLES_FOLDER, folder=folder,
        store=store.root, regions=regions, formats=formats, paper=paper,
    )  # fmt: skip
    planned = [replace(shared, region=r.key, folder=folder / r.key) for r in wanted]
    results: list[ProfileResult] = []

    def done(made: ProfileResult) -> None:
        results.append(made)
        progress(made)

    todo = []
    for job in planned:
        if job.region in tables.meta["failed"]:
            done(ProfileResult(job.region, "failed", tables.meta["failed"][job.region]))
        elif not force and _is_made(job.folder, made_key):
            done(ProfileResult(job.region, "unchanged"))
        else:
            todo.append(job)
    by_region = {job.region: job for job in todo}
    if todo:
        for made in engine(todo, jobs or os.cpu_count() or 1):
            if made.status == "made":
                _manifest_of(by_region[made.region], made, tables, state, made_key)
            done(made)
    ordered = _results_in_order(state, results)
    write_summary(shared, made_key, ordered, force)
    return Batch(state, found, folder, ordered)


def _tables(
    store: Store,
    state: StateConfig,
    folder: Path,
    key: str,
    year: int | None,
    base_year: int | None,
    force: bool,
    say: Callable[[str], object],
) -> StateTables:
    """Compute a state's tables, or read them back where nothing changed since."""
    place = folder / TABLES_FOLDER
    known: dict[str, Any] = manifest.read_manifest(place)
    if not force and known.get("key") == key:
        return StateTables.load(place)
    say(f"Computing {state.name} ...")
    tables = analyse(store, state, year, base_year)
    tables.save(place)
    manifest.write_manifest(place, {"key": key})
    return tables
