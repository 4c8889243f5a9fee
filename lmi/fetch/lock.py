"""`regions/STATE/data.lock`: the very bytes that a state's numbers were made from.

One line a file, sorted by address, so that a comparison of two states of it reads well.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lmi import atomic
from lmi.errors import ConfigError
from lmi.fetch.registry import registry

__all__ = ["FILE_NAME", "Locked", "read_lock", "write_lock"]

FILE_NAME = "data.lock"
FIELDS = ("url", "sha256", "size", "retrieved", "release")
HEAD = """\
# The files that this state's numbers are made from. Written by `lmi fetch`; commit it, so that
# others fetch the very same bytes or are told which changed. `lmi fetch STATE --update` renews it.
"""
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Locked:
    """One file, as it was when it was taken.

    Parameters
    ----------
    retrieved : datetime.date
        Day on which these bytes were first fetched.
    release : str
        Period, and whether its figures were preliminary or revised.
    """

    url: str
    sha256: str
    size: int
    retrieved: date
    release: str

    @property
    def source(self) -> str:
        """Name of its source in the registry."""
        return registry().source_of(self.url) or ""


def read_lock(folder: Path) -> dict[str, Locked]:
    """Read a state's lock; empty where it has none.

    Raises
    ------
    ConfigError
        A line is not one that `lmi fetch` writes.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")  # an editor may have put a mark before it
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"it cannot be read ({error}); restore it.", file=path) from error
    found: dict[str, Locked] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#") or line == ",".join(FIELDS):
            continue
        entry = _entry(line)
        if entry is None or entry.url in found:
            raise ConfigError(
                "the line is not an address of a known source with its hash, size, day and "
                "release, or stands twice; restore it, or delete the line and fetch again.",
                file=path,
                line=number,
            )
        found[entry.url] = entry
    return found


def _entry(line: str) -> Locked | None:
    fields = next(csv.reader([line]))
    if len(fields) != len(FIELDS):
        return None
    url, sha256, size, retrieved, release = fields
    # The address names a place in a folder of this machine: none but a source's own is believed.
    if registry().source_of(url) is None or not _SHA256.fullmatch(sha256) or not size.isdigit():
        return None
    try:
        return Locked(url, sha256, int(size), date.fromisoformat(retrieved), release)
    except ValueError:
        return None


def write_lock(folder: Path, entries: Mapping[str, Locked]) -> bool:
    """Write a state's lock; tell whether it changed.

    Raises
    ------
    ConfigError
        The folder cannot be written to.
    """
    path = folder / FILE_NAME
    if not (entries or path.exists()):
        return False
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FIELDS)
    for _, e in sorted(entries.items()):
        writer.writerow([e.url, e.sha256, e.size, e.retrieved.isoformat(), e.release])
    text = HEAD + buffer.getvalue()
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    try:
        atomic.write_text(path, text)
    except OSError as error:
        raise ConfigError(
            f"it cannot be written ({error.strerror}); copy the definitions to a folder of your "
            "own and name it with --regions.",
            file=path,
        ) from error
    return True
