"""Ways in which any table goes wrong between its agency and the door, each with a name.

What `tests.mutations` does to a QCEW file, done to a table of which only the roles of its columns
are known: which hold numbers, which say the place, which the year.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Self, TypeVar


@dataclass
class Sheet:
    """A table as texts, with what stands above and below it.

    Parameters
    ----------
    numbers, places, years : tuple of str
        The columns that hold numbers, whose values begin with a state or are part of an area,
        that say years.
    keys : tuple of str
        Other columns that tell rows apart.
    total : callable, optional
        Tells from a row, by the names of its columns, that it is a total of others.
    """

    names: list[str]
    rows: list[list[str]]
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    total: Callable[[dict[str, str]], bool] | None = None
    name: str = "file.csv"
    above: str = ""
    below: str = ""
    separator: str = ","
    raw: bytes = b""

    @classmethod
    def read(cls, text: str, header: int = 0, **roles: object) -> Self:
        """Read a CSV whose header is on a line, counted from 0."""
        lines = text.splitlines(keepends=True)
        names, *rows = csv.reader(io.StringIO("".join(lines[header:]), newline=""))
        return cls(names, rows, above="".join(lines[:header]), **roles)  # type: ignore[arg-type]

    def copy(self) -> Self:
        """Return the same table, to be spoilt."""
        return replace(self, names=[*self.names], rows=[[*row] for row in self.rows])

    def at(self, column: str) -> int:
        """Return the place of a column."""
        return self.names.index(column)

    def is_total(self, row: list[str]) -> bool:
        """Tell whether a row is a total of others."""
        return self.total is not None and self.total(dict(zip(self.names, row, strict=True)))

    def column(self, name: str) -> list[str]:
        """Return the fields of a column."""
        at = self.at(name)
        return [row[at] for row in self.rows]

    def with_column(self, name: str, values: list[str]) -> Sheet:
        """Write the fields of a column."""
        at = self.at(name)
        for row, value in zip(self.rows, values, strict=True):
            row[at] = value
        return self

    def rows_text(self, rows: list[list[str]]) -> str:
        """Return rows as CSV."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n", delimiter=self.separator).writerows(rows)
        return buffer.getvalue()

    def data(self) -> bytes:
        """Return the file."""
        text = self.above + self.rows_text([self.names, *self.rows]) + self.below
        return self.raw or text.encode()


Mutation = Callable[[Sheet, Random], Sheet]
S = TypeVar("S", bound=Sheet)
Change = Callable[[str], str]


def plain(text: str) -> str:
    """Return a number without what adorns it."""
    return re.sub(r"[,$%\s]", "", text)


def value_of(text: str) -> float:
    """Return a number's value; 0 of what is none."""
    return abs(float(plain(text))) if is_number(text) else 0.0


def is_number(text: str) -> bool:
    """Tell whether a field is a number other than zero."""
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", plain(text))) and float(plain(text)) != 0


def times(text: str, factor: float) -> str:
    """Return a number many times as large, with as many digits behind its point."""
    if not is_number(text):
        return text
    digits = len(plain(text).partition(".")[2])
    return f"{float(plain(text)) * factor:.{digits}f}"


def as_fraction(text: str, factor: float) -> str:
    """Return a number in another unit, with what digits that takes."""
    return f"{float(plain(text)) * factor:.6g}" if is_number(text) else text


def throughout(name: str, change: Change) -> Mutation:
    """Change each field of a column."""
    return lambda sheet, chance: sheet.with_column(name, [*map(change, sheet.column(name))])


