"""Commands on regions: profile, batch, measures, regions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

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
    from lmi.config import Candidate, StateConfig

__all__ = ["batch", "measures", "profile", "regions"]

JobsOption = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; one a core unless told.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Make again what is unchanged.")]


def _places(store: Path | None, regions: Path | None, outputs: Path | None) -> tuple[Path, ...]:
    from lmi import locations

    found = locations.store_dir(store), locations.regions_dir(regions)
    return (*(p.resolve() for p in found), locations.outputs_dir(outputs).resolve())


def _make(
    slug: str,
    places: tuple[Path, ...],
    year: int | None,
    base_year: int | None,
    only: list[str],
    jobs: int | None,
    force: bool,
    staff: bool,
    formats: list[str] | None,
    paper: str,
) -> int:
    """Make a state's profiles with a progress bar; return how many failed."""
    from lmi.batch import ProfileResult, batch_state, chosen_formats
    from lmi.report.pdf import PAPERS
    from lmi.store import Store

    if paper not in PAPERS:
        raise LmiError(f"There is no paper {paper!r}; choose of {', '.join(PAPERS)}.")
    wanted = chosen_formats(formats or ())

    store, regions, outputs = places
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} profiles"),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=said, transient=True) as bar:
        task = bar.add_task(slug, total=None)

        def done(made: ProfileResult) -> None:
            bar.update(task, advance=1)
            if made.status == "failed":
                text = escape(made.error)
                bar.console.print(f"[bold red]failed[/]    {slug}/{made.region}: {text}")

        made = batch_state(
            slug, store=Store(store), regions=regions, outputs=outputs, year=year,
            base_year=base_year, only=only, jobs=jobs, force=force, staff=staff,
            formats=wanted, paper=paper, say=bar.console.print, progress=done,
        )  # fmt: skip
    counts = {s: sum(r.status == s for r in made.results) for s in ("made", "unchanged", "failed")}
    told = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
    out.print(f"{made.state.name} {made.year}: {told}. Open {made.folder / 'index.html'}")
    return counts["failed"]


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
    state, found = find_region(region, places[1])
    if _make(state.slug, places, year, base_year, [found.key], 1, force, staff, formats, paper):
        raise typer.Exit(1)


def batch(
    states: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders of regions/, such as colorado; all that the store has data of."
        ),
    ] = None,
    year: YearOption = None,
    base_year: BaseYearOption = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Region of the state; repeatable.")
    ] = None,
    jobs: JobsOption = None,
    force: ForceOption = False,
    staff: StaffOption = False,
    formats: FormatsOption = None,
    paper: PaperOption = "letter",
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Make a profile for every region of one or more states, and a page of them side by side.

    A region that fails is named, the others finish, and the exit status is 1. What is unchanged
    since the last run is not made again.
    """
    places = _places(store, regions, outputs)
    failed = 0
    for slug in states or _states_with_data(places):
        try:
            failed += _make(
                slug, places, year, base_year, list(only or ()), jobs, force, staff, formats, paper
            )
        except LmiError as error:
            if not states or len(states) == 1:
                raise
            said.print(f"[bold red]failed[/]    {slug}: {escape(str(error))}")
            failed += 1
    if failed:
        raise typer.Exit(1)


def _states_with_data(places: tuple[Path, ...]) -> list[str]:
    from lmi.analysis.year_cells import available_years
    from lmi.config import list_states, load_state
    from lmi.errors import StoreError
    from lmi.store import Store

    found = []
    for slug in list_states(places[1]):
        state = load_state(slug, places[1])
        try:
            available_years(Store(places[0]), state)
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


def measures(
    region: Annotated[str, typer.Argument(help="STATE/REGION, or REGION where that is unique.")],
    file: Annotated[Path, typer.Option("--out", help="FILE.csv or FILE.parquet.")],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Write every measure of a region, by candidate and by industry, as one tidy table."""
    from lmi.assessment.opening import open_region
    from lmi.assessment.state_tables import region_measures
    from lmi.cli.files import write_table

    opened = open_region(region, store=store, regions=regions, staff=staff, say=said.print)
    table = region_measures(opened.analyse(year, base_year), opened.region)
    write_table(table, file)
    out.print(f"{len(table):,} rows written to {file}")


def regions(
    state: Annotated[
        str | None, typer.Argument(help="A folder of regions/; without it, all are checked.")
    ] = None,
    regions: RegionsOption = None,
) -> None:
    """Check what a state's folder holds, and say its definitions in plain words."""
    from lmi.config import (
        candidate_overlaps,
        describe_candidate,
        describe_state,
        list_states,
        load_state,
    )

    root = _places(None, regions, None)[1]
    if state is None:
        failed = 0
        for slug in list_states(root):
            try:
                found = load_state(slug, root)
                _check_folder(found, root)
                out.print(f"ok      {slug}: {len(found.regions)} regions", markup=False)
            except LmiError as error:
                failed += 1
                said.print(f"failed  {error}", markup=False)
        if failed:
            raise typer.Exit(1)
        return
    found = load_state(state, root)
    out.print(describe_state(found), markup=False)
    candidates, tables = _check_folder(found, root)
    for candidate in candidates:
        out.print(f"\n{describe_candidate(candidate)}", markup=False)
    shared = candidate_overlaps(candidates, 2022)
    if len(shared):
        out.print("\nCandidates that share industries (allowed; their jobs are counted in both):")
        for (a, b), rows in shared.groupby(["candidate_a", "candidate_b"]):
            out.print(f"  {a} and {b}: {', '.join(sorted(set(rows['industry_code'])))}")
    if tables:
        out.print("\nThe team's own tables:")
    for line in tables:
        out.print(f"  {line}", markup=False)


def _check_folder(state: StateConfig, root: Path) -> tuple[tuple[Candidate, ...], list[str]]:
    """Read everything in a state's folder; return its candidates, and what its tables hold."""
    from lmi.analysis.projected_rates import own_projections
    from lmi.analysis.thresholds import own_thresholds
    from lmi.assessment.people_files import read_engagement, read_knowledge
    from lmi.config import load_asked, load_candidates, load_wages
    from lmi.missing import Missing
    from lmi.scorecard.files import load_partnerships
    from lmi.scorecard.readings import read_readings
    from lmi.words import count

    candidates = load_candidates(state, root)
    for region in state.regions:
        load_asked(state, root, region=region.key)
    load_wages(state)
    said = []
    if not isinstance(efforts := read_engagement(state, candidates), Missing):
        names = efforts["organisation"].str.casefold().nunique()
        said.append(f"engagement.csv: {len(efforts)} efforts of {names} organizations")
    if not isinstance(known := read_knowledge(state, candidates), Missing):
        places = known["region"].nunique()
        said.append(f"local_knowledge.csv: {len(known)} ratings in {places} regions")
    if (own := own_thresholds(state)) is not None:
        households = ", ".join(sorted(own.rows["household"].unique()))
        said.append(f"thresholds.csv: {len(own.rows)} rows for {households or 'nobody'}")
    if len(projected := own_projections(state)):
        regions = count(projected["region"].nunique(), "region")
        said.append(f"projections.csv: {len(projected)} industries in {regions}")
    if partnerships := load_partnerships(state, root):
        rows = sum(len(read_readings(partnership).rows) for partnership in partnerships)
        said.append(f"partnerships: {len(partnerships)}, with {count(rows, 'row')} of numbers")
    return candidates, said
