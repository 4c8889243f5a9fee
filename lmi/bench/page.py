"""The bench as a notebook shows it: live where there is a page, tables and figures where not."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.opening import open_region
from lmi.bench import views
from lmi.bench.changes import ranks
from lmi.bench.charts import bubbles
from lmi.bench.model import Bench
from lmi.bench.ranked_rows import Contribution, RankedRow, ranked_rows, weights_of
from lmi.report import Figure, Prose, Table
from lmi.report.display import Column

__all__ = ["Page", "open_bench"]

CAPTIONS = {
    "any": "Chance of each rank, over any weights at all",
    "stated": "Chance of each rank, over weights around the stated ones",
    "order": "Chance of each rank, over all weights in the stated order of importance",
}


def open_bench(
    region: str,
    year: int | None = None,
    base_year: int | None = None,
    *,
    reference: str = "state",
    ownership: str = "defined",
    about: str = "any",
) -> Page:
    """Open the bench on a region.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    year : int, optional
        Year of the levels; the newest in the store where not given.
    base_year : int, optional
        Year that growth is measured from; the nearest to five years before where not given.
    reference : {"state", "rest"}, optional
        Compare with the region's whole states, or with the rest of them.
    ownership : {"defined", "private", "all"}, optional
        Whose jobs count.
    about : {"any", "stated", "order"}, optional
        Which weights the robustness is over.

    Returns
    -------
    Page
        Shown as the last line of a cell, it is the bench.

    Raises
    ------
    ConfigError
        There is no such region.
    StoreError
        The store lacks the data.
    """
    opened = open_region(region)
    return Page(
        Bench(
            opened, year, base_year,
            reference=reference, ownership=ownership, about=about,
        )
    )  # fmt: skip


class Page:
    """A bench, and the ways to show it.

    Parameters
    ----------
    model : Bench
        What is being decided.
    """

    def __init__(self, model: Bench) -> None:
        self.model = model

    @property
    def where(self) -> str:
        """Region and year, as a heading has them."""
        model = self.model
        made_up = " (illustrative data)" if model.state.illustrative else ""
        return f"{model.region.name}, {model.settings.years.year}{made_up}"

    def rows(self) -> list[RankedRow]:
        """Return where every sector stands, the best first."""
        return ranked_rows(self.model.assessment(), ranks(self.model.assessment_as_saved()))

    def weights(self) -> list[Contribution]:
        """Return the criteria with their shares in the score, those without data at zero."""
        return weights_of(self.model.assessment())

    def ranking(self) -> Table:
        """Return the ranking as a table."""
        shown = [
            "rank", "candidate", "candidate_name", "score", "rank_lo", "rank_hi", "top3_chance",
            "annual_avg_emplvl", "emplvl_estimated_share",
        ]  # fmt: skip
        frame = pd.DataFrame([one.row for one in self.rows()])[shown]
        columns = (
            Column("Sector", lambda row: row["candidate_name"], numeric=False),
            Column("Rank", lambda row: words.whole(row["rank"])),
            Column("Score of 100", lambda row: _points(row["score"])),
            Column("Range of rank", _span),
            Column("Chance of top 3", lambda row: _chance(row["top3_chance"])),
            Column("Jobs", _jobs),
        )
        return Table(
            "bench_ranking", frame, f"Ranking, {self.where}", "", columns,
            notes=[
                "The range of a rank holds it nine times in ten, as far as withheld data go.",
                f"Chances are over {views.ABOUT_WORDS[self.model.settings.about]}.",
            ],
        )  # fmt: skip

    def contributions(self) -> Table:
        """Return what each criterion adds to each score, in points of a hundred, as a table."""
        shown = [p for p in self.weights() if p.weight > 0]
        frame = pd.DataFrame(
            [
                {
                    "candidate": one.key,
                    "candidate_name": one.name,
                    **{p.name: one.contributions[p.criterion].contribution for p in shown},
                    "score": one.row["score"],
                }
                for one in self.rows()
            ]
        )
        columns = [
            Column("Sector", lambda row: row["candidate_name"], numeric=False),
            *(_points_column(f"{p.name} (of {100 * p.weight:.1f})", p.name) for p in shown),
            _points_column("Score", "score"),
        ]
        note = "A criterion without data is left out, and the others share its weight."
        return Table(
            "bench_contributions", frame, "What the scores are made of", "", columns, [note]
        )

    def robustness(self, ranks: int = 5) -> Table:
        """Return the chances of the best ranks as a table.

        Parameters
        ----------
        ranks : int, optional
            How many of them.
        """
        found = self.model.assessment()
        chances = found.robustness[found.robustness["rank"] <= ranks]
        wide = chances.pivot_table("chance", "candidate", "rank").add_prefix("rank_")
        names = list(wide.columns)
        rows = pd.DataFrame(
            [{"candidate": one.key, "candidate_name": one.name} for one in self.rows()]
        )
        frame = rows.merge(wide.reset_index(), on="candidate", how="left", validate="1:1")
        columns = [
            Column("Sector", lambda row: row["candidate_name"], numeric=False),
            *(_chance_column(f"Rank {i}", name) for i, name in enumerate(names, start=1)),
        ]
        caption = CAPTIONS[self.model.settings.about]
        return Table("bench_robustness", frame, caption, "", columns)

    def bubbles(self) -> Figure:
        """Return the bubble chart of growth, concentration and jobs."""
        return bubbles(self.model)

    def changes(self) -> Prose:
        """Return what differs from what is saved."""
        said = self.model.changes()
        html = views.STYLE + views.changes_html(said, self.model.unsaved)
        return Prose(html, " ".join(said) or "Nothing differs from what is saved.")

    @property
    def html(self) -> str:
        """The ranking as a page that is not live can show it."""
        shown = views.ranking_html(self.rows(), self.weights(), self.where)
        return views.STYLE + shown

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        from lmi.bench.live import LiveBench

        bundle = LiveBench(self).root._repr_mimebundle_()
        text = f"The bench on {self.where}. {self.model.call()}"
        data = {**bundle, "text/html": self.html, "text/plain": text}
        return data, {}


def _points(value: float) -> str:
    return f"{100 * value:.1f}" if words.is_known(value) else "–"


def _span(row: Any) -> str:
    return words.place_range(row["rank_lo"], row["rank_hi"])


def _jobs(row: Any) -> str:
    return words.marked(words.whole(row["annual_avg_emplvl"]), row["emplvl_estimated_share"])


def _points_column(title: str, name: str) -> Column:
    return Column(title, lambda row: _points(row[name]))


def _chance(value: float) -> str:
    return words.whole_share(value) if words.is_known(value) else words.MISSING


def _chance_column(title: str, name: str) -> Column:
    return Column(title, lambda row: _chance(row[name]))
