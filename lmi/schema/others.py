"""The tables beside QCEW: projections, people and where they work, pay thresholds, boundaries."""

from __future__ import annotations

import polars as pl

from lmi.schema.columns import Column, Relation, Table, year_column
from lmi.schema.residents import (
    IN_THOUSANDS,
    LABOR_FORCE,
    MOST_JOBS,
    POPULATION,
    in_thousands,
    persons,
)

__all__ = [
    "BOUNDARIES",
    "COMMUTING",
    "COMMUTING_ALL_JOBS",
    "COMMUTING_SURVEY",
    "CONSUMER_PRICES",
    "COUNTS",
    "IN_THOUSANDS",
    "LABOR_FORCE",
    "OTHER_TABLES",
    "POPULATION",
    "PROJECTIONS",
    "STATE_PROJECTIONS",
    "THRESHOLDS",
]

COUNTS = {
    "jobs": "jobs as QCEW counts them",
    "all-jobs": "all jobs, the self-employed too",
    "growth": "growth alone: the base is 100 and no number of jobs",
}
"""What the numbers of a projection count; only the growth of the last two can be used."""


def _projections() -> tuple[Relation, ...]:
    base, projected = pl.col("base_emplvl"), pl.col("projected_emplvl")
    years = pl.col("projected_year") - pl.col("base_year")
    larger, smaller = pl.max_horizontal(base, projected), pl.min_horizontal(base, projected)
    return (
        Relation(
            ("base_year", "projected_year"),
            ~years.is_between(1, 30),
            "the projection ends in {projected_year}, not 1 to 30 years after it begins in "
            "{base_year}",
            "write the later year as projected_year",
        ),
        Relation(
            ("base_emplvl", "projected_emplvl"),
            (larger >= 1000) & (larger > 50 * smaller) & (smaller > 0),
            "base_emplvl {base_emplvl:,} and projected_emplvl {projected_emplvl:,} cannot be more "
            "than 50-fold apart",
            "write both in jobs",
        ),
    )


_ALL_JOBS_IN_THOUSANDS = Relation(
    ("area_fips", "industry_code", "base_emplvl"),
    in_thousands(
        "base_emplvl", 10_000_000, 50_000, pl.col("industry_code").cast(pl.String) == "10"
    ),
    "{area_fips} cannot have only {base_emplvl:,} jobs in all",
    IN_THOUSANDS,
)
_OWN_JOBS_IN_THOUSANDS = Relation(
    ("place", "industry_code", "base_emplvl", "counts"),
    in_thousands(
        "base_emplvl", 10_000_000, 50_000, pl.col("industry_code").cast(pl.String) == "10",
        pl.col("counts") != "growth", place="place",
    ),
    "{place} cannot have only {base_emplvl:,} jobs in all",
    IN_THOUSANDS,
)  # fmt: skip


def _jobs(name: str, meaning: str) -> Column:
    return Column(name, "float", "jobs", meaning, lowest=0, highest=MOST_JOBS)


def _flows(name: str, jobs: str, meaning: str) -> Table:
    return Table(
        name,
        (
            Column("w_county_fips", "code", "", "County of work"),
            Column("h_county_fips", "code", "", "County of home"),
            Column(jobs, "int", "jobs", meaning, lowest=0, highest=20_000_000),
            year_column("year", "Year"),
        ),
        key=("w_county_fips", "h_county_fips", "year"),
        replaces=("w_county_fips", "year"),
    )


PROJECTIONS = Table(
    "projections",
    (
        Column("area_fips", "code", "", "Area"),
        Column("industry_code", "code", "", "Industry"),
        Column("own_code", "code", "", "Ownership, 0 for all"),
        year_column("base_year", "Year that the projection starts from"),
        year_column("projected_year", "Year that it reaches"),
        _jobs("base_emplvl", "Employment in the base year"),
        _jobs("projected_emplvl", "Employment in the projected year"),
        Column("source", "text", "", "Who projected it"),
    ),
    key=("area_fips", "industry_code", "own_code", "base_year", "projected_year"),
    replaces=("area_fips", "base_year", "projected_year"),
    relations=(*_projections(), _ALL_JOBS_IN_THOUSANDS),
)
STATE_PROJECTIONS = Table(
    "state_projections",
    (
        Column("place", "text", "", "Region, as STATE/REGION, or area"),
        *PROJECTIONS.columns[1:-1],
        Column("counts", "text", "", "What its numbers count: one of `lmi.schema.others.COUNTS`"),
        PROJECTIONS.columns[-1],
    ),
    key=("place", *PROJECTIONS.key[1:]),
    replaces=("place", "base_year", "projected_year"),
    relations=(*_projections(), _OWN_JOBS_IN_THOUSANDS),
)
"""Rows of a state's own tables, which the mapping in its ``state.yml`` makes of them."""

