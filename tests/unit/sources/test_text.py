"""Bytes as UTF-8, one encoding a file."""

from __future__ import annotations

import pytest

from lmi.errors import DataFileError
from lmi.sources.text import Decoder, FirstLine, first_lines


def decoded(*blocks: bytes) -> str:
    decoder, line, found = Decoder("f.csv"), 1, b""
    for block in blocks:
        found += decoder.utf8(block, line)
        line += block.count(b"\n")
    return found.decode()


def refusal(*blocks: bytes) -> str:
    with pytest.raises(DataFileError) as caught:
        decoded(*blocks)
    return str(caught.value)


UTF8, WINDOWS, PLAIN = "Cañon\n".encode(), "Cañon\n".encode("cp1252"), b"Canon\n"


def test_text_of_one_encoding_is_read() -> None:
    assert decoded(PLAIN, UTF8, PLAIN, UTF8) == "Canon\nCañon\nCanon\nCañon\n"
    assert decoded(PLAIN, WINDOWS, PLAIN, WINDOWS) == "Canon\nCañon\nCanon\nCañon\n"
    assert decoded("“quoted” – €\n".encode("cp1252")) == "“quoted” – €\n"


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        ([UTF8 + WINDOWS], 2),
        ([WINDOWS + PLAIN + UTF8], 1),
        ([PLAIN, PLAIN + UTF8, PLAIN, PLAIN + WINDOWS], 6),
        ([WINDOWS, PLAIN + PLAIN + UTF8], 4),
    ],
)
def test_two_encodings_are_refused_within_a_block_and_across_blocks(
    blocks: list[bytes], line: int
) -> None:
    message = f"f.csv, line {line}: it mixes UTF-8 with another encoding; save it as UTF-8"
    assert refusal(*blocks) == message


def test_what_is_neither_is_refused() -> None:
    message = "f.csv, line 3: it is neither UTF-8 nor Windows-1252 text; save it as UTF-8"
    assert refusal(PLAIN, PLAIN + b"\x81\n") == message


@pytest.mark.parametrize("name", [PLAIN, UTF8])
def test_nul_bytes_are_refused_with_their_line(name: bytes) -> None:
    assert (
        refusal(name, name + b"a\0\n") == "f.csv, line 3: it holds NUL bytes; save it as plain CSV"
    )


@pytest.mark.parametrize("start", [b"", b"\n", b"\r\n", b"\xef\xbb\xbf"])
def test_there_may_be_no_first_line(start: bytes) -> None:
    assert first_lines(start) == []


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r\n"])
def test_a_first_line_ends_at_any_line_end(end: str) -> None:
    lines = first_lines(f"a,b{end}{end}c,d".encode())
    assert lines == [FirstLine(1, ",", ["a", "b"]), FirstLine(3, ",", ["c", "d"])]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_is_known_by_the_line_that_it_cuts(separator: str) -> None:
    [line] = first_lines(separator.join(["Area_FIPS", '"Year, of data"', "Jobs"]).encode())
    assert line == FirstLine(1, separator, ["area_fips", "year, of data", "jobs"])
