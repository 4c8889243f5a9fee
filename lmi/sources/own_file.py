"""Read a CSV that a team wrote by hand: small, with comments, and every row knows its line."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import polars as pl

from lmi.errors import ConfigError, DataFileError
from lmi.schema import Table
from lmi.sources.archive import blocks, members
from lmi.sources.csv_header import read_header
from lmi.sources.csv_table import parse_block
from lmi.sources.locate_fault import Lines
from lmi.sources.text import BOM, Decoder, first_lines
from lmi.sources.zipcheck import WORKBOOK
from lmi.words import did_you_mean, listing

__all__ = ["OwnRows", "guarded", "read_own", "restored"]

MAX_BYTES = 10_000_000
# What a spreadsheet takes for a formula, as OWASP lists it for CSV injection; the apostrophes of
# an earlier guard are counted, so that each guard is taken away by itself.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


@dataclass(frozen=True, eq=False)
class OwnRows:
    """The rows of a file, and where they stand.

    Parameters
    ----------
    rows : DataFrame
        The table's columns; texts stripped, and empty where the field is; whole numbers may be
        missing.
    lines : tuple of int
        The line of each row.
    written : DataFrame
        The same columns, as far as the file has them, as they are written.
    """

    file: Path
    rows: pd.DataFrame
    lines: tuple[int, ...]
    written: pd.DataFrame

    def error(self, row: int, message: str) -> ConfigError:
        """Return the error that says `message` of a row, by its number from 0."""
        return ConfigError(message, file=self.file, line=self.lines[row])


def read_own(file: Path, table: Table) -> OwnRows:
    r"""Read a team's CSV.

    Parameters
    ----------
    file : pathlib.Path
        UTF-8 or Windows-1252. Lines that begin with ``#`` are comments, blank lines are skipped.
    table : Table
        What its columns are.

    Raises
    ------
    ConfigError
        A column is missing, a row has too few or too many fields, a required field is empty, or
        a number is not one or is out of bounds.
    DataFileError
        The file cannot be read, or is no text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from lmi.schema.owned import ENGAGEMENT
    >>> file = pathlib.Path(tempfile.mkdtemp(), "engagement.csv")
    >>> _ = file.write_text("# who works with employers\n"
    ...     "organisation,system,effort,candidate\nThe college,education,Council,energy\n")
    >>> found = read_own(file, ENGAGEMENT)
    >>> found.rows["organisation"].tolist(), found.lines
    (['The college'], (3,))
    """
    lines, head, line = _text(file)
    _check_header(file, line, first_lines(head)[0].fields, table)
    try:
        header = read_header(head, table, str(file))
        n_fields = len(header.names)
        at, fields = _checked_rows(file, lines, n_fields)
        frame = parse_block(lines, header, str(file)) if at else None
    except DataFileError as error:
        # Nobody can download a file that his own team wrote.
        message = error.message.removesuffix(" or download the file again")
        raise ConfigError(f"{message}.", file=file, line=error.line or line) from error
    written = pd.DataFrame(fields, columns=list(header.names), dtype="str")
    return OwnRows(file, _table(frame, table), at, written)


def guarded(text: str) -> str:
    """Return a text as it is written into a team's CSV: no spreadsheet runs it as a formula.

    Returns
    -------
    str
        With an apostrophe before it where it would start a formula; `restored` takes it away.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("a - b")
    ("'=1+1", "''=1+1", 'a - b')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return a text as it was before `guarded`.

    Examples
    --------
    >>> restored("'=1+1"), restored("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _text(file: Path) -> tuple[Lines, bytes, int]:
    """Return the rows, the header and the line of the header."""
    (member, *more) = members(file)
    if member.kind == "workbook":
        what, remedy = WORKBOOK
        raise DataFileError(f"it is {what}; {remedy}", file=file)
    if member.kind != "plain" or more or member.size > MAX_BYTES:
        raise DataFileError(
            f"a table that a team owns is plain CSV of at most {MAX_BYTES:,} bytes; save it so",
            file=file,
        )
    raw = b"".join(blocks(member)).removeprefix(BOM)
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    parts = _without_comments(Decoder(str(file)).utf8(raw, 1)).splitlines(keepends=True)
    filled = [number for number, part in enumerate(parts) if part.strip()]
    if not filled:
        raise DataFileError("it has no header; regions/README.md shows one", file=file)
    header = filled[0]
    start = filled[1] if len(filled) > 1 else header + 1
    separator = first_lines(parts[header])[0].separator
    return Lines(b"".join(parts[start:]), start + 1, separator), parts[header], header + 1


def _without_comments(text: bytes) -> bytes:
    """Empty the comments and the lines of separators alone, where no quoted text goes on."""
    kept, within_quotes = [], False
    for line in text.replace(b"\r\n", b"\n").split(b"\n"):
        is_row = line.strip(b",;| \t") and not line.lstrip().startswith(b"#")
        if is_row or within_quotes:
            kept.append(line)
            within_quotes ^= bool(line.count(b'"') % 2)
        else:
            kept.append(b"")
    return b"\n".join(kept)


def _check_header(file: Path, line: int, fields: list[str], table: Table) -> None:
    names = [table.spelling.get(field, "") for field in fields]
    unknown = [field for field, name in zip(fields, names, strict=True) if not name]
    missing = [name for name in table.required if name not in names]
    if missing:
        hint = did_you_mean(missing[0], unknown).replace("perhaps you meant", "is it")
        raise ConfigError(
            f"the column {missing[0]!r} is missing{hint + '?' if hint else ''}; the header names "
            f"{listing(table.required)}.",
            file=file,
            line=line,
        )
    absent = [name for name in table.names if name not in names]
    for field in unknown:  # other columns are a team's own affair; a slip would go unread
        if hint := did_you_mean(field, absent):
            raise ConfigError(f"the column {field!r} is unknown{hint}.", file=file, line=line)


def _checked_rows(
    file: Path, lines: Lines, n_fields: int
) -> tuple[tuple[int, ...], list[list[str]]]:
    found, rows = [], []
    try:
        for line, row in lines.rows(n_fields):
            if len(row) != n_fields:
                raise ConfigError(
                    f"the row has {len(row)} fields and the header {n_fields}; put a text that "
                    "holds a comma into double quotes, and write a comma for each empty field.",
                    file=file,
                    line=line,
                )
            found.append(line)
            rows.append(row)
    except csv.Error as error:
        line, reason = error.args
        raise ConfigError(
            f"the row cannot be read ({reason}); close every double quote, and double those "
            "within a text.",
            file=file,
            line=line,
        ) from error
    return tuple(found), rows


def _table(frame: pl.DataFrame | None, table: Table) -> pd.DataFrame:
    if frame is None:
        frame = pl.DataFrame(schema=table.polars_schema)
    columns = {}
    for name in table.names:
        dtype = table.by_name[name].dtype
        values = frame[name].to_list() if name in frame.columns else [None] * frame.height
        if dtype == "int":
            columns[name] = pd.Series(values, dtype="Int64")
        elif dtype == "float":
            columns[name] = pd.Series(values, dtype="float64")
        else:
            columns[name] = pd.Series([restored((v or "").strip()) for v in values], dtype="str")
    return pd.DataFrame(columns)
