"""Location quotients against the nation and the state, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lmi import words
from lmi.assessment.region import Assessment
from lmi.measures.lq import CONCENTRATED
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import (
    apart,
    ends_of,
    legend_under_title,
    note_in_row,
    room_for,
    values_at_right,
    why_missing,
)
from lmi.report.in_order import by_size, labels, measured_rows, ranged_rows, vague_rows
from lmi.schema.measures import MEASURES
from lmi.words import records
from lmi.words.intervals import is_measured, mostly_estimated

__all__ = ["concentration_figure", "log_ticks"]

MOST_TICKS = 5
"""Of an axis of quotients; with more, every second one is left out."""

BANDS = {"lq": (-0.17, style.BLUE), "lq_state": (0.17, style.VERMILION)}
"""By measure: how far above or below its row the interval is drawn, and in what colour."""

NARROWEST = 1.08
"""Intervals whose upper end is less than so many times the lower lie behind their dot."""

SMALLEST, LARGEST = 0.05, 64.0
"""Quotients outside this range are drawn at its end; their value stands beside them."""


def concentration_figure(found: Assessment, nation: str = "") -> Figure:
    """Draw each candidate's quotient against the nation and the state.

    Parameters
    ----------
    nation : str, optional
        What is known of the nation, where that is not the agency's file of it.
    """
    table = by_size(found.present, "lq", "candidate_name", "lq_state")
    with style.drawing():
        fig, ax = style.row_canvas(
            labels(table), title=f"Concentration of jobs, {found.year}",
            footer=style.footer(found), legend_rows=2, right=sum(_widths(table)) + 0.1,
        )  # fmt: skip
        _dots(ax, table)
        _scale(ax, table)
        _texts(ax, table)
        handles = [
            Line2D([], [], color=style.BLUE, marker="o", linestyle="none", markersize=7,
                   label=f"against the nation{f', {nation}' if nation else ''}"),
            Line2D([], [], color=style.VERMILION, marker="D", linestyle="none", markersize=6,
                   markerfacecolor="white", markeredgewidth=1.5,
                   label=f"against {found.state_name}"),
        ]  # fmt: skip
        if any(np.isfinite(_band(table, measure)[0]).any() for measure in BANDS):
            handles.append(
                Line2D([], [], color=style.GREY, linewidth=3.2, alpha=0.6, label="90% sure")
            )
        legend_under_title(fig, handles)
        ax.set_xlabel("Location quotient (1 = same share of jobs)")
    return Figure("concentration", fig, _alt(found, table))


def _dots(ax: Axes, table: pd.DataFrame) -> None:
    """Draw both quotients; behind each, where it is estimated, the band of its interval."""
    rows = np.arange(len(table))
    hollow = table["emplvl_estimated_share"].map(mostly_estimated).to_numpy(bool)
    nation, state = (
        np.where(ranged_rows(table, measure), np.nan, _drawn(table[measure])) for measure in BANDS
    )
    both = np.fmin(nation, state), np.fmax(nation, state)
    ax.hlines(rows, *both, color=style.GREY, linewidth=1.0, zorder=1.5)
    for measure, (offset, colour) in BANDS.items():
        low, high = _band(table, measure)
        ax.hlines(rows + offset, low, high, color=colour, linewidth=3.2, alpha=0.38, zorder=2)
    ax.plot(
        state, rows, linestyle="none", marker="D", markersize=6, markerfacecolor="white",
        markeredgecolor=style.VERMILION, markeredgewidth=1.5, label="state",
    )  # fmt: skip
    for kind, face in ((~hollow, style.BLUE), (hollow, "white")):
        ax.plot(
            nation[kind], rows[kind], linestyle="none", marker="o", markersize=6.6,
            markerfacecolor=face, markeredgecolor=style.BLUE, markeredgewidth=1.5, label="nation",
        )  # fmt: skip


def _drawn(values: pd.Series) -> np.ndarray:
    array = values.to_numpy(float)
    return np.where(array > 0, array.clip(SMALLEST, LARGEST), np.nan)


def _band(table: pd.DataFrame, measure: str) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the intervals that are drawn, held to the chart; a lower end may be zero."""
    low, high = ends_of(table, measure)
    wide = (high > NARROWEST * low) | ranged_rows(table, measure)
    lo, hi = (np.where(wide, end.clip(SMALLEST, LARGEST), np.nan) for end in (low, high))
    return lo, hi


def _scale(ax: Axes, table: pd.DataFrame) -> None:
    bands = [end for measure in BANDS for end in _band(table, measure)]
    drawn = np.concatenate([*(_drawn(table[name]) for name in BANDS), *bands, [0.5, 2.0]])
    low, high = float(np.nanmin(drawn)) / 1.2, float(np.nanmax(drawn)) * 1.2
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ticks = log_ticks(low, high)
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
    ax.axvline(1.0, color=style.INK, linewidth=1.0)
    ax.axvline(CONCENTRATED, color=style.INK, linewidth=1.0, linestyle=(0, (3, 2)))
    for x, text, side in ((1.0, "1.0", "right"), (CONCENTRATED, "1.25", "left")):
        ax.text(
            x, -0.62, text, transform=ax.transData, ha=side, va="bottom", fontsize=8,
            color=style.MUTED,
        )  # fmt: skip


def log_ticks(low: float, high: float) -> list[float]:
    """Choose round ticks of a doubling scale between two positive ends.

    Examples
    --------
    >>> log_ticks(0.04, 5)
    [0.25, 0.5, 1.0, 2.0, 4.0]
    >>> log_ticks(0.3, 20)
    [1.0, 4.0, 16.0]
    """
    # A quarter of the nation's share is little; what is less needs no tick of its own.
    doublings = np.arange(max(np.ceil(np.log2(low)), -2), np.floor(np.log2(high)) + 1)
    if len(doublings) > MOST_TICKS:  # every second one, with 1 among them
        doublings = doublings[doublings % 2 == 0]
    return [float(2.0**power) for power in doublings]


def _texts(ax: Axes, table: pd.DataFrame) -> None:
    shown = records(table)
    nation, state = _numbers(table)
    width, other = _widths(table)
    values_at_right(ax, nation, at=width, heading="nation", colour=style.BLUE)
    values_at_right(ax, state, at=width + other, heading="state", colour=style.VERMILION)
    apart(ax, vague_rows(table, "lq"))
    for position, row in enumerate(shown):
        if not (is_measured(row, "lq") or is_measured(row, "lq_state")):
            note_in_row(ax, position, why_missing(row))


def _numbers(table: pd.DataFrame) -> list[list[str]]:
    shown = records(table)
    return [[MEASURES[measure].cell(row) for row in shown] for measure in BANDS]


def _widths(table: pd.DataFrame) -> list[float]:
    """Return the inches of the two columns of numbers."""
    return [room_for(texts, 0.5) + 0.06 for texts in _numbers(table)]


def _alt(found: Assessment, table: pd.DataFrame) -> str:
    known = measured_rows(table, "lq", "lq_state")
    nation, state = MEASURES["lq"].cell, MEASURES["lq_state"].cell
    listed = words.listing(
        f"{row['candidate_name']} {nation(row)} and {state(row)}" for row in known
    )
    return (
        f"Dot plot of location quotients in {found.year} against the nation and against "
        f"{found.state_name}, with lines at 1.0 and {CONCENTRATED}: {listed}. "
        "A range stands for a quotient that is too uncertain, or not published."
    )
