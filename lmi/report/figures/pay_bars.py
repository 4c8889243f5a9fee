"""Average pay by candidate against the region's all-industry pay and a threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import (
    BAR_HEIGHT,
    NARROW,
    band_rows,
    ends_of,
    interval_lines,
    legend_under_title,
    line_sample,
    note_in_row,
    vague_rows,
    values_at_right,
    why_missing,
)
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.intervals import PAY, short_span

__all__ = ["by_pay", "pay_figure"]

ESTIMATED: dict[str, Any] = {
    "facecolor": style.PALE_BLUE, "edgecolor": style.BLUE, "linewidth": 0.7,
}  # fmt: skip


def by_pay(found: Assessment) -> pd.DataFrame:
    """Order the candidates by average pay, the highest first; those without pay come last."""
    ordered = found.present.sort_values(["avg_annual_pay", "candidate"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def pay_figure(found: Assessment, total: Row) -> Figure:
    """Draw average annual pay by candidate sector, against that of all the region's jobs."""
    table = by_pay(found)
    title = f"Average annual pay by candidate sector, {found.year}"
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["candidate_name"]), title=title, footer=style.footer(found), legend_rows=1,
            right=0.84,
        )  # fmt: skip
        any_estimated, furthest = _bars(ax, table)
        region_pay = total["avg_annual_pay"]
        ax.axvline(region_pay, color=style.INK, linewidth=1.4)
        handles: list[Artist] = [line_sample(f"Region {words.money(region_pay)}", style.INK)]
        if words.is_known(found.threshold):
            ax.axvline(found.threshold, color=style.VERMILION, linewidth=1.4, linestyle=(0, (4, 2)))
            stand_in = total.get("threshold_is_fallback")
            kind = (
                "Stand-in threshold" if words.is_known(stand_in) and stand_in else "Pay threshold"
            )
            label = f"{kind} {words.money(found.threshold)}"
            handles.append(line_sample(label, style.VERMILION, "--"))
        if any_estimated:
            handles.append(Patch(**ESTIMATED, label="Estimated"))
        if furthest:
            handles.append(line_sample("90% sure", style.INK, marker="|"))
        legend_under_title(fig, handles)
        ax.set_xlabel("Average annual pay per job")
        ax.set_xlim(0, 1.03 * np.nanmax([*table[PAY], region_pay, furthest]))
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(lambda value, _position: words.money(value))
    return Figure("pay", fig, _alt(found, table, region_pay))


def _bars(ax: Axes, table: pd.DataFrame) -> tuple[bool, float]:
    """Draw the bars; tell whether any is estimated, and how far the intervals reach."""
    mean = table[PAY].to_numpy(float)
    low, high = ends_of(table, PAY, NARROW * np.nanmax([*mean, 0.0]))
    is_vague = vague_rows(table, PAY)
    guessed = table["wages_estimated_share"].map(words.estimated).to_numpy(bool) & ~is_vague
    known = ~guessed & ~is_vague
    rows = np.arange(len(mean))
    ax.barh(rows[known], mean[known], height=BAR_HEIGHT, color=style.BLUE)
    ax.barh(rows[guessed], mean[guessed], height=BAR_HEIGHT, label="Estimated", **ESTIMATED)
    band_rows(ax, rows[is_vague], low, high)
    interval_lines(ax, low, high)
    shown = records(table)
    values_at_right(
        ax,
        [short_span(r, PAY, "$") if is_vague[i] else _number(r) for i, r in enumerate(shown)],
    )
    for position, row in enumerate(shown):
        if not words.is_known(row["avg_annual_pay"]):
            note_in_row(ax, position, why_missing(row))
    return bool(guessed.any() or is_vague.any()), float(np.nanmax([*high, 0.0]))


def _number(row: Row) -> str:
    return words.marked(words.money(row[PAY]), row["wages_estimated_share"])


def _alt(found: Assessment, table: pd.DataFrame, region_pay: float) -> str:
    known = records(table.dropna(subset=["avg_annual_pay"]))
    listed = words.listing([f"{row['candidate_name']} {MEASURES[PAY].cell(row)}" for row in known])
    threshold = found.threshold
    line = f"; pay threshold {words.money(threshold)}" if words.is_known(threshold) else ""
    return (
        f"Bar chart of average annual pay in {found.year}, the highest first: {listed}. "
        f"All jobs of the region: {words.money(region_pay)}{line}."
    )
