"""The reference tables against the agencies' files, and the code grammar against real rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

from lmi import codes, naics, reference
from lmi.reference import make, read_reference

TABLES = ("areas", "industries", "industry_titles_earlier", "naics_changes", "states")


@pytest.mark.parametrize("name", [*TABLES, "county_changes"])
def test_tables_have_one_row_a_key(name):
    keys = {"industry_titles_earlier": 2, "naics_changes": 4}.get(name, 1)
    rows = [tuple(row[:keys]) for row in read_reference(name)]
    assert rows
    assert len(rows) == len(set(rows))


def test_tables_are_read_with_their_accents():
    assert ["35013", "Doña Ana County, New Mexico", ""] in read_reference("areas")


def test_making_the_tables_again_gives_the_same_bytes(shared_data, tmp_path):
    pytest.importorskip("openpyxl")
    folders = {"naics": "naics", "titles": "bls_titles", "boundaries": "boundaries"}
    options = [f"--{name}={shared_data / folder}" for name, folder in folders.items()]
    make.main([*options, f"--out={tmp_path}"])
    kept = Path(reference.__file__).parent
    for name in TABLES:
        table = f"{name}.csv"
        assert (tmp_path / table).read_bytes() == (kept / table).read_bytes(), table


def test_titles_of_bls_lose_their_mark():
    assert make.split_title("NAICS07 7221 Full-service restaurants") == (
        "NAICS07",
        "Full-service restaurants",
    )
    assert make.split_title("1013 Manufacturing") == ("", "Manufacturing")


def test_only_what_a_revision_touched_is_kept():
    edges = {("1", "1"), ("2", "3"), ("4", "4"), ("4", "5"), ("6", "4")}
    assert make.naics_changes({(2017, 2022): edges}) == [
        ("2017", "2", "2022", "3"),
        ("2017", "4", "2022", "4"),
        ("2017", "4", "2022", "5"),
        ("2017", "6", "2022", "4"),
    ]


def qcew_files(shared_data):
    """Yield every real QCEW file as rows of text."""
    for archive in ("2016_qtrly_by_area_colorado.zip", "2016_qtrly_by_area_central_ohio.zip"):
        with zipfile.ZipFile(shared_data / "qcew" / archive) as held:
            for name in sorted(held.namelist()):
                if name.endswith(".csv"):
                    with held.open(name) as raw:
                        yield name, csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
    for path in sorted((shared_data / "qcew" / "api").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield path.name, csv.DictReader(handle)


def estabs_of(row):
    for column in ("qtrly_estabs_count", "qtrly_estabs", "annual_avg_estabs"):
        if column in row:
            return int(row[column])
    raise AssertionError(f"no establishment count among {list(row)}")


def test_every_real_row_is_known_at_its_level_under_its_parent_and_adds_up(shared_data):
    rows = 0
    for name, table in qcew_files(shared_data):
        estabs = defaultdict(dict)
        vintage, kind = None, None
        for row in table:
            rows += 1
            industry, own, level = row["industry_code"], row["own_code"], row["agglvl_code"]
            vintage = naics.naics_year(int(row["year"]))
            area, read = codes.parse_area(row["area_fips"]), codes.parse_agglvl(level)
            kind = "county" if area.kind == "unknown" else area.kind
            assert codes.is_area(area.area_fips), name
            assert naics.is_known(industry, vintage), (name, industry)
            assert naics.industry_level(industry) == read.industry_level, (name, industry, level)
            assert read.area_kind == kind, (name, level)
            assert read.by_ownership is (own in "1235"), (name, own, level)
            estabs[row["qtr"], own][industry] = estabs_of(row)
        for (qtr, own), counts in estabs.items():
            assert_counts_nest(name, qtr, own, counts, vintage)
    assert rows > 400_000


def assert_counts_nest(name, qtr, own, counts, vintage):
    """Establishment counts are never withheld: parts add up to their parent at every level."""
    for industry, whole in counts.items():
        above = naics.parent(industry)
        assert above is None or above in counts, (name, own, industry)
        if naics.industry_level(industry) == "sector":
            assert naics.supersector_of(industry) in counts, (name, own, industry)
        parts = [counts[c] for c in naics.children(industry, vintage) if c in counts]
        if parts and own in "1235":
            # A year's counts are means of four quarters, each rounded by itself.
            slack = 0.5 * (len(parts) + 1) if qtr == "A" else 0
            assert abs(sum(parts) - whole) <= slack, (name, qtr, own, industry)
