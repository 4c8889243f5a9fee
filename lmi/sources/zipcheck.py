"""What is asked of a zip before the first byte of it is unpacked.

A zip is refused whole if a member's name leaves its folder, is a link or encrypted, or if it
unpacks beyond a bound.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

from lmi.errors import DataFileError

__all__ = ["WORKBOOK", "checked_entries", "is_litter", "is_workbook", "max_unpacked_bytes"]

# A national quarterly year is about 3 GB of text and deflates about twentyfold.
MAX_UNPACKED_BYTES = 16 << 30
MAX_RATIO = 250
# Below this size a high ratio is a short file of zeros, not an attack.
RATIO_APPLIES_FROM_BYTES = 64 << 20
# What a document is called that nobody can read, and what to do about it.
WORKBOOK = (
    "an Excel workbook that cannot be read or another Office document",
    "save the sheet as CSV",
)
_LITTER = (".ds_store", "thumbs.db", "desktop.ini")
# Members that only an archive of another program has.
_DOCUMENTS = {
    "[Content_Types].xml": WORKBOOK,
    "META-INF/manifest.xml": ("an OpenDocument file", "save the sheet as CSV"),
}
# A zip that is no zip fails in many ways, by where the damage is.
_ZIP_ERRORS = (
    zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OverflowError, OSError,
    struct.error,
)  # fmt: skip


def max_unpacked_bytes() -> int:
    """Return the bound on unpacked bytes; ``LMI_MAX_UNPACKED_GB`` changes it."""
    given = os.environ.get("LMI_MAX_UNPACKED_GB", "")
    try:
        bound = int(float(given) * (1 << 30)) if given else MAX_UNPACKED_BYTES
    except (ValueError, OverflowError):
        bound = 0
    if bound <= 0:
        raise DataFileError(
            f"LMI_MAX_UNPACKED_GB is {given!r}; it must be a number of gigabytes such as 16."
        )
    return bound


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or drive or ".." in path.parts or "\0" in name)


def is_litter(name: str) -> bool:
    """Tell what a system adds to a folder or a zip by itself from what its owner put there.

    Examples
    --------
    >>> is_litter("tables/Thumbs.db"), is_litter("tables/08001.csv")
    (True, False)
    """
    *folders, last = name.replace("\\", "/").split("/")
    return "__MACOSX" in folders or last.startswith("._") or last.lower() in _LITTER


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


def is_workbook(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell an Excel workbook from other zips."""
    return {"[Content_Types].xml", "xl/workbook.xml"} <= {e.filename for e in entries}


def _refuse_document(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = set() if is_workbook(entries) else {e.filename for e in entries}
    for name, (what, remedy) in _DOCUMENTS.items():
        if name in names:
            raise DataFileError(f"it is {what}; {remedy}", file=path)


def checked_entries(path: Path) -> list[zipfile.ZipInfo]:
    """Return the entries of a zip that hold files, in order of name.

    Raises
    ------
    DataFileError
        It is damaged, empty, a document that is no workbook, or not safe to unpack.

    Examples
    --------
    >>> import pathlib, tempfile, zipfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.zip"
    >>> with zipfile.ZipFile(path, "w") as archive:
    ...     archive.writestr("b.csv", "year")
    >>> [entry.filename for entry in checked_entries(path)]
    ['b.csv']
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
        if any(e.header_offset < 0 for e in entries):
            raise zipfile.BadZipFile("a member begins before the file does")
    except _ZIP_ERRORS as error:
        raise DataFileError(
            f"it is a damaged or truncated zip ({str(error).rstrip('.')}); download it again",
            file=path,
        ) from error
    _refuse_document(path, entries)
    for entry in entries:
        _check_entry(path, entry)
    keep = [e for e in entries if not e.is_dir() and not is_litter(e.filename)]
    total, bound = sum(e.file_size for e in keep), max_unpacked_bytes()
    if total > bound:
        raise DataFileError(
            f"it unpacks to {total / 2**30:.1f} GB, above the bound of {bound / 2**30:.1f} GB; "
            "if you trust it, raise LMI_MAX_UNPACKED_GB",
            file=path,
        )
    if not keep:
        raise DataFileError("the zip holds no file; download it again", file=path)
    return sorted(keep, key=lambda e: e.filename)
