"""Layouts that are not the store's: known by their columns, rewritten into a table's.

A `Layout` says how the texts of its columns become the texts of a table's. `lmi.sources.laid_out`
reads the files that are so laid out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.archive import Member
from lmi.sources.csv_header import MISSPELT
from lmi.sources.locate_fault import Lines
from lmi.sources.text import tidy
from lmi.words import count, listing

__all__ = [
    "LAUS_SERIES",
    "NAMED",
    "ROW",
    "Layout",
    "Left",
    "Texts",
    "number",
    "of_its_months",
    "remark",
]

ROW = "_row"
"""The column that numbers the rows of a block."""
SHORTEST = 5  # of titles that are not near each other by chance
NAMED = 3  # values that a remark names
_IN_THOUSANDS = r"^[$\s]*-?\d{1,3}(,\d{3})+(\.\d*)?%?$"
LAUS_SERIES = r"\bLA[SU][A-Z]{2}\d{15}\b"
"""A series of the Local Area Unemployment Statistics, in files laid out as those of all series."""


@dataclass(frozen=True)
class Left:
    """What a file's rows were left out for: the values, by the reason.

    Parameters
    ----------
    noted : dict of str to int
        What else is to be said of rows, and of how many.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    """The reasons that say that a code is nobody's."""

    def refuse_most(self, n_rows: int, label: str) -> None:
        """Raise where more rows have codes of nobody's than were taken in."""
        for why in sorted(self.unknown):
            if len(self.values[why]) > n_rows:
                raise DataFileError(
                    f"{remark(why, self.values[why], NAMED)}; those are more than the "
                    f"{count(n_rows, 'row') if n_rows else 'none'} that can be read, so see "
                    "whether its columns are what their titles say",
                    file=label,
                )

    def remarks(self, most: int) -> list[str]:
        """Return what is to be said, with some values of each reason."""
        left = [remark(why, values, most) for why, values in self.values.items()]
        return left + [f"{count(n, 'row')} {what}" for what, n in self.noted.items()]


