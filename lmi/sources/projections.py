"""Projections of industries as workforce agencies keep them in the Workforce Information Database.

A row has an area, an industry of the projections program, and jobs in two years; long-term and
short-term projections stand beside each other. Exports of industries by occupation have the same
columns, of which the rows of all occupations are taken. A number that is suppressed is written as
0, not always with a mark.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from lmi import codes
from lmi.schema.others import PROJECTIONS
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import ROW, Layout, Texts, number
from lmi.sources.mapped_checks import percent
from lmi.sources.projection_codes import industries_of
from lmi.sources.workforce_database import AREA, in_known_areas, is_set

__all__ = ["INDUSTRY_PROJECTIONS", "NO_INDUSTRY", "NO_NUMBERS", "without_growth", "years_within"]

NO_INDUSTRY = "that code is no industry of NAICS, or of which is not certain"
NO_NUMBERS = "jobs of a year are absent or suppressed, or 0 in both, so that growth is unknown"
_SPELLING = {
    "indcode": "matincode", "naicscode": "matincode",
    "estemp": "estindprj", "projemp": "projindprj",
    "baseyear": "estyear", "periodyear": "estyear", "projectedyear": "projyear",
    "grrate": "growrate", "growthrate": "growrate",
}  # fmt: skip
_JOBS = ("stfips", "areatype", "area", "matincode", "estindprj", "projindprj")
_PERIODS = ("perioddesc", "periodid", "period")
_ALSO = ("matoccode", "suppress", "nchg", "pchg", "growrate", *_PERIODS)
# Jobs are rounded to tens or hundreds, each number by itself.
ROUNDED, ROUNDED_SHARE = 200, 0.01
ROUNDED_PERCENT = 0.1
_LESS = "the jobs of the projected year less those of the base year"


def years_within(column: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the two years that a period is named by, ``2022-2032`` or ``2024Q2 - 2026Q2``."""
    year, quarter = r"((?:19|20)\d\d)", "Q[1-4]|[1-4](?:st|nd|rd|th)"
    named = column.str.extract_groups(rf"(?i){year}(?:\D|{quarter})*?{year}")
    short = column.str.extract_groups(rf"\b{year}\s*[-\x{{2013}}/]\s*(\d\d)\b")  # 2022-32
    ends = short.struct[0].str.head(2) + short.struct[1]
    return (
        pl.coalesce(named.struct[0], short.struct[0]).alias("base_year"),
        pl.coalesce(named.struct[1], ends).alias("projected_year"),
    )


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
        why = "it is suppressed, which is unknown and not 0"
        texts = texts.leave(is_set(texts, "suppress"), "matincode", why)
    nothing = without_growth("estindprj", "projindprj")
    texts = texts.leave(nothing, "matincode", NO_NUMBERS)
    _check_change(texts, years)
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


def _check_change(texts: Texts, years: tuple[pl.Expr, pl.Expr]) -> None:
    """Hold the jobs of both years to the change between them, as far as that is given.

    Raises
    ------
    DataFileError
        The jobs, the percent or the percent a year say that the columns are others; names the line.
    """
    base, projected = (
        number(name).cast(pl.Float64, strict=False) for name in ("estindprj", "projindprj")
    )
    first, last = (year.cast(pl.Float64, strict=False) for year in years)
    larger = pl.max_horizontal(base, projected)
    room = ROUNDED + ROUNDED_SHARE * larger
    of_base = 100 * room / base + ROUNDED_PERCENT
    in_all = 100 * (projected / base - 1)
    of_a_year = pl.when(last > first).then(1 / (last - first))
    compound = 100 * ((projected / base).pow(of_a_year) - 1)
    for name, meaning, may_be, near, most in (
        ("nchg", _LESS, (projected - base,), room, larger),  # beyond, jobs are in thousands
        ("pchg", "the change of jobs from year to year in percent", (in_all,), of_base, math.inf),
        # A growth rate is that of a year, or what some states call so.
        (
            "growrate",
            "the growth of jobs, in all or a year",
            (compound, in_all * of_a_year, in_all),
            of_base,
            math.inf,
        ),
    ):
        if name in texts.frame.columns:
            said = percent(pl.col(name))
            as_share = 100 * said
            off = [(it - each).abs() > near for it in (said, as_share) for each in may_be]
            is_filled = (said != 0).any()
            bad = pl.all_horizontal(*off, said.abs() <= most, base > 0, is_filled)
            why = f"{name} is {{}}, which is not {meaning}; see whether the columns are what their "
            texts.refuse(bad.fill_null(False), name, why + "titles say")


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
