"""Where every sector stands, ready to be written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lmi.assessment.region import LiveAssessment
from lmi.words import Row, is_known, records

__all__ = ["Contribution", "RankedRow", "ranked_rows", "weights_of"]


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a score.

    Parameters
    ----------
    criterion : int
        Its place among the criteria.
    value, weight, contribution : float, 0 to 1
        NaN, 0 and NaN where there is no data.
    stands_in : bool
        Whether the value is that of another criterion.
    """

    criterion: int
    name: str
    value: float
    weight: float
    contribution: float
    stands_in: bool


@dataclass(frozen=True)
class RankedRow:
    """Where one sector stands.

    Parameters
    ----------
    row : mapping
        Its measures and its ranking.
    rank : int or None
        None where nothing that counts is known of it.
    rank_saved : int or None
        What is saved has it at this rank.
    contributions : tuple of Contribution
        One a criterion.
    """

    row: Row
    rank: int | None
    rank_saved: int | None
    contributions: tuple[Contribution, ...]

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.row["candidate"])

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.row["candidate_name"])

    @property
    def moved(self) -> int:
        """By how many ranks it rose against what is saved; below zero where it fell."""
        if self.rank is None or self.rank_saved is None:
            return 0
        return self.rank_saved - self.rank


def ranked_rows(found: LiveAssessment, saved: Mapping[str, int]) -> list[RankedRow]:
    """Put the sectors in the order of their scores, then of their names.

    Parameters
    ----------
    saved : mapping of str to int
        Rank of what is saved, by key.
    """
    place = {c.key: (j, c.name) for j, c in enumerate(found.criteria)}
    contributions: dict[str, list[Contribution]] = {}
    for scored in records(found.scores):
        value, weight, added = (float(scored[k]) for k in ("value", "weight", "contribution"))
        contributions.setdefault(str(scored["candidate"]), []).append(
            Contribution(
                *place[str(scored["criterion"])], value, weight, added, bool(scored["stands_in"])
            )
        )
    rows = []
    for row in records(found.candidates):
        key, rank = str(row["candidate"]), row["rank"]
        rows.append(
            RankedRow(
                row=row,
                rank=int(rank) if is_known(rank) else None,
                rank_saved=saved.get(key),
                contributions=tuple(contributions[key]),
            )
        )
    return sorted(rows, key=lambda r: (r.rank is None, r.rank or 0, r.name))


def weights_of(found: LiveAssessment) -> list[Contribution]:
    """Return the criteria with their shares in the score, those without data at zero."""
    nan = float("nan")
    return [
        Contribution(j, c.name, nan, float(found.shares[c.key]), nan, False)
        for j, c in enumerate(found.criteria)
    ]
