"""Consumer prices: the index of all items as the Bureau of Labor Statistics lays it out.

Its time-series files and a download of several series have a row for each series, year and month,
the thirteenth being the year; a download of one series has a row for each year.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi.schema.others import CONSUMER_PRICES
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import LAUS_SERIES, ROW, Layout, Texts, of_its_months

__all__ = ["PRICES"]

_SERIES = "CUUR0000SA0"
_ANNUAL = "M13"
_ONLY = f"only the index of all items is read, all urban consumers, U.S. city average ({_SERIES})"
_ROUNDED = 0.1501  # until 2006 the index had one decimal
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _by_series(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each series, year and month."""
    own = texts.leave(pl.col("series_id") != _SERIES, "series_id", _ONLY)
    value = pl.col("value").cast(pl.Float64, strict=False)
    is_month = pl.col("period").str.contains(r"^M(0[1-9]|1[0-2])$")
    months = pl.when(is_month).then(value)
    mean = pl.when(months.count().over("year") == len(_MONTHS)).then(months.mean().over("year"))
    is_year = pl.col("period") == _ANNUAL
    of_its_months(own, pl.when(is_year).then(value), mean, "value", _ROUNDED)
    years = own.leave(pl.col("period") != _ANNUAL, "period", "a month or half a year is no year")
    yield years.frame.select(ROW, "year", cpi_u="value")


def _by_year(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each year, a column for each month, and which series that is above them."""
    is_other = not any(_SERIES in note.upper() for note in texts.notes)
    texts.refuse(pl.lit(is_other), "year", f"above the row of {{}} stands no {_SERIES}; {_ONLY}")
    given = [pl.col(m).cast(pl.Float64, strict=False) for m in _MONTHS if m in texts.frame.columns]
    if len(given) == len(_MONTHS):
        mean = pl.mean_horizontal(*given, ignore_nulls=False)
        annual = pl.col("annual").cast(pl.Float64, strict=False)
        of_its_months(texts, annual, mean, "annual", _ROUNDED)
    over = texts.leave(pl.col("annual").is_null(), "year", "the year has no annual average yet")
    yield over.frame.select(ROW, "year", cpi_u="annual")


PRICES = reader_of(
    "consumer prices",
    Layout(
        CONSUMER_PRICES,
        ("series_id", "year", "period", "value"),
        _by_series,
        also=("footnote_codes", "label"),
        shows=rf"(?s)^(?!.*{LAUS_SERIES})",
    ),
    Layout(
        CONSUMER_PRICES,
        ("year", "jan", "dec", "annual"),
        _by_year,
        also=(*_MONTHS, "half1", "half2"),
    ),
)
