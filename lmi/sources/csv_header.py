"""The header of a CSV: for which table it speaks, what it lacks, and how the rows are written."""

from __future__ import annotations

import contextlib
import csv
import difflib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lmi.errors import DataFileError
from lmi.schema import VINTAGE, Table
from lmi.sources.as_written import decimal_mark
from lmi.sources.reader import Claim, Start
from lmi.sources.text import FirstLine, first_lines, tidy

__all__ = [
    "MISSPELT", "Header", "claim_by_header", "header_line", "read_header", "stored_name",
]  # fmt: skip

# Below half, the columns in common are chance and a hint at a missing one would mislead.
LEAST_SHARE = 0.5
# What a table of anything has; alone it tells no table.
OF_ANY_TABLE = frozenset({"area_fips", "year"})
_GOES_ON = re.compile(r" +[^\W\d_]")
# As near as this, a name is another misspelt: two that tables know are less alike or both there.
MISSPELT = 0.85


@dataclass(frozen=True)
class Header:
    """The header of a CSV, held against a table.

    Parameters
    ----------
    table : Table
        The table it belongs to.
    names : tuple of str
        A unique name per field of the file; stored names where the table has the column.
    present : tuple of str
        Stored names of the table that the file has, in stored order.
    line : int
        The line that it stands on; what is above are titles.
    separator : str
        What stands between two fields.
    decimal : {".", ",", ""}
        The mark before a fraction, empty where the first rows do not tell it.
    """

    table: Table
    names: tuple[str, ...]
    present: tuple[str, ...]
    line: int = 1
    separator: str = ","
    decimal: str = "."

    @property
    def kept(self) -> tuple[str, ...]:
        """What is read: the table's columns, and by which release a row is of where it says so."""
        return (*self.present, VINTAGE) if VINTAGE in self.names else self.present


def stored_name(table: Table, title: str) -> str:
    """Return what a table calls a column, by its title in small letters; empty where none is.

    Examples
    --------
    >>> from lmi.schema import table
    >>> stored_name(table("labor_force"), "labor force"), stored_name(table("labor_force"), "notes")
    ('labor_force', '')
    """
    return table.spelling.get(title) or table.spelling.get(tidy(title), "")


def _share(table: Table, line: FirstLine) -> float:
    spelling = table.spelling
    named = {spelling[t] for t in line.titles & spelling.keys()}.intersection(table.required)
    return len(named) / len(table.required) if named - OF_ANY_TABLE else 0.0


def header_line(lines: Iterable[FirstLine], table: Table) -> FirstLine:
    """Return the line that names the most columns of a table: titles may stand above it."""
    return max(lines, key=lambda line: _share(table, line), default=FirstLine(1, ",", []))


def claim_by_header(start: Start, tables: Iterable[Table]) -> Claim | None:
    """Claim a file for the table that has the largest part of its required columns in the header.

    A file that lacks a column is claimed too, so that the error can name the column.
    """
    shares = {table.name: _share(table, header_line(start.lines, table)) for table in tables}
    best = max(tables, key=lambda table: shares[table.name])
    return Claim(best, shares[best.name]) if shares[best.name] >= LEAST_SHARE else None


def read_header(start: bytes, table: Table, label: str) -> Header:
    """Match the header of a file with the columns of a table.

    Raises
    ------
    DataFileError
        A column is missing or misspelt, with the nearest name, or stands twice.

    Examples
    --------
    >>> from lmi.schema import table
    >>> read_header(b"year,w_county_fips,h_county_fips,jobs", table("commuting"), "f.csv").present
    ('w_county_fips', 'h_county_fips', 'jobs', 'year')
    """
    found = header_line(first_lines(start), table)
    named = [VINTAGE if f == VINTAGE else stored_name(table, f) for f in found.fields]
    names = [name or f"_{i}" for i, name in enumerate(named)]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise DataFileError(
            f"the column {twice[0]!r} stands twice in its header; keep one",
            file=label,
            line=found.number,
        )
    missing = [n for n in table.required if n not in names]
    if missing:
        unknown = [f for f in found.fields if not stored_name(table, f)]
        near = difflib.get_close_matches(missing[0], unknown, 1, 0.6)
        hint = f"; rename its column {near[0]!r} if that is it, or" if near else ";"
        raise DataFileError(
            f"it lacks the column {', '.join(map(repr, missing[:3]))} of the table "
            f"{table.name}{hint} use the file as the agency publishes it",
            file=label,
            line=found.number,
        )
    _refuse_misspelt(found, names, table, label)
    present = tuple(n for n in table.names if n in names)
    rows = _first_rows(start, found)
    if _has_row_names(rows, names):
        names.insert(0, "_row")
    decimal = decimal_mark(_numbers(rows, names, table), found.separator)
    return Header(table, tuple(names), present, found.number, found.separator, decimal)


def _first_rows(start: bytes, header: FirstLine) -> list[list[str]]:
    """Return the rows in the first bytes, without a last one that may be cut."""
    text = start.decode("utf-8", "replace").replace("\r", "")
    below = text.split("\n", header.number)[header.number :]
    rows = []
    with contextlib.suppress(csv.Error):  # whoever reads the rows will say what is wrong
        for row in csv.reader(io.StringIO("".join(below)), delimiter=header.separator):
            rows.append(row)
    filled = [row for row in rows if row]
    return filled if text.endswith("\n") or len(filled) == 1 else filled[:-1]


def _has_row_names(rows: list[list[str]], names: list[str]) -> bool:
    """Tell whether each row begins with a name that no column is named for, as R writes them."""
    if not rows or any(len(row) != len(names) + 1 for row in rows):
        return False
    if any(_GOES_ON.match(field) for row in rows for field in row):
        return False  # a text with a comma makes such a row too
    firsts = [row[0] for row in rows]
    is_numbered = firsts == [str(n) for n in range(1, len(rows) + 1)]
    return is_numbered or (len({*firsts}) == len(rows) and any(row[-1].strip() for row in rows))


def _numbers(rows: list[list[str]], names: list[str], table: Table) -> list[str]:
    kinds = {i: table.by_name[n].dtype for i, n in enumerate(names) if n in table.by_name}
    numeric = {i for i, dtype in kinds.items() if dtype in ("int", "float")}
    return [cell for row in rows for i, cell in enumerate(row) if i in numeric and cell]


def _refuse_misspelt(header: FirstLine, names: list[str], table: Table, label: str) -> None:
    """Refuse a column that nobody knows while the one that it resembles is not there.

    A column that may be absent would be taken for absent, and what it withholds for disclosed.
    """
    absent = {spelling: n for spelling, n in table.spelling.items() if n not in names}
    for field in (f for f in header.fields if not stored_name(table, f)):
        near = difflib.get_close_matches(field, absent, 1, MISSPELT)
        if near:
            raise DataFileError(
                f"its column {field!r} is not known and it lacks {near[0]!r}; spell it so, or "
                "rename it if it is a column of your own",
                file=label,
                line=header.number,
            )
