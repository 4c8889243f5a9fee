"""What a worker of a cluster is asked to do: begin a state, make a profile, write a state's page.

A task gets plain values, brings what it needs, and sends what it made before it is done: nothing
that another task needs is in a worker's memory, so that a worker that is lost costs its tasks only,
which run again elsewhere.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lmi import atomic, locations, manifest
from lmi.assessment.fingerprint import definition_files
from lmi.batch.execute import ProfileResult, make_profile
from lmi.batch.journal import failed_notebook
from lmi.batch.kernels import apart
from lmi.batch.order import Order
from lmi.batch.plan import Job, Places, code_digest
from lmi.batch.remote import Remote, bring, bring_store, is_url, outline, send, send_file
from lmi.batch.steps import TABLES_FOLDER, Begun, begin, finish
from lmi.config import list_states, named_state
from lmi.errors import LmiError

__all__ = ["Shared", "begin_there", "finish_there", "profile_there"]


class Shared(NamedTuple):
    """What every task of a batch is told.

    Parameters
    ----------
    store, outputs : str
        URLs, or paths that every worker sees.
    definitions : mapping of str to bytes
        The files that define the states, by path below the folder of definitions.
    code : str
        Hash of the workbench that gave the order; workers run the same.
    """

    store: str
    outputs: str
    definitions: Mapping[str, bytes]
    code: str

    @classmethod
    def of(
        cls, slugs: Sequence[str], store: str | None, regions: Path, outputs: str | None
    ) -> Shared:
        """Gather the definitions of states; places are named as `lmi.locations` would."""
        files = {
            path.relative_to(regions).as_posix(): path.read_bytes()
            for slug in slugs
            if slug in list_states(regions)  # of any other it is said that there is no such state
            for path in definition_files(regions / slug, regions)
        }
        return cls(
            store if store and is_url(store) else str(locations.store_dir(store).resolve()),
            outputs
            if outputs and is_url(outputs)
            else str(locations.outputs_dir(outputs).resolve()),
            files,
            code_digest(),
        )


def _check(shared: Shared) -> None:
    if code_digest() != shared.code:
        raise LmiError(
            "A worker has another version of the workbench than the one that gave the order; "
            "install the same on all."
        )
    if multiprocessing.current_process().daemon:
        raise LmiError(
            "A worker may not start processes, which notebooks need; start it by `lmi worker "
            "ADDRESS`, or with DASK_DISTRIBUTED__WORKER__DAEMON=False."
        )


class _Desk(NamedTuple):
    """Where a task works: folders on its own disk, and what of them lies behind a URL."""

    places: Places
    outputs: Remote | None

    def folder(self, slug: str) -> Path:
        return self.places.outputs / slug

    def lay_out(self, slug: str) -> None:
        """Bring what there is of a state's outputs: its tables, and of the rest what is there."""
        if self.outputs:
            outline(self.outputs.below(slug), self.folder(slug))
            self.bring_tables(slug)

    def bring_tables(self, slug: str) -> None:
        if self.outputs:
            tables = self.outputs.below(slug, TABLES_FOLDER)
            bring(tables, self.folder(slug) / TABLES_FOLDER)


@contextmanager
def _desk(slug: str, shared: Shared) -> Iterator[_Desk]:
    from distributed import get_worker
    from filelock import FileLock

    _check(shared)
    own = Path(get_worker().local_directory)
    with TemporaryDirectory(dir=own) as here:
        regions = Path(here) / "regions"
        for name, content in shared.definitions.items():
            atomic.write_bytes(regions / name, content)
        store, outputs = Path(shared.store), Path(shared.outputs)
        if is_url(shared.store):
            store = own / "store"
            with FileLock(own / "store.lock"):
                bring_store(Remote.at(shared.store), store, named_state(slug, regions).regions)
        behind = Remote.at(shared.outputs) if is_url(shared.outputs) else None
        if behind:
            outputs = Path(here) / "outputs"
        yield _Desk(Places(store, regions, outputs), behind)


def begin_there(slug: str, order: Order, shared: Shared, force: bool) -> Begun | str:
    """Begin a state on a worker; what is wrong with it is a sentence."""
    try:
        with _desk(slug, shared) as desk:
            desk.lay_out(slug)
            before = _written(desk.folder(slug))
            begun = apart(_begin, slug, order, desk.places, force)
            if desk.outputs:
                send(begun.shared.tables, desk.outputs.below(slug, TABLES_FOLDER))
                _send_written(desk, slug, before)
            return begun
    except LmiError as error:
        return str(error)


def _begin(slug: str, order: Order, places: Places, force: bool) -> Begun:
    return begin(slug, order, places, force=force)


def profile_there(job: Job, shared: Shared) -> ProfileResult:
    """Make a profile on a worker."""
    with _desk(job.state, shared) as desk:
        desk.bring_tables(job.state)
        folder = desk.folder(job.state)
        made = make_profile(_placed(job, folder, desk.places))
        if desk.outputs:
            there = desk.outputs.below(job.state)
            if made.status == "made":
                send(folder / job.region, there.below(job.region))
            send_file(failed_notebook(folder, job.region), there)
    return made


def _placed(job: Job, folder: Path, places: Places) -> Job:
    return replace(
        job, tables=folder / TABLES_FOLDER, folder=folder / job.region if job.region else folder,
        store=places.store, regions=places.regions,
    )  # fmt: skip


def finish_there(
    begun: Begun, results: Sequence[ProfileResult], shared: Shared, force: bool
) -> None:
    """Write a state's page on a worker."""
    job = begun.shared
    with _desk(job.state, shared) as desk:
        desk.lay_out(job.state)
        folder = desk.folder(job.state)
        before = _written(folder)
        finish(begun._replace(shared=_placed(job, folder, desk.places)), results, force)
        _send_written(desk, job.state, before)


def _send_written(desk: _Desk, slug: str, before: Sequence[tuple[Path, int]]) -> None:
    """Send what was written into a state's folder, manifests last; its tables go whole or not."""
    if desk.outputs:
        folder = desk.folder(slug)
        written = sorted(set(_written(folder)) - set(before))
        for path, _ in sorted(written, key=lambda one: one[0].name == manifest.FILE_NAME):
            name = path.relative_to(folder)
            if name.parts[0] != TABLES_FOLDER:
                desk.outputs.below(slug).put(path, name.as_posix())


def _written(folder: Path) -> list[tuple[Path, int]]:
    return [(p, p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()]
