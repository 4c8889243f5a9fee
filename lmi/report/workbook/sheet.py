"""One table a sheet: heads, units, numbers as numbers, codes as text; frozen and to be filtered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lmi.report.workbook.dictionary import Meaning, entry
from lmi.report.workbook.flags import named_columns
from lmi.report.workbook.paper import PRINTED, breadth, printed_columns, set_on_paper, wanted_first

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = [
    "HEAD_ROWS", "LINE", "TALLEST", "Styles", "TableSheet", "in_cell", "new_book", "put",
    "written",
]  # fmt: skip

HEAD_ROWS = 2
"""Rows above the numbers: the columns' names, and their units."""
TALLEST = 409  # points of a row, more than which a spreadsheet does not open
LONGEST_TEXT = 32_767  # of a cell; a spreadsheet cuts what is longer without a word
NARROW, WIDE = 9, 46
LINE = 15  # points of a line of text
LETTER = 1.08  # letters to a sign, which is as wide as a digit
PART = "&L&9Printed are the first {} of {:,} rows; the file has them all."
LOOKED_AT = 200  # rows that a column's width is taken from
NUMBER = {"align": "right", "indent": 1}  # so that a text beside a number does not touch it
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
    printed_rows : int, optional
        How many are printed, those on top; all where it is not said.
    """

    name: str
    frame: pd.DataFrame
    about: str
    units: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    printed_rows: int | None = None

    def unit(self, column: str) -> str:
        """The unit of a column."""
        return self.units.get(column, self._entry(column).unit)

    def meaning(self, column: str) -> str:
        """What a column is."""
        return self.meanings.get(column, self._entry(column).text)

    def _entry(self, column: str) -> Meaning:
        found = entry(column)
        return found if found.text or not self.of else entry(self.of)


def new_book(buffer: BytesIO, title: str) -> Workbook:
    """Begin a workbook: its texts are texts, and no time of making is in it.

    So the same inputs give the same bytes.
    """
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(buffer, options)
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    return book


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, accent: str = "") -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.wrapped_head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.right_head = book.add_format({"bold": True, "bottom": 1, **NUMBER})
        self.number_head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", **NUMBER}
        )
        self.number_unit = book.add_format({"italic": True, "font_color": "#555555", **NUMBER})
        self.unit = book.add_format({"italic": True, "font_color": "#555555"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped_text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
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
            self._made[code] = self._book.add_format(
                {"num_format": code, "valign": "top", **NUMBER}
            )
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
    page, frame = book.add_worksheet(sheet.name), sheet.frame
    widths = [_width(str(name), frame[name]) for name in frame]
    is_whole = bool(sheet.of)  # a column a region, each wanted on paper
    if breadth(widths) > PRINTED and not is_whole:
        frame = wanted_first(frame)
        widths = [_width(str(name), frame[name]) for name in frame]
    columns = printed_columns(list(map(str, frame)), widths, is_whole)
    heights = np.ones(len(frame), dtype=int)  # lines of text
    for at, column in enumerate(frame.columns):
        unit = sheet.unit(str(column))
        _write_head(page, at, str(column), unit, frame[column], styles)
        page.set_column(at, at, widths[at])
        text = styles.wrapped_text if at in columns else styles.text
        _write_column(page, at, frame[column], styles, unit, text)
        if at in columns:
            heights = np.maximum(heights, _lines(frame[column], widths[at]))
    for row in np.flatnonzero(heights > 1).tolist():  # not every program makes room itself
        page.set_row(row + HEAD_ROWS, min(LINE * int(heights[row]), TALLEST))
    last = max(len(frame) + HEAD_ROWS - 1, HEAD_ROWS)
    if len(frame.columns):
        page.autofilter(HEAD_ROWS - 1, 0, last, len(frame.columns) - 1)
        printed = breadth(widths[columns.start : columns.stop])
        if sheet.printed_rows is not None and sheet.printed_rows < len(frame):
            last = HEAD_ROWS + sheet.printed_rows - 1
            page.set_header(PART.format(sheet.printed_rows, len(frame)))
        set_on_paper(page, HEAD_ROWS, last, columns, printed, named_columns(frame))
    page.freeze_panes(HEAD_ROWS, named_columns(frame))
    return page


def _write_head(
    page: Worksheet, at: int, name: str, unit: str, values: pd.Series, styles: Styles
) -> None:
    is_number = values.dtype.kind in "fi"
    page.write_string(0, at, name, styles.right_head if is_number else styles.head)
    page.write_string(1, at, unit, styles.number_unit if is_number else styles.unit)


def _write_column(
    page: Worksheet, at: int, values: pd.Series, styles: Styles, unit: str, text: Format
) -> None:
    listed = values.tolist()
    if values.dtype.kind == "f":  # most cells are numbers: looked at all at once
        style = styles.number(unit)
        for row in np.flatnonzero(np.isfinite(values)).tolist():
            page.write_number(row + HEAD_ROWS, at, listed[row], style)
        return
    for row, value in enumerate(listed, start=HEAD_ROWS):
        put(page, row, at, value, styles, unit, text)


def _lines(values: pd.Series, width: int) -> np.ndarray:
    """Count the lines that each text of a column takes."""
    signs = int(width * LETTER)
    return np.array(
        [
            len(wrap(value, signs)) if isinstance(value, str) and len(value) > signs else 1
            for value in values.tolist()
        ],
        dtype=int,
    )


def _width(name: str, values: pd.Series) -> int:
    if values.dtype.kind in "fi":
        largest = values.abs().max()
        return max(NARROW, len(name) + 2, len(f"{largest:,.0f}") + 2)
    texts = (len(v) + 1 for v in values[:LOOKED_AT].tolist() if isinstance(v, str))
    return min(max(NARROW, len(name) + 2, *texts), WIDE)
