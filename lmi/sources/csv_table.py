"""Read a CSV stream into frames of a schema table, or say on which line it does not fit.

The fast path parses blocks with polars and checks whole columns. Only when a check fails is the
block read again, slowly, to find the line.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Column, Table

__all__ = ["Header", "find_line", "read_frames", "read_header"]

_NUMBER = {
    "int": re.compile(r"[-+]?\d+"),
    "float": re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE),
}
_BOM = b"\xef\xbb\xbf"
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True)
class Header:
    """The first line of a CSV, held against a table.

    Parameters
    ----------
    table : Table
        The table it belongs to.
    names : tuple of str
        A unique name per field of the file; stored names where the table has the column.
    present : tuple of str
        Stored names of the table that the file has, in stored order.
    """

    table: Table
    names: tuple[str, ...]
    present: tuple[str, ...]


def first_line(start: bytes) -> list[str]:
    """Return the fields of the first line, in lower case.

    Examples
    --------
    >>> first_line(b'"Area_FIPS",own_code\\r\\n1,2')
    ['area_fips', 'own_code']
    """
    line = start.removeprefix(_BOM).split(b"\n", 1)[0].decode("utf-8", "replace")
    fields = next(csv.reader([line.strip("\r")]), [])
    return [f.strip().lower() for f in fields]


def read_header(start: bytes, table: Table, label: str) -> Header:
    """Match the first line of a file with the columns of a table.

    Parameters
    ----------
    start : bytes
        The beginning of the file.
    table : Table
        The table that the file was recognised as.
    label : str
        How an error names the file.

    Raises
    ------
    DataFileError
        A column is missing, with the nearest name that the file has, or stands twice.

    Examples
    --------
    >>> from lmi.schema import table
    >>> read_header(b"year,w_county_fips,h_county_fips,jobs", table("commuting"), "f.csv").present
    ('w_county_fips', 'h_county_fips', 'jobs', 'year')
    """
    fields = first_line(start)
    names = [table.spelling.get(f, f"_{i}") for i, f in enumerate(fields)]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise DataFileError(
            f"the column {twice[0]!r} stands twice in its header; keep one", file=label, line=1
        )
    missing = [n for n in table.required if n not in names]
    if missing:
        unknown = [f for f in fields if f not in table.spelling]
        near = difflib.get_close_matches(missing[0], unknown, 1, 0.6)
        hint = f"; its column {near[0]!r} may be it under another name" if near else ""
        raise DataFileError(
            f"it lacks the column {', '.join(map(repr, missing[:3]))} of the table "
            f"{table.name}{hint}; use the file as the agency publishes it",
            file=label,
            line=1,
        )
    return Header(table, tuple(names), tuple(n for n in table.names if n in names))


def _as_text(block: bytes, label: str, line: int) -> bytes:
    """Return the block as UTF-8; Windows-1252 is read as such if the block is it throughout."""
    if block.isascii():
        if b"\0" in block:
            raise DataFileError("it holds NUL bytes; save it as plain CSV", file=label, line=line)
        return block
    try:
        block.decode("utf-8")
        return block
    except UnicodeDecodeError as error:
        where = line + block.count(b"\n", 0, error.start)
        if _MULTIBYTE.search(block):
            raise DataFileError(
                "it mixes UTF-8 with another encoding; save it as UTF-8", file=label, line=where
            ) from error
        try:
            return block.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError as second:
            raise DataFileError(
                "it is neither UTF-8 nor Windows-1252 text; save it as UTF-8",
                file=label,
                line=where,
            ) from second


def _fits(column: Column, value: str) -> bool:
    if not value.strip():
        return column.blank
    pattern = _NUMBER.get(column.dtype)
    return pattern is None or pattern.fullmatch(value) is not None


def _complain(block: bytes, header: Header, label: str, first: int) -> None:
    """Raise for the first row of a block that has the wrong fields; return if none has."""
    rows = csv.reader(io.StringIO(block.decode("utf-8"), newline=""))
    columns = {i: header.table.by_name[n] for i, n in enumerate(header.names) if n in header.present}
    for row in rows:
        line = first + rows.line_num - 1
        if not row:
            continue
        if len(row) != len(header.names):
            raise DataFileError(
                f"the row has {len(row)} fields and the header {len(header.names)}; the file is "
                "damaged or cut off, so download it again",
                file=label,
                line=line,
            )
        for i, column in columns.items():
            if not _fits(column, row[i]):
                what = "is empty" if not row[i].strip() else f"is {row[i]!r}"
                rule = "a whole number" if column.dtype == "int" else "a number"
                rule = "filled" if column.dtype in ("code", "text") else rule
                raise DataFileError(
                    f"{column.name} {what}; it must be {rule}, so mend the row or download the "
                    "file again",
                    file=label,
                    line=line,
                )


def find_line(column: pl.Series, is_bad: Callable[[str], bool], first: int) -> int:
    """Return the line of the first value of a column that is bad.

    Examples
    --------
    >>> import polars as pl
    >>> find_line(pl.Series(["a", "b"]), lambda v: v == "b", 2)
    3
    """
    bad = {v for v in column.unique().to_list() if v is not None and is_bad(v)}
    return first + next(i for i, v in enumerate(column.to_list()) if v in bad)


def _parse(block: bytes, header: Header, types: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.read_csv(
        block,
        has_header=False,
        schema={n: types.get(n, pl.String()) for n in header.names},
    ).select(header.present)


def _check_columns(frame: pl.DataFrame, header: Header, label: str, first: int) -> None:
    lows = frame.select(pl.col(pl.Int64, pl.Float64).min())
    for name in header.present:
        lowest = header.table.by_name[name].lowest
        if lowest is None or name not in lows.columns:
            continue
        value = lows[name][0]
        if value is not None and value < lowest:
            row = frame[name].fill_null(lowest).arg_min() or 0
            raise DataFileError(
                f"{name} is {value:g}; it cannot be below {lowest:g}, so mend the row or download "
                "the file again",
                file=label,
                line=first + row,
            )


def _is_suspect(frame: pl.DataFrame, header: Header) -> bool:
    """Tell whether a required value is missing, or a row may be cut off."""
    nulls = frame.null_count().row(0, named=True)
    last = next((n for n in reversed(header.names) if n in header.present), None)
    must = [n for n in header.present if not header.table.by_name[n].blank]
    return any(nulls[n] for n in must) or (last is not None and nulls[last] > 0)


def read_frames(
    header: Header, pieces: Iterable[bytes], label: str, *, code_type: pl.DataType | None = None
) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield frames of the columns that the file has, with the line of each one's first row.

    Parameters
    ----------
    header : Header
        From `read_header`.
    pieces : iterable of bytes
        The file from its first byte, cut at line ends.
    label : str
        How an error names the file.
    code_type : polars.DataType, optional
        Type that codes are parsed as, String unless told.

    Raises
    ------
    DataFileError
        A row has too few or too many fields, a number is not one or is negative, a required
        field is empty, or the text is in mixed encodings.

    Examples
    --------
    >>> from lmi.schema import table
    >>> text = b"w_county_fips,h_county_fips,jobs,year\\n99001,99003,7,2023\\n"
    >>> head = read_header(text, table("commuting"), "f.csv")
    >>> [(line, frame.height) for line, frame in read_frames(head, [text], "f.csv")]
    [(2, 1)]
    """
    types = dict(header.table.polars_schema)
    if code_type is not None:
        types |= {c.name: code_type for c in header.table.columns if c.dtype == "code"}
    line, is_first = 1, True
    for piece in pieces:
        block = _as_text(piece.removeprefix(_BOM) if is_first else piece, label, line)
        if is_first:
            _, _, block = block.partition(b"\n")
            line, is_first = 2, False
        body = block.lstrip(b"\r\n")
        line += block.count(b"\n", 0, len(block) - len(body))
        block = body
        if not block:
            continue
        try:
            frame = _parse(block, header, types)
        except pl.exceptions.PolarsError as error:
            _complain(block, header, label, line)
            raise DataFileError(
                f"it cannot be parsed as CSV ({str(error).splitlines()[0]}); download it again",
                file=label,
                line=line,
            ) from error
        if _is_suspect(frame, header):
            _complain(block, header, label, line)
            frame = frame.filter(~pl.all_horizontal(pl.all().is_null()))  # blank lines
        _check_columns(frame, header, label, line)
        yield line, frame
        line += block.count(b"\n")
