"""What a cell of a workbook shows beyond its value: a percentage, or a formula without a result."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from lmi.errors import DataFileError
from lmi.words import listing

__all__ = ["as_shown", "cell_name", "what_damage_raises"]

Rows = list[list[str]]
_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a format: text that scales nothing
MOST_NAMED = 5


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell, by its row and column from 0.

    Examples
    --------
    >>> cell_name(0, 0), cell_name(6, 27)
    ('A1', 'AB7')
    """
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row + 1}"


def what_damage_raises() -> tuple[type[Exception], ...]:
    """Return what may be raised of a workbook that is damaged."""
    from openpyxl.utils.exceptions import InvalidFileException

    return (
        InvalidFileException, ParseError, zipfile.BadZipFile, zlib.error, ArithmeticError,
        AssertionError, AttributeError, EOFError, LookupError, RuntimeError, TypeError, ValueError,
    )  # fmt: skip


def as_shown(path: Path, sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    """Write percentages as their cells show them: 79% is kept as 0.79 with a format.

    Parameters
    ----------
    sheets : mapping of str to list of list of str
        Rows from the first of the sheet, by its name.

    Raises
    ------
    DataFileError
        A formula has no result: the program that wrote it computed none, and it reads as blank.
    """
    if not _is_xlsx(path):
        return dict(sheets)
    import openpyxl  # every program of ours knows workbooks, and few read one

    with warnings.catch_warnings():  # of styles that it does not keep
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True)
    try:
        return {name: _sheet(path, book[name], name, rows) for name, rows in sheets.items()}
    finally:
        book.close()


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as file:
        return zipfile.is_zipfile(file) and "xl/workbook.xml" in zipfile.ZipFile(file).namelist()


def _sheet(path: Path, page: Any, name: str, rows: Rows) -> Rows:
    shown = [list(row) for row in rows]
    blank = []
    for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
        at, column = cell.row - 1, cell.column - 1
        text = rows[at][column] if at < len(rows) and column < len(rows[at]) else ""
        if cell.data_type in ("f", "e") and not text:  # a formula, or the error that it came to
            blank.append(cell_name(at, column))
        elif text and "%" in _LITERAL.sub("", cell.number_format):
            shown[at][column] = _percentage(text)
    if blank:
        more = [f"{len(blank) - MOST_NAMED} more"] if len(blank) > MOST_NAMED else []
        raise DataFileError(
            f"the sheet {name!r} has a formula without a result in "
            f"{listing([*blank[:MOST_NAMED], *more])}; open the workbook in a spreadsheet program, "
            "save it there, and read it again",
            file=path,
        )
    return shown


def _percentage(text: str) -> str:
    try:
        hundredths = Decimal(text) * 100
    except ArithmeticError:  # a text that has the format of a number
        return text
    return f"{hundredths.normalize():f}%"
