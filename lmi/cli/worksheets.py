"""Command on what a team prints: worksheets."""

from __future__ import annotations

from typing import Annotated

import typer

from lmi.cli.options import OutputsOption, PaperOption, RegionsOption, out, writing

__all__ = ["worksheets"]


def worksheets(
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="PLACE",
            help="STATE/REGION, or REGION where that is unique, for its name and criteria.",
        ),
    ] = None,
    paper: PaperOption = "letter",
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Write worksheets to print: review, scope, readiness, after-action review."""
    from lmi import atomic, locations
    from lmi.batch.order import chosen_paper
    from lmi.config import find_region, load_asked
    from lmi.report.pdf import as_pdf
    from lmi.report.worksheets import TITLES, worksheet

    chosen_paper(paper)
    definitions = locations.regions_dir(regions)
    folder, name = locations.outputs_dir(outputs) / "worksheets", ""
    if place is None:
        asked = load_asked(None, definitions)
    else:
        state, region = find_region(place, definitions)
        asked = load_asked(state, definitions, region=region.key)
        folder, name = folder / state.slug / region.key, region.name
    with writing(folder, "folder"):
        for key in TITLES:
            page = worksheet(key, asked.criteria, name)
            atomic.write_text(folder / f"{key}.html", page)
            atomic.write_bytes(folder / f"{key}.pdf", as_pdf(page, paper, pages=1))
    out.print(f"Worksheets: {folder}", markup=False)
