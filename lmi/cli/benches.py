"""The command on the analyst's bench: the notebook of a region."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from lmi.cli.options import OptionalRegion, RegionsOption, StoreOption, fail, out

__all__ = ["bench"]

LOOPBACK = "127.0.0.1"


def bench(
    region: OptionalRegion = None,
    session: Annotated[
        Path | None, typer.Option("--session", help="A workshop's file, to go on where it stopped.")
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", help="Where the notebook is written; here unless told.")
    ] = Path(),
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="Of the page to choose a region.")
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Path of that page in a JupyterLab, which opens it."),
    ] = None,
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Write the notebook of the analyst's bench for a region, to be opened in JupyterLab.

    Its tile in JupyterLab's launcher shows a page on which the region is chosen.
    """
    from lmi.workshop.bench_notebook import write_notebook

    if region is not None:
        path = write_notebook(folder, region, session, regions)
        # The notebook asks the environment, as every notebook does.
        told = {"LMI_STORE": store, "LMI_REGIONS": regions}
        said = [f"{k}={shlex.quote(str(v.resolve()))}" for k, v in told.items() if v is not None]
        out.print(" ".join([*said, "jupyter lab", shlex.quote(str(path))]), markup=False)
        return
    if base_url is None:
        fail("Name a region, as STATE/REGION; without one a JupyterLab must open the page.")
    import asyncio

    from lmi.workshop import launch
    from lmi.workshop.front import read_base
    from lmi.workshop.start import Chosen, regions_to_choose
    from lmi.workshop.tiles import KEY

    def opened(chosen: Chosen) -> str:
        path = write_notebook(folder, chosen.region, session, regions)
        return launch.beside(chosen.front, "lab", "tree", path.name)

    known = regions_to_choose(store, regions)
    asyncio.run(
        launch.choose(
            "Analyst's bench", "Open the bench", opened, known, LOOPBACK, port,
            base=read_base(base_url), key=os.environ.get(KEY, ""),
        )
    )  # fmt: skip
