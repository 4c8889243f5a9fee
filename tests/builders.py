"""Small files in the agencies' layouts, for tests of what reads them.

A table of cells is written as a reader would: `area own industry establishments jobs wages`, and a
disclosure code where the agency withholds. The column names stand here a second time on purpose:
taken from `lmi.schema`, a wrong spelling there would go unnoticed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from lmi import codes
from lmi.naics import LEVELS, parse_industry
from lmi.store import Store
from lmi.store.file_result import FileResult
from lmi.store.ingest import ingest

KEYS = (
    *("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"),
    "disclosure_code",
)
TITLES = ("area_title", "own_title", "industry_title", "agglvl_title", "size_title")
ANNUAL = (
    *("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages", "taxable_annual_wages"),
    *("annual_contributions", "annual_avg_wkly_wage", "avg_annual_pay"),
)
QUARTERLY = (
    *("qtrly_estabs", "month1_emplvl", "month2_emplvl", "month3_emplvl", "total_qtrly_wages"),
    *("taxable_qtrly_wages", "qtrly_contributions", "avg_wkly_wage"),
)
MEASURED = {"A": ANNUAL}  # quarters have the other
COUNTIES = """
    08001 0 10 100 2000 90000000
    08001 5 10  90 1800 80000000
    08001 5 62  20    0        0 N
    08003 0 10  10   50  2000000
"""
# A state and its two counties, whose sectors are withheld.
TWO_COUNTIES = """
99000 0 10 30 300 9
99000 5 10 30 300 9
99000 5 23 10 100 3
99000 5 62 20 200 6
99001 0 10 12 150 5
99001 5 10 12 150 5
99001 5 23  4 0 0 N
99001 5 62  8 0 0 N
99003 0 10 18 150 4
99003 5 10 18 150 4
99003 5 23  6 0 0 N
99003 5 62 12 0 0 N
"""
# A state and one of its counties, every cell disclosed: `withheld` hides some.
FAMILY = """
    08000 0 10 60 600 9
    08000 5 10 60 600 9
    08000 5 23 20 200 9
    08000 5 62 20 250 9
    08000 5 72 20 150 9
    08001 0 10 30 330 9
    08001 5 10 30 330 9
    08001 5 23 10 120 9
    08001 5 62 10 130 9
    08001 5 72 10  80 9
"""


def header(qtr: str = "A", layout: str = "slice") -> list[str]:
    """The column names of a layout.

    ``slice`` is an open-data slice or a single file, ``by-area`` a by-area file with titles and
    `_count`, ``short`` one that cuts `_chg` from the percent changes, ``trimmed`` one without
    quotients, changes and tax columns.
    """
    measures = list(MEASURED.get(qtr, QUARTERLY))
    if layout == "trimmed":
        kept = [m for m in measures if not m.startswith(("taxable_", "qtrly_c", "annual_c"))]
        return [*KEYS, *kept]
    if layout == "by-area":
        measures = [m.replace("_estabs", "_estabs_count") for m in measures]
    percent = "pct" if layout == "short" else "pct_chg"
    changes = [f"oty_{m}_{end}" for m in measures for end in ("chg", percent)]
    titles = TITLES if layout == "by-area" else ()
    quotients = ["lq_disclosure_code", *(f"lq_{m}" for m in measures)]
    return [*KEYS, *titles, *measures, *quotients, "oty_disclosure_code", *changes]


def agglvl_code(area_fips: str, own_code: str, industry_code: str) -> str:
    """The aggregation level that the agency prints in a row."""
    kind = codes.parse_area(area_fips).kind.replace("unknown", "county")
    level = parse_industry(industry_code).level
    tens = {"nation": "1", "msa": "4", "state": "5", "county": "7"}[kind]
    return tens + ("0" if own_code in ("0", "8", "9") else str(LEVELS.index(level) + 1))


def _measures(qtr: str, estabs: int, jobs: int, wages: int) -> list[int]:
    if qtr == "A":
        weekly = round(wages / jobs / 52) if jobs else 0
        return [estabs, jobs, wages, 0, 0, weekly, round(wages / jobs) if jobs else 0]
    weekly = round(wages / jobs / 13) if jobs else 0
    return [estabs, jobs, jobs, jobs, wages, 0, 0, weekly]


def rows_of(cells: str, year: int = 2016, qtr: str = "A") -> list[dict[str, object]]:
    """One dictionary a row, by the names of open-data slices, as the agency prints it."""
    found = []
    for line in (text for text in cells.strip().splitlines() if text.strip()):
        area, own, industry, estabs, jobs, wages, *code = line.split()
        gate = code[0] if code else ""
        level = agglvl_code(area, own, industry)
        key = [area, own, industry, level, "0", year, qtr, gate]
        row: dict[str, object] = dict(zip(KEYS, key, strict=True))
        names = MEASURED.get(qtr, QUARTERLY)
        row |= dict(zip(names, _measures(qtr, int(estabs), int(jobs), int(wages)), strict=True))
        row |= {"lq_disclosure_code": "N" if gate else "", "oty_disclosure_code": gate and "N"}
        for m in names:
            hidden = gate and "estabs" not in m
            change, percent = (0, 0) if hidden else _change(int(str(row[m])))
            quotient = "0.0" if hidden else _quotient(own, m)
            row |= {f"lq_{m}": quotient, f"oty_{m}_chg": change, f"oty_{m}_pct_chg": percent}
        found.append(row)
    return found


def _change(level: int) -> tuple[int, float]:
    """Three fewer than a year before, in percent as well."""
    return -3, round(-300 / (level + 3), 1)


def _quotient(own: str, measure: str) -> str:
    """A total's is 1, and that of wages is that of jobs times that of pay."""
    return "1.0" if own == "0" or measure.endswith(("_wage", "_pay")) else "1.25"


