"""Residents and unemployment over the years, and who comes in to work and who goes out."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from lmi import words
from lmi.assessment.context import Commuting, Context
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure

__all__ = ["commuting_figure", "people_figure"]

FEWEST_YEARS = 2
GAP = 0.62  # inches between two pictures
HEIGHT = 1.3
FOOTERS = {
    "population": "U.S.\N{NO-BREAK SPACE}Census Bureau (residents)",
    "unemployment_rate": "BLS\N{NO-BREAK SPACE}LAUS (unemployment)",
}


def _footer(found: Assessment, sources: str) -> str:
    if found.illustrative:
        return f"ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {found.name}"
    return f"{found.name}  ·  Source: {sources}"


def people_figure(found: Assessment, context: Context) -> Figure | None:
    """Draw residents and the unemployment rate by year, in so far as years are known."""
    paths = {m: context.path(m) for m in FOOTERS}
    shown = {m: path for m, path in paths.items() if len(path) >= FEWEST_YEARS}
    if not shown:
        return None
    margins = style.Margins(left=0.62, right=0.32, top=0.66, bottom=0.55)
    with style.drawing():
        fig, ax = style.canvas(
            HEIGHT, margins, title="Residents and unemployment over the years",
            footer=_footer(found, "; ".join(FOOTERS[m] for m in shown)),
        )  # fmt: skip
        axes = [ax]
        if len(shown) > 1:
            left, low, wide, high = ax.get_position().bounds
            gap = GAP / style.WIDTH
            half = (wide - gap) / 2
            ax.set_position((left, low, half, high))
            axes.append(fig.add_axes((left + half + gap, low, half, high), facecolor=style.PAPER))
        for each, (measure, path) in zip(axes, shown.items(), strict=True):
            _path(each, measure, path)
            if measure == "unemployment_rate":
                _beside(each, context.path(measure, "state"), found.state_name)
    return Figure("people", fig, _alt(found, shown))


def _path(ax: Axes, measure: str, path: pd.Series) -> None:
    ax.plot(path.index, path, color=style.BLUE, linewidth=2.2, marker="o", markersize=3.4,
            clip_on=False, label="Region")  # fmt: skip
    is_rate = measure == "unemployment_rate"
    title = "Unemployed, percent" if is_rate else "Residents"
    ax.set_title(title, loc="left", fontsize=8.5, color=style.MUTED)
    ax.set_xlim(int(path.index[0]), int(path.index[-1]))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=not is_rate))
    if is_rate:
        ax.set_ylim(0, 1.15 * float(path.max()))
    else:
        low, high = float(path.min()), float(path.max())
        room = max(high - low, 0.04 * high)
        ax.set_ylim(max(low - room / 2, 0), high + room / 2)
        ax.yaxis.set_major_formatter(lambda value, _position: words.whole(value))
    ax.grid(axis="y")
    ax.tick_params(length=0)


def _beside(ax: Axes, path: pd.Series, state: str) -> None:
    low, high = ax.get_xlim()
    path = path[(path.index >= low) & (path.index <= high)]
    if len(path) < FEWEST_YEARS:
        return
    ax.plot(path.index, path, color=style.VERMILION, linewidth=1.5, linestyle=(0, (4, 1.5)),
            label=style.wrapped(state, 18, lines=1))  # fmt: skip
    ax.set_ylim(0, 1.45 * max(float(path.max()), ax.get_ylim()[1] / 1.15))
    ax.legend(loc="upper left", ncols=2, borderaxespad=0, handlelength=1.4, columnspacing=0.8,
              fontsize=7.5)  # fmt: skip


def _alt(found: Assessment, shown: dict[str, pd.Series]) -> str:
    names = {"population": ("Residents", words.whole), "unemployment_rate": ("Unemployment",
             words.pct)}  # fmt: skip
    said = [
        f"{names[m][0]}: {names[m][1](path.iloc[0])} in {path.index[0]}, "
        f"{names[m][1](path.iloc[-1])} in {path.index[-1]}."
        for m, path in shown.items()
    ]
    return f"Line charts of {found.name}. {' '.join(said)}"


def commuting_figure(found: Assessment, flows: Commuting) -> Figure:
    """Draw who works in the region and who lives there, split into who stays and who commutes."""
    stay, comes, goes = flows.stay.value, flows.comes_in.value, flows.goes_out.value
    noun = flows.counts.capitalize()
    source = (
        "American Community Survey" if flows.table == "commuting_survey"
        else "LEHD Origin-Destination Employment Statistics"
    )  # fmt: skip
    with style.drawing():
        fig, ax = style.row_canvas(
            ["Who works here", "Working residents"],
            title=f"Who comes in to work and who goes out, {flows.years}",
            footer=_footer(found, f"U.S. Census Bureau, {source}"), legend_rows=1, right=0.3,
        )  # fmt: skip
        ax.barh([0, 1], [stay, stay], height=0.6, color=style.BLUE, label="Live and work here")
        ax.barh([0], [comes], left=[stay], height=0.6, color=style.VERMILION, label="Come in")
        ax.barh([1], [goes], left=[stay], height=0.6, color=style.MUTED, label="Go out")
        ax.set_xlabel(noun)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        ax.xaxis.set_major_formatter(lambda value, _position: words.whole(value))
        fig.legend(loc="upper left", ncols=3, handlelength=1.0,
                   bbox_to_anchor=(0.0, 1 - 0.3 / float(fig.get_figheight())))  # fmt: skip
    alt = (
        f"Bars of {noun.lower()} in {flows.years}: {words.whole(stay)} live and work in the "
        f"region, {words.whole(comes)} come in, {words.whole(goes)} go out."
    )
    return Figure("commuting", fig, alt)
