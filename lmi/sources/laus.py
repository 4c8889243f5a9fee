"""Labor force by county: the yearly workbooks of the Local Area Unemployment Statistics.

A title and a header of one row or several stand above the counties, and notes below them. Each
county's row begins with its LAUS code: ``CN``, the area code, and zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table, table
from lmi.sources import csv_table
from lmi.sources.archive import Member
from lmi.sources.csv_header import Header
from lmi.sources.locate_fault import Lines
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.workbook import Cell, sheet

__all__ = ["LAUS"]

_LABOR_FORCE = table("labor_force")
_CODE = re.compile(r"CN(\d{5})\d{8}")
_TITLES = {
    "year": "year",
    "labor force": "labor_force",
    "employed": "employed",
    "unemployed": "unemployed",
    "unemployment rate (%)": "unemployment_rate",
}
_NOT_AVAILABLE = "N.A."


def _counties(rows: list[list[Cell]]) -> list[int]:
    """Number the rows that are a county's."""
    return [n for n, row in enumerate(rows) if row and _CODE.fullmatch(_text(row[0]))]


def _columns(header: list[list[Cell]], label: str) -> dict[str, int]:
    """Find the columns by the words that stand over them, broken over rows as they may be."""
    words = (" ".join(filter(None, map(_text, cells))) for cells in zip(*header, strict=True))
    titles = [title.replace("- ", "").lower() for title in words]
    missing = next((title for title in _TITLES if title not in titles), None)
    if missing is not None:
        raise DataFileError(
            f"it lacks the column {missing!r} of the agency's workbook; use the file as the agency "
            "publishes it",
            file=label,
        )
    return {name: titles.index(title) for title, name in _TITLES.items()}


def _text(cell: Cell) -> str:
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return " ".join(str(whole).split())


def _number(cell: Cell) -> str:
    text = _text(cell).replace(",", "")
    return "" if text == _NOT_AVAILABLE else text


def _line(row: list[Cell], columns: dict[str, int]) -> str:
    """Write a row as a line of CSV in the columns of the table, a blank one as a blank line."""
    code = _CODE.fullmatch(_text(row[0]))
    fields = [code[1] if code else "", *(_number(row[at]) for at in columns.values())]
    return ",".join(fields) if any(map(_text, row)) else ""


def _frames(member: Member, table: Table) -> Iterator[pl.DataFrame]:
    rows = sheet(member)
    counties = _counties(rows)
    first, last = counties[0], counties[-1]
    columns = _columns(rows[:first], member.label)
    names = ("area_fips", *columns)
    text = "".join(f"{_line(row, columns)}\n" for row in rows[first : last + 1])
    yield csv_table.checked(
        Lines(text.encode(), first + 1), Header(table, names, names), member.label
    )


def _claim(start: Start) -> Claim | None:
    return Claim(_LABOR_FORCE) if _counties(start.rows) else None


LAUS = Reader(
    what="LAUS workbooks of counties",
    tables=(_LABOR_FORCE,),
    claim=_claim,
    frames=_frames,
)
