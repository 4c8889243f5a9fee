"""One table a sheet: heads, units, numbers as numbers, codes as text; frozen and to be filtered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lmi.report.workbook.dictionary import Meaning, entry

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = [
    "FLAGS", "HEAD_ROWS", "TALLEST", "Styles", "TableSheet", "in_cell", "named_columns", "put",
    "written",
]  # fmt: skip

FLAGS = "flag"
"""The column that says why numbers are blank."""
HEAD_ROWS = 2
"""Rows above the numbers: the columns' names, and their units."""
TALLEST = 409  # points of a row, more than which a spreadsheet does not open
LONGEST_TEXT = 32_767  # of a cell; a spreadsheet cuts what is longer without a word
NARROW, WIDE = 9, 46
PRINTED = 220  # signs across a printed page; the columns beyond are for the screen
FLAG = 34  # signs of a column of flags, whose texts wrap
LINE = 15  # points of a line of text
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches, so that more is printed
LOOKED_AT = 200  # rows that a column's width is taken from
NUMBERS = {
    "USD": "#,##0", "share": "0.000", "ratio": "0.00", "percent": "0.0", "percent a year": "0.0",
    "points": "0.0", "year": "0", "any": "0.###",
}  # fmt: skip


@dataclass(frozen=True)
class TableSheet:
    """A table on a sheet of its own.

    Parameters
    ----------
    name : str
        At most 31 characters.
    frame : DataFrame
        Rows in their order; a column may be looked up in the dictionary by its name.
    about : str
        What it holds, for the first sheet.
    units : mapping of str to str, optional
        Units of columns that the dictionary does not know.
    of : str
        The column of the dictionary that other columns are, such as one a region.
    meanings : mapping of str to str, optional
        What columns are that the dictionary does not know.
    """

    name: str
    frame: pd.DataFrame
    about: str
    units: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)

    def unit(self, column: str) -> str:
        """The unit of a column."""
        return self.units.get(column, self._entry(column).unit)

    def meaning(self, column: str) -> str:
        """What a column is."""
        return self.meanings.get(column, self._entry(column).text)

    def _entry(self, column: str) -> Meaning:
        found = entry(column)
        return found if found.text or not self.of else entry(self.of)


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, accent: str = "") -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.wrapped_head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.right_head = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self.number_head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"}
        )
        self.number_unit = book.add_format(
            {"italic": True, "font_color": "#555555", "align": "right"}
        )
        self.unit = book.add_format({"italic": True, "font_color": "#555555"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.flag = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        colored = {"font_color": accent} if accent else {}
        self.title = book.add_format({"bold": True, "font_size": 14, **colored})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.name = book.add_format({"bold": True, "valign": "top"})
        self.note = book.add_format({"italic": True, "font_size": 9})
        self.input = book.add_format({"bg_color": "#FFF4CC", "border": 1, "num_format": "0.###"})

    def number(self, unit: str) -> Format:
        """The format of numbers of a unit."""
        code = NUMBERS.get(unit, "#,##0.##" if unit == "as named" else "#,##0")
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code, "valign": "top"})
        return self._made[code]


def in_cell(text: str) -> str:
    """Return a text as a cell can hold it; one that is longer says at its end that it is cut.

    Examples
    --------
    >>> in_cell("short"), len(in_cell("a" * 40_000)), in_cell("a" * 40_000)[-33:]
    ('short', 32767, 'aaa [cut here, of 40,000 letters]')
    """
    units = text.encode("utf-16-le", "replace")  # which a spreadsheet counts, two for a rare letter
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    told = f" [cut here, of {len(text):,} letters]"
    return units[: 2 * (LONGEST_TEXT - len(told))].decode("utf-16-le", "ignore") + told


def put(
    page: Worksheet, row: int, column: int, value: Any, styles: Styles, unit: str = "",
    text: Format | None = None,
) -> None:  # fmt: skip
    """Write a value: text as text, whatever it begins with; what is missing stays blank."""
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, (bool,)) or type(value).__name__ == "bool_":
        page.write_boolean(row, column, bool(value))
    elif isinstance(value, str):
        if value:
            page.write_string(row, column, in_cell(value), text or styles.text)
    else:
        page.write_number(row, column, float(value), styles.number(unit))


def written(book: Workbook, sheet: TableSheet, styles: Styles) -> Worksheet:
    """Add a sheet to a workbook."""
    page = book.add_worksheet(sheet.name)
    frame, width, printed = sheet.frame, 0, 1
    for at, column in enumerate(frame.columns):
        unit, kind = sheet.unit(str(column)), frame[column].dtype.kind
        head, below = (styles.right_head, styles.number_unit) if kind in "fi" else (
            styles.head, styles.unit
        )  # fmt: skip
        page.write_string(0, at, str(column), head)
        page.write_string(1, at, unit, below)
        values = frame[column].tolist()
        if kind == "f":  # most cells are numbers: looked at all at once
            style = styles.number(unit)
            for row in np.flatnonzero(np.isfinite(frame[column])).tolist():
                page.write_number(row + HEAD_ROWS, at, values[row], style)
        else:
            text = styles.flag if column == FLAGS else styles.text
            for row, value in enumerate(values, start=HEAD_ROWS):
                put(page, row, at, value, styles, unit, text)
                if column == FLAGS and len(value) > FLAG:  # not every program makes room itself
                    page.set_row(row, min(LINE * len(wrap(value, FLAG)), TALLEST))
        wide = _width(str(column), values)
        page.set_column(at, at, wide)
        width += wide
        printed = at + 1 if width <= PRINTED else printed
    last = max(len(frame) + HEAD_ROWS - 1, HEAD_ROWS)
    if len(frame.columns):
        page.autofilter(HEAD_ROWS - 1, 0, last, len(frame.columns) - 1)
        page.print_area(0, 0, last, printed - 1)
    page.freeze_panes(HEAD_ROWS, named_columns(frame))
    page.repeat_rows(0, HEAD_ROWS - 1)
    page.set_landscape()
    page.set_margins(**MARGINS)
    page.fit_to_pages(1, 0)
    return page


def _width(name: str, values: list[Any]) -> int:
    if name == FLAGS:
        return FLAG
    texts = [len(v) for v in values[:LOOKED_AT] if isinstance(v, str)]
    return min(max(NARROW, len(name) + 2, *texts, 0), WIDE)


def named_columns(frame: pd.DataFrame) -> int:
    """Return how many columns name a row, which stay in sight: up to the name of a sector."""
    named = (
        n for n in ("candidate_name", "industry_title", "name", "key", "region_name") if n in frame
    )
    return next((list(frame.columns).index(n) + 1 for n in named), 0)
