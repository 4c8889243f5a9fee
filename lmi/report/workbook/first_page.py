"""The first page of a region's workbook: its totals, its sectors, and charts of them.

The charts are Excel's own, so that they can be copied, and are read in black and white too: what
is published is solid, what is estimated hatched with its range, and where a range alone is told
that is all that is drawn.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from lmi import words
from lmi.assessment.apart import group_of
from lmi.report.profile import Profile
from lmi.report.workbook.chart_data import (
    CHART_DATA,
    CHARTED,
    JOBS,
    JOBS_CHART,
    SEASON_CHART,
    told,
)  # fmt: skip
from lmi.report.workbook.paper import MARGINS
from lmi.report.workbook.sheet import HEAD_ROWS, Styles, TableSheet, put
from lmi.schema.measures import MEASURES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

__all__ = ["FIRST_PAGE", "write_first_page"]

FIRST_PAGE = "Page 1"
DARK, PALE, LINE = "#1F3864", "#FFFFFF", "#404040"
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
WIDE, HIGH, ROW = 520, 20, 20  # pixels: a chart's width, a bar's height, a row's height
PAGES = (1340, 1480)  # pixels: how high a page as wide as the columns is, Letter and A4
FURTHEST = 40  # rows that a chart is moved down at the most, so as not to be cut
LEAST_HIGH = 300
SIGNS, TITLE = 185, 110  # of a line of small print, and of the title
STEP = 5  # of the scale of months, which need not begin at zero
AXIS = {"emplvl_pct_chg": "0", "avg_annual_pay": '$0,"k"', "lq": "0.0"}
GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
HOW = (
    "Solid bars: published by the agency. Hatched: estimated, with the range that holds the true "
    "number nine times in ten. A dotted bar is a range alone: a number would be too uncertain, or "
    "would tell of fewer than three employers."
)
LEFT_OUT = "Without a number, for it is too uncertain or tells of too few employers: {}."


class _Block(NamedTuple):
    """Rows of the sheet of numbers that one chart is drawn of."""

    first: int
    last: int
    columns: list[str]

    def cells(self, column: str) -> list[Any]:
        at = self.columns.index(column)
        return [CHART_DATA, self.first, at, self.last, at]

    def formula(self, column: str) -> str:
        at = chr(ord("A") + self.columns.index(column))
        return f"='{CHART_DATA}'!${at}${self.first + 1}:${at}${self.last + 1}"


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
    row = _insert_charts(book, page, row + 1, profile, data)
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


def _insert_charts(
    book: Workbook, page: Worksheet, row: int, profile: Profile, data: TableSheet
) -> int:
    """Set the charts two side by side, each high enough for its bars; return the row after them."""
    frame = data.frame.reset_index(drop=True)
    blocks = {
        str(name): _Block(int(at.min()) + HEAD_ROWS, int(at.max()) + HEAD_ROWS, list(frame.columns))
        for name, at in frame.groupby("chart", sort=False).groups.items()
    }
    names = list(dict.fromkeys(frame.loc[frame["chart"] == JOBS_CHART, "label"]))
    made: list[tuple[Chart, int, str]] = []
    for name, block in blocks.items():
        n_bars = block.last - block.first + 1
        rows = frame[frame["chart"] == name]
        if name == SEASON_CHART:
            lowest = float(np.nanmin(rows[["value", "compared"]].to_numpy(dtype=float)))
            least = STEP * (lowest // STEP)
            made.append((_months(book, block, profile, least), LEAST_HIGH, _season_told(rows)))
            continue
        absent = [label for label in names if label not in set(rows["label"])]
        chart = _jobs(book, block) if name == JOBS_CHART else _measure(book, name, block)
        chart.set_title({"name": _title(name, profile), "name_font": {"size": 11}})
        made.append((chart, max(LEAST_HIGH, HIGH * n_bars + 90), _told(name, rows, absent)))
    ends = []
    for start in range(0, len(made), 2):
        pair = made[start : start + 2]
        high = max(height for _, height, _ in pair)
        if (below := _below_page_end(row, high)) > row:
            ends.append(row)
            row = below
        for side, (chart, _, said) in enumerate(pair):
            chart.set_size({"width": WIDE, "height": high})
            page.insert_chart(
                row, 0, chart,
                {"x_offset": side * (WIDE + 10), "description": said, "object_position": 3},
            )  # fmt: skip
        row += high // ROW + 1
    page.set_h_pagebreaks(ends)  # which Excel does not heed where pages fit, and others do
    return row


def _below_page_end(row: int, high: float) -> int:
    """Return the next row at which no page ends within a chart, or the row if none is near."""
    near = range(row, row + FURTHEST)
    return next((at for at in near if not _is_cut(at * ROW, high)), row)


def _is_cut(top: float, high: float) -> bool:
    return any(0.98 * top // page != 1.02 * (top + high) // page for page in PAGES)


def _title(name: str, profile: Profile) -> str:
    if name == JOBS_CHART:
        return f"Jobs, {profile.year}"
    measure = CHARTED[name]
    return {
        "emplvl_pct_chg": f"Change in jobs since {profile.base_year}, percent",
        "avg_annual_pay": "Average pay a year and job, USD",
        "lq": "Location quotient against the nation",
    }[measure]


def _bars(book: Workbook, subtype: str = "", numbers: str = "#,##0") -> Chart:
    chart = book.add_chart({"type": "bar", "subtype": subtype} if subtype else {"type": "bar"})
    small = {"size": 9}
    chart.set_y_axis({"reverse": True, "num_font": small, "label_position": "low",
                      "major_tick_mark": "none"})  # fmt: skip
    chart.set_x_axis({"num_font": small, "label_position": "high", "num_format": numbers,
                      "major_gridlines": GRID})  # fmt: skip
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _hatched(pattern: str) -> dict[str, Any]:
    return {"pattern": pattern, "fg_color": DARK, "bg_color": PALE}


def _range(block: _Block) -> dict[str, Any]:
    return {
        "type": "custom", "plus_values": block.formula("plus"),
        "minus_values": block.formula("minus"), "line": {"color": LINE, "width": 1},
    }  # fmt: skip


def _jobs(book: Workbook, block: _Block) -> Chart:
    chart = _bars(book, "stacked")
    outline = {"color": DARK, "width": 0.75}
    for column, name, look in (
        ("published", "published", {"fill": {"color": DARK}, "border": outline}),
        ("estimated", "estimated",
         {"pattern": _hatched("wide_upward_diagonal"), "border": outline,
          "y_error_bars": _range(block)}),
        ("start", " ", {"fill": {"none": True}, "border": {"none": True}}),
        ("range", "a range alone",
         {"pattern": _hatched("percent_20"), "border": outline | {"dash_type": "dash"}}),
    ):  # fmt: skip
        chart.add_series({"name": name, "gap": 40,
                          "categories": block.cells("label"), "values": block.cells(column),
                          **look})  # fmt: skip
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    return chart


def _measure(book: Workbook, name: str, block: _Block) -> Chart:
    chart = _bars(book, numbers=AXIS[CHARTED[name]])
    chart.add_series(
        {
            "name": name, "categories": block.cells("label"), "values": block.cells("value"),
            "fill": {"color": DARK}, "border": {"color": DARK}, "gap": 40,
            "y_error_bars": _range(block),
        }
    )  # fmt: skip
    chart.set_legend({"none": True})
    return chart


def _months(book: Workbook, block: _Block, profile: Profile, least: float) -> Chart:
    chart = book.add_chart({"type": "line"})
    for column, name, line, marker in (
        ("value", profile.name, {"color": DARK, "width": 2.25}, {"type": "circle", "size": 5}),
        ("compared", profile.state_name, {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"},
         {"type": "none"}),
    ):  # fmt: skip
        chart.add_series({"name": name, "categories": block.cells("label"),
                          "values": block.cells(column), "line": line,
                          "marker": marker})  # fmt: skip
    chart.set_title({"name": f"All jobs by month, {profile.year} = 100", "name_font": {"size": 11}})
    chart.set_y_axis({"num_font": {"size": 9}, "num_format": "0", "min": least,
                      "major_gridlines": GRID})  # fmt: skip
    chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _told(name: str, rows: pd.DataFrame, absent: list[str]) -> str:
    """Say in words what a chart of bars shows, for those who do not see it."""
    of_measure = JOBS if name == JOBS_CHART else CHARTED[name]
    write = MEASURES[of_measure].write
    sizes = rows["value"] if name != JOBS_CHART else rows["published"] + rows["estimated"]
    known = [
        f"{label} {write(size)}"
        for label, size in zip(rows["label"], sizes, strict=True)
        if words.is_known(size)
    ]
    lo = rows["published"] + rows["start"]
    ends = zip(rows["label"], lo, lo + rows["range"], strict=True)
    ranges = [
        f"{label} {words.whole(low)} to {words.whole(high)}"
        for label, low, high in ends
        if words.is_known(high)
    ]
    said = f"{name} by sector, as bars: {'; '.join(known)}."
    said += f" As a range alone: {'; '.join(ranges)}." if ranges else ""
    return said + (f" {LEFT_OUT.format('; '.join(absent))}" if absent else "")


def _season_told(rows: pd.DataFrame) -> str:
    months = rows.set_index("label")["value"]
    return (
        f"All jobs by month as a line, the year's average as 100: highest in {months.idxmax()} "
        f"({months.max():.0f}), lowest in {months.idxmin()} ({months.min():.0f})."
    )
