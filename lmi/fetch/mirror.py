"""Bring files out of a folder in the layout of fetched files: a USB stick, a colleague's copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from lmi.errors import FetchError
from lmi.fetch.cache import Cache, Held, Validators
from lmi.fetch.registry import registry
from lmi.fetch.web import Answer, Progress
from lmi.store.given_files import sha256_of
from lmi.words import listing

__all__ = ["Folder"]


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
        if not any((self._cache.root / host).is_dir() for host in hosts):
            raise FetchError(
                f"The folder {root} has no files of an agency, which lie in it by their hosts, as "
                f"{hosts[0]}; name the folder that holds {listing(hosts, last='or')}."
            )

    def stop_now(self) -> None:
        """A file that is being copied ends soon enough."""

    def address(self, url: str) -> str:
        """Return where a file is looked for."""
        return str(self._cache.place(url))

    def get(self, url: str, part: Path, held: Held | None, progress: Progress) -> Answer:
        """Copy a file, or learn that it is the one that is kept, or not there."""
        path = self._cache.place(url)
        if not path.is_file():
            return Answer("absent")
        size = path.stat().st_size
        if held is not None and held.size == size and sha256_of(path) == held.sha256:
            return Answer("same", None, held.sha256, size, held.validators)
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, part)
        progress(size, size)
        return Answer("new", part, sha256_of(part), size, Validators())
