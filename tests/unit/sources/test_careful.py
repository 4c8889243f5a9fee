"""Quotes that fit, and rows that a fast parser would twist."""

from __future__ import annotations

import pytest

from lmi.sources.careful import quotes_fit


@pytest.mark.parametrize(
    ("block", "separator", "fit"),
    [
        (b'"a","b"\n"c","d"\n', ",", True),
        (b'"a","b"\r\n"c","d"\r\n', ",", True),
        (b'"a";"b"', ";", True),
        (b'"a ""b"" c",1\n"",2\n', ",", True),
        (b'"two\nlines",1\n', ",", True),
        (b'"62"14,1\n', ",", False),
        (b'"62" ,1\n', ",", False),
        (b' "62",1\n', ",", False),
        (b'6"2,1\n', ",", False),
        (b'"62,1\n', ",", False),
        (b'"62"14,1\n"a",2\n"b ""c""",3\n', ",", False),
        (b'"a";"b"\n', ",", False),
    ],
)
def test_a_quote_begins_or_ends_a_field_or_is_doubled(
    block: bytes, separator: str, fit: bool
) -> None:
    assert quotes_fit(block, separator) == fit
