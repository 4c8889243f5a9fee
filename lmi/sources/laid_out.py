"""Read files that are laid out otherwise than the store's tables.

Titles may stand above the header and notes below the rows. Texts that a `lmi.sources.layout` has
rewritten go through `lmi.sources.csv_table` as any CSV in the store's own columns does, so that
numbers, codes and bounds are checked in one place, and a fault has its line.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, pairwise

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources import csv_table
from lmi.sources.archive import Member, head
from lmi.sources.as_written import EMPTY, NOT_APPLICABLE, decimal_mark
from lmi.sources.careful import other_fields, unreadable
from lmi.sources.csv_header import Header
from lmi.sources.layout import ROW, Layout, Left, Texts
from lmi.sources.locate_fault import Lines
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.text import BOM, Decoder, as_titled, rows, separator_of

__all__ = ["claim", "frames_of", "reader_of"]

HEADER_WITHIN = 12  # rows
NUMBERS_LOOKED_AT = 500  # rows


@dataclass(frozen=True)
class _Heading:
    """Where a table begins: its layouts, its columns, their line, what stands above."""

    layouts: tuple[Layout, ...]
    share: float
    fields: tuple[str, ...]
    line: int
    separator: str
    titles: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """A unique name for each column."""
        return self.layouts[0].names(self.fields)


def _heading(start: Start, layouts: Sequence[Layout]) -> _Heading | None:
    """Find the first row, or else two, that are the header of one of the layouts."""
    if start.is_binary:
        return None
    called = f"{start.member.path.name} {start.member.name}"
    layouts = [each for each in layouts if re.search(each.named, called, re.IGNORECASE)]
    text = start.head.removeprefix(BOM).decode("utf-8", "replace")
    layouts = [each for each in layouts if re.search(each.shows, text)]
    separator = separator_of(start.lines)
    first: list[tuple[int, list[str]]] = []
    with contextlib.suppress(csv.Error):  # of another reader's file, or no table at all
        first += islice(rows(text, separator), HEADER_WITHIN)
    in_two = ((line, _one_above(above, row)) for (_, above), (line, row) in pairwise(first))
    for line, written in chain(first, in_two):
        fields = as_titled(written)
        shares = [layout.share(fields) for layout in layouts]
        if share := max(shares, default=0.0):
            best = tuple(each for each, s in zip(layouts, shares, strict=True) if s == share)
            titles = [field for at, above in first for field in above if field and at < line]
            return _Heading(best, share, tuple(fields), line, separator, tuple(titles))
    return None


def _one_above(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the titles of columns whose header has two rows: the lower, where that is filled."""
    if len(upper) != len(lower) or all(lower):
        return []
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _cells(lines: Lines, names: tuple[str, ...], label: str) -> pl.DataFrame:
    """Return the cells of a block as they are written; a note has one cell.

    Raises
    ------
    DataFileError
        A row has too few or too many cells, or a quote is out of place; names the line.
    """
    schema = dict.fromkeys(names, pl.String())
    with contextlib.suppress(pl.exceptions.PolarsError):
        frame = pl.read_csv(lines.block, has_header=False, schema=schema, separator=lines.separator)
        if not frame[names[-1]].null_count():
            return frame
    # A row that is cut off would pass for one with empty cells at its end.
    return pl.DataFrame([*_rows(lines, len(names), label)], schema=schema, orient="row")


def _rows(lines: Lines, n_fields: int, label: str) -> Iterator[list[str]]:
    try:
        for line, fields in lines.rows(n_fields):
            if len(fields) not in (1, n_fields):
                raise other_fields(fields, n_fields, label, line)
            yield fields + [""] * (n_fields - len(fields))
    except csv.Error as error:
        raise unreadable(error, label) from error


def _texts(lines: Lines, heading: _Heading, member: Member, left: Left) -> Texts:
    cells = _cells(lines, heading.names, member.label)
    plain = pl.all().str.strip_chars()
    if b".0" in lines.block or b'="' in lines.block:  # numbers, as a program writes all of them
        plain = plain.str.replace(r'^="(.*)"$', "${1}").str.replace(r"^(\d+)\.00?$", "${1}")
    tidied = cells.select(plain)
    is_row = pl.any_horizontal(pl.all().fill_null("") != "")
    if len(lines.title) == tidied.width:
        cell = (pl.col(name).fill_null("").str.to_lowercase() for name in tidied.columns)
        is_row &= pl.any_horizontal(c != t for c, t in zip(cell, lines.title, strict=True))
    written = tidied.filter(is_row)  # the rows that `Lines.rows` yields
    said = written.select(
        pl.when(~pl.all().str.to_lowercase().is_in(EMPTY + NOT_APPLICABLE)).then(pl.all())
    ).with_row_index(ROW)
    filled = pl.sum_horizontal(pl.exclude(ROW).is_not_null())
    notes = said.filter(filled == 1).select(pl.coalesce(pl.exclude(ROW))).to_series().to_list()
    return Texts(said.filter(filled > 1), (*heading.titles, *notes), lines, member, left)


