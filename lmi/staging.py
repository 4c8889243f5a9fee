"""Sort a source's rows into the partitions of the store, within a bound of memory.

Rows wait in memory until a block of the file no longer touches their partition, or until too many
wait; then they become a chunk on disk. A file sorted by area, as the agency's are, is so written
once, and a national year never stands in memory whole.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from lmi.errors import DataFileError
from lmi.part import write_part
from lmi.schema import Table

__all__ = ["SOURCE_ID", "RepeatedKeyError", "Staging", "describe_key", "repeated_key"]

SOURCE_ID = "source_id"
MAX_WAITING_ROWS = 1_000_000
# More runs than this, and a block is not sorted but shuffled.
MOST_RUNS = 256
SORTED_BY = "_sorted_by"


def repeated_key(frame: pl.DataFrame, key: tuple[str, ...]) -> dict[str, object] | None:
    """Return a key that stands twice in `frame`, or None.

    Notes
    -----
    Keys are compared by a 64-bit hash first: equal keys have equal hashes, so no repetition is
    missed; only if hashes repeat are the keys themselves compared.

    Examples
    --------
    >>> import polars as pl
    >>> repeated_key(pl.DataFrame({"a": ["x", "x"], "b": [1, 1]}), ("a", "b"))
    {'a': 'x', 'b': 1}
    """
    # Odd multipliers spread the columns, so that swapped values do not cancel out.
    hashed = pl.sum_horizontal(
        pl.col(name).hash(seed=i) * (2 * i + 1) for i, name in enumerate(key)
    )
    if frame.select(hashed.n_unique()).item() == frame.height:
        return None
    keys = frame.select(key)
    twice = keys.filter(keys.is_duplicated())
    return twice.row(0, named=True) if twice.height else None


def describe_key(key: dict[str, object]) -> str:
    """Word a key for an error.

    Examples
    --------
    >>> describe_key({"area_fips": "08001", "year": 2016})
    "area_fips '08001', year 2016"
    """
    return ", ".join(f"{name} {value!r}" for name, value in key.items())


def _slices(values: pl.Series, frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Split rows by a column that stands in a few long runs, as in a file sorted by it."""
    runs = values.rle().struct.unnest()
    if runs.height > MOST_RUNS:
        named = frame.with_columns(values.alias(SORTED_BY))
        parts = named.partition_by(SORTED_BY, as_dict=True, include_key=False)
        return {value: rows for (value,), rows in parts.items()}
    starts = runs["len"].cum_sum() - runs["len"]
    found: dict[str, list[pl.DataFrame]] = {}
    for value, start, length in zip(runs["value"], starts, runs["len"], strict=True):
        found.setdefault(value, []).append(frame.slice(start, length))
    return {v: pl.concat(pieces) if len(pieces) > 1 else pieces[0] for v, pieces in found.items()}


def _partitions(frame: pl.DataFrame, table: Table) -> dict[str, pl.DataFrame]:
    """Split a block into the partitions of its table, by name."""
    if not table.partition:
        return {"all": frame}
    found = {}
    # ``state`` is the first two characters of the area: 08, US, C1 ...
    for state, rows in _slices(frame["area_fips"].cast(pl.String).str.head(2), frame).items():
        for year, same in _slices(rows["year"], rows).items():
            found[f"state={state}/year={year}"] = same
    return found


class RepeatedKeyError(DataFileError):
    """A source holds a key twice; it carries the key, so that the lines can be found."""

    def __init__(self, key: dict[str, object]) -> None:
        super().__init__(f"the key {describe_key(key)} stands twice; make it one row")
        self.key = key


class Staging:
    """Rows of one source on their way into the store.

    Parameters
    ----------
    folder : pathlib.Path
        Where chunks are written; the caller removes it.
    table : Table
        The rows' table.
    source_id : int
        Stamped on every row.

    Examples
    --------
    >>> import pathlib, polars as pl, tempfile
    >>> from lmi.schema import table
    >>> flows = pl.DataFrame([["99001", "99003", 7, 2023]], orient="row",
    ...                      schema=table("commuting").polars_schema)
    >>> staging = Staging(pathlib.Path(tempfile.mkdtemp()), table("commuting"), 1)
    >>> staging.add(flows)
    >>> list(staging.finish())
    ['all']
    """

    def __init__(self, folder: Path, table: Table, source_id: int) -> None:
        self.folder, self.table, self.source_id = folder, table, source_id
        self.rows = 0
        self._waiting: dict[str, list[pl.DataFrame]] = {}
        self._chunks: dict[str, list[Path]] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Take in a block of rows in the table's columns."""
        self.rows += frame.height
        stamped = frame.with_columns(pl.lit(self.source_id, pl.Int32).alias(SOURCE_ID))
        parts = _partitions(stamped, self.table)
        for name, rows in parts.items():
            self._waiting.setdefault(name, []).append(rows)
        waiting = sum(f.height for frames in self._waiting.values() for f in frames)
        for name in list(self._waiting):
            if name not in parts or waiting > MAX_WAITING_ROWS:
                self._flush(name)

    def _flush(self, name: str) -> None:
        frame = pl.concat(self._waiting.pop(name))
        self._refuse_repeats(frame)
        chunks = self._chunks.setdefault(name, [])
        path = self.folder / name / f"{len(chunks):05d}.parquet"
        write_part(frame, path)
        chunks.append(path)

    def _refuse_repeats(self, frame: pl.DataFrame) -> None:
        key = repeated_key(frame, self.table.key)
        if key is not None:
            raise RepeatedKeyError(key)

    def finish(self) -> dict[str, list[Path]]:
        """Write what still waits and return the chunks of each partition.

        Raises
        ------
        RepeatedKeyError
            A key stands twice in the source.
        """
        for name in list(self._waiting):
            self._flush(name)
        for chunks in self._chunks.values():
            if len(chunks) > 1:
                keys = [pl.read_parquet(c, columns=list(self.table.key)) for c in chunks]
                self._refuse_repeats(pl.concat(keys))
        return self._chunks
