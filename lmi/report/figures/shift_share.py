"""Change in jobs by candidate: growth of all jobs, the industry's trend, and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lmi.report import style, words
from lmi.report.change import Change
from lmi.report.display import Figure, records
from lmi.report.figures.rows import (
    BAR_HEIGHT,
    bar_patch,
    legend_under_title,
    note_in_row,
    values_at_right,
    why_missing,
)
from lmi.report.profile import Profile

__all__ = ["shift_share_figure"]

DIAMOND: dict[str, Any] = {
    "linestyle": "none", "marker": "D", "markersize": 5.5, "markerfacecolor": "white",
    "markeredgecolor": style.INK, "markeredgewidth": 1.2,
}  # fmt: skip

LOOKS = {
    "reference_growth": ("National growth", style.GREY),
    "industry_mix": ("Industry trend", style.ORANGE),
    "competitive_share": ("Local share", style.BLUE),
}


def shift_share_figure(profile: Profile, change: Change) -> Figure:
    """Draw each candidate's change in jobs and, where they are known, its three parts.

    Parameters
    ----------
    profile : Profile
    change : Change

    Returns
    -------
    Figure
    """
    table = change.table
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["candidate_name"]), title=f"Change in jobs, {profile.span}",
            footer=profile.footer, legend_rows=1 if change.reference else 0, right=0.84,
        )  # fmt: skip
        if change.reference:
            _stacks(ax, change)
            legend_under_title(fig, _legend(ax, change))
        else:
            net = table["emplvl_chg"].to_numpy(float)
            ax.barh(np.arange(len(net)), net, height=BAR_HEIGHT, color=style.GREY)
        ax.axvline(0, color=style.INK, linewidth=0.9)
        ax.set_xlabel("Jobs")
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(lambda value, _position: words.signed(value))
        _texts(ax, table)
    return profile.keep(Figure("shift_share", fig, _alt(profile, change)))


def _stacks(ax: Axes, change: Change) -> None:
    table = change.table
    rows = np.arange(len(table))
    right = np.zeros(len(table))
    left = np.zeros(len(table))
    for column, (label, colour) in LOOKS.items():
        part = np.nan_to_num(table[column].to_numpy(float))
        start = np.where(part >= 0, right, left)
        ax.barh(rows, part, left=start, height=BAR_HEIGHT, color=colour, label=label)
        right += part.clip(min=0)
        left += part.clip(max=0)
    net = table["emplvl_chg"].to_numpy(float)
    ax.plot(net, rows, label="Net change", zorder=4, **DIAMOND)
    low = min(left.min(), np.nanmin(net))
    high = max(right.max(), np.nanmax(net))
    room = 0.04 * max(high - low, 1.0)
    ax.set_xlim(low - room, high + room)


def _legend(ax: Axes, change: Change) -> list[Artist]:
    first = "National growth" if change.reference == "the nation" else "State growth"
    labels = [first, *(label for label, _colour in list(LOOKS.values())[1:])]
    colours = [colour for _label, colour in LOOKS.values()]
    patches = [bar_patch(*part) for part in zip(labels, colours, strict=True)]
    return [*patches, Line2D([], [], label="Net change", **DIAMOND)]


def _texts(ax: Axes, table: pd.DataFrame) -> None:
    shown = records(table)
    values_at_right(
        ax,
        [
            words.marked(words.signed(row["emplvl_chg"]), row["emplvl_estimated_share"])
            for row in shown
        ],
    )
    for position, row in enumerate(shown):
        if not words.is_known(row["emplvl_chg"]):
            note_in_row(ax, position, why_missing(row, over_time=True))


def _alt(profile: Profile, change: Change) -> str:
    listed = []
    for row in records(change.table.dropna(subset=["emplvl_chg"])):
        local = f" (local share {words.signed(row['competitive_share'])})"
        said = f"{row['candidate_name']} {words.signed(row['emplvl_chg'])}"
        listed.append(said + (local if change.reference else ""))
    if not change.reference:
        return f"Bars of the change in jobs from {profile.span}: {words.listing(listed)}."
    return (
        f"Stacked bars of the change in jobs from {profile.span}, split into the growth of all "
        f"jobs in {change.reference}, the trend of the industry there and the local share: "
        f"{words.listing(listed)}."
    )
