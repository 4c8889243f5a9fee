"""Open what a user hands over: a file, plain or packed, a zip, a workbook, as bounded streams.

A Parquet or Feather file and a workbook are streams of what they would be as CSV, so that their
rows are held to the same rules.
Nothing is ever unpacked to disk. A zip's members are checked before the first byte is read (see
`lmi.sources.zipcheck`), and held to their declared size and checksum while they are.
"""

from __future__ import annotations

import bz2
import codecs
import lzma
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from isal import isal_zlib

from lmi.errors import DataFileError
from lmi.sources.workbook import table_sheet
from lmi.sources.zipcheck import checked_entries, is_workbook, max_unpacked_bytes

__all__ = ["END_MARK", "TEXTS", "Member", "blocks", "head", "members"]

# Unpacked these are a few megabytes, which the processor's cache and the allocator keep at hand.
CHUNK_BYTES = 1 << 19
# What one packed chunk may become at once, so that a bomb meets the bound before the memory.
MAX_PIECE_BYTES = 1 << 26
GZIP_MAGIC = b"\x1f\x8b"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LONGEST_LINE = 1 << 14  # bytes within which a text has ended a line
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # what no text holds
END_MARK = b"\x1a"  # Ctrl-Z, by which DOS and what follows its ways end a text
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LONE_CR = re.compile(rb"\r(?!\r*\n)")
# What a file of one kind begins with; a zip is looked into.
MAGICS = {
    GZIP_MAGIC: "gzip", b"BZh": "bz2", b"\xfd7zXZ": "xz", b"PAR1": "parquet", b"ARROW1": "feather",
}  # fmt: skip
UNMARKED_UTF16 = re.compile(rb"(?:[\t\n\r -~]\0){16}")  # text of a program that writes no mark
ROWS_AT_ONCE = 1 << 15
TEXTS = ("plain", "gzip", "bz2", "xz", "zip")  # whose bytes are a file as it was written


@dataclass(frozen=True)
class Member:
    """One stream of bytes in a file: the file itself, or a member of its zip.

    Parameters
    ----------
    path : pathlib.Path
        The file on disk.
    name : str
        Name of the member, or of the file where it has none.
    kind : {"plain", "gzip", "bz2", "xz", "zip", "workbook", "parquet", "feather"}
        How the bytes are packed.
    size : int
        Bytes to expect, unpacked; packed for gzip, bz2 and xz, which do not say.
    info : zipfile.ZipInfo or None
        The directory entry of a zip member.
    """

    path: Path
    name: str
    kind: str
    size: int
    info: zipfile.ZipInfo | None = None

    @property
    def label(self) -> str:
        """How an error names it."""
        return str(self.path) if self.kind != "zip" else f"{self.path} ({self.name})"


def members(path: Path) -> list[Member]:
    """Return the streams that a file holds, checked but unread.

    Returns
    -------
    list of Member
        The file itself, or the members of a zip in order of name.

    Raises
    ------
    DataFileError
        The file is empty, a damaged or dangerous zip, or cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> members(Path(__file__))[0].kind
    'plain'
    """
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # says whether one may look into it
        # A pipe cannot be read twice, and to open one may wait for ever.
        if path.exists() and not path.is_file():
            raise DataFileError(
                "it is no file but a folder, pipe or device; save it first", file=path
            )
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(max(map(len, MAGICS)))
    except OSError as error:
        raise DataFileError(f"it cannot be read ({error.strerror})", file=path) from error
    if size == 0:
        raise DataFileError("the file is empty; download it again", file=path)
    if magic[:2] == b"PK":
        entries = checked_entries(path)
        if is_workbook(entries):
            return [Member(path, path.name, "workbook", sum(e.file_size for e in entries))]
        return [Member(path, e.filename, "zip", e.file_size, e) for e in entries]
    kind = next((kind for start, kind in MAGICS.items() if magic.startswith(start)), "plain")
    return [Member(path, path.name, kind, size)]


