"""The reference tables against the agencies' files, and the code grammar against real rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from itertools import pairwise

import pytest

from lmi import codes, naics
from lmi.missing import Missing
from lmi.reference import read_reference
from lmi.reference.poverty import poverty_guideline

TABLES = (
    "areas", "county_changes", "industries", "industry_titles_earlier", "naics_changes",
    "consumer_prices", "poverty_guidelines", "states",
)  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_one_row_a_key(name):
    keys = {"industry_titles_earlier": 2, "naics_changes": 4, "poverty_guidelines": 2}.get(name, 1)
    rows = [tuple(row[:keys]) for row in read_reference(name)]
    assert rows
    assert len(rows) == len(set(rows))


def test_tables_are_read_with_their_accents():
    assert ["35013", "Doña Ana County, New Mexico", ""] in read_reference("areas")


@pytest.mark.parametrize(
    ("year", "persons", "state", "income"),
    [
        # Persons in family and guideline as the Federal Register prints them.
        (2010, 1, "08", 10_830),
        (2012, 4, "41", 23_050),
        (2016, 3, "08", 20_160),
        (2016, 7, "08", 36_730),
        (2016, 8, "02", 51_120),
        (2016, 9, "15", 51_790),
        (2023, 3, "48", 24_860),
        (2023, 8, "11", 50_560),
        (2024, 8, "39", 52_720),
        (2025, 3, "39", 26_650),
        (2009, 3, "39", 18_310),  # the nearest year that is listed
    ],
)
def test_poverty_guidelines_are_those_of_the_federal_register(year, persons, state, income):
    assert poverty_guideline(year, persons, state).annual_income == income


def test_poverty_guidelines_rise_with_persons_and_never_fall_from_year_to_year():
    rows = read_reference("poverty_guidelines")
    areas = {row[1] for row in rows}
    assert areas == {"48 states and DC", "Alaska", "Hawaii"}
    for area in areas:
        table = [[int(x) for x in (row[0], *row[2:-1])] for row in rows if row[1] == area]
        assert [row[0] for row in table] == list(range(2010, 2027))
        for row in table:
            assert row[1:9] == sorted(set(row[1:9]))
        for before, after in pairwise(table):
            assert all(b <= a for b, a in zip(before[1:9], after[1:9], strict=True))


@pytest.mark.parametrize("state", ["72", "99", "ZZ"])
def test_no_guideline_is_made_up_where_none_is_issued(state):
    assert isinstance(poverty_guideline(2023, 3, state), Missing)


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
