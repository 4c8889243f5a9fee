"""The bubble chart: growth across, concentration up, jobs as area, four corners in plain words."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.bubble_points import BubblePoints, bubble_points
from lmi.report.figures.labels import place_labels
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.how_sure import crosses, has_range, mostly_estimated
from lmi.words.intervals import moved

__all__ = ["CORNERS", "bubble_figure", "unlabelled"]

CORNERS = {
    (True, True): ("Concentrated and growing", style.BLUE),
    (False, True): ("Concentrated, losing jobs", style.ORANGE),
    (True, False): ("Growing, not concentrated", style.SKY),
    (False, False): ("Losing jobs, not concentrated", style.GREY),
}
"""By (growing, concentrated): the words in that corner and its colour."""

LARGEST_RADIUS = 21.0  # points
SMALLEST_RADIUS = 3.2
DOTTED = (0, (1, 1.6))
BACKING = {"facecolor": "white", "edgecolor": "none", "alpha": 0.55, "pad": 0.4}

MOST_TICKS = 5
"""Of an axis of quotients; with more, every second one is left out."""


def bubble_figure(found: Assessment) -> Figure:
    """Draw growth against concentration, with jobs as the size of each bubble."""
    points = bubble_points(found)
    margins = style.Margins(left=0.55, right=0.2, top=0.42, bottom=0.72)
    with style.drawing():
        fig, ax = style.canvas(
            3.2, margins, title=f"Growth and concentration, {found.span}",
            footer=style.footer(found), legend_rows=1,
        )  # fmt: skip
        _axes(ax, points)
        captions = _corner_words(ax)
        radii = _bubbles(ax, points)
        _label(fig, ax, points, radii, captions)
        _sizes(fig, points)
    return Figure("bubbles", fig, _alt(found, points))


def unlabelled(figure: Figure, points: BubblePoints) -> tuple[str, ...]:
    """Name the bubbles that found no room for their name.

    Parameters
    ----------
    figure : Figure
        As `bubble_figure` gives it.
    """
    written = {text.get_text() for text in figure.fig.axes[0].texts}
    return tuple(
        row["candidate_name"]
        for row in records(points.table)
        if _label_text(row, points) not in written
    )


def _axes(ax: Axes, points: BubblePoints) -> None:
    # beyond the band is room for the words in the corners
    room = (points.band[1] / points.band[0]) ** 0.17
    low, high = points.band[0] / room, points.band[1] * room
    ax.set_yscale("log")
    ax.set_ylim(low, high)
    ticks = log_ticks(low, high)
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
    ax.set_xlim(*points.limits)
    ax.locator_params(axis="x", nbins=6)
    ax.xaxis.set_major_formatter(lambda value, _position: words.signed_pct(value).replace(".0", ""))
    ax.tick_params(length=0)
    ax.grid()
    ax.axhline(1.0, color=style.INK, linewidth=0.9)
    ax.axvline(0.0, color=style.INK, linewidth=0.9)
    ax.set_xlabel("Change in jobs")
    ax.set_ylabel("Location quotient against the nation")


def _corner_words(ax: Axes) -> list[Text]:
    texts = []
    for (growing, concentrated), (caption, _colour) in CORNERS.items():
        texts.append(
            ax.text(
                0.99 if growing else 0.01,
                0.988 if concentrated else 0.012,
                style.wrapped(caption, 16),
                transform=ax.transAxes,
                ha="right" if growing else "left",
                va="top" if concentrated else "bottom",
                fontsize=8,
                fontweight="bold",
                color=style.MUTED,
                linespacing=1.15,
                zorder=3.6,  # readable where a bubble lies beneath
            )
        )
    return texts


def _bubbles(ax: Axes, points: BubblePoints) -> np.ndarray:
    """Draw the bubbles, the largest below; give their radii in points."""
    table = points.table
    radii = _radius(table["annual_avg_emplvl"].to_numpy(float))
    for position, row in enumerate(records(table)):
        x, y = _drawn_at(row, points, ax, radii[position])
        colour = CORNERS[(row["emplvl_pct_chg"] > 0, row["lq"] > 1)][1]
        is_guessed = mostly_estimated(row.get("emplvl_estimated_share"))
        ax.scatter(
            [x], [y], s=(2 * radii[position]) ** 2, color="white" if is_guessed else colour,
            alpha=0.72, edgecolors=colour if is_guessed else style.INK,
            linewidths=1.6 if is_guessed else 0.7, zorder=3, clip_on=False,
        )  # fmt: skip
        for line in _whiskers(row, points, (x, y)):
            ax.plot(*line.T, color=style.MUTED, linewidth=1.1, linestyle=DOTTED, zorder=2.8)
    return radii


def _whiskers(row: Row, points: BubblePoints, at: tuple[float, float]) -> list[np.ndarray]:
    """Give the lines that tell how far a bubble may lie from where it is drawn, as end points.

    Only a bubble that may belong in another corner has any: lines at all would hide the bubbles.
    """
    if not crosses(row):
        return []
    lines = []
    if has_range(row, "emplvl_pct_chg"):
        ends = np.clip([row[f"emplvl_pct_chg_{end}"] for end in ("lo", "hi")], *points.limits)
        lines.append(np.array([(end, at[1]) for end in ends]))
    if has_range(row, "lq"):
        ends = np.clip([row[f"lq_{end}"] for end in ("lo", "hi")], *points.band)
        lines.append(np.array([(at[0], end) for end in ends]))
    return lines


def _radius(jobs: np.ndarray) -> np.ndarray:
    if not len(jobs):
        return jobs
    return np.maximum(LARGEST_RADIUS * np.sqrt(jobs / jobs.max()), SMALLEST_RADIUS)


def _drawn_at(row: Row, points: BubblePoints, ax: Axes, radius: float) -> tuple[float, float]:
    """Where a bubble is drawn: at its values, or at the edge where they lie beyond it."""
    left, right = points.limits
    inset = (right - left) * (radius / 72 + 0.03) / (ax.get_position().width * style.WIDTH)
    x = min(max(row["emplvl_pct_chg"], left + inset), right - inset)
    return x, min(max(row["lq"], points.band[0]), points.band[1])


def _label(
    fig: Canvas, ax: Axes, points: BubblePoints, radii: np.ndarray, captions: list[Text]
) -> None:
    """Name the bubbles; sizes and places are reckoned in points."""
    rows = records(points.table)
    looks: dict[str, Any] = {"fontsize": 7.5, "linespacing": 1.0, "zorder": 5, "bbox": BACKING}
    texts = [ax.text(0, 0, _label_text(row, points), **looks) for row in rows]
    if not texts:
        return
    renderer = fig.canvas.get_renderer()  # type: ignore[attr-defined]
    scale = 72 / fig.dpi
    anchors = [_drawn_at(row, points, ax, radius) for row, radius in zip(rows, radii, strict=True)]
    centres = ax.transData.transform(anchors) * scale
    sizes = np.array([text.get_window_extent(renderer).size for text in texts]) * scale
    room = ax.get_window_extent(renderer)
    taken = [caption.get_window_extent(renderer).extents for caption in captions]
    lines = [
        ax.transData.transform(line)
        for row, at in zip(rows, anchors, strict=True)
        for line in _whiskers(row, points, at)
    ]
    thin = [(*(line.min(axis=0) - 1.5), *(line.max(axis=0) + 1.5)) for line in lines]
    walls = np.array([*taken, *_axis_lines(ax, room), *thin]) * scale
    left, bottom, right, top = np.array(room.extents) * scale
    bounds = (left + 2, bottom + 2, right - 2, top - 2)
    placed = place_labels(centres, radii, sizes, bounds, walls)
    back = (Affine2D().scale(1 / scale) + ax.transData.inverted()).transform
    for text, corner, free, far, centre, size in zip(
        texts, placed.corners, placed.free, placed.far, centres, sizes, strict=True
    ):
        if not free:
            text.remove()
            continue
        text.set(position=back(corner), verticalalignment="bottom")
        if far:
            _leader(ax, *back(np.array([centre, np.clip(centre, corner, corner + size)])))


def _axis_lines(ax: Axes, room: Bbox) -> list[tuple[float, float, float, float]]:
    """Thin boxes over the two lines that part the corners."""
    x, y = ax.transData.transform((0.0, 1.0))
    return [(x - 1.5, room.y0, x + 1.5, room.y1), (room.x0, y - 1.5, room.x1, y + 1.5)]


def _label_text(row: Row, points: BubblePoints) -> str:
    """A bubble's name, with the values that lie beyond the axes."""
    beyond = []
    if not points.limits[0] <= row["emplvl_pct_chg"] <= points.limits[1]:
        beyond.append(moved(row))
    if not points.band[0] <= row["lq"] <= points.band[1]:
        beyond.append(f"LQ {MEASURES['lq'].cell(row)}")
    name = style.wrapped(row["candidate_name"], 18, lines=3)
    return f"{name}\n({', '.join(beyond)})" if beyond else name


