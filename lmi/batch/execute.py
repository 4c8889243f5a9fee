"""Run one profile's notebook and keep what it made."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lmi import locations, manifest
from lmi.batch.formats import write_formats
from lmi.batch.journal import OLD, PARTIAL, failed_notebook
from lmi.batch.plan import NOTEBOOK, Job
from lmi.notebook_format import load_nbformat

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "ProfileResult", "first_sentence", "make_profile", "places_of", "portable", "put_in_place",
    "relative", "repeatable", "run_notebook", "why_failed",
]  # fmt: skip

PROFILE_NOTEBOOK = "profile.ipynb"
KILLED = "its process was killed, perhaps for lack of memory"


@dataclass(frozen=True)
class ProfileResult:
    """What became of one profile.

    Parameters
    ----------
    region : str
        Key.
    status : {"made", "unchanged", "failed"}
    error : str
        Why it failed, in one sentence.
    cell : str
        The call of the notebook that failed.
    seconds : dict of str to float
        Time taken by each step.
    """

    region: str
    status: str
    error: str = ""
    cell: str = ""
    seconds: dict[str, float] | None = None


def repeatable(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run, so that the same inputs give the same file."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"  # papermill names the cell that it adds at random
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return notebook


def run_notebook(
    name: str,
    parameters: Mapping[str, Any],
    folder: Path,
    places: Mapping[str, str],
    output: Path | None = None,
) -> NotebookNode:
    """Run one of the project's notebooks.

    Parameters
    ----------
    name : str
        Of its file.
    places : mapping of str to str
        The variables by which the kernel finds the store and the definitions of this run.
    output : pathlib.Path, optional
        Where it is written, as far as it ran where a cell fails.
    """
    load_nbformat()
    import papermill

    from lmi.batch.kernels import kernels_with

    return papermill.execute_notebook(
        str(locations.notebooks_dir() / name),
        str(output) if output else None,
        dict(parameters),
        kernel_name="python3",
        progress_bar=False,
        log_output=False,
        autosave_cell_every=0,
        request_save_on_cell_execute=False,
        # A kernel's own chatter (how it listens, that it was stopped) tells the user nothing;
        # what a cell raises comes back as an exception.
        extra_arguments=["--IPKernelApp.log_level=50"],
        kernel_manager_class=kernels_with(places, folder),
        shutdown_kernel="immediate",  # what a cell wrote is written, and nobody goes on with it
    )


def _execute(job: Job, folder: Path) -> NotebookNode:
    parameters = {**job.parameters, "tables": str(job.tables), "out": str(folder)}
    places = places_of(job.store, job.regions)
    return run_notebook(NOTEBOOK, parameters, folder, places, folder / PROFILE_NOTEBOOK)


def places_of(store: Path, regions: Path) -> dict[str, str]:
    """Return the variables by which a kernel finds a store and definitions."""
    return {"LMI_STORE": str(store), "LMI_REGIONS": str(regions)}


def first_sentence(error: Exception) -> str:
    """Return what went wrong in a notebook without its traceback."""
    name, value = getattr(error, "ename", ""), getattr(error, "evalue", "")
    text = value if name.endswith("Error") and value else str(error) or type(error).__name__
    line = next((s for s in text.strip().splitlines() if s), type(error).__name__)
    is_ours = name in ("ConfigError", "StoreError", "MeasureError", "CodeError", "DataFileError")
    return line if is_ours or not name else f"{name}: {line}"


def why_failed(error: Exception, remedy: str = "run again with --jobs 1") -> str:
    """Say in a sentence why a notebook or what is written of it was not made.

    Parameters
    ----------
    remedy : str
        What may help where a process was killed.
    """
    from nbclient.exceptions import DeadKernelError

    is_killed = isinstance(error, BrokenProcessPool | DeadKernelError)
    return f"{KILLED}; {remedy}" if is_killed else first_sentence(error)


def put_in_place(new: Path, place: Path) -> None:
    """Replace a folder by a new one; a reader sees the old one or the new one."""
    old = place.with_name(f"{OLD}{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    new.replace(place)
    shutil.rmtree(old, ignore_errors=True)


def _write_manifest(job: Job, folder: Path, seconds: Mapping[str, float]) -> None:
    outputs = manifest.file_hashes(folder)
    told = {"parameters": job.parameters, "outputs": outputs, "seconds": seconds}
    manifest.write_manifest(folder, {**job.made_of, **told})


def make_profile(job: Job) -> ProfileResult:
    """Make a profile: run its notebook, write its page and what both are made of, put all in place.

    It waits for a kernel and a writer, which are processes of their own: many may run at once, each
    in a thread.

    Returns
    -------
    ProfileResult
        A failure is returned, not raised; what an earlier run made then stays.
    """
    nbformat = load_nbformat()
    from papermill.exceptions import PapermillExecutionError

    from lmi.batch.kernels import apart

    partial = job.folder.with_name(f"{PARTIAL}{job.region}")
    kept = failed_notebook(job.folder.parent, job.region)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        start = time.perf_counter()
        notebook = repeatable(_execute(job, partial))
        ran = time.perf_counter()
        portable(notebook, {partial: ".", job.tables: relative(job.tables, job.folder)})
        nbformat.write(notebook, partial / PROFILE_NOTEBOOK)
        seconds = {"notebook": round(ran - start, 3)}
        seconds |= apart(write_formats, job, notebook, partial)
        _write_manifest(job, partial, seconds)
        put_in_place(partial, job.folder)
    except Exception as error:  # a region fails alone, whatever went wrong in its notebook
        if (partial / PROFILE_NOTEBOOK).is_file():
            (partial / PROFILE_NOTEBOOK).replace(kept)
        shutil.rmtree(partial, ignore_errors=True)
        cell = error.source.strip() if isinstance(error, PapermillExecutionError) else ""
        return ProfileResult(job.region, "failed", why_failed(error), cell)
    kept.unlink(missing_ok=True)
    return ProfileResult(job.region, "made", seconds=seconds)


def relative(place: Path, folder: Path) -> str:
    """Write where a place is, as seen from a folder."""
    return os.path.relpath(place, folder).replace(os.sep, "/")


def portable(notebook: NotebookNode, places: Mapping[Path, str]) -> None:
    """Write the parameters so that a notebook can be run again in its folder.

    Folders of this run are no part of the result.

    Parameters
    ----------
    places : mapping of Path to str
        What is written in place of each.
    """
    from papermill.translators import PythonTranslator

    literal = PythonTranslator.translate  # in its own way: é is `\xe9`
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            for path, text in places.items():
                cell.source = cell.source.replace(literal(str(path)), literal(text))
