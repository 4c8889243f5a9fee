"""Residents by county: the Census Bureau's population estimates, as it and others lay them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from lmi import codes
from lmi.schema.others import POPULATION
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import ROW, Layout, Texts, number

__all__ = ["POPULATION_ESTIMATES"]

_AREA = (pl.col("state").str.zfill(2) + pl.col("county").str.zfill(3)).alias("area_fips")
_PARTS = ("sex", "gender", "age", "agegrp", "age_group", "race", "origin", "hispanic", "ethnicity")
_REGIONS = ("Northeast", "Midwest", "South", "West")


def _by_row(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each county and year."""
    for part in set(_PARTS).intersection(texts.frame.columns):
        why = f"the rows are of parts of the people ({part} is {{}}); take a table of all of them"
        texts.refuse(pl.lit(True), part, why)
    yield texts.frame.select(ROW, _AREA, "year", number("population"))


def _by_column(texts: Texts) -> Iterator[pl.DataFrame]:
    """A column for each year, and rows of regions and divisions beside those of states."""
    level = pl.col("sumlev").str.zfill(3)
    why = "what is no nation, state or county is no area here"
    rows = texts.leave(~level.is_in(["010", "040", "050"]), "sumlev", why).frame
    area = pl.when(level == "010").then(pl.lit(codes.NATION)).otherwise(_AREA)
    yield from _years(rows.with_columns(area.alias("area_fips")), r"popestimate(\d{4})")


def _by_title(texts: Texts) -> Iterator[pl.DataFrame]:
    """A column for each year, and areas by their titles, with dots before those of counties."""
    titles = texts.frame["geographic_area"].unique().drop_nulls()
    area_of = {title: codes.area_of_title(title.lstrip(". ")) for title in titles}
    named = pl.col("geographic_area").replace_strict(area_of, default=None, return_dtype=pl.String)
    region = pl.col("geographic_area").str.strip_chars_start(". ").is_in(_REGIONS)
    rows = texts.leave(region, "geographic_area", "a region of the nation is no area here")
    why = "no area is called {}; write its title as the Census Bureau does, with its state"
    rows.refuse(named.is_null(), "geographic_area", why)
    yield from _years(rows.frame.with_columns(named.alias("area_fips")), r"(\d{4})")


def _years(rows: pl.DataFrame, pattern: str) -> Iterator[pl.DataFrame]:
    for name in rows.columns:
        if year := re.fullmatch(pattern, name):
            population = number(name).alias("population")
            yield rows.select(ROW, "area_fips", population, year=pl.lit(year[1]))


POPULATION_ESTIMATES = reader_of(
    "population",
    Layout(
        POPULATION,
        ("state", "county", "year", "population"),
        _by_row,
        also=_PARTS,
        spelling={
            "state_fips": "state", "county_fips": "county", "fips_state": "state",
            "fips_county": "county", "pop": "population", "pop_estimate": "population",
        },
    ),
    Layout(POPULATION, ("sumlev", "state", "county", r"popestimate\d{4}"), _by_column),
    Layout(POPULATION, ("geographic_area", r"20\d\d"), _by_title),
)  # fmt: skip
