"""The first page of a region's workbook: its totals, its sectors, and charts of them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from lmi.assessment.apart import group_of
from lmi.report.profile import Profile
from lmi.report.workbook.chart_data import JOBS, told
from lmi.report.workbook.page_charts import ROW, insert_charts
from lmi.report.workbook.paper import MARGINS
from lmi.report.workbook.sheet import HEAD_ROWS, Styles, TableSheet, put
from lmi.schema.measures import MEASURES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["FIRST_PAGE", "write_first_page"]

FIRST_PAGE = "Page 1"
LISTED = (
    ("candidate_name", "Sector", ""), ("rank", "Rank", "rank"), (JOBS, "Jobs", "jobs"),
    (f"{JOBS}_lo", "from", "jobs"), (f"{JOBS}_hi", "to", "jobs"),
    ("annual_avg_estabs", "Places of business", "places"),
    ("avg_annual_pay", "Pay a year", "USD"), ("emplvl_pct_chg_1yr", "% in 1 year", "percent"),
    ("emplvl_pct_chg", "% since {}", "percent"), ("lq", "LQ", "ratio"),
    ("set_aside", "Set aside as", ""),
)  # fmt: skip
TOTALS = (
    ("Jobs", JOBS, "jobs"), ("Places of business", "annual_avg_estabs", "establishments"),
    ("Average pay a year, USD", "avg_annual_pay", "USD"),
)  # fmt: skip
SIGNS, TITLE = 185, 110  # of a line of small print, and of the title
HOW = (
    "Solid bars: published by the agency. Hatched: estimated, with the range that holds the true "
    "number nine times in ten. A dotted bar is a range alone: a number would be too uncertain, or "
    "would tell of fewer than three employers."
)


def write_first_page(
    book: Workbook, page: Worksheet, profile: Profile, data: TableSheet, styles: Styles
) -> None:
    """Write totals, sectors and charts on a page that was added before.

    Parameters
    ----------
    data : TableSheet
        As `lmi.report.workbook.chart_data.chart_data` gives it.
    """
    lines = wrap(f"{profile.name}, {profile.state_name}, {profile.year}", TITLE)
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, styles.title)
    row = _write_totals(page, len(lines) + 1, profile, styles)
    row = _write_sectors(page, row + 1, profile, styles)
    for line in (*wrap(HOW, SIGNS), *wrap(profile.whole_source, SIGNS)):
        page.write_string(row, 0, line, styles.note)
        row += 1
    row = insert_charts(book, page, row + 1, profile, data)
    page.print_area(0, 0, row, len(LISTED) - 1)
    page.set_column(0, 0, 34)
    page.set_column(1, 2, 11)
    page.set_column(3, len(LISTED) - 2, 9)
    page.set_column(len(LISTED) - 1, len(LISTED) - 1, 30)
    page.hide_gridlines(2)
    page.set_portrait()
    page.set_margins(**MARGINS)
    page.fit_to_pages(1, 0)


def _write_totals(page: Worksheet, row: int, profile: Profile, styles: Styles) -> int:
    """Write the region's totals beside its state's; return the row after them."""
    total = profile.total
    state = profile.trend[(profile.trend["place"] == "state") & (profile.trend["key"] == "total")]
    now, base = (
        state[state["year"] == year].to_dict("records")
        for year in (profile.year, profile.base_year)
    )
    for at, name in enumerate(("All sectors together", "Region", profile.state_name)):
        page.write_string(row, at, name, styles.number_head if at else styles.head)
    lines = [(name, total.get(key), now[0].get(key) if now else None, unit)
             for name, key, unit in TOTALS]  # fmt: skip
    if profile.has_growth and profile.base_year is not None:
        change = 100 * (now[0][JOBS] / base[0][JOBS] - 1) if now and base else None
        name = f"Change in jobs since {profile.base_year}, %"
        lines.append((name, total.get("emplvl_pct_chg"), change, "percent"))
    for at, (name, here, there, unit) in enumerate(lines, start=row + 1):
        page.write_string(at, 0, name)
        put(page, at, 1, here, styles, unit)
        put(page, at, 2, there, styles, unit)
    return row + 1 + len(lines)


def _write_sectors(page: Worksheet, row: int, profile: Profile, styles: Styles) -> int:
    """Write the ranked sectors, then those set aside; return the row after them."""
    frame = profile.best_first
    frame = frame[frame[JOBS] != 0].reset_index(drop=True)
    for at, (_, name, unit) in enumerate(LISTED):
        head = styles.number_head if unit else styles.wrapped_head
        page.write_string(row, at, name.format(profile.base_year or "before"), head)
        page.write_string(row + 1, at, unit, styles.number_unit)
    for at, (column, _, unit) in enumerate(LISTED):
        if column not in frame:
            continue
        values = told(frame, column) if column in MEASURES else frame[column]
        if column == "set_aside":
            values = values.map(lambda key: group_of(profile.asked.set_aside, key)[0])
        for line, value in enumerate(values.tolist(), start=row + HEAD_ROWS):
            put(page, line, at, value, styles, unit)
    page.set_row(row, 2 * ROW)
    return row + HEAD_ROWS + len(frame)
