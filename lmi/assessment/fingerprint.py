"""What the numbers of a region follow from, so that a change of it can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from lmi import codes
from lmi.analysis.places import prefixes_of
from lmi.config import Region, StateConfig
from lmi.schema import BOUNDARIES
from lmi.store import Catalogue, Store

__all__ = ["OWN_FILES", "Fingerprint", "definition_files", "fingerprint", "parts_read"]

OWN_FILES = (
    "state.yml", "sectors.yml", "criteria.yml", "engagement.csv", "local_knowledge.csv",
    "projections.csv", "thresholds.csv", "wages.yml",
)  # fmt: skip
_NATIONS = {codes.NATION[:2], codes.SAMPLE_NATION[:2]}
_SAMPLE = {codes.SAMPLE_STATE, codes.SAMPLE_NATION[:2]}


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


def parts_read(store: Store, regions: Sequence[Region]) -> dict[str, str]:
    """Return what regions are read from: parts of the store, which never change, by partition.

    They are the rows of the regions' states and of the nation, the states' maps, and tables that
    are not kept by state; in years without the nation the rows of all states, whose quotients tell
    of it.
    """
    held = Catalogue.load(store.root).partitions
    prefixes = prefixes_of(regions)
    places = {f"state={prefix}" for prefix in prefixes} | {"all"}
    maps = tuple(f"{BOUNDARIES.name}/{kind}/{p}/" for kind in ("county", "state") for p in prefixes)
    quoted = _quoted_partitions(held, prefixes)
    return {
        name: partition.current
        for name, partition in sorted(held.items())
        if places & {*name.split("/")} or name.startswith(maps) or name in quoted
    }


def _quoted_partitions(names: Iterable[str], prefixes: Collection[str]) -> set[str]:
    """Partitions of QCEW in the states' years without the nation, of areas of the same nation."""
    split = {name: name.split("/") for name in names if name.startswith("qcew_")}
    placed = {name: (at.removeprefix("state="), year) for name, (_, at, year) in split.items()}
    with_nation = {year for at, year in placed.values() if at in _NATIONS & {*prefixes}}
    years = {year for at, year in placed.values() if at in prefixes} - with_nation
    is_sample = bool(_SAMPLE & {*prefixes})
    return {
        name
        for name, (at, year) in placed.items()
        if year in years and (at in _SAMPLE) == is_sample
    }


def fingerprint(store: Store, state: StateConfig, region: Region) -> Fingerprint:
    """Return what the numbers of a region follow from now: release, parts of the store, files."""
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name in OWN_FILES
        if (path := state.folder / name).is_file()
    }
    used = {
        partition: file
        for partition, file in parts_read(store, [*state.regions, region]).items()
        if partition.split("/")[0] != BOUNDARIES.name  # no number comes from a map
    }
    return Fingerprint(metadata.version("lmi"), used, files)


def definition_files(folder: Path, regions: Path) -> list[Path]:
    """Return the files that define the regions, candidates and criteria of a state's folder."""
    own = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")]
    return [*own, *(p for p in (regions / "sectors.yml", regions / "criteria.yml") if p.is_file())]
