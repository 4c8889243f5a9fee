"""Make the sample's data files: ``python -m tools.sample.make [--out DIR] [--regions DIR]``.

The same bytes on every run: names of random streams are fixed, sums are of whole numbers, zips
have fixed times. Only the packing of a zip may differ, with another release of zlib.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from lmi.sample import data_dir
from tools.sample.archive import annual_zip, quarterly_zip
from tools.sample.cells import Period
from tools.sample.commuting import commuting_rows, labor_force_rows, population_rows
from tools.sample.geography import counties_geojson, state_geojson
from tools.sample.layout import slice_text
from tools.sample.outlook import projection_rows, region_projection_rows, threshold_rows
from tools.sample.places import NATION, STATEWIDE, UNKNOWN, counties

__all__ = ["ANNUAL_YEARS", "QUARTERLY_YEARS", "SLICE_YEAR", "main", "make"]

ANNUAL_YEARS = (2017, 2018, 2019, 2020, 2021, 2022, 2023)
QUARTERLY_YEARS = (2022, 2023)
# The nation's newest year comes as an open-data slice, outside the by-area zip.
SLICE_YEAR = 2023

_PROJECTIONS = "industry_code own_code base_year projected_year base_emplvl projected_emplvl source"
_TABLES = {
    "commuting.csv": ("w_county_fips h_county_fips jobs year", commuting_rows),
    "labor_force.csv": (
        "area_fips year labor_force employed unemployed unemployment_rate",
        labor_force_rows,
    ),
    "population.csv": ("area_fips year population", population_rows),
    "projections.csv": (f"area_fips {_PROJECTIONS}", projection_rows),
    "thresholds.csv": ("area_fips household year annual_wage source", threshold_rows),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("ascii"))


def _table(columns: str, rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns.split())
    writer.writerows(rows)
    return text.getvalue()


def make(out: Path, regions: Path | None = None) -> None:
    """Write every data file of the sample.

    Parameters
    ----------
    out : pathlib.Path
        Folder for the data files, created if need be.
    regions : pathlib.Path, optional
        Folder of the sample's region definitions; its `projections.csv` is written too.
    """
    out.mkdir(parents=True, exist_ok=True)
    areas = [*(c.area_fips for c in counties(2017)), UNKNOWN, STATEWIDE]
    for year in ANNUAL_YEARS:
        annual_zip(out, areas if year == SLICE_YEAR else [*areas, NATION], year)
    for year in QUARTERLY_YEARS:
        quarterly_zip(out, [*areas, NATION], year)
    name = f"api/{SLICE_YEAR}/a/area/{NATION}.csv"
    _write(out / name, slice_text(NATION, Period(SLICE_YEAR)))
    for name, (columns, rows) in _TABLES.items():
        _write(out / name, _table(columns, rows()))
    _write(out / "cb_2023_99_county.geojson", counties_geojson())
    _write(out / "cb_2023_99_state.geojson", state_geojson())
    if regions:
        text = _table(f"region {_PROJECTIONS}", region_projection_rows())
        _write(regions / "projections.csv", text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample.make", description=__doc__)
    parser.add_argument("--out", type=Path, default=data_dir(), help="folder for the data files")
    parser.add_argument("--regions", type=Path, help="the sample's folder of region definitions")
    given = parser.parse_args(arguments)
    make(given.out, given.regions)


if __name__ == "__main__":
    main()
