"""Where every sector stands, ready to be written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.scoring.appraise import Appraisal
from lmi.scoring.rank import rank_scores

__all__ = ["Piece", "Placed", "place"]


@dataclass(frozen=True)
class Piece:
    """What one criterion adds to a score.

    Parameters
    ----------
    criterion : int
        Its place among the criteria.
    name : str
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
class Placed:
    """Where one sector stands.

    Parameters
    ----------
    key, name : str
    rank : int or None
        None where nothing that counts is known of it.
    score : float, 0 to 1
    rank_lo, rank_hi : int
        Over the data's intervals, weights as they are; 0 without a rank.
    rank_saved : int or None
        What is saved has it at this rank.
    first_chance, top3_chance : float, 0 to 1
        NaN where not computed.
    jobs, estimated_share : float
    pieces : tuple of Piece
        One a criterion.
    """

    key: str
    name: str
    rank: int | None
    score: float
    rank_lo: int
    rank_hi: int
    rank_saved: int | None
    first_chance: float
    top3_chance: float
    jobs: float
    estimated_share: float
    pieces: tuple[Piece, ...]

    @property
    def moved(self) -> int:
        """By how many ranks it rose against what is saved; below zero where it fell."""
        if self.rank is None or self.rank_saved is None:
            return 0
        return self.rank_saved - self.rank


def place(
    appraisal: Appraisal, measures: pd.DataFrame, saved: Mapping[str, int], robust: bool
) -> list[Placed]:
    """Put the sectors in the order of their scores, then of their names.

    Parameters
    ----------
    appraisal : Appraisal
    measures : DataFrame
        A row for each of the appraisal's, in its order.
    saved : mapping of str to int
        Rank of what is saved, by key.
    robust : bool
        Whether to tell the chances, which take a moment where they are not at hand.
    """
    known, added = appraisal.evidence, appraisal.additive
    ranks, (lo, hi) = rank_scores(added.score), appraisal.rank_ends
    none = np.full(len(known.rows), np.nan)
    weights = appraisal.over_weights if robust else None
    first = none if weights is None else weights.first
    top3 = none if weights is None else weights.top3
    found = []
    for i, row in enumerate(measures.to_dict("records")):
        pieces = tuple(
            Piece(
                j, c.name, float(known.value[i, j]), float(added.weight[i, j]),
                float(added.contribution[i, j]), bool(known.stands_in[i, j]),
            )
            for j, c in enumerate(known.criteria)
        )  # fmt: skip
        rank = None if pd.isna(ranks.iloc[i]) else int(ranks.iloc[i])
        found.append(
            Placed(
                key=str(row["candidate"]), name=str(row["candidate_name"]), rank=rank,
                score=float(added.score[i]), rank_lo=int(lo[i]),
                rank_hi=int(hi[i]), rank_saved=saved.get(str(row["candidate"])),
                first_chance=float(first[i]), top3_chance=float(top3[i]),
                jobs=float(row["annual_avg_emplvl"]),
                estimated_share=float(row["emplvl_estimated_share"]), pieces=pieces,
            )
        )  # fmt: skip
    return sorted(found, key=lambda p: (p.rank is None, p.rank or 0, p.name))
