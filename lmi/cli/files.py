"""Write a table where the user asked for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl

from lmi import atomic
from lmi.errors import LmiError
from lmi.report.display.csv import csv_bytes
from lmi.schema import TABLES
from lmi.texts import as_arrow

__all__ = ["as_stored", "check_ending", "stored_csv", "write_table"]

# A single dash is a disclosure code, not a formula.
_FORMULA = r"(?s)^('*[=+\-@\t\r\n].)"


def as_stored(rows: pd.DataFrame) -> pd.DataFrame:
    """Give numbers that the store holds as whole their type back, missing ones included.

    Parameters
    ----------
    rows : DataFrame
        From `lmi.store.Store`; pandas made fractions of whole numbers with gaps.
    """
    whole = {c.name for t in TABLES.values() for c in t.columns if c.dtype == "int"}
    return rows.astype({name: "Int64" for name in rows.columns if name in whole})


def stored_csv(rows: pd.DataFrame) -> bytes:
    r"""Write rows of the store as CSV: as they are, and fast enough for a nation.

    Returns
    -------
    bytes
        UTF-8 with a line feed after each row; codes as they are, missing values empty. Free text
        that a spreadsheet would run as a formula has an apostrophe before it.

    Examples
    --------
    >>> stored_csv(pd.DataFrame({"disclosure_code": ["-", None], "jobs": [None, 7.0]}))
    b'disclosure_code,jobs\n-,\n,7.0\n'
    """
    defused = pl.col(pl.String).str.replace(_FORMULA, "'${1}")
    return pl.from_pandas(rows).with_columns(defused).write_csv().encode("utf-8")


def check_ending(file: Path) -> None:
    """Refuse a file that `write_table` cannot write; ask before minutes of work, not after.

    Raises
    ------
    LmiError
        Its name ends neither in ``.csv`` nor in ``.parquet``.
    """
    if (ending := file.suffix.lower()) not in (".csv", ".parquet"):
        raise LmiError(f"The file {file} ends in {ending!r}; write to .csv or .parquet.")


def write_table(
    table: pd.DataFrame, file: Path, csv: Callable[[pd.DataFrame], bytes] = csv_bytes
) -> None:
    """Write a table as CSV or Parquet, by the ending of the file's name.

    Parameters
    ----------
    file : pathlib.Path
        Ends in ``.csv`` or ``.parquet``.
    csv : callable
        How a CSV is written.

    Raises
    ------
    LmiError
        The ending is another, or the folder cannot be written to.
    """
    check_ending(file)
    try:
        if file.suffix.lower() == ".csv":
            atomic.write_bytes(file, csv(table))
        else:
            atomic.write_with(file, lambda path: as_arrow(table).to_parquet(path, index=False))
    except OSError as error:
        raise LmiError(f"The file {file} cannot be written ({error.strerror}).") from error
