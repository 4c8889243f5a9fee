"""Where the room agrees: weights and their spread, rankings, chances, and who differs on what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lmi import words
from lmi.scoring.group_ranking import MIN_PEOPLE, SIGNIFICANT, Concordance, least_chance
from lmi.workshop.counting import Count
from lmi.workshop.room import Room
from lmi.workshop.words import kind_name

__all__ = ["GroupView", "GroupRow", "Weight", "group_view"]


@dataclass(frozen=True)
class Weight:
    """What the room gives one criterion.

    Parameters
    ----------
    mean : float, 0 to 1
        Its share of the mean weights that have data.
    low, high : float, 0 to 1, or None
        Of ten people one gives less than `low` and one more than `high`, of the weights that have
        data; None of fewer than ten.
    """

    key: str
    name: str
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class GroupRow:
    """Where a candidate stands with the room.

    Parameters
    ----------
    rank, borda_rank : int
        By mean score, and by Borda points.
    mean_score : float, 0 to 1
    first_chance, top3_chance : float, 0 to 1
    """

    key: str
    name: str
    rank: int
    borda_rank: int
    mean_score: float
    first_chance: float
    top3_chance: float


@dataclass(frozen=True)
class GroupView:
    """The group's picture.

    Parameters
    ----------
    n : int
        People whose weights were counted.
    enough : bool
        Whether they are enough for a picture that gives nobody away.
    weighed : int
        People who have weighed by now.
    kinds : tuple of (str, int)
        How many of each kind of organisation weighed.
    weights : tuple of Weight
        Those that have data, the weightiest first.
    uncounted : tuple of str
        Criteria that the room weighs and that have no data.
    standings : tuple of GroupRow
        The best first.
    agreement : str
        Kendall's W in words; empty where it is not defined.
    sentences : tuple of str
        What the picture says, in words.
    differences : tuple of str
        Where kinds of organisations differ, in words.
    """

    n: int
    enough: bool
    kinds: tuple[tuple[str, int], ...] = ()
    weights: tuple[Weight, ...] = ()
    standings: tuple[GroupRow, ...] = ()
    agreement: str = ""
    w: float = float("nan")
    sentences: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    weighed: int = 0

    @property
    def lack(self) -> str:
        """Why there is no picture yet; how many have weighed moves on beside it."""
        return (
            f"Nothing is counted yet. {words.spelled(MIN_PEOPLE).capitalize()} people must have "
            "weighed, so that a count gives nobody away."
        )

    @property
    def lacked(self) -> str:
        """Why there is no picture, for who reads of it afterwards."""
        n = self.weighed
        if n >= MIN_PEOPLE:
            return f"{words.spelled(n).capitalize()} people weighed, and it was not counted."
        who = f"{words.spelled(n).capitalize() if n else 'Nobody'}"
        people = " person" if n == 1 else " people" if n else ""
        return (
            f"{who}{people} weighed, so nothing was counted: that takes "
            f"{words.spelled(MIN_PEOPLE)} people, so that it gives nobody away."
        )

    @property
    def widest(self) -> float:
        """The largest share that the chart of weights must hold."""
        return max((w.high or w.mean for w in self.weights), default=1.0)

    @property
    def has_spread(self) -> bool:
        """Whether the ends of eight of ten people are known."""
        return any(w.high is not None for w in self.weights)


def group_view(room: Room) -> GroupView:
    """Return the group's picture."""
    group = room.group()
    if group.n < MIN_PEOPLE:
        return GroupView(group.n, False, weighed=len(room.state.voters))
    names = {c.key: c.name for c in room.charter.criteria}
    weights, uncounted = _weights(room, names)
    standings = [
        GroupRow(str(r["candidate"]), str(r["candidate_name"]), int(r["rank"]),
                 int(r["borda_rank"]), float(r["mean_score"]),
                 float(r["first_chance"]), float(r["top3_chance"]))
        for r in group.ranking.to_dict("records")
        if words.is_known(r["rank"])
    ]  # fmt: skip
    standings.sort(key=lambda s: (s.rank, -s.mean_score, s.name))
    agreement = group.agreement
    return GroupView(
        group.n,
        True,
        tuple((kind_name(str(k)), int(n)) for k, n in group.kinds.items() if n),
        tuple(weights),
        tuple(standings),
        agreement.reading if agreement is not None else "",
        round(float(agreement.w), 2) if agreement is not None else float("nan"),
        tuple(_sentences(standings, agreement)),
        tuple(_differences(group.differences, names, room.state.counted)),
        tuple(uncounted),
        len(room.state.voters),
    )


