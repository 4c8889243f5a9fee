"""A region's workbook: what it is of, then a table a sheet, the score with its formulas, words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lmi import words
from lmi.assessment.basis import FOR_STAFF
from lmi.report.profile import Profile
from lmi.report.workbook.score_sheet import SCORE, write_score
from lmi.report.workbook.sheet import Styles, TableSheet, written
from lmi.report.workbook.sheets import dictionary, sheets_of

__all__ = ["workbook_bytes"]

README = "Read me"
LINE, WIDTH = 15, 95  # points, signs
BEFORE_SCORE = "Criteria"
EPOCH = datetime(2000, 1, 1)  # no time of making, so that the same inputs give the same bytes
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
    >>> workbook_bytes(load_profile("sample/harbor"))[:2]  # doctest: +SKIP
    b'PK'
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(buffer, options)
    book.set_properties(
        {"title": f"{profile.name}, {profile.state_name}, {profile.year}", "created": EPOCH}
    )
    styles, sheets = Styles(book), list(sheets_of(profile))
    sheets.append(dictionary(sheets))
    _write_readme(book.add_worksheet(README), profile, sheets, styles)
    for sheet in sheets:
        if sheet.name == BEFORE_SCORE:
            write_score(book, profile, styles)
        written(book, sheet, styles)
    for page in book.worksheets():
        page.set_footer(f"&L{_footer(profile)}&R&A, page &P of &N")
    book.close()
    return buffer.getvalue()


def _footer(profile: Profile) -> str:
    staff = f"{FOR_STAFF} " if profile.staff else ""
    return f"{staff}{profile.name}, {profile.state_name}, {profile.year}".replace("&", "&&")[:120]


def _facts(profile: Profile, sheets: list[TableSheet]) -> Iterator[tuple[str, str]]:
    region = profile.region
    yield "Region", f"{profile.name} ({region.key}), {profile.state_name}"
    yield "Counties", ", ".join(region.counties)
    yield "Year", str(profile.year)
    base = str(profile.base_year) if profile.base_year else "none in the store"
    yield "Growth since", base
    if profile.staff:
        yield "For staff", FOR_STAFF
    if profile.illustrative:
        yield "Illustrative", "A made-up state, to show what a workbook looks like."
    if words.is_known(profile.threshold):
        source = str(profile.total.get("threshold_source") or "")
        yield "Family-sustaining wage", f"{words.money(profile.threshold)} a year; {source}"
    yield "Source", profile.whole_source
    vintages = {str(f.get("vintage") or "") for f in profile.meta.get("sources", ())} - {""}
    if vintages:
        yield "Releases", words.listing(sorted(vintages))
    yield (
        "Ranges",
        (
            "Columns that end in _lo and _hi hold the true number nine times in ten. A number "
            "that is too uncertain is blank, its range stands, and the column flag says so."
        ),
    )
    yield (
        "Withheld",
        (
            "Numbers that the agency withholds are estimated, never zero; _estimated_share says "
            "how much. Of fewer than three employers a range alone is told."
        ),
    )
    yield "Method", METHOD
    yield "Cite as", f"{profile.whole_source} Estimates of withheld numbers and scores: lmi."
    yield "Contact", ""
    for sheet in sheets:
        if sheet.name == BEFORE_SCORE:
            yield f"Sheet {SCORE}", "The score: type other weights into the yellow cells"
        yield f"Sheet {sheet.name}", sheet.about


def _write_readme(
    page: Worksheet, profile: Profile, sheets: list[TableSheet], styles: Styles
) -> None:
    page.write_string(0, 0, f"{profile.name}: labor market workbook, {profile.year}", styles.title)
    for row, (name, text) in enumerate(_facts(profile, sheets), start=2):
        page.write_string(row, 0, name, styles.name)
        page.write_string(row, 1, text, styles.input if name == "Contact" else styles.wrapped)
        page.set_row(row, LINE * (1 + len(text) // WIDTH))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, WIDTH)
    page.hide_gridlines(2)
    page.set_portrait()
    page.fit_to_pages(1, 0)
