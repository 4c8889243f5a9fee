"""Whether bytes that came in are what was asked for: its layout, and the place and period."""

from __future__ import annotations

import csv
import zlib
from pathlib import Path

from lmi.errors import FetchError
from lmi.fetch.plan import Wanted
from lmi.fetch.registry import Source

__all__ = ["check_content"]

_HEAD = 8192
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
        head = file.read(_HEAD)
    if not head:
        raise FetchError(f"{url}: the file is empty; try again later.")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] == b"<":
        raise FetchError(
            f"{url}: it is a web page where {_NAMES[source.format]} was expected, so the site is "
            "perhaps being worked on or asks for a sign-in; open the address in a browser and see."
        )
    signature = _SIGNATURES.get(source.format)
    if signature is not None and not head.startswith(signature):
        raise FetchError(f"{url}: it is not {_NAMES[source.format]}; download it by hand and see.")
    if source.format == "gzip":
        text = _unpacked(head, url)
    lacking = _lacking(text, source)
    if lacking:
        raise FetchError(
            f"{url}: its header lacks {lacking!r}, so the layout is not that of {source.layout}; "
            "download it by hand and see."
        )
    if wanted.holds:
        _check_rows(path, wanted)


def _check_rows(path: Path, wanted: Wanted) -> None:
    """Hold every row to what the address names: a server may send another file's bytes."""
    with path.open(newline="", encoding="latin-1") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        n_rows = 0
        for row in rows:
            n_rows += 1
            for column, asked in wanted.holds:
                said = (row[column] or "").strip()
                if said != asked:
                    raise FetchError(
                        f"{wanted.url}: its line {rows.line_num} is of {column} {said!r}, where "
                        f"{asked} was asked for; try again later, or download it by hand and see."
                    )
    if not n_rows:
        raise FetchError(f"{wanted.url}: it has a header and no rows; try again later.")


def _unpacked(head: bytes, url: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head)
    except zlib.error as error:
        raise FetchError(f"{url}: the gzip is damaged ({error}); try again later.") from error


def _lacking(text: bytes, source: Source) -> str:
    header = text.splitlines()[0].decode("latin-1") if text.strip() else ""
    fields = {field.strip().strip('"') for field in header.split(",")}
    return next((column for column in source.columns if column not in fields), "")
