"""Jobs over the years in the region, its state and the nation, from one common start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.words import records
from lmi.words.how_sure import JOBS, has_range

__all__ = ["FEWEST_YEARS", "mark_empty", "missing_years", "trend_figure", "trend_lines"]

FEWEST_YEARS = 3
EMPTY = "#f1f3f5"
PLACES = ("region", "state", "nation")


def trend_lines(jobs: pd.DataFrame) -> pd.DataFrame:
    """Give all-industry jobs as an index, one column a place.

    Parameters
    ----------
    jobs : DataFrame
        By year, `place` and `key`, as a profile's `trend` has them.

    Returns
    -------
    DataFrame, index year
        Columns `region`, `state` and `nation` where they are known; 100 in the first year that
        the region has, missing in years that the store lacks. Empty where there are fewer than
        three years.
    """
    totals = jobs[jobs["key"] == "total"]
    wide = totals.pivot_table(index="year", columns="place", values="annual_avg_emplvl")
    if "region" not in wide or wide["region"].notna().sum() < FEWEST_YEARS:
        return pd.DataFrame()
    wide = wide[[place for place in PLACES if place in wide]].sort_index()
    wide = wide[wide["region"].notna().cummax()]
    # A place without the first or the last year has no growth to be read off.
    started = wide.loc[:, wide.iloc[0].notna() & wide.iloc[-1].notna()]
    every = pd.RangeIndex(started.index[0], started.index[-1] + 1, name="year")
    return (100 * started / started.iloc[0]).reindex(every)


def missing_years(by_year: pd.Series) -> list[int]:
    """Return the years between the first and the last that there is nothing of."""
    return [int(year) for year in by_year.index[by_year.isna()]]


def trend_figure(found: Assessment, jobs: pd.DataFrame) -> Figure:
    """Draw all-industry jobs over the years."""
    lines = trend_lines(jobs)
    first = int(lines.index[0])
    names = {"region": found.name, "state": found.state_name, "nation": "Nation"}
    looks = {
        "region": (style.BLUE, "-", 2.6),
        "state": (style.VERMILION, (0, (4, 1.5)), 1.6),
        "nation": (style.MUTED, (0, (1, 1.2)), 1.8),
    }
    margins = style.Margins(left=0.48, right=1.5, top=0.42, bottom=0.55)
    with style.drawing():
        title = f"Jobs in all industries since {first} ({first} = 100)"
        fig, ax = style.canvas(1.9, margins, title=title, footer=style.footer(found))
        for place in lines:
            colour, dash, weight = looks[str(place)]
            ax.plot(
                lines.index, lines[place], color=colour, linestyle=dash, linewidth=weight,
                marker="o", markersize=weight + 1.2, label=names[str(place)], clip_on=False,
            )  # fmt: skip
        _band(ax, jobs, lines.index)
        mark_empty(ax, missing_years(lines["region"]))
        ax.axhline(100, color=style.INK, linewidth=0.8)
        ax.set_xlim(first, int(lines.index[-1]))
        ax.locator_params(axis="x", nbins=6, integer=True)
        ax.locator_params(axis="y", nbins=5, integer=True)
        ax.grid(axis="y")
        ax.tick_params(length=0)
        _name_ends(ax, lines, names, {place: look[0] for place, look in looks.items()})
    return Figure("trend", fig, _alt(lines, names))


def _band(ax: Axes, jobs: pd.DataFrame, years: pd.Index) -> None:
    """Shade what the region's jobs may be in years of which the total is estimated."""
    totals = jobs[(jobs["key"] == "total") & (jobs["place"] == "region")]
    own = totals.set_index("year").reindex(years)
    if not any(has_range(row, JOBS) for row in records(own)):
        return
    start = own[JOBS].iloc[0]
    low, high = (100 * own[f"{JOBS}_{end}"] / start for end in ("lo", "hi"))
    ax.fill_between(years, low, high, color=style.BLUE, alpha=0.16, linewidth=0)


def mark_empty(ax: Axes, missing: Sequence[int]) -> None:
    """Mark the years that no line runs through, because the store lacks them."""
    runs = np.split(np.array(missing), np.flatnonzero(np.diff(missing) > 1) + 1)
    for run in runs if missing else []:
        ax.axvspan(run[0] - 0.5, run[-1] + 0.5, color=EMPTY, linewidth=0, zorder=0)
        ax.text(
            run.mean(), 0.97, "no data", transform=ax.get_xaxis_transform(), ha="center", va="top",
            rotation=0 if len(run) > 2 else 90, fontsize=8, color=style.MUTED, style="italic",
        )  # fmt: skip


def _name_ends(
    ax: Axes, lines: pd.DataFrame, names: dict[str, str], colours: dict[str, str]
) -> None:
    """Name each line at its right end, moved apart where ends are close and led to its end."""
    last = lines.ffill().iloc[-1].sort_values()
    low, high = ax.get_ylim()
    least = 0.17 * (high - low)
    heights = last.to_numpy(float).copy()
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + least)
    heights[-1] = min(heights[-1], high - 0.3 * least)
    for index in range(len(heights) - 2, -1, -1):
        heights[index] = min(heights[index], heights[index + 1] - least)
    for place, height in zip(last.index, heights, strict=True):
        ax.plot(
            [1.015, 1.045], [last[place], height], color=colours[place], linewidth=0.7,
            transform=ax.get_yaxis_transform(), clip_on=False,
        )  # fmt: skip
        ax.text(
            1.055, height, style.wrapped(f"{names[place]} {last[place]:.0f}", 18, lines=3),
            transform=ax.get_yaxis_transform(), color=colours[place], va="center", fontsize=8,
            fontweight="bold" if place == "region" else "normal", linespacing=1.0,
        )  # fmt: skip


def _alt(lines: pd.DataFrame, names: dict[str, str]) -> str:
    ends = words.listing(
        [f"{names[str(place)]} {value:.0f}" for place, value in lines.ffill().iloc[-1].items()
         if np.isfinite(value)]
    )  # fmt: skip
    missing = missing_years(lines["region"])
    gap = f" No data, and no line, in {words.years_listed(missing)}." if missing else ""
    return (
        f"Line chart of jobs in all industries, {int(lines.index[0])} set to 100. "
        f"In {int(lines.index[-1])}: {ends}.{gap}"
    )
