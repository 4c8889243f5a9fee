"""What looks astray in one file of a table: a row alone in its year, a field that others have.

A row whose year or area was mistyped is sound in itself, and shows by standing alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from lmi import naics
from lmi.schema import Table
from lmi.words import count, describe_key, listing

__all__ = ["alone", "alone_in_its_area", "odd_margins", "partly_empty"]

# Of a period of so many rows another has more than one, or than one in fifty.
MANY, MOST_ALONE = 10, 0.02
NAMED = 3
# Of 24,000 flows of 100 workers and more a margin is 1.7 to 22 times their square root.
ASKED, MARGINS = 100, (1, 45)


def partly_empty(rows: pl.DataFrame, table: Table) -> Iterator[str]:
    """Name the columns that are empty in some rows beside numbers of the same rows.

    Or in all, where it is one column alone: a table of one measure has the others empty.
    """
    numbers = [c for c in table.columns if c.dtype in ("int", "float") and c.name not in table.key]
    is_filled = pl.any_horizontal(pl.col(c.name).is_not_null() for c in numbers)
    filled = rows.filter(is_filled)
    lacks = filled.null_count().row(0, named=True)
    empty = [c.name for c in numbers if lacks[c.name] == filled.height > 0]
    if len(empty) == 1:
        yield f"no row has {empty[0]}"
    names = [c.name for c in numbers if c.blank and lacks[c.name] and c.name not in empty]
    if not names:
        return
    lacking = filled.filter(pl.any_horizontal(pl.col(name).is_null() for name in names))
    for key in lacking.select(table.key).head(1).iter_rows(named=True):
        n = count(lacking.height, "row")
        has = f"{'has' if lacking.height == 1 else 'have'} no {listing(names, last='or')}"
        yield f"{n} of other numbers {has}, the first of {describe_key(key)}"


def alone(rows: pl.DataFrame, by: Sequence[str], named: str) -> Iterator[str]:
    """Name the periods, or households, of which a file has a row or two and of others many.

    Parameters
    ----------
    by : sequence of str
        The columns that tell them apart.
    named : str
        The column that names a row of such a period.
    """
    groups = rows.group_by(by).agg(pl.len().alias("_n"), pl.col(named).sort())
    most = groups.sort("_n", *by).tail(1).row(0, named=True)
    is_few = pl.col("_n") <= max(1, MOST_ALONE * most["_n"])
    odd = groups.filter(is_few).sort(by) if most["_n"] >= MANY else groups.clear()
    if 0 < odd.height <= max(1, groups.height // 2):
        told = [
            f"{_period(row, by)}: {count(row['_n'], 'row')} ({listing(row[named], 1)})"
            for row in odd.iter_rows(named=True)
        ]
        yield (
            f"few rows of {' and '.join(by)} {listing(told, NAMED)}, where {_period(most, by)} has "
            f"{most['_n']:,}; see whether it is right"
        )


def _period(row: dict[str, object], by: Sequence[str]) -> str:
    return "-".join(str(row[name]) for name in by)


def alone_in_its_area(rows: pl.DataFrame, place: str) -> Iterator[str]:
    """Name the one area of which a file has an industry alone, where others have many."""
    areas = rows.group_by(place).agg(pl.len().alias("_n"), pl.first("industry_code"))
    is_odd = (pl.col("_n") == 1) & (pl.col("industry_code") != naics.TOTAL)
    odd = areas.filter(is_odd)
    if odd.height == 1 and int(areas["_n"].max() or 0) >= MANY:  # type: ignore[arg-type]
        area, _, industry = odd.row(0)
        yield f"of {area} it has {industry} alone, where others have many; see whether it is right"


def odd_margins(rows: pl.DataFrame, key: Sequence[str]) -> Iterator[str]:
    """Name the flows whose margin cannot be that of so many workers: either was multiplied."""
    workers, margin = pl.col("workers"), pl.col("margin_of_error")
    odd = rows.filter((workers >= ASKED) & ~(margin / workers.sqrt()).is_between(*MARGINS))
    for row in odd.head(1).iter_rows(named=True):
        more = f"; so are {count(odd.height - 1, 'other')}" if odd.height > 1 else ""
        of = describe_key({name: row[name] for name in key})
        yield (
            f"margin_of_error is {row['margin_of_error']:,} where {of} has {row['workers']:,} "
            f"workers, of whom one in some ten was asked{more}: was either multiplied, or has it "
            "lost a digit?"
        )
