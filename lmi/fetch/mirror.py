"""Bring files out of a folder: a copy of fetched files, or what people downloaded by hand.

A file that lies where `lmi fetch` keeps it is taken from there. Else a slice of QCEW is known by
its rows, for the slices of all years have the same names, and every other file by its name.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lmi.errors import DataFileError, FetchError
from lmi.fetch.cache import Cache, Held, Validators
from lmi.fetch.registry import registry
from lmi.fetch.web import Answer, Progress
from lmi.sources.archive import head, members
from lmi.sources.text import first_lines
from lmi.sources.zipcheck import is_litter
from lmi.store.given_files import sha256_of
from lmi.words import listing

__all__ = ["Folder"]

_HEAD = 8192
# What browsers and file managers add to the name of a file that is there already.
_COPY = re.compile(r"( \(\d+\)|[ _-]+copy( \d+)?)+(?=\.|$)")
_SLICES = "qcew"
_TEXT, _PACKED = (".csv", ".txt", ""), (".zip", ".gz", ".bz2", ".xz", ".7z", ".tar")


class Folder:
    """A folder that files are copied from.

    Raises
    ------
    FetchError
        There is no such folder, or it has no agency's files.
    """

    is_live = False

    def __init__(self, root: Path) -> None:
        self._cache = Cache(root.expanduser())
        if not self._cache.root.is_dir():
            raise FetchError(
                f"There is no folder {root}; name one that holds data.bls.gov and other hosts, or "
                "an address that begins with https://."
            )
        hosts = tuple(registry().hosts)
        is_copy = any((self._cache.root / host).is_dir() for host in hosts)
        if not (is_copy or self._slices or self._named):
            unpack = f", or {remark}" if (remark := self.remark) else ""
            raise FetchError(
                f"The folder {root} has no files of an agency, which lie in it by their hosts, as "
                f"{hosts[0]}, or have the agency's names; name the folder that holds "
                f"{listing(hosts, last='or')}{unpack}."
            )

    @property
    def remark(self) -> str:
        """What may help where files are not there: what is packed is not looked into."""
        named = {path for paths in self._named.values() for path in paths}
        packed = [p for p in self._files if p.suffix.lower() in _PACKED and p not in named]
        if not packed:
            return ""
        shown = listing((str(path.relative_to(self._cache.root)) for path in packed), 3)
        return f"unpack {shown}, or take that in with `lmi ingest`"

    @cached_property
    def _files(self) -> list[Path]:
        files = sorted(self._cache.root.rglob("*"))
        return [p for p in files if p.is_file() and not is_litter(p.name)]

    @cached_property
    def _named(self) -> dict[str, list[Path]]:
        """The files that are called as a source's, by name."""
        found: dict[str, list[Path]] = {}
        sources = [s for name, s in registry().sources.items() if name != _SLICES]
        for path in self._files:
            name = _COPY.sub("", path.name.lower()).replace(" ", "_")
            if any(source.has_name(name) for source in sources):
                found.setdefault(name, []).append(path)
        return found

    @cached_property
    def _slices(self) -> dict[str, list[Path]]:
        """The slices of QCEW, by the addresses that their first rows say."""
        found: dict[str, list[Path]] = {}
        for path in self._files:
            if path.suffix.lower() in _TEXT:
                for url in _addresses(path):
                    found.setdefault(url, []).append(path)
        return found

    def _place(self, url: str) -> Path | None:
        """Return where a file is.

        Raises
        ------
        FetchError
            Several files may be it.
        """
        path = self._cache.place(url)
        if path.is_file():
            return path
        found = self._slices.get(url) or self._named.get(url.rpartition("/")[2].lower(), [])
        if len({sha256_of(path) for path in found}) > 1:
            shown = listing(str(path.relative_to(self._cache.root)) for path in found)
            raise FetchError(f"{url}: {shown} may be it; leave the one that is.")
        return found[0] if found else None

    def stop_now(self) -> None:
        """A file that is being copied ends soon enough."""

    def address(self, url: str) -> str:
        """Return where a file is looked for."""
        return str(self._place(url) or self._cache.place(url))

    def lists(self, url: str) -> bool:
        """Tell whether a file is there."""
        return self._place(url) is not None

    def get(self, url: str, part: Path, held: Held | None, progress: Progress) -> Answer:
        """Copy a file, or learn that it is the one that is kept, or not there."""
        path = self._place(url)
        if path is None:
            return Answer("absent")
        size = path.stat().st_size
        if held is not None and held.size == size and sha256_of(path) == held.sha256:
            return Answer("same", None, held.sha256, size, held.validators)
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, part)
        progress(size, size)
        return Answer("new", part, sha256_of(part), size, Validators())


def _addresses(path: Path) -> Iterator[str]:
    """Yield the address of a slice of QCEW that a file is, by its first row."""
    source = registry().sources[_SLICES]
    with contextlib.suppress(DataFileError, OSError):  # what is damaged or locked is no slice
        [member] = members(path)
        lines = first_lines(head(member, _HEAD), most=2)
        if len(lines) == 2 and {*source.columns} <= {*lines[0].fields}:
            row = dict(zip(lines[0].fields, lines[1].fields, strict=False))
            year, quarter, area = row["year"], row["qtr"], row["area_fips"]
            if year.isdigit():
                yield from source.urls_of(int(year), quarter, area.upper())
