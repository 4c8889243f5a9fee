"""An Excel workbook as the CSV that its table would be saved as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lmi.errors import DataFileError
from lmi.sources.cells_shown import as_shown, what_damage_raises
from lmi.words import listing

__all__ = ["Sheet", "head_at", "sheet_rows", "table_sheet"]

FEWEST_CELLS = 3  # of a table's row; a note has fewer
MOST_TOLD = 4
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
    alike : tuple of str
        The sheets that have the same header and are read with it, as of one year each.
    """

    name: str
    csv: bytes
    others: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def remarks(self) -> list[str]:
        """What is to be said of the workbook."""
        if not (self.others or self.alike):
            return []
        read = listing(map(repr, (self.name, *self.alike)), MOST_TOLD)
        told = f"the sheets {read} were read" if self.alike else f"the sheet {read} was read"
        return [f"{told}; left: {', '.join(map(repr, self.others))}" if self.others else told]


def table_sheet(path: Path, unpacked_bytes: int) -> Sheet:
    """Return the sheet of a workbook that holds the most, and below it those of the same header.

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
    except _of_no_workbook() as error:
        raise DataFileError(
            "it cannot be read as an Excel workbook; save it as .xlsx without a password",
            file=path,
        ) from error


def head_at(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the first row that is filled, which names the columns.

    A title, which fills one cell, may stand above it.

    Examples
    --------
    >>> head_at([["", ""], ["Counted in 2024", ""], ["date", "value"]])
    2
    """
    filled = {at: sum(map(bool, row)) for at, row in enumerate(rows) if any(row)}
    return next((at for at, n_cells in filled.items() if n_cells > 1), min(filled))


def _of_no_workbook() -> tuple[type[Exception], ...]:
    return (CalamineError, OSError, *what_damage_raises())


def _visible(
    book: CalamineWorkbook, skip_empty_area: bool = True
) -> Iterator[tuple[str, list[list[Any]]]]:
    for meta in book.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
            yield meta.name, _rows(book.get_sheet_by_name(meta.name), skip_empty_area)


def _rows(sheet: CalamineSheet, skip_empty_area: bool) -> list[list[Any]]:
    """Return a sheet's rows, the text of cells that are merged down a column in each of them.

    A number that is merged is one of all its rows together, and stays where it is.
    """
    rows = sheet.to_python(skip_empty_area)
    top, left = sheet.start if skip_empty_area and sheet.start else (0, 0)
    header = _header(rows)
    for (first, first_column), (last, last_column) in sheet.merged_cell_ranges or ():
        at, column = first - top, first_column - left
        is_of_table = header is not None and at > header and 0 <= column < sheet.width
        below = rows[at + 1 : last - top + 1] if is_of_table else []
        value = rows[at][column] if below and first_column == last_column else None
        if isinstance(value, str):
            for row in below:
                row[column] = value
    return rows


@lru_cache(maxsize=1)  # a file is looked at, and then read
def _table_sheet(path: Path, changed_ns: int, size: int) -> Sheet:
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {
            name: [[_written(cell) for cell in row] for row in rows]
            for name, rows in _visible(book)
        }
    except CalamineError:
        return Sheet("", b"")
    filled = {name: rows for name, rows in sheets.items() if any(map(any, rows))}
    if not filled:
        return Sheet("", b"")
    best = max(filled, key=lambda name: _cells(filled[name]))
    alike = _alike(filled, best)
    text = _as_csv(chain(filled[best], *alike.values()))
    others = tuple(name for name in filled if name not in (best, *alike))
    return Sheet(best, text, others, tuple(alike))


def _cells(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Count the cells of rows that may be a table's, and then all: notes may be longer."""
    filled = [sum(map(bool, row)) for row in rows]
    return sum(n for n in filled if n >= FEWEST_CELLS), sum(filled)


def _alike(sheets: Mapping[str, list[list[str]]], best: str) -> dict[str, list[list[str]]]:
    """Return the rows of the sheets that go on with the best one: its header, and other rows."""
    at = _header(sheets[best])
    header = sheets[best][at] if at is not None else None
    there = {*map(tuple, sheets[best])}
    found = {}
    for name, rows in sheets.items():
        below = _header(rows)
        if below is not None and rows[below] == header:
            further = rows[below + 1 :]
            if not there.issuperset(map(tuple, further)):
                found[name] = further
                there.update(map(tuple, further))
    return found


def _header(rows: Sequence[Sequence[object]]) -> int | None:
    """Return the place of the first row that may name the columns of a table."""
    rows_of_cells = (at for at, row in enumerate(rows) if sum(map(bool, row)) >= FEWEST_CELLS)
    return next(rows_of_cells, None)


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _written(cell: object) -> str:
    """Return a cell as text: a whole number without a point, one blank between words."""
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return " ".join(str(whole).split())
