"""Where fetched files are kept: by host and path, older vintages beside the newest.

The same layout is read from a colleague's folder or mirror. A file's name is the agency's; another
vintage of it carries the beginning of its hash.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import filelock

from lmi import atomic
from lmi.errors import FetchError
from lmi.store.given_files import sha256_of

__all__ = ["Cache", "Held", "Validators", "relative_path"]

_SHOWN = 8


@dataclass(frozen=True)
class Validators:
    """How a server knows again what it sent."""

    etag: str = ""
    modified: str = ""

    @property
    def strong(self) -> str:
        """What a broken-off file may be resumed by; empty where nothing is sure enough."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


@dataclass(frozen=True)
class Held:
    """A file that is kept."""

    path: Path
    sha256: str
    size: int
    validators: Validators


def relative_path(url: str) -> str:
    """Return where a file stands below a folder of fetched files.

    Examples
    --------
    >>> relative_path("https://www.bls.gov/lau/laucnty23.xlsx")
    'www.bls.gov/lau/laucnty23.xlsx'
    """
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


class Cache:
    """A folder of fetched files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextlib.contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Keep others out while files come in.

        Raises
        ------
        FetchError
            Another fetch is writing to the folder, or it cannot be written to.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self.root / ".lock", timeout=0):
                yield
        except filelock.Timeout as error:
            raise FetchError(
                f"Another fetch is writing to {self.root}; wait until it is done."
            ) from error
        except OSError as error:
            raise FetchError(
                f"The folder {self.root} cannot be written to ({error.strerror}); name another "
                "with --downloads."
            ) from error

    def place(self, url: str) -> Path:
        """Return where a file is, or is to be put."""
        return self.root / relative_path(url)

    def beside(self, url: str, sha256: str) -> Path:
        """Return where another vintage of a file is kept."""
        path = self.place(url)
        stem, dot, ending = path.name.partition(".")
        return path.with_name(f"{stem}.{sha256[:_SHOWN]}{dot}{ending}")

    def part(self, url: str) -> Path:
        """Return where a file is built up while it comes in."""
        path = self.place(url)
        return path.with_name(f".{path.name}.part")

    def held(self, url: str, sha256: str | None = None) -> Held | None:
        """Return a kept file: the one with a hash if there is one, else the newest."""
        path = self.place(url)
        other = path if sha256 is None else self.beside(url, sha256)
        if other != path and other.is_file() and sha256_of(other) == sha256:
            return Held(other, sha256, other.stat().st_size, Validators())
        if not path.is_file():
            return None
        found = sha256_of(path)
        known = read_note(_note(path))
        validators = (
            Validators(known["etag"], known["modified"])
            if known.get("sha256") == found
            else Validators()
        )
        return Held(path, found, path.stat().st_size, validators)

    def keep(self, url: str, part: Path, sha256: str, validators: Validators) -> Path:
        """Put a whole file in its place; what was there stays beside it."""
        path = self.place(url)
        if path.is_file() and (older := sha256_of(path)) != sha256:
            path.replace(self.beside(url, older))
        atomic.sync([part], part.parent)
        part.replace(path)
        write_note(_note(path), {"url": url, "sha256": sha256, **asdict(validators)})
        return path

    def keep_beside(self, url: str, part: Path, sha256: str) -> Path:
        """Put a whole file beside the one in its place."""
        atomic.sync([part], part.parent)
        return part.replace(self.beside(url, sha256))


def _note(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")


def read_note(path: Path) -> dict[str, str]:
    """Read what was noted of a file; empty where nothing was, or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def write_note(path: Path, note: dict[str, str]) -> None:
    """Note something of a file."""
    atomic.write_text(path, json.dumps(note, indent=1, sort_keys=True) + "\n")