COMMUTING = _flows("commuting", "jobs", "Main jobs, one for each person")
COMMUTING_ALL_JOBS = _flows(
    "commuting_all_jobs", "all_jobs", "All jobs, of which a person may have several"
)
COMMUTING_SURVEY = Table(
    "commuting_survey",
    (
        Column("w_county_fips", "code", "", "County of work, XX000 outside the United States"),
        Column("h_county_fips", "code", "", "County of home"),
        persons("workers", "Workers of 16 years and over"),
        persons("margin_of_error", "Margin of error at 90 percent", blank=True),
        year_column("year", "Last of the five years of the survey"),
    ),
    key=("w_county_fips", "h_county_fips", "year"),
    replaces=("h_county_fips", "year"),
    relations=(
        # Of 137,492 flows of 2009-2013 none has a margin beyond twice the workers and 43 more, and
        # of those within a county none beyond the workers.
        Relation(
            ("workers", "margin_of_error"),
            pl.col("margin_of_error") > 2 * pl.col("workers") + 100,
            "margin_of_error {margin_of_error:,} cannot be that of {workers:,} workers",
            "see whether the two columns are swapped",
        ),
        Relation(
            ("w_county_fips", "h_county_fips", "workers", "margin_of_error"),
            (pl.col("w_county_fips") == pl.col("h_county_fips"))
            & (pl.col("margin_of_error") > pl.col("workers")),
            "margin_of_error {margin_of_error:,} cannot be more than the {workers:,} workers that "
            "live and work in {h_county_fips}",
            "see whether the two columns are swapped",
        ),
    ),
)
THRESHOLDS = Table(
    "thresholds",
    (
        Column("area_fips", "code", "", "Area"),
        Column("household", "text", "", "Household that the threshold sustains"),
        year_column("year", "Year of its prices"),
        Column(
            "annual_wage", "float", "USD per year", "Pay that sustains it",
            lowest=5000, highest=400_000,
            if_below="as only pay by the hour or month can be: multiply that by the hour by 2,080",
            if_above="as only the pay of many or an amount in cents can be",
        ),
        Column("source", "text", "", "Who computed it"),
    ),
    key=("area_fips", "household", "year"),
    replaces=("area_fips", "household", "year"),
    relations=(
        # Since 2010 the federal guideline of one person has been above 10,000 USD.
        Relation(
            ("year", "annual_wage"),
            (pl.col("annual_wage") < 10_000) & (pl.col("year") >= 2010),
            "annual_wage is {annual_wage:,.0f} in {year}, as only pay by the month can be",
            "multiply it by 12",
        ),
    ),
)  # fmt: skip
CONSUMER_PRICES = Table(
    "consumer_prices",
    (
        year_column("year", "Year", since=1913),
        Column(
            "cpi_u", "float", "1982-84 = 100",
            "Consumer Price Index of all urban consumers, U.S. city average, all items, of a year",
            lowest=9, highest=2000,
            if_below="as an index of another base is",
            if_above="as no index on the base 1982-84 = 100 is",
        ),
    ),
    key=("year",),
    replaces=("year",),
)  # fmt: skip
BOUNDARIES = Table(
    "boundaries",
    (
        Column("area_fips", "code", "", "State, two digits, or county, five"),
        Column("name", "text", "", "Name of the place"),
        Column("geometry", "outline", "", "Its outline in longitude and latitude"),
    ),
    key=("area_fips",),
    replaces=(),
    partition=("kind", "state", "year"),
)
"""Stored as GeoParquet; `Store.boundaries` reads it."""

OTHER_TABLES = (
    PROJECTIONS, STATE_PROJECTIONS, COMMUTING, COMMUTING_ALL_JOBS, COMMUTING_SURVEY, LABOR_FORCE,
    POPULATION, THRESHOLDS, CONSUMER_PRICES,
)  # fmt: skip
