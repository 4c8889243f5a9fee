"""A profile made again from what its manifest says it was made of, and compared byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lmi import manifest
from lmi.batch.order import Order
from lmi.batch.plan import Places, differences, made_of
from lmi.batch.run import batch_state
from lmi.batch.steps import open_for
from lmi.errors import LmiError
from lmi.store import Catalogue, Store
from lmi.words import listing

__all__ = ["Reproduction", "reproduce"]

FEW = 5


@dataclass(frozen=True)
class Reproduction:
    """How a profile made again compares with what its manifest recorded.

    Parameters
    ----------
    same : tuple of str
        Files with the same bytes.
    other : tuple of str
        Files with other bytes, or made by one of the two alone.
    touched : tuple of str
        Files in the folder that are no longer as they were made.
    changed : tuple of str
        What is no longer as it was when the profile was made.
    """

    same: tuple[str, ...]
    other: tuple[str, ...]
    touched: tuple[str, ...]
    changed: tuple[str, ...]


def reproduce(folder: Path, places: Places) -> Reproduction:
    """Make a profile again elsewhere and compare it with what its manifest recorded.

    Parameters
    ----------
    folder : pathlib.Path
        Of the profile, with its manifest.
    places : Places
        Of these the outputs stay as they are.

    Raises
    ------
    LmiError
        There is no manifest, or the store lacks files that the profile was made of.
    """
    known = manifest.read_manifest(folder)
    settings, of = known.get("settings"), known.get("parameters")
    name = of.get("region") if isinstance(of, dict) else None
    slug, _, region = name.rpartition("/") if isinstance(name, str) else ("", "", "")
    if not isinstance(settings, dict) or not slug:
        raise LmiError(
            f"The folder {folder} has no {manifest.FILE_NAME} that says what its profile was made "
            "of; name a region's folder of the outputs, made by `lmi batch`."
        )
    order = Order.of_settings(settings, only=[region])
    opened = open_for(slug, order, places)  # which takes in the sample where it is the state
    _check_inputs(known, opened.store)
    now = made_of(opened.store, opened.state, places.regions, settings)
    with TemporaryDirectory() as elsewhere:
        there = places._replace(outputs=Path(elsewhere))
        made = batch_state(slug, order, there, jobs=1, force=True)
        if made.failed:
            raise LmiError(f"{slug}/{region} cannot be made again: {made.failed[0].error}")
        new = manifest.read_manifest(Path(made.place) / region)["outputs"]
    old = known["outputs"]
    on_disk = manifest.file_hashes(folder)
    names = sorted({*old, *new})
    other = tuple(name for name in names if old.get(name) != new.get(name))
    if not other:  # another store has the same files under other names of its own
        now["data"] = known["data"]
    return Reproduction(
        same=tuple(name for name in names if old.get(name) == new.get(name)),
        other=other,
        touched=tuple(n for n in sorted({*old, *on_disk}) if old.get(n) != on_disk.get(n)),
        changed=tuple(differences(known, now)),
    )


def _check_inputs(known: dict[str, Any], store: Store) -> None:
    held = {source.sha256 for source in Catalogue.load(store.root).kept}
    lacking = [
        f"{one['name']} (SHA-256 {one['sha256'][:12]})"
        for one in known.get("inputs", ())
        if one["sha256"] not in held
    ]
    if lacking:
        raise LmiError(
            f"The store lacks {listing(lacking, FEW)}, which the profile was made of; `lmi ingest` "
            "what is missing, then it can be made again."
        )
