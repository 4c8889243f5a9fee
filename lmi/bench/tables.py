"""Where every sector stands, what its score is made of, how firm its rank is: for page and table.

A cell is written once, by the row; the page's templates and the plain tables both take it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lmi import words
from lmi.assessment.apart import why_apart
from lmi.assessment.outlooks import AT_ODDS, at_odds, jobs_cell
from lmi.assessment.region import LiveAssessment
from lmi.config.set_aside import ABSENT, PART
from lmi.report import PageTable
from lmi.report.display import PageColumn, words_column
from lmi.schema.measures import MEASURES
from lmi.scoring.set_aside import ASIDE
from lmi.words import Row
from lmi.words.how_sure import JOBS

__all__ = [
    "ABOUT_WORDS",
    "Contribution",
    "POINTS_NOTE",
    "CriterionShare",
    "RankedRow",
    "chances_of",
    "chances_table",
    "contributions_table",
    "criterion_shares",
    "ranked_rows",
    "ranking_table",
]

ABOUT_WORDS = {
    "any": "any weights at all",
    "stated": "weights around mine",
    "order": "weights in my order",
}
"""Which weights the robustness is over."""
CAPTIONS = {
    "any": "Chance of each rank, over any weights at all",
    "stated": "Chance of each rank, over weights around the stated ones",
    "order": "Chance of each rank, over all weights in the stated order of importance",
}
NO_DATA = "–"
POINTS_NOTE = (
    "A criterion without data is left out, and the others share its weight: the most that they "
    "could add then stands beside what they add."
)


@dataclass(frozen=True)
class CriterionShare:
    """What a criterion counts for, as a share of the score; zero where it has no data.

    Parameters
    ----------
    place : int
        Its place among the criteria, from 0.
    """

    place: int
    name: str
    share: float

    @property
    def points(self) -> str:
        """The share as points of a hundred."""
        return _points(self.share)


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a score.

    Parameters
    ----------
    place : int
        The criterion's place among the criteria, from 0.
    weight, contribution : float, 0 to 1
        0 and NaN where there is no data.
    stands_in : bool
        Whether the value is that of another criterion.
    """

    place: int
    name: str
    weight: float
    contribution: float
    stands_in: bool

    @property
    def points(self) -> str:
        """What it adds, of a hundred."""
        return _points(self.contribution)

    @property
    def most(self) -> str:
        """The most that it could add, of a hundred."""
        return _points(self.weight)

    def own_most(self, of: CriterionShare) -> str:
        """The most that it could add where that is not the criterion's share; empty where it is."""
        is_known = words.is_known(self.contribution)
        return f"of {self.most}" if is_known and self.most != of.points else ""


@dataclass(frozen=True)
class RankedRow:
    """Where one sector stands.

    Parameters
    ----------
    measures : mapping
        Its measures and its ranking.
    rank : int or None
        None where it is set aside.
    rank_saved : int or None
        What is saved has it at this rank.
    contributions : tuple of Contribution
        One a criterion.
    aside : str
        Heading of those that it is set aside with; empty where it is ranked.
    why : str
        By which number, or what else is to be known of its place.
    is_part : bool
        Whether it stands beneath the sector that it is a part of.
    """

    measures: Row
    rank: int | None
    rank_saved: int | None
    contributions: tuple[Contribution, ...]
    aside: str = ""
    why: str = ""
    is_part: bool = False

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.measures["candidate"])

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.measures["candidate_name"])

    @property
    def is_level(self) -> bool:
        """Whether others share its rank, within a point of the best of it."""
        return words.holds(self.measures, "is_level")

    @property
    def moved(self) -> int:
        """By how many ranks it rose against what is saved; below zero where it fell."""
        if self.rank is None or self.rank_saved is None:
            return 0
        return self.rank_saved - self.rank

    @property
    def points(self) -> str:
        """Its score, of a hundred."""
        return _points(self.measures["score"])

    @property
    def rank_range(self) -> str:
        """The ranks that it may have; empty where it has none."""
        return words.place_range(self.measures["rank_lo"], self.measures["rank_hi"])

    @property
    def top3(self) -> str:
        """The chance that it is among the first three."""
        return _chance(self.measures["top3_chance"])

    @property
    def jobs(self) -> str:
        """Its jobs, marked where they are estimated."""
        return MEASURES[JOBS].cell(self.measures)

    @property
    def to_come(self) -> str:
        """The jobs that it may gain or lose, with a mark where sources disagree."""
        said = jobs_cell(self.measures)
        return f"{said} {AT_ODDS}" if at_odds(self.measures) else said


def _points(value: float) -> str:
    return f"{100 * value:.1f}" if words.is_known(value) else NO_DATA


def _chance(value: float) -> str:
    return words.whole_share(value) if words.is_known(value) else words.MISSING


