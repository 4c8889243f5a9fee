"""The steps of a state's batch: its tables and what is to be made, then the page of them all.

Each is called with plain values and gives plain values, so that it may run in another process.
Between the two, `lmi.batch.execute.make_profile` makes each job.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from lmi import manifest
from lmi.assessment.kept_tables import state_tables
from lmi.assessment.opening import OpenedState, Say, open_state
from lmi.assessment.state_tables import StateTables
from lmi.batch.execute import ProfileResult, why_failed
from lmi.batch.kernels import warm_up
from lmi.batch.order import Order
from lmi.batch.plan import EVERYWHERE, Job, Places, differences, made_of
from lmi.batch.says import SAYS, what_it_says
from lmi.batch.summary import write_summary
from lmi.config import StateConfig
from lmi.errors import LmiError
from lmi.output_files import PAGE
from lmi.store import Store

__all__ = ["Begun", "begin", "finish", "open_for", "plan_state"]

TABLES_FOLDER = "tables"


class Begun(NamedTuple):
    """A state whose tables are computed.

    Parameters
    ----------
    shared : Job
        Of no region: what the jobs have in common.
    known : tuple of ProfileResult
        Of regions that cannot be made, or that are made of the same already.
    """

    shared: Job
    todo: tuple[Job, ...]
    known: tuple[ProfileResult, ...]


def open_for(slug: str, order: Order, places: Places, say: Say = lambda text: None) -> OpenedState:
    """Open a state as an order asks for it.

    Raises
    ------
    ConfigError
        A definition is not valid.
    StoreError
        The store lacks the state or the year.
    """
    store = Store(places.store)
    return open_state(slug, store=store, regions=places.regions, staff=order.staff, say=say)


def begin(
    slug: str,
    order: Order,
    places: Places,
    *,
    force: bool = False,
    say: Say = lambda text: None,
) -> Begun:
    """Compute a state's tables, or read them back where nothing changed, and say what to make."""
    opened = open_for(slug, order, places, say)
    state, store = opened.state, opened.store
    order = order._replace(staff=state.staff)
    folder = places.outputs / state.slug
    parts = made_of(store, state, places.regions, order.of_tables)
    tables = _tables(store, state, folder / TABLES_FOLDER, parts, order, force, say)
    parts |= {"settings": order.settings}
    shared = Job(
        state=state.slug, region="", year=int(tables.meta["year"]), tables=folder / TABLES_FOLDER,
        folder=folder, store=places.store, regions=places.regions, formats=order.formats,
        paper=order.paper, made_of={**parts, **_inputs(tables)},
    )  # fmt: skip
    todo: list[Job] = []
    known: list[ProfileResult] = []
    for region in order.regions_of(state):
        job = replace(shared, region=region.key, folder=folder / region.key)
        if region.key in tables.meta["failed"]:
            known.append(ProfileResult(region.key, "failed", tables.meta["failed"][region.key]))
        elif not force and not _why(job.folder, parts):
            known.append(ProfileResult(region.key, "unchanged"))
        else:
            says = what_it_says(opened.open(region), tables, parts)
            job = replace(job, made_of={**job.made_of, SAYS: says})
            if not force and _says_the_same(job):
                known.append(ProfileResult(region.key, "unchanged"))
            else:
                todo.append(job)
    return Begun(shared, tuple(todo), tuple(known))


def finish(begun: Begun, results: Sequence[ProfileResult], force: bool) -> None:
    """Write the state's page and workbook, where there is anything new to say in them.

    Raises
    ------
    LmiError
        They were not made.
    """
    key = manifest.digest([json.dumps(begun.shared.made_of, default=str)])
    try:
        write_summary(begun.shared, key, results, force)
    except (LmiError, OSError):
        raise
    except Exception as error:  # the state fails alone, whatever went wrong in its notebook
        raise LmiError(
            f"The page of {begun.shared.state} was not made: {why_failed(error)}. Its profiles are "
            "there; the same command goes on from them."
        ) from error


def plan_state(slug: str, order: Order, places: Places) -> dict[str, list[str]]:
    """Say what would be made, and why; make nothing.

    Returns
    -------
    dict of str to list of str
        By region, what changed since it was made; nothing where it would be left as it is.
    """
    state = open_for(slug, order, places).state
    asked = order._replace(staff=state.staff).settings
    parts = made_of(Store(places.store), state, places.regions, asked)
    folder = places.outputs / state.slug
    return {region.key: _why(folder / region.key, parts) for region in order.regions_of(state)}


def _why(folder: Path, parts: Mapping[str, Any]) -> list[str]:
    """Say why a region is to be made; nothing where it is made already."""
    if not (folder / PAGE).is_file():
        return ["not made yet"]
    before = manifest.read_manifest(folder)
    told = differences(before, parts)
    if told and SAYS in before and _is_as_it_was(before, parts):
        told.append("kept if it says the same")
    return told


def _is_as_it_was(before: Mapping[str, Any], parts: Mapping[str, Any]) -> bool:
    return all(before.get(part) == parts[part] for part in EVERYWHERE)


def _says_the_same(job: Job) -> bool:
    """Tell whether a profile that is there would come out as it is, and then note of what."""
    before = manifest.read_manifest(job.folder)
    is_there = (job.folder / PAGE).is_file() and before.get(SAYS) == job.made_of[SAYS]
    if not is_there or not _is_as_it_was(before, job.made_of):
        return False
    manifest.write_manifest(job.folder, {**before, **job.made_of})
    return True


def _inputs(tables: StateTables) -> dict[str, Any]:
    inputs = [
        {k: s[k] for k in ("name", "sha256", "rows", "periods", "vintage")}
        for s in tables.meta["sources"]
    ]
    return {"base_year": tables.meta["base_year"], "inputs": inputs}


def _tables(
    store: Store,
    state: StateConfig,
    place: Path,
    parts: Mapping[str, Any],
    order: Order,
    force: bool,
    say: Say,
) -> StateTables:
    if not force and not differences(manifest.read_manifest(place), parts):
        return StateTables.load(place)
    say(f"Computing {state.name} ...")
    warm_up()
    tables = state_tables(store, state, order.year, order.base_year, anew=force)
    tables.save(place)
    manifest.write_manifest(place, parts)
    return StateTables.load(place)  # as all that read them find them
