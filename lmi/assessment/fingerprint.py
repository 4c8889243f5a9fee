"""What the numbers of a region follow from, so that a change of it can be told."""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import NamedTuple

from lmi.analysis.places import prefixes_of
from lmi.config import Region, StateConfig
from lmi.store import Catalogue, Store

__all__ = ["OWN_FILES", "Fingerprint", "fingerprint"]

OWN_FILES = (
    "state.yml", "sectors.yml", "criteria.yml", "engagement.csv", "local_knowledge.csv",
    "projections.csv", "thresholds.csv", "wages.yml",
)  # fmt: skip
_TABLES = frozenset({"projections", "thresholds"})


class Fingerprint(NamedTuple):
    """What the numbers of a region follow from.

    Attributes
    ----------
    parts : dict of str to str
        Parts of the store, named by what is in them.
    files : dict of str to str
        SHA-256 of the state's own files.
    """

    lmi_version: str
    parts: dict[str, str]
    files: dict[str, str]


def fingerprint(store: Store, state: StateConfig, region: Region) -> Fingerprint:
    """Return what the numbers of a region follow from now: release, parts of the store, files."""
    prefixes = {f"state={prefix}" for prefix in prefixes_of([*state.regions, region])}
    used = {
        name: kept[-1].file
        for name, kept in sorted(Catalogue.load(store.root).parts.items())
        if kept and (prefixes & set(name.split("/")) or name.split("/")[0] in _TABLES)
    }
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name in OWN_FILES
        if (path := state.folder / name).is_file()
    }
    return Fingerprint(metadata.version("lmi"), used, files)
