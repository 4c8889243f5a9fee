"""Residents and the labor force: their tables, and what is said of any count of people or jobs."""

from __future__ import annotations

import polars as pl

from lmi.schema.columns import Column, Relation, Table, year_column

__all__ = [
    "IN_THOUSANDS", "LABOR_FORCE", "MOST_JOBS", "POPULATION", "in_thousands", "persons",
]  # fmt: skip

MOST_JOBS = 400_000_000  # more than the nation has people
IN_THOUSANDS = "such numbers are often in thousands: multiply them by 1,000"
IN_A_SHARE = "a rate is in percent here: multiply a share by 100"


def in_thousands(
    total: str, least_nation: int, least_state: int, *of_all: pl.Expr, place: str = "area_fips"
) -> pl.Expr:
    """Tell a total that is too small for the nation or a state; the sample's are fictional."""
    area = pl.col(place).cast(pl.String)
    is_state = area.str.contains(r"^(0|1|2|3|4|5)\d000$")
    too_small = (area == "US000") & (pl.col(total) < least_nation)
    too_small |= is_state & (pl.col(total) < least_state)
    return pl.all_horizontal(pl.col(total) > 0, too_small, *of_all)


def _nobody(total: str) -> Relation:
    """Tell a place of nobody, which there is none of: the least of all counties has 43 people."""
    return Relation(
        ("area_fips", total),
        pl.col(total) == 0,
        f"{{area_fips}} cannot have a {total} of 0, for somebody lives in each",
        "leave the field empty or the row out where the number is not known",
    )


def _too_many(total: str, most_county: int, most_state: int) -> Relation:
    """Tell a total that is beyond any county's or any state's."""
    area = pl.col("area_fips").cast(pl.String)
    is_state = area.str.contains(r"^\d\d000$")
    is_county = area.str.contains(r"^\d{5}$") & ~is_state
    beyond = (is_county & (pl.col(total) > most_county)) | (is_state & (pl.col(total) > most_state))
    return Relation(
        ("area_fips", total),
        beyond,
        f"{{area_fips}} cannot have a {total} of {{{total}:,}}, more than any such place has",
    )


def _labor_force() -> tuple[Relation, ...]:
    force, employed = pl.col("labor_force"), pl.col("employed")
    unemployed, rate = pl.col("unemployed"), pl.col("unemployment_rate")
    # Some states round to tens or hundreds; three rounded numbers add up within one and a half.
    parts = (force, employed, unemployed)
    hundreds = pl.all_horizontal(part % 100 == 0 for part in parts)
    tens = pl.all_horizontal(part % 10 == 0 for part in parts)
    unit = pl.when(hundreds).then(100).when(tens).then(10).otherwise(1)
    expected = 100 * unemployed / force
    room = 0.051 + 100 * unit / force
    return (
        Relation(
            ("labor_force", "unemployed"),
            unemployed > force,
            "unemployed {unemployed:,} cannot be more than labor_force {labor_force:,}",
        ),
        Relation(
            ("labor_force", "employed"),
            employed > force,
            "employed {employed:,} cannot be more than labor_force {labor_force:,}",
        ),
        Relation(
            ("labor_force", "employed", "unemployed"),
            (employed + unemployed - force).abs() > 1.5 * unit,
            "employed {employed:,} and unemployed {unemployed:,} must add up to labor_force "
            "{labor_force:,}",
        ),
        Relation(
            ("labor_force", "employed", "unemployed", "unemployment_rate"),
            (force > 0) & ((100 * rate - expected).abs() <= 100 * room) & (expected > 2 * rate),
            "unemployment_rate is {unemployment_rate}; of labor_force {labor_force:,} unemployed "
            "{unemployed:,} are a hundred times that in percent",
            IN_A_SHARE,
        ),
        Relation(
            ("labor_force", "employed", "unemployed", "unemployment_rate"),
            (force > 0) & ((rate - expected).abs() > room),
            "unemployment_rate is {unemployment_rate}; it must be unemployed {unemployed:,} in "
            "percent of labor_force {labor_force:,}",
        ),
        Relation(
            ("unemployment_rate",),
            (rate > 0) & (rate < 0.3),
            "unemployment_rate is {unemployment_rate}, lower than any place's in percent",
            IN_A_SHARE,
        ),
        Relation(
            ("area_fips", "labor_force"),
            in_thousands("labor_force", 10_000_000, 50_000),
            "{area_fips} cannot have a labor_force of only {labor_force:,}",
            IN_THOUSANDS,
        ),
        _too_many("labor_force", 8_000_000, 30_000_000),
        _nobody("labor_force"),
    )


def persons(name: str, meaning: str, *, blank: bool = False) -> Column:
    """Make a column of people."""
    return Column(name, "int", "persons", meaning, blank, lowest=0, highest=MOST_JOBS)


LABOR_FORCE = Table(
    "labor_force",
    (
        Column("area_fips", "code", "", "Area"),
        year_column("year", "Year", since=1970),
        persons("labor_force", "Labor force", blank=True),
        persons("employed", "Employed residents", blank=True),
        persons("unemployed", "Unemployed residents", blank=True),
        Column("unemployment_rate", "float", "percent", "Rate", True, lowest=0, highest=100),
    ),
    key=("area_fips", "year"),
    replaces=("area_fips", "year"),
    relations=_labor_force(),
)
POPULATION = Table(
    "population",
    (
        Column("area_fips", "code", "", "Area"),
        year_column("year", "Year, of whose first of July the estimate is", since=1970),
        persons("population", "Residents"),
    ),
    key=("area_fips", "year"),
    replaces=("area_fips", "year"),
    relations=(
        Relation(
            ("area_fips", "population"),
            in_thousands("population", 10_000_000, 100_000),
            "{area_fips} cannot have a population of only {population:,}",
            IN_THOUSANDS,
        ),
        _too_many("population", 15_000_000, 60_000_000),
        _nobody("population"),
    ),
)
