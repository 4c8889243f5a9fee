"""What each criterion adds to a candidate's score; what people bring is hatched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from lmi import words
from lmi.assessment.region import Assessment
from lmi.config import GROUND
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.row_parts import bars, values_at_right
from lmi.words import Row, records

if TYPE_CHECKING:
    from lmi.config import Criterion

__all__ = ["contribution_table", "contributions_figure"]

# Okabe and Ito's colours, light beside dark; what people bring takes those that are hatched.
STATISTICS = (
    style.BLUE,
    style.SKY,
    style.ORANGE,
    style.GREY,
    "#4d5a66",
    "#f0e442",
    style.VERMILION,
)
PEOPLE = (("#8fd0bb", "#00664b"), ("#eecbdd", "#8c3a66"), ("#f4e3b5", "#7a5600"))
HATCHES = ("////", "....", "xxxx")
LEGEND_COLUMNS = 2


def contribution_table(found: Assessment) -> pd.DataFrame:
    """Give what each criterion adds to the score of the candidates that have jobs here.

    Returns
    -------
    DataFrame, one row a candidate and one column a criterion, 0 to 1
        The best first; criteria that add nothing to any candidate have no column.
    """
    scored = found.best_first.dropna(subset=["score"])
    scored = scored[scored["annual_avg_emplvl"] != 0]
    order = scored["candidate"].astype(str).to_numpy()
    wide = found.scores.pivot_table(
        index="candidate", columns="criterion", values="contribution", aggfunc="sum"
    ).reindex(order)
    keys = [c.key for c in found.criteria if c.key in wide and wide[c.key].gt(0).any()]
    return wide[keys].fillna(0.0)


def _label(row: Row) -> str:
    return f"{row['candidate_name']}{' *' if row['set_aside'] else ''}"


def contributions_figure(found: Assessment) -> Figure:
    """Draw each candidate's score as a bar stacked by criterion."""
    table = contribution_table(found)
    rows = found.candidates.set_index("candidate").loc[table.index].reset_index()
    shown = [c for c in found.criteria if c.key in table]
    looks = _looks(shown)
    lines = -(-len(shown) // LEGEND_COLUMNS)
    title = f"Points of the score by criterion{' (* set aside)' if found.apart else ''}"
    with style.drawing():
        fig, ax = style.row_canvas(
            [_label(row) for row in records(rows)], title=title,
            footer=style.footer(found), legend_rows=max(lines - 1, 1), right=0.5,
        )  # fmt: skip
        left = np.zeros(len(table))
        for criterion in shown:
            part = 100 * table[criterion.key].to_numpy(float)
            bars(ax, np.arange(len(part)), part, left=left, **looks[criterion.key])
            left += part
        values_at_right(ax, [words.points(score) for score in rows["score"]], at=0.4)
        ax.set_xlim(0, max(100.0 if left.max() > 80 else 1.08 * left.max(), 1.0))
        ax.set_xlabel("Points of 100")
        _legend(fig, shown, looks)
    return Figure("contributions", fig, _alt(table, rows, shown))


def _looks(criteria: Sequence[Criterion]) -> dict[str, dict[str, Any]]:
    """Give each criterion its colour, and what people bring a hatching too."""
    found: dict[str, dict[str, Any]] = {}
    statistics = people = 0
    for criterion in criteria:
        if criterion.kind == GROUND:
            fill, edge = PEOPLE[people % len(PEOPLE)]
            found[criterion.key] = {
                "facecolor": fill, "edgecolor": edge, "linewidth": 0,
                "hatch": HATCHES[people % len(HATCHES)],
            }  # fmt: skip
            people += 1
        else:
            colour = STATISTICS[statistics % len(STATISTICS)]
            found[criterion.key] = {"facecolor": colour, "edgecolor": "white", "linewidth": 0.5}
            statistics += 1
    return found


def _legend(fig: Any, shown: Sequence[Criterion], looks: dict[str, dict[str, Any]]) -> None:
    height = fig.get_figheight()
    fig.legend(
        handles=[Patch(**looks[c.key], label=c.name) for c in shown],
        loc="upper left", bbox_to_anchor=(0.0, 1 - 0.26 / height), ncols=LEGEND_COLUMNS,
        borderpad=0.2, borderaxespad=0.0, columnspacing=1.4, handlelength=1.5,
        handletextpad=0.5, labelspacing=0.35,
    )  # fmt: skip


def _alt(table: pd.DataFrame, rows: pd.DataFrame, shown: Sequence[Criterion]) -> str:
    said = []
    for row in records(rows):
        parts = table.loc[row["candidate"]]
        listed = words.listing([f"{c.name} {words.points(parts[c.key])}" for c in shown])
        said.append(f"{row['candidate_name']} {words.points(row['score'])} ({listed})")
    return f"Stacked bars of the points that each criterion adds to the score: {'; '.join(said)}."
