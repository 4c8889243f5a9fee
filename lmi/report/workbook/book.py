"""A region's workbook: what it is of, then a table a sheet, the score with its formulas, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from io import BytesIO
from pathlib import Path
from textwrap import shorten, wrap
from typing import Any

from xlsxwriter.worksheet import Worksheet

from lmi import codes, words
from lmi.assessment.basis import FOR_STAFF, citation, vintages_note
from lmi.assessment.state_tables import StateTables
from lmi.config import Candidate, StateConfig
from lmi.report.profile import Profile
from lmi.report.workbook.chart_data import CHART_DATA
from lmi.report.workbook.first_page import FIRST_PAGE, write_first_page
from lmi.report.workbook.paper import MARGINS
from lmi.report.workbook.score_sheet import SCORE, write_score
from lmi.report.workbook.sheet import LINE, TALLEST, Styles, TableSheet, in_cell, new_book, written
from lmi.report.workbook.sheets import dictionary, sheets_of
from lmi.report.workbook.state_sheets import state_sheets

__all__ = ["book_bytes", "state_workbook_bytes", "workbook_bytes"]

README, HEADING = "Read me", "Labor market workbook"
LOGO_HIGH, LOGO_WIDE, SIGN_WIDE = 56, 240, 7  # pixels
WIDTH, SIGNS = 95, 105  # of a column, and signs that it holds
BEFORE_SCORE = "Criteria"
RANGES = (
    "Columns that end in _lo and _hi hold the true number nine times in ten. A number that is too "
    "uncertain is blank, its range stands, and the column flag says so."
)
WITHHELD = (
    "Numbers that the agency withholds are estimated, never zero; _estimated_share says how much. "
    "Of fewer than three employers a range alone is told."
)
CONTACT = "Contact"
FOOT, TITLE = 80, 95  # signs that a foot and a line of the title hold
Facts = list[tuple[str, str]]
METHOD = (
    "Criteria and readiness follow Next Generation Sector Partnerships, Step 2: choosing target "
    "sectors."
)


def workbook_bytes(profile: Profile) -> bytes:
    """Make a region's workbook.

    Returns
    -------
    bytes
        An XLSX file; the same for the same profile. Row 1 of a sheet has the columns' names, row
        2 their units. Codes and all texts are texts and never formulas; the one sheet with
        formulas is the score.

    Examples
    --------
    >>> from lmi.report import load_profile
    >>> from lmi.report.workbook import workbook_bytes
    >>> workbook_bytes(load_profile("sample/crossway"))[:2]  # doctest: +SKIP
    b'PK'
    """
    title = f"{profile.name}, {profile.state_name}, {profile.year}"
    facts = [*_branded(profile.state), *_facts(profile)]
    return book_bytes(
        title, profile.staff, facts, list(sheets_of(profile)), profile, of=profile.state
    )


def state_workbook_bytes(
    tables: StateTables, state: StateConfig, definitions: Sequence[Candidate]
) -> bytes:
    """Make a state's workbook: its regions side by side, laid out as `workbook_bytes` does."""
    title, staff = f"{state.name}, {tables.meta['year']}", bool(tables.meta.get("staff"))
    sheets = list(state_sheets(tables, state, definitions))
    facts = [*_branded(state), *_state_facts(tables, state)]
    return book_bytes(title, staff, facts, sheets, of=state)


def book_bytes(
    title: str, staff: bool, facts: Facts, sheets: list[TableSheet],
    scored: Profile | None = None, heading: str = HEADING, of: StateConfig | None = None,
) -> bytes:  # fmt: skip
    """Write a workbook: what it is of, its sheets, a dictionary of their columns.

    Parameters
    ----------
    title : str
        Of whom it is.
    facts : list of pairs of str
        For the first sheet.
    scored : Profile, optional
        Whose first page, and whose sheet of scores before that of criteria, are added.
    heading : str, optional
        What it is.
    of : StateConfig, optional
        Whose branding it has.
    """
    buffer = BytesIO()
    book = new_book(buffer, title)
    brand = of.branding if of else None
    styles = Styles(book, brand.colors.accent if brand else "")
    sheets = [*sheets, dictionary(sheets)]
    readme = book.add_worksheet(README)
    _write_readme(
        readme, f"{heading}: {title}", [*facts, *_contents(sheets, scored is not None)], styles
    )
    if of and brand and brand.logo.lower().endswith(".png"):
        _insert_logo(readme, of.folder / brand.logo, brand.name)
    if scored is not None:
        data = next(sheet for sheet in sheets if sheet.name == CHART_DATA)
        write_first_page(book, book.add_worksheet(FIRST_PAGE), scored, data, styles)
    for sheet in sheets:
        if scored is not None and sheet.name == BEFORE_SCORE:
            write_score(book, scored, styles)
        written(book, sheet, styles)
    foot = f"{FOR_STAFF} {title}" if staff else title
    for page in book.worksheets():
        page.set_footer(
            f"&L{shorten(foot, FOOT, placeholder='…').replace('&', '&&')}&R&A, page &P of &N"
        )
    book.close()
    return buffer.getvalue()


