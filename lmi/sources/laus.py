"""Labor force by county: the yearly tables of the Local Area Unemployment Statistics.

A title and a header of one row or several stand above the counties, and notes below them. Each
county's row begins with its LAUS code: ``CN``, the area code, and zeros. In older texts only blanks
lie between the columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import zip_longest

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table, table
from lmi.sources import csv_table
from lmi.sources.archive import Member, blocks
from lmi.sources.careful import AMEND, other_fields
from lmi.sources.csv_header import Header
from lmi.sources.locate_fault import Lines
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.text import BOM, Decoder, first_lines, rows, separator_of

__all__ = ["LAUS"]

_LABOR_FORCE = table("labor_force")
_CODE = re.compile(r"CN(\d{5})\d{8}", re.IGNORECASE)
_TITLES = {
    "year": "year",
    "labor force": "labor_force",
    "employed": "employed",
    "unemployed": "unemployed",
    "unemployment rate (%)": "unemployment_rate",
}

_SPACED = re.compile(r"CN\d{13}\s+\d\d\s+\d{3}\s", re.IGNORECASE)
_NUMBER = r"\s+([\d.,]+|N\.A\.)"
_IN_BLANKS = re.compile(rf"(?im)^[ \t]*(CN\d{{13}})\s.*?\s(\d{{4}}){4 * _NUMBER}[ \t\r]*$")

Row = tuple[int, list[str]]


def _rows(member: Member) -> list[Row]:
    """Return the rows of a table, each with its line.

    Raises
    ------
    DataFileError
        It is no table, or one in blanks of which a row is not whole.
    """
    text = Decoder(member.label).utf8(b"".join(blocks(member)).removeprefix(BOM), 1)
    try:
        found = list(rows(text.decode(), separator_of(first_lines(text))))
        if not any(_SPACED.match("".join(fields[:1])) for _, fields in found):
            return found
        found = list(rows(_IN_BLANKS.sub(r"\1|\2|\3|\4|\5|\6", text.decode()), "|"))
    except csv.Error as error:
        raise DataFileError(
            f"it cannot be read as a table ({error}); save it as plain CSV", file=member.label
        ) from error
    for line, fields in found:
        if _SPACED.match("".join(fields[:1])):
            told = f"the row is {fields[0]!r}, which has no year and four numbers at its end{AMEND}"
            raise DataFileError(told, file=member.label, line=line)
    at = next(n for n, (_, fields) in enumerate(found) if _is_county(fields))
    return [(found[at][0], ["", *_TITLES]), *found[at:]]


def _columns(header: list[Row], label: str) -> dict[str, int]:
    """Find the columns by the words that stand over them, broken over rows as they may be."""
    columns = zip_longest(*(fields for _, fields in header), fillvalue="")
    words = (" ".join(filter(None, cells)) for cells in columns)
    titles = [title.replace("- ", "").lower() for title in words]
    missing = next((title for title in _TITLES if title not in titles), None)
    if missing is not None:
        raise DataFileError(
            f"it lacks the column {missing!r} of the agency's workbook; use the file as the agency "
            "publishes it",
            file=label,
        )
    return {name: titles.index(title) for title, name in _TITLES.items()}


def _written(fields: list[str], columns: dict[str, int]) -> str:
    """Write a row as a line of CSV in the columns of the table, a blank one as a blank line."""
    if not any(fields):
        return ""
    code = _CODE.fullmatch(fields[0])
    numbers = (fields[at].replace(",", "") if at < len(fields) else "" for at in columns.values())
    return ",".join([code[1] if code else "", *numbers])


def _frames(member: Member, table: Table) -> Iterator[pl.DataFrame]:
    found = _rows(member)
    counties = [n for n, (_, fields) in enumerate(found) if _is_county(fields)]
    first, last = counties[0], counties[-1]
    columns = _columns(found[:first], member.label)
    n_fields = max(len(fields) for _, fields in found[:first])
    for line, fields in found[first : last + 1]:
        if any(fields) and len(fields) <= max(columns.values()):
            raise other_fields(fields, n_fields, member.label, line)
    names = ("area_fips", *columns)
    text = "".join(f"{_written(fields, columns)}\n" for _, fields in found[first : last + 1])
    yield csv_table.checked(
        Lines(text.encode(), found[first][0]), Header(table, names, names), member.label
    )


def _is_county(fields: list[str]) -> bool:
    return bool(fields and _CODE.fullmatch(fields[0]))


def _claim(start: Start) -> Claim | None:
    is_known = any(
        _is_county(line.fields) or _SPACED.match("".join(line.fields[:1])) for line in start.lines
    )
    return Claim(_LABOR_FORCE) if is_known else None


LAUS = Reader(
    what="labor force",
    tables=(_LABOR_FORCE,),
    claim=_claim,
    frames=_frames,
)
