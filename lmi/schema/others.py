"""The tables beside QCEW: projections, commuting, labor force, pay thresholds, boundaries."""

from __future__ import annotations

from lmi.schema.columns import Column, Table, year_column

__all__ = ["BOUNDARIES", "OTHER_TABLES", "PROJECTIONS", "THRESHOLDS"]

PROJECTIONS = Table(
    "projections",
    (
        Column("area_fips", "code", "", "Area"),
        Column("industry_code", "code", "", "Industry"),
        Column("own_code", "code", "", "Ownership, 0 for all"),
        year_column("base_year", "Year that the projection starts from"),
        year_column("projected_year", "Year that it reaches"),
        Column("base_emplvl", "float", "jobs", "Employment in the base year", lowest=0),
        Column("projected_emplvl", "float", "jobs", "Employment in the projected year", lowest=0),
        Column("source", "text", "", "Who projected it"),
    ),
    key=("area_fips", "industry_code", "own_code", "base_year", "projected_year"),
    replaces=("area_fips", "base_year", "projected_year"),
)
_COMMUTING = Table(
    "commuting",
    (
        Column("w_county_fips", "code", "", "County of work"),
        Column("h_county_fips", "code", "", "County of home"),
        Column("jobs", "int", "jobs", "Main jobs", lowest=0),
        year_column("year", "Year"),
    ),
    key=("w_county_fips", "h_county_fips", "year"),
    replaces=("w_county_fips", "year"),
)
_LABOR_FORCE = Table(
    "labor_force",
    (
        Column("area_fips", "code", "", "Area"),
        year_column("year", "Year"),
        Column("labor_force", "int", "persons", "Labor force", blank=True, lowest=0),
        Column("employed", "int", "persons", "Employed residents", blank=True, lowest=0),
        Column("unemployed", "int", "persons", "Unemployed residents", blank=True, lowest=0),
        Column("unemployment_rate", "float", "percent", "Rate", True, lowest=0, highest=100),
    ),
    key=("area_fips", "year"),
    replaces=("area_fips", "year"),
)
THRESHOLDS = Table(
    "thresholds",
    (
        Column("area_fips", "code", "", "Area"),
        Column("household", "text", "", "Household that the threshold sustains"),
        year_column("year", "Year of its prices"),
        Column("annual_wage", "float", "USD per year", "Pay that sustains it", lowest=0),
        Column("source", "text", "", "Who computed it"),
    ),
    key=("area_fips", "household", "year"),
    replaces=("area_fips", "household", "year"),
)
BOUNDARIES = Table(
    "boundaries",
    (
        Column("area_fips", "code", "", "State, two digits, or county, five"),
        Column("name", "text", "", "Name of the place"),
        Column("geometry", "outline", "", "Its outline in longitude and latitude"),
    ),
    key=("area_fips",),
    replaces=("area_fips",),
    partition=("kind", "state", "year"),
)
"""`Store.boundaries` reads it."""

OTHER_TABLES = (PROJECTIONS, _COMMUTING, _LABOR_FORCE, THRESHOLDS)
