"""Which periods a source covers."""

from __future__ import annotations

import itertools

import polars as pl

from lmi.sources.distinct import distinct

__all__ = ["periods"]


def periods(frame: pl.DataFrame) -> set[str]:
    """Return the periods of rows, as ``2016`` or ``2016Q1``.

    Examples
    --------
    >>> periods(pl.DataFrame({"year": [2016], "qtr": ["1"]}))
    {'2016Q1'}
    """
    if "qtr" not in frame.columns:
        year = next((c for c in ("year", "projected_year") if c in frame.columns), None)
        return {str(y) for y in frame[year].unique()} if year else set()
    years, quarters = distinct(frame, ("year", "qtr")).values()
    rows = list(itertools.product(years, quarters))
    if min(len(years), len(quarters)) > 1:  # not every year need have every quarter
        rows = frame.select("year", "qtr").unique().rows()
    return {f"{y}" if q == "A" else f"{y}Q{q}" for y, q in rows}
