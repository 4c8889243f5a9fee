"""What the store holds, drawn: periods on a time axis, and what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.assessment.outlines import west
from lmi.missing import Missing
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.region_map import map_canvas, outline
from lmi.report.figures.row_parts import (
    BAR_HEIGHT,
    bar_patch,
    bars,
    legend_under_title,
    values_at_right,
)
from lmi.words import Row, records

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["counties_figure", "footer", "levels_figure", "periods_figure", "sectors_figure"]

PLACES = {"county": "Counties", "state": "State", "nation": "Nation"}
LONGEST_AXIS = 16  # years that a telephone can show
LABEL_WIDTH = 0.32  # of a break, as a part of the axis
EVERY_YEAR = 8  # that many years are all named
NAMED_COUNTIES = 15
CLASSES = (0.05, 0.10, 0.25, 0.50)
STEPS = ("under 5%", "5–10%", "10–25%", "25–50%", "over 50%")
SHADES = ("#e3eef7", "#bcd9ec", "#7db5da", "#3585bd", "#0b4a86")
UNKNOWN: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": style.GREY,
    "linewidth": 0.5,
    "hatch": "////",
}
ABSENT: dict[str, Any] = {"facecolor": "white", "edgecolor": style.RULE, "linewidth": 0.5}
PART = "#a9cde6"
YEAR = "A"  # in place of a quarter


def footer(held: Holdings, period: str = "") -> str:
    """Write the line at the foot of a figure."""
    parts = [held.state.name, *([period] if period else [])]
    if held.state.illustrative:
        return "  ·  ".join(["ILLUSTRATIVE DATA, NOT A REAL PLACE", *parts])
    return "  ·  ".join([*parts, "Source: BLS\N{NO-BREAK SPACE}QCEW"])


def periods_figure(held: Holdings) -> Figure:
    """Draw which years and quarters of which places are there, and what breaks between them."""
    table = held.periods
    last = int(table["year"].max())
    years = range(max(int(table["year"].min()), last - LONGEST_AXIS + 1), last + 1)
    by_quarter = bool((table["qtr"] != YEAR).any())
    lanes = [(place, q) for place in PLACES for q in ((False, True) if by_quarter else (False,))]
    names = [f"{PLACES[place]}, {'quarters' if q else 'years'}" for place, q in lanes]
    found = {lane: records(_in_lane(table, *lane)) for lane in lanes}
    marks = _break_marks(held, years)
    with style.drawing():
        fig, ax = style.row_canvas(
            names, title="Jobs and wages in the store", footer=footer(held),
            legend_rows=1 + any(level for _, _, level in marks),
        )  # fmt: skip
        ax.grid(visible=False)
        ax.set_xlim(years[0] - 0.5, last + 0.5)
        for row, (lane, cells) in enumerate(found.items()):
            for year in years:
                _year(ax, row, year, [c for c in cells if c["year"] == year], lane[1])
        nothing = Patch(facecolor="white", edgecolor=style.GREY, linewidth=0.7, label="nothing")
        some = [bar_patch("so many counties", PART)] if _is_partial(table) else []
        legend_under_title(fig, [bar_patch("all there", style.BLUE), *some, nothing])
        ax.set_xticks(range(last, years[0] - 1, -1 if len(years) <= EVERY_YEAR else -2))
        _break_lines(ax, marks)
    return Figure("periods", fig, _periods_alt(names, list(found.values()), years))


def _in_lane(table: pd.DataFrame, place: str, quarters: bool) -> pd.DataFrame:
    return table[(table["place"] == place) & ((table["qtr"] != YEAR) == quarters)]


def _is_partial(table: pd.DataFrame) -> bool:
    return bool((table["present"] < table["expected"]).any())


def _year(ax: Axes, row: int, year: int, cells: Sequence[Row], quarters: bool) -> None:
    """Draw a year of one place: a box, or one for each quarter that is there."""
    if not cells or quarters:
        _box(ax, year - 0.46, row, 0.92, "white", style.RULE)
    for cell in cells:
        left = year - 0.46 + (0.23 * (int(cell["qtr"]) - 1) if quarters else 0)
        face = style.BLUE if cell["present"] >= cell["expected"] else PART
        _box(ax, left, row, 0.23 if quarters else 0.92, face, "white" if face != PART else PART)
    partial = [cell for cell in cells if cell["present"] < cell["expected"]]
    if partial:
        at = float(year)
        if quarters:
            at += 0.23 * float(np.mean([int(c["qtr"]) for c in cells])) - 0.575
        ends = sorted({int(c["present"]) for c in cells})
        text = "–".join(words.whole(n) for n in dict.fromkeys((ends[0], ends[-1])))
        ax.text(at, row, text, ha="center", va="center", fontsize=7)


def _box(ax: Axes, left: float, row: int, width: float, face: str, edge: str) -> None:
    ax.add_patch(
        Rectangle((left, row - BAR_HEIGHT / 2), width, BAR_HEIGHT, facecolor=face,
                  edgecolor=edge, linewidth=0.7)
    )  # fmt: skip


def _break_marks(held: Holdings, years: range) -> list[tuple[int, str, int]]:
    """Say from which years on which codes are new, and on which line the label has room."""
    marks: dict[int, list[str]] = {}
    for row in records(held.breaks):
        label = row["reason"] if row["reason"].startswith("NAICS") else "new counties"
        labels = marks.setdefault(int(row["since"]), [])
        if label not in labels:
            labels.append(label)
    found: list[tuple[int, str, int]] = []
    for year, labels in sorted(marks.items()):
        if year <= years[0]:
            continue
        is_near = bool(found) and (year - found[-1][0]) / len(years) < LABEL_WIDTH
        found.append((year, " + ".join(labels), 1 - found[-1][2] if is_near else 0))
    return found


def _break_lines(ax: Axes, marks: Sequence[tuple[int, str, int]]) -> None:
    """Mark where years break."""
    for year, label, level in marks:
        ax.axvline(year - 0.5, color=style.VERMILION, linewidth=1.1, linestyle=(0, (4, 2)))
        ax.annotate(
            f"{label} \N{RIGHTWARDS ARROW}", (year - 0.5, 1), (4, 2 + 12 * level),
            ha="right", xycoords=ax.get_xaxis_transform(), textcoords="offset points",
            fontsize=7.5, color=style.VERMILION,
        )  # fmt: skip


def _periods_alt(names: Sequence[str], lanes: Sequence[Sequence[Row]], years: range) -> str:
    told = []
    for name, cells in zip(names, lanes, strict=True):
        there = sorted({int(c["year"]) for c in cells if c["year"] >= years[0]})
        told.append(f"{name} {', '.join(map(str, there)) or 'none'}")
    return f"Time axis of what the store has: {'; '.join(told)}."


def levels_figure(held: Holdings) -> Figure:
    """Draw the shares of cells and of jobs that are withheld, by level of industry."""
    period = str(held.period)
    table = held.withheld[held.withheld["period"] == period]
    rows = np.arange(len(table))
    with style.drawing():
        fig, ax = style.row_canvas(
            [_level(name) for name in table["level"]],
            title=f"Withheld in the counties, {period}", footer=footer(held, period),
            legend_rows=1, right=0.45,
        )  # fmt: skip
        _percent_axis(ax)
        columns = (("cells_share", style.GREY, -0.2), ("jobs_share", style.BLUE, 0.2))
        for column, colour, shift in columns:
            values = table[column].to_numpy(float)
            bars(ax, rows + shift, values, height=0.34, facecolor=colour)
            for row, value in zip(rows, values, strict=True):
                text = words.share(value) if np.isfinite(value) else "not known"
                ax.annotate(text, (np.nan_to_num(value), row + shift), (3, 0), va="center",
                            textcoords="offset points", fontsize=7)  # fmt: skip
        handles = [bar_patch("of the cells", style.GREY), bar_patch("of the jobs", style.BLUE)]
        legend_under_title(fig, handles)
    told = "; ".join(
        f"{_level(r['level'])} {words.share(r['cells_share'])} of cells and "
        f"{words.share(r['jobs_share'])} of jobs"
        for r in records(table)
    )
    return Figure("withheld-levels", fig, f"Bars of what is withheld, by level: {told}.")


def _level(name: str) -> str:
    return "Sectors" if name == "sector" else f"{name} industries"


def _percent_axis(ax: Axes) -> None:
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])


def sectors_figure(held: Holdings) -> Figure:
    """Draw in which share of the counties each sector is withheld."""
    table, period = held.sectors[held.sectors["withheld"] > 0], str(held.period)
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["title"]), title=f"Counties in which a sector is withheld, {period}",
            footer=footer(held, period), right=0.84,
        )  # fmt: skip
        ax.tick_params(axis="y", labelsize=7.6)  # the sectors' full titles are long
        _percent_axis(ax)
        bars(ax, np.arange(len(table)), table["cells_share"], facecolor=style.GREY)
        values_at_right(ax, [f"{r['withheld']} of {r['cells']}" for r in records(table)])
        ax.set_xlabel("Share of the counties that have it")
    told = "; ".join(f"{r['title']} {r['withheld']} of {r['cells']}" for r in records(table))
    return Figure("withheld-sectors", fig, f"Bars by sector, counties withheld: {told}.")


def counties_figure(held: Holdings) -> Figure:
    """Draw which share of each county's private jobs is withheld by sector, on a map if it can."""
    if isinstance(held.outlines, Missing) or not _mapped(held):
        return _county_bars(held)
    return _county_map(held, held.outlines)


