"""Commands about what batches made: status, reproduce."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from lmi.cli.options import (
    LinesOption,
    OutputsOption,
    RegionsOption,
    StoreOption,
    out,
    places_of,
)

__all__ = ["reproduce", "status"]


def status(
    states: Annotated[
        list[str] | None, typer.Argument(help="Folders of regions/; all with outputs unless told.")
    ] = None,
    as_lines: LinesOption = False,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Say how far a batch is, or how the last one went: made, running, waiting, failed and why.

    The exit status is 1 where a region failed.
    """
    from lmi import locations
    from lmi.batch import failed_notebook, is_running, read_journal
    from lmi.config import list_states, named_state

    definitions, place = locations.regions_dir(regions), locations.outputs_dir(outputs)
    asked = states or [slug for slug in list_states(definitions) if (place / slug).is_dir()]
    failed = 0
    for slug in asked:
        state = named_state(slug, definitions)
        folder = place / state.slug
        found = read_journal(folder, [region.key for region in state.regions])
        failed += sum(entry.status == "failed" for entry in found.values())
        if as_lines:
            for key, entry in found.items():
                told = {"state": state.slug, "region": key, **entry._asdict()}
                typer.echo(json.dumps(told))
            continue
        counts = {entry.status: 0 for entry in found.values()}
        for entry in found.values():
            counts[entry.status] += 1
        runs = "a batch is running" if is_running(folder) else "no batch is running"
        out.print(f"{state.slug}: {', '.join(f'{n} {s}' for s, n in counts.items())}; {runs}")
        for key, entry in found.items():
            if entry.status == "failed":
                where = f", in `{entry.cell}`" if entry.cell else ""
                out.print(f"  failed   {key}: {entry.error}{where}", markup=False)
                if (kept := failed_notebook(folder, key)).is_file():
                    out.print(f"           as far as it ran: {kept}", markup=False)
            elif entry.status == "running":
                out.print(f"  running  {key}", markup=False)
    if failed:
        raise typer.Exit(1)


def reproduce(
    folder: Annotated[Path, typer.Argument(help="A region's folder of the outputs.")],
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Make a profile again from what its manifest names, and compare every file byte for byte.

    The exit status is 1 where a file differs.
    """
    from lmi.batch.reproduce import reproduce as again

    found = again(folder.resolve(), places_of(store, regions))
    for text in found.changed:
        out.print(f"since it was made: {text}", markup=False)
    for name in found.touched:
        out.print(f"altered in the folder: {name}", markup=False)
    for name in found.other:
        out.print(f"differs: {name}", markup=False)
    of = len(found.same) + len(found.other)
    out.print(f"{len(found.same)} of {of} files are the same again, byte for byte.")
    if found.other or found.touched:
        raise typer.Exit(1)
