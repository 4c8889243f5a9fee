"""A table for the page, for the plain text beside it and, with every digit, for a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from lmi import atomic
from lmi.csv_files import csv_bytes
from lmi.report.display.prose import Bundle
from lmi.report.html import fill
from lmi.words import Row, records, whole

__all__ = ["PageColumn", "PageTable", "words_column", "written"]


@dataclass(frozen=True)
class PageColumn:
    """One column as the reader sees it.

    Parameters
    ----------
    cell : callable
        Takes a row of the table (a mapping) and returns the text to show.
    numeric : bool, optional
        Numbers stand to the right.
    tint : callable, optional
        Takes a row and returns the class of a light background ("good", "low") or "".
        The text must say the same: colour alone carries no meaning.
    bar : callable, optional
        Takes a row and returns the drawing that stands under the text, as `BarScale.draw` makes
        it.
    on_paper : bool, optional
        A page on paper has it too; not where it says in words what marks in other columns say.
    """

    title: str
    cell: Callable[[Row], str]
    numeric: bool = True
    tint: Callable[[Row], str] | None = None
    bar: Callable[[Row], Markup] | None = None
    on_paper: bool = True

    def look(self, row: Row) -> str:
        """The classes of a cell."""
        return " ".join(filter(None, [self.kind, self.tint(row) if self.tint else ""]))

    @property
    def kind(self) -> str:
        """The classes of its head."""
        kinds = ("num" if self.numeric else "", "" if self.on_paper else "screen")
        return " ".join(filter(None, kinds))


def words_column(title: str, name: str) -> PageColumn:
    """Show a column of texts as they are."""
    return PageColumn(title, lambda row: str(row[name]), numeric=False)


@dataclass(frozen=True)
class PageTable:
    """A table for the page and, with every digit, for a CSV file.

    Parameters
    ----------
    name : str
        File name without ending.
    frame : DataFrame, shape (n, k)
        Rows in the order to be shown, under the project's column names.
    columns : sequence of PageColumn, optional
        What the page shows; the first names the row. All columns of the frame where left out.
    notes : sequence of str, optional
        Explanations that stand under the table.
    layout : DataFrame, optional
        Rows that the page shows, where they are not those of the frame.
    stack : bool, optional
        On a narrow page a row's cells stand below one another: for tables of words.
    group : callable, optional
        Takes a row and returns the heading that it stands under, empty for none; rows of a group
        follow one another.

    Examples
    --------
    >>> frame = pd.DataFrame({"candidate": ["Health <care>"], "annual_avg_emplvl": [4213.2]})
    >>> table = PageTable("jobs", frame, "Jobs", "BLS QCEW")
    >>> "Health &lt;care&gt;" in table.html and "4,213" in table.html
    True
    """

    name: str
    frame: pd.DataFrame
    caption: str
    source: str
    columns: Sequence[PageColumn] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    layout: pd.DataFrame | None = None
    stack: bool = False
    group: Callable[[Row], str] | None = None

    @cached_property
    def shown(self) -> Sequence[PageColumn]:
        """The columns that the page shows."""
        return self.columns or [_plain_column(self.frame, name) for name in self.frame.columns]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows as mappings from column name to value."""
        return records(self.frame if self.layout is None else self.layout)

    @cached_property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows under their headings, in the order to be shown."""
        heading = self.group or (lambda row: "")
        return [(name, list(rows)) for name, rows in groupby(self.rows, key=heading)]

    @cached_property
    def html(self) -> str:
        """The table as HTML, in a box of its own that scrolls where the page is narrow."""
        return fill("sections/table.html.j2", table=self)

    @cached_property
    def text(self) -> str:
        """The table as plain text."""
        rest = [""] * (len(self.shown) - 1)
        cells = [
            line
            for name, rows in self.groups
            for line in (
                *([[f"{name}:", *rest]] if name else []),
                *([column.cell(row) for column in self.shown] for row in rows),
            )
        ]
        frame = pd.DataFrame(cells, columns=[column.title for column in self.shown])
        notes = [*self.notes, *([f"Source: {self.source}"] if self.source else [])]
        return "\n\n".join([self.caption, frame.to_string(index=False), *notes])

    @cached_property
    def csv(self) -> bytes:
        """The frame as CSV."""
        return csv_bytes(self.frame)

    def save(self, out: Path) -> None:
        """Write ``tables/NAME.csv`` under a folder."""
        atomic.write_bytes(out / "tables" / f"{self.name}.csv", self.csv)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/html": self.html, "text/plain": self.text}, {}


def written(writer: Callable[[Any], str], name: str) -> Callable[[Row], str]:
    """Make a cell that writes one column of the table, missing where there is no such column."""
    return lambda row: writer(row.get(name))


def _plain_column(frame: pd.DataFrame, name: str) -> PageColumn:
    numeric = pd.api.types.is_numeric_dtype(frame[name])
    write: Callable[[Any], str] = whole if numeric else str
    return PageColumn(name, lambda row: write(row[name]), numeric=numeric)
