"""One file of the store: rows as Parquet, encoded as quickly and as small as their kinds allow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lmi.errors import StoreError

__all__ = ["write_part"]

ROW_GROUP_ROWS = 1 << 15
FOUND_BY = ("area_fips",)
DISCLOSURE = "disclosure_code"


def _dictionary(codes: pl.Series) -> pa.Array:
    """Return a column of codes as a dictionary of the few that it holds.

    Polars would tell the distinct codes of every column apart again; here their numbers are
    looked up in a table, which takes a fifth of the time.
    """
    held = codes.unique().drop_nulls()
    numbers = held.to_physical().to_numpy()
    place = np.zeros(int(numbers.max()) + 1 if held.len() else 1, np.int32)
    place[numbers] = np.arange(held.len(), dtype=np.int32)
    at = place[codes.to_physical().fill_null(int(numbers[0]) if held.len() else 0).to_numpy()]
    absent = codes.is_null().to_numpy() if codes.null_count() else None
    values = held.cast(pl.String).to_arrow()
    return pa.DictionaryArray.from_arrays(pa.array(at, mask=absent), values)


def _withheld_last(frame: pl.DataFrame) -> pl.DataFrame:
    """Put the withheld rows of each row group behind the others.

    Missing numbers that stand together are written in half the time, and in less space, than
    scattered ones.
    """
    if DISCLOSURE not in frame.columns:
        return frame
    group = pl.int_range(pl.len()) // ROW_GROUP_ROWS * 2
    return frame.sort(group + pl.col(DISCLOSURE).is_not_null(), maintain_order=True)


def _arrow(frame: pl.DataFrame) -> pa.Table:
    coded = [n for n, t in frame.schema.items() if t == pl.Categorical]
    plain = frame.drop(coded).to_arrow()
    columns = {n: plain[n] for n in plain.column_names} | {n: _dictionary(frame[n]) for n in coded}
    return pa.table({n: columns[n] for n in frame.columns})


def write_part(frame: pl.DataFrame, path: Path) -> None:
    """Write rows as a part of the store.

    Raises
    ------
    StoreError
        The disk is full or cannot be written to.

    Examples
    --------
    >>> import tempfile, pathlib, polars as pl
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "p.parquet"
    >>> write_part(pl.DataFrame({"a": [1]}), target)
    >>> pl.read_parquet(target).height
    1
    """
    whole = [n for n, t in frame.schema.items() if t.is_integer()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Codes and quotients repeat: a dictionary. Levels do not: small differences. Statistics
        # of what rows are found by alone. Together a third less time and space than the defaults.
        pq.write_table(
            _arrow(_withheld_last(frame)),
            path,
            compression="lz4",
            row_group_size=ROW_GROUP_ROWS,
            use_dictionary=[n for n in frame.columns if n not in whole],
            column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
            store_schema=False,
            write_statistics=[n for n in FOUND_BY if n in frame.columns],
        )
    except OSError as error:
        raise StoreError(
            f"The store cannot be written to ({error}); free the disk and try again."
        ) from error
