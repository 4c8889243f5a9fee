"""Open what a user hands over: a plain file, a gzip or a zip, as bounded streams of bytes.

Nothing is ever unpacked to disk. A zip's members are checked before the first byte is read: a
member whose name leaves its folder, or an archive that unpacks beyond a bound, is refused.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from isal import isal_zlib

from lmi.errors import DataFileError

__all__ = ["Member", "blocks", "head", "members"]

CHUNK_BYTES = 1 << 22
# What one packed chunk may become at once, so that a bomb meets the bound before the memory.
MAX_PIECE_BYTES = 1 << 26
# A national quarterly year is about 3 GB of text and deflates about twentyfold.
MAX_UNPACKED_BYTES = 16 << 30
MAX_RATIO = 250
# Below this size a high ratio is a short file of zeros, not an attack.
RATIO_APPLIES_FROM_BYTES = 64 << 20


@dataclass(frozen=True)
class Member:
    """One stream of bytes in a file: the file itself, or a member of its zip.

    Parameters
    ----------
    path : pathlib.Path
        The file on disk.
    name : str
        Name of the member, or of the file where it has none.
    kind : {"plain", "gzip", "zip"}
        How the bytes are packed.
    size : int
        Bytes to expect, unpacked; packed for gzip, which does not say.
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


def max_unpacked_bytes() -> int:
    """Return the bound on unpacked bytes; ``LMI_MAX_UNPACKED_GB`` changes it."""
    given = os.environ.get("LMI_MAX_UNPACKED_GB", "")
    try:
        return int(float(given) * (1 << 30)) if given else MAX_UNPACKED_BYTES
    except ValueError as error:
        raise DataFileError(
            f"LMI_MAX_UNPACKED_GB is {given!r}; it must be a number of gigabytes such as 16."
        ) from error


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or drive or ".." in path.parts or "\0" in name)


def _check_entry(path: Path, info: zipfile.ZipInfo) -> None:
    if not _is_safe(info.filename):
        raise DataFileError(
            f"its member {info.filename!r} would unpack outside its folder; "
            "ask the sender for a clean archive",
            file=path,
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DataFileError(
            f"its member {info.filename!r} is a link; pack the file itself", file=path
        )
    if info.flag_bits & 0x1:
        raise DataFileError(
            f"its member {info.filename!r} is encrypted; unpack it first", file=path
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataFileError(
            f"its member {info.filename!r} is packed by method {info.compress_type}; "
            "pack it again with deflate",
            file=path,
        )
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > RATIO_APPLIES_FROM_BYTES and ratio > MAX_RATIO:
        raise DataFileError(
            f"its member {info.filename!r} would grow {ratio:.0f}-fold when unpacked, more than "
            f"{MAX_RATIO}-fold; no agency file does, so get it again from the agency",
            file=path,
        )


def _zip_members(path: Path) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise DataFileError(
            f"it is a damaged or truncated zip ({error}); download it again", file=path
        ) from error
    keep = [i for i in infos if not i.is_dir() and not i.filename.startswith("__MACOSX/")]
    for info in keep:
        _check_entry(path, info)
    total, bound = sum(i.file_size for i in keep), max_unpacked_bytes()
    if total > bound:
        raise DataFileError(
            f"it unpacks to {total / 2**30:.1f} GB, above the bound of {bound / 2**30:.1f} GB; "
            "if you trust it, raise LMI_MAX_UNPACKED_GB",
            file=path,
        )
    if not keep:
        raise DataFileError("the zip holds no file; download it again", file=path)
    keep.sort(key=lambda i: i.filename)
    return [Member(path, i.filename, "zip", i.file_size, i) for i in keep]


def members(path: Path) -> list[Member]:
    """Return the streams that a file holds, checked but unread.

    Parameters
    ----------
    path : pathlib.Path
        A file on disk.

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
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise DataFileError(f"it cannot be read ({error.strerror})", file=path) from error
    if size == 0:
        raise DataFileError("the file is empty; download it again", file=path)
    if magic[:2] == b"PK":
        return _zip_members(path)
    return [Member(path, path.name, "gzip" if magic[:2] == b"\x1f\x8b" else "plain", size)]


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


def _inflate(member: Member) -> Iterator[bytes]:
    """Yield unpacked bytes, a bounded piece at a time."""
    unpacker = isal_zlib.decompressobj(31 if member.kind == "gzip" else -15)
    try:
        for packed in _raw(member):
            while packed:
                yield unpacker.decompress(packed, MAX_PIECE_BYTES)
                packed = unpacker.unconsumed_tail
    except isal_zlib.error as error:
        raise DataFileError(
            f"it is damaged ({error}); download it again", file=member.label
        ) from error
    if not unpacker.eof or unpacker.unused_data:
        what = "holds several packed streams" if unpacker.eof else "is cut off"
        raise DataFileError(f"it {what}; download it again", file=member.label)


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


def blocks(member: Member) -> Iterator[bytes]:
    """Yield a member's bytes, unpacked, in pieces of a few megabytes.

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
    pieces = _raw(member) if member.kind == "plain" or stored else _inflate(member)
    return _held_to_its_word(member, pieces)


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
    for piece in blocks(member):
        pieces.append(piece)
        found += len(piece)
        if found >= n_bytes:
            break
    return b"".join(pieces)[:n_bytes]
