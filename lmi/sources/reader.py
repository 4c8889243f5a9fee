"""What a kind of file says of itself, so that it can be taken in: one `Reader` each.

The table of all readers is `lmi.sources.recognise.READERS`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from lmi.schema import BOUNDARIES, Table
from lmi.sources.archive import END_MARK, TEXTS, Member, blocks
from lmi.sources.cells_shown import check_results
from lmi.sources.text import FirstLine, first_lines
from lmi.sources.workbook import table_sheet

__all__ = ["Claim", "Key", "Reader", "Start"]

Key = Mapping[str, object]
# Packed, a larger file is not unpacked once more to see how it ends.
LONGEST_UNPACKED_AGAIN = 1 << 24


@dataclass(frozen=True)
class Start:
    """What a stream shows before it is read, by which a reader knows its own.

    Parameters
    ----------
    head : bytes
        Its first bytes, unpacked.
    """

    member: Member
    head: bytes

    @property
    def is_binary(self) -> bool:
        """Whether it is no text."""
        return b"\0" in self.head

    @cached_property
    def lines(self) -> list[FirstLine]:
        """The first lines that are filled, of which one may be the header of a table."""
        return first_lines(self.head)

    @property
    def fields(self) -> list[str]:
        """The fields of the first line that is filled, in lower case."""
        return self.lines[0].fields if self.lines else []


@dataclass(frozen=True)
class Claim:
    """That a reader can read a stream.

    Parameters
    ----------
    table : Table or None
        Where its rows go; None for a companion of other files, which has no rows of its own.
    share : float
        How much of what it should have it has, 0–1, above where a user says so; the largest wins.
    others : tuple of Table
        Where others of its rows go.
    in_parts : bool
        Whether it is one of several in an archive that are one whole.
    """

    table: Table | None
    share: float = 1.0
    others: tuple[Table, ...] = ()
    in_parts: bool = False


def _no_lines(member: Member, table: Table, key: Key) -> list[int]:
    return []


def _no_vintage(names: Sequence[str]) -> str:
    return ""


@dataclass(frozen=True)
class Reader:
    """One kind of file: what it is called, how it is known, how it is read.

    Parameters
    ----------
    what : str
        What it is of, among all that can be taken in.
    tables : tuple of Table
        Where its rows may go.
    claim : callable
        Tell from a stream's start whether it is of this kind; None where it is not.
    frames : callable
        Yield a stream's rows in the columns of a table, and in those that name its partitions; a
        generator may return what is to be said of them.
    lines : callable
        Find the lines of a stream on which a key stands, if it has lines.
    vintage : callable
        Tell from the names of a file and its members whether the release is ``preliminary`` or
        ``revised``; empty where they do not say.
    alone : str
        What one is called, where an archive may hold but one of them.
    """

    what: str
    tables: tuple[Table, ...]
    claim: Callable[[Start], Claim | None]
    frames: Callable[[Member, Table], Iterator[pl.DataFrame]]
    lines: Callable[[Member, Table, Key], list[int]] = _no_lines
    vintage: Callable[[Sequence[str]], str] = _no_vintage
    alone: str = ""

    def read(self, member: Member, table: Table, remarks: list[str]) -> Iterator[pl.DataFrame]:
        """Yield a stream's rows, and then add what is to be said of them to the remarks."""
        if member.kind == "workbook":
            sheet = table_sheet(member.path, member.size)
            check_results(member.path, (sheet.name, *sheet.alike))
            remarks += sheet.remarks
        frames = self.frames(member, table)
        last = pl.DataFrame()
        within = f"{member.name}: " if member.kind == "zip" else ""
        while True:
            try:
                frame = next(frames)
            except StopIteration as end:
                said = [*(end.value or ()), *_cut_off(member, table, last)]
                remarks += [f"{within}{remark}" for remark in said]
                return
            last = frame
            yield frame


def _cut_off(member: Member, table: Table, last: pl.DataFrame) -> Iterator[str]:
    """Say where a table may have been cut off: amid its last line, or its last row of cells."""
    if member.kind == "workbook":
        *_, end = [None, *last.tail(1).iter_rows(named=True)]
        filled = last.head(-1)
        lost = [
            name
            for name in table.names
            if end and end[name] is None and filled.height and not filled[name].null_count()
        ]
        if lost:
            yield f"its last row lacks {lost[0]}, which all others have: is the sheet cut off?"
    elif member.kind in TEXTS and table is not BOUNDARIES and _ends_amid_line(member):
        yield (
            "its last line has no line end: if the file was cut off there, the last row is short "
            "of digits or letters, and others are missing"
        )


def _ends_amid_line(member: Member) -> bool:
    if member.kind == "plain":
        with member.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            end = file.read()
    elif member.size <= LONGEST_UNPACKED_AGAIN:
        end = b""
        for piece in blocks(member):
            end = piece[-1:] or end
    else:
        return False
    # After a separator the last field is empty, and no text or number is short.
    return end not in (END_MARK, b"", b"\n", b"\r", b"\0", b",", b";", b"\t", b"|", b'"')
