"""A state's front page: its summary notebook, run when the regions' profiles are there."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from lmi import atomic, manifest
from lmi.assessment.opening import open_state
from lmi.assessment.state_tables import StateTables
from lmi.batch.execute import (
    ProfileResult,
    places_of,
    portable,
    relative,
    repeatable,
    run_notebook,
)
from lmi.batch.formats import exporter
from lmi.batch.plan import STATE_NOTEBOOK, Job
from lmi.config import load_state
from lmi.notebook_format import load_nbformat
from lmi.output_files import STATE_PAGE, STATE_PDF, WORKBOOK

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["write_summary"]

SUMMARY_NOTEBOOK = "summary.ipynb"
_BESIDE = {"pdf": STATE_PDF, "xlsx": WORKBOOK}  # may be written after the page links to them
ENDINGS = (".html", ".pdf", ".xlsx")


def write_summary(job: Job, key: str, results: Sequence[ProfileResult], force: bool) -> None:
    """Write a state's front page with its notebook and tables, its PDF, and the state's workbook.

    Parameters
    ----------
    job : Job
        Of no region: the state's folder, its tables, its year.
    key : str
        What the profiles are made of; the page is made again where that, or what there is of the
        regions, has changed.
    results : sequence of ProfileResult
        Of this run; a region that was not part of it is listed if it was made before.
    """
    failed = {made.region: made.error for made in results if made.status == "failed"}
    there = sorted(
        relative(path, job.folder) for path in job.folder.glob("*/*") if path.suffix in ENDINGS
    )
    made_of = manifest.digest([key, *map(str, sorted(failed.items())), *there])
    page = job.folder / STATE_PAGE
    if not force and page.is_file() and manifest.read_manifest(job.folder).get("key") == made_of:
        return
    given = {
        "state": job.state, "year": job.year, "tables": str(job.tables), "out": str(job.folder),
        "failed": failed, "follow": [f for kind, f in _BESIDE.items() if kind in job.formats],
    }  # fmt: skip
    from lmi.batch.kernels import apart

    with ThreadPoolExecutor(1) as beside:  # the workbook takes as long as all else
        book = beside.submit(apart, _write_workbook, job) if "xlsx" in job.formats else None
        places = places_of(job.store, job.regions)
        notebook = repeatable(run_notebook(STATE_NOTEBOOK, given, job.folder, places))
        portable(notebook, {job.tables: relative(job.tables, job.folder), job.folder: "."})
        load_nbformat().write(notebook, job.folder / SUMMARY_NOTEBOOK)
        html = apart(_write_pdf, job, notebook)
        if book:
            book.result()
    atomic.write_text(page, html)
    manifest.write_manifest(job.folder, {"key": made_of})


def _write_workbook(job: Job) -> None:
    from lmi.report.workbook import state_workbook_bytes

    opened = open_state(job.state, store=job.store, regions=job.regions)
    book = state_workbook_bytes(StateTables.load(job.tables), opened.state, opened.candidates)
    atomic.write_bytes(job.folder / WORKBOOK, book)


def _write_pdf(job: Job, notebook: NotebookNode) -> str:
    """Write the page as PDF, if asked for, and return it."""
    from lmi.report.pdf import as_pdf
    from lmi.report.profile_page import page_html, summary_kind

    kind = summary_kind().of(load_state(job.state, job.regions))
    html = page_html(notebook, exporter(), kind=kind)
    if "pdf" in job.formats:
        atomic.write_bytes(job.folder / STATE_PDF, as_pdf(html, job.paper))
    else:  # one of another run would tell other numbers
        (job.folder / STATE_PDF).unlink(missing_ok=True)
    return html
