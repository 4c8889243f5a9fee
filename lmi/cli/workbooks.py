"""Command on workbooks: workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lmi.cli.options import (
    BaseYearOption,
    OutputsOption,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    out,
    said,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.assessment.opening import OpenedRegion

__all__ = ["workbook"]

ENDING = ".xlsx"
OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="FILE.xlsx; workbook.xlsx in the region's outputs unless told."),
]
ReadOption = Annotated[
    Path | None,
    typer.Option(
        "--read",
        help="FILE.xlsx: add what its sheets Engagement and Local knowledge have to the state's "
        "own files, instead of writing one.",
    ),
]


def workbook(
    region: Annotated[str, typer.Argument(help="STATE/REGION, or REGION where that is unique.")],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    file: OutOption = None,
    read: ReadOption = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Write a region's numbers into a workbook, with a score whose weights can be typed over."""
    from lmi import atomic, locations
    from lmi.assessment.opening import open_region
    from lmi.missing import Missing
    from lmi.report.profile import open_profile
    from lmi.report.workbook import workbook_bytes

    if file is not None and file.suffix.lower() != ENDING:
        raise LmiError(f"The file {file} ends in {file.suffix!r}; write to {ENDING}.")
    opened = open_region(region, store=store, regions=regions, staff=staff, say=said.print)
    if read is not None:
        _read(read, opened)
        return
    found = open_profile(
        opened.analyse(year, base_year),
        opened.region.key,
        opened.state,
        Missing("a map", "a workbook has none", "open the profile"),
        definitions=opened.candidates,
        asked=opened.asked,
    )
    folder = locations.outputs_dir(outputs) / opened.state.slug / opened.region.key
    place = file or folder / f"workbook{ENDING}"
    try:
        atomic.write_bytes(place, workbook_bytes(found))
    except OSError as error:
        raise LmiError(f"The file {place} cannot be written ({error.strerror}).") from error
    out.print(f"{found.name}, {found.year}: {place}", markup=False)


def _read(file: Path, opened: OpenedRegion) -> None:
    from lmi.assessment.people_sheets import add_people

    if not file.is_file():
        raise LmiError(f"There is no file {file}; name the workbook that was filled in.")
    for added in add_people(file, opened.state, opened.region.key, opened.candidates):
        out.print(
            f"{added.file}: {added.n_added} added, {added.n_known} there already.", markup=False
        )
        for row in added.left:
            out.print(f"  not in the workbook, and left: {row}", markup=False)
