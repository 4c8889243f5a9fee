"""What is said of one candidate: its measures, its values by criterion, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from lmi import words
from lmi.assessment.apart import group_of, why_apart
from lmi.config import SetAside
from lmi.scoring.value import value_function
from lmi.words import Row, records
from lmi.words.how_sure import as_range, has_range

if TYPE_CHECKING:
    from lmi.config import AsideReason, Criterion

__all__ = ["HOLDS", "LIFTS", "CandidateCase", "Reading", "RegionContext", "cases_of"]

LIFTS, HOLDS = 0.6, 0.4
"""Values from which on, and up to which, a measure speaks for or against a candidate."""


@dataclass(frozen=True)
class RegionContext:
    """What all candidates of a region share.

    Parameters
    ----------
    state_name : str
        As a sentence uses it.
    base_year : int or None
        The year that growth is measured from.
    about : {"any", "stated", "order"}, optional
        Which weights the chances are over.
    listed : mapping of str to sequence of str, optional
        By candidate, the organizations that work with its employers.
    rated : mapping of (str, str) to float, optional
        By candidate and readiness item, its mean rating.
    threshold : float, USD a year, optional
    set_aside : SetAside, optional
        Why a candidate has no rank.
    common : frozenset of str, optional
        Criteria by which most candidates do equally poorly: of any one of them they say little.
    n_ranked : int, optional
        How many candidates have a rank.
    """

    state_name: str
    year: int
    base_year: int | None = None
    about: str = "any"
    listed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rated: Mapping[tuple[str, str], float] = field(default_factory=dict)
    threshold: float = float("nan")
    set_aside: SetAside = field(default_factory=SetAside)
    common: frozenset[str] = frozenset()
    n_ranked: int | None = None


@dataclass(frozen=True)
class Reading:
    """How a candidate does by one criterion that counts.

    Parameters
    ----------
    read : Criterion
        The one whose measure was read: the same, or the one that stands in.
    value : float, 0 to 1
    weight : float, 0 to 1
        Its share in the candidate's score.
    bound : {"", "at most", "at least"}
        Which end of its interval is meant, where the measure is too uncertain for a number.
    """

    criterion: Criterion
    read: Criterion
    value: float
    weight: float
    bound: str = ""

    @property
    def measure(self) -> str:
        """The measure that was read."""
        return self.read.measure

    @property
    def question(self) -> str:
        """What the criterion is a face of, such as concentration; its own key where it is alone."""
        return self.read.group or self.read.key

    @property
    def stands_in(self) -> bool:
        """Whether another criterion's measure was read."""
        return self.read.key != self.criterion.key


@dataclass(frozen=True, eq=False)
class CandidateCase:
    """One candidate.

    Parameters
    ----------
    row : mapping
        Its measures and its ranking.
    points : tuple of Reading
        By criterion that counts and has data for it, in the order of the criteria.
    """

    row: Row
    points: tuple[Reading, ...]
    context: RegionContext

    @property
    def name(self) -> str:
        """The candidate's name."""
        return str(self.row["candidate_name"])

    @property
    def is_scored(self) -> bool:
        """Whether it has a score and jobs here."""
        return words.is_known(self.row.get("score")) and self.row.get("annual_avg_emplvl") != 0

    @property
    def is_ranked(self) -> bool:
        """Whether it has a rank, so that nothing sets it aside."""
        return self.is_scored and words.is_known(self.row.get("rank"))

    @property
    def rank(self) -> int:
        """Its place by the weights as stated."""
        return int(self.row["rank"])

    def reason(self, column: str) -> AsideReason | None:
        """Return the reason that one of the columns of who is set aside names; None where none."""
        return self.context.set_aside.reason(str(self.row.get(column) or ""))

    @property
    def stands_apart(self) -> tuple[str, str]:
        """Heading of those that it is set aside with, and what to ask; empty where it is ranked."""
        return group_of(self.context.set_aside, str(self.row.get("set_aside") or ""))

    @property
    def why_apart(self) -> str:
        """By which number it is set aside, kept nevertheless, or may be set aside, with a verb."""
        return why_apart(self.row, self.context.year, self.context.base_year)

    @cached_property
    def clear(self) -> tuple[Reading, ...]:
        """Its points of which it can be said whether they speak for or against it.

        Of a measure that is told by its interval alone, where all of its interval says the same:
        at most a hundred jobs is an answer.
        """
        found = (_settled(self.row, p) if as_range(self.row, p.measure) else p for p in self.points)
        return tuple(point for point in found if point is not None)

    @cached_property
    def vague(self) -> tuple[Reading, ...]:
        """Its points of which that is too uncertain to say."""
        clear = {point.criterion.key for point in self.clear}
        return tuple(point for point in self.points if point.criterion.key not in clear)

    @property
    def rank_range(self) -> tuple[int, int] | None:
        """Where withheld numbers may put it; None where that is not known."""
        low, high = self.number("rank_lo"), self.number("rank_hi")
        if low is None or high is None:
            return None
        return int(low), int(high)

    def number(self, column: str) -> float | None:
        """Return a number of its row, or None where it is missing."""
        value: Any = self.row.get(column)
        return float(value) if words.is_known(value) else None

    def flag(self, column: str) -> bool:
        """Tell whether a flag of its row is set."""
        value = self.row.get(column)
        return words.is_known(value) and bool(value)


def _settled(row: Row, point: Reading) -> Reading | None:
    """Return a point at the end of its interval that says the least, None where the ends differ."""
    if not has_range(row, point.measure):
        return None
    ends = [float(row[f"{point.measure}_{end}"]) for end in ("lo", "hi")]
    values = value_function(ends, point.read.value, point.read.scale).tolist()
    if max(values) <= HOLDS:
        at = values.index(max(values))
    elif min(values) >= LIFTS:
        at = values.index(min(values))
    else:
        return None
    if values[0] == values[1]:
        at = 1 if max(values) <= HOLDS else 0
    return replace(point, value=values[at], bound="at most" if at else "at least")


def cases_of(
    table: pd.DataFrame, scores: pd.DataFrame, criteria: Iterable[Criterion], context: RegionContext
) -> list[CandidateCase]:
    """Put together what is known of a region's candidates.

    Parameters
    ----------
    table : DataFrame, one row a candidate
        Measures beside the ranking, the best first.
    scores : DataFrame
        Value and weight by candidate and criterion.
    """
    by_key = {criterion.key: criterion for criterion in criteria}
    points: dict[str, list[Reading]] = {}
    for scored in records(scores):
        criterion = by_key.get(str(scored["criterion"]))
        counts = words.is_known(scored.get("value")) and words.is_known(scored.get("weight"))
        if criterion is None or not counts or not float(scored["weight"]) > 0:
            continue
        read = by_key[str(criterion.otherwise)] if bool(scored["stands_in"]) else criterion
        value, weight = float(scored["value"]), float(scored["weight"])
        points.setdefault(str(scored["candidate"]), []).append(
            Reading(criterion, read, value, weight)
        )
    present = table[table["annual_avg_emplvl"] != 0]
    context = replace(context, common=_common(points, set(present["candidate"])))
    return [
        CandidateCase(row, tuple(points.get(str(row["candidate"]), ())), context)
        for row in records(table)
    ]


def _common(points: Mapping[str, Sequence[Reading]], present: set[str]) -> frozenset[str]:
    """Return the criteria by which most candidates have the lowest value that there is."""
    worst: Counter[str] = Counter(
        point.criterion.key
        for candidate, own in points.items()
        for point in own
        if candidate in present and point.value == 0
    )
    return frozenset(key for key, count in worst.items() if 2 * count > len(present))
