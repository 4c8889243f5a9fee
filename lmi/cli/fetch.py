"""The command that fetches a state's files: fetch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import filesize
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from lmi.cli.options import OutputsOption, RegionsOption, StoreOption, out, said
from lmi.errors import FetchError, LmiError
from lmi.fetch.watch import Watch

if TYPE_CHECKING:
    from lmi.fetch.fetch_state import Fetched, Request
    from lmi.fetch.run import Outcome
    from lmi.store.file_result import FileResult

__all__ = ["fetch"]

SHOWN = 20  # moved figures in the terminal; the page has all
# What is said of a file that is not simply there, as it was asked for.
_LABELS = {
    "failed": "[bold red]failed[/]   ", "differs": "[bold red]failed[/]   ",
    "newer": "newer    ", "revised": "revised  ", "absent": "remark   ", "missing": "remark   ",
}  # fmt: skip
_DOWNLOADS = "Folder of fetched files (or LMI_DOWNLOADS)."


def fetch(
    states: Annotated[list[str], typer.Argument(help="Folders of regions/, such as colorado.")],
    years: Annotated[
        str | None, typer.Option(help="Years, such as 2015-2024; what growth needs unless told.")
    ] = None,
    what: Annotated[
        str | None,
        typer.Option(
            help="Of qcew, quarters, boundaries, flows, laus, population, projections, "
            "consumer_prices, thresholds; what the store reads unless told."
        ),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", help="Folder or address with the same files.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody: use what is kept, list what is not.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the files and fetch none.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Take what changed since data.lock was written.")
    ] = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Fetch what data.lock names and nothing else.")
    ] = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
    downloads: Annotated[Path | None, typer.Option("--downloads", help=_DOWNLOADS)] = None,
) -> None:
    """Fetch what a state needs from the agencies, take it in, and say what is new.

    A file that cannot be had is named, the others are taken in, and the exit status is 1. The file
    data.lock in the state's folder names the very bytes.
    """
    from lmi import locations
    from lmi.fetch.fetch_state import Request
    from lmi.fetch.plan import sources_named, years_named

    if offline and from_ is not None:
        raise FetchError("--offline asks nobody and --from names somebody; give one of the two.")
    request = Request(
        what=sources_named(what), years=years_named(years), today=date.today(),
        store=locations.store_dir(store).resolve(),
        regions=locations.regions_dir(regions).resolve(),
        outputs=locations.outputs_dir(outputs).resolve(),
        downloads=locations.downloads_dir(downloads).resolve(),
        update=update, locked=locked,
    )  # fmt: skip
    bad = 0
    for slug in states:
        try:
            if dry_run:
                _list(slug, request)
            else:
                bad += not _fetch(slug, request, from_, offline)
        except LmiError as error:
            if len(states) == 1:
                raise
            said.print(f"[bold red]failed[/]    {slug}: {escape(str(error))}")
            bad += 1
    if bad:
        raise typer.Exit(1)


def _list(slug: str, request: Request) -> None:
    """List the files that would be asked for."""
    from lmi import words
    from lmi.fetch.fetch_state import planned_files

    files = planned_files(slug, request)
    for wanted, size in files:
        out.print(f"{'?' if size is None else format(size, ','):>12}  {wanted.url}", markup=False)
    known = [size for _, size in files if size is not None]
    _say_what_comes_along(request)
    said.print(
        f"{words.count(len(files), 'file')} for {slug}; {sum(known):,} bytes in the "
        f"{len(known):,} whose size is known."
    )


def _say_what_comes_along(request: Request) -> None:
    """Name what needs no fetching."""
    if "thresholds" in request.what:
        from lmi.reference.poverty import newest_guideline_year

        said.print(
            "thresholds: the federal poverty guidelines up to "
            f"{newest_guideline_year()} come with the workbench."
        )


def _fetch(slug: str, request: Request, source: str | None, offline: bool) -> bool:
    """Fetch a state; tell whether all that was asked for is there."""
    from lmi.fetch.fetch_state import fetch_state, origin_named
    from lmi.fetch.mirror import Folder

    _say_what_comes_along(request)
    origin = None if offline else origin_named(source)
    with _Bar() as bar:
        fetched = fetch_state(slug, request, origin, watch=bar, report=bar.taken_in, say=bar.say)
    _say_notes(fetched)
    if isinstance(origin, Folder) and not fetched.is_whole and origin.remark:
        said.print(f"remark    {escape(origin.remark)}")
    _say_missing(slug, fetched, request)
    _say_changes(fetched)
    counts = {
        kind: sum(o.status == kind for o in fetched.outcomes)
        for kind in (
            "added",
            "revised",
            "unchanged",
            "newer",
            "absent",
            "differs",
            "failed",
            "missing",
        )
    }
    absent = "not there" if source else "that the agency has not"
    words = {"newer": "with a newer vintage", "absent": absent, "differs": "no longer as locked"}
    told = ", ".join(f"{n:,} {words.get(kind, kind)}" for kind, n in counts.items() if n)
    rows = sum(r.rows for r in fetched.taken_in if r.status == "added")
    out.print(
        f"{fetched.state.name}: {told or 'nothing'}; {rows:,} rows taken in. "
        f"Lock: {fetched.state.folder / 'data.lock'}"
    )
    return fetched.is_whole


def _say_notes(fetched: Fetched) -> None:
    """Say what is not as it was asked for, what the agency has not, and what nobody reads yet."""
    for status, alike in _alike(fetched.outcomes):
        first = alike[0]
        note = first.note
        if len(alike) > 1:
            of = f"{first.wanted.source} {first.wanted.period}"
            note = f"{of}, {len(alike):,} files, of which the first is {note}"
        said.print(f"{_LABELS[status]} {escape(note)}")
    if any(o.status in ("newer", "differs") for o in fetched.outcomes):
        said.print("To take the newer ones, run the same with --update.")


def _alike(outcomes: Iterable[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Put together what is to be said in the same words of files of one source and period."""
    found: dict[tuple[str, ...], list[Outcome]] = {}
    for o in outcomes:
        if o.status in _LABELS and (o.note or o.status != "missing"):
            words = o.note.removeprefix(o.wanted.url)
            key = o.status, o.wanted.source, o.wanted.period, words
            found.setdefault(key, []).append(o)
    return [(key[0], alike) for key, alike in found.items()]


