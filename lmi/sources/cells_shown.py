"""What a cell of a workbook shows beyond its value: a percentage, or no result of a formula."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

from lmi.errors import DataFileError
from lmi.words import listing

__all__ = ["as_shown", "cell_name", "check_results", "what_damage_raises"]

Rows = list[list[str]]
_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a format: text that scales nothing
MOST_NAMED = 5
# Of a sheet's XML: a cell with its attributes and what is in it. A sheet of an agency has a million
# cells, which a parser of XML takes ten times as long for, and mostly no formula.
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_NAME = re.compile(rb"""\br=["']([A-Z]+[0-9]+)["']""")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")
_FORMULA, _RESULT = re.compile(rb"<(?:\w+:)?f[\s>/]"), re.compile(rb"<(?:\w+:)?v>[^<]")


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


def check_results(path: Path, names: Collection[str]) -> None:
    """Refuse sheets in which a formula has no result, or came to an error: it reads as blank.

    Raises
    ------
    DataFileError
        One has, since the program that wrote it computed none; or it is damaged.
    """
    if not _is_xlsx(path):
        return
    try:
        with zipfile.ZipFile(path) as book:
            found = {n: list(_without_result(book.read(part))) for n, part in _parts(book, names)}
    except what_damage_raises() as error:
        raise DataFileError(
            "its parts cannot be read as those of a workbook; open it in a spreadsheet program, "
            "save it there, and read it again",
            file=path,
        ) from error
    for name, blank in found.items():
        if blank:
            more = [f"{len(blank) - MOST_NAMED} more"] if len(blank) > MOST_NAMED else []
            raise DataFileError(
                f"the sheet {name!r} has a formula without a result in "
                f"{listing([*blank[:MOST_NAMED], *more])}; open the workbook in a spreadsheet "
                "program, mend what shows an error, save it there, and read it again",
                file=path,
            )


def _parts(book: zipfile.ZipFile, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield sheets by name with the parts of the archive that they are."""
    of_id = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():
        if one.tag.endswith("}sheet") and one.get("name") in names:
            own = next((value for key, value in one.attrib.items() if key.endswith("}id")), None)
            target = of_id.get(own, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part in book.namelist():
                yield one.attrib["name"], part


def _without_result(sheet: bytes) -> Iterator[str]:
    """Yield the cells of a sheet's XML in which a formula has no result, or an error stands."""
    if not (_FORMULA.search(sheet) or _IS_ERROR.search(sheet)):
        return
    for attributes, inside in _CELL.findall(sheet):
        is_blank = _FORMULA.search(inside) and not _RESULT.search(inside)
        if _IS_ERROR.search(attributes) or (is_blank and not _IS_TEXT.search(attributes)):
            found = _NAME.search(attributes)
            yield found[1].decode() if found else "a cell"


def as_shown(path: Path, sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    """Write percentages as their cells show them: 79% is kept as 0.79 with a format.

    Parameters
    ----------
    sheets : mapping of str to list of list of str
        Rows from the first of the sheet, by its name.

    Raises
    ------
    DataFileError
        As `check_results` refuses them.
    """
    check_results(path, sheets)
    if not _is_xlsx(path):
        return dict(sheets)
    import openpyxl  # every program of ours knows workbooks, and few read one

    with warnings.catch_warnings():  # of styles that it does not keep
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True)
    try:
        return {name: _sheet(book[name], rows) for name, rows in sheets.items()}
    finally:
        book.close()


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as file:
        return zipfile.is_zipfile(file) and "xl/workbook.xml" in zipfile.ZipFile(file).namelist()


def _sheet(page: Any, rows: Rows) -> Rows:
    shown = [list(row) for row in rows]
    for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
        at, column = cell.row - 1, cell.column - 1
        text = rows[at][column] if at < len(rows) and column < len(rows[at]) else ""
        if text and "%" in _LITERAL.sub("", cell.number_format):
            shown[at][column] = _percentage(text)
    return shown


def _percentage(text: str) -> str:
    try:
        hundredths = Decimal(text) * 100
    except ArithmeticError:  # a text that has the format of a number
        return text
    return f"{hundredths.normalize():f}%"
