"""Whether bytes that came in are what was asked for, told from their beginning."""

from __future__ import annotations

import zlib
from pathlib import Path

from lmi.errors import FetchError
from lmi.fetch.registry import Source

__all__ = ["check_content"]

_HEAD = 8192
_SIGNATURES = {"gzip": b"\x1f\x8b", "workbook": b"PK\x03\x04", "zip": b"PK\x03\x04"}
_NAMES = {"csv": "a CSV table", "gzip": "a gzip", "workbook": "a workbook", "zip": "a zip"}


def check_content(path: Path, source: Source, url: str) -> None:
    """Refuse a file that is not of its source's layout.

    Raises
    ------
    FetchError
        It is empty, a web page, of another format, or lacks a column.
    """
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


def _unpacked(head: bytes, url: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head)
    except zlib.error as error:
        raise FetchError(f"{url}: the gzip is damaged ({error}); try again later.") from error


def _lacking(text: bytes, source: Source) -> str:
    header = text.splitlines()[0].decode("latin-1") if text.strip() else ""
    fields = {field.strip().strip('"') for field in header.split(",")}
    return next((column for column in source.columns if column not in fields), "")
