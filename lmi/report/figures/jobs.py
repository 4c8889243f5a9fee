"""Jobs by candidate: the published part solid, the estimated part hatched, with its interval."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from lmi.report import style, words
from lmi.report.display import Figure
from lmi.report.figures.rows import (
    BAR_HEIGHT,
    HATCH,
    bar_patch,
    legend_under_title,
    line_sample,
    note_in_row,
    values_at_right,
    why_missing,
)
from lmi.report.profile import Profile

__all__ = ["jobs_figure"]


def jobs_figure(profile: Profile) -> Figure:
    """Draw jobs by candidate sector.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    Figure
    """
    table = profile.present
    title = f"Jobs by candidate sector, {profile.year}"
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["candidate_name"]), title=title, footer=profile.footer, legend_rows=1,
            right=0.84,
        )  # fmt: skip
        any_estimated = _bars(ax, profile)
        handles: list[Artist] = [bar_patch("Published", style.BLUE)]
        if any_estimated:
            handles += [
                bar_patch("Estimated (withheld by law)", style.BLUE, hatched=True),
                line_sample("Range of the estimate", style.INK),
            ]
        legend_under_title(fig, handles)
        ax.set_xlabel("Jobs (annual average)")
        ax.xaxis.set_major_locator(_few_ticks())
        ax.xaxis.set_major_formatter(lambda value, _position: words.whole(value))
    return profile.keep(Figure("jobs", fig, _alt(profile)))


def _few_ticks():  # type: ignore[no-untyped-def]
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=4, integer=True, min_n_ticks=2)


def _bars(ax: Axes, profile: Profile) -> bool:
    table = profile.present
    jobs = table["annual_avg_emplvl"].to_numpy(float)
    published = np.minimum(
        np.nan_to_num(table["annual_avg_emplvl_published"].to_numpy(float)), jobs
    )
    rows = np.arange(len(jobs))
    ax.barh(rows, published, height=BAR_HEIGHT, color=style.BLUE, label="Published")
    estimated = jobs - published
    shown = np.flatnonzero(estimated > 0)
    ax.barh(
        shown, estimated[shown], left=published[shown], height=BAR_HEIGHT, hatch=HATCH,
        color=style.PALE_BLUE, edgecolor=style.BLUE, linewidth=0, label="Estimated",
    )  # fmt: skip
    low = table["annual_avg_emplvl_lo"].to_numpy(float)[shown]
    high = table["annual_avg_emplvl_hi"].to_numpy(float)[shown]
    error = np.vstack([jobs[shown] - low, high - jobs[shown]]).clip(min=0)
    ax.errorbar(
        jobs[shown], shown, xerr=error, fmt="none", ecolor=style.INK, elinewidth=0.9, capsize=2.2
    )
    ax.set_xlim(0, 1.03 * np.nanmax([*jobs, *high, 1.0]))
    texts = [
        words.marked(words.whole(row["annual_avg_emplvl"]), row["emplvl_estimated_share"])
        for row in profile.rows
    ]
    values_at_right(ax, texts)
    for position, row in enumerate(profile.rows):
        if not words.is_known(row["annual_avg_emplvl"]):
            note_in_row(ax, position, why_missing(row))
    return bool(len(shown))


def _alt(profile: Profile) -> str:
    known = [row for row in profile.rows if words.is_known(row["annual_avg_emplvl"])]
    listed = words.listing(
        [
            f"{row['candidate_name']} "
            + words.marked(words.whole(row["annual_avg_emplvl"]), row["emplvl_estimated_share"])
            for row in known
        ]
    )
    return (
        f"Bar chart of jobs in {words.count(len(known), 'candidate sector')} of {profile.name} "
        f"in {profile.year}, the largest first: {listed}. ≈ marks numbers that are estimated "
        "in good part."
    )
