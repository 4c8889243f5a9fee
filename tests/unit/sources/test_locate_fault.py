"""The lines that rows stand on."""

from __future__ import annotations

import csv
import io

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from lmi.sources.locate_fault import Lines


def test_blank_lines_and_quoted_line_ends_are_counted() -> None:
    lines = Lines(b'a,1\n\n"b\n\nb",2\r\n\r\nc,3', first=10)
    assert [lines.of(row) for row in range(3)] == [10, 12, 16]


def test_a_row_beyond_the_end_or_in_a_broken_block_is_counted_plainly() -> None:
    assert Lines(b"a\nb\n", first=2).of(7) == 9
    assert Lines(b'a\n"b\n', first=2).of(1) == 3


def test_the_first_bad_value_is_found() -> None:
    values = pl.Series(["x", None, "bad", "bad"])
    assert Lines(b"x\n,1\nbad\n\nbad\n", first=2).find(values, lambda v: v == "bad") == 4


@given(st.lists(st.tuples(st.text('ab\n,"', max_size=4), st.booleans()), min_size=1, max_size=8))
def test_every_row_is_found_where_it_was_written(rows: list[tuple[str, bool]]) -> None:
    buffer, expected = io.StringIO(), []
    writer = csv.writer(buffer, lineterminator="\n")
    for text, blank_before in rows:
        if blank_before:
            buffer.write("\n")
        expected.append(1 + buffer.getvalue().count("\n"))
        writer.writerow([text, "end"])
    lines = Lines(buffer.getvalue().encode(), first=1)
    assert [lines.of(row) for row in range(len(rows))] == expected