def _branded(state: StateConfig) -> Iterator[tuple[str, str]]:
    brand = state.branding
    if brand:
        yield "Published by", brand.name
    if brand and brand.footer:
        yield "Notice", brand.footer
    yield CONTACT, brand.contact if brand else ""


def _insert_logo(page: Worksheet, file: Path, name: str) -> None:
    """Put a logo beside the title, as high as a few lines."""
    from PIL import Image

    with Image.open(file) as picture:
        scale = min(1.0, LOGO_HIGH / picture.height, LOGO_WIDE / picture.width)
        left = WIDTH * SIGN_WIDE - scale * picture.width
    page.set_row_pixels(0, LOGO_HIGH + 8)
    placed = {"x_scale": scale, "y_scale": scale, "x_offset": left, "y_offset": 4}
    page.insert_image(0, 1, str(file), {**placed, "description": name})


def _facts(profile: Profile) -> Iterator[tuple[str, str]]:
    region = profile.region
    yield "Region", f"{profile.name} ({region.key}), {profile.state_name}"
    named = (f"{area} {profile.county_names.get(area) or codes.county_name(area)}"
             for area in region.counties)  # fmt: skip
    yield "Counties", ", ".join(named)
    compared = [codes.state_name(state) for state in region.state_fips]
    yield "Compared with", words.listing([*compared, "the nation"])
    if words.is_known(profile.threshold):
        source = str(profile.total.get("threshold_source") or "")
        what = "Family-sustaining wage" if profile.standard else "Poverty-based threshold"
        yield what, f"{words.money(profile.threshold)} a year; {source}"
    yield from _of_all(profile.year, profile.base_year, profile.staff, profile.illustrative,
                       profile.whole_source, profile.meta)  # fmt: skip


def _state_facts(tables: StateTables, state: StateConfig) -> Iterator[tuple[str, str]]:
    meta = tables.meta
    year, base, illustrative = int(meta["year"]), meta.get("base_year"), bool(meta["illustrative"])
    staff = bool(meta.get("staff"))
    yield "State", state.name
    yield "Regions", f"{len(tables.regions)}; {state.source.name}"
    for key, reason in meta.get("failed", {}).items():
        yield f"Without {key}", str(reason)
    source = citation(f"{year} annual average", illustrative, staff)
    yield from _of_all(year, base, staff, illustrative, source, meta)


def _of_all(
    year: int, base_year: Any, staff: bool, illustrative: bool, source: str,
    meta: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:  # fmt: skip
    yield "Year", str(year)
    has_base = words.is_known(base_year)
    yield "Growth since", str(int(base_year)) if has_base else "none in the store"
    yield "Industry codes", vintages_note([year, *([int(base_year)] if has_base else [])])
    if staff:
        yield "For staff", FOR_STAFF
    if illustrative:
        yield "Illustrative", "A made-up state, to show what a workbook looks like."
    yield "Source", source
    vintages = {str(f.get("vintage") or "") for f in meta.get("sources", ())} - {""}
    if vintages:
        yield "Releases", words.listing(sorted(vintages))
    yield "Ranges", RANGES
    yield "Withheld", WITHHELD
    yield "Method", METHOD
    yield "Cite as", f"{source} Estimates of withheld numbers and scores: lmi."
    yield "Made with", f"lmi {metadata.version('lmi')}"


def _contents(sheets: list[TableSheet], scored: bool) -> Iterator[tuple[str, str]]:
    if scored:
        yield f"Sheet {FIRST_PAGE}", "Totals, the sectors in a table, and charts to copy"
    for sheet in sheets:
        if scored and sheet.name == BEFORE_SCORE:
            yield f"Sheet {SCORE}", "The score: type other weights into the yellow cells"
        yield f"Sheet {sheet.name}", sheet.about


def _write_readme(page: Worksheet, title: str, facts: Facts, styles: Styles) -> None:
    lines = wrap(title, TITLE)
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, styles.title)
    for row, (name, text) in enumerate(facts, start=len(lines) + 1):
        page.write_string(row, 0, name, styles.name)
        style = styles.input if name == CONTACT else styles.wrapped
        page.write_string(row, 1, in_cell(text), style)
        page.set_row(row, min(LINE * (1 + len(text) // SIGNS), TALLEST))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, WIDTH)
    page.hide_gridlines(2)
    page.set_portrait()
    page.set_margins(**MARGINS)
    page.fit_to_pages(1, 0)
