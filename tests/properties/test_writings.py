"""A table is the same in whatever way it is written."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from lmi.schema import Table, table
from lmi.sources.archive import members
from lmi.sources.recognise import recognise
from tests.builders import COUNTIES, qcew, write

LABOR_FORCE, PROJECTIONS = table("labor_force"), table("projections")
Row = tuple[object, ...]


def _exponent(number: int) -> str:
    return f"{Decimal(number).normalize():e}"


WHOLE: dict[str, Callable[[int], str]] = {
    "plain": str,
    "float": lambda n: f"{n}.0",
    "thousands": lambda n: f"{n:,}",
    "blanks": lambda n: f"  {n:,} ",
    "exponent": _exponent,
    "spaces": lambda n: f"{n:,}".replace(",", "\N{NO-BREAK SPACE}"),
    "wide": lambda n: str(n).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "signed": lambda n: f"{n:+}",
}


@dataclass(frozen=True)
class Style:
    """How a file is written."""

    separator: str = ","
    decimal: str = "."
    whole: str = "plain"
    empty: str = ""
    quote_all: bool = False
    end: str = "\n"
    encoding: str = "utf-8"
    upper: bool = False
    titles: int = 0
    row_names: str = "none"
    code: str = "{}"

    def cell(self, value: object) -> str:
        """Write one value."""
        if value is None:
            return self.empty
        if isinstance(value, int):
            text = WHOLE[self.whole](value)
            if self.decimal == ",":
                text = text.translate({ord(","): ".", ord("."): ","})
            return text
        if isinstance(value, float):
            return repr(value).replace(".", self.decimal)
        text = str(value)
        return self.code.format(text) if text.isdecimal() else text

    def file(self, names: tuple[str, ...], rows: list[Row]) -> bytes:
        """Write a table."""
        buffer = io.StringIO()
        quoting = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(
            buffer, delimiter=self.separator, quoting=quoting, lineterminator=self.end
        )
        for n in range(self.titles):
            buffer.write(f"Title {n}, of a table{self.end}{self.end}")
        index = {"none": [], "R": [], "pandas": [""]}[self.row_names]
        writer.writerow([*index, *(n.upper() if self.upper else n for n in names)])
        for n, row in enumerate(rows, start=1):
            named = [] if self.row_names == "none" else [str(n)]
            writer.writerow([*named, *map(self.cell, row)])
        encoding = self.encoding
        return buffer.getvalue().encode(encoding)


STYLES = st.builds(
    Style,
    separator=st.sampled_from(",;\t|"),
    decimal=st.sampled_from(".,"),
    whole=st.sampled_from([*WHOLE]),
    empty=st.sampled_from(["", "NA", "NaN", "NULL", "None", ".", "N/A", "nan", " "]),
    quote_all=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    upper=st.booleans(),
    titles=st.integers(0, 2),
    row_names=st.sampled_from(["none", "R", "pandas"]),
    code=st.sampled_from(["{}", " {}", "{}.0", '="{}"']),
)


def read(data: bytes, spec: Table) -> pl.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        [member] = members(write(Path(folder) / "a.csv", data))
        kind = recognise(member)
        assert kind is not None and kind.table is spec
        return pl.concat(kind.reader.frames(member, spec))


@st.composite
def labor_force(draw: st.DrawFn) -> list[Row]:
    """Rows of counties; of the first, all is known, so that a mark of fractions is seen."""
    rows = []
    for n in range(draw(st.integers(1, 5))):
        employed = draw(st.integers(500, 6_999_999))
        unemployed = employed // draw(st.integers(10, 200))
        force = employed + unemployed
        rate = round(100 * unemployed / force, 1)
        known = n == 0 or draw(st.booleans())
        numbers = (force, employed, unemployed) if known else (None, None, None)
        rows.append((f"080{2 * n + 1:02}", 2016, *numbers, rate if known else None))
    return rows


@given(labor_force(), STYLES)
@example([("08001", 2016, 2000, 1900, 100, 5.0)], Style(separator=";", decimal=",", whole="float"))
@example([("08001", 2016, 2000, 1900, 100, 5.0)], Style(row_names="R", quote_all=True))
def test_labor_force_is_the_same_however_it_is_written(rows: list[Row], style: Style) -> None:
    plain = read(Style().file(LABOR_FORCE.names, rows), LABOR_FORCE)
    assert plain.rows() == rows
    assert read(style.file(LABOR_FORCE.names, rows), LABOR_FORCE).equals(plain)


@given(
    st.lists(st.tuples(st.integers(1, 900), st.sampled_from(["a, b", 'a "b"', "Cañon", "two\nl"]))),
    STYLES,
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_projections_are_the_same_however_they_are_written(
    found: list[tuple[int, str]], style: Style, encoding: str
) -> None:
    rows: list[Row] = [
        (f"08{n:03}", "62", "0", 2016, 2026, jobs + 0.5, 1.1 * jobs, text)
        for n, (jobs, text) in enumerate([(7, "x"), *found])
    ]
    style = Style(**{**vars(style), "encoding": encoding})
    if encoding == "cp1252" and style.whole in ("wide",):
        style = Style(**{**vars(style), "whole": "plain"})
    plain = read(Style().file(PROJECTIONS.names, rows), PROJECTIONS)
    assert plain.rows() == rows
    assert read(style.file(PROJECTIONS.names, rows), PROJECTIONS).equals(plain)


WITHHELD = qcew(COUNTIES)


@cache
def withheld() -> pl.DataFrame:
    """Rows of counties, of which the agency withholds some, as they are plainly read."""
    return read(WITHHELD.encode(), table("qcew_annual"))


@given(STYLES)
def test_withheld_rows_are_the_same_however_they_are_written(style: Style) -> None:
    """A blank disclosure code says that a row is open, in whatever word it is blank."""
    spec = table("qcew_annual")
    names, *rows = csv.reader(WITHHELD.splitlines())
    codes = [i for i, name in enumerate(names) if spec.by_name[spec.spelling[name]].dtype == "code"]
    typed: list[Row] = [
        tuple(
            (cell or None) if i in codes else float(cell) if "." in cell else int(cell)
            for i, cell in enumerate(row)
        )
        for row in rows
    ]
    assert read(style.file(tuple(names), typed), spec).equals(withheld())