def _leader(ax: Axes, start: np.ndarray, end: np.ndarray) -> None:
    ax.plot(
        [start[0], end[0]], [start[1], end[1]], color=style.INK, linewidth=0.7, zorder=4,
        marker="o", markersize=2, markevery=[0],
    )  # fmt: skip


def _sizes(fig: Canvas, points: BubblePoints) -> None:
    """Show beside the title how large bubbles of so many jobs are, one within the other."""
    jobs = points.table["annual_avg_emplvl"].to_numpy(float)
    if not len(jobs):
        return
    inches = fig.dpi_scale_trans
    top = fig.get_figheight()
    looks: dict[str, Any] = {"fontsize": 7.5, "color": style.MUTED, "transform": inches}
    fig.text(0.04, top - 0.3, "Bubble area is jobs.", fontsize=8, va="top", transform=inches)
    foot = top - 2 * LARGEST_RADIUS / 72 - 0.04
    middle = style.WIDTH - 0.95
    for amount in _round_amounts(float(jobs.max())):
        radius = LARGEST_RADIUS * np.sqrt(amount / jobs.max()) / 72
        circle = Circle(
            (middle, foot + radius), radius, facecolor="none", edgecolor=style.MUTED,
            linewidth=0.8, transform=inches,
        )  # fmt: skip
        fig.add_artist(circle)
        height = foot + 2 * radius
        ends = [middle, middle + LARGEST_RADIUS / 72 + 0.06], [height, height]
        fig.add_artist(Line2D(*ends, color=style.MUTED, linewidth=0.5, transform=inches))
        fig.text(ends[0][1] + 0.03, height, words.whole(amount), va="center", **looks)


