"""Layouts that are not the store's: known by their columns, rewritten into a table's, then read.

Titles may stand above the header and notes below the rows. A `Layout` says how the texts of its
columns become the texts of a table's. Those go through `lmi.sources.csv_table` as any CSV in the
store's own columns does, so that numbers, codes and bounds are checked in one place, and a fault
has its line.
"""

from __future__ import annotations

import contextlib
import csv
import difflib
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from itertools import chain, islice, pairwise

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources import csv_table
from lmi.sources.archive import Member, head
from lmi.sources.as_written import EMPTY, NOT_APPLICABLE, decimal_mark
from lmi.sources.careful import other_fields, unreadable
from lmi.sources.csv_header import MISSPELT, Header
from lmi.sources.locate_fault import Lines
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.text import BOM, Decoder, rows, separator_of
from lmi.words import count, listing

__all__ = ["ROW", "Layout", "Texts", "claim", "frames_of", "number", "reader_of", "tidy"]

ROW = "_row"
"""The column that numbers the rows of a block."""
HEADER_WITHIN = 12  # rows
SHORTEST = 5  # of titles that are not near each other by chance
NAMED = 3  # values that a remark names
NUMBERS_LOOKED_AT = 500  # rows
_IN_THOUSANDS = r"^[$\s]*-?\d{1,3}(,\d{3})+(\.\d*)?%?$"


@dataclass(frozen=True)
class _Left:
    """What a file's rows were left out for: the values, by the reason."""

    values: dict[str, list[str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    """The reasons that say that a code is nobody's."""

    def refuse_most(self, n_rows: int, label: str) -> None:
        """Raise where more rows have codes of nobody's than were taken in."""
        for why in sorted(self.unknown):
            if len(self.values[why]) > n_rows:
                raise DataFileError(
                    f"{_remark(why, self.values[why], NAMED)}; those are more than the "
                    f"{count(n_rows, 'row')} that can be read, so see whether its columns are "
                    "what their titles say",
                    file=label,
                )


@dataclass(frozen=True, eq=False)
class Texts:
    """Rows of a block as they are written: blanks around a text gone, null where nothing is said.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns by their tidy names, and the number of each row in `lines`.
    notes : tuple of str
        What stands above the header, and in rows of one cell.
    left : _Left
        What is left out so far, for the remarks.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...]
    lines: Lines
    member: Member
    left: _Left

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
        return [need for need in absent if not any(re.fullmatch(need, n) for n in present)]

    def share(self, fields: Sequence[str]) -> float:
        """Return how much of what it is known by a header has; 0 where that may be chance."""
        if len(fields) < len(self.needs) - len(self.needs) // 6:
            return 0.0
        lacking = len(self.lacking(self.names(fields)))
        return 0.0 if lacking > len(self.needs) // 6 else 1 - lacking / len(self.needs)

    def told_of_lacking(self, need: str, fields: Sequence[str]) -> str:
        """Say that a header lacks a column, and what helps."""
        return f"it lacks the column {need!r}; use the file as the agency publishes it"


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
    separator = separator_of(start.lines)
    first: list[tuple[int, list[str]]] = []
    with contextlib.suppress(csv.Error):  # of another reader's file, or no table at all
        first += islice(rows(text, separator), HEADER_WITHIN)
    in_two = ((line, _one_above(above, row)) for (_, above), (line, row) in pairwise(first))
    for line, fields in chain(first, in_two):
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
        for line, fields in lines.rows():
            if len(fields) not in (1, n_fields):
                raise other_fields(fields, n_fields, label, line)
            yield fields + [""] * (n_fields - len(fields))
    except csv.Error as error:
        raise unreadable(error, label) from error


def _texts(lines: Lines, heading: _Heading, member: Member, left: _Left) -> Texts:
    cells = _cells(lines, heading.names, member.label)
    plain = pl.all().str.strip_chars()
    if b".0" in lines.block or b'="' in lines.block:  # numbers, as a program writes all of them
        plain = plain.str.replace(r'^="(.*)"$', "${1}").str.replace(r"^(\d+)\.00?$", "${1}")
    written = cells.select(plain).filter(
        pl.any_horizontal(pl.all().fill_null("") != "")  # the rows that `Lines.rows` yields
    )
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

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the line that it was on."""
        places = dict(zip(sorted({*self.at}), self.before.of_rows(sorted({*self.at})), strict=True))
        for at, (_, fields) in zip(self.at, super().rows(), strict=True):
            yield places[at], fields


def _rewritten(
    layout: Layout, heading: _Heading, member: Member, left: _Left, finish: csv_table.Finish
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
    left, n_rows = _Left(), 0
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
    return said + [_remark(why, values, layout.most_told) for why, values in left.values.items()]


def _remark(why: str, values: list[str], most: int) -> str:
    return f"{count(len(values), 'row')} left out ({listing(sorted({*values}), most)}): {why}"


def claim(layouts: Sequence[Layout], start: Start) -> Claim | None:
    """Claim a file for the tables of the layouts that fit its header best."""
    heading = _heading(start, layouts)
    if heading is None:
        return None
    table, *others = dict.fromkeys(layout.table for layout in heading.layouts)
    return Claim(table, heading.share, tuple(others))


@lru_cache(maxsize=1 << 12)
def tidy(title: str) -> str:
    """Return the title of a column in small letters and digits, one stroke between words."""
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


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
