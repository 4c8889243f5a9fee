"""Read a CSV stream into frames of a schema table, or say on which line it does not fit.

The fast path parses blocks with polars and checks whole columns. Only when a check fails is the
block read again, slowly, to find the line (see `lmi.sources.locate_fault`).
"""

from __future__ import annotations

import csv
import difflib
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.locate_fault import Lines, complain
from lmi.sources.text import BOM, Decoder

__all__ = ["Header", "parse_block", "read_blocks", "read_header"]

_LINE_END = re.compile(rb"[\r\n]")


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
    r"""Return the fields of the first line, in lower case.

    Examples
    --------
    >>> first_line(b'"Area_FIPS",own_code\r\n1,2')
    ['area_fips', 'own_code']
    """
    line = _LINE_END.split(start.removeprefix(BOM), maxsplit=1)[0].decode("utf-8", "replace")
    return [f.strip().lower() for f in next(csv.reader([line]), [])]


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


def _parse(block: bytes, header: Header) -> pl.DataFrame:
    types = header.table.parsing_schema
    return pl.read_csv(
        block,
        has_header=False,
        schema={n: types.get(n, pl.String()) for n in header.names},
    ).select(header.present)


def _bounds(header: Header) -> Iterator[tuple[str, str, pl.Expr]]:
    """Yield each number's bound: its column, the rule in words, and what breaks it."""
    for name in header.present:
        column, value = header.table.by_name[name], pl.col(name)
        if column.dtype == "float":
            yield name, "must be a number", ~value.is_finite()
        if column.lowest is not None:
            yield name, f"cannot be below {column.lowest:g}", value < column.lowest
        if column.highest is not None:
            yield name, f"cannot be above {column.highest:g}", value > column.highest


def _extremes(header: Header) -> Iterator[tuple[pl.Expr, Callable[[float], bool]]]:
    """Yield what tells of each bound whether a block may break it, and the test of that."""
    for name in header.present:
        column, value = header.table.by_name[name], pl.col(name)
        if column.dtype == "float":
            yield value.sum(), math.isfinite
        if column.lowest is not None:
            yield value.min(), partial(operator.le, column.lowest)
        if column.highest is not None:
            yield value.max(), partial(operator.ge, column.highest)


def _is_within_bounds(frame: pl.DataFrame, header: Header) -> bool:
    """Tell from extremes and sums alone: half the time of a look at each value."""
    extremes = list(_extremes(header))
    found = frame.select(value.alias(str(i)) for i, (value, _) in enumerate(extremes))
    values = found.row(0) if extremes else ()
    return all(v is None or fits(v) for v, (_, fits) in zip(values, extremes, strict=True))


def _check_bounds(frame: pl.DataFrame, header: Header, label: str, lines: Lines) -> None:
    if _is_within_bounds(frame, header):
        return
    bounds = list(_bounds(header))
    broken = frame.select(bad.any().alias(str(i)) for i, (_, _, bad) in enumerate(bounds))
    for (name, rule, bad), is_broken in zip(bounds, broken.row(0), strict=True):
        if is_broken:
            row = frame.select(bad.fill_null(False).arg_max()).item()
            raise DataFileError(
                f"{name} is {frame[name][row]}; it {rule}, so mend the row or download the file "
                "again",
                file=label,
                line=lines.of(row),
            )


def _is_suspect(frame: pl.DataFrame, header: Header) -> bool:
    """Tell whether a required value is missing, or a row may be cut off."""
    columns = [header.table.by_name[n] for n in header.present]
    nulls = frame.null_count().row(0, named=True)
    last = next((n for n in reversed(header.names) if n in header.present), None)
    if any(nulls[c.name] for c in columns if not c.blank) or (last is not None and nulls[last]):
        return True
    texts = [c.name for c in columns if c.dtype == "text" and not c.blank]
    return any((frame[n].str.strip_chars() == "").any() for n in texts)


def parse_block(lines: Lines, header: Header, label: str) -> pl.DataFrame:
    r"""Parse a block into the columns that the file has, and check it.

    Parameters
    ----------
    lines : Lines
        From `read_blocks`.
    header : Header
        From `read_header`.
    label : str
        How an error names the file.

    Raises
    ------
    DataFileError
        A row has too few or too many fields, a number is not one or is out of bounds, or a
        required field is empty.

    Examples
    --------
    >>> from lmi.schema import table
    >>> text = b"w_county_fips,h_county_fips,jobs,year\n99001,99003,7,2023\n"
    >>> head = read_header(text, table("commuting"), "f.csv")
    >>> [parse_block(lines, head, "f.csv")["jobs"][0] for lines in read_blocks([text], "f.csv")]
    [7]
    """
    try:
        frame = _parse(lines.block, header)
    except pl.exceptions.PolarsError as error:
        complain(lines, header, label)
        raise DataFileError(
            f"it cannot be parsed as CSV ({str(error).splitlines()[0]}); download it again",
            file=label,
        ) from error
    if _is_suspect(frame, header):
        complain(lines, header, label)
        frame = frame.filter(~pl.all_horizontal(pl.all().is_null()))  # blank lines
    _check_bounds(frame, header, label, lines)
    return frame


def _line_ends(block: bytes) -> int:
    # A fifth of the time of bytes.count, during which no other thread of Python could run.
    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))


def read_blocks(pieces: Iterable[bytes], label: str) -> Iterator[Lines]:
    r"""Yield the rows of a CSV in blocks of whole lines, without its header and blank lines.

    Parameters
    ----------
    pieces : iterable of bytes
        The file from its first byte, cut at line ends.
    label : str
        How an error names the file.

    Raises
    ------
    DataFileError
        The text is in mixed encodings.

    Examples
    --------
    >>> [(lines.first, lines.block) for lines in read_blocks([b"year\n\n2016\n"], "f.csv")]
    [(3, b'2016\n')]
    """
    decoder = Decoder(label)
    line = 1
    for i, piece in enumerate(pieces):
        block = decoder.utf8(piece if i else piece.removeprefix(BOM), line)
        start = 0 if i else len(block) - len(block.partition(b"\n")[2])
        start += len(block[start:]) - len(block[start:].lstrip(b"\r\n"))  # blank lines
        line += block.count(b"\n", 0, start)
        if start < len(block):
            lines = Lines(block[start:], line)
            yield lines
            line += _line_ends(lines.block)
