"""What a kind of file says of itself, so that it can be taken in: one `Reader` each.

The table of all readers is `lmi.sources.recognise.READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from lmi.schema import Table
from lmi.sources.archive import Member
from lmi.sources.text import FirstLine, first_lines
from lmi.sources.workbook import table_sheet

__all__ = ["Claim", "Key", "Reader", "Start"]

Key = Mapping[str, object]


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
    """

    table: Table | None
    share: float = 1.0
    others: tuple[Table, ...] = ()


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
            remarks += table_sheet(member.path, member.size).remarks
        frames = self.frames(member, table)
        within = f"{member.name}: " if member.kind == "zip" else ""
        while True:
            try:
                frame = next(frames)
            except StopIteration as end:
                remarks += [f"{within}{remark}" for remark in end.value or ()]
                return
            yield frame
