"""A table for the page, for the plain text beside it and, with every digit, for a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from lmi.report import markup
from lmi.report.csvfile import csv_bytes
from lmi.report.display.prose import Bundle
from lmi.words import Row, records, whole

__all__ = ["Column", "Table"]


@dataclass(frozen=True)
class Column:
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
    """

    title: str
    cell: Callable[[Row], str]
    numeric: bool = True
    tint: Callable[[Row], str] | None = None


@dataclass(frozen=True)
class Table:
    """A table for the page and, with every digit, for a CSV file.

    Parameters
    ----------
    name : str
        File name without ending.
    frame : DataFrame, shape (n, k)
        Rows in the order to be shown, under the project's column names.
    columns : sequence of Column, optional
        What the page shows; the first names the row. All columns of the frame where left out.
    notes : sequence of str, optional
        Explanations that stand under the table.
    layout : DataFrame, optional
        Rows that the page shows, where they are not those of the frame.
    stack : bool, optional
        On a narrow page a row's cells stand below one another: for tables of words.

    Examples
    --------
    >>> frame = pd.DataFrame({"candidate": ["Health <care>"], "annual_avg_emplvl": [4213.2]})
    >>> table = Table("jobs", frame, "Jobs", "BLS QCEW")
    >>> "Health &lt;care&gt;" in table.html and "4,213" in table.html
    True
    """

    name: str
    frame: pd.DataFrame
    caption: str
    source: str
    columns: Sequence[Column] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    layout: pd.DataFrame | None = None
    stack: bool = False

    @cached_property
    def shown(self) -> Sequence[Column]:
        """The columns that the page shows."""
        return self.columns or [_plain_column(self.frame, name) for name in self.frame.columns]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows as mappings from column name to value."""
        return records(self.frame if self.layout is None else self.layout)

    @cached_property
    def html(self) -> str:
        """The table as HTML, in a box of its own that scrolls where the page is narrow."""
        head = "".join(
            f'<th scope="col"{_number_class(column)}>{markup.escape(column.title)}</th>'
            for column in self.shown
        )
        body = "".join(f"<tr>{self._row_html(row)}</tr>" for row in self.rows)
        label = f"table-{self.name}"
        kind = "table stack" if self.stack else "table"
        return (
            f'<div class="{kind}" role="region" aria-labelledby="{label}" tabindex="0"><table>'
            f'<caption id="{label}">{markup.element("span", self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            + "".join(markup.paragraph(note, "table-note") for note in self.notes)
            + (markup.paragraph(f"Source: {self.source}", "source") if self.source else "")
        )

    def _row_html(self, row: Row) -> str:
        first, *others = self.shown
        cells = [f'<th scope="row">{markup.escape(first.cell(row))}</th>']
        for column in others:
            tint = column.tint(row) if column.tint else ""
            classes = " ".join(name for name in ("num" if column.numeric else "", tint) if name)
            label = {"data_label": column.title} if self.stack else {}
            cells.append(markup.element("td", column.cell(row), class_=classes, **label))
        return "".join(cells)

    @cached_property
    def text(self) -> str:
        """The table as plain text."""
        cells = [[column.cell(row) for column in self.shown] for row in self.rows]
        frame = pd.DataFrame(cells, columns=[column.title for column in self.shown])
        notes = [*self.notes, *([f"Source: {self.source}"] if self.source else [])]
        return "\n\n".join([self.caption, frame.to_string(index=False), *notes])

    @cached_property
    def csv(self) -> bytes:
        """The frame as CSV."""
        return csv_bytes(self.frame)

    def save(self, out: Path) -> None:
        """Write ``tables/NAME.csv`` under a folder."""
        folder = out / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.csv").write_bytes(self.csv)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/html": self.html, "text/plain": self.text}, {}


def _number_class(column: Column) -> str:
    return ' class="num"' if column.numeric else ""


def _plain_column(frame: pd.DataFrame, name: str) -> Column:
    numeric = pd.api.types.is_numeric_dtype(frame[name])
    write: Callable[[Any], str] = whole if numeric else str
    return Column(name, lambda row: write(row[name]), numeric=numeric)
