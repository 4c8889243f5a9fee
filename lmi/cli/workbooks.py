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
    check_ending,
    out,
    said,
    writing,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.assessment.opening import OpenedRegion, OpenedState

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
    place: Annotated[
        str,
        typer.Argument(
            metavar="PLACE",
            help="STATE/REGION, or REGION where that is unique; or STATE, for all side by side.",
        ),
    ],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    file: OutOption = None,
    read: ReadOption = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Write the numbers of a region, or of a state, into a workbook."""
    from lmi import atomic, locations
    from lmi.assessment.opening import open_region, open_state
    from lmi.config import list_states

    check_ending(file, ENDING)
    if file is not None and read is not None:
        raise LmiError("A workbook is either read or written; give --read or --out.")
    folder = locations.outputs_dir(outputs)
    if place in list_states(locations.regions_dir(regions)):
        if read is not None:
            raise LmiError(f"{place!r} is a state; name the region whose workbook is read.")
        state = open_state(place, store=store, regions=regions, staff=staff, say=said.print)
        made, data = _of_state(state, year, base_year)
        folder /= place
    else:
        region = open_region(place, store=store, regions=regions, staff=staff, say=said.print)
        if read is not None:
            _read(read, region)
            return
        made, data = _of_region(region, year, base_year)
        folder = folder / region.state.slug / region.region.key
    target = file or folder / f"workbook{ENDING}"
    with writing(target):
        atomic.write_bytes(target, data)
    out.print(f"{made}: {target}", markup=False)


def _of_state(opened: OpenedState, year: int | None, base_year: int | None) -> tuple[str, bytes]:
    from lmi.report.workbook import state_workbook_bytes

    tables = opened.analyse(year, base_year)
    data = state_workbook_bytes(tables, opened.state, opened.candidates)
    return f"{opened.state.name}, {tables.meta['year']}", data


def _of_region(opened: OpenedRegion, year: int | None, base_year: int | None) -> tuple[str, bytes]:
    from lmi.report.profile import profile_without_map
    from lmi.report.workbook import workbook_bytes

    found = profile_without_map(opened, opened.analyse(year, base_year))
    return f"{found.name}, {found.year}", workbook_bytes(found)


def _read(file: Path, opened: OpenedRegion) -> None:
    from lmi.assessment.people_sheets import PEOPLE_SHEETS, RECODED, add_people

    if not file.is_file():
        raise LmiError(f"There is no file {file}; name the workbook that was filled in.")
    found = add_people(file, opened.state, opened.region.key, opened.candidates)
    for table in sorted(PEOPLE_SHEETS.keys() - {added.file.stem for added in found}):
        said.print(f"There is no sheet {PEOPLE_SHEETS[table]}, so nothing of it was read.")
    for added in found:
        out.print(
            f"{added.file}: {added.n_added} added, {added.n_known} there already.", markup=False
        )
        if added.is_recoded:
            out.print(f"  {RECODED}", markup=False)
        for row in added.left:
            out.print(f"  not in the workbook, and left: {row}", markup=False)
