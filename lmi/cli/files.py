"""Write a table where the user asked for it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lmi import atomic
from lmi.errors import LmiError
from lmi.report.csvfile import csv_bytes

__all__ = ["write_table"]


def write_table(table: pd.DataFrame, file: Path) -> None:
    """Write a table as CSV or Parquet, by the ending of the file's name.

    Raises
    ------
    LmiError
        The ending is another, or the folder cannot be written to.
    """
    ending = file.suffix.lower()
    try:
        if ending == ".csv":
            atomic.write_bytes(file, csv_bytes(table))
        elif ending == ".parquet":
            atomic.write_with(file, lambda path: table.to_parquet(path, index=False))
        else:
            raise LmiError(f"The file {file} ends in {ending!r}; write to .csv or .parquet.")
    except OSError as error:
        raise LmiError(f"The file {file} cannot be written ({error.strerror}).") from error
