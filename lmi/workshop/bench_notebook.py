"""The notebook of the analyst's bench, written for a region without what the bench itself needs."""

from __future__ import annotations

from pathlib import Path

from lmi import atomic, locations
from lmi.config import find_region
from lmi.notebook_format import load_nbformat

__all__ = ["write_notebook"]

NOTEBOOK = "03_sector_scores.ipynb"


def write_notebook(
    folder: Path, region: str, session: Path | None = None, regions: Path | None = None
) -> Path:
    """Write the notebook of the bench for a region; one that is there already stays as it is.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    session : pathlib.Path, optional
        A workshop's file.
    regions : pathlib.Path, optional
        The folder of definitions, unless at its usual place.

    Raises
    ------
    ConfigError
        There is no such region.
    """
    nbformat = load_nbformat()
    state, found = find_region(region, locations.regions_dir(regions))
    path = folder / f"bench-{state.slug}-{found.key}{f'-{session.stem}' if session else ''}.ipynb"
    if path.exists():
        return path
    notebook = nbformat.read(locations.notebooks_dir() / NOTEBOOK, nbformat.NO_CONVERT)
    said = {"region": f"{state.slug}/{found.key}", "year": None, "session": str(session or "")}
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in said.items())
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    atomic.write_text(path, nbformat.writes(notebook) + "\n")
    return path
