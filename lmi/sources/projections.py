"""Projections of industries as workforce agencies keep them in the Workforce Information Database.

A row has an area, an industry of the projections program, and jobs in two years; long-term and
short-term projections stand beside each other. Exports of industries by occupation have the same
columns, of which the rows of all occupations are taken. A number that is suppressed is written as
0, not always with a mark.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi import codes
from lmi.schema.others import PROJECTIONS
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import ROW, Layout, Texts, number
from lmi.sources.projection_codes import industries_of
from lmi.sources.workforce_database import AREA, in_known_areas

__all__ = ["INDUSTRY_PROJECTIONS", "NO_INDUSTRY", "NO_NUMBERS", "without_growth", "years_within"]

NO_INDUSTRY = "that code is no industry of NAICS, or of which is not certain"
NO_NUMBERS = "jobs of a year are absent or suppressed, or 0 in both, so that growth is unknown"
_SPELLING = {
    "indcode": "matincode", "naicscode": "matincode",
    "estemp": "estindprj", "projemp": "projindprj",
    "baseyear": "estyear", "periodyear": "estyear", "projectedyear": "projyear",
}  # fmt: skip
_JOBS = ("stfips", "areatype", "area", "matincode", "estindprj", "projindprj")
_PERIODS = ("perioddesc", "periodid", "period")
_ALSO = ("matoccode", "suppress", "nchg", *_PERIODS)
# Jobs are rounded to tens or hundreds, each number by itself.
ROUNDED, ROUNDED_SHARE = 200, 0.01


def years_within(column: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the two years that a period is named by, ``2022-2032`` or ``2024Q2 - 2026Q2``."""
    year, quarter = r"((?:19|20)\d\d)", "Q[1-4]|[1-4](?:st|nd|rd|th)"
    named = column.str.extract_groups(rf"(?i){year}(?:\D|{quarter})*?{year}")
    return named.struct[0].alias("base_year"), named.struct[1].alias("projected_year")


def _in_years(texts: Texts) -> Iterator[pl.DataFrame]:
    years = (pl.col("estyear").alias("base_year"), pl.col("projyear").alias("projected_year"))
    yield _rows(texts, years)


def _in_periods(texts: Texts) -> Iterator[pl.DataFrame]:
    named = [name for name in _PERIODS if name in texts.frame.columns]
    found = [years_within(pl.col(name)) for name in named]
    base, projected = (pl.coalesce(ends) for ends in zip(*found, strict=True))
    why = "the period is {}, which names no two years such as 2022-2032; add columns estyear and "
    texts.refuse(projected.is_null(), named[0], why + "projyear")
    yield _rows(texts, (base, projected))


def _rows(texts: Texts, years: tuple[pl.Expr, pl.Expr]) -> pl.DataFrame:
    texts = in_known_areas(texts)
    given = texts.frame.columns
    if "matoccode" in given:
        one = pl.col("matoccode").str.replace_all("[-0]", "") != ""
        texts = texts.leave(one, "matoccode", "it is of one occupation, and the table of all")
    if "suppress" in given:
        marked = pl.col("suppress").str.to_lowercase().is_in(["1", "1.0", "y", "yes", "true", "t"])
        texts = texts.leave(marked, "matincode", "it is suppressed, which is unknown and not 0")
    nothing = without_growth("estindprj", "projindprj")
    texts = texts.leave(nothing, "matincode", NO_NUMBERS)
    _check_change(texts)
    known = industries_of(texts.frame["matincode"].drop_nulls().unique().to_list())
    industry = pl.col("matincode").replace_strict(known, default=None, return_dtype=pl.String)
    texts = texts.leave(industry.is_null(), "matincode", NO_INDUSTRY, unknown=True)
    return texts.frame.select(
        ROW,
        AREA,
        industry.alias("industry_code"),
        *years,
        number("estindprj").alias("base_emplvl"),
        number("projindprj").alias("projected_emplvl"),
        own_code=pl.lit("0"),
        source=pl.col("stfips").replace_strict(
            {fips: _source(fips) for fips in texts.frame["stfips"].drop_nulls().unique()}
        ),
    )


def _check_change(texts: Texts) -> None:
    """Hold the jobs of both years to the change between them, where that is given."""
    if "nchg" not in texts.frame.columns:
        return
    names = ("estindprj", "projindprj", "nchg")
    base, projected, change = (number(n).cast(pl.Float64, strict=False) for n in names)
    larger = pl.max_horizontal(base, projected)
    off = (projected - base - change).abs() > ROUNDED + ROUNDED_SHARE * larger
    off &= change.abs() <= larger  # else they are in thousands
    why = (
        "nchg is {}, which is not the jobs of the projected year less those of the base year; see "
        "whether the columns are what their titles say"
    )
    texts.refuse(off.fill_null(False), "nchg", why)


def without_growth(base: str, projected: str) -> pl.Expr:
    """Tell rows that have no number but at most a mark in one of two columns, or 0 in both."""
    texts = (pl.col(base).fill_null(""), pl.col(projected).fill_null(""))
    none = pl.any_horizontal(text.str.contains(r"^\D{0,3}$") for text in texts)
    return none | pl.all_horizontal(text.str.contains(r"^[0.]*$") for text in texts)


def _source(stfips: str) -> str:
    state = stfips.zfill(2)
    name = codes.state_name(state) if state in codes.STATES else "National"
    return f"{name} industry projections, Workforce Information Database"


INDUSTRY_PROJECTIONS = reader_of(
    "projections and thresholds",
    Layout(PROJECTIONS, (*_JOBS, "estyear", "projyear"), _in_years, _ALSO, _SPELLING),
    Layout(PROJECTIONS, (*_JOBS, f"({'|'.join(_PERIODS)})"), _in_periods, _ALSO, _SPELLING),
)
