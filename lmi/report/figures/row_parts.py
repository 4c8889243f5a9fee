"""Parts that charts with one horizontal row a candidate share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

from lmi.report import style
from lmi.words import Row, holds, is_known, records
from lmi.words.how_sure import has_range

__all__ = [
    "NARROW",
    "apart",
    "bar_patch",
    "bars",
    "ends_of",
    "interval_lines",
    "legend_under_title",
    "note_in_row",
    "room_for",
    "values_at_right",
    "why_missing",
]

BAR_HEIGHT = 0.58
HATCH = "////"
NARROW = 0.015
"""Intervals narrower than this part of the axis are not drawn."""


def bar_patch(label: str, colour: str, hatched: bool = False) -> Patch:
    """Make the legend's sample of a bar.

    Parameters
    ----------
    hatched : bool, optional
        Draw it as estimated parts are drawn.

    Examples
    --------
    >>> bar_patch("Published", style.BLUE).get_label()
    'Published'
    """
    if not hatched:
        return Patch(facecolor=colour, label=label)
    return Patch(facecolor=style.PALE_BLUE, edgecolor=colour, hatch=HATCH, linewidth=0, label=label)


def bars(
    ax: Axes,
    rows: ArrayLike,
    widths: ArrayLike,
    *,
    left: float | np.ndarray = 0.0,
    height: float = BAR_HEIGHT,
    **look: Any,
) -> None:
    """Draw a bar in each of some rows, all in one piece: that takes half the time of single ones.

    Parameters
    ----------
    rows, widths, left : array-like, shape (n,)
        A width that is not known is not drawn.
    look
        As of a `matplotlib.collections.PolyCollection`.
    """
    up = np.asarray(rows, dtype=float) - height / 2
    begin, end = np.broadcast_arrays(left, left + np.asarray(widths, dtype=float))
    corners = [(begin, up), (end, up), (end, up + height), (begin, up + height)]
    boxes = np.moveaxis(np.array(corners), 2, 0)[np.isfinite(end)]
    ax.add_collection(PolyCollection(boxes, **{"linewidth": 0, **look}), autolim=False)


def legend_under_title(
    fig: Canvas, handles: Sequence[Artist], lead: str = "", row: int = 0
) -> None:
    """Set a legend in one row under the title.

    Parameters
    ----------
    lead : str, optional
        Words before the samples.
    row : int, optional
        Rows of other legends above it.

    Examples
    --------
    >>> with style.drawing():
    ...     fig, ax = style.canvas(1.0, style.Margins(), title="Jobs", legend_rows=1)
    ...     legend_under_title(fig, [bar_patch("Published", style.BLUE)])
    >>> [text.get_text() for text in fig.legends[0].get_texts()]
    ['Published']
    """
    height = fig.get_figheight()
    indent, down = 0.0, 0.22 * row
    if lead:
        text = fig.text(0.04 / style.WIDTH, 1 - (0.3 + down) / height, lead, fontsize=8, va="top")
        renderer = fig.canvas.get_renderer()  # type: ignore[attr-defined]
        indent = text.get_window_extent(renderer).x1 / fig.bbox.width + 0.05 / style.WIDTH
    fig.legend(
        handles=list(handles),
        loc="upper left",
        bbox_to_anchor=(indent, 1 - (0.26 + down) / height),
        ncols=len(handles),
        borderpad=0.2,
        borderaxespad=0.0,
        columnspacing=1.1,
        handlelength=1.3,
        handletextpad=0.45,
    )


def values_at_right(ax: Axes, texts: Sequence[str], *, at: float = 0.8, heading: str = "") -> None:
    """Write each row's value in a column to the right of the plotting area.

    Parameters
    ----------
    ax : Axes
        Made by `lmi.report.style.row_canvas`.
    texts : sequence of str, one a row
    at : float, inches, optional
        Right end of the column, counted from the plotting area's right edge.
    heading : str, optional
        Set above the column.
    """
    figure = ax.figure
    width = ax.get_position().width * figure.get_figwidth()  # type: ignore[union-attr]
    x = 1 + at / width
    transform = ax.get_yaxis_transform()
    for row, text in enumerate(texts):
        ax.text(x, row, text, transform=transform, ha="right", va="center", color=style.INK)
    if heading:
        ax.text(
            x, -0.62, heading, transform=transform, ha="right", va="bottom", fontsize=8,
            color=style.MUTED,
        )  # fmt: skip


def room_for(texts: Sequence[str]) -> float:
    """Return the inches that a column of texts takes at the right of a chart."""
    return max([0.8, *(0.03 + 0.072 * len(text) for text in texts)])


def ends_of(table: pd.DataFrame, measure: str, least: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Give the ends of the intervals that a chart draws.

    Parameters
    ----------
    table : DataFrame, one row a candidate
    least : float, optional, in the unit of the measure
        A narrower interval is not drawn: it would look like a blot.

    Returns
    -------
    lo, hi : ndarray
        Missing where none is drawn.

    Examples
    --------
    >>> table = pd.DataFrame({"lq": [1.0, 1.0], "lq_lo": [0.8, 1.0], "lq_hi": [1.3, 1.0]})
    >>> ends_of(table, "lq")
    (array([0.8, nan]), array([1.3, nan]))
    """
    drawn = [has_range(row, measure) for row in records(table)]
    low, high = (
        np.where(drawn, table.get(f"{measure}_{end}", np.nan), np.nan).astype(float)
        for end in ("lo", "hi")
    )
    wide = high - low >= least
    return np.where(wide, low, np.nan), np.where(wide, high, np.nan)


def interval_lines(ax: Axes, low: np.ndarray, high: np.ndarray) -> None:
    """Draw a thin line with caps from end to end of each row's interval."""
    at = np.flatnonzero(np.isfinite(low) & np.isfinite(high))
    middle, half = (low[at] + high[at]) / 2, (high[at] - low[at]) / 2
    ax.errorbar(
        middle, at, xerr=half, fmt="none", ecolor=style.INK, elinewidth=0.9, capsize=2.2, zorder=3.5
    )


def note_in_row(ax: Axes, row: float, text: str, at: float = 0.0) -> None:
    """Say in a row why nothing is drawn there.

    Parameters
    ----------
    at : float, optional
        Where the text starts, as a fraction of the plotting area's width.
    """
    ax.text(
        at + 0.01, row, text, transform=ax.get_yaxis_transform(), va="center", fontsize=7.5,
        style="italic", color=style.MUTED,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
    )  # fmt: skip


def apart(ax: Axes, vague: np.ndarray) -> None:
    """Set the rows that cannot be placed, the last ones, off from the others by a line."""
    rows = np.flatnonzero(vague)
    if len(rows) and len(rows) < len(vague):
        ax.axhline(rows[0] - 0.5, color=style.MUTED, linewidth=0.9, linestyle=(0, (1, 2)))
        note_in_row(ax, rows[0] - 0.5, "below: too uncertain to place", 0.62)


def why_missing(row: Row) -> str:
    """Say in a few words why a candidate or an industry has no change over time.

    Examples
    --------
    >>> why_missing({"is_break": True, "annual_avg_emplvl": 120.0})
    'not compared: codes changed'
    >>> why_missing({"is_break": False, "annual_avg_emplvl": float("nan")})
    'withheld'
    """
    if holds(row, "is_break"):
        return "not compared: codes changed"
    if not is_known(row.get("annual_avg_emplvl")):
        return "withheld"
    if row["annual_avg_emplvl"] == 0:
        return "no jobs here"
    return "not available"
