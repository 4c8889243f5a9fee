"""Find the line of a CSV that does not fit: slowly, and only once a fast check has failed."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Column

if TYPE_CHECKING:
    from lmi.sources.csv_header import Header

__all__ = ["Lines", "complain"]

_NUMBER = {
    "int": re.compile(r"[-+]?\d{1,18}"),  # what fits 64 bits
    "float": re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE),
}
_RULE = {"int": "a whole number", "float": "a number"}


@dataclass(frozen=True)
class Lines:
    r"""The lines that the rows of a block stand on, counted only when one is asked for.

    Parameters
    ----------
    block : bytes
        Rows of a CSV as UTF-8, without its header.
    first : int
        Line of the file that the block begins on.

    Examples
    --------
    >>> Lines(b'a,b\n\n"two\nlines",c\nd,e\n', first=2).of(2)
    6
    """

    block: bytes
    first: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not blank with the line it begins on.

        Raises
        ------
        csv.Error
            A quote is out of place or a field has no end; carries the line and the reason.
        """
        reader = csv.reader(io.StringIO(self.block.decode("utf-8"), newline="\n"), strict=True)
        line = self.first
        try:
            for fields in reader:
                if fields:
                    yield line, fields
                line = self.first + reader.line_num
        except csv.Error as error:
            reason = "a CR stands alone in it" if "new-line" in str(error) else str(error)
            raise csv.Error(line, reason) from error

    def of(self, row: int) -> int:
        """Return the line of a row, by its number among those that are not blank."""
        return self.of_rows([row])[0]

    def of_rows(self, rows: Sequence[int]) -> list[int]:
        """Return the lines of rows, by their numbers in order, in one pass."""
        wanted = iter(rows)
        found: list[int] = []
        with contextlib.suppress(csv.Error, StopIteration):
            row = next(wanted)
            for i, (line, _) in enumerate(self.rows()):
                if i == row:
                    found.append(line)
                    row = next(wanted)
        return found + [self.first + row for row in rows[len(found) :]]

    def find(self, column: pl.Series, is_bad: Callable[[str], bool]) -> int:
        """Return the line of the first value of a column that is bad.

        Examples
        --------
        >>> Lines(b"a,b", first=2).find(pl.Series(["a", "b"]), lambda v: v == "b")
        3
        """
        bad = {v for v in column.unique().to_list() if v is not None and is_bad(v)}
        return self.of(next(i for i, v in enumerate(column.to_list()) if v in bad))


def _fits(column: Column, value: str) -> bool:
    if not value.strip():
        return column.blank
    pattern = _NUMBER.get(column.dtype)
    return pattern is None or pattern.fullmatch(value.strip(" ")) is not None


def complain(lines: Lines, header: Header, label: str) -> None:
    """Raise for the first row of a block that has the wrong fields; return if none has.

    Raises
    ------
    DataFileError
        A row has too few or too many fields, a number is not one, a required field is empty, or a
        quote is out of place.
    """
    columns = {
        i: header.table.by_name[n] for i, n in enumerate(header.names) if n in header.present
    }
    try:
        for line, row in lines.rows():
            _check_row(row, columns, len(header.names), label, line)
    except csv.Error as error:
        line, reason = error.args
        raise DataFileError(
            f"the row cannot be read ({reason}); put a text with quotes or line ends in quotes, "
            "and double the quotes within it",
            file=label,
            line=line,
        ) from error


def _check_row(
    row: list[str], columns: dict[int, Column], n_fields: int, label: str, line: int
) -> None:
    if len(row) != n_fields:
        raise DataFileError(
            f"the row has {len(row)} fields and the header {n_fields}; the file is damaged or cut "
            "off, so download it again",
            file=label,
            line=line,
        )
    for i, column in columns.items():
        if not _fits(column, row[i]):
            what = "is empty" if not row[i].strip() else f"is {row[i][:40]!r}"
            raise DataFileError(
                f"{column.name} {what}; it must be {_RULE.get(column.dtype, 'filled')}, so mend "
                "the row or download the file again",
                file=label,
                line=line,
            )
