"""What a source covers: its periods, and which older rows it replaces."""

from __future__ import annotations

import itertools

import polars as pl

from lmi.schema import Table
from lmi.sources.distinct import distinct

__all__ = ["Replacement", "periods"]


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


class Replacement:
    """Tells, block by block, which older rows a source replaces.

    A file with one industry for many areas is a slice by industry. A source of such files alone
    replaces those industries only; any other replaces all rows of its areas and periods.

    Examples
    --------
    >>> import polars as pl
    >>> from lmi.schema import table
    >>> scope = Replacement(table("qcew_annual"))
    >>> scope.add("f.csv", pl.DataFrame({"area_fips": ["99001", "99003"], "industry_code": "10"}))
    >>> scope.replaces()
    ('area_fips', 'year', 'qtr', 'size_code', 'industry_code')
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._seen: dict[str, dict[str, set[str | None]]] = {}

    def add(self, member: str, frame: pl.DataFrame) -> None:
        """Take note of a block of one member."""
        if not self.table.sliced_by:
            return
        seen = self._seen.setdefault(member, {self.table.sliced_by: set(), "area_fips": set()})
        few = [name for name, found in seen.items() if len(found) < 2]
        for name, values in distinct(frame, few).items() if few else ():
            seen[name].update(values)

    def replaces(self) -> tuple[str, ...]:
        """Return the columns that say which older rows are replaced."""
        by = self.table.sliced_by
        slices = [len(seen[by]) == 1 and len(seen["area_fips"]) > 1 for seen in self._seen.values()]
        return (*self.table.replaces, by) if slices and all(slices) else self.table.replaces
