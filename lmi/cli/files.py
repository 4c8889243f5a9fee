"""Write a table where the user asked for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl

from lmi import atomic
from lmi.cli.options import check_ending, writing
from lmi.csv_files import csv_bytes
from lmi.errors import LmiError
from lmi.schema import TABLES
from lmi.texts import as_arrow
from lmi.words import listing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["as_stored", "stored_csv", "write_map", "write_table"]

# A single dash is a disclosure code, not a formula.
_FORMULA = r"(?s)^('*[=+\-@\t\r\n].)"
_MAPS = (".gpkg", ".geojson", ".parquet")
# What a GeoPackage says of when it was written, so that the same outlines give the same bytes.
_ANY_DAY = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


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
    with writing(file):
        if file.suffix.lower() == ".csv":
            atomic.write_bytes(file, csv(table))
        else:
            atomic.write_with(file, lambda path: as_arrow(table).to_parquet(path, index=False))


def write_map(places: gpd.GeoDataFrame, file: Path) -> None:
    """Write outlines as a map, by the ending of the file's name; every digit of them is kept.

    Parameters
    ----------
    file : pathlib.Path
        Ends in ``.gpkg``, ``.geojson`` or ``.parquet``.

    Raises
    ------
    LmiError
        The ending is another, or the folder cannot be written to.
    """
    import pyogrio

    def geopackage(path: Path) -> None:
        pyogrio.set_gdal_config_options(_ANY_DAY)
        try:
            # A polygon stays one, though others of its layer have several parts.
            kept = {"promote_to_multi": False, "geometry_type": "Unknown"}
            places.to_file(path, driver="GPKG", engine="pyogrio", layer="boundaries", **kept)
        finally:
            pyogrio.set_gdal_config_options(dict.fromkeys(_ANY_DAY))

    ending = file.suffix.lower()
    if ending not in _MAPS:
        raise LmiError(f"The file {file} ends in {ending!r}; write a map to {listing(_MAPS)}.")
    with writing(file):
        if ending == ".geojson":
            atomic.write_bytes(file, f"{places.to_json(drop_id=True)}\n".encode())
        elif ending == ".gpkg":
            atomic.write_with(file, geopackage)
        else:
            atomic.write_with(file, lambda path: places.to_parquet(path, index=False))
