"""The charts of a workbook's first page: Excel's own, two side by side, none cut by a page's end.

They can be copied, and are read in black and white too: what is published is solid, what is
estimated hatched with its range, and where a range alone is told that is all that is drawn. A
chart of more sectors than a page is high is drawn in parts, on one scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from lmi import words
from lmi.report.profile import Profile
from lmi.report.workbook.chart_data import CHART_DATA, CHARTED, JOBS, JOBS_CHART, SEASON_CHART
from lmi.report.workbook.sheet import HEAD_ROWS, TableSheet
from lmi.schema.measures import MEASURES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

__all__ = ["ROW", "insert_charts"]

DARK, PALE, LINE = "#1F3864", "#FFFFFF", "#404040"
WIDE, HIGH, ROW = 520, 20, 20  # pixels: a chart's width, a bar's height, a row's height
PAGES = (1340, 1480)  # pixels: how high a page as wide as the columns is, Letter and A4
FURTHEST = 40  # rows that a chart is moved down at the most, so as not to be cut
LEAST_HIGH = 300
MOST_BARS = 36  # of a chart, which with what stands around it is three fifths of a page
STEPS = 5  # of a scale, about
STEP = 5.0  # of the scale of months, which need not begin at zero
AXIS = {JOBS: "#,##0", "emplvl_pct_chg": "0", "avg_annual_pay": '$0,"k"', "lq": "0.0"}
GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
SMALL = {"size": 9}
LEFT_OUT = "Without a number, for it is too uncertain or tells of too few employers: {}."


class _Block(NamedTuple):
    """Rows of the sheet of numbers that one chart is drawn of."""

    first: int
    last: int
    columns: list[str]

    @property
    def n_bars(self) -> int:
        return self.last - self.first + 1

    def cells(self, column: str) -> list[Any]:
        at = self.columns.index(column)
        return [CHART_DATA, self.first, at, self.last, at]

    def formula(self, column: str) -> str:
        at = chr(ord("A") + self.columns.index(column))
        return f"='{CHART_DATA}'!${at}${self.first + 1}:${at}${self.last + 1}"

    def parts(self) -> list[_Block]:
        """Part the rows evenly, so that no chart is higher than a page has room."""
        n = ceil(self.n_bars / MOST_BARS)
        ends = [self.first + self.n_bars * at // n for at in range(n + 1)]
        return [_Block(a, b - 1, self.columns) for a, b in pairwise(ends)]


class _Drawn(NamedTuple):
    """A chart, how high it is, and what it shows in words."""

    chart: Chart
    high: int
    said: str


def insert_charts(
    book: Workbook, page: Worksheet, row: int, profile: Profile, data: TableSheet
) -> int:
    """Set the charts two side by side, each high enough for its bars; return the row after them."""
    made = list(_charts(book, profile, data.frame.reset_index(drop=True)))
    ends = []
    for start in range(0, len(made), 2):
        pair = made[start : start + 2]
        high = max(drawn.high for drawn in pair)
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


def _charts(book: Workbook, profile: Profile, frame: pd.DataFrame) -> Iterator[_Drawn]:
    """Draw every chart that has numbers, one of many sectors in parts."""
    names = list(dict.fromkeys(frame.loc[frame["chart"] == JOBS_CHART, "label"]))
    for key, rows in frame.groupby("chart", sort=False):
        name, at = str(key), rows.index
        block = _Block(int(at[0]) + HEAD_ROWS, int(at[-1]) + HEAD_ROWS, list(frame.columns))
        if name == SEASON_CHART:
            lowest = float(np.nanmin(rows[["value", "compared"]].to_numpy(dtype=float)))
            chart = _months(book, block, profile, STEP * (lowest // STEP))
            yield _Drawn(chart, LEAST_HIGH, _season_told(rows))
            continue
        absent = [label for label in names if label not in set(rows["label"])]
        parts = block.parts()
        for n, part in enumerate(parts, start=1):
            chart = _jobs(book, part) if name == JOBS_CHART else _measure(book, name, part)
            title = _title(name, profile)
            if len(parts) > 1:
                title += f" ({n} of {len(parts)})"
                chart.set_x_axis(_axis(AXIS[CHARTED.get(name, JOBS)]) | _scale(rows))
            chart.set_title({"name": title, "name_font": {"size": 11}})
            own = rows.loc[part.first - HEAD_ROWS : part.last - HEAD_ROWS]
            said = _told(name, own, absent if n == 1 else [])
            yield _Drawn(chart, max(LEAST_HIGH, HIGH * part.n_bars + 90), said)


def _scale(rows: pd.DataFrame) -> dict[str, float]:
    """One scale for all parts of a chart, round, from zero or below it to its longest bar."""
    bars = rows["value"].fillna(rows["published"] + rows["estimated"])
    ends = (bars - rows["minus"], bars + rows["plus"], bars,
            rows["published"] + rows["start"] + rows["range"])  # fmt: skip
    drawn = np.array([0.0, *(end for one in ends for end in one.dropna())])
    low, high = float(drawn.min()), float(drawn.max())
    rough = (high - low) / STEPS or 1.0
    tens = 10.0 ** floor(log10(rough))
    step = next(tens * n for n in (1, 2, 5, 10) if tens * n >= rough)
    return {"min": step * floor(low / step), "max": step * ceil(high / step), "major_unit": step}


def _below_page_end(row: int, high: float) -> int:
    """Return the next row at which no page ends within a chart, or the row if none is near.

    Far down, where the ends of pages of both sizes lie apart, those of Letter alone count.
    """
    for pages, furthest in ((PAGES, FURTHEST), (PAGES[:1], PAGES[0] // ROW)):
        for at in range(row, row + furthest):
            if not _is_cut(at * ROW, high, pages):
                return at
    return row


def _is_cut(top: float, high: float, pages: Sequence[int] = PAGES) -> bool:
    return any(0.98 * top // page != 1.02 * (top + high) // page for page in pages)


def _title(name: str, profile: Profile) -> str:
    if name == JOBS_CHART:
        return f"Jobs, {profile.year}"
    measure = CHARTED[name]
    return {
        "emplvl_pct_chg": f"Change in jobs since {profile.base_year}, percent",
        "avg_annual_pay": "Average pay a year and job, USD",
        "lq": "Location quotient against the nation",
    }[measure]


def _axis(numbers: str) -> dict[str, Any]:
    return {"num_font": SMALL, "label_position": "high", "num_format": numbers,
            "major_gridlines": GRID}  # fmt: skip


def _bars(book: Workbook, numbers: str, subtype: str = "") -> Chart:
    chart = book.add_chart({"type": "bar", "subtype": subtype} if subtype else {"type": "bar"})
    chart.set_y_axis({"reverse": True, "num_font": SMALL, "label_position": "low",
                      "major_tick_mark": "none"})  # fmt: skip
    chart.set_x_axis(_axis(numbers))
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
    chart = _bars(book, AXIS[JOBS], "stacked")
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
    chart = _bars(book, AXIS[CHARTED[name]])
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
        chart.add_series({"name": _plain(name), "categories": block.cells("label"),
                          "values": block.cells(column), "line": line,
                          "marker": marker})  # fmt: skip
    chart.set_title({"name": f"All jobs by month, {profile.year} = 100", "name_font": {"size": 11}})
    chart.set_y_axis({"num_font": {"size": 9}, "num_format": "0", "min": least,
                      "major_gridlines": GRID})  # fmt: skip
    chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _plain(name: str) -> str:
    """A name of a series as text: what ends like "!A1" would be read as a reference."""
    return name.replace("!", "!\N{WORD JOINER}")


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
