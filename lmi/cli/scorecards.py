"""Command on partnerships: scorecard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lmi.cli.options import (
    FormatsOption,
    OutputsOption,
    PaperOption,
    RegionsOption,
    StoreOption,
    out,
    places_of,
    said,
    writing,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lmi.batch import Order, Places
    from lmi.config import StateConfig
    from lmi.scorecard.definition import Partnership

__all__ = ["scorecard"]


def scorecard(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="STATE/NAME of a partnership, or NAME where that is unique."
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help="A folder of regions/: the page of all its partnerships."),
    ] = None,
    reports: Annotated[
        bool, typer.Option("--reports", help="With --state: each partnership's reports, too.")
    ] = False,
    survey: Annotated[
        bool,
        typer.Option("--survey", help="Write a workbook to fill in, for it or for each of them."),
    ] = False,
    read: Annotated[
        Path | None,
        typer.Option("--read", help="FILE.xlsx: add what was filled in to the partnership's file."),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option("--start", help="RECORD.json of a workshop: begin the partnership's file."),
    ] = None,
    launch: Annotated[
        str | None,
        typer.Option("--launch", help="With --start: its day; that of the workshop unless told."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Read and check the files; make nothing.")
    ] = False,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="List what may be measured, and how.")
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", help="Year; the newest counted unless told (of a state, by half of them)."
        ),
    ] = None,
    formats: FormatsOption = None,
    paper: PaperOption = "letter",
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Say where a partnership stands by its own measures, and what a state's have achieved."""
    from lmi import locations

    root = locations.regions_dir(regions)
    if metrics:
        _list_metrics(state, root)
    elif check:
        _check(name, state, root)
    elif start is not None:
        _start(start, name, launch or "", root)
    elif read is not None:
        _read(read, name, root)
    elif survey:
        _survey(name, state, places_of(store, regions, outputs), year)
    elif name is not None:
        order = _order(year, formats, paper)
        made = _reports(name, places_of(store, regions, outputs), order)
        out.print(f"{name}: {made}", markup=False)
    elif state is not None:
        order = _order(year, formats, paper)
        made = _dashboard(state, places_of(store, regions, outputs), order, reports)
        out.print(f"{state}: open {made / 'index.html'}", markup=False)
    else:
        raise LmiError(
            "Name a partnership, such as sample/ferrow-valley-metals, or a state with --state."
        )


def _order(year: int | None, formats: list[str] | None, paper: str) -> Order:
    from lmi.batch.order import Order, chosen_formats, chosen_paper

    return Order(year, formats=chosen_formats(formats or ()), paper=chosen_paper(paper))


def _dashboard(slug: str, places: Places, order: Order, reports: bool) -> Path:
    """Make the page of a state's partnerships, after their reports where these are asked for."""
    from lmi.batch.scorecards import make_dashboard
    from lmi.config import named_state
    from lmi.scorecard.files import load_partnerships

    failed = False
    opened = named_state(slug, places.regions)
    for one in load_partnerships(opened, places.regions) if reports else ():
        if order.year and not one.is_there(order.year):
            continue
        try:
            _reports(one.id, places, order)
            said.print(f"made    {one.id}", markup=False)
        except LmiError as error:  # the others are made all the same
            failed = True
            said.print(f"failed  {error}", markup=False)
    if failed:
        raise LmiError("The state's page was not made, since it would lack who failed above.")
    return make_dashboard(slug, order, places)


def _reports(name: str, places: Places, order: Order) -> Path:
    """Make a partnership's reports; return their folder."""
    from lmi.batch.scorecards import make_reports
    from lmi.scorecard.files import find_partnership

    return make_reports(find_partnership(name, places.regions), order, places)


def _list_metrics(state: str | None, root: Path) -> None:
    from lmi.config import named_state
    from lmi.scorecard.catalogue import load_catalogue

    catalogue = load_catalogue(named_state(state, root) if state else None)
    for metric in catalogue.metrics.values():
        kind = metric.kind if metric.category is None else f"{metric.kind}, {metric.category}"
        common = "; asked of all" if metric.common else ""
        out.print(
            f"{metric.key}: {metric.name} ({metric.unit}; {kind}; {metric.stage}{common})",
            markup=False,
        )
        out.print(f"    {metric.collect}", markup=False)


