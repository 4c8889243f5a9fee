"""Read a CSV into frames of a schema table, or say on which line it does not fit.

The fast path parses blocks with polars and checks whole columns. Only a block that is not written
plainly, or fails a check, is read again, slowly (see `lmi.sources.careful`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from lmi.errors import DataFileError
from lmi.schema import VINTAGE, WITHHELD, Column, Table
from lmi.sources.archive import Member, blocks, head
from lmi.sources.careful import AMEND, CACHED, quotes_fit, read_carefully
from lmi.sources.check_codes import check_codes
from lmi.sources.csv_header import Header, read_header
from lmi.sources.locate_fault import Lines
from lmi.sources.reader import Key
from lmi.sources.streaming import ahead, side_by_side, whole_lines
from lmi.sources.text import BOM, Decoder, fields_of

__all__ = [
    "Finish",
    "as_is",
    "header_of",
    "broken_relation",
    "checked",
    "frames",
    "lines_of",
    "parse_block",
    "pieces_of",
    "read_blocks",
]

BLOCK_BYTES = 1 << 24
PIECES_AHEAD = 4
HEAD_BYTES = 1 << 16
# What a program makes of CR LF that takes its text for one with LF.
TWICE_CR = b"\r\r\n"
# Free text may hold line ends within quotes, so a file with such a column is parsed in one piece,
# unless it is larger than any table of texts is. Of blocks so large there is one at a time.
TEXT_BLOCK_BYTES = 1 << 28

Finish = Callable[[pl.DataFrame, Table, str, Lines], pl.DataFrame]


def _parse(block: bytes, header: Header) -> pl.DataFrame | None:
    """Parse rows that are written plainly; None where they are not."""
    if b'"' in block and not quotes_fit(block, header.separator):
        return None
    types = header.table.parsing_schema
    try:
        return pl.read_csv(
            block,
            has_header=False,
            schema={n: types.get(n, pl.String()) for n in header.names},
            separator=header.separator,
        ).select(header.kept)
    except pl.exceptions.PolarsError:
        return None


def _bounds(header: Header) -> Iterator[tuple[str, str, pl.Expr]]:
    """Yield each number's bound: its column, the rule in words, and what breaks it."""
    for name in header.present:
        column, value = header.table.by_name[name], pl.col(name)
        if column.lowest is not None:
            low = f"cannot be below {_written(column.lowest)}"
            yield name, _hinted(low, column.if_below), value < column.lowest
        if column.highest is not None:
            high = f"cannot be above {_written(column.highest)}"
            yield name, _hinted(high, column.if_above), value > column.highest


def _written(bound: float) -> str:
    return f"{bound:g}" if abs(bound) < 10_000 else f"{bound:,.0f}"


def _plain(value: float) -> str:
    is_whole = abs(value) < 1e15 and value == int(value)
    return str(int(value)) if is_whole else str(value)


def _hinted(rule: str, hint: str) -> str:
    return f"{rule}, {hint}" if hint else rule


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


def _first(frame: pl.DataFrame, broken: Sequence[pl.Expr]) -> tuple[int, int] | None:
    """Return the first that is true of any row, and the first row of it."""
    looked = frame.select(bad.any().alias(str(i)) for i, bad in enumerate(broken))
    at = next((i for i, is_broken in enumerate(looked.row(0) if broken else ()) if is_broken), None)
    if at is None:
        return None
    return at, frame.select(broken[at].fill_null(False).arg_max()).item()


def _check_bounds(frame: pl.DataFrame, header: Header, label: str, lines: Lines) -> None:
    bounds = list(_bounds(header))
    found = _first(frame, [bad for _, _, bad in bounds])
    if found is not None:
        (name, rule, _), row = bounds[found[0]], found[1]
        raise DataFileError(
            f"{name} is {_plain(frame[name][row])}; it {rule}{AMEND}",
            file=label,
            line=lines.of(row),
        )


def broken_relation(
    frame: pl.DataFrame, table: Table, present: Iterable[str]
) -> tuple[str, int] | None:
    """Return the rule that a row's numbers break first, with the remedy, and the row."""
    columns = {*present}
    relations = [r for r in table.relations if columns.issuperset(r.columns)]
    found = _first(frame, [relation.broken for relation in relations])
    if found is None:
        return None
    relation, row = relations[found[0]], found[1]
    rule = relation.rule.format_map(frame.row(row, named=True))
    return f"{rule}; {relation.remedy}" if relation.remedy else rule, row


