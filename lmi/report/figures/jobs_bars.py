"""Jobs by candidate: the published part solid, the estimated part hatched, with its interval."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import (
    BAR_HEIGHT,
    HATCH,
    NARROW,
    band_rows,
    bar_patch,
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
from lmi.words import Row
from lmi.words.intervals import JOBS, short_span

__all__ = ["jobs_figure"]


def jobs_figure(found: Assessment) -> Figure:
    """Draw jobs by candidate sector."""
    table = found.present
    title = f"Jobs by candidate sector, {found.year}"
    with style.drawing():
        fig, ax = style.row_canvas(
            list(table["candidate_name"]), title=title, footer=style.footer(found), legend_rows=1,
            right=0.84,
        )  # fmt: skip
        any_estimated, any_line = _bars(ax, found)
        handles: list[Artist] = [bar_patch("Published", style.BLUE)]
        if any_estimated:
            handles.append(bar_patch("Estimated (withheld by law)", style.BLUE, hatched=True))
        if any_line:
            handles.append(line_sample("90% sure", style.INK, marker="|"))
        legend_under_title(fig, handles)
        ax.set_xlabel("Jobs (annual average)")
        ax.xaxis.set_major_locator(_few_ticks())
        ax.xaxis.set_major_formatter(lambda value, _position: words.whole(value))
    return Figure("jobs", fig, _alt(found))


def _few_ticks():  # type: ignore[no-untyped-def]
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=4, integer=True, min_n_ticks=2)


def _bars(ax: Axes, found: Assessment) -> tuple[bool, bool]:
    """Draw the bars; tell whether any part is estimated, and whether any interval is drawn."""
    table = found.present
    total = table[JOBS].to_numpy(float)
    published = np.minimum(np.nan_to_num(table[f"{JOBS}_published"].to_numpy(float)), total)
    low, high = ends_of(table, JOBS, NARROW * np.nanmax([*total, 0.0]))
    is_vague = vague_rows(table, JOBS)
    rows = np.arange(len(total))
    band_rows(ax, np.flatnonzero(is_vague), low, high)
    ax.barh(rows, published, height=BAR_HEIGHT, color=style.BLUE, label="Published")
    estimated = np.where(is_vague, 0.0, total - published)
    shown = np.flatnonzero(estimated > 0)
    ax.barh(
        shown, estimated[shown], left=published[shown], height=BAR_HEIGHT, hatch=HATCH,
        color=style.PALE_BLUE, edgecolor=style.BLUE, linewidth=0, label="Estimated",
    )  # fmt: skip
    interval_lines(ax, low, high)
    ax.set_xlim(0, 1.03 * np.nanmax([*total, *high, 1.0]))
    values_at_right(
        ax, [short_span(row, JOBS) if is_vague[i] else _number(row)
             for i, row in enumerate(found.rows)],
    )  # fmt: skip
    for position, row in enumerate(found.rows):
        if not words.is_known(row["annual_avg_emplvl"]):
            note_in_row(ax, position, why_missing(row))
    return bool(len(shown)), bool(np.isfinite(low).any())


def _number(row: Row) -> str:
    return words.marked(words.whole(row[JOBS]), row["emplvl_estimated_share"])


def _alt(found: Assessment) -> str:
    known = [row for row in found.rows if words.is_known(row["annual_avg_emplvl"])]
    listed = words.listing([f"{row['candidate_name']} {MEASURES[JOBS].cell(row)}" for row in known])
    return (
        f"Bar chart of jobs in {words.count(len(known), 'candidate sector')} of {found.name} "
        f"in {found.year}, the largest first: {listed}. ≈ marks numbers that are estimated "
        "in good part; a range stands for a number that is too uncertain to say."
    )
