"""Jobs and average pay by candidate, as bars that tell what is estimated and how sure it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import (
    BAR_HEIGHT,
    HATCH,
    NARROW,
    apart,
    band_rows,
    bar_patch,
    ends_of,
    interval_lines,
    legend_under_title,
    line_sample,
    note_in_row,
    room_for,
    values_at_right,
    why_missing,
)
from lmi.report.in_order import by_size, labels, measured_rows, ranged_rows, vague_rows
from lmi.schema.measures import MEASURES, threshold_name
from lmi.words import Row, records
from lmi.words.intervals import JOBS, PAY, is_measured

__all__ = ["jobs_figure", "pay_figure"]

BEYOND = 1.25
"""A range of pay ends in an arrow at so many times what is known to be the most."""
ESTIMATED_PAY: dict[str, Any] = {
    "facecolor": style.PALE_BLUE, "edgecolor": style.BLUE, "linewidth": 0.7,
}  # fmt: skip


def jobs_figure(found: Assessment) -> Figure:
    """Draw jobs by candidate sector: the published part solid, the estimated part hatched."""
    table = by_size(found.present, JOBS, "candidate_name")
    with style.drawing():
        fig, ax = style.row_canvas(
            labels(table), title=f"Jobs by candidate sector, {found.year}",
            footer=style.footer(found), legend_rows=1, right=room_for(_texts(table, JOBS)) + 0.08,
        )  # fmt: skip
        any_estimated, any_line = _jobs_bars(ax, table)
        handles: list[Artist] = [bar_patch("Published", style.BLUE)]
        if any_estimated:
            handles.append(bar_patch("Estimated (not published)", style.BLUE, hatched=True))
        if any_line:
            handles.append(line_sample("90% sure", style.INK, marker="|"))
        legend_under_title(fig, handles)
        ax.set_xlabel("Jobs (annual average)")
        ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=2))
        ax.xaxis.set_major_formatter(lambda value, _position: words.whole(value))
    return Figure("jobs", fig, _jobs_alt(found, table))


def _jobs_bars(ax: Axes, table: pd.DataFrame) -> tuple[bool, bool]:
    """Draw the bars; tell whether any part is estimated, and whether any interval is drawn."""
    total = table[JOBS].to_numpy(float)
    ranged = ranged_rows(table, JOBS)
    published = np.nan_to_num(table[f"{JOBS}_published"].to_numpy(float))
    published = np.where(ranged, np.fmin(published, total), np.minimum(published, total))
    least, most = ends_of(table, JOBS)
    low, high = ends_of(table, JOBS, NARROW * np.nanmax([*total, *most, 0.0]))
    rows = np.arange(len(total))
    band_rows(ax, rows[ranged], least, most)
    ax.barh(rows, published, height=BAR_HEIGHT, color=style.BLUE, label="Published")
    estimated = np.where(ranged, 0.0, total - published)
    shown = np.flatnonzero(estimated > 0)
    ax.barh(
        shown, estimated[shown], left=published[shown], height=BAR_HEIGHT, hatch=HATCH,
        color=style.PALE_BLUE, edgecolor=style.BLUE, linewidth=0, label="Estimated",
    )  # fmt: skip
    interval_lines(ax, low, high)
    ax.set_xlim(0, 1.03 * np.nanmax([*total, *most, 1.0]))
    apart(ax, vague_rows(table, JOBS))
    _numbers(ax, table, JOBS)
    return bool(len(shown)), bool(np.isfinite(low).any())


def _texts(table: pd.DataFrame, measure: str) -> list[str]:
    return [MEASURES[measure].cell(row) for row in records(table)]


def _numbers(ax: Axes, table: pd.DataFrame, measure: str) -> None:
    """Write each row's number, or the range that stands for it, or why there is none."""
    texts = _texts(table, measure)
    values_at_right(ax, texts, at=room_for(texts) + 0.04)
    for position, row in enumerate(records(table)):
        if not is_measured(row, measure):
            note_in_row(ax, position, why_missing(row))


