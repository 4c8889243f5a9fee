"""Location quotients against the nation and the state, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lmi.report import style, words
from lmi.report.display import Figure, records
from lmi.report.figures.rows import (
    legend_under_title,
    note_in_row,
    values_at_right,
    why_missing,
)
from lmi.report.profile import Profile

__all__ = ["CONCENTRATED", "by_concentration", "concentration_figure", "log_ticks"]

MOST_TICKS = 5
CONCENTRATED = 1.25
"""The quotient above which a sector is called concentrated (the screen that JobsEQ uses)."""

SMALLEST, LARGEST = 0.05, 64.0
"""Quotients outside this range are drawn at its end; their value stands beside them."""


def by_concentration(profile: Profile) -> pd.DataFrame:
    """Order the candidates by quotient against the nation, the highest first, missing last.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    DataFrame
    """
    ordered = profile.present.sort_values(
        ["lq", "lq_state", "candidate"], ascending=[False, False, True]
    )
    return ordered.reset_index(drop=True)


def concentration_figure(profile: Profile) -> Figure:
    """Draw each candidate's quotient against the nation and the state.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    Figure
    """
    table = by_concentration(profile)
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["candidate_name"]), title=f"Concentration of jobs, {profile.year}",
            footer=profile.footer, legend_rows=2, right=1.15,
        )  # fmt: skip
        _dots(ax, table)
        _scale(ax, table)
        _texts(ax, table)
        handles = [
            Line2D([], [], color=style.BLUE, marker="o", linestyle="none", markersize=7,
                   label="against the nation"),
            Line2D([], [], color=style.VERMILION, marker="D", linestyle="none", markersize=6,
                   markerfacecolor="white", markeredgewidth=1.5,
                   label=f"against {profile.state_name}"),
        ]  # fmt: skip
        legend_under_title(fig, handles)
        ax.set_xlabel("Location quotient (1 = same share of jobs)")
    return profile.keep(Figure("concentration", fig, _alt(profile, table)))


def _dots(ax: Axes, table: pd.DataFrame) -> None:
    rows = np.arange(len(table))
    nation = _drawn(table["lq"])
    state = _drawn(table["lq_state"])
    ax.hlines(rows, np.fmin(nation, state), np.fmax(nation, state), color=style.GREY, linewidth=1.6)
    ax.plot(
        state, rows, linestyle="none", marker="D", markersize=6, markerfacecolor="white",
        markeredgecolor=style.VERMILION, markeredgewidth=1.5, label="state",
    )  # fmt: skip
    ax.plot(
        nation, rows, linestyle="none", marker="o", markersize=7, color=style.BLUE, label="nation"
    )


def _drawn(values: pd.Series) -> np.ndarray:
    array = values.to_numpy(float)
    return np.where(array > 0, array.clip(SMALLEST, LARGEST), np.nan)


def _scale(ax: Axes, table: pd.DataFrame) -> None:
    drawn = np.concatenate([_drawn(table["lq"]), _drawn(table["lq_state"]), [0.5, 2.0]])
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
    """Choose round ticks of a doubling scale.

    Parameters
    ----------
    low, high : float
        Positive ends of the axis.

    Returns
    -------
    list of float

    Examples
    --------
    >>> log_ticks(0.04, 5)
    [0.0625, 0.25, 1.0, 4.0]
    >>> log_ticks(0.3, 5)
    [0.5, 1.0, 2.0, 4.0]
    """
    doublings = np.arange(np.ceil(np.log2(low)), np.floor(np.log2(high)) + 1)
    if len(doublings) > MOST_TICKS:  # every second one, with 1 among them
        doublings = doublings[doublings % 2 == 0]
    return [float(2.0**power) for power in doublings]


def _texts(ax: Axes, table: pd.DataFrame) -> None:
    nation = [words.quotient(value) for value in table["lq"]]
    state = [words.quotient(value) for value in table["lq_state"]]
    values_at_right(ax, nation, at=0.55, heading="nation", colour=style.BLUE)
    values_at_right(ax, state, at=1.1, heading="state", colour=style.VERMILION)
    for position, row in enumerate(records(table)):
        if not (words.is_known(row["lq"]) or words.is_known(row["lq_state"])):
            note_in_row(ax, position, why_missing(row))


def _alt(profile: Profile, table: pd.DataFrame) -> str:
    known = records(table.dropna(subset=["lq", "lq_state"], how="all"))
    listed = words.listing(
        [
            f"{row['candidate_name']} {words.quotient(row['lq'])} and "
            f"{words.quotient(row['lq_state'])}"
            for row in known
        ]
    )
    return (
        f"Dot plot of location quotients in {profile.year} against the nation and against "
        f"{profile.state_name}, with lines at 1.0 and {CONCENTRATED}: {listed}."
    )
