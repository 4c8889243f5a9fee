"""An Excel workbook as the CSV that its table would be saved as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lmi.errors import DataFileError
from lmi.sources.cells_shown import BROKEN, as_shown

__all__ = ["Sheet", "head_at", "sheet_rows", "table_sheet"]

MAX_BYTES = 1 << 28  # a sheet stands in memory whole; an agency's workbook unpacks to megabytes


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that is taken for its table.

    Parameters
    ----------
    name : str
        What it is called.
    csv : bytes
        Its rows, a line each.
    others : tuple of str
        The sheets that hold rows too and are not read.
    """

    name: str
    csv: bytes
    others: tuple[str, ...] = ()

    @property
    def remarks(self) -> list[str]:
        """What is to be said of the workbook."""
        if not self.others:
            return []
        return [f"the sheet {self.name!r} was read; left: {', '.join(map(repr, self.others))}"]


def table_sheet(path: Path, unpacked_bytes: int) -> Sheet:
    """Return the sheet of a workbook that holds the most.

    A hidden sheet is not looked at. A workbook that is damaged, locked with a password or too large
    has no rows, so that no reader takes it for its own.
    """
    if unpacked_bytes > MAX_BYTES:
        return Sheet("", b"")
    found = path.stat()
    return _table_sheet(path, found.st_mtime_ns, found.st_size)


def sheet_rows(path: Path, *names: str) -> dict[str, list[list[str]]]:
    """Return the rows of sheets that people fill in, by name, every cell as the text it shows.

    Parameters
    ----------
    *names : str
        Of the sheets; one that is hidden or not there is left out.

    Returns
    -------
    mapping of str to list of list of str
        From the first row and column of a sheet, so that a cell keeps its name; `head_at` tells
        where the filled rows begin. A sheet without any is not there.

    Raises
    ------
    DataFileError
        It is no workbook, or one that is damaged or locked, or a formula has no result.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        found = {
            name: [[_written(cell) for cell in row] for row in rows]
            for name, rows in _visible(book, skip_empty_area=False)
            if name in names
        }
        return as_shown(path, {name: rows for name, rows in found.items() if any(map(any, rows))})
    except (CalamineError, OSError, *BROKEN) as error:
        raise DataFileError(
            "it cannot be read as an Excel workbook; save it as .xlsx without a password",
            file=path,
        ) from error


def head_at(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the first row that is filled, which names the columns.

    Examples
    --------
    >>> head_at([["", ""], ["date", "value"]])
    1
    """
    return next(at for at, row in enumerate(rows) if any(row))


def _visible(
    book: CalamineWorkbook, skip_empty_area: bool = True
) -> Iterator[tuple[str, list[list[Any]]]]:
    for meta in book.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
            yield meta.name, book.get_sheet_by_name(meta.name).to_python(skip_empty_area)


@lru_cache(maxsize=1)  # a file is looked at, and then read
def _table_sheet(path: Path, changed_ns: int, size: int) -> Sheet:
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: _as_csv(rows) for name, rows in _visible(book)}
    except CalamineError:
        return Sheet("", b"")
    filled = [name for name, text in sheets.items() if text.strip(b",\n")]
    best = max(filled, key=lambda name: len(sheets[name]), default="")
    return Sheet(best, sheets.get(best, b""), tuple(name for name in filled if name != best))


def _as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_written(cell) for cell in r] for r in rows)
    return text.getvalue().encode()


def _written(cell: object) -> str:
    """Return a cell as text: a whole number without a point, one blank between words."""
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return " ".join(str(whole).split())
