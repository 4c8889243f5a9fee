"""The first line of a CSV: for which table it speaks, and what it lacks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.reader import Claim, Start
from lmi.sources.text import first_line

__all__ = ["Header", "claim_by_header", "read_header"]

# Below half, the columns in common are chance and a hint at a missing one would mislead.
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Header:
    """The first line of a CSV, held against a table.

    Parameters
    ----------
    table : Table
        The table it belongs to.
    names : tuple of str
        A unique name per field of the file; stored names where the table has the column.
    present : tuple of str
        Stored names of the table that the file has, in stored order.
    """

    table: Table
    names: tuple[str, ...]
    present: tuple[str, ...]


def claim_by_header(start: Start, tables: Iterable[Table]) -> Claim | None:
    """Claim a file for the table that has the largest part of its required columns in the header.

    A file that lacks a column is claimed too, so that the error can name the column.
    """

    def share(table: Table) -> float:
        named = {table.spelling.get(f) for f in start.fields}
        return sum(n in named for n in table.required) / len(table.required)

    best = max(tables, key=share)
    return Claim(best, share(best)) if share(best) >= LEAST_SHARE else None


def read_header(start: bytes, table: Table, label: str) -> Header:
    """Match the first line of a file with the columns of a table.

    Raises
    ------
    DataFileError
        A column is missing, with the nearest name that the file has, or stands twice.

    Examples
    --------
    >>> from lmi.schema import table
    >>> read_header(b"year,w_county_fips,h_county_fips,jobs", table("commuting"), "f.csv").present
    ('w_county_fips', 'h_county_fips', 'jobs', 'year')
    """
    fields = first_line(start)
    names = [table.spelling.get(f, f"_{i}") for i, f in enumerate(fields)]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise DataFileError(
            f"the column {twice[0]!r} stands twice in its header; keep one", file=label, line=1
        )
    missing = [n for n in table.required if n not in names]
    if missing:
        unknown = [f for f in fields if f not in table.spelling]
        near = difflib.get_close_matches(missing[0], unknown, 1, 0.6)
        hint = f"; its column {near[0]!r} may be it under another name" if near else ""
        raise DataFileError(
            f"it lacks the column {', '.join(map(repr, missing[:3]))} of the table "
            f"{table.name}{hint}; use the file as the agency publishes it",
            file=label,
            line=1,
        )
    return Header(table, tuple(names), tuple(n for n in table.names if n in names))
