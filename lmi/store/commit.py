"""Bring staged sources into the store: merge by partition, then replace the catalogue.

Within a partition a newer source replaces the older rows that share its areas and periods (see
`lmi.schema.Table.replaces`). Until the catalogue is replaced no reader sees any of it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock
import polars as pl

from lmi import atomic
from lmi.errors import StoreError
from lmi.schema import Table
from lmi.store.catalogue import Catalogue, IngestedFile, StoreFile
from lmi.store.parquet import write_part
from lmi.store.staging import SOURCE_ID

__all__ = ["Pending", "commit", "remove_staging", "sole_writer"]

_STAGING = ".staging-"


@dataclass(frozen=True)
class Pending:
    """A source whose rows are staged.

    Parameters
    ----------
    source : IngestedFile
        Its entry for the catalogue.
    table : Table
        The rows' table.
    replaces : tuple of str
        Columns that say which older rows it replaces; all rows of its partitions, if none.
    chunks : dict of str to list of pathlib.Path
        Staged files of each partition.
    """

    source: IngestedFile
    table: Table
    replaces: tuple[str, ...]
    chunks: dict[str, list[Path]]


class _Partition:
    """One partition while its staged sources are merged into it."""

    def __init__(self, root: Path, name: str, table: Table, parts: list[StoreFile]) -> None:
        self.root, self.name, self.table, self.parts = root, name, table, list(parts)
        self.valid_from = parts[-1].valid_from if parts else 0
        self.frame: pl.DataFrame | None = None
        self.changed = False

    def _path(self) -> str:
        return f"{self.name}/{uuid.uuid4().hex[:12]}.parquet"

    def move_in(self, chunk: Path, source: IngestedFile) -> None:
        """Make a single staged chunk the newest part, without reading it again."""
        rows = pl.scan_parquet(chunk).select(pl.len()).collect().item()
        file = self._path()
        (self.root / file).parent.mkdir(parents=True, exist_ok=True)
        chunk.replace(self.root / file)
        self.parts.append(StoreFile(file, rows, source.source_id))

    def merge(self, pending: Pending, rows: pl.DataFrame) -> None:
        """Lay a source's rows over what is there."""
        if self.frame is None:
            stored = [self.root / self.parts[-1].file] if self.parts else []
            self.frame = pl.read_parquet(stored[0]) if stored else rows.clear()
        scope = rows.select(pending.replaces).unique()
        kept = self.frame.join(scope, on=list(pending.replaces), how="anti")
        if kept.height < self.frame.height:
            if self.changed:
                self._write()
            self.valid_from = pending.source.source_id
        elif self.parts and not self.changed:
            self.parts.pop()  # the part to be written holds its rows too
        self.valid_from = self.valid_from or pending.source.source_id
        self.frame = pl.concat([kept, rows.select(kept.columns)])
        self.changed = True

    def _write(self) -> None:
        assert self.frame is not None
        file = self._path()
        filled = (*self.table.key, SOURCE_ID)
        write_part(self.frame.sort(self.table.key), self.root / file, filled)
        self.parts.append(StoreFile(file, self.frame.height, self.valid_from))
        self.changed = False

    def close(self) -> list[StoreFile]:
        """Write what was merged and return the partition's parts."""
        if self.changed:
            self._write()
        return self.parts


def _merge_partition(
    root: Path, name: str, parts: list[StoreFile], staged: list[tuple[Pending, list[Path]]]
) -> _Partition:
    partition = _Partition(root, name, staged[0][0].table, parts)
    is_first = not parts and len(staged) == 1
    for pending, files in staged:
        if not pending.replaces or (is_first and len(files) == 1):
            partition.move_in(files[0], pending.source)
        else:
            partition.merge(pending, pl.concat([pl.read_parquet(f) for f in files]))
    partition.close()
    return partition


def commit(root: Path, catalogue: Catalogue, pending: list[Pending]) -> None:
    """Merge staged sources into the store and replace its catalogue.

    Parameters
    ----------
    root : pathlib.Path
        The store.
    catalogue : Catalogue
        As it is; changed in place and saved.
    pending : list of Pending
        In order of release, oldest first.
    """
    staged: dict[str, list[tuple[Pending, list[Path]]]] = {}
    for item in pending:
        for name, files in item.chunks.items():
            staged.setdefault(f"{item.table.name}/{name}", []).append((item, files))
    written: list[Path] = []
    for name, items in staged.items():
        before = catalogue.parts.get(name, [])
        catalogue.parts[name] = _merge_partition(root, name, before, items).parts
        written += [root / part.file for part in catalogue.parts[name] if part not in before]
    # The catalogue must not reach the disk before the parts that it names.
    _sync(written, root)
    catalogue.sources += [item.source for item in pending]
    catalogue.sources.sort(key=lambda source: source.source_id)
    catalogue.save(root)
    for name in staged:
        _sweep(root / name, {Path(p.file).name for p in catalogue.parts[name]})


def _sync(written: list[Path], root: Path) -> None:
    try:
        atomic.sync(written, root)
    except OSError as error:
        raise StoreError(
            f"The store cannot be written to ({error}); free the disk and try again."
        ) from error


def _sweep(folder: Path, kept: set[str]) -> None:
    """Remove parts that a newer one holds the rows of, or that a killed run left."""
    for path in folder.glob("*.parquet"):
        if path.name not in kept:
            # A reader on Windows may hold it open; a stray part costs only space.
            with contextlib.suppress(OSError):
                path.unlink()


def remove_staging(folder: Path) -> None:
    """Remove what was staged, whether or not it was brought in."""
    shutil.rmtree(folder, ignore_errors=True)


def _prepared(root: Path, lock: filelock.BaseFileLock, patience_s: float) -> Path:
    """Lock the store and return a folder to stage in, after removing what a killed run left."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=patience_s)
        for left in root.glob(f"{_STAGING}*"):
            remove_staging(left)
        return Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
    except filelock.Timeout as error:
        raise StoreError(
            f"Another ingest is writing to the store {root}; wait until it is done."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The store {root} cannot be written to ({error.strerror or error}); name a folder "
            "that you may write to with --store or LMI_STORE."
        ) from error


@contextlib.contextmanager
def sole_writer(root: Path, patience_s: float = 0) -> Iterator[Path]:
    """Keep other writers out of a store, and yield a folder to stage rows in.

    Parameters
    ----------
    patience_s : float, seconds
        How long to wait for another writer.

    Raises
    ------
    StoreError
        Another process is writing to the store, or nobody can.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> with sole_writer(root) as staging:
    ...     staging.parent == root
    True
    >>> staging.exists()
    False
    """
    lock = filelock.FileLock(root / ".lock")
    try:
        staging = _prepared(root, lock, patience_s)
        try:
            yield staging
        finally:
            remove_staging(staging)
    finally:
        lock.release()
