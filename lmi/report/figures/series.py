"""Small charts side by side, one a series: its own past and its own target, no other's."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from lmi.report import style
from lmi.report.display import Figure

__all__ = ["Series", "series_figure"]

ACROSS = 2
PANEL, GAP, SIDE = 0.8, 0.76, 0.2  # inches: height, room between, room at each side
TOP, FOOT = 0.82, 0.72
NAME, FOOTER = 30, 84  # signs
NEAR = 0.18  # of the axis: years closer than that are not both named


@dataclass(frozen=True)
class Series:
    """A number over the years.

    Parameters
    ----------
    values : mapping of int to float
        By year; a year that nobody counted is not there.
    told : mapping of int to str
        The same as written, for the ends and for who does not see it.
    target : tuple of int and float, optional
        Year and value.
    before : tuple of int and float, optional
        Year and value of a baseline.
    """

    title: str
    values: Mapping[int, float]
    told: Mapping[int, str]
    target: tuple[int, float] | None = None
    before: tuple[int, float] | None = None


def series_figure(name: str, title: str, series: Sequence[Series], footer: str) -> Figure:
    """Draw series side by side, each on a scale of its own that begins at zero."""
    down = -(-len(series) // ACROSS)
    height = TOP + down * PANEL + (down - 1) * GAP + FOOT
    with style.drawing():
        fig = Canvas(figsize=(style.WIDTH, height), facecolor="white", dpi=style.DPI, layout=None)
        FigureCanvasAgg(fig)
        fig.text(0.01, 1 - 0.06 / height, title, fontsize=10.5, fontweight="bold", va="top")
        foot = textwrap.fill(footer, FOOTER)
        fig.text(0.01, 0.07 / height, foot, fontsize=7, color=style.MUTED, va="bottom")
        wide = style.WIDTH / ACROSS - 2 * SIDE
        for place, one in enumerate(series):
            row, column = divmod(place, ACROSS)
            left = SIDE + column * (wide + 2 * SIDE)
            bottom = height - TOP - (row + 1) * PANEL - row * GAP
            box = (left / style.WIDTH, bottom / height, wide / style.WIDTH, PANEL / height)
            _draw(fig.add_axes(box), one)
    return Figure(name, fig, " ".join(_said(one) for one in series))


def _draw(ax: Axes, one: Series) -> None:
    years = sorted(one.values)
    ends = [*years, *(end[0] for end in (one.target, one.before) if end)]
    ax.plot(
        years, [one.values[year] for year in years], color=style.BLUE, linewidth=1.8, marker="o",
        markersize=3.6, clip_on=False,
    )  # fmt: skip
    if one.before:
        ax.plot(*one.before, marker="o", markersize=4, color=style.BLUE, fillstyle="none",
                clip_on=False)  # fmt: skip
    if one.target:
        ax.plot(*one.target, marker="D", markersize=4.6, color=style.VERMILION, clip_on=False)
    top = max([*one.values.values(), *(e[1] for e in (one.target, one.before) if e)], default=1)
    ax.set_ylim(0, (top or 1) * 1.22)
    ax.set_xlim(min(ends) - 0.35, max(ends) + 0.35)
    ax.set_xticks(_named_years(min(ends), years[-1], max(ends)))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.tick_params(length=0)
    name = style.wrapped(one.title, NAME)
    ax.set_title(name, fontsize=8, loc="left", color=style.INK, pad=17, linespacing=1.15)
    ax.text(
        0, 1.08, one.told[years[-1]], transform=ax.transAxes, fontsize=8.5, color=style.BLUE,
        fontweight="bold", va="bottom",
    )  # fmt: skip


def _named_years(first: int, last: int, end: int) -> list[int]:
    """Choose the years that an axis names: its ends, and the last counted where it fits."""
    fits = min(last - first, end - last) > NEAR * (end - first)
    return sorted({first, end, *([last] if fits else [])})


def _said(one: Series) -> str:
    told = ", ".join(f"{text} in {year}" for year, text in sorted(one.told.items()))
    goal = f"; target for {one.target[0]}: {one.target[1]:,g}" if one.target else ""
    return f"{one.title}: {told}{goal}."