def _jobs_alt(found: Assessment, table: pd.DataFrame) -> str:
    known = measured_rows(table, JOBS)
    listed = words.listing([f"{row['candidate_name']} {MEASURES[JOBS].cell(row)}" for row in known])
    return (
        f"Bar chart of jobs in {words.count(len(known), 'candidate sector')} of {found.name} "
        f"in {found.year}, the largest first: {listed}. ≈ marks numbers that are estimated "
        "in good part; a range stands for a number that is too uncertain, or not published."
    )


def pay_figure(found: Assessment, total: Row) -> Figure:
    """Draw average annual pay by candidate sector, against that of all the region's jobs."""
    table = by_size(found.present, PAY, "candidate_name")
    region_pay = total["avg_annual_pay"]
    with style.drawing():
        fig, ax = style.row_canvas(
            labels(table),
            title=f"Average annual pay by candidate sector, {found.year}",
            footer=style.footer(found), legend_rows=1, right=room_for(_texts(table, PAY)) + 0.08,
        )  # fmt: skip
        any_estimated, furthest = _pay_bars(ax, table)
        ax.axvline(region_pay, color=style.INK, linewidth=1.4)
        handles: list[Artist] = [line_sample(f"Region {words.money(region_pay)}", style.INK)]
        if words.is_known(found.threshold):
            ax.axvline(found.threshold, color=style.VERMILION, linewidth=1.4, linestyle=(0, (4, 2)))
            kind = threshold_name(total).removeprefix("the ").capitalize()
            label = f"{kind} {words.money(found.threshold)}"
            handles.append(line_sample(label, style.VERMILION, "--"))
        if any_estimated:
            handles.append(Patch(**ESTIMATED_PAY, label="Estimated"))
        if furthest:
            handles.append(line_sample("90% sure", style.INK, marker="|"))
        legend_under_title(fig, handles)
        ax.set_xlabel("Average annual pay per job")
        ax.set_xlim(0, 1.03 * np.nanmax([*table[PAY], region_pay, furthest]))
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(lambda value, _position: words.money(value))
    return Figure("pay", fig, _pay_alt(found, table, total))


def _pay_bars(ax: Axes, table: pd.DataFrame) -> tuple[bool, float]:
    """Draw the bars; tell whether any is estimated, and how far the intervals reach."""
    mean = table[PAY].to_numpy(float)
    too_open, ranged = vague_rows(table, PAY), ranged_rows(table, PAY)
    least, furthest = ends_of(table, PAY)
    # Nobody's range makes the differences of the others unreadable.
    most = BEYOND * np.nanmax([*mean[~too_open], *furthest[~too_open], 0.0])
    beyond = np.flatnonzero(furthest > most) if (~too_open).any() else np.array([], dtype=int)
    least, furthest = (np.minimum(end, most) if len(beyond) else end for end in (least, furthest))
    narrow = furthest - least < NARROW * np.nanmax([*mean, *furthest, 0.0])
    low, high = (np.where(narrow, np.nan, end) for end in (least, furthest))
    guessed = table["wages_estimated_share"].map(words.estimated).to_numpy(bool) & ~ranged
    known = ~guessed & ~ranged
    rows = np.arange(len(mean))
    ax.barh(rows[known], mean[known], height=BAR_HEIGHT, color=style.BLUE)
    ax.barh(rows[guessed], mean[guessed], height=BAR_HEIGHT, label="Estimated", **ESTIMATED_PAY)
    band_rows(ax, rows[ranged], least, furthest)
    interval_lines(ax, low, high)
    if len(beyond):
        ax.plot(furthest[beyond], beyond, ">", color=style.INK, markersize=5)
    apart(ax, too_open)
    _numbers(ax, table, PAY)
    return bool(guessed.any() or ranged.any()), float(np.nanmax([*furthest, 0.0]))


def _pay_alt(found: Assessment, table: pd.DataFrame, total: Row) -> str:
    known = measured_rows(table, PAY)
    listed = words.listing([f"{row['candidate_name']} {MEASURES[PAY].cell(row)}" for row in known])
    wage, name = found.threshold, threshold_name(total).removeprefix("the ")
    line = f"; {name} {words.money(wage)}" if words.is_known(wage) else ""
    return (
        f"Bar chart of average annual pay in {found.year}, the highest first: {listed}. "
        f"All jobs of the region: {words.money(total[PAY])}{line}."
    )
