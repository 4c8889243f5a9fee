"""The chance of every rank: a strip of shaded cells a candidate, and its rank as weighted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import bars, legend_under_title, values_at_right
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, records

__all__ = ["SHADES", "rank_chances", "robustness_figure", "shade_of"]

SHADES = (
    (0.01, "#e4eff7", "1–10%"),
    (0.10, "#a6cbe4", "10–25%"),
    (0.25, "#4a94c6", "25–50%"),
    (0.50, "#00466f", "over 50%"),
)
"""From what chance on a cell is shaded, how, and what the legend says; one hue, ever darker."""

DOT: dict[str, Any] = {
    "linestyle": "none", "marker": "o", "markersize": 5.2, "markeredgewidth": 1.1,
    "markerfacecolor": style.ORANGE, "markeredgecolor": style.INK,
}  # fmt: skip


def shade_of(share: float) -> str:
    """Return the colour of a chance, empty for one that is not worth a cell.

    Examples
    --------
    >>> shade_of(0.3), shade_of(0.004)
    ('#4a94c6', '')
    """
    return next((colour for least, colour, _ in reversed(SHADES) if share >= least), "")


def rank_chances(found: Assessment) -> pd.DataFrame:
    """Give the chance of every rank of the candidates that are ranked.

    Returns
    -------
    DataFrame, one row a candidate and one column a rank
        The best first; without candidates and ranks that have no chance.
    """
    if found.robustness.empty:
        return pd.DataFrame()
    chances = found.robustness.pivot_table(
        index="candidate", columns="rank", values="chance", aggfunc="sum"
    )
    order = [key for key in found.ranked["candidate"] if key in chances.index]
    kept = chances.loc[order]
    kept = kept[kept.notna().any(axis=1)]
    likely = np.flatnonzero((kept >= SHADES[0][0]).any().to_numpy())
    return kept.iloc[:, : likely[-1] + 1] if len(likely) else pd.DataFrame()


def robustness_figure(found: Assessment) -> Figure:
    """Draw the chance of every rank over all weightings and all withheld numbers."""
    chances = rank_chances(found)
    rows = found.candidates.set_index("candidate").loc[chances.index].reset_index()
    title = "Chance of each rank, whatever the weights"
    with style.drawing():
        fig, ax = style.row_canvas(
            list(rows["candidate_name"]), title=title, footer=style.footer(found), legend_rows=2,
            right=0.75,
        )  # fmt: skip
        _cells(ax, chances)
        lines = _stated(ax, records(rows))
        values_at_right(
            ax, list(map(words.whole_share, rows["top3_chance"])), at=0.68, heading="First three"
        )
        last = chances.shape[1]
        ax.set_xlim(0.5, last + 0.5)
        ax.set_xticks(range(1, last + 1, 1 if last <= 10 else 2))
        ax.grid(visible=False)
        ax.axvline(FIRST_THREE + 0.5, color=style.MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
        ax.set_xlabel("Rank")
        _legends(fig, lines)
    return Figure("robustness", fig, _alt(chances, records(rows)))


def _cells(ax: Axes, chances: pd.DataFrame) -> None:
    table = chances.fillna(0.0).to_numpy()
    for _least, colour, _label in SHADES:
        at, rank = np.nonzero(np.vectorize(shade_of)(table) == colour)
        if len(at):
            bars(
                ax, at, np.full(len(at), 0.92), left=rank + 1 - 0.46, height=0.78, facecolor=colour
            )


def _stated(ax: Axes, rows: list[Row]) -> bool:
    """Mark the rank by the weights as stated, with a line where withheld numbers may move it."""
    drawn = False
    for position, row in enumerate(rows):
        rank = row["rank"]
        low: Any = row.get("rank_lo")
        high: Any = row.get("rank_hi")
        if not words.is_known(rank):
            continue
        if words.is_known(low) and words.is_known(high) and low < high:
            ax.plot([low, high], [position, position], color="white", linewidth=3.2, zorder=3)
            ax.plot([low, high], [position, position], color=style.INK, linewidth=1.3, zorder=4)
            drawn = True
        ax.plot(rank, position, zorder=5, **DOT)
    return drawn


def _legends(fig: Canvas, with_lines: bool) -> None:
    handles: list[Artist] = [Line2D([], [], label="By the stated weights", **DOT)]
    if with_lines:
        label = "How far withheld numbers may move it"
        handles.append(Line2D([], [], color=style.INK, linewidth=1.3, label=label))
    legend_under_title(fig, handles)
    shades = [Patch(facecolor=colour, label=label) for _, colour, label in SHADES]
    legend_under_title(fig, shades, lead="Chance", row=1)


def _alt(chances: pd.DataFrame, rows: list[Row]) -> str:
    said = []
    for row in rows:
        at = chances.index.get_loc(row["candidate"])
        shares = chances.fillna(0.0).to_numpy()[at].tolist()
        order = sorted(range(len(shares)), key=lambda rank: (-shares[rank], rank))[:2]
        written = ((words.ordinal(i + 1), words.whole_share(shares[i])) for i in order if shares[i])
        best = [f"{place} ({share})" for place, share in written]
        said.append(f"{row['candidate_name']} most often {' or '.join(best)}")
    return (
        f"Strips of shaded cells: how often each candidate comes at each rank, over all weightings "
        f"and all that is withheld. {words.listing(said)}."
    )
