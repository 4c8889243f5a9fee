"""Change in jobs by candidate: growth of all jobs, the industry's trend, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import (
    NARROW,
    apart,
    bar_patch,
    bars,
    ends_of,
    interval_lines,
    legend_under_title,
    note_in_row,
    room_for,
    values_at_right,
    why_missing,
)
from lmi.report.in_order import by_size, labels, measured_rows, vague_rows
from lmi.words import records
from lmi.words.how_sure import has_range, is_measured, is_vague
from lmi.words.intervals import effect, gained, rough_signed, span

__all__ = ["PARTS", "ShiftShareSplit", "shift_share_figure", "shift_share_split"]

BEYOND = 0.25
"""Of what numbers reach over, so much more the axis may show of ranges that stand for one."""
PARTS = ("reference_growth", "industry_mix", "competitive_share")
ENDS = ("", "_lo", "_hi", "_is_vague")

DIAMOND: dict[str, Any] = {
    "linestyle": "none", "marker": "D", "markersize": 5.5, "markerfacecolor": "white",
    "markeredgecolor": style.INK, "markeredgewidth": 1.2,
}  # fmt: skip

LOOKS = {
    "reference_growth": ("National growth", style.GREY),
    "industry_mix": ("Industry trend", style.ORANGE),
    "competitive_share": ("Local share", style.BLUE),
}


@dataclass(frozen=True, eq=False)
class ShiftShareSplit:
    """What changed, and what it is compared with.

    Parameters
    ----------
    table : DataFrame
        Candidates that have or had jobs, the largest gain first, those without a known change
        last; `PARTS` hold the split with its ends, missing where there is none.
    reference : str
        The place compared with, as a sentence uses it ("the nation"); empty where there is none.
    """

    table: pd.DataFrame
    reference: str


def shift_share_split(found: Assessment) -> ShiftShareSplit:
    """Split the change in jobs against the nation or, failing that, the state."""
    table = found.candidates
    counted = (table["annual_avg_emplvl"] != 0) | (table["emplvl_chg"].fillna(0) != 0)
    ordered = by_size(table[counted], "emplvl_chg", "candidate_name")
    for suffix, place in (("", "the nation"), ("_state", found.state_name)):
        names = [f"{name}{suffix}" for name in ("national_growth", *PARTS[1:])]
        if set(names) <= set(ordered) and ordered[names[-1]].notna().any():
            chosen = {
                f"{part}{end}": ordered.get(f"{name}{end}", float("nan"))
                for part, name in zip(PARTS, names, strict=True)
                for end in ENDS
            }
            return ShiftShareSplit(ordered.assign(**chosen), place)
    none = [f"{part}{end}" for part in PARTS for end in ENDS]
    return ShiftShareSplit(ordered.assign(**dict.fromkeys(none, float("nan"))), "")


def shift_share_figure(found: Assessment, split: ShiftShareSplit) -> Figure:
    """Draw each candidate's change in jobs and, where they are known, its three parts."""
    table = split.table
    with style.drawing():
        fig, ax = style.row_canvas(
            labels(table), title=f"Change in jobs, {found.span}",
            footer=style.footer(found), legend_rows=1 if split.reference or _is_open(table) else 0,
            right=room_for(_gains(table)) + 0.04,
        )  # fmt: skip
        if split.reference:
            _stacks(ax, split)
            legend_under_title(fig, _legend(ax, split))
        else:
            shown = _without_vague(table)
            net = shown["emplvl_chg"].to_numpy(float)
            bars(ax, np.arange(len(net)), net, facecolor=style.GREY)
            _intervals(ax, shown, np.zeros(len(net)), np.zeros(len(net)))
            if _is_open(table):
                sample = Line2D([], [], color=style.INK, marker="|", label="90% sure")
                legend_under_title(fig, [sample])
        ax.axvline(0, color=style.INK, linewidth=0.9)
        ax.set_xlabel("Jobs")
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(lambda value, _position: words.signed(value))
        _texts(ax, table)
    return Figure("shift_share", fig, _alt(found, split))


def _is_open(table: pd.DataFrame) -> bool:
    """Tell whether any change has an interval of some width."""
    return any(has_range(row, "emplvl_chg") for row in records(table))