def _check_relations(frame: pl.DataFrame, header: Header, label: str, lines: Lines) -> None:
    """Refuse a block with a row whose numbers cannot stand beside each other."""
    found = broken_relation(frame, header.table, header.present)
    if found is not None:
        rule, row = found
        raise DataFileError(f"{rule}{AMEND}", file=label, line=lines.of(row))


def _check_years(frame: pl.DataFrame, label: str, lines: Lines) -> None:
    """Refuse a year to come: only what is projected has one, from a year that has been."""
    this_year = date.today().year
    for name in {"year", "base_year"}.intersection(frame.columns):
        to_come = frame[name] > this_year
        if to_come.any():
            row = int(to_come.arg_max() or 0)
            raise DataFileError(
                f"{name} is {frame[name][row]}, which is to come{AMEND}",
                file=label,
                line=lines.of(row),
            )


def _is_filled(frame: pl.DataFrame, header: Header) -> bool:
    """Tell whether no required value is missing but where its gate withholds it."""
    columns = [header.table.by_name[n] for n in header.present]
    nulls = frame.null_count().row(0, named=True)
    empty = [c for c in columns if nulls[c.name] and not c.blank]
    if any(c.gate not in header.present for c in empty):
        return False
    texts = [pl.col(c.name).str.strip_chars() == "" for c in columns if _is_required_text(c)]
    open_cells = [pl.col(c.name).is_null() & ~pl.col(c.gate).is_in(WITHHELD) for c in empty]
    rules = [*texts, *open_cells]
    return (
        not rules
        or not frame.select(pl.any_horizontal(r.fill_null(True).any() for r in rules)).item()
    )


def _is_required_text(column: Column) -> bool:
    return column.dtype == "text" and not column.blank


def _has_short_rows(block: bytes, frame: pl.DataFrame, header: Header) -> bool:
    """Tell whether rows may have too few fields, for which the parser fills in nothing."""
    last = next(n for n in reversed(header.names) if n in header.present)
    if not frame[last].null_count():
        return False
    separators = _count(block, header.separator)
    return b'"' in block or separators != frame.height * (len(header.names) - 1)


def parse_block(lines: Lines, header: Header, label: str) -> pl.DataFrame:
    r"""Parse a block into the columns that the file has, and check it.

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
    >>> [lines] = read_blocks([text], Decoder("f.csv"))
    >>> parse_block(lines, head, "f.csv")["jobs"].to_list()
    [7]
    """
    # What may be thousands or a fraction is no number, which only a careful look tells.
    is_plain = bool(header.decimal) or b"." not in lines.block
    is_plain &= b"E+" not in lines.block  # as a spreadsheet writes what it has rounded
    frame = _parse(lines.block, header) if is_plain else None
    if frame is None or not (
        _is_filled(frame, header)
        and not _has_short_rows(lines.block, frame, header)
        and _is_within_bounds(frame, header)
    ):
        frame = read_carefully(lines, header, label)
        _check_bounds(frame, header, label, lines)
    _check_relations(frame, header, label, lines)
    return frame


def _count(block: bytes, sign: str) -> int:
    # A tenth of the time of bytes.count, during which no other thread of Python could run.
    text = np.frombuffer(block, np.uint8)
    pieces = (text[at : at + CACHED] for at in range(0, len(text), CACHED))
    return sum(int(np.count_nonzero(piece == ord(sign))) for piece in pieces)


