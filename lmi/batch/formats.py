"""What a profile is written as beside its notebook: a page, PDFs, a workbook."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lmi.batch.plan import Job
from lmi.config import StateConfig, load_state
from lmi.output_files import BRIEF_PDF, PAGE, PROFILE_PDF, WORKBOOK

if TYPE_CHECKING:
    from nbconvert.exporters.html import HTMLExporter
    from nbformat import NotebookNode

__all__ = ["exporter", "write_formats"]

BRIEF_PAGES = 2
Write = Callable[[Job, "NotebookNode", Path], None]


def write_formats(job: Job, notebook: NotebookNode, folder: Path) -> dict[str, float]:
    """Write the files that a job asks for, and return the seconds that each format took."""
    seconds = {}
    for name in job.formats:
        start = time.perf_counter()
        WRITERS[name](job, notebook, folder)
        seconds[name] = round(time.perf_counter() - start, 3)
    return seconds


@cache
def exporter() -> HTMLExporter:
    """Make the exporter once a process: that takes longer than a page."""
    from lmi.report.profile_page import profile_exporter

    return profile_exporter()


def _state(job: Job) -> StateConfig:
    return load_state(job.state, job.regions)


def _page(job: Job, notebook: NotebookNode, folder: Path) -> None:
    from lmi.report.profile_page import export_html, profile_kind

    export_html(notebook, folder / PAGE, exporter(), profile_kind().of(_state(job)))


def _pdfs(job: Job, notebook: NotebookNode, folder: Path) -> None:
    from lmi.report.pdf import as_pdf
    from lmi.report.profile_page import BRIEF, page_html, profile_kind

    brief = page_html(notebook, exporter(), BRIEF, profile_kind().of(_state(job)))
    (folder / BRIEF_PDF).write_bytes(as_pdf(brief, job.paper, BRIEF_PAGES))
    whole = (folder / PAGE).read_text(encoding="utf-8")  # made before it
    (folder / PROFILE_PDF).write_bytes(as_pdf(whole, job.paper))


def _workbook(job: Job, notebook: NotebookNode, folder: Path) -> None:
    from lmi.assessment.opening import open_region
    from lmi.assessment.state_tables import StateTables
    from lmi.report.profile import profile_without_map
    from lmi.report.workbook import workbook_bytes

    opened = open_region(f"{job.state}/{job.region}", store=job.store, regions=job.regions)
    found = profile_without_map(opened, StateTables.load(job.tables))
    (folder / WORKBOOK).write_bytes(workbook_bytes(found))


WRITERS: dict[str, Write] = {"html": _page, "pdf": _pdfs, "xlsx": _workbook}
