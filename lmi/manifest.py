"""What made an output: inputs with their hashes, parameters, definitions, versions, timings."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from lmi import atomic
from lmi.processor import KIND

__all__ = [
    "FILE_NAME",
    "digest",
    "file_hashes",
    "package_digest",
    "read_manifest",
    "versions",
    "write_manifest",
]

FILE_NAME = "manifest.json"
_PACKAGE = Path(__file__).resolve().parent
_CODE = ("*.py", "*.csv", "*.yml", "*.j2", "*.html", "*.css", "*.js", "*.typ")
_PACKAGES = (
    "lmi", "pandas", "numpy", "polars", "pyarrow", "geopandas", "matplotlib", "papermill", "typst",
    "xlsxwriter",
)  # fmt: skip


def digest(parts: Iterable[str | bytes]) -> str:
    """Return one SHA-256 over several texts, each told apart from the next by its length.

    Examples
    --------
    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        found.update(f"{len(data)}:".encode())
        found.update(data)
    return found.hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder but its manifest, by relative path.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_bytes(b"")
    >>> file_hashes(folder)["a.txt"][:8]
    'e3b0c442'
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != FILE_NAME)
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }


@cache
def package_digest() -> str:
    """Return one hash over the package's code, tables and templates.

    Examples
    --------
    >>> len(package_digest())
    64
    """
    files = sorted({path for pattern in _CODE for path in _PACKAGE.rglob(pattern)})
    told = ((path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in files)
    return digest(part for each in told for part in each)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that numbers and figures depend on.

    The kind of processor is one of them: the last digits of an estimate depend on it.

    Examples
    --------
    >>> "pandas" in versions()
    True
    """
    found = {"processor": KIND, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a folder's manifest, whole or not at all."""
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True, default=str)
    atomic.write_text(folder / FILE_NAME, text + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a folder's manifest, empty where there is none or it cannot be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> read_manifest(pathlib.Path(tempfile.mkdtemp()))
    {}
    """
    try:
        found = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
