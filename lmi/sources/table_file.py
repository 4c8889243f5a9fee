"""The rows of a table out of a file's members, ready for the store."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

import polars as pl

from lmi.schema import Table
from lmi.sources import qcew
from lmi.sources.archive import Member, blocks, head
from lmi.sources.check_codes import check_codes
from lmi.sources.csv_table import Header, parse_block, read_blocks, read_header
from lmi.sources.distinct import distinct
from lmi.sources.locate_fault import Lines
from lmi.sources.streaming import ahead, side_by_side, whole_lines

__all__ = ["frames", "periods", "places", "vintage"]

BLOCK_BYTES = 1 << 23
PIECES_AHEAD = 4
# Free text may hold line ends within quotes, so a file with such a column is parsed in one piece,
# unless it is larger than any table of texts is. Of blocks so large there is one at a time.
TEXT_BLOCK_BYTES = 1 << 28
_QUARTERS_IN_NAME = re.compile(r"q1-q([1-3])(?!\d)", re.IGNORECASE)


def _has_text(table: Table) -> bool:
    return any(c.dtype == "text" for c in table.columns)


def _pieces(member: Member, table: Table) -> Iterator[bytes]:
    return whole_lines(blocks(member), TEXT_BLOCK_BYTES if _has_text(table) else BLOCK_BYTES)


def _header(member: Member, table: Table) -> Header:
    return read_header(head(member), table, member.label)


def _finished(lines: Lines, header: Header, label: str) -> pl.DataFrame:
    """Parse a block, check its codes and bring it into the table's columns."""
    table = header.table
    frame = parse_block(lines, header, label)
    check_codes(frame, label, lines)
    if table.name.startswith("qcew_"):
        frame = qcew.normalise(frame, table, label, lines)
    types, present = table.parsing_schema, set(frame.columns)
    return frame.select(n if n in present else pl.lit(None, types[n]).alias(n) for n in table.names)


def frames(member: Member, table: Table) -> Iterator[pl.DataFrame]:
    """Yield a member's rows in the table's columns, checked.

    Parameters
    ----------
    member : Member
        A CSV.
    table : Table
        What it was recognised as.

    Raises
    ------
    DataFileError
        Something in it does not fit; names the line.
    """
    finished = partial(_finished, header=_header(member, table), label=member.label)
    pieces = _pieces(member, table)
    if _has_text(table):
        yield from map(finished, read_blocks(pieces, member.label))
    else:
        ready = read_blocks(ahead(pieces, PIECES_AHEAD), member.label)
        yield from side_by_side(finished, ready)


def places(
    found: Sequence[Member], table: Table, key: dict[str, object]
) -> list[tuple[Member, int]]:
    """Find the lines on which a key stands, by reading the members again.

    Parameters
    ----------
    found : sequence of Member
        The members of the file.
    table : Table
        Their table.
    key : dict
        Values of the key's columns.
    """
    same = pl.all_horizontal(pl.col(n).eq_missing(pl.lit(v)) for n, v in key.items())
    return [
        (member, lines.of(row))
        for member in found
        for header in [_header(member, table)]
        for lines in read_blocks(_pieces(member, table), member.label)
        for row in parse_block(lines, header, member.label).select(pl.arg_where(same)).to_series()
    ]


def periods(frame: pl.DataFrame) -> set[str]:
    """Return the periods of rows, as ``2016`` or ``2016Q1``.

    Examples
    --------
    >>> periods(pl.DataFrame({"year": [2016], "qtr": ["1"]}))
    {'2016Q1'}
    """
    if "qtr" not in frame.columns:
        year = next((c for c in ("year", "projected_year") if c in frame.columns), None)
        return {str(y) for y in frame[year].unique()} if year else set()
    years, quarters = distinct(frame, ("year", "qtr")).values()
    rows = list(itertools.product(years, quarters))
    if min(len(years), len(quarters)) > 1:  # not every year need have every quarter
        rows = frame.select("year", "qtr").unique().rows()
    return {f"{y}" if q == "A" else f"{y}Q{q}" for y, q in rows}


def vintage(names: Sequence[str]) -> str:
    """Return what the names of a file and its members say of the release.

    The agency names a year that is under way by its quarters; such data is preliminary.

    Examples
    --------
    >>> vintage(["2024.q1-q2 08001.csv"]), vintage(["2023.q1-q4 08001.csv"])
    ('preliminary', '')
    """
    return "preliminary" if any(_QUARTERS_IN_NAME.search(n) for n in names) else ""
