"""The bytes of a file as UTF-8, or the line on which they are no text.

A file is UTF-8 or Windows-1252 from its first byte to its last. Text that is one here and the other
there was put together from two files, and guessing would garble a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lmi.errors import DataFileError

__all__ = [
    "BOM",
    "Decoder",
    "FirstLine",
    "as_titled",
    "fields_of",
    "first_lines",
    "rows",
    "separator_of",
    "tidy",
]

BOM = b"\xef\xbb\xbf"
SEPARATORS = ",;\t|"  # of those that cut a line equally often, the first
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_LINE_END = re.compile(rb"\r*\n|\r")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_NUMBERED_BY_PANDAS = re.compile(r"\.\d{1,2}$")
_NUMBERED_BY_READXL = re.compile(r"(?<=\w)\.\.\.\d+$")


@dataclass(frozen=True)
class FirstLine:
    """One of the first lines of a text, by its number, cut where its fields seem to end."""

    number: int
    separator: str
    fields: list[str]

    @cached_property
    def titles(self) -> frozenset[str]:
        """Its fields as the titles of columns, as they are written and tidied."""
        return frozenset((*self.fields, *map(tidy, self.fields)))


def first_lines(start: bytes, most: int = 20) -> list[FirstLine]:
    r"""Return the lines of a text that are filled, their fields in lower case.

    Parameters
    ----------
    start : bytes
        The first bytes of a text.
    most : int
        Lines to look at.

    Examples
    --------
    >>> first_lines(b'\n"Area_FIPS";own_code\r\n')
    [FirstLine(number=2, separator=';', fields=['area_fips', 'own_code'])]
    """
    return list(_first_lines(start, most))


@lru_cache(maxsize=4)  # of one file they are asked for to know it, to read it and to check it
def _first_lines(start: bytes, most: int) -> tuple[FirstLine, ...]:
    lines = _LINE_END.split(start.removeprefix(BOM), maxsplit=most)[:most]
    return tuple(
        _cut(number, line.decode("utf-8", "replace"))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _cut(number: int, line: str) -> FirstLine:
    ways = (FirstLine(number, separator, fields_of(line, separator)) for separator in SEPARATORS)
    return max(ways, key=lambda way: len(way.fields))


def fields_of(line: str, separator: str) -> list[str]:
    """Return the fields of a line, in small letters and without blanks around them."""
    reader = csv.reader(
        [line.replace("\r", " ")], delimiter=separator, skipinitialspace=separator != "\t"
    )
    return [field.strip().lower() for field in next(reader, [])]


def separator_of(lines: Iterable[FirstLine]) -> str:
    """Return what cuts lines into the most fields."""
    best = max(lines, key=lambda line: len(line.fields), default=None)
    return best.separator if best is not None else ","


def as_titled(fields: Sequence[str]) -> list[str]:
    """Return titles as they were before a program numbered those that stand twice.

    pandas writes the second ``Name`` as ``Name.1``, R's readxl both as ``Name...1`` and
    ``Name...5``.

    Examples
    --------
    >>> as_titled(["Code", "Code.1", "Flow.1"]), as_titled(["Code...1", "Code...5"])
    (['Code', 'Code', 'Flow.1'], ['Code', 'Code'])
    """
    bare = (_NUMBERED_BY_PANDAS.sub("", field) for field in fields)
    first = [b if b in fields else field for b, field in zip(bare, fields, strict=True)]
    return [_NUMBERED_BY_READXL.sub("", field) for field in first]


@lru_cache(maxsize=1 << 12)
def tidy(title: str) -> str:
    """Return the title of a column in small letters and digits, one stroke between words."""
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    r"""Yield each row of a text with the line that it ends on, one blank between its words.

    Raises
    ------
    csv.Error
        A field has no end.

    Examples
    --------
    >>> list(rows('"Labor\nforce",Year\n7,2020\n', ","))
    [(2, ['Labor force', 'Year']), (3, ['7', '2020'])]
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    for fields in reader:
        yield reader.line_num, [" ".join(field.split()) for field in fields]


def _line_as_utf8(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").encode("utf-8")
    return line


class Decoder:
    """Turns the blocks of one file into UTF-8, and remembers which encoding the file has.

    Parameters
    ----------
    label : str
        How an error names the file.
    by_line : bool
        Whether each line may have an encoding of its own, where no name of the file is kept.

    Examples
    --------
    >>> Decoder("f.csv").utf8("Cañon".encode("cp1252"), 1).decode()
    'Cañon'
    """

    def __init__(self, label: str, *, by_line: bool = False) -> None:
        self.label = label
        self.by_line = by_line
        self._encoding = ""

    def utf8(self, block: bytes, line: int) -> bytes:
        """Return a block as UTF-8.

        Parameters
        ----------
        block : bytes
            Whole lines.
        line : int
            Number of the first.

        Raises
        ------
        DataFileError
            It holds NUL bytes or a Ctrl-Z, is neither UTF-8 nor Windows-1252, or is not what came
            before.
        """
        nul = block.find(b"\0")
        if nul >= 0:
            raise self._refusal("it holds NUL bytes; save it as plain CSV", block, nul, line)
        end = block.find(b"\x1a")
        if end >= 0:
            what = (
                "it holds a Ctrl-Z, by which some programs end a text, so two files may have been "
                "joined there; see that nothing is lost, and take it out"
            )
            raise self._refusal(what, block, end, line)
        if block.isascii():
            return block
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as error:
            if self.by_line:
                return b"".join(map(_line_as_utf8, block.splitlines(keepends=True)))
            return self._from_windows(block, line, error.start)
        if not self.by_line:
            self._settle("utf-8", block, line)
        return block

    def _from_windows(self, block: bytes, line: int, at: int) -> bytes:
        if _MULTIBYTE.search(block):
            raise self._mixture(block, at, line)
        self._settle("cp1252", block, line)
        try:
            return block.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError as error:
            what = "it is neither UTF-8 nor Windows-1252 text; save it as UTF-8"
            raise self._refusal(what, block, error.start, line) from error

    def _settle(self, encoding: str, block: bytes, line: int) -> None:
        if self._encoding not in ("", encoding):
            first = _BEYOND_ASCII.search(block)
            raise self._mixture(block, first.start() if first else 0, line)
        self._encoding = encoding

    def _mixture(self, block: bytes, at: int, line: int) -> DataFileError:
        what = "it mixes UTF-8 with another encoding; save it as UTF-8"
        return self._refusal(what, block, at, line)

    def _refusal(self, what: str, block: bytes, at: int, line: int) -> DataFileError:
        return DataFileError(what, file=self.label, line=line + block.count(b"\n", 0, at))