def _stacks(ax: Axes, split: ShiftShareSplit) -> None:
    table = _without_vague(split.table)
    rows = np.arange(len(table))
    right = np.zeros(len(table))
    left = np.zeros(len(table))
    for column, (label, colour) in LOOKS.items():
        part = np.nan_to_num(table[column].to_numpy(float))
        start = np.where(part >= 0, right, left)
        bars(ax, rows, part, left=start, facecolor=colour, label=label)
        right += part.clip(min=0)
        left += part.clip(max=0)
    net = table["emplvl_chg"].to_numpy(float)
    ax.plot(net, rows, label="Net change", zorder=4, **DIAMOND)
    _intervals(ax, table, left, right)


def _intervals(ax: Axes, table: pd.DataFrame, left: np.ndarray, right: np.ndarray) -> None:
    """Draw how far the net changes may be off, and give the axis room for all."""
    net = table["emplvl_chg"].to_numpy(float)
    reach = max(right.max(initial=0), np.nanmax([*net, 0.0])) - min(
        left.min(initial=0), np.nanmin([*net, 0.0])
    )
    ends = ends_of(table, "emplvl_chg", NARROW * reach)
    interval_lines(ax, *ends)
    # a range alone may be so wide that all others would vanish: it ends in arrows at the edge
    numbers = [np.where(np.isnan(net), np.nan, end) for end in ends]
    low = min(left.min(initial=0), np.nanmin([*net, *numbers[0], 0.0]))
    high = max(right.max(initial=0), np.nanmax([*net, *numbers[1], 0.0]))
    most = BEYOND * max(high - low, reach)
    low = max(np.nanmin([low, *ends[0]]), low - most) if most else np.nanmin([low, *ends[0]])
    high = min(np.nanmax([high, *ends[1]]), high + most) if most else np.nanmax([high, *ends[1]])
    room = 0.04 * max(high - low, 1.0)
    ax.set_xlim(low - room, high + room)
    for marker, at, past in (("<", low, ends[0] < low), (">", high, ends[1] > high)):
        rows = np.flatnonzero(past)
        ax.plot(np.full(len(rows), at), rows, marker, color=style.INK, markersize=4, zorder=4)


def _without_vague(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out the numbers of changes that are too uncertain to be drawn."""
    drawn = ["emplvl_chg", *PARTS, "emplvl_chg_lo", "emplvl_chg_hi"]
    kept = [name for name in drawn if name in table]
    table = table.copy()
    table.loc[vague_rows(table, "emplvl_chg"), kept] = np.nan
    return table


def _legend(ax: Axes, split: ShiftShareSplit) -> list[Artist]:
    first = "National growth" if split.reference == "the nation" else "State growth"
    labels = [first, *(label for label, _colour in list(LOOKS.values())[1:])]
    colours = [colour for _label, colour in LOOKS.values()]
    patches = [bar_patch(*part) for part in zip(labels, colours, strict=True)]
    return [*patches, Line2D([], [], label="Net change", **DIAMOND)]


def _gains(table: pd.DataFrame) -> list[str]:
    """Write the changes in jobs that are drawn."""
    return ["" if is_vague(row, "emplvl_chg") else gained(row) for row in records(table)]


def _texts(ax: Axes, table: pd.DataFrame) -> None:
    shown = records(table)
    texts = _gains(table)
    values_at_right(ax, texts, at=room_for(texts))
    apart(ax, vague_rows(table, "emplvl_chg"))
    for position, row in enumerate(shown):
        if not is_measured(row, "emplvl_chg"):
            note_in_row(ax, position, why_missing(row))
        elif is_vague(row, "emplvl_chg"):
            said = span(row, "emplvl_chg", rough_signed)
            note_in_row(ax, position, f"too uncertain to say: {said}".removesuffix(": "))


def _alt(found: Assessment, split: ShiftShareSplit) -> str:
    listed = []
    for row in measured_rows(split.table, "emplvl_chg"):
        local = f" (local share {effect(row, 'competitive_share')})"
        said = f"{row['candidate_name']} {gained(row)}"
        listed.append(said + (local if split.reference else ""))
    if not split.reference:
        return f"Bars of the change in jobs from {found.span}: {words.listing(listed)}."
    return (
        f"Stacked bars of the change in jobs from {found.span}, split into the growth of all "
        f"jobs in {split.reference}, the trend of the industry there and the local share: "
        f"{words.listing(listed)}."
    )
