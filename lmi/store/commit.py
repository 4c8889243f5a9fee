"""Bring staged sources into the store, or take them out again, and replace the catalogue.

The rows of each source become a layer of its partitions; what the store answers with is made of
them (see `lmi.store.layering`). Until the catalogue is replaced no reader sees any of it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import filelock
import polars as pl

from lmi import atomic
from lmi.errors import StoreError
from lmi.schema import BOUNDARIES, Table, table
from lmi.store.catalogue import Catalogue, IngestedFile, Layer, Partition
from lmi.store.layering import Answers, Counts, fold, read_layer, revised_of
from lmi.store.parquet import write_part
from lmi.store.staging import SOURCE_ID

__all__ = ["Pending", "commit", "remove", "remove_staging", "sole_writer"]

_STAGING = ".staging-"


@dataclass(frozen=True)
class Pending:
    """A source whose rows are staged.

    Parameters
    ----------
    replaces : tuple of str
        Columns that say which older rows it takes the place of.
    chunks : dict of str to list of pathlib.Path
        Staged files of each partition.
    before : IngestedFile or None
        As what the same bytes came before; they count only if that changes what the store answers.
    left : tuple of str
        What of its archive is no table, and was left.
    """

    source: IngestedFile
    table: Table
    replaces: tuple[str, ...]
    chunks: dict[str, list[Path]]
    before: IngestedFile | None = None
    left: tuple[str, ...] = ()


class _Open:
    """One partition while sources are laid over what it holds."""

    def __init__(self, root: Path, name: str, spec: Table, held: Partition | None) -> None:
        self.root, self.name, self.table = root, name, spec
        self.held, self.layers = held, list(held.layers) if held else []
        self.answers: Answers | None = None
        self.written: list[Path] = []

    def _file(self) -> str:
        file = f"{self.name}/{uuid.uuid4().hex[:12]}.parquet"
        self.written.append(self.root / file)
        return file

    def _write(self, frame: pl.DataFrame) -> str:
        file = self._file()
        write_part(frame.sort(self.table.key), self.root / file, (*self.table.key, SOURCE_ID))
        return file

    def _layer(self, item: Pending, chunks: list[Path]) -> Layer:
        if len(chunks) == 1:  # moved, without reading it again
            file = self._file()
            (self.root / file).parent.mkdir(parents=True, exist_ok=True)
            chunks[0].replace(self.root / file)
        else:
            file = self._write(pl.concat([pl.read_parquet(chunk) for chunk in chunks]))
        return Layer(file, item.source.source_id, item.replaces)

    def lay(self, item: Pending, chunks: list[Path], revised: set[int]) -> Counts:
        """Lay a source's rows over what is there; of one that came before, only if that matters."""
        if not self.layers:
            self.layers.append(self._layer(item, chunks))
            return Counts(added=_height(self.root / self.layers[0].file))
        if self.answers is None:
            self.answers = Answers(self.table, self._now())
        rows = pl.concat([pl.read_parquet(chunk) for chunk in chunks])
        counts = self.answers.lay(rows, revised, item.replaces)
        if counts.changed or item.before is None:
            self.layers.append(self._layer(item, chunks))
        return counts

    def _now(self) -> pl.DataFrame:
        """The rows that it answers with: of a new partition its only layer's."""
        if self.held is None:
            return read_layer(self.root, self.layers[0])
        return read_layer(self.root, replace(self.layers[-1], file=self.held.current))

    def close(self) -> Partition:
        """Write what was made of several layers."""
        if len(self.layers) == 1:
            [only] = self.layers
            return Partition(only.file, (only,), {only.source_id: _height(self.root / only.file)})
        if self.answers is None or (self.held and tuple(self.layers) == self.held.layers):
            assert self.held is not None
            return self.held
        frame = self.answers.frame
        return Partition(self._write(frame), tuple(self.layers), _rows_by_source(frame))


def _height(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _rows_by_source(frame: pl.DataFrame) -> dict[int, int]:
    return dict(sorted(frame[SOURCE_ID].value_counts().iter_rows()))


def commit(root: Path, catalogue: Catalogue, pending: list[Pending]) -> dict[int, Counts]:
    """Lay staged sources over what the store holds and replace its catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        As it is; changed in place and saved.
    pending : list of Pending
        In order of release, oldest first.

    Returns
    -------
    dict of int to Counts
        What became of each source's rows, by its number.
    """
    revised = revised_of([*catalogue.kept, *(item.source for item in pending)])
    counts = {item.source.source_id: Counts() for item in pending}
    opened: dict[str, _Open] = {}
    for item in pending:
        for part, chunks in item.chunks.items():
            name = f"{item.table.name}/{part}"
            if name not in opened:
                opened[name] = _Open(root, name, item.table, catalogue.partitions.get(name))
            counts[item.source.source_id] += opened[name].lay(item, chunks, revised)
    made = {name: partition.close() for name, partition in opened.items()}
    written = [path for partition in opened.values() for path in partition.written]
    came = [
        replace(item.source, added=found.added, revised=found.revised)
        for item in pending
        if (found := counts[item.source.source_id]).changed or item.before is None
    ]
    if came:
        catalogue.sources = sorted([*catalogue.sources, *came], key=lambda s: s.source_id)
        _put_in_place(root, catalogue, made, written)
    return counts


def remove(root: Path, ids: set[int]) -> dict[int, int]:
    """Take sources out of the store again, as if they had never come.

    Returns
    -------
    dict of int to int
        Of which source how many rows answer that did not before.

    Raises
    ------
    StoreError
        A source came in before its rows were kept apart from those of others.
    """
    with sole_writer(root):
        catalogue = Catalogue.load(root)
        before = catalogue.answers
        now = datetime.now(UTC).isoformat(timespec="seconds")
        catalogue.sources = [
            replace(s, removed_at=now) if s.source_id in ids else s for s in catalogue.sources
        ]
        touched = {n: held for n, held in catalogue.partitions.items() if ids & held.source_ids}
        opened = [_without(root, name, held, catalogue, ids) for name, held in touched.items()]
        for name in touched:
            del catalogue.partitions[name]
        made = {partition.name: partition.close() for partition in opened if partition.layers}
        _put_in_place(root, catalogue, made, [path for one in opened for path in one.written])
        for name in touched.keys() - made.keys():
            _sweep(root / name, set())
        return {i: n - before[i] for i, n in catalogue.answers.items() if n > before[i]}


def _without(root: Path, name: str, held: Partition, catalogue: Catalogue, ids: set[int]) -> _Open:
    """Open a partition as if some of its sources had never come."""
    kind = name.split("/")[0]
    spec = BOUNDARIES if kind == BOUNDARIES.name else table(kind)
    # A map may stand for its whole partition, and each of an earlier version did.
    if spec.replaces and not all(layer.replaces for layer in held.layers):
        raise StoreError(
            f"The rows of {name} came in with an earlier version, which kept those of all sources "
            "together; move the store away and ingest again without the file."
        )
    partition = _Open(root, name, spec, None)
    partition.layers = [layer for layer in held.layers if layer.source_id not in ids]
    rows = fold(root, partition.layers, partition.table, revised_of(catalogue.kept))
    partition.answers = None if rows is None else Answers(partition.table, rows)
    return partition


def _put_in_place(
    root: Path, catalogue: Catalogue, made: dict[str, Partition], written: list[Path]
) -> None:
    # The catalogue must not reach the disk before the files that it names.
    _sync([path for path in written if path.exists()], root)
    catalogue.partitions |= made
    catalogue.save(root)
    for name, partition in made.items():
        _sweep(root / name, {Path(file).name for file in partition.files})


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
