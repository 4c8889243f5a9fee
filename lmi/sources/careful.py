"""Read the rows of a CSV as people write them, or name the line that does not fit.

This is what a row means; `lmi.sources.csv_table` reads blocks that are written plainly faster.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import polars as pl

from lmi.errors import DataFileError
from lmi.schema import WITHHELD, Column
from lmi.sources.as_written import is_empty, numbers, why_not
from lmi.sources.csv_header import Header
from lmi.sources.locate_fault import Lines

__all__ = ["AMEND", "other_fields", "quotes_fit", "read_carefully", "unreadable"]

CACHED = 1 << 17  # bytes that a processor keeps at hand
ROWS_AT_ONCE = 50_000  # so that a large table of texts is not doubled in memory
AMEND = ", so mend the row or download the file again"
"""How a sentence on a row ends."""
_PROSE = re.compile(r"[^\W\d_]{2}.*\s\S")
_TOTAL = re.compile(r"\W*((grand|sub)\W?)?(totals?|sum|average|mean)\b", re.IGNORECASE)


@dataclass
class _Batch:
    """Some rows that follow each other, and what broke them off."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    fault: DataFileError | None = None


def quotes_fit(block: bytes, separator: str) -> bool:
    r"""Tell whether each quote begins or ends a field, or is doubled within one.

    Examples
    --------
    >>> quotes_fit(b'"62","a ""b"" c"\n', ","), quotes_fit(b'"62"14,x\n', ",")
    (True, False)
    """
    text = np.frombuffer(block, np.uint8)
    if _none_is_doubled(text, separator):
        return True
    at = np.flatnonzero(text == ord('"'))
    if len(at) % 2:
        return False
    beside = np.zeros(256, bool)
    beside[list(f'{separator}\r\n"'.encode())] = True
    opens, closes = at[::2], at[1::2]
    before, after = text[opens[opens > 0] - 1], text[closes[closes < len(text) - 1] + 1]
    return bool(beside[before].all() and beside[after].all())


def _none_is_doubled(text: npt.NDArray[np.uint8], separator: str) -> bool:
    """Tell whether half of the quotes begin fields and half end them, in a fifth of the time."""
    n_quotes = begin = end = 0
    for at in range(0, len(text), CACHED):
        piece = text[at : at + CACHED + 1]
        is_quote = piece == ord('"')
        is_edge = piece == ord(separator)
        is_edge |= piece == ord("\n")
        is_edge |= piece == ord("\r")
        n_quotes += int(np.count_nonzero(is_quote[:CACHED]))
        begin += int(np.count_nonzero(is_quote[1:] & is_edge[:-1]))
        end += int(np.count_nonzero(is_quote[:-1] & is_edge[1:]))
    begin += int(np.count_nonzero(text[:1] == ord('"')))
    return n_quotes == 2 * begin == 2 * end


def read_carefully(lines: Lines, header: Header, label: str) -> pl.DataFrame:
    """Read a block into the columns that the file has.

    Raises
    ------
    DataFileError
        Names the first row that has too few or too many fields, a number that is not one, an
        empty field that must be filled, or a quote out of place.
    """
    frames = [_frame(batch, header, label) for batch in _batches(lines, header, label)]
    return pl.concat(frames)


def _batches(lines: Lines, header: Header, label: str) -> Iterator[_Batch]:
    n_fields = len(header.names)
    rows = _without_notes(lines.rows(n_fields), label) if lines.title else lines.rows(n_fields)
    while True:
        batch = _Batch()
        try:
            for line, row in islice(rows, ROWS_AT_ONCE):
                if len(row) != n_fields:
                    batch.fault = other_fields(row, n_fields, label, line)
                    break
                batch.lines.append(line)
                batch.rows.append(row)
        except csv.Error as error:
            batch.fault = unreadable(error, label)
        except DataFileError as error:
            batch.fault = error
        yield batch
        if batch.fault is not None or len(batch.rows) < ROWS_AT_ONCE:
            return


def _without_notes(
    rows: Iterator[tuple[int, list[str]]], label: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows without the notes below them: prose in the first field, and nothing else."""
    note: DataFileError | None = None
    for line, row in rows:
        if _PROSE.search(row[0]) and not any(map(str.strip, row[1:])):
            told = f"a note stands among its rows ({row[0][:40]!r}); take it out"
            note = DataFileError(f"{told} or download the file again", file=label, line=line)
        elif note is not None:
            raise note
        else:
            yield line, row


def unreadable(error: csv.Error, label: str) -> DataFileError:
    """Return the error of a row with a quote out of place, as `Lines.rows` raises it."""
    line, reason = error.args
    return DataFileError(
        f"the row cannot be read ({reason}); put a text with quotes or line ends in quotes, and "
        "double the quotes within it",
        file=label,
        line=line,
    )


def other_fields(row: list[str], n_fields: int, label: str, line: int) -> DataFileError:
    """Return the error of a row that has more or fewer fields than the header."""
    remedy = "the file is damaged or cut off, so download it again"
    if len(row) < n_fields and _PROSE.search(row[0]):
        remedy = f"take it out if it is a note below the table, or {remedy}"
    elif len(row) > n_fields:
        remedy = "put a text or number that holds a comma into quotes or download the file again"
    return DataFileError(
        f"the row has {len(row)} fields and the header {n_fields}; {remedy}",
        file=label,
        line=line,
    )


def _frame(batch: _Batch, header: Header, label: str) -> pl.DataFrame:
    """Read the rows of a batch, or raise for the first that does not fit."""
    at = {name: i for i, name in enumerate(header.names)}
    cells = {
        name: pl.Series(name, [row[at[name]] for row in batch.rows], pl.String)
        for name in header.kept
    }
    read: dict[str, pl.Series] = {}
    bad: list[tuple[int, str]] = []
    for name in header.present:
        written, column = cells[name], header.table.by_name[name]
        read[name] = _read(written, column, header.decimal)
        if not read[name].null_count():
            continue
        is_bad = read[name].is_null() & ~_may_be_empty(column, cells)
        if is_bad.any():
            bad.append((is_bad.to_list().index(True), name))
    if bad:
        row, name = min(bad, key=itemgetter(0))
        column = header.table.by_name[name]
        where = f" where {column.gate} is not N" if column.gate in cells else ""
        why = why_not(cells[name][row], column, header.decimal, where)
        if total := next(filter(_TOTAL.match, batch.rows[row]), ""):
            why += f"; the row of {total[:40]!r} is a sum below the table, so take it out"
        raise DataFileError(f"{why}{AMEND}", file=label, line=batch.lines[row])
    if batch.fault is not None:
        raise batch.fault
    types = header.table.parsing_schema
    frame = pl.DataFrame(read).cast({n: types[n] for n in header.present})
    return frame.with_columns(cells[name] for name in header.kept if name not in read)


def _read(cells: pl.Series, column: Column, decimal: str) -> pl.Series:
    if column.dtype in ("int", "float"):
        return numbers(cells, column, decimal)
    hollow = is_empty(cells) if column.dtype == "code" else cells.str.strip_chars() == ""
    return cells.set(hollow, None)


def _may_be_empty(column: Column, cells: dict[str, pl.Series]) -> pl.Series:
    """Tell which of a column's cells are empty and may be, by the column or by its gate."""
    empty = is_empty(cells[column.name], of_numbers=column.dtype in ("int", "float"))
    if column.blank:
        return empty
    if column.gate in cells:
        return empty & cells[column.gate].str.strip_chars().is_in(WITHHELD)
    return empty & False