def _weights(room: Room, names: dict[str, str]) -> tuple[list[Weight], list[str]]:
    """Return the weights that count, and the names of what is weighed and has no data."""
    rows = [r for r in room.group().weights.to_dict("records") if float(r["weight_mean"]) >= 0.005]
    found = [
        Weight(key, names.get(key, key), float(r["counted_mean"]),
               _known(r["counted_p10"]), _known(r["counted_p90"]))
        for r in rows
        if (key := str(r["criterion"])) and words.is_known(r["counted_mean"])
    ]  # fmt: skip
    left_out = [
        names.get(key, key)
        for r in rows
        if (key := str(r["criterion"])) and not words.is_known(r["counted_mean"])
    ]
    return sorted(found, key=lambda w: -w.mean), left_out


def _known(value: float) -> float | None:
    return float(value) if words.is_known(value) else None


def _sentences(standings: list[GroupRow], agreement: Concordance | None) -> list[str]:
    found = []
    if agreement is not None:
        found.append(f"How alike people rank: {agreement.reading}.")
    if not standings:
        return found
    first = [s.name for s in standings if s.rank == 1]
    borda = [s.name for s in standings if s.borda_rank == 1]
    if first == borda:
        verb = "comes" if len(first) == 1 else "come"
        found.append(
            f"{words.listing(first)} {verb} first by the mean score, and also when only "
            "everybody's order counts."
        )
    else:
        verb = "comes" if len(first) == 1 else "come"
        found.append(
            f"By the mean score {words.listing(first)} {verb} first; when only everybody's order "
            f"counts, {words.listing(borda)}: talk about both."
        )
    likely = [s.name for s in standings if s.top3_chance >= 0.5]
    if likely:
        found.append(
            f"Each in the top three more often than not, over everybody's weights and the data's "
            f"ranges: {words.listing(likely)}."
        )
    return found


def _differences(table: pd.DataFrame, names: dict[str, str], count: Count) -> list[str]:
    kinds = _sizes(count)
    if table.empty and not count.by_kind:
        return [
            "Kinds of organizations are not compared in this count: beside the count before it, "
            "that would tell what single people weigh."
        ]
    if table.empty:
        large = len(kinds)
        lack = "fewer than two kinds" if large < 2 else "no two kinds"
        return [
            f"Kinds of organizations are compared from {words.spelled(MIN_PEOPLE)} people of a "
            f"kind on; here {lack} have as many."
        ]
    told = table[table["differs"].astype(bool)].to_dict("records")
    if not told and least_chance(list(kinds.values())) > SIGNIFICANT:
        (widest,) = table.head(1).to_dict("records")
        return [
            "Too few people of a kind to tell whether kinds of organizations differ. The widest "
            f"gap is this: {_difference(widest, names)}"
        ]
    if not told:
        return ["No kind of organization weighs any criterion clearly differently from another."]
    return [_difference(row, names) for row in told]


def _sizes(count: Count) -> dict[str, int]:
    """Return how many of each label that is compared had weighed."""
    label_of = count.label_of
    found = Counter(label_of[count.kinds[who]] for who in count.answers)
    return {label: n for label, n in found.items() if n >= MIN_PEOPLE}


def _difference(r: dict[Any, Any], names: dict[str, str]) -> str:
    return (
        f"{names.get(str(r['criterion']), str(r['criterion']))}: "
        f"{kind_name(str(r['highest'])).lower()} weighs it most "
        f"({100 * float(r['highest_mean']):.0f}%), "
        f"{kind_name(str(r['lowest'])).lower()} least "
        f"({100 * float(r['lowest_mean']):.0f}%)."
    )
