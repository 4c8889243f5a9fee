"""Commands that make profiles: profile, batch; and worker, which makes them for another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich import progress as bars
from rich.markup import escape
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from lmi.cli.options import (
    BaseYearOption,
    FormatsOption,
    LinesOption,
    OutputsOption,
    PaperOption,
    RegionArgument,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    out,
    places_of,
    said,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.assessment.opening import Say
    from lmi.batch import Batch, Order, Places, ProfileResult
    from lmi.batch.run import Progress

__all__ = ["batch", "profile", "worker"]

STATES = "Folders of regions/, such as colorado; all that the store has data of."
JobsOption = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; one a core unless told.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Make again what is unchanged.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say only what failed.")]
StorePlace = Annotated[
    str | None,
    typer.Option("--store", help="Folder of the store (or LMI_STORE); of a cluster also a URL."),
]
OutputsPlace = Annotated[
    str | None,
    typer.Option("--outputs", help="Folder of outputs (or LMI_OUTPUTS); of a cluster also a URL."),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS",
        help="Make them on a Dask cluster, such as tcp://10.0.0.1:8786; `local` is one here.",
    ),
]  # fmt: skip
StatesArgument = Annotated[list[str] | None, typer.Argument(help=STATES)]


def _asked(
    year: int | None,
    base_year: int | None,
    only: list[str] | None,
    staff: bool,
    formats: list[str] | None,
    paper: str,
) -> Order:
    from lmi.batch.order import Order, chosen_formats, chosen_paper

    chosen = chosen_formats(formats or ()), chosen_paper(paper)
    return Order(year, base_year, only or [], staff, *chosen)


class _How(NamedTuple):
    """How a batch goes about it, and how much it says of it."""

    jobs: int | None = None
    limit: int | None = None
    force: bool = False
    quiet: bool = False
    as_lines: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether a person watches."""
        return not (self.quiet or self.as_lines)