@dataclass(frozen=True, eq=False)
class Texts:
    """Rows of a block as they are written: blanks around a text gone, null where nothing is said.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns by their tidy names, and the number of each row in `lines`.
    notes : tuple of str
        What stands above the header, and in rows of one cell.
    left : Left
        What is left out so far, for the remarks.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...]
    lines: Lines
    member: Member
    left: Left

    def having(self, **columns: pl.Expr) -> Texts:
        """Return the rows with further columns."""
        return replace(self, frame=self.frame.with_columns(**columns))

    def refuse(self, bad: pl.Expr, column: str, why: str) -> None:
        """Raise for the first row in which a column is bad; do nothing where none is.

        Parameters
        ----------
        why : str
            What is wrong with it and what helps; ``{}`` stands for the value.

        Raises
        ------
        DataFileError
            Names the line.
        """
        for row, value in self.frame.filter(bad).select(ROW, column).head(1).iter_rows():
            shown = "empty" if value is None else repr(value)
            raise DataFileError(why.format(shown), file=self.member.label, line=self.lines.of(row))

    def note(self, concerned: pl.Expr, what: str) -> None:
        """Note what is to be said of rows that are taken in, if there are any."""
        if n := self.frame.filter(concerned).height:
            self.left.noted[what] = self.left.noted.get(what, 0) + n

    def leave(self, bad: pl.Expr, column: str, why: str, *, unknown: bool = False) -> Texts:
        """Return the rows without those that no table holds, and note what is left out and why.

        Parameters
        ----------
        unknown : bool
            Whether they are left for a code that nobody has: most rows of no file are.
        """
        marked = self.frame.with_columns(bad.fill_null(False).alias("_bad"))
        out = marked.filter("_bad")
        if out.is_empty():
            return self
        self.left.values.setdefault(why, []).extend(out[column].fill_null("empty"))
        if unknown:
            self.left.unknown.add(why)
        return replace(self, frame=marked.filter(~pl.col("_bad")).drop("_bad"))


@dataclass(frozen=True)
class Layout:
    """A layout, and how its rows become those of a table.

    Parameters
    ----------
    table : Table
        Where its rows go.
    needs : tuple of str
        Patterns of the tidy names of its columns, by which it is known.
    shape : callable
        Turns the texts of a block into texts in the table's columns, with the numbers of the rows;
        into more than one frame where a row holds several years.
    also : tuple of str
        Patterns of columns that it may have.
    spelling : mapping of str to str
        Other tidy names that a column goes by.
    together : callable, optional
        What becomes of all blocks, where a row of the table is made from rows of several; given
        the file, and where to say what is to be known of it.
    said : str
        What is to be known of every such file.
    named : str
        A pattern that the name of its files holds, where their columns do not tell them apart.
    shows : str
        A pattern that its first lines hold, where neither tells them apart.
    most_told : int
        Values of what is left out that a remark names.
    """

    table: Table
    needs: tuple[str, ...]
    shape: Callable[[Texts], Iterable[pl.DataFrame]]
    also: tuple[str, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)
    together: Callable[[pl.DataFrame, Member, list[str]], pl.DataFrame] | None = None
    said: str = ""
    named: str = ""
    shows: str = ""
    most_told: int = NAMED

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in (*self.needs, *self.also)))

    def names(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Return a unique name for each field of a header, tidy where the layout knows it."""
        found: list[str] = []
        tidied = [tidy(title) for title in fields]
        for i, title in enumerate(tidied):
            # Of two columns of one title the second is of another place.
            unique = f"{title}_2" if title in tidied[:i] else title
            name = self.spelling.get(unique, unique)
            known = self._known.fullmatch(name) and name not in found
            found.append(name if known else f"_{i}")
        return tuple(found)

    def misspelt(self, fields: Sequence[str]) -> tuple[str, str] | None:
        """Return a title that is not known, and what it is near: a year's, or one that is absent.

        Such a column would be lost without a word.
        """
        names = self.names(fields)
        there = {name for name in names if not name.startswith("_")}
        of_years = {_without_digits(name) for name in there if re.search(r"\d{4}", name)}
        known = of_years | {name for name in self.also if name not in there}
        for title, name in zip(fields, names, strict=True):
            plain = _without_digits(tidy(title))
            if name.startswith("_") and len(plain) >= SHORTEST and plain not in known:
                near = difflib.get_close_matches(plain, known, 1, MISSPELT)
                if near:
                    return title, near[0]
        return None

    def twice(self, fields: Sequence[str]) -> str | None:
        """Return a title that stands over two columns, of which one would be lost."""
        found = [title for title in map(tidy, fields) if title]
        for title in {title for title in found if found.count(title) > 1}:
            is_known = self._known.fullmatch(self.spelling.get(title, title))
            second = f"{title}_2"
            if is_known and not self._known.fullmatch(self.spelling.get(second, second)):
                return title
        return None

    def lacking(self, names: Iterable[str]) -> list[str]:
        """Return what a header lacks of what the layout is known by."""
        present = set(names)
        # Most are names and no patterns; every file's first rows are held against every layout.
        absent = [need for need in self.needs if need not in present]
        patterns = (need for need in absent if not need.isidentifier())
        unmet = [p for p in patterns if not any(re.fullmatch(p, n) for n in present)]
        return [need for need in absent if need.isidentifier() or need in unmet]

    def share(self, fields: Sequence[str]) -> float:
        """Return how much of what it is known by a header has; 0 where that may be chance."""
        if len(fields) < len(self.needs) - len(self.needs) // 6:
            return 0.0
        lacking = len(self.lacking(self.names(fields)))
        return 0.0 if lacking > len(self.needs) // 6 else 1 - lacking / len(self.needs)

    def told_of_lacking(self, need: str, fields: Sequence[str]) -> str:
        """Say that a header lacks a column, and what helps."""
        return f"it lacks the column {need!r}; use the file as the agency publishes it"


def of_its_months(texts: Texts, year: pl.Expr, months: pl.Expr, column: str, room: float) -> None:
    """Refuse an annual average that is not the mean of the twelve months that stand beside it.

    Parameters
    ----------
    year, months : polars.Expr
        The average of each row, and the mean of its months: null where one of them lacks.
    room : float
        How far apart both may be, as they are rounded.

    Raises
    ------
    DataFileError
        It is another number; names the line.
    """
    why = "{} is no mean of the twelve months beside it; see whether it stands in its own row and "
    texts.refuse(((year - months).abs() > room).fill_null(False), column, why + "column")


def remark(why: str, values: list[str], most: int) -> str:
    """Say how many rows were left out, of which values, and why."""
    return f"{count(len(values), 'row')} left out ({listing(sorted({*values}), most)}): {why}"


def _without_digits(name: str) -> str:
    return re.sub(r"\d+", "", name).strip("_")


def number(name: str) -> pl.Expr:
    """Return a column of numbers without separators of thousands, so that most are plain."""
    column = pl.col(name)
    return (
        pl.when(column.str.contains(_IN_THOUSANDS))
        .then(column.str.replace_all("[,$%\\s]", ""))
        .otherwise(column)
        .alias(name)
    )