def withheld(cells: str, *names: str) -> str:
    """The same cells with those of these `area own industry` withheld."""
    lines = {" ".join(line.split()[:3]): line for line in cells.strip().splitlines()}
    for name in names:
        lines[name] = f"{name} {lines[name].split()[3]} 0 0 N"
    return "\n".join(lines.values())


def table_text(
    names: Iterable[str],
    rows: Iterable[Mapping[str, object]],
    *,
    end: str = "\n",
    quote: bool = False,
) -> str:
    """Rows as CSV."""
    buffer = io.StringIO()
    quoting = csv.QUOTE_NONNUMERIC if quote else csv.QUOTE_MINIMAL
    writer = csv.writer(buffer, lineterminator=end, quoting=quoting)
    writer.writerow(names)
    for row in rows:
        writer.writerow([row.get(_as_in_slices(n), "a title") for n in names])
    return buffer.getvalue()


def _as_in_slices(name: str) -> str:
    name = name.replace("estabs_count", "estabs")
    return f"{name}_chg" if name.endswith("_pct") else name


def qcew(cells: str = COUNTIES, year: int = 2016, qtr: str = "A", layout: str = "slice") -> str:
    """A QCEW file of a layout with these cells."""
    by_area = layout == "by-area"
    return table_text(
        header(qtr, layout),
        rows_of(cells, year, qtr),
        end="\r\n" if by_area else "\n",
        quote=by_area,
    )


def flows(*rows: str, year: int = 2021) -> str:
    """A commuting table of `work home jobs`."""
    lines = [f"{','.join(row.split())},{year}" for row in rows or ("08001 08003 72",)]
    return "\n".join(["w_county_fips,h_county_fips,jobs,year", *lines, ""])


def write_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A deflated zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write(path: Path, content: str | bytes) -> Path:
    """A file with exactly these bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def feature_collection(geoids: Iterable[str], **changed: object) -> str:
    """A GeoJSON map of squares in a row; `changed` overwrites members of every feature."""
    features = []
    for i, geoid in enumerate(geoids):
        x, y = -105 + i, 39
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"GEOID": geoid, "NAME": f"Place {geoid}"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                **changed,
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features})


def take_in(store: Store | Path, *paths: Path, vintage: str = "") -> list[FileResult]:
    """Ingest, and insist that every file was added."""
    results = ingest(paths, store.root if isinstance(store, Store) else store, vintage=vintage)
    assert [o.status for o in results] == ["added"] * len(results), results
    return results


def refusal(store: Store, path: Path) -> str:
    """Ingest a bad file, and return the sentence that refuses it."""
    before = contents(store)
    result = ingest([path], store.root)[0]
    assert result.status == "failed", result
    assert contents(store) == before, "something of a refused file entered the store"
    return result.message


def is_one_sentence(message: str) -> bool:
    """No line break, no traceback, and no full stop but in numbers and file names."""
    return not re.search(r"\n|Traceback|\. [A-Z]", message)


def contents(store: Store) -> dict[str, str]:
    """The hash of every file that a reader of the store may see, by its name."""
    files = (p for p in store.root.rglob("*") if p.is_file() and p.name != ".lock")
    return {
        p.relative_to(store.root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
    }


def jobs(store: Store, frequency: str = "annual", **chosen: object) -> dict[str, float | None]:
    """Jobs by `area own industry`, None where withheld."""
    column = "annual_avg_emplvl" if frequency == "annual" else "month3_emplvl"
    rows = store.qcew(frequency, **chosen)  # type: ignore[arg-type]
    names = rows["area_fips"] + " " + rows["own_code"] + " " + rows["industry_code"]
    values = [None if pd.isna(v) else int(v) for v in rows[column]]
    return dict(zip(names, values, strict=True))
