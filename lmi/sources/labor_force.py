"""Labor force by county, as others write the Local Area Unemployment Statistics down.

The Economic Research Service of the Department of Agriculture has a row for each area and columns
for each year, or a row for each area, measure and year; workforce agencies have a row for each area
and period in their database. The agency has a row for each series and month in its files of time
series; its own tables: `lmi.sources.laus`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from lmi import codes
from lmi.schema import VINTAGE
from lmi.schema.others import LABOR_FORCE
from lmi.sources.archive import Member
from lmi.sources.halves import joined
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import LAUS_SERIES, ROW, Layout, Texts, number
from lmi.sources.workforce_database import AREA, in_known_areas, in_known_periods, is_set

__all__ = ["LABOR_FORCE_TABLES"]

_MEASURES = {
    "civilian_labor_force": "labor_force",
    "employed": "employed",
    "unemployed": "unemployed",
    "unemployment_rate": "unemployment_rate",
}
_MEASURES_OF_SERIES = {
    "03": "unemployment_rate", "04": "unemployed", "05": "employed", "06": "labor_force",
}  # fmt: skip
_SERIES = r"^LAU(?:ST|CN)(?<place>\d{5})0{8}(?<measure>0[3-6])$"
_AREA = pl.col("fips").str.zfill(5).replace("00000", codes.NATION).alias("area_fips")
_OF_A_YEAR = rf"({'|'.join(_MEASURES)})_(\d{{4}})"


def _by_column(texts: Texts) -> Iterator[pl.DataFrame]:
    """Columns for each year; the nation is written 00000."""
    of_years = map(re.compile(_OF_A_YEAR).fullmatch, texts.frame.columns)
    for year in dict.fromkeys(found[2] for found in of_years if found):
        numbers = [
            (number(name) if name in texts.frame.columns else pl.lit(None, pl.String)).alias(ours)
            for theirs, ours in _MEASURES.items()
            for name in [f"{theirs}_{year}"]
        ]
        rows = texts.frame.select(ROW, _AREA, *numbers, year=pl.lit(year))
        yield rows.filter(pl.any_horizontal(pl.col([*_MEASURES.values()]).is_not_null()))


def _by_attribute(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each area, measure and year, written into one name."""
    named = pl.col("attribute").str.to_lowercase().str.extract_groups(rf"^{_OF_A_YEAR}$")
    rows = texts.having(area_fips=_AREA, named=named)
    is_other = pl.col("named").struct.field("1").is_null()
    rows = rows.leave(is_other, "attribute", "it is no number of the labor force")
    yield (
        rows.frame.filter(pl.col("value").is_not_null())
        .unnest("named")
        .select(
            ROW,
            "area_fips",
            pl.col("2").alias("year"),
            *(
                pl.when(pl.col("1") == theirs).then(number("value")).alias(ours)
                for theirs, ours in _MEASURES.items()
            ),
        )
    )


def _in_one_row(rows: pl.DataFrame, member: Member, said: list[str]) -> pl.DataFrame:
    """Bring the measures of an area and year, each in a row of its own, into one."""
    return joined(rows, LABOR_FORCE, member.label)[0]


def _by_period(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each area and period, of which years are taken."""
    why = "the table holds annual averages"
    rows = in_known_periods(in_known_areas(texts), ("01",), why)
    if "adjusted" in rows.frame.columns:
        said = f"it is seasonally adjusted, and {why}"
        rows = rows.leave(is_set(rows, "adjusted"), "adjusted", said)
    yield rows.frame.select(
        ROW,
        AREA,
        pl.col("periodyear").alias("year"),
        number("laborforce").alias("labor_force"),
        number("emplab").alias("employed"),
        number("unemp").alias("unemployed"),
        number("unemprate").alias("unemployment_rate"),
        pl.when(is_set(rows, "prelim")).then(pl.lit("preliminary")).alias(VINTAGE),
    )


def _by_series(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each series, year and month: the agency's files of time series."""
    said = pl.col("series_id").str.extract_groups(_SERIES).alias("_said")
    rows = texts.having(_said=said)
    is_adjusted = pl.col("series_id").str.starts_with("LAS")
    rows = rows.leave(is_adjusted, "series_id", "it is seasonally adjusted, and the table is not")
    is_other = pl.col("_said").struct.field("place").is_null()
    rows = rows.leave(is_other, "series_id", "it is of no state or county, or another measure")
    rows = rows.leave(pl.col("period") != "M13", "period", "a month is no year")
    rows = rows.leave(pl.col("value") == "-", "series_id", "it is not available")
    frame = rows.frame.unnest("_said")
    measure = pl.col("measure")
    yield frame.select(
        ROW,
        "year",
        pl.col("place").alias("area_fips"),
        *(
            pl.when(measure == code).then(number("value")).alias(ours)
            for code, ours in _MEASURES_OF_SERIES.items()
        ),
    )


LABOR_FORCE_TABLES = reader_of(
    "labor force",
    Layout(
        LABOR_FORCE,
        ("fips", r"employed_\d{4}", r"unemployed_\d{4}"),
        _by_column,
        also=(_OF_A_YEAR,),
        spelling={"fips_code": "fips", "fipstxt": "fips"},
    ),
    Layout(
        LABOR_FORCE,
        ("fips", "attribute", "value", "area_name"),
        _by_attribute,
        together=_in_one_row,
        spelling={"fips_code": "fips", "fipstxt": "fips"},
    ),
    Layout(
        LABOR_FORCE,
        ("stfips", "areatype", "area", "periodyear", "periodtype", "laborforce", "emplab", "unemp",
         "unemprate"),
        _by_period,
        also=("period", "adjusted", "prelim"),
    ),
    Layout(
        LABOR_FORCE,
        ("series_id", "year", "period", "value"),
        _by_series,
        also=("footnote_codes", "label"),
        together=_in_one_row,
        shows=LAUS_SERIES,
    ),
)  # fmt: skip
