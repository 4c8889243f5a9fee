"""Writes that happen whole or not at all: a temporary file, fsync, rename."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

__all__ = ["sync", "write_bytes", "write_text", "write_with"]

# Files under way to the disk at once: a disk brings them home together, in the time of a few.
SYNCED_AT_ONCE = 16


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename itself is as safe as it gets.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync(files: Iterable[Path], root: Path) -> None:
    """Wait until files below a folder, and their names in the folders between, are on the disk.

    Parameters
    ----------
    files : iterable of pathlib.Path
        Files that were written in any way.
    root : pathlib.Path
        A folder that holds them all; it is synced too.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> write_text(root / "a" / "t", "line")
    >>> sync([root / "a" / "t"], root)
    """
    files = list(files)
    folders = {root, *(f for p in files for f in p.parents if f.is_relative_to(root))}
    with ThreadPoolExecutor(SYNCED_AT_ONCE, "lmi-sync") as pool:
        under_way = [pool.submit(_sync_file, path) for path in files]
        under_way += [pool.submit(_sync_folder, folder) for folder in folders]
        for done in under_way:
            done.result()


def write_with(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place.

    Parameters
    ----------
    path : pathlib.Path
        The file that is to exist; its folder is made.
    write : callable
        Called with the temporary path.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "a" / "b.txt"
    >>> write_with(target, lambda p: p.write_text("whole"))
    >>> target.read_text()
    'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        _sync_file(temporary)
        # mkstemp makes files private; give them what open() would have given.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes to `path`, whole or not at all.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "b"
    >>> write_bytes(target, b"1")
    >>> target.read_bytes()
    b'1'
    """
    write_with(path, lambda temporary: temporary.write_bytes(data))


def write_text(path: Path, text: str) -> None:
    r"""Write text to `path` as UTF-8 with LF line ends, whole or not at all.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "t"
    >>> write_text(target, "line\n")
    >>> target.read_bytes()
    b'line\n'
    """
    write_bytes(path, text.encode("utf-8"))