def _start(record: Path, name: str | None, launch: str, root: Path) -> None:
    """Begin a partnership's file; say what is to be looked at in it."""
    from lmi.config import named_state
    from lmi.scorecard.start import record_state, start_partnership

    slug, _, key = (name or "").rpartition("/")
    state = named_state(slug or record_state(record), root)
    made = start_partnership(record, state, root, key, launch)
    out.print(f"{made.id}: {made.file}", markup=False)
    for note in made.notes:
        out.print(f"        {note}", markup=False)


def _survey(name: str | None, state: str | None, places: Places, year: int | None) -> None:
    """Write the survey of a partnership, or of each of a state's."""
    from lmi import atomic
    from lmi.config import named_state
    from lmi.scorecard.files import find_partnership, load_partnerships
    from lmi.scorecard.survey import survey_bytes

    if name is not None:
        found = [find_partnership(name, places.regions)]
    elif state is not None:
        found = [*load_partnerships(named_state(state, places.regions), places.regions)]
    else:
        raise LmiError("Name a partnership, or a state with --state.")
    failed = 0
    for one in found:
        # beside what may be published, not among it: a survey shows small numbers
        file = places.outputs / one.state.slug / "surveys" / f"{one.key}.xlsx"
        try:
            data = survey_bytes(one, year)
        except LmiError as error:  # the others have theirs all the same
            failed += 1
            said.print(f"failed  {error}", markup=False)
            continue
        with writing(file):
            atomic.write_bytes(file, data)
        out.print(f"{one.id}: {file}", markup=False)
    if failed:
        raise typer.Exit(1)


def _read(file: Path, name: str | None, root: Path) -> None:
    """Take in a survey; say what was added, and the cell of each row that cannot be."""
    from lmi.assessment.people_sheets import RECODED
    from lmi.scorecard.files import find_partnership
    from lmi.scorecard.survey_read import survey_partnership, take_in_survey
    from lmi.words import count

    if not file.is_file():
        raise LmiError(f"There is no file {file}; name the survey that was filled in.")
    whose = name or survey_partnership(file)
    if not whose:
        raise LmiError(f"The file {file} does not say whose survey it is; name the partnership.")
    made = take_in_survey(file, find_partnership(whose, root))
    out.print(
        f"{made.file}: {made.n_added} added, {made.n_known} there already, {made.n_blank} blank.",
        markup=False,
    )
    if made.is_recoded:
        out.print(f"        {RECODED}", markup=False)
    for text in made.wrong:
        said.print(f"not read  {text}", markup=False)
    for text in made.beside:
        said.print(f"beside    {text}", markup=False)
    if made.wrong:
        said.print(
            f"{count(len(made.wrong), 'row')} stay in the workbook; correct them and read it "
            "again.".replace("1 row stay", "1 row stays"),
            markup=False,
        )
        raise typer.Exit(1)


def _check(name: str | None, slug: str | None, root: Path) -> None:
    """Say of each partnership what was read, or the first thing to correct."""
    from lmi.config import list_states, named_state
    from lmi.scorecard.files import check_neighbours, find_partnership, list_partnerships

    if name is not None:
        _say_checked(find_partnership(name, root))
        return
    failed = []
    for each in [slug] if slug else list_states(root):
        state = named_state(each, root)
        keys = list_partnerships(state)
        failed += [key for key in keys if _fails(_check_one, state, root, key)]
        failed += [each] if _fails(check_neighbours, state, keys) else []
    if failed:
        raise typer.Exit(1)


def _fails(check: Callable[..., None], *of: object) -> bool:
    """Say what is wrong, so that one file that cannot be does not hide the others."""
    try:
        check(*of)
    except LmiError as error:
        said.print(f"failed  {error}", markup=False)
        return True
    return False


def _check_one(state: StateConfig, root: Path, key: str) -> None:
    from lmi.scorecard.files import load_partnerships

    _say_checked(load_partnerships(state, root, key)[0])


def _say_checked(partnership: Partnership) -> None:
    from lmi.scorecard.phase import find_phase
    from lmi.scorecard.readings import read_readings, stage_notes
    from lmi.words import count

    readings = read_readings(partnership)
    found = find_phase(partnership, readings)
    told = f"{count(len(readings.rows), 'row')}, {found.phase}"
    out.print(f"ok      {partnership.id}: {told}", markup=False)
    for note in filter(None, (*found.notes, partnership.baseline_note)):
        out.print(f"        {note}", markup=False)
    for early in stage_notes(partnership, readings, found.phase):
        out.print(f"        line {early.line}: {early.text}", markup=False)
