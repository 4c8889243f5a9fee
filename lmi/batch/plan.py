"""What a batch is to make, and of what it is made, which says whether it is made already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lmi import locations
from lmi.assessment.fingerprint import definition_files, parts_read
from lmi.config import StateConfig
from lmi.manifest import digest, package_digest, versions
from lmi.store import Store
from lmi.words import listing

__all__ = ["NOTEBOOK", "STATE_NOTEBOOK", "Job", "Places", "differences", "made_of"]

NOTEBOOK, STATE_NOTEBOOK = "02_region_profile.ipynb", "05_state_summary.ipynb"
PARTS = {
    "data": "data changed: {}",
    "definitions": "{} changed",
    "code": "the workbench itself changed",
    "versions": "other versions of {}",
    "settings": "asked for otherwise: {}",
}
"""Of what a profile is made, and what is said where one is not as it was."""
EVERYWHERE = ("code", "versions", "settings")
"""What changes every profile; of data and definitions one may hold nothing that changed."""
FEW = 3


class Places(NamedTuple):
    """Folders of the store, of the definitions, and of what is made."""

    store: Path
    regions: Path
    outputs: Path


@dataclass(frozen=True)
class Job:
    """One profile to make; plain values only, so that it can go to another process.

    Parameters
    ----------
    state, region : str
        Slug and key.
    tables : pathlib.Path
        Folder of the state's tables.
    folder : pathlib.Path
        Where the profile is to be.
    paper : {"letter", "a4"}
        Of the PDFs.
    made_of : mapping
        What its manifest says it is made of.
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
    made_of: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str | int]:
        """What the notebook is given."""
        return {"region": f"{self.state}/{self.region}", "year": self.year}


@cache
def code_digest() -> str:
    """Return one hash over the package's code and templates and the notebooks that are run."""
    folder = locations.notebooks_dir()
    run = [(folder / name).read_bytes() for name in (NOTEBOOK, STATE_NOTEBOOK)]
    return digest([package_digest(), *run])


def made_of(
    store: Store, state: StateConfig, regions: Path, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """Return all that a state's profiles are made of, in the parts that `differences` tells of.

    Returns
    -------
    dict
        Plain values: parts of the store by partition, SHA-256 of each definition and of the code,
        versions of packages, settings.
    """
    definitions = {
        p.relative_to(regions).as_posix() if p.is_relative_to(regions) else p.name: digest(
            [p.read_bytes()]
        )
        for p in sorted(definition_files(state.folder, regions))
    }
    return {
        "data": parts_read(store, state.regions), "definitions": definitions,
        "code": code_digest(), "versions": versions(), "settings": dict(settings),
    }  # fmt: skip


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say what has changed of what something is made of; nothing where all is as it was.

    Parameters
    ----------
    before, now : mapping
        As `made_of` returns it; of `before` other entries may be there, or all lacking.

    Examples
    --------
    >>> now = {"data": {}, "definitions": {"criteria.yml": "b"}, "code": "c", "versions": {},
    ...        "settings": {"paper": "a4"}}
    >>> differences(now | {"definitions": {"criteria.yml": "a"}}, now)
    ['criteria.yml changed']
    >>> differences({}, now)
    ['not made yet']
    """
    if not any(part in before for part in now):
        return ["not made yet"]
    told = []
    for part, words in PARTS.items():
        old, new = before.get(part), now[part]
        if old == new:
            continue
        if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
            told.append(words)
            continue
        changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        told.append(words.format(listing(sorted(map(str, changed)), FEW)))
    return told
