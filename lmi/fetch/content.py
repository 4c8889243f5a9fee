"""Whether bytes that came in are what was asked for: its layout, and the place and period."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lmi.errors import DataFileError, FetchError
from lmi.fetch.plan import Wanted
from lmi.fetch.registry import Source
from lmi.sources.archive import Member, blocks, head, members
from lmi.sources.text import BOM, Decoder, first_lines

__all__ = ["check_content"]

_HEAD = 8192
_NO_TEXT = BOM + b"\xff\xfe\0 \t\r\n"  # marks of encodings, and blanks
_SIGNATURES = {"gzip": b"\x1f\x8b", "workbook": b"PK\x03\x04", "zip": b"PK\x03\x04"}
_NAMES = {"csv": "a CSV table", "gzip": "a gzip", "workbook": "a workbook", "zip": "a zip"}


def check_content(path: Path, source: Source, wanted: Wanted) -> None:
    """Refuse a file that is not of its source's layout, or of another place or period.

    Raises
    ------
    FetchError
        It is empty, a web page, of another format, lacks a column or rows, or holds rows that its
        address does not name.
    """
    url = wanted.url
    with path.open("rb") as file:
        packed = file.read(_HEAD)
    if not packed:
        raise FetchError(f"{url}: the file is empty; try again later.")
    if packed.lstrip(_NO_TEXT)[:1] == b"<":
        raise FetchError(
            f"{url}: it is a web page where {_NAMES[source.format]} was expected, so the site is "
            "perhaps being worked on or asks for a sign-in; open the address in a browser and see."
        )
    signature = _SIGNATURES.get(source.format)
    if signature is not None and not packed.startswith(signature):
        raise FetchError(f"{url}: it is not {_NAMES[source.format]}; download it by hand and see.")
    if source.columns:
        try:
            _check_table(path, source, wanted)
        except DataFileError as error:
            raise FetchError(f"{url}: {error.message}.") from error


def _check_table(path: Path, source: Source, wanted: Wanted) -> None:
    """Hold the columns and the rows of a table, however it is written, to what was asked for."""
    member, *others = members(path)
    if others:
        raise FetchError(f"{wanted.url}: it is not {_NAMES[source.format]}; download it by hand.")
    lines = first_lines(head(member, _HEAD))
    named = lines[0].fields if lines else []
    lacking = next((column for column in source.columns if column.lower() not in named), "")
    if lacking:
        raise FetchError(
            f"{wanted.url}: its header lacks {lacking!r}, so the layout is not that of "
            f"{source.layout}; download it by hand and see."
        )
    if wanted.holds:
        _check_rows(member, lines[0].separator, wanted)


def _check_rows(member: Member, separator: str, wanted: Wanted) -> None:
    """Hold every row to what the address names: a server may send another file's bytes."""
    text = Decoder(wanted.url).utf8(b"".join(blocks(member)).removeprefix(BOM), 1).decode()
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    named = [title.strip().lower() for title in next(rows)]
    held = [(named.index(column), column, asked) for column, asked in wanted.holds]
    n_rows = 0
    for row in filter(None, rows):
        n_rows += 1
        for at, column, asked in held:
            said = row[at].strip() if at < len(row) else ""
            if said != asked:
                raise FetchError(
                    f"{wanted.url}: its line {rows.line_num} is of {column} {said!r}, where "
                    f"{asked} was asked for; try again later, or download it by hand and see."
                )
    if not n_rows:
        raise FetchError(f"{wanted.url}: it has a header and no rows; try again later.")
