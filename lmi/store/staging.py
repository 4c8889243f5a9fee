"""Sort a source's rows into the partitions of the store, within a bound of memory.

Rows wait in memory until a block of the file no longer touches their partition, or until too many
wait; then they become a chunk on disk. A file sorted by area, as the agency's are, is so written
once, and a national year never stands in memory whole.
"""

from __future__ import annotations

import math
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.store.parquet import write_part
from lmi.words import describe_key

__all__ = [
    "SOURCE_ID",
    "RepeatedKeyError",
    "Staging",
    "repeated_key",
]

SOURCE_ID = "source_id"
MAX_WAITING_ROWS = 1_000_000
# More runs than this, and a block is not sorted but shuffled.
MOST_RUNS = 256
SORTED_BY = "_sorted_by"


def _numbers(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.Series:
    """Give each row a number that is the same where keys are, and nearly always differs else."""
    digits = frame.select(pl.col(key).to_physical())
    if frame.height and all(t.is_integer() for t in digits.dtypes) and not _has_null(digits):
        lowest, highest = digits.min().row(0), digits.max().row(0)
        sizes = [high - low + 1 for low, high in zip(lowest, highest, strict=True)]
        if math.prod(sizes) < 1 << 63:
            # As the digits of a number: a fifth of the time of hashing, and no two keys meet.
            number = pl.repeat(0, frame.height, dtype=pl.Int64)
            for name, low, size in zip(key, lowest, sizes, strict=True):
                number = number * size + (pl.col(name).cast(pl.Int64) - low) if size > 1 else number
            return digits.select(number).to_series()
    # Odd multipliers spread the columns, so that swapped values do not cancel out.
    hashes = (pl.col(n).hash(seed=i) * (2 * i + 1) for i, n in enumerate(key))
    return frame.select(pl.sum_horizontal(hashes)).to_series()


def _has_null(frame: pl.DataFrame) -> bool:
    return any(column.null_count() for column in frame)


def repeated_key(frame: pl.DataFrame, key: tuple[str, ...]) -> dict[str, object] | None:
    """Return a key that stands twice in `frame`, or None.

    Notes
    -----
    Keys are compared by one 64-bit number each: equal keys have equal numbers, so no repetition
    is missed; only if numbers repeat are the keys themselves compared.

    Examples
    --------
    >>> import polars as pl
    >>> repeated_key(pl.DataFrame({"a": ["x", "x"], "b": [1, 1]}), ("a", "b"))
    {'a': 'x', 'b': 1}
    """
    if _numbers(frame, key).n_unique() == frame.height:
        return None
    keys = frame.select(key)
    twice = keys.filter(keys.is_duplicated())
    return twice.row(0, named=True) if twice.height else None


def _runs(values: pl.Series, width: int | None) -> list[tuple[Any, int, int]] | None:
    """Return the runs of a sorted column: value, cut to `width`, first row and number of rows."""
    runs = values.rle().struct.unnest()
    if runs.height > MOST_RUNS:
        return None
    found = zip(runs["value"].to_list(), runs["len"].to_list(), strict=True)
    cut = groupby(((value[:width] if width else value, n) for value, n in found), itemgetter(0))
    joined = [(value, sum(n for _, n in same)) for value, same in cut]
    firsts = accumulate((n for _, n in joined), initial=0)
    return [(value, first, n) for (value, n), first in zip(joined, firsts, strict=False)]


def _slices(frame: pl.DataFrame, column: str, width: int | None = None) -> dict[Any, pl.DataFrame]:
    """Split rows by a column, or by its first characters; it stands in runs in a sorted file."""
    runs = _runs(frame[column], width)
    if runs is None:
        values = frame[column].cast(pl.String).str.head(width) if width else frame[column]
        named = frame.with_columns(values.alias(SORTED_BY))
        parts = named.partition_by(SORTED_BY, as_dict=True, include_key=False)
        return {value: rows for (value,), rows in parts.items()}
    found: dict[Any, list[pl.DataFrame]] = {}
    for value, first, n in runs:
        found.setdefault(value, []).append(frame.slice(first, n))
    return {v: pl.concat(pieces) if len(pieces) > 1 else pieces[0] for v, pieces in found.items()}


def _partitions(frame: pl.DataFrame, table: Table) -> dict[str, pl.DataFrame]:
    """Split a block into the partitions of its table, by name."""
    if not table.partition:
        return {"all": frame}
    if "kind" in table.partition:
        named = frame.with_columns(state=pl.col("area_fips").str.head(2))
        parts = named.partition_by(table.partition, as_dict=True, maintain_order=True)
        columns = [*table.names, SOURCE_ID]
        return {"/".join(map(str, by)): rows.select(columns) for by, rows in parts.items()}
    # ``state`` is the first two characters of the area: 08, US, C1 ...
    return {
        f"state={state}/year={year}": same
        for state, rows in _slices(frame, "area_fips", 2).items()
        for year, same in _slices(rows, "year").items()
    }


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
        Where chunks are written, those of several sources if need be; the caller removes it.
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
        place = name.replace(
            "/", " "
        )  # no folder: making and removing one takes longer than a file
        path = self.folder / f"{self.source_id} {place} {len(chunks):05d}.parquet"
        write_part(frame, path, (*self.table.key, SOURCE_ID))
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
