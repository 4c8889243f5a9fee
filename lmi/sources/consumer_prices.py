"""Consumer prices: the index of all items as the Bureau of Labor Statistics lays it out.

Its time-series files and a download of several series have a row for each series, year and month,
the thirteenth being the year; a download of one series has a row for each year.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi.schema.others import CONSUMER_PRICES
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import LAUS_SERIES, ROW, Layout, Texts

__all__ = ["PRICES"]

_SERIES = "CUUR0000SA0"
_ANNUAL = "M13"
_ONLY = f"only the index of all items is read, all urban consumers, U.S. city average ({_SERIES})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _by_series(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each series, year and month."""
    own = texts.leave(pl.col("series_id") != _SERIES, "series_id", _ONLY)
    years = own.leave(pl.col("period") != _ANNUAL, "period", "a month or half a year is no year")
    yield years.frame.select(ROW, "year", cpi_u="value")


def _by_year(texts: Texts) -> Iterator[pl.DataFrame]:
    """A row for each year, a column for each month, and which series that is above them."""
    is_other = not any(_SERIES in note.upper() for note in texts.notes)
    texts.refuse(pl.lit(is_other), "year", f"above the row of {{}} stands no {_SERIES}; {_ONLY}")
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
