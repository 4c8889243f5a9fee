"""The shared real files in the layout in which the agencies' sites have them, host by host.

By-area files say `estabs_count` where slices say `estabs`, and have titles that slices lack.
"""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path

SLICES = Path("data.bls.gov/cew/data/api")
MAPS = Path("www2.census.gov/geo/tiger")


def build(shared: Path, mirror: Path) -> Path:
    """Lay out Colorado 2016, Hawaii 2016 and 2017, the nation 2016 and 2024, Ohio, the maps."""
    qcew = shared / "qcew"
    for name in ("2016_qtrly_by_area_colorado.zip", "hawaii/2016_qtrly_by_area_hawaii.zip"):
        with zipfile.ZipFile(qcew / name) as archive:
            for member in archive.namelist():
                _cut(archive.read(member).decode(), mirror)
    for path in sorted((qcew / "us000_2016_reconstructed").glob("*.csv")):
        _cut(path.read_text(), mirror)
    for name in ("hawaii/2017.annual.singlefile_hawaii.csv.gz", "US000_2024_annual.csv.gz"):
        _cut(gzip.decompress((qcew / name).read_bytes()).decode(), mirror)
    shutil.copytree(qcew / "api", mirror / SLICES, dirs_exist_ok=True)
    for path in sorted((shared / "boundaries").glob("cb_*.zip")):
        year = path.name.split("_")[1]
        place = mirror / MAPS / f"GENZ{year}" / "shp" / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return mirror


def _cut(text: str, mirror: Path) -> None:
    """Cut a file into slices of an area and a period."""
    rows = csv.reader(io.StringIO(text))
    every = next(rows)
    names = [n for n in every if not n.endswith("_title")]
    kept = itemgetter(*map(every.index, names))
    period_and_area = itemgetter(*map(every.index, ("year", "qtr", "area_fips")))
    slices: dict[tuple[str, str, str], list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        year, quarter, area = period_and_area(row)
        slices[year, quarter.lower(), area].append(kept(row))
    for (year, quarter, area), found in slices.items():
        place = mirror / SLICES / year / quarter / "area" / f"{area}.csv"
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([_as_in_slices(names), *found])


def _as_in_slices(names: Iterable[str]) -> list[str]:
    return [name.replace("estabs_count", "estabs") for name in names]
