"""A store and outputs behind a URL: what a task needs is brought to its disk, what it made sent.

An object store has no folder that could be put in place at once. A folder counts as made once its
manifest is there: that is taken away before anything of it changes, and sent last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from lmi import atomic
from lmi.assessment.fingerprint import parts_read
from lmi.config import Region
from lmi.errors import LmiError
from lmi.manifest import FILE_NAME
from lmi.store import Catalogue, Store

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Remote", "bring", "bring_store", "is_url", "outline", "send", "send_file"]

CATALOGUE = "catalogue.json"


def is_url(place: str) -> bool:
    r"""Whether a place is named by a URL, not by a path.

    Examples
    --------
    >>> is_url("s3://bucket/outputs"), is_url("/data/outputs"), is_url("C:\\\\outputs")
    (True, False, False)
    """
    return "://" in place


class Remote(NamedTuple):
    """A folder behind a URL."""

    files: AbstractFileSystem
    root: str

    @classmethod
    def at(cls, url: str) -> Remote:
        """Reach a URL; how, and with which keys, is for its protocol's own settings to say.

        Raises
        ------
        LmiError
            Nothing here speaks its protocol.
        """
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem

        try:
            files, root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise LmiError(f"{url} cannot be reached: {error}.") from error
        if isinstance(files, LocalFileSystem):
            files.auto_mkdir = True  # the others have no folders
        return cls(files, root.rstrip("/"))

    def below(self, *names: str) -> Remote:
        """Name a folder in this one."""
        return Remote(self.files, "/".join((self.root, *names)))

    def names(self) -> list[str]:
        """List the files as they are now, by their paths below the folder."""
        self.files.invalidate_cache()
        if not self.files.exists(self.root):
            return []
        return sorted(PurePosixPath(f).relative_to(self.root).as_posix() for f in self._found())

    def _found(self) -> Iterator[str]:
        for name in self.files.find(self.root):
            yield str(name) if str(name).startswith(self.root) else f"/{name}"

    def get(self, name: str, path: Path) -> None:
        """Bring a file, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_with(path, lambda part: self.files.get_file(f"{self.root}/{name}", str(part)))

    def put(self, path: Path, name: str) -> None:
        """Send a file."""
        self.files.pipe_file(f"{self.root}/{name}", path.read_bytes())

    def remove(self, name: str) -> None:
        """Take a file away that may not be there."""
        if self.files.exists(f"{self.root}/{name}"):
            self.files.rm_file(f"{self.root}/{name}")


def bring_store(remote: Remote, folder: Path, regions: Sequence[Region]) -> None:
    """Bring of a store what regions are read from; its parts never change and are brought once."""
    if not remote.files.exists(f"{remote.root}/{CATALOGUE}"):
        raise LmiError(
            f"There is no store at {remote.root}: no {CATALOGUE} is there; copy the folder of a "
            "store to it whole."
        )
    remote.get(CATALOGUE, folder / CATALOGUE)
    held = Catalogue.load(folder).partitions
    for name in parts_read(Store(folder), regions):
        for file in sorted(held[name].files):
            if not (folder / file).is_file():
                remote.get(file, folder / file)


def outline(remote: Remote, folder: Path) -> None:
    """Lay out a folder as it is there: manifests as they are, an empty file for every other."""
    for name in remote.names():
        path = folder / name
        if path.name == FILE_NAME:
            remote.get(name, path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


def bring(remote: Remote, folder: Path) -> None:
    """Bring a folder that counts as made; nothing of one that does not."""
    names = remote.names()
    if FILE_NAME in names:
        for name in names:
            remote.get(name, folder / name)


def send(folder: Path, remote: Remote) -> None:
    """Send a folder with a manifest in the place of what is there."""
    remote.remove(FILE_NAME)
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    for name in set(remote.names()) - files:
        remote.remove(name)
    for name in _manifest_last(files):
        remote.put(folder / name, name)


def send_file(path: Path, remote: Remote) -> None:
    """Send a file, or take away what is there of one that is no more."""
    if path.is_file():
        remote.put(path, path.name)
    else:
        remote.remove(path.name)


def _manifest_last(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name == FILE_NAME, name))
