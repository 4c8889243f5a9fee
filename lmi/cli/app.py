"""The application: its commands, and how errors reach the user."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from lmi.cli import (
    batches,
    benches,
    data,
    estimates,
    fetch,
    footprints,
    profiles,
    runs,
    scorecards,
    scores,
    workbooks,
    worksheets,
    workshops,
)
from lmi.cli.options import said
from lmi.cli.terminal import write_any_letter
from lmi.errors import LmiError

__all__ = ["app", "main"]

INTERRUPTED = 130
GOES_ON = "What was finished stays; the same command goes on from there."
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}

app = typer.Typer(
    name="lmi",
    help="Labor-market profiles and sector selection for regions, from public agency files.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS: tuple[Callable[..., None], ...] = (
    fetch.fetch,
    data.ingest,
    data.sources,
    data.remove,
    data.verify,
    batches.profile,
    batches.batch,
    runs.status,
    runs.reproduce,
    batches.worker,
    workbooks.workbook,
    workshops.workshop,
    benches.bench,
    worksheets.worksheets,
    scorecards.scorecard,
    data.export,
    estimates.estimate,
    profiles.measures,
    scores.score,
    footprints.footprint,
    profiles.regions,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(estimates.evaluations())


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"lmi {metadata.version('lmi')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Labor-market profiles and sector selection for regions, from public agency files."""


def _check_folder() -> None:
    """Say so where the folder that the user is in was removed, of which Python says nothing."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise LmiError("The folder that you are in is gone; go to one that is there.") from error


def main() -> None:
    """Run the command line."""
    write_any_letter()
    try:
        _check_folder()
        app()
    except LmiError as error:
        said.print(f"[bold red]Error:[/] {escape(str(error))}")
        sys.exit(1)
    except OSError as error:
        where = escape(str(error.filename or "A file"))
        if error.errno in NO_ROOM:
            told = (
                f"cannot be written: {error.strerror}; make room, or name another folder. {GOES_ON}"
            )
        elif isinstance(error, PermissionError) and error.filename:
            told = f"is not yours to read or write: {error.strerror}; change that, or name another."
        else:
            raise
        said.print(f"[bold red]Error:[/] {where} {told}")
        sys.exit(1)
    except (KeyboardInterrupt, SystemExit) as stop:
        # Typer turns Ctrl-C into an exit with the status that shells know it by.
        if isinstance(stop, SystemExit) and stop.code != INTERRUPTED:
            raise
        said.print(f"Stopped. {GOES_ON}")
        sys.exit(INTERRUPTED)