def _round_amounts(largest: float) -> list[float]:
    """Give round amounts: the largest that a bubble has, a fifth and a twentieth of it.

    Examples
    --------
    >>> _round_amounts(12_200.0), _round_amounts(9.0)
    ([10000.0, 2000.0, 500.0], [5.0, 1.0])
    """
    power = 10.0 ** np.floor(np.log10(max(largest, 1.0)))
    most = max(step * power for step in (1, 2, 5) if step * power <= max(largest, 1.0))
    return [float(most / part) for part in (1, 5, 20) if most / part >= 1]


def _alt(found: Assessment, points: BubblePoints) -> str:
    rows = records(points.table)
    listed = []
    for (growing, concentrated), (caption, _colour) in CORNERS.items():
        names = [
            row["candidate_name"]
            for row in rows
            if (row["emplvl_pct_chg"] > 0, row["lq"] > 1) == (growing, concentrated)
            and not crosses(row)
        ]
        listed.append(f"{caption}: {words.listing(names) or 'none'}")
    if doubtful := [row["candidate_name"] for row in rows if crosses(row)]:
        listed.append(f"Perhaps in another corner: {words.listing(doubtful)}")
    return (
        f"Bubble chart of {words.count(len(points.table), 'candidate sector')}: change in jobs "
        f"{found.span} across, location quotient against the nation up, area by jobs. "
        f"{'. '.join(listed)}."
    )


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