def in_a_row(name: str, change: Change, least: float = 0) -> Mutation:
    """Change a field that holds something; of numbers, a large one."""

    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        values = sheet.column(name)
        found = [i for i, v in enumerate(values) if v and change(v) != v]
        if name in sheet.numbers:
            found.sort(key=lambda i: value_of(values[i]), reverse=True)
            found = found[: max(1, len(found) // 2)]
        row = chance.choice(found)
        sheet.rows[row][sheet.at(name)] = change(values[row])
        return sheet

    return mutate


def of_another_row(name: str) -> Mutation:
    """Write what another row has into a field."""

    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        values = sheet.column(name)
        row = chance.randrange(len(values))
        others = [v for v in dict.fromkeys(values) if v not in ("", values[row])]
        sheet.rows[row][sheet.at(name)] = chance.choice(others)
        return sheet

    return mutate


def swapped(one: str, other: str) -> Mutation:
    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        a, b = sheet.column(one), sheet.column(other)
        return sheet.with_column(one, b).with_column(other, a)

    return mutate


def swapped_in_a_row(one: str, other: str) -> Mutation:
    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        a, b = sheet.at(one), sheet.at(other)
        row = chance.choice([r for r in sheet.rows if r[a] and r[b] and r[a] != r[b]])
        row[a], row[b] = row[b], row[a]
        return sheet

    return mutate


def copied(one: str, other: str) -> Mutation:
    return lambda sheet, chance: sheet.with_column(one, sheet.column(other))


def slipped(name: str) -> Mutation:
    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        values = sheet.column(name)
        return sheet.with_column(name, [values[-1], *values[:-1]])

    return mutate


def dropped(name: str) -> Callable[[S, Random], S]:
    """Leave out a column."""

    def mutate(sheet: S, chance: Random) -> S:
        at = sheet.at(name)
        for row in (sheet.names, *sheet.rows):
            del row[at]
        return sheet

    return mutate


def titled(name: str, change: Change) -> Mutation:
    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        sheet.names[sheet.at(name)] = change(name)
        return sheet

    return mutate


def transposed(text: str) -> str:
    """Two digits that differ change places."""
    for i in range(len(text) - 1):
        if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]:
            return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text


def misspelt(text: str) -> str:
    i = len(text) // 2
    return text[:i] + "x" + text[i + 1 :]


def with_a_zero(text: str) -> str:
    """Return a whole number as a program writes a fraction."""
    return f"{plain(text)}.0" if is_number(text) and "." not in text else text


def grouped_by_points(text: str) -> str:
    """Return a number with points between its thousands."""
    return grouped(text).replace(",", ".")


def grouped(text: str) -> str:
    """Return a number with commas between its thousands."""
    if not is_number(text):
        return text
    whole, point, rest = plain(text).partition(".")
    return f"{int(whole):,}{point}{rest}"


def exponent(text: str, digits: int = 12) -> str:
    return f"{float(plain(text)):.{digits}E}" if is_number(text) else text


def with_comma(text: str) -> str:
    return plain(text).replace(".", ",") if is_number(text) else text


def only(test: Callable[[int, int], bool]) -> Mutation:
    """Keep the rows that pass a test of their number and of how many there are."""

    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        n = len(sheet.rows)
        sheet.rows = [row for i, row in enumerate(sheet.rows) if test(i, n)]
        return sheet

    return mutate


def a_row(change: Callable[[Sheet, int, Random], list[list[str]]]) -> Mutation:
    """Put some rows in the place of one."""

    def mutate(sheet: Sheet, chance: Random) -> Sheet:
        at = chance.randrange(1, len(sheet.rows) - 1)
        sheet.rows[at : at + 1] = change(sheet, at, chance)
        return sheet

    return mutate


def the_same(name: str) -> Mutation:
    """Write what the first row has into each."""
    return lambda sheet, chance: sheet.with_column(name, [sheet.column(name)[0]] * len(sheet.rows))


def of_bytes(change: Callable[[bytes], bytes]) -> Callable[[S, Random], S]:
    """Change the file as it is written."""

    def mutate(sheet: S, chance: Random) -> S:
        sheet.raw = change(sheet.data())
        return sheet

    return mutate


def _of_numbers(sheet: Sheet) -> Iterator[tuple[str, Mutation]]:
    for n in sheet.numbers:
        for said, factor in (("ten times", 10), ("a tenth", 0.1)):
            yield f"{n}: {said} in a row", in_a_row(n, lambda v, f=factor: times(v, f))
        for said, factor in (("ten times", 10), ("a thousand times", 1000)):
            yield f"{n}: {said} throughout", throughout(n, lambda v, f=factor: times(v, f))
        for said, factor in (("a hundredth", 0.01), ("a thousandth", 0.001)):
            yield f"{n}: {said} throughout", throughout(n, lambda v, f=factor: as_fraction(v, f))
            yield f"{n}: {said}, whole, throughout", throughout(n, lambda v, f=factor: times(v, f))
        yield f"{n}: double in a row", in_a_row(n, lambda v: times(v, 2))
        yield f"{n}: a digit lost in a row", in_a_row(n, lambda v: plain(v)[:-1])
        yield f"{n}: two digits change places in a row", in_a_row(n, transposed)
        for said, text in (
            ("blank", ""), ("0", "0"), ("NA", "NA"), ("-", "-"), ("a word", "many"), ("...", "..."),
            ("#REF!", "#REF!"), ("*", "*"), ("-1", "-1"), ("999999", "999999"), ("-9999", "-9999"),
        ):  # fmt: skip
            yield f"{n}: {said} in a row", in_a_row(n, lambda v, t=text: t)
        for said, text in (("blank", ""), ("0", "0"), ("NA", "NA"), ("1", "1")):
            yield f"{n}: {said} throughout", throughout(n, lambda v, t=text: t)
        yield f"{n}: below nothing in a row", in_a_row(n, lambda v: f"-{plain(v)}")
        yield f"{n}: below nothing throughout", throughout(n, lambda v: f"-{plain(v)}")
        yield f"{n}: in groups of three", throughout(n, grouped)
        yield (
            f"{n}: in groups of three by points",
            throughout(n, grouped_by_points),
        )
        yield f"{n}: a comma before its fraction", throughout(n, with_comma)
        yield f"{n}: with an exponent", throughout(n, exponent)
        yield f"{n}: rounded, with an exponent", throughout(n, lambda v: exponent(v, 1))
        yield (
            f"{n}: with a point and a zero",
            throughout(n, with_a_zero),
        )
        yield f"{n}: in blanks", throughout(n, lambda v: f" {v} ")
        yield f"{n}: followed by a mark in a row", in_a_row(n, lambda v: f"{v}(1)")
        yield f"{n}: misspelt", titled(n, misspelt)
        yield f"{n}: dropped", dropped(n)
        yield f"{n}: slipped down a row", slipped(n)
        yield (
            f"{n}: all as in the first row",
            the_same(n),
        )
    pairs = zip(sheet.numbers, (*sheet.numbers[1:], sheet.numbers[0]), strict=True)
    for one, other in pairs if len(sheet.numbers) > 1 else ():
        yield f"{one} and {other}: swapped", swapped(one, other)
        yield f"{one} and {other}: swapped in a row", swapped_in_a_row(one, other)
        yield f"{one}: a copy of {other}", copied(one, other)


def _of_keys(sheet: Sheet) -> Iterator[tuple[str, Mutation]]:
    for p in sheet.places:
        yield f"{p}: another row's in a row", of_another_row(p)
        yield f"{p}: slipped down a row", slipped(p)
        yield f"{p}: zeros lost throughout", throughout(p, lambda v: v.lstrip("0") or "0")
        yield f"{p}: two digits change places in a row", in_a_row(p, transposed)
        for said, text in (("blank", ""), ("33002", "33002"), ("0", "0"), ("a word", "all")):
            yield f"{p}: {said} in a row", in_a_row(p, lambda v, t=text: t)
        yield (
            f"{p}: as a fraction throughout",
            throughout(p, with_a_zero),
        )
        yield f"{p}: misspelt", titled(p, misspelt)
        yield f"{p}: dropped", dropped(p)
        yield f"{p}: another state throughout", throughout(p, another_state)
        yield f"{p}: another state in a row", in_a_row(p, another_state)
    if len(sheet.places) > 1:
        one, other = sheet.places[0], sheet.places[-1]
        yield f"{one} and {other}: swapped", swapped(one, other)
        yield f"{one} and {other}: swapped in a row", swapped_in_a_row(one, other)
    for y in sheet.years:
        yield f"{y}: another row's in a row", of_another_row(y)
        for said, text in (("1850", "1850"), ("2093", "2093"), ("blank", ""), ("16", "16")):
            yield f"{y}: {said} in a row", in_a_row(y, lambda v, t=text: t)
            yield f"{y}: {said} throughout", throughout(y, lambda v, t=text: t)
        for said, years in (
            ("ten years later", 10),
            ("a year later", 1),
            ("ten years earlier", -10),
        ):
            yield f"{y}: {said} throughout", throughout(y, lambda v, n=years: moved_years(v, n))
            yield f"{y}: {said} in a row", in_a_row(y, lambda v, n=years: moved_years(v, n))
        yield (
            f"{y}: the same throughout",
            the_same(y),
        )
        yield f"{y}: slipped down a row", slipped(y)
        yield f"{y}: misspelt", titled(y, misspelt)
        yield f"{y}: dropped", dropped(y)
    for k in sheet.keys:
        yield f"{k}: another row's in a row", of_another_row(k)
        yield f"{k}: slipped down a row", slipped(k)
        yield (
            f"{k}: the same throughout",
            the_same(k),
        )
        for said, text in (("blank", ""), ("a word", "zz"), ("XQ", "XQ9")):
            yield f"{k}: {said} in a row", in_a_row(k, lambda v, t=text: t)
        yield f"{k}: a digit lost in a row", in_a_row(k, lambda v: v[:-1])
        yield f"{k}: misspelt", titled(k, misspelt)
        yield f"{k}: dropped", dropped(k)


def moved_years(text: str, years: int) -> str:
    """Return a text with its years later."""
    return re.sub(r"(?<!\d)(19|20)\d\d(?!\d)", lambda found: str(int(found[0]) + years), text)


def another_state(text: str) -> str:
    """Return a code or title in another state, as likely as it."""
    if re.fullmatch(r"33|033|33\d{3}|33\d{13}", text):
        return text.replace("33", "50", 1)
    if re.fullmatch(r"0?8|08\d{3}|008", text):
        return text.replace("8", "4", 1)
    if re.fullmatch(r"CN33\d*", text):
        return text.replace("33", "50", 1)
    return text.replace("New Hampshire", "Vermont").replace("Colorado", "Arizona")


def _of_rows(sheet: Sheet) -> Iterator[tuple[str, Mutation]]:
    yield "cut after a tenth", only(lambda i, n: i < max(1, n // 10))
    yield "cut after half", only(lambda i, n: i < n // 2)
    yield "cut after nine tenths", only(lambda i, n: i < n * 9 // 10)
    yield "the first half lost", only(lambda i, n: i >= n // 2)
    yield "the middle lost", only(lambda i, n: not n // 3 <= i < n * 2 // 3)
    yield "every second row lost", only(lambda i, n: i % 2 == 0)
    yield "the first row lost", only(lambda i, n: i > 0)
    yield "the last row lost", only(lambda i, n: i < n - 1)
    yield "no rows", only(lambda i, n: False)
    yield "a row lost", a_row(lambda s, i, c: [])
    yield "a row doubled", a_row(lambda s, i, c: [s.rows[i], s.rows[i]])
    yield "a row again with other numbers", a_row(lambda s, i, c: [s.rows[i], more(s, s.rows[i])])
    yield "a row moved to the right", a_row(lambda s, i, c: [[s.rows[i][-1], *s.rows[i][:-1]]])
    yield "a field too few in a row", a_row(lambda s, i, c: [s.rows[i][:-1]])
    yield "a field too many in a row", a_row(lambda s, i, c: [[*s.rows[i], "7"]])
    yield "the header again within", a_row(lambda s, i, c: [s.names, s.rows[i]])
    yield "a note within", a_row(lambda s, i, c: [["(1) Not shown."], s.rows[i]])
    yield "a blank row within", a_row(lambda s, i, c: [["" for _ in s.names], s.rows[i]])
    yield "a row of zeros within", a_row(lambda s, i, c: [["0" for _ in s.names], s.rows[i]])
    yield "two rows trade their numbers", _traded
    yield "a row of totals below", _with_total
    yield "rows shuffled", lambda s, c: replace(s, rows=c.sample(s.rows, len(s.rows)))
    yield "columns shuffled", _columns_shuffled
    yield "itself twice", _with_rows(lambda s: [*s.rows, *s.rows])
    yield "itself twice with its header", _with_rows(lambda s: [*s.rows, s.names, *s.rows])
    again = _with_rows(lambda s: [*s.rows, *(more(s, row) for row in s.rows)])
    yield "itself again, three percent more", again
    yield "half of it three percent more", _mixed
    if sheet.total is not None:
        yield "totals lost", _with_rows(lambda s: [row for row in s.rows if not s.is_total(row)])
        yield "parts lost", _with_rows(lambda s: [row for row in s.rows if s.is_total(row)])
        yield "a total ten times", _larger_total


def _with_rows(rows: Callable[[Sheet], list[list[str]]]) -> Mutation:
    return lambda sheet, chance: replace(sheet, rows=[[*row] for row in rows(sheet)])


def more(sheet: Sheet, row: list[str], factor: float = 1.03) -> list[str]:
    """Return a row of larger numbers."""
    fields = zip(sheet.names, row, strict=True)
    return [times(v, factor) if n in sheet.numbers else v for n, v in fields]


def _larger_total(sheet: Sheet, chance: Random) -> Sheet:
    at = chance.choice([i for i, row in enumerate(sheet.rows) if sheet.is_total(row)])
    name = sheet.numbers[0]
    sheet.rows[at][sheet.at(name)] = times(sheet.rows[at][sheet.at(name)], 10)
    return sheet


def _mixed(sheet: Sheet, chance: Random) -> Sheet:
    half = len(sheet.rows) // 2
    sheet.rows = [more(sheet, row) if i < half else row for i, row in enumerate(sheet.rows)]
    return sheet


def _traded(sheet: Sheet, chance: Random) -> Sheet:
    one, other = chance.sample(sheet.rows, 2)
    for name in sheet.numbers:
        at = sheet.at(name)
        one[at], other[at] = other[at], one[at]
    return sheet


def _with_total(sheet: Sheet, chance: Random) -> Sheet:
    row = ["" for _ in sheet.names]
    row[0] = "Total"
    for name in sheet.numbers:
        row[sheet.at(name)] = f"{sum(map(value_of, sheet.column(name))):.0f}"
    sheet.rows.append(row)
    return sheet


def _columns_shuffled(sheet: Sheet, chance: Random) -> Sheet:
    order = chance.sample(range(len(sheet.names)), len(sheet.names))
    sheet.names = [sheet.names[i] for i in order]
    sheet.rows = [[row[i] for i in order] for row in sheet.rows]
    return sheet


def _of_files() -> Iterator[tuple[str, Mutation]]:
    yield "lines end in CR LF", of_bytes(lambda b: b.replace(b"\n", b"\r\n"))
    yield "lines end in CR", of_bytes(lambda b: b.replace(b"\n", b"\r"))
    yield "begins with a mark of UTF-8", of_bytes(lambda b: b"\xef\xbb\xbf" + b)
    yield "is UTF-16", of_bytes(lambda b: b.decode().encode("utf-16"))
    yield "cut within a row", of_bytes(lambda b: b[: len(b) * 2 // 3])
    yield "cut within its last field", of_bytes(lambda b: b.rstrip(b"\n")[:-1])
    yield "holds a NUL", of_bytes(lambda b: b[: len(b) // 2] + b"\0" + b[len(b) // 2 :])
    yield "is empty", of_bytes(lambda b: b"\n")
    yield "without its header", lambda s, c: replace(s, names=s.rows[0], rows=s.rows[1:])
    yield "an open quote", of_bytes(lambda b: b[: len(b) // 2] + b'"' + b[len(b) // 2 :])
    yield "blank lines within", of_bytes(lambda b: b.replace(b"\n", b"\n\n"))
    yield "semicolons", lambda s, c: replace(s, separator=";")
    yield "tabs", lambda s, c: replace(s, separator="\t")
    yield "another web page", of_bytes(lambda b: b"<html><body>403</body></html>")
    titles = "A table of numbers\nIn the year\n\n"
    yield "titles above", lambda s, c: replace(s, above=titles + s.above)
    yield "a note below", lambda s, c: replace(s, below="Source: an agency\n")
    yield "a note without a line end below", lambda s, c: replace(s, below="(1) Preliminary")
    yield "capitals in its header", lambda s, c: replace(s, names=[n.upper() for n in s.names])
    yield "blanks in its header", lambda s, c: replace(s, names=[f" {n} " for n in s.names])
    yield "a column of nobody's", _with_column_of_nobody
    yield "separators at the end", of_bytes(lambda b: b.replace(b"\n", b",\n"))
    yield "row names of R", _with_row_names
    yield "without its titles", lambda s, c: replace(s, above="")


def _with_column_of_nobody(sheet: Sheet, chance: Random) -> Sheet:
    return replace(sheet, names=[*sheet.names, "x"], rows=[[*row, "1"] for row in sheet.rows])


def _with_row_names(sheet: Sheet, chance: Random) -> Sheet:
    rows = [[str(i), *row] for i, row in enumerate(sheet.rows, start=1)]
    return replace(sheet, names=["", *sheet.names], rows=rows)


def kinds(sheet: Sheet) -> dict[str, Mutation]:
    """Return every way to spoil a table, by name."""
    return dict([*_of_numbers(sheet), *_of_keys(sheet), *_of_rows(sheet), *_of_files()])
