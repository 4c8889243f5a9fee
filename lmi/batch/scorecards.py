"""A partnership's reports: its notebook run once, written as two pages, two PDFs and a workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

from lmi import atomic, manifest
from lmi.assessment.fingerprint import parts_read
from lmi.batch.execute import (
    places_of,
    portable,
    put_in_place,
    repeatable,
    run_notebook,
    why_failed,
)
from lmi.batch.order import Order
from lmi.batch.plan import Places, code_digest
from lmi.errors import LmiError
from lmi.notebook_format import load_nbformat
from lmi.scorecard.catalogue import OWN_CATALOGUE
from lmi.scorecard.definition import Partnership
from lmi.scorecard.files import FOLDER, load_partnerships
from lmi.store import Store

__all__ = ["REPORTS", "make_dashboard", "make_reports"]

NOTEBOOK = "06_partnership_scorecard.ipynb"
REPORTS = ("progress", "results")
REPORT_PAGES = 2  # that a report should have at most on paper
"""Of process and of impact: tags of the notebook's cells, and names of the files."""


def make_reports(partnership: Partnership, order: Order, places: Places) -> Path:
    """Write a partnership's progress and results reports; return their folder.

    Parameters
    ----------
    order : Order
        Its year is that of the reports, the newest with a row unless told; the pages are made
        whatever its formats.

    Raises
    ------
    LmiError
        The notebook failed; what an earlier run made stays.
    """
    nbformat = load_nbformat()
    from lmi.assessment.since_year import keep_sector
    from lmi.scorecard.book import scorecard_bytes
    from lmi.scorecard.card import make_card, measure_sector

    folder = places.outputs / partnership.state.slug / FOLDER / partnership.key
    partial = folder.with_name(f".partial-{folder.name}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    parameters = {"partnership": partnership.id, "year": order.year or 0, "out": str(partial)}
    try:
        sector = measure_sector(partnership, places.store)
        kept = keep_sector(sector, partial)
        notebook = repeatable(
            run_notebook(NOTEBOOK, parameters, partial, places_of(places.store, places.regions))
        )
        portable(notebook, {partial: "."})
        nbformat.write(notebook, partial / "scorecard.ipynb")
        _write(notebook, partial, order)
        kept.unlink()
        if "xlsx" in order.formats:
            card = make_card(partnership, order.year, sector)
            (partial / "scorecard.xlsx").write_bytes(scorecard_bytes(card))
        _manifest(partnership, Store(places.store), partial, parameters)
        put_in_place(partial, folder)
    except (LmiError, OSError):
        raise
    except Exception as error:  # whatever went wrong in its notebook
        told = why_failed(error, "close other programs and run again")
        raise LmiError(f"{partnership.id}: {told}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _write(notebook: object, folder: Path, order: Order) -> None:
    from lmi.report.pdf import as_pdf
    from lmi.report.profile_page import PageKind, page_html, profile_exporter
    from lmi.scorecard.sections import FOOT

    exporter = profile_exporter()
    for report in REPORTS:
        kind = PageKind(f"{report} report", "Skip to the report", FOOT)
        page = page_html(notebook, exporter, report, kind)
        (folder / f"{report}.html").write_bytes(page.encode("utf-8"))
        if "pdf" in order.formats:
            (folder / f"{report}.pdf").write_bytes(as_pdf(page, order.paper, REPORT_PAGES))


def _manifest(
    partnership: Partnership, store: Store, folder: Path, parameters: dict[str, object]
) -> None:
    files = (partnership.file, partnership.metrics_file, partnership.state.folder / OWN_CATALOGUE)
    manifest.write_manifest(
        folder,
        {
            "parameters": {**parameters, "out": "."},
            "inputs": parts_read(store, partnership.state.regions),
            "definitions": {
                path.name: manifest.digest([path.read_bytes()]) for path in files if path.is_file()
            },
            "code": code_digest(),
            "versions": manifest.versions(),
            "outputs": manifest.file_hashes(folder),
        },
    )


def make_dashboard(slug: str, order: Order, places: Places) -> Path:
    """Write the page of a state's partnerships, which links their reports; return its folder.

    Parameters
    ----------
    order : Order
        As for `make_reports`; a dashboard has no workbook, in which it could be sorted.

    Raises
    ------
    ConfigError
        A partnership's files cannot be.
    LmiError
        The state has none.
    """
    from lmi.assessment.opening import open_state
    from lmi.report.pdf import as_pdf
    from lmi.scorecard.dashboard import build_dashboard
    from lmi.scorecard.dashboard_page import common_table, dashboard_page

    opened = open_state(slug, store=places.store, regions=places.regions)
    partnerships = load_partnerships(opened.state, places.regions)
    if not partnerships:
        raise LmiError(
            f"{opened.state.name} has no partnerships; write one into "
            f"{opened.state.folder / FOLDER}, as docs/scorecard.md shows."
        )
    found = build_dashboard(opened.state, partnerships, order.year)
    states = {code for region in opened.state.regions for code in region.state_fips}
    counties = opened.store.boundaries("county", states, found.year)
    folder = places.outputs / opened.state.slug / FOLDER
    linked = {
        one.key: {
            f"{report.capitalize()} report": f"{one.key}/{report}.html"
            for report in REPORTS
            if (folder / one.key / f"{report}.html").is_file()
        }
        for one in partnerships
    }
    page = dashboard_page(found, counties, linked)
    atomic.write_text(folder / "index.html", page)
    atomic.write_bytes(folder / "common.csv", common_table(found).csv)
    if "pdf" in order.formats:
        atomic.write_bytes(folder / "dashboard.pdf", as_pdf(page, order.paper))
    return folder
