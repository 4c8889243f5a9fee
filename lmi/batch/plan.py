"""What a batch is to make, and a key that says whether it is made already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lmi import locations
from lmi.assessment.fingerprint import parts_read
from lmi.config import StateConfig
from lmi.manifest import digest, versions
from lmi.store import Store

__all__ = ["NOTEBOOK", "STATE_NOTEBOOK", "Job", "batch_key"]

NOTEBOOK, STATE_NOTEBOOK = "02_region_profile.ipynb", "05_state_summary.ipynb"
_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = ("*.py", "*.csv", "*.yml", "*.j2", "*.html", "*.css", "*.js", "*.typ")


@dataclass(frozen=True)
class Job:
    """One profile to make; plain values only, so that it can go to another process.

    Parameters
    ----------
    state, region : str
        Slug and key.
    year : int
        Year of the profile.
    tables : pathlib.Path
        Folder of the state's tables.
    folder : pathlib.Path
        Where the profile is to be.
    store, regions : pathlib.Path
        The store and the definitions.
    formats : tuple of str
        What it is written as.
    paper : {"letter", "a4"}
        Of the PDFs.
    """

    state: str
    region: str
    year: int
    tables: Path
    folder: Path
    store: Path
    regions: Path
    formats: tuple[str, ...] = ("html",)
    paper: str = "letter"

    @property
    def parameters(self) -> dict[str, str | int]:
        """What the notebook is given."""
        return {"region": f"{self.state}/{self.region}", "year": self.year}


def _contents(files: Iterable[Path], root: Path) -> list[str | bytes]:
    found: list[str | bytes] = []
    for path in sorted(files):
        found += [path.relative_to(root).as_posix(), path.read_bytes()]
    return found


@cache
def code_digest() -> str:
    """Return one hash over the package's code and templates and the notebooks that are run."""
    files = {path for pattern in _CODE for path in _PACKAGE.rglob(pattern)}
    folder = locations.notebooks_dir()
    run = [(folder / name).read_bytes() for name in (NOTEBOOK, STATE_NOTEBOOK)]
    return digest([*_contents(files, _PACKAGE), *run])


def definition_files(state: StateConfig, regions: Path) -> list[Path]:
    """Return the files that define a state's regions, candidates and criteria."""
    own = [p for p in state.folder.iterdir() if p.is_file() and not p.name.startswith(".")]
    return [*own, *(p for p in (regions / "sectors.yml", regions / "criteria.yml") if p.is_file())]


def batch_key(
    store: Store, state: StateConfig, regions: Path, settings: Sequence[str | int | None]
) -> str:
    """Return a key that changes when anything changes that a state's profiles are made of.

    Parameters
    ----------
    regions : pathlib.Path
        Folder of the definitions.
    settings : sequence
        What the user asked for.

    Returns
    -------
    str
        A SHA-256 over the store's parts, the definitions, the code and the packages' versions.
    """
    read = sorted(parts_read(store, state.regions).values())
    own = sorted(definition_files(state, regions))
    texts: list[str | bytes] = [*(p.name for p in own), *(p.read_bytes() for p in own)]
    packages = [f"{name} {version}" for name, version in sorted(versions().items())]
    return digest([*read, *texts, code_digest(), *packages, *map(str, settings)])