def read_blocks(
    pieces: Iterable[bytes], decoder: Decoder, header: int = 1, separator: str = ","
) -> Iterator[Lines]:
    r"""Yield the rows of a CSV in blocks of whole lines, without its header and blank lines.

    Parameters
    ----------
    pieces : iterable of bytes
        The file from its first byte, cut at line ends.
    decoder : Decoder
        Of the file.
    header : int
        The line of the header, which lies in the first piece.

    Raises
    ------
    DataFileError
        The text is in mixed encodings, or a line has no end.

    Examples
    --------
    >>> [(lines.first, lines.block) for lines in read_blocks([b"year\n\n2016\n"], Decoder("f.csv"))]
    [(3, b'2016\n')]
    """
    line, title = 1, list[str]()
    has_twice_cr = False
    for i, piece in enumerate(pieces):
        block = decoder.utf8(piece if i else piece.removeprefix(BOM), line)
        has_twice_cr |= not i and TWICE_CR in block[:HEAD_BYTES]
        block = block.replace(TWICE_CR, b"\r\n") if has_twice_cr else block
        start = 0
        if not i:
            *above, below = block.split(b"\n", header)
            start = len(block) - len(below)
            title = fields_of(above[-1].decode("utf-8", "replace"), separator) if above else []
        start += len(block[start:]) - len(block[start:].lstrip(b"\r\n"))  # blank lines
        line += block.count(b"\n", 0, start)
        if start < len(block):
            lines = Lines(block[start:], line, separator, tuple(title))
            n_lines = _count(lines.block, "\n")
            if not n_lines and len(lines.block) >= BLOCK_BYTES:
                raise DataFileError(
                    f"the line is longer than {BLOCK_BYTES:,} bytes, as no row is; a line end is "
                    "missing or a quote is never closed, so download the file again",
                    file=decoder.label,
                    line=line,
                )
            yield lines
            line += n_lines


def _has_text(table: Table) -> bool:
    return any(c.dtype == "text" for c in table.columns)


def pieces_of(member: Member, table: Table) -> Iterator[bytes]:
    """Yield a member in pieces of whole lines; larger ones where a text may hold line ends."""
    return whole_lines(blocks(member), TEXT_BLOCK_BYTES if _has_text(table) else BLOCK_BYTES)


def header_of(member: Member, table: Table) -> Header:
    """Match the header of a member with the columns of a table.

    Raises
    ------
    DataFileError
        As `read_header`.
    """
    return read_header(head(member), table, member.label)


def as_is(frame: pl.DataFrame, table: Table, label: str, lines: Lines) -> pl.DataFrame:
    """Leave a block as it was parsed."""
    return frame


def checked(lines: Lines, header: Header, label: str, finish: Finish = as_is) -> pl.DataFrame:
    """Parse a block, check its codes and bring it into the table's columns."""
    table = header.table
    frame = parse_block(lines, header, label)
    frame = check_codes(frame, label, lines)
    _check_years(frame, label, lines)
    frame = finish(frame, table, label, lines)
    types, present = table.parsing_schema, set(frame.columns)
    columns = (n if n in present else pl.lit(None, types[n]).alias(n) for n in table.names)
    return frame.select(*columns, *({VINTAGE} & present))


def frames(member: Member, header: Header, finish: Finish = as_is) -> Iterator[pl.DataFrame]:
    """Yield a CSV's rows in the columns of the table that its header is matched with, checked.

    Parameters
    ----------
    finish : callable
        What a kind of file does to each block beyond that: given the parsed rows, the table, how
        an error names the file, and where the rows stand.

    Raises
    ------
    DataFileError
        Something in it does not fit; names the line.
    """
    finished = partial(checked, header=header, label=member.label, finish=finish)
    pieces = pieces_of(member, header.table)
    if _has_text(header.table) or member.size <= BLOCK_BYTES:  # nothing to do beside it
        yield from map(finished, _rows(pieces, header, member))
    else:
        yield from side_by_side(finished, _rows(ahead(pieces, PIECES_AHEAD), header, member))


def _rows(pieces: Iterable[bytes], header: Header, member: Member) -> Iterator[Lines]:
    return read_blocks(pieces, Decoder(member.label), header.line, header.separator)


def lines_of(member: Member, table: Table, key: Key) -> list[int]:
    """Find the lines of a CSV on which a key stands, by reading it again."""
    header = header_of(member, table)
    same = pl.all_horizontal(pl.col(n).eq_missing(pl.lit(v)) for n, v in key.items())
    return [
        lines.of(row)
        for lines in _rows(pieces_of(member, table), header, member)
        for row in checked(lines, header, member.label).select(pl.arg_where(same)).to_series()
    ]
