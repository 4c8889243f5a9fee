"""What papermill costs: profiles by the batch, beside the cells alone and kernels started anew.

The state's tables are computed first and not counted. The floor runs the notebook's cells in
processes that have everything imported, without a kernel; the naive ways run papermill with a
kernel started for each notebook, one after the other and in a pool of processes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lmi import locations
from lmi.assessment.opening import open_state
from lmi.assessment.state import analyse
from lmi.batch.cluster import HERE, connect
from lmi.batch.execute import make_profile, places_of, run_notebook
from lmi.batch.kernels import apart
from lmi.batch.order import chosen_formats
from lmi.batch.plan import NOTEBOOK, Job
from lmi.batch.steps import TABLES_FOLDER
from lmi.batch.tasks import Shared, profile_there

MOST = 1.25
"""Times the floor that the engine may take."""


def cells_alone(job: Job) -> None:
    """Run the notebook's cells here, without a kernel."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.environ.update(places_of(job.store, job.regions))
    main_module = sys.modules["__main__"]
    shell = InteractiveShell.instance()  # puts its own in its place
    given = {**job.parameters, "tables": str(job.tables), "out": str(job.folder)}
    notebook = nbformat.read(locations.notebooks_dir() / NOTEBOOK, as_version=4)
    with capture_output():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source).raise_error()
                if "parameters" in cell.metadata.get("tags", ()):
                    shell.push(given)
    sys.modules["__main__"] = main_module


def cold(job: Job) -> None:
    """Run the notebook as papermill does unless told otherwise."""
    import papermill

    os.environ.update(places_of(job.store, job.regions))
    given = {**job.parameters, "tables": str(job.tables), "out": str(job.folder)}
    job.folder.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        str(locations.notebooks_dir() / NOTEBOOK), str(job.folder / "profile.ipynb"), given,
        kernel_name="python3", progress_bar=False, cwd=str(job.folder), log_output=False,
    )  # fmt: skip


def forked(job: Job) -> None:
    """Run the notebook as the batch does, without the formats."""
    job.folder.mkdir(parents=True, exist_ok=True)
    given = {**job.parameters, "tables": str(job.tables), "out": str(job.folder)}
    places = places_of(job.store, job.regions)
    run_notebook(NOTEBOOK, given, job.folder, places, job.folder / "profile.ipynb")


def alone_in_a_process(job: Job) -> None:
    """The floor, in a process that this thread keeps."""
    apart(cells_alone, job)


def in_threads(run: Callable[[Job], object], jobs: Sequence[Job], workers: int) -> None:
    """Run jobs, so many at once."""
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(run, jobs))


def in_processes(run: Callable[[Job], object], jobs: Sequence[Job], workers: int) -> None:
    """The same in processes that are started anew."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as processes:
        list(processes.map(run, jobs))


def on_cluster(jobs: Sequence[Job], workers: int, shared: Shared) -> None:
    """Run jobs as tasks of a scheduler, which sees its workers as it would other machines."""
    with connect(HERE, workers) as client:
        made = client.gather([client.submit(profile_there, job, shared) for job in jobs])
    assert all(one.status == "made" for one in made)


def main() -> None:
    """Measure a state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state")
    parser.add_argument("--year", type=int)
    parser.add_argument("--regions", type=int, default=6, help="How many, from the first.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    opened = open_state(given.state)
    tables = analyse(opened.store, opened.state, given.year)
    keys = [r.key for r in opened.state.regions if r.key not in tables.meta["failed"]]
    with TemporaryDirectory() as place:
        folder = Path(place)
        tables.save(folder / "tables")
        shared = Shared.of(
            [opened.state.slug], str(opened.store.root), opened.root, str(folder / "cluster")
        )
        tables.save(folder / "cluster" / opened.state.slug / TABLES_FOLDER)
        first = Job(
            opened.state.slug, "", int(tables.meta["year"]), folder / "tables", folder,
            opened.store.root, locations.regions_dir(None), chosen_formats(()),
        )  # fmt: skip

        def measured(name: str, run: Callable[[list[Job], int], object]) -> float:
            jobs = [
                replace(first, region=key, folder=folder / name.replace(" ", "-") / key)
                for key in keys[: given.regions]
            ]
            run(jobs[:1], 1)  # what is started once is started
            began = time.perf_counter()
            run(jobs, given.jobs)
            return (time.perf_counter() - began) / len(jobs)

        ways: dict[str, Callable[[list[Job], int], object]] = {
            "cells alone": lambda jobs, n: in_threads(alone_in_a_process, jobs, n),
            "batch": lambda jobs, n: in_threads(forked, jobs, n),
            "papermill, pool": lambda jobs, n: in_processes(cold, jobs, n),
            # in a thread: whatever this one's event loop is would be that of the cluster's tasks
            "papermill, loop": lambda jobs, n: in_threads(cold, jobs, 1),
            "batch, all formats": lambda jobs, n: in_threads(make_profile, jobs, n),
            "cluster, all formats": lambda jobs, n: on_cluster(jobs, n, shared),
        }
        took = {name: measured(name, run) for name, run in ways.items()}
    floor = took["cells alone"]
    print(f"{given.state}, {min(given.regions, len(keys))} regions, {given.jobs} at a time")
    for name, seconds in took.items():
        print(f"{name:20} {seconds:6.2f} s a profile  {seconds / floor:5.2f} x")
    share = took["batch, all formats"] / took["cluster, all formats"]
    print(f"wanted of the batch: at most {MOST} x; the cluster works at {share:.0%} of the batch")


if __name__ == "__main__":
    main()
