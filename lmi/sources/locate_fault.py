"""Find the line of a CSV that a row stands on: slowly, and only once a fast check has failed."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

__all__ = ["Lines"]

# Blanks between the quote that ends a field and what separates it from the next.
_AFTER_QUOTE = re.compile(r'(?<!")"[ ]+(?=[,;|\t\r\n])')
# A comma as prose has it, and what marks it in the text behind.
_IN_PROSE = re.compile(r",( +)(?=[^\W\d_])")
_GOES_ON = "\x1f"
_REASONS = {
    "new-line": "a CR stands alone in it",
    "unexpected end": "a quote is opened on it and never closed",
    "expected after": "a quote stands in the midst of a field",
    "field larger": "a field is longer than any is, or a quote is opened and never closed",
}


@dataclass(frozen=True)
class Lines:
    r"""The lines that the rows of a block stand on, counted only when one is asked for.

    Parameters
    ----------
    block : bytes
        Rows of a CSV as UTF-8, without its header.
    first : int
        Line of the file that the block begins on.
    separator : str
        What stands between two fields.
    title : tuple of str
        The fields of the header in small letters: a row of them is no row, but where two files
        were joined.

    Examples
    --------
    >>> Lines(b'a,b\n\n"two\nlines",c\nd,e\n', first=2).of(2)
    6
    """

    block: bytes
    first: int
    separator: str = ","
    title: tuple[str, ...] = ()

    def rows(self, n_fields: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not blank with the line it begins on.

        Parameters
        ----------
        n_fields : int
            Of the header. Of a row that has more, empty ones at its end are left; where texts
            hold commas without quotes, it is put together as prose has them, a blank and a letter
            behind each, if that alone fits.

        Raises
        ------
        csv.Error
            A quote is out of place or a field has no end; carries the line and the reason.
        """
        text = _AFTER_QUOTE.sub('"', self.block.decode("utf-8"))
        if n_fields and self.separator == ",":
            text = _IN_PROSE.sub(rf",{_GOES_ON}\1", text)
        reader = csv.reader(
            io.StringIO(text, newline="\n"),
            delimiter=self.separator,
            skipinitialspace=self.separator != "\t",
            strict=True,
        )
        line = self.first
        try:
            for fields in reader:
                if self._is_row(fields):
                    yield line, _put_together(fields, n_fields) if n_fields else fields
                line = self.first + reader.line_num
        except csv.Error as error:
            raise csv.Error(line, _reason(str(error))) from error

    def _is_row(self, fields: Sequence[str]) -> bool:
        if len(fields) != 1 and not any(map(str.strip, fields)):
            return False
        return fields[0].strip().lower() not in self.title[:1] or self.title != tuple(
            field.strip().lower() for field in fields
        )

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


def _put_together(fields: list[str], n_fields: int) -> list[str]:
    """Join what goes on to the text before it, if the row then has the fields of the header."""
    whole: list[str] = []
    while len(fields) > n_fields and not fields[-1].strip():
        fields = fields[:-1]
    for field in fields:
        if len(fields) > n_fields and field.startswith(_GOES_ON) and _has_letter(whole):
            whole[-1] += f",{field}"
        else:
            whole.append(field)
    chosen = whole if len(whole) == n_fields else fields
    # Nothing goes on where a field begins, and within quotes it went on all the time.
    return [field.removeprefix(_GOES_ON).lstrip(" ") if field.startswith(_GOES_ON)
            else field.replace(_GOES_ON, "") for field in chosen]  # fmt: skip


def _has_letter(fields: Sequence[str]) -> bool:
    return bool(fields) and any(map(str.isalpha, fields[-1]))


def _reason(told: str) -> str:
    return next((reason for sign, reason in _REASONS.items() if sign in told), told)
