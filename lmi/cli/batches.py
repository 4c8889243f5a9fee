"""Commands that make profiles: profile, batch; and what became of them: status, reproduce."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from lmi.cli.options import (
    BaseYearOption,
    FormatsOption,
    OutputsOption,
    PaperOption,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    out,
    said,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.batch import Order, Places, ProfileResult

__all__ = ["batch", "profile", "reproduce", "status"]

STATES = "Folders of regions/, such as colorado; all that the store has data of."
JobsOption = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; one a core unless told.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Make again what is unchanged.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say only what failed.")]
LinesOption = Annotated[
    bool, typer.Option("--json", help="Write one line of JSON a region, for other programs.")
]
StatesArgument = Annotated[list[str] | None, typer.Argument(help=STATES)]


def _places(store: Path | None, regions: Path | None, outputs: Path | None) -> Places:
    from lmi import locations
    from lmi.batch import Places

    return Places(
        locations.store_dir(store).resolve(),
        locations.regions_dir(regions).resolve(),
        locations.outputs_dir(outputs).resolve(),
    )


def _asked(
    year: int | None,
    base_year: int | None,
    only: list[str] | None,
    staff: bool,
    formats: list[str] | None,
    paper: str,
) -> Order:
    from lmi.batch import Order, chosen_formats
    from lmi.report.pdf import PAPERS

    if paper not in PAPERS:
        raise LmiError(f"There is no paper {paper!r}; choose of {', '.join(PAPERS)}.")
    return Order(year, base_year, only or [], staff, chosen_formats(formats or ()), paper)


@contextmanager
def _watched(slug: str, is_shown: bool) -> Iterator[tuple[Callable[[str], object], Any]]:
    """A bar with rate and time left; yields what prints a sentence, and what takes a result."""
    columns = (
        TextColumn("{task.description}"), BarColumn(),
        TextColumn("{task.completed} of {task.total} profiles"), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=said, transient=True, disable=not is_shown) as bar:
        task = bar.add_task(slug, total=None)

        def done(made: ProfileResult, of: int) -> None:
            bar.update(task, advance=1, total=of)
            if made.status == "failed":
                where = f" (in `{made.cell}`)" if made.cell else ""
                text = escape(made.error + where)
                bar.console.print(f"[bold red]failed[/]    {slug}/{made.region}: {text}")

        yield (bar.console.print if is_shown else lambda text: None), done


def _make(
    slug: str,
    places: Places,
    asked: Order,
    jobs: int | None = None,
    limit: int | None = None,
    force: bool = False,
    quiet: bool = False,
    as_lines: bool = False,
) -> int:
    """Make a state's profiles; return how many failed."""
    from lmi.batch import batch_state

    with _watched(slug, not (quiet or as_lines)) as (say, done):

        def took(made: ProfileResult, of: int) -> None:
            done(made, of)
            if as_lines:
                line = {
                    "state": slug, "region": made.region, "status": made.status,
                    "error": made.error, "cell": made.cell, "seconds": made.seconds,
                }  # fmt: skip
                typer.echo(json.dumps(line))

        made = batch_state(
            slug, asked, places, jobs=jobs, limit=limit, force=force, say=say, progress=took
        )
    if not (quiet or as_lines):
        statuses = ("made", "unchanged", "failed")
        counts = {s: sum(r.status == s for r in made.results) for s in statuses}
        told = ", ".join(f"{n} {s}" for s, n in counts.items() if n) or "nothing made"
        rest = f", {made.left} left for the next run" if made.left else ""
        out.print(f"{made.state.name} {made.year}: {told}{rest}. Open {made.folder / 'index.html'}")
    return len(made.failed)


def profile(
    region: Annotated[str, typer.Argument(help="STATE/REGION, or REGION where that is unique.")],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    force: ForceOption = False,
    staff: StaffOption = False,
    formats: FormatsOption = None,
    paper: PaperOption = "letter",
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Make the profile of one region."""
    from lmi.config import find_region

    places = _places(store, regions, outputs)
    state, found = find_region(region, places.regions)
    asked = _asked(year, base_year, [found.key], staff, formats, paper)
    if _make(state.slug, places, asked, jobs=1, force=force):
        raise typer.Exit(1)


def batch(
    states: StatesArgument = None,
    year: YearOption = None,
    base_year: BaseYearOption = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Region of the state; repeatable.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Profiles to make; the next run goes on from there."),
    ] = None,
    jobs: JobsOption = None,
    force: ForceOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made and why; make nothing.")
    ] = False,
    quiet: QuietOption = False,
    as_lines: LinesOption = False,
    staff: StaffOption = False,
    formats: FormatsOption = None,
    paper: PaperOption = "letter",
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Make a profile for every region of one or more states, and a page of them side by side.

    A region that fails is named, the others finish, and the exit status is 1. What is unchanged
    since the last run is not made again; a run that was stopped, or killed, goes on where it was.
    """
    places = _places(store, regions, outputs)
    asked = _asked(year, base_year, only, staff, formats, paper)
    failed = 0
    for slug in states or _states_with_data(places):
        try:
            if dry_run:
                _tell_plan(slug, places, asked, force)
            else:
                failed += _make(slug, places, asked, jobs, limit, force, quiet, as_lines)
        except LmiError as error:
            if not states or len(states) == 1:
                raise
            said.print(f"[bold red]failed[/]    {slug}: {escape(str(error))}")
            failed += 1
    if failed:
        raise typer.Exit(1)


def _tell_plan(slug: str, places: Places, asked: Order, force: bool) -> None:
    from lmi.batch import plan_state

    for region, reasons in plan_state(slug, asked, places).items():
        why = reasons or (["unchanged, and --force"] if force else [])
        what = "make       " if why else "unchanged  "
        out.print(f"{what}{slug}/{region}{': ' if why else ''}{'; '.join(why)}", markup=False)


def _states_with_data(places: Places) -> list[str]:
    from lmi.analysis.year_cells import available_years
    from lmi.config import list_states, load_state
    from lmi.errors import StoreError
    from lmi.store import Store

    found = []
    for slug in list_states(places.regions):
        state = load_state(slug, places.regions)
        try:
            available_years(Store(places.store), state)
        except StoreError:
            continue
        if not state.illustrative:
            found.append(slug)
    if not found:
        raise LmiError(
            "The store has no data of any state in the regions folder; `lmi ingest PATH` the "
            "agency's files, or try `lmi batch sample`."
        )
    return found


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
    from lmi.config import list_states, load_state

    definitions, place = locations.regions_dir(regions), locations.outputs_dir(outputs)
    asked = states or [slug for slug in list_states(definitions) if (place / slug).is_dir()]
    failed = 0
    for slug in asked:
        state = load_state(slug, definitions)
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

    found = again(folder.resolve(), _places(store, regions, None))
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