def _say_missing(slug: str, fetched: Fetched, request: Request) -> None:
    """Say which files to download by hand, and where to put them."""
    from lmi import words
    from lmi.fetch.cache import Cache
    from lmi.fetch.fetch_state import by_hand

    missing = fetched.missing
    if not missing:
        return
    whole = by_hand(missing)
    said.print(
        f"There is no way to the agencies, so {words.count(len(missing), 'file')} for {slug} "
        "must be fetched by hand: download each address below, put it where the line says, and "
        f"run `lmi fetch {slug} --offline`.",
        markup=False,
    )
    if whole:
        said.print(
            f"In place of all slices of a year, take in with `lmi ingest`: {words.listing(whole)}.",
            markup=False,
        )
    cache = Cache(request.downloads)
    for o in missing:
        out.print(f"{o.wanted.url}  {cache.place(o.wanted.url)}", markup=False)


def _say_changes(fetched: Fetched) -> None:
    """Say whose numbers moved and by how much."""
    from lmi.fetch.moved_figures_page import figure_name, figure_value, moved_by

    found = fetched.changes
    if found is None:
        return
    if found.nothing:
        out.print(f"{fetched.state.name}: no number moved.", markup=False)
        return
    moved = [*found.revised, *found.newest]
    for m in moved[:SHOWN]:
        years = str(m.year) if m.year == m.year_before else f"{m.year_before} to {m.year}"
        out.print(
            f"{m.name}: {figure_name(m).lower()} {years}: {figure_value(m, m.before)} -> "
            f"{figure_value(m, m.after)}, {moved_by(m)}",
            markup=False,
        )
    for q in found.quarters[:SHOWN]:
        out.print(
            f"{q.name}: {q.period}: {q.jobs:,.0f} jobs, {q.jobs_chg:+,.0f} over the year",
            markup=False,
        )
    more = max(len(moved) - SHOWN, 0)
    out.print(
        f"{len(found.ranks)} ranks moved{f', {more} figures more' if more else ''}: {fetched.page}",
        markup=False,
    )


class _Bar(Watch):
    """Progress in all and of each file on its way, on a terminal; a line a file that came."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}", markup=False), BarColumn(),
            TextColumn("{task.fields[so_far]}"), TimeElapsedColumn(),
        )  # fmt: skip
        self._bar = Progress(*columns, console=said, transient=True, disable=not said.is_terminal)
        self._all = self._bar.add_task("all", total=0, so_far="")
        self._total = self._done = self._bytes = 0
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        """Say what takes time."""
        self._bar.console.print(escape(text))

    def taken_in(self, result: FileResult) -> None:
        """Say what the store refuses, and what it remarks."""
        if result.status == "failed":
            self._bar.console.print(f"[bold red]refused[/]   {escape(result.message)}")
        elif result.status == "added" and result.message:
            told = f"{result.path.name}: {result.message}"
            self._bar.console.print(f"remark    {escape(told)}")

    def planned(self, files: int) -> None:
        """So many files more are asked for."""
        self._total += files
        self._count()

    def began(self, url: str) -> None:
        """A file is asked for."""
        name = url.rpartition("/")[2]
        self._tasks[url] = self._bar.add_task(name, total=None, so_far="")

    def came(self, url: str, size: int, total: int) -> None:
        """So many bytes of a file are there."""
        so_far = filesize.decimal(size) + (f" of {filesize.decimal(total)}" if total else "")
        self._bar.update(self._tasks[url], completed=size, total=total or None, so_far=so_far)

    def done(self, outcome: Outcome) -> None:
        """A file is dealt with."""
        self._bar.remove_task(self._tasks.pop(outcome.wanted.url))
        self._done += 1
        self._bytes += outcome.size
        self._count()
        if outcome.status == "added":
            self._bar.console.print(
                f"fetched   {escape(outcome.wanted.url)}: {outcome.size:,} bytes"
            )

    def _count(self) -> None:
        so_far = f"{self._done}/{self._total} files, {filesize.decimal(self._bytes)}"
        self._bar.update(self._all, completed=self._done, total=self._total, so_far=so_far)