def _raw(member: Member) -> Iterator[bytes]:
    """Yield the packed bytes of a member."""
    with member.path.open("rb") as file:
        left = member.size
        if member.info is not None:
            file.seek(member.info.header_offset)
            header = file.read(30)
            name_length, extra_length = (
                int.from_bytes(header[26:28], "little"),
                int.from_bytes(header[28:30], "little"),
            )
            file.seek(name_length + extra_length, os.SEEK_CUR)
            left = member.info.compress_size
        while left > 0 and (chunk := file.read(min(left, CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk


def _unpacked(unpacker: Any, packed: bytes, piece_bytes: int) -> Iterator[bytes]:
    """Yield all that a chunk unpacks to: at its limit an unpacker keeps output back."""
    while True:
        piece = unpacker.decompress(packed, piece_bytes)
        yield piece
        packed = unpacker.unconsumed_tail
        if unpacker.eof or (not packed and len(piece) < piece_bytes):
            return


def _inflate(member: Member, piece_bytes: int) -> Iterator[bytes]:
    """Yield unpacked bytes, a bounded piece at a time."""
    is_gzip = member.kind == "gzip"
    unpacker = isal_zlib.decompressobj(31 if is_gzip else -15)
    try:
        for packed in _raw(member):
            rest = packed
            while rest:
                if unpacker.eof and is_gzip and rest.strip(b"\0"):
                    # A gzip may be several, one after another, and padded with zeros.
                    unpacker, rest = isal_zlib.decompressobj(31), rest.lstrip(b"\0")
                elif unpacker.eof:
                    break
                yield from _unpacked(unpacker, rest, piece_bytes)
                rest = unpacker.unused_data
    except isal_zlib.error as error:  # type: ignore[misc]  # its stub has an instance there
        raise DataFileError(
            f"it is damaged ({error}); download it again", file=member.label
        ) from error
    if not unpacker.eof:
        raise DataFileError("it is cut off; download it again", file=member.label)


def _decompressed(member: Member, piece_bytes: int) -> Iterator[bytes]:
    """Yield the bytes of a bz2 or an xz, a bounded piece at a time; it may be several in one."""
    new = bz2.BZ2Decompressor if member.kind == "bz2" else lzma.LZMADecompressor
    unpacker = new()
    try:
        for packed in _raw(member):
            rest = packed
            while rest or not (unpacker.needs_input or unpacker.eof):
                if unpacker.eof:
                    if not rest.strip(b"\0"):
                        break
                    unpacker = new()
                yield unpacker.decompress(rest, piece_bytes)
                rest = unpacker.unused_data
    except (OSError, lzma.LZMAError) as error:
        raise DataFileError(
            f"it is damaged ({error}); download it again", file=member.label
        ) from error
    if not unpacker.eof:
        raise DataFileError("it is cut off; download it again", file=member.label)


def _as_utf8(member: Member, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass pieces on, those of a text in UTF-16 as UTF-8: a spreadsheet's "Unicode text"."""
    first = next(pieces, b"")
    is_unmarked = UNMARKED_UTF16.match(first) is not None
    if not (first.startswith(UTF16_MARKS) or is_unmarked):
        yield first
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder("utf-16-le" if is_unmarked else "utf-16")()
    try:
        for piece in chain([first], pieces):
            yield decoder.decode(piece).encode()
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        what = "it begins as UTF-16 text and is none; save it as UTF-8"
        raise DataFileError(what, file=member.label) from error


def _without_end_mark(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass pieces on, those of a text without the Ctrl-Z that it may end with."""
    first = next(pieces, b"")
    if _NO_TEXT.search(first[:LONGEST_LINE]):
        yield first
        yield from pieces
        return
    kept = b""
    for piece in chain([first], pieces):
        whole = kept + piece
        n_before = len(whole.rstrip(END_MARK + b"\r\n"))
        at = whole.find(END_MARK, n_before)
        kept = whole[at:] if at >= 0 else b""  # unless more follows
        yield whole[:at] if at >= 0 else whole


def _with_line_ends(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass pieces on, those of a text with lines that end in CR alone with LF in its place."""
    first: list[bytes] = []
    for piece in pieces:
        first.append(piece)
        if sum(map(len, first)) >= LONGEST_LINE:
            break
    start = b"".join(first)
    # Most texts have no CR at all, which is seen at once; to search a megabyte takes a while.
    is_text = b"\r" in start and not _CONTROL.search(start)
    is_of_cr = is_text and b"\n" not in start
    is_mixed = is_text and not is_of_cr and _LONE_CR.search(start) is not None
    kept = b""
    for piece in chain(first, pieces):
        if is_mixed:
            whole = kept + piece
            kept = b"\r" if whole.endswith(b"\r") else b""  # what follows it is to come
            yield _LONE_CR.sub(b"\n", whole.removesuffix(kept))
        else:
            yield piece.replace(b"\r", b"\n") if is_of_cr else piece
    if kept:
        yield b"\n"


def _as_csv(member: Member) -> Iterator[bytes]:
    """Yield the rows of a Parquet or Feather file as those of a CSV."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if member.kind == "parquet":
            batches = pq.ParquetFile(member.path).iter_batches(ROWS_AT_ONCE)
        else:
            stored = pa.ipc.open_file(pa.memory_map(str(member.path)))
            batches = map(stored.get_batch, range(stored.num_record_batches))
        for number, batch in enumerate(batches):
            # Outlines and other bytes have no place in a table.
            texts = [f.name for f in batch.schema if not _is_of_bytes(f.type)]
            frame = pl.DataFrame(pl.from_arrow(batch.select(texts)))
            yield frame.write_csv(include_header=number == 0).encode()
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise DataFileError(
            f"it is a {member.kind.title()} file that cannot be read as a table ({reason}); "
            "export it again",
            file=member.label,
        ) from error


def _is_of_bytes(kind: Any) -> bool:
    import pyarrow as pa

    stored = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind
    return bool(pa.types.is_binary(stored) or pa.types.is_large_binary(stored))


def _held_to_its_word(member: Member, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass pieces on, refusing what outgrows the bound or differs from the zip's directory."""
    limit = max_unpacked_bytes() if member.info is None else member.info.file_size
    produced = checksum = 0
    for piece in pieces:
        produced += len(piece)
        if produced > limit:
            raise DataFileError(
                f"it unpacks beyond {limit:,} bytes, more than it declares or the bound allows; "
                "get it again from the agency",
                file=member.label,
            )
        if member.info is not None:
            checksum = isal_zlib.crc32(piece, checksum)
        yield piece
    if member.info is not None and (produced, checksum) != (limit, member.info.CRC):
        raise DataFileError(
            f"it holds {produced:,} of {limit:,} bytes or its checksum does not fit; "
            "download it again",
            file=member.label,
        )


def blocks(member: Member, piece_bytes: int = MAX_PIECE_BYTES) -> Iterator[bytes]:
    """Yield a member's bytes, unpacked, in pieces of a few megabytes.

    Parameters
    ----------
    member : Member
        From `members`.
    piece_bytes : int
        What one packed chunk may become at once.

    Raises
    ------
    DataFileError
        The stream is truncated, damaged, or longer than it declares.

    Examples
    --------
    >>> from pathlib import Path
    >>> next(blocks(members(Path(__file__))[0]))[:3] == b'\"\"\"'
    True
    """
    stored = member.info is not None and member.info.compress_type == zipfile.ZIP_STORED
    is_packed = member.kind in ("gzip", "zip") and not stored
    if member.kind in ("parquet", "feather"):
        return _as_csv(member)
    if member.kind == "workbook":
        return iter([table_sheet(member.path, member.size).csv])
    if member.kind in ("bz2", "xz"):
        pieces = _decompressed(member, piece_bytes)
    else:
        pieces = _inflate(member, piece_bytes) if is_packed else _raw(member)
    texts = _as_utf8(member, _held_to_its_word(member, pieces))
    return _with_line_ends(_without_end_mark(texts))


def head(member: Member, n_bytes: int = 1 << 16) -> bytes:
    """Return the first bytes of a member, unpacked, without reading the rest.

    Examples
    --------
    >>> from pathlib import Path
    >>> len(head(members(Path(__file__))[0], 8))
    8
    """
    pieces: list[bytes] = []
    found = 0
    for piece in blocks(member, n_bytes):
        pieces.append(piece)
        found += len(piece)
        if found >= n_bytes:
            break
    return b"".join(pieces)[:n_bytes]