@contextmanager
def _watched(how: _How) -> Iterator[tuple[Say, Progress]]:
    """A bar with rate and time left; yields what prints a sentence, and what takes a result."""
    columns = (
        TextColumn("{task.description}"), BarColumn(),
        TextColumn("{task.completed} of {task.total} profiles"), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with bars.Progress(*columns, console=said, transient=True, disable=not how.is_shown) as bar:
        task = bar.add_task("", total=None)
        wanted: dict[str, int] = {}

        def took(slug: str, made: ProfileResult, of: int) -> None:
            wanted[slug] = of
            bar.update(task, advance=1, total=sum(wanted.values()), description=slug)
            if made.status == "failed":
                where = f" (in `{made.cell}`)" if made.cell else ""
                text = escape(made.error + where)
                bar.console.print(f"[bold red]failed[/]    {slug}/{made.region}: {text}")
            if how.as_lines:
                line = {
                    "state": slug, "region": made.region, "status": made.status,
                    "error": made.error, "cell": made.cell, "seconds": made.seconds,
                }  # fmt: skip
                typer.echo(json.dumps(line))

        yield (bar.console.print if how.is_shown else lambda text: None), took


def _tell(made: Batch, how: _How) -> int:
    """Say what became of a state; return how many failed."""
    if how.is_shown:
        statuses = ("made", "unchanged", "failed")
        counts = {s: sum(r.status == s for r in made.results) for s in statuses}
        told = ", ".join(f"{n} {s}" for s, n in counts.items() if n) or "nothing made"
        rest = f", {made.left} left for the next run" if made.left else ""
        out.print(f"{made.state.name} {made.year}: {told}{rest}. Open {made.place}/index.html")
    return len(made.failed)


def _tell_failed(slug: str, error: LmiError) -> int:
    said.print(f"[bold red]failed[/]    {slug}: {escape(str(error))}")
    return 1


def _make(slug: str, places: Places, asked: Order, how: _How) -> int:
    """Make a state's profiles; return how many failed."""
    from lmi.batch import batch_state

    with _watched(how) as (say, took):
        made = batch_state(
            slug, asked, places, jobs=how.jobs, limit=how.limit, force=how.force, say=say,
            progress=took,
        )  # fmt: skip
    return _tell(made, how)


def _make_on_cluster(
    address: str,
    states: list[str],
    places: tuple[str | None, Path | None, str | None],
    asked: Order,
    how: _How,
) -> int:
    """Make the profiles of states on a cluster; return how many failed, states among them."""
    from lmi import locations
    from lmi.batch.cluster import batch_states, connect
    from lmi.batch.tasks import Shared

    store, regions, outputs = places
    definitions = locations.regions_dir(regions).resolve()
    shared = Shared.of(states, store, definitions, outputs)
    failed = 0
    with _watched(how) as (say, took), connect(address, how.jobs, say) as client:
        done = batch_states(
            client,
            states,
            asked,
            shared,
            definitions,
            limit=how.limit,
            force=how.force,
            progress=took,
        )
        for slug, made in done:
            failed += _tell_failed(slug, made) if isinstance(made, LmiError) else _tell(made, how)
    return failed


def profile(
    region: RegionArgument,
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

    places = places_of(store, regions, outputs)
    state, found = find_region(region, places.regions)
    asked = _asked(year, base_year, [found.key], staff, formats, paper)
    if _make(state.slug, places, asked, _How(jobs=1, force=force)):
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
    scheduler: SchedulerOption = None,
    store: StorePlace = None,
    regions: RegionsOption = None,
    outputs: OutputsPlace = None,
) -> None:
    """Make a profile for every region of one or more states, and a page of them side by side.

    A region that fails is named, the others finish, and the exit status is 1. What is unchanged
    since the last run is not made again; a run that was stopped, or killed, goes on where it was.
    """
    asked = _asked(year, base_year, only, staff, formats, paper)
    how = _How(jobs, limit, force, quiet, as_lines)
    if scheduler and not dry_run:
        named = states or _states_with_data(places_of(store, regions, outputs))
        failed = _make_on_cluster(scheduler, named, (store, regions, outputs), asked, how)
    else:
        failed = _make_here(states, places_of(store, regions, outputs), asked, how, dry_run)
    if failed:
        raise typer.Exit(1)


def _make_here(
    states: list[str] | None,
    places: Places,
    asked: Order,
    how: _How,
    dry_run: bool,
) -> int:
    failed = 0
    for slug in states or _states_with_data(places):
        try:
            if dry_run:
                _tell_plan(slug, places, asked, how.force)
            else:
                failed += _make(slug, places, asked, how)
        except LmiError as error:
            if not states or len(states) == 1:
                raise
            failed += _tell_failed(slug, error)
    return failed


def _tell_plan(slug: str, places: Places, asked: Order, force: bool) -> None:
    from lmi.batch import plan_state

    for region, reasons in plan_state(slug, asked, places).items():
        why = reasons or (["unchanged, and --force"] if force else [])
        what = "make       " if why else "unchanged  "
        out.print(f"{what}{slug}/{region}{': ' if why else ''}{'; '.join(why)}", markup=False)


def _states_with_data(places: Places) -> list[str]:
    from lmi.assessment.opening import states_with_data

    known = states_with_data(places.store, places.regions)
    found = [state.slug for state in known if not state.illustrative]
    if not found:
        raise LmiError(
            "The store has no data of any state in the regions folder; `lmi ingest PATH` the "
            "agency's files, or try `lmi batch sample`."
        )
    return found


def worker(
    address: Annotated[str, typer.Argument(help="Of the scheduler, such as tcp://10.0.0.1:8786.")],
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Tasks at a time; one a core unless told.")
    ] = None,
) -> None:
    """Work for the scheduler of a Dask cluster until it ends, for `lmi batch --scheduler`."""
    from lmi.batch.cluster import work

    work(address, jobs)
