"""Command on workbooks: workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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

__all__ = ["workbook"]

ENDING = ".xlsx"
OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="FILE.xlsx; workbook.xlsx in the region's outputs unless told."),
]


def workbook(
    region: Annotated[str, typer.Argument(help="STATE/REGION, or REGION where that is unique.")],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    file: OutOption = None,
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
