"""Options that several commands share, and how commands speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from lmi.errors import LmiError
from lmi.words import listing

if TYPE_CHECKING:
    from lmi.batch import Places

__all__ = [
    "BaseYearOption", "FormatsOption", "LinesOption", "OptionalRegion", "OutputsOption",
    "PaperOption", "RegionArgument", "RegionsOption", "StaffOption", "StoreOption", "YearOption",
    "check_ending", "fail", "out", "parse_period", "places_of", "said", "writing",
]  # fmt: skip

_REGION = typer.Argument(help="STATE/REGION, or REGION where that is unique.")
RegionArgument = Annotated[str, _REGION]
OptionalRegion = Annotated[str | None, _REGION]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the store (or LMI_STORE).")
]
RegionsOption = Annotated[
    Path | None, typer.Option("--regions", help="Folder of the definitions (or LMI_REGIONS).")
]
OutputsOption = Annotated[
    Path | None, typer.Option("--outputs", help="Folder of the outputs (or LMI_OUTPUTS).")
]
PaperOption = Annotated[str, typer.Option("--paper", help="Of the PDFs: letter or a4.")]
FormatsOption = Annotated[
    list[str] | None,
    typer.Option("--formats", help="Of html, pdf and xlsx, such as html,pdf; all unless told."),
]
YearOption = Annotated[
    int | None, typer.Option("--year", help="Year; the newest in the store unless told.")
]
BaseYearOption = Annotated[
    int | None,
    typer.Option("--base-year", help="Year that growth is measured from; about five before."),
]
StaffOption = Annotated[
    bool,
    typer.Option(
        "--staff", help="Show numbers of fewer than 3 employers: for staff, not for publication."
    ),
]

LinesOption = Annotated[
    bool, typer.Option("--json", help="Write one line of JSON a region, for other programs.")
]
Place = str | Path | None

out = Console(highlight=False, soft_wrap=True)
said = Console(stderr=True, highlight=False, soft_wrap=True)
_PERIOD = re.compile(r"(\d{4})(?:Q([1-4]))?", re.IGNORECASE)


def fail(message: str) -> NoReturn:
    """Say what is wrong in one sentence and stop with exit status 1."""
    said.print(f"[bold red]Error:[/] {escape(message)}")
    raise typer.Exit(1)


def check_ending(file: Path | None, *endings: str) -> None:
    """Refuse a file that cannot be written as its name says; ask before minutes of work, not after.

    Parameters
    ----------
    endings : str
        Those that can be, with their dot; a table's unless told.

    Raises
    ------
    LmiError
        The file's is another.
    """
    known = endings or (".csv", ".parquet")
    if file is not None and file.suffix.lower() not in known:
        write = listing(known, last="or")
        raise LmiError(f"The file {file} ends in {file.suffix!r}; write to {write}.")


@contextmanager
def writing(place: Path, what: str = "file") -> Iterator[None]:
    """Say in one sentence that a place cannot be written, where it cannot."""
    try:
        yield
    except OSError as error:
        raise LmiError(f"The {what} {place} cannot be written ({error.strerror}).") from error


def parse_period(period: str) -> tuple[int, str | None]:
    """Read a period: a year, or a year and a quarter.

    Raises
    ------
    LmiError
        It is neither.

    Examples
    --------
    >>> parse_period("2016"), parse_period("2016Q2")
    ((2016, None), (2016, '2'))
    """
    match = _PERIOD.fullmatch(period.strip())
    if match is None:
        raise LmiError(f"The period is {period!r}; write a year such as 2016 or a quarter 2016Q2.")
    return int(match.group(1)), match.group(2)


def places_of(store: Place, regions: Path | None, outputs: Place = None) -> Places:
    """Find the folders that a command works with; each is told, or where it usually is.

    Raises
    ------
    LmiError
        One is a URL, which only a cluster reads and writes.
    """
    from lmi import locations
    from lmi.batch import Places
    from lmi.batch.remote import is_url

    for place in (store, outputs):
        if place and is_url(str(place)):
            raise LmiError(
                f"{place} is a URL, which the workers of a cluster read and write; add --scheduler "
                "ADDRESS, or --scheduler local for one on this machine."
            )
    return Places(
        locations.store_dir(store).resolve(),
        locations.regions_dir(regions).resolve(),
        locations.outputs_dir(outputs).resolve(),
    )
