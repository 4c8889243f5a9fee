"""The mapping of a state's own projections, and what a mistake in it comes back as."""

from __future__ import annotations

import re

import pytest

from lmi.errors import ConfigError

REGIONS = 'regions: {north: {name: North, counties: ["08069"]}}\n'
MAPPING = """\
projections:
  own:
    source: The office
    base_year: 2024
    projected_years: [2034]
    columns: {place: Region, industry: Activity, year: Year, jobs: Jobs}
    places: {"1": north, "0": "08000", "9":}
    industries: {CARE: "62", LAND: ["11", "21"]}
"""


def test_a_mapping_as_its_author_wrote_it(colorado):
    table = colorado(REGIONS + MAPPING).projections["own"]
    assert (table.base_year, table.projected_years, table.counts) == (2024, (2034,), "jobs")
    assert table.places == {"1": "north", "0": "08000", "9": None}
    assert table.industries == {"CARE": ("62",), "LAND": ("11", "21")}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            "jobs: Jobs",
            "job: Jobs",
            11,
            "columns.job: the key is unknown; perhaps you meant 'jobs'",
        ),
        (
            ", jobs: Jobs",
            "",
            11,
            "columns: the numbers are in year; name year with jobs, jobs, base",
        ),
        ("year: Year, ", "", 11, "columns.jobs: write {year} where the year stands"),
        ("place: Region, ", "", 7, "own: name a column of places, or the one place of all rows"),
        ("place: Region", "name: Region", 11, "columns.name: it names place and industry; leave"),
        ("north,", "nord,", 12, "'nord' is neither a region of the state nor an area; perhaps you"),
        ('"08000"', "08000", 12, "the code 08000 stands without quotes"),
        ('CARE: "62"', 'CARE: "65"', 13, "'65' is not"),
        ('CARE: "62"', 'CARE: "11"', 13, "'11' is what 'CARE' is already; keep one"),
        ("[2034]", "[2024]", 10, "2024 is not 1 to 30 years after the base year 2024"),
        ("[2034]", "[2014]", 10, "2014 is not 1 to 30 years after the base year 2024"),
        ("[2034]", "[2064]", 10, "2064 is not 1 to 30 years after the base year 2024"),
        ("    base_year: 2024\n", "", 7, "own: say base_year, and projected_years such as [2034]"),
        ("    source: The office\n", "", 7, "source: this key is missing"),
        (
            "base_year: 2024",
            "counts: people",
            9,
            "counts: 'people' is not understood; write 'jobs'",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(colorado, refusal, old, new, line, says):
    text = MAPPING.replace(old, new, 1)
    assert text != MAPPING
    assert says in refusal(lambda: colorado(REGIONS + text), line)


@pytest.mark.parametrize(
    ("columns", "more", "says"),
    [
        ("{place: A, base: B, projected: C}", "", "say base_year, and projected_years"),
        (
            "{place: A, base: B, projected: C, period: P}",
            "base_year: 2024",
            "each row says its years",
        ),
        ("{place: A, growth: B, base: C, projected: D}", "", "base, growth and projected; name"),
        ("{place: A, base: B, projected: C, base_year: Y}", "", "name both base_year and"),
        ("{name: A, growth: B, period: P}", "", "columns.name and written such as {industry}R{pl"),
        ("{name: A, growth: B, period: P}", 'written: "R{place}"', "write {industry} and {place}"),
        (
            "{place: A, growth: B}",
            "base_year: 2024\n    projected_years: [2029, 2034]",
            "the table has one projected year; name that",
        ),
        (
            "{place: A, base: B, projected: b}",
            "base_year: 2024\n    projected_years: [2034]",
            "columns.projected: 'b' is the column of base already; name another",
        ),
        (
            "{place: A, base: Jobs 2034, projected: Jobs 2024}",
            "base_year: 2024\n    projected_years: [2034]",
            "columns.base: the column 'Jobs 2034' is of another year than 2024; correct either",
        ),
        (
            "{place: A, base: Jobs, projected: Jobs in 2032}",
            "base_year: 2024\n    projected_years: [2034]",
            "columns.projected: the column 'Jobs in 2032' is of another year than 2034",
        ),
    ],
)
def test_a_mapping_that_does_not_say_enough(colorado, columns, more, says):
    text = f"projections:\n  own:\n    source: X\n    columns: {columns}\n    {more}\n"
    text += '    places: {"1": north}\n'
    with pytest.raises(ConfigError, match=re.escape(says)):
        colorado(REGIONS + text)


def test_an_activity_is_either_mapped_or_left_out(colorado, refusal):
    text = MAPPING + "    left_out: {CARE: no industry}\n"
    assert "'CARE' is an industry above" in refusal(lambda: colorado(REGIONS + text), 14)
