"""The nation's employment projections by industry, as the Bureau of Labor Statistics has them.

The workbook of industry tables (Table 2.11) and a download of the National Employment Matrix have
the same rows: an industry in the matrix's own codes, and thousands of wage and salary jobs in two
years. Industries that are projected as one are each given the numbers of all of them: they grow
alike as far as is known, and how many jobs each has is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from lmi import codes, naics
from lmi.schema.others import PROJECTIONS
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import ROW, Layout, Texts, number
from lmi.sources.projection_codes import matrix_industries
from lmi.sources.projections import NO_INDUSTRY, NO_NUMBERS, without_growth

__all__ = ["NATIONAL_MATRIX", "PROJECTED_BY"]

PROJECTED_BY = "BLS Employment Projections, the nation's rates by industry"
_THOUSAND = 1000
_ALL_PERCENT = 100
_ROUNDED = 0.151  # thousands: three numbers, each rounded to a tenth
_NEEDED = 3  # of the columns that follow, the first
_WORKBOOK = {
    r"(\d{4}_)?national_employment_matrix_title": "title",
    r"(\d{4}_)?national_employment_matrix_code": "code",
    r"employment_(\d{4})": "jobs",
    r"employment_change_numeric_.*": "change",
}
_DOWNLOAD = {
    "industry_title": "title",
    "industry_code": "code",
    r"(?:projected_)?(\d{4})_employment": "jobs",
    r"employment_change_\d{4}_\d{4}": "change",
    r"\d{4}_percent_of_industry": "share",
}


def _of_workbook(texts: Texts) -> Iterator[pl.DataFrame]:
    yield _rows(texts, _WORKBOOK)


def _of_download(texts: Texts) -> Iterator[pl.DataFrame]:
    yield _rows(texts, _DOWNLOAD)


def _rows(texts: Texts, meaning: dict[str, str]) -> pl.DataFrame:
    found, jobs = _columns(texts, meaning)
    code, title = found["code"], found["title"]
    if len(jobs) == 1:
        why = f"it has jobs of {min(jobs)} alone, beside {{}}; take the table with both years"
        texts.refuse(pl.lit(True), title, why)
    (base, before), (projected, after) = sorted(jobs.items())[-2:]
    if share := found.get("share"):
        why = "{} percent of an industry's jobs: it is of one occupation; take the table of all"
        part = pl.col(share).cast(pl.Float64, strict=False) != _ALL_PERCENT
        texts.refuse(part.fill_null(False), share, why)
    texts = texts.leave(pl.col(code).is_null(), title, "it has no code")
    texts = texts.leave(without_growth(before, after), code, NO_NUMBERS)
    first, last = (number(name).cast(pl.Float64, strict=False) for name in (before, after))
    for name, value in ((before, first), (after, last)):
        texts.refuse(value.is_null(), name, f"{name} is {{}}; it must be jobs in thousands")
    if change := found.get("change"):
        why = f"{change} is {{}}, which is not {after} less {before}; see which columns those are"
        off = (last - first - number(change).cast(pl.Float64, strict=False)).abs() > _ROUNDED
        texts.refuse(off.fill_null(False), change, why)
    return _by_industry(texts.having(_first=first, _last=last), code, title, base, projected)


def _columns(texts: Texts, meaning: dict[str, str]) -> tuple[dict[str, str], dict[int, str]]:
    """Return the columns by what they mean, and those of jobs by their years."""
    found: dict[str, str] = {}
    jobs: dict[int, str] = {}
    for name in texts.frame.columns:
        for pattern, means in meaning.items():
            if of_name := re.fullmatch(pattern, name):
                found[means] = name
                if means == "jobs":
                    jobs[int(of_name[1])] = name
    return found, jobs


def _by_industry(texts: Texts, code: str, title: str, base: int, projected: int) -> pl.DataFrame:
    """Give each industry the row that is of the fewest."""
    vintage = naics.naics_year(base)
    named = texts.frame.select(code, title).fill_null("").unique(maintain_order=True).rows()
    keys = pl.DataFrame(
        [
            (row[0], own_code, industry_code, len(industries))
            for row in named
            for owners, industries in [matrix_industries(row[0], row[1], vintage)]
            for own_code in owners
            for industry_code in industries
        ],
        schema={"_code": str, "own_code": str, "industry_code": str, "_together": int},
        orient="row",
    )
    of_nobody = ~pl.col(code).is_in(keys["_code"].implode())
    kept = texts.leave(of_nobody, code, NO_INDUSTRY, unknown=True).frame
    rows = kept.select(ROW, "_first", "_last", _code=code).join(keys, on="_code")
    fewest = pl.col("_together").min().over("own_code", "industry_code")
    return rows.filter(pl.col("_together") == fewest).select(
        ROW,
        "own_code",
        "industry_code",
        area_fips=pl.lit(codes.NATION),
        base_year=pl.lit(str(base)),
        projected_year=pl.lit(str(projected)),
        base_emplvl=(_THOUSAND * pl.col("_first")).round().cast(pl.Int64),
        projected_emplvl=(_THOUSAND * pl.col("_last")).round().cast(pl.Int64),
        source=pl.lit(PROJECTED_BY),
    )


NATIONAL_MATRIX = reader_of(
    "projections and thresholds",
    Layout(
        PROJECTIONS,
        tuple(_WORKBOOK)[:_NEEDED],
        _of_workbook,
        (
            *_WORKBOOK, "industry_type", "employment_change_percent_.*", "compound_annual_rate_.*",
            "output_.*",
        ),
    ),
    Layout(
        PROJECTIONS,
        tuple(_DOWNLOAD)[:_NEEDED],
        _of_download,
        (
            *_DOWNLOAD, "industry_type", "industry_sort", "display_level",
            "employment_percent_change_.*", r"(projected_)?\d{4}_percent_of_(occupation|industry)",
        ),
    ),
)  # fmt: skip