@dataclass(frozen=True, eq=False)
class _Rewritten(Lines):
    """Rows in the columns of a table, which know the lines that they were on before."""

    before: Lines = field(kw_only=True)
    at: list[int] = field(kw_only=True)

    def rows(self, n_fields: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the line that it was on."""
        places = dict(zip(sorted({*self.at}), self.before.of_rows(sorted({*self.at})), strict=True))
        for at, (_, fields) in zip(self.at, super().rows(n_fields), strict=True):
            yield places[at], fields


def _rewritten(
    layout: Layout, heading: _Heading, member: Member, left: Left, finish: csv_table.Finish
) -> Iterator[pl.DataFrame]:
    table = layout.table
    pieces = csv_table.pieces_of(member, table)
    decoder = Decoder(member.label, by_line=True)
    for lines in csv_table.read_blocks(pieces, decoder, heading.line, heading.separator):
        for frame in layout.shape(_texts(lines, heading, member, left)):
            names = tuple(name for name in frame.columns if name != ROW)
            text = frame.select(names).write_csv(include_header=False).encode()
            if text:
                there = _Rewritten(text, lines.first, before=lines, at=frame[ROW].to_list())
                present = tuple(name for name in table.names if name in names)
                decimal = _decimal_mark(frame, table, heading.separator)
                header = Header(table, names, present, decimal=decimal)
                yield csv_table.checked(there, header, member.label, finish)


def _decimal_mark(frame: pl.DataFrame, table: Table, separator: str) -> str:
    """Tell by the first numbers of a block which mark stands before a fraction."""
    kinds = {name: table.by_name[name].dtype for name in frame.columns if name in table.by_name}
    numeric = [name for name, kind in kinds.items() if kind in ("int", "float")]
    first = frame.select(pl.col(numeric).cast(pl.String)).head(NUMBERS_LOOKED_AT)
    return decimal_mark((cell for column in first for cell in column.drop_nulls()), separator)


def frames_of(
    layouts: Sequence[Layout],
    member: Member,
    table: Table,
    finish: csv_table.Finish = csv_table.as_is,
) -> Generator[pl.DataFrame, None, list[str]]:
    """Yield the rows of a file in one of some layouts that go to a table, and return remarks.

    Parameters
    ----------
    finish : callable
        What is done to each block, as in `lmi.sources.csv_table.frames`.

    Raises
    ------
    DataFileError
        Something in it does not fit; names the line.
    """
    heading = _heading(
        Start(member, head(member)), [each for each in layouts if each.table == table]
    )
    assert heading is not None, "it was claimed by its header"
    layout = heading.layouts[0]
    if lacking := layout.lacking(heading.names):
        told = layout.told_of_lacking(lacking[0], heading.fields)
        raise DataFileError(told, file=member.label, line=heading.line)
    if twice := layout.twice(heading.fields):
        raise DataFileError(
            f"the column {twice!r} stands twice in its header; keep one",
            file=member.label,
            line=heading.line,
        )
    if misspelt := layout.misspelt(heading.fields):
        title, near = misspelt
        raise DataFileError(
            f"its column {title!r} is not known and is near {near!r}; spell it so, or rename it if "
            "it is a column of your own",
            file=member.label,
            line=heading.line,
        )
    left, n_rows = Left(), 0
    said = [layout.said] if layout.said else []
    frames = _rewritten(layout, heading, member, left, finish)
    held: list[pl.DataFrame] = []
    for frame in frames:
        n_rows += frame.height
        if layout.together is None:
            yield frame
        else:
            held.append(frame)
    left.refuse_most(n_rows, member.label)
    if held and layout.together is not None:
        yield layout.together(pl.concat(held), member, said)
    return said + left.remarks(layout.most_told)


def claim(layouts: Sequence[Layout], start: Start) -> Claim | None:
    """Claim a file for the tables of the layouts that fit its header best."""
    heading = _heading(start, layouts)
    if heading is None:
        return None
    table, *others = dict.fromkeys(layout.table for layout in heading.layouts)
    return Claim(table, heading.share, tuple(others))


def reader_of(what: str, *layouts: Layout) -> Reader:
    """Make the reader of some layouts.

    Parameters
    ----------
    what : str
        What they are of, as of any reader.
    """
    return Reader(
        what=what,
        tables=tuple(dict.fromkeys(layout.table for layout in layouts)),
        claim=partial(claim, layouts),
        frames=partial(frames_of, layouts),
    )
