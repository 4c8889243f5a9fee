"""A state's tables, computed once and kept beside the store for whoever asks next.

A notebook that is opened again, a workbook, a batch into another folder and the look at what has
moved since all read the same tables, which take seconds to compute. They are kept under a name
that holds all they follow from: what the store holds, the state's definitions, the workbench
itself and the packages that it computes with.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

from lmi import locations
from lmi.assessment.fingerprint import definition_files
from lmi.assessment.state_tables import StateTables
from lmi.config import StateConfig
from lmi.errors import StoreError
from lmi.manifest import digest, package_digest, versions
from lmi.one_at_a_time import alone
from lmi.store import Store
from lmi.store.catalogue import FILE_NAME

__all__ = ["state_tables"]

FOLDER = "tables"
KEPT = 4
"""Of each state: some years, or definitions that are tried in turn."""


def state_tables(
    store: Store,
    state: StateConfig,
    year: int | None = None,
    base_year: int | None = None,
    *,
    anew: bool = False,
) -> StateTables:
    """Return the tables that `lmi.assessment.state.analyse` computes, from disk where they are.

    Parameters
    ----------
    anew : bool, optional
        Compute them, whatever is kept.

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    folder = store.root / FOLDER / state.slug
    place = folder / _made_of(store, state, year, base_year)
    if not anew and (found := _read(place)) is not None:
        return found
    with alone(folder / ".lock"):
        if not anew and (found := _read(place)) is not None:  # another has made it meanwhile
            return found
        # What estimates is slow to import, and who reads tables that were computed needs none.
        from lmi.assessment.state import analyse

        made = analyse(store, state, year, base_year)
        with contextlib.suppress(OSError):  # a store that cannot be written to is read all the same
            made.save(place)
            _forget_older(folder)
            return StateTables.load(place)  # as all that read them find them
    return made


def _made_of(store: Store, state: StateConfig, year: int | None, base_year: int | None) -> str:
    """Name all that a state's tables follow from."""
    catalogue = store.root / FILE_NAME
    roots = dict.fromkeys((state.folder.parent, locations.regions_dir()))
    files = (path for root in roots for path in definition_files(state.folder, root))
    return digest(
        [
            package_digest(), json.dumps(versions()),
            catalogue.read_bytes() if catalogue.is_file() else b"",
            state.model_dump_json(exclude={"folder"}), f"{year} {base_year}",
            *(part for path in files for part in (path.name, path.read_bytes())),
        ]
    )[:16]  # fmt: skip


def _read(place: Path) -> StateTables | None:
    """Return the tables that are kept in a folder; None where it has none, or not all."""
    with contextlib.suppress(StoreError):
        found = StateTables.load(place)
        with contextlib.suppress(OSError):
            os.utime(place)  # so that what is read stays
        return found
    return None


def _forget_older(folder: Path) -> None:
    """Remove all but the tables of a state that were read or made last."""
    kept = sorted((p for p in folder.iterdir() if p.is_dir()), key=lambda p: -p.stat().st_mtime_ns)
    for place in kept[KEPT:]:
        shutil.rmtree(place, ignore_errors=True)
