"""Which files are meant, and which of them a store has: told by their bytes and their names.

The bytes alone do not tell: the name of a file may say of which year and state its rows are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from lmi.errors import DataFileError
from lmi.sources.boundaries import is_companion
from lmi.sources.zipcheck import is_litter
from lmi.store.catalogue import Catalogue, IngestedFile

__all__ = ["came_before", "expand", "name_of", "not_held", "sha256_of"]


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that paths mean: a folder means every file in it, in order of name.

    What a shapefile has beside it is read with it, and no file of its own. A folder in it that
    cannot be looked into stands for its files, and a link that leads nowhere for what it led to, so
    that whoever reads them says so.

    Raises
    ------
    DataFileError
        A path does not exist, or a folder holds no file.

    Examples
    --------
    >>> expand([__file__])[0].name
    'given_files.py'
    """
    files: list[Path] = []
    for given in paths:
        path = Path(given).expanduser()
        if path.is_dir():
            inside = sorted(_inside(path))
            if not inside:
                raise DataFileError("the folder holds no file; check the path", file=path)
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise DataFileError("there is no such file or folder; check the path", file=path)
    shapes = {file.with_suffix("") for file in files if file.suffix.lower() == ".shp"}
    return [file for file in dict.fromkeys(files) if not is_companion(file, shapes)]


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, by links too, each folder once."""
    closed: list[Path] = []

    def keep(error: OSError) -> None:
        closed.append(Path(error.filename))

    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, onerror=keep, followlinks=True):
        here = Path(place)
        seen.add(here.resolve())
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (here / name).resolve() not in seen
        )
        for name in names:
            if not name.startswith(".") and not is_litter(name):
                yield here / name
    yield from closed


def name_of(path: Path) -> str:
    r"""Return the name of a file in letters that a page and a table can hold.

    Systems let a name hold any bytes, as those of an older alphabet.

    Examples
    --------
    >>> name_of(Path("caf\udce9.csv"))
    'caf\ufffd.csv'
    """
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def came_before(
    sources: Iterable[IngestedFile], path: Path, sha256: Callable[[], str]
) -> IngestedFile | None:
    """Return the source of a file's bytes, of several one of its name; hashed if sizes agree."""
    size = path.stat().st_size
    sized = [s for s in sources if s.size == size]
    digest = sha256() if sized else ""
    same = [s for s in sized if s.sha256 == digest]
    return next((s for s in same if s.name == name_of(path)), same[0] if same else None)


def not_held(paths: Iterable[str | Path], root: Path) -> list[Path]:
    """Return the files that the store at `root` lacks; whoever only reads asks without a lock.

    Raises
    ------
    DataFileError
        A path does not exist, or a folder holds no file.
    StoreError
        The store's catalogue is damaged.
    """
    sources = Catalogue.load(root).kept
    files = expand(paths)
    found = [came_before(sources, path, partial(sha256_of, path)) for path in files]
    return [
        path for path, s in zip(files, found, strict=True) if s is None or s.name != name_of(path)
    ]