def ranked_rows(found: LiveAssessment, saved: Mapping[str, int]) -> list[RankedRow]:
    """Put the sectors in the order of their ranks, those that are set aside last, by the reason."""
    place = {c.key: (j, c.name) for j, c in enumerate(found.criteria)}
    contributions: dict[str, list[Contribution]] = {}
    for scored in words.records(found.scores):
        weight, added = float(scored["weight"]), float(scored["contribution"])
        contributions.setdefault(str(scored["candidate"]), []).append(
            Contribution(*place[str(scored["criterion"])], weight, added, bool(scored["stands_in"]))
        )
    rows = []
    headings = {apart.key: apart.name for apart in found.apart} | {ABSENT: "Without jobs here"}
    for row in words.records(found.best_first):
        key, rank = str(row["candidate"]), row["rank"]
        rows.append(
            RankedRow(
                measures=row,
                rank=int(rank) if words.is_known(rank) else None,
                rank_saved=saved.get(key),
                contributions=tuple(contributions[key]),
                aside=headings.get(str(row["stands_with"]), ""),
                is_part=row["set_aside"] == PART,
                why=why_apart(row, found.year, found.base_year),
            )
        )
    return rows


def criterion_shares(found: LiveAssessment) -> list[CriterionShare]:
    """Return what each criterion counts for, those that count for nothing too."""
    shares = found.shares
    return [CriterionShare(j, c.name, float(shares[c.key])) for j, c in enumerate(found.criteria)]


def chances_of(found: LiveAssessment) -> dict[str, tuple[float, ...]]:
    """Return the chance of every rank from the first on, by candidate; without those unranked."""
    wide = found.robustness.pivot_table("chance", "candidate", "rank")
    return dict(zip(wide.index, map(tuple, wide.to_numpy().tolist()), strict=True))


def ranking_table(rows: Sequence[RankedRow], where: str, about: str) -> PageTable:
    """Write the ranking as a table.

    Parameters
    ----------
    where : str
        Region and year.
    about : {"any", "stated", "order"}
        Which weights the chances are over.
    """
    shown = [
        "rank", "candidate", "candidate_name", "score", "rank_lo", "rank_hi", "top3_chance",
        "annual_avg_emplvl", "emplvl_estimated_share", *ASIDE,
    ]  # fmt: skip
    return PageTable(
        "bench_ranking",
        pd.DataFrame([one.measures for one in rows])[shown],
        f"Ranking, {where}",
        "",
        _columns(
            rows,
            {
                "Rank": lambda one: NO_DATA if one.rank is None else str(one.rank),
                "Score of 100": lambda one: one.points,
                "Range of rank": lambda one: one.rank_range,
                "Chance of top 3": lambda one: one.top3,
                "Jobs": lambda one: one.jobs,
                "Jobs to come": lambda one: one.to_come,
                "Set aside": lambda one: (
                    f"{one.aside}: it {one.why}" if one.why and one.aside else one.aside
                ),
            },
        ),
        notes=[
            "The range of a rank holds it nine times in ten, as far as withheld data go.",
            f"Chances are over {ABOUT_WORDS[about]}.",
            f"Jobs to come: what holds nine times in ten; {AT_ODDS} another source disagrees.",
        ],
    )


def contributions_table(rows: Sequence[RankedRow], shares: Sequence[CriterionShare]) -> PageTable:
    """Write what each criterion adds to each score, in points of a hundred, as a table."""
    counting = [criterion for criterion in shares if criterion.share > 0]
    frame = pd.DataFrame(
        [
            {
                "candidate": one.key,
                "candidate_name": one.name,
                **{c.name: one.contributions[c.place].contribution for c in counting},
                "score": one.measures["score"],
            }
            for one in rows
        ]
    )

    def added(criterion: CriterionShare) -> Callable[[RankedRow], str]:
        def cell(one: RankedRow) -> str:
            found = one.contributions[criterion.place]
            return f"{found.points} {found.own_most(criterion)}".strip()

        return cell

    written = {f"{c.name} (of {c.points})": added(c) for c in counting}
    columns = _columns(rows, {**written, "Score": lambda one: one.points})
    return PageTable(
        "bench_contributions", frame, "What the scores are made of", "", columns, [POINTS_NOTE]
    )


def chances_table(
    rows: Sequence[RankedRow], chances: Mapping[str, Sequence[float]], about: str, ranks: int
) -> PageTable:
    """Write the chances of the best `ranks` ranks as a table."""
    places = range(min(ranks, max(map(len, chances.values()))))
    none = (float("nan"),) * len(places)
    of = {one.key: chances.get(one.key, none) for one in rows}
    frame = pd.DataFrame(
        [
            {
                "candidate": one.key,
                "candidate_name": one.name,
                **{f"rank_{place + 1}": of[one.key][place] for place in places},
            }
            for one in rows
        ]
    )

    def chance(place: int) -> Callable[[RankedRow], str]:
        return lambda one: _chance(of[one.key][place])

    columns = _columns(rows, {f"Rank {place + 1}": chance(place) for place in places})
    return PageTable("bench_robustness", frame, CAPTIONS[about], "", columns)


def _columns(
    rows: Sequence[RankedRow], written: Mapping[str, Callable[[RankedRow], str]]
) -> list[PageColumn]:
    """Make columns whose cells the rows write, after that of the names."""
    by_key = {one.key: one for one in rows}

    def column(title: str, write: Callable[[RankedRow], str]) -> PageColumn:
        return PageColumn(title, lambda row: write(by_key[str(row["candidate"])]))

    name = words_column("Sector", "candidate_name")
    return [name, *(column(title, write) for title, write in written.items())]
