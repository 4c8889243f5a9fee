"""Rebuild the reference tables from the agencies' files.

Run ``python tools/reference_tables.py --help``; reading the workbooks needs openpyxl. The same
files give the same bytes. The table ``county_changes.csv`` is kept by hand and only read here.
Every source is named in ``lmi/reference/README.md``.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

TABLES = Path(__file__).resolve().parents[1] / "lmi" / "reference"
VINTAGES = (2012, 2017, 2022)
REVISIONS = ((2012, 2017), (2017, 2022))
# In every Census list, and not used in the United States: QCEW never publishes it.
NOT_USED_IN_US = {"54112", "541120"}
# Absent from the 1:20m boundary files.
VIRGIN_ISLANDS = ("78", "Virgin Islands", "VI")

Rows = list[tuple[str, ...]]


def census_list(path: Path) -> dict[str, str]:
    """Read a Census NAICS code list: code to title."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.reader(handle) if row and row[0].strip().isdigit()]
    return {row[1].strip(): " ".join(row[2].split()) for row in rows}


def concordance(path: Path) -> set[tuple[str, str]]:
    """Read a Census full concordance: pairs of old and new six-digit code."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return {
            (row[0].strip(), row[2].strip())
            for row in csv.reader(handle)
            if row and row[0].strip().isdigit()
        }


def workbook(path: Path) -> dict[str, str]:
    """Read a two-column BLS title workbook: code to title."""
    import pandas

    frame = pandas.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    return dict(zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True))


def boundary_table(path: Path, columns: Sequence[str]) -> Rows:
    """Read columns of a Census cartographic boundary file, without its shapes."""
    import geopandas

    frame = geopandas.read_file(path, ignore_geometry=True)[list(columns)]
    return [tuple(str(value) for value in row) for row in frame.itertuples(index=False)]


def sentence_case(title: str) -> str:
    """Write a Census title the way BLS writes its own."""
    return title[:1] + title[1:].lower().replace("’", "'")


def split_title(bls_title: str) -> tuple[str, str]:
    """Split ``NAICS07 7221 Full-service restaurants`` into its mark and its title."""
    first, rest = bls_title.split(" ", 1)
    return (first, rest.split(" ", 1)[1]) if first.startswith("NAICS") else ("", rest)


def vintages_of(code: str, mark: str, census: dict[int, dict[str, str]]) -> str:
    """Name the vintages in which a code is in use."""
    listed = [str(year) for year in VINTAGES if code in census[year]]
    if listed:
        return " ".join(listed)
    if mark in ("NAICS02", "NAICS07"):
        return f"20{mark[-2:]}"
    return " ".join(map(str, VINTAGES))


def industries(census: dict[int, dict[str, str]], bls: dict[str, str]) -> Rows:
    """Build the table of industry codes: code, title, vintages, published in QCEW."""
    rows: Rows = []
    for code in sorted(set(bls).union(*census.values())):
        if code in bls:
            mark, title = split_title(bls[code])
            published = code not in NOT_USED_IN_US
        else:
            latest = max(year for year in VINTAGES if code in census[year])
            mark, title, published = "", sentence_case(census[latest][code]), False
        rows.append((code, title, vintages_of(code, mark, census), "yes" if published else "no"))
    return rows


def earlier_titles(census: dict[int, dict[str, str]]) -> Rows:
    """Build the table of titles that a code carried in an earlier vintage."""
    rows: Rows = []
    for code in sorted(set().union(*census.values())):
        titles = {year: census[year][code] for year in VINTAGES if code in census[year]}
        newest = _plain(titles[max(titles)])
        rows += [
            (code, str(year), sentence_case(title))
            for year, title in titles.items()
            if _plain(title) != newest
        ]
    return rows


def _plain(title: str) -> str:
    return "".join(letter for letter in title.lower() if letter.isalnum())


def naics_changes(pairs: dict[tuple[int, int], set[tuple[str, str]]]) -> Rows:
    """Build the table of six-digit codes that a revision moved, split or merged."""
    rows: Rows = []
    for (old_year, new_year), edges in pairs.items():
        to, back = defaultdict(set), defaultdict(set)
        for old, new in edges:
            to[old].add(new)
            back[new].add(old)
        rows += [
            (str(old_year), old, str(new_year), new)
            for old, new in sorted(edges)
            if to[old] != {old} or back[new] != {new}
        ]
    return rows


def areas(bls: dict[str, str], counties: dict[str, tuple[str, str]], changed: set[str]) -> Rows:
    """Build the table of areas: code, title, and ``retired`` for codes gone before 1990."""
    rows: Rows = []
    for code in sorted(set(bls) | set(counties)):
        title, note = bls.get(code, ""), ""
        if code in counties and "+" not in title:
            name, state = counties[code]
            title = name if name == state else f"{name}, {state}"
        elif code.isdigit() and code[2:] not in ("000", "999") and code[:2] != VIRGIN_ISLANDS[0]:
            note = "" if code in changed or code in counties else "retired"
        if code in counties and code not in bls:
            note = "not published"
        rows.append((code, title, note))
    return rows


def changed_codes(path: Path) -> set[str]:
    """List the area codes of the hand-kept table of county changes."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {
            code
            for row in csv.DictReader(handle)
            for code in f"{row['before']} {row['after']}".split()
        }


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def make(naics: Path, titles: Path, boundaries: Path, out: Path) -> None:
    """Read the agencies' files in three folders and write the tables into a fourth."""
    census = {year: census_list(naics / f"naics_{year}_codes.csv") for year in VINTAGES}
    pairs = {(a, b): concordance(naics / f"{a}_to_{b}_NAICS.csv") for a, b in REVISIONS}
    bls_industries = workbook(titles / "industry-titles.xlsx")
    bls_areas = workbook(titles / "area-titles-xlsx.xlsx")
    counties: dict[str, tuple[str, str]] = {}
    for year in (2021, 2023):
        table = boundary_table(
            boundaries / f"cb_{year}_us_county_20m.zip", ("GEOID", "NAMELSAD", "STATE_NAME")
        )
        counties |= {code: (name, state) for code, name, state in table}
    states = boundary_table(boundaries / "cb_2023_us_state_20m.zip", ("STATEFP", "NAME", "STUSPS"))
    changed = changed_codes(TABLES / "county_changes.csv")

    write(
        out / "industries.csv",
        ("industry_code", "industry_title", "vintages", "published"),
        industries(census, bls_industries),
    )
    write(
        out / "industry_titles_earlier.csv",
        ("industry_code", "naics_year", "industry_title"),
        earlier_titles(census),
    )
    write(
        out / "naics_changes.csv",
        ("old_year", "old_code", "new_year", "new_code"),
        naics_changes(pairs),
    )
    write(
        out / "areas.csv", ("area_fips", "area_title", "note"), areas(bls_areas, counties, changed)
    )
    write(
        out / "states.csv",
        ("state_fips", "state_name", "state_postal"),
        sorted([*states, VIRGIN_ISLANDS]),
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--naics", type=Path, required=True, help="folder of Census NAICS files")
    parser.add_argument("--titles", type=Path, required=True, help="folder of BLS title workbooks")
    parser.add_argument("--boundaries", type=Path, required=True, help="folder of boundary zips")
    parser.add_argument("--out", type=Path, default=TABLES, help="where to write")
    given = parser.parse_args(argv)
    make(given.naics, given.titles, given.boundaries, given.out)


if __name__ == "__main__":
    main()