def _mapped(held: Holdings) -> bool:
    assert not isinstance(held.outlines, Missing)
    return bool(held.counties["area_fips"].isin(held.outlines["area_fips"]).any())


def _title(held: Holdings) -> str:
    return f"Share of private jobs withheld, {held.period}"


def _county_bars(held: Holdings) -> Figure:
    table = held.counties.sort_values(
        ["jobs_share", "area_fips"], ascending=[False, True], na_position="first"
    ).head(NAMED_COUNTIES)
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["name"]), title=_title(held), footer=footer(held, str(held.period)),
            right=0.84,
        )  # fmt: skip
        _percent_axis(ax)
        bars(ax, np.arange(len(table)), table["jobs_share"], facecolor=style.BLUE)
        values_at_right(ax, [_said(r) for r in records(table)])
    return Figure("withheld-counties", fig, _counties_alt(held, table))


def _said(row: Row) -> str:
    if row["total_is_withheld"]:
        return "total too"
    return words.share(row["jobs_share"]) if words.is_known(row["jobs_share"]) else "one cell"


def _county_map(held: Holdings, outlines: gpd.GeoDataFrame) -> Figure:
    shapes = [west(shape) for shape in outlines.geometry]
    shares = dict(zip(held.counties["area_fips"], held.counties["jobs_share"], strict=True))
    values = [shares.get(area) for area in outlines["area_fips"]]
    others = [
        patch
        for patch, is_there in (
            (Patch(**UNKNOWN, label="total withheld, or one sector alone"),
             any(v is not None and np.isnan(v) for v in values)),
            (Patch(**ABSENT, label="not in the store"), None in values),
        )
        if is_there
    ]  # fmt: skip
    with style.drawing():
        fig, ax = map_canvas(
            np.array(shapes, dtype=object), title=_title(held),
            footer=footer(held, str(held.period)), legend_rows=1 + bool(others),
        )  # fmt: skip
        for shape, value in zip(shapes, values, strict=True):
            ax.add_patch(PathPatch(outline([shape]), **_looks(value), joinstyle="round"))
        legend_under_title(fig, [bar_patch(t, c) for t, c in zip(STEPS, SHADES, strict=True)])
        if others:
            legend_under_title(fig, others, row=1)
    return Figure("withheld-counties", fig, _counties_alt(held, held.counties))


def _looks(share: float | None) -> dict[str, Any]:
    if share is None:
        return ABSENT
    if np.isnan(share):
        return UNKNOWN
    shade = SHADES[int(np.searchsorted(CLASSES, share, "right"))]
    return {"facecolor": shade, "edgecolor": "#9fabb5", "linewidth": 0.5}


def _counties_alt(held: Holdings, table: pd.DataFrame) -> str:
    told = "; ".join(f"{r['name']} {_said(r)}" for r in records(table))
    return f"Share of private jobs withheld by county, {held.period}: {told}."
