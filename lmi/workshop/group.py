"""The group's picture: what the room weighs, where it agrees, and how firm the ranking is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.assessment.region import LiveAssessment
from lmi.measures.arithmetic import FloatArray
from lmi.scoring.appraise import appraise
from lmi.scoring.group_ranking import (
    MIN_PEOPLE,
    Concordance,
    borda,
    group_differences,
    group_smaa,
    group_weights,
    kendalls_w,
)
from lmi.scoring.rank import LEVEL, rank_scores
from lmi.workshop.state import State

__all__ = ["Group", "group_of"]

WEIGHTS = ["criterion", "weight_mean", "weight_sd", "weight_p10", "weight_p90"]
RANKING = ["candidate", "candidate_name", "borda", "borda_rank", "mean_score", "rank",
           "first_chance", "top3_chance"]  # fmt: skip
DIFFERENCES = ["criterion", "highest", "lowest", "highest_mean", "lowest_mean", "difference",
               "by_chance", "differs"]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Group:
    """What a room makes of the candidates.

    Parameters
    ----------
    n : int
        Ballots.
    seq : int
        The last event that it takes in.
    weights : DataFrame, one row a criterion
        ``criterion`` and the columns of `lmi.scoring.group_ranking.group_weights`.
    ranking : DataFrame, one row a candidate that is not set aside, best first
        ``borda`` points and ``borda_rank``, ``mean_score`` over people and ``rank`` by it,
        ``first_chance`` and ``top3_chance`` over everybody's weights and the data's intervals.
    agreement : Concordance or None
        How far people's rankings agree; None where nobody ranks.
    differences : DataFrame
        As `lmi.scoring.group_ranking.group_differences`, criteria by their keys.
    kinds : dict of str to int
        Ballots by kind of organisation.

    Notes
    -----
    With fewer than three ballots the tables are empty: a mean of so few would give away what each
    of them answered.
    """

    n: int
    seq: int
    weights: pd.DataFrame
    ranking: pd.DataFrame
    agreement: Concordance | None
    differences: pd.DataFrame
    kinds: dict[str, int]

    @property
    def mean_weights(self) -> dict[str, float]:
        """Mean weight by criterion, as shares of one; empty with too few ballots."""
        pairs = zip(self.weights["criterion"], self.weights["weight_mean"], strict=True)
        return {str(key): float(mean) for key, mean in pairs}


def group_of(state: State, assessment: LiveAssessment) -> Group:
    """Compute the group's picture of the candidates as scoped."""
    keys = [c.key for c in assessment.criteria]
    voters = state.voters
    kinds = [state.participants[who].kind for who in voters]
    counted = dict(Counter(kinds))
    if len(voters) < MIN_PEOPLE:
        empty = (pd.DataFrame(columns=c) for c in (WEIGHTS, RANKING, DIFFERENCES))
        weights, ranking, differences = empty
        return Group(len(voters), state.seq, weights, ranking, None, differences, counted)
    ballots = np.array([_row(state.weights_of(who) or {}, keys) for who in voters])
    weights = group_weights(ballots)
    weights.insert(0, "criterion", keys)
    differences = group_differences(ballots, kinds)
    differences["criterion"] = [keys[int(at)] for at in differences["criterion"]]
    scores, at_all = _scores(assessment, ballots)
    ranking, agreement = _ranking(assessment, ballots[at_all], scores)
    return Group(len(voters), state.seq, weights, ranking, agreement, differences, counted)


def _row(weights: Mapping[str, float], keys: Sequence[str]) -> list[float]:
    return [weights.get(key, 0.0) for key in keys]


def _scores(assessment: LiveAssessment, ballots: FloatArray) -> tuple[FloatArray, np.ndarray]:
    """Score every candidate by every ballot; tell which ballots weigh anything that has data."""
    evidence = assessment.appraisal.evidence.take(assessment.in_ranking)
    has_data = ~np.isnan(evidence.value).all(axis=0)
    at_all = ballots[:, has_data].sum(axis=1) > 0
    keys = [c.key for c in evidence.criteria]
    found = [
        appraise(evidence, dict(zip(keys, ballot, strict=True))).additive.score
        for ballot in ballots[at_all]
    ]
    return np.array(found).reshape(len(found), len(evidence.rows)), at_all


def _ranking(
    assessment: LiveAssessment, ballots: FloatArray, scores: FloatArray
) -> tuple[pd.DataFrame, Concordance | None]:
    if not scores.size:
        return pd.DataFrame(columns=RANKING), None
    evidence = assessment.appraisal.evidence.take(assessment.in_ranking)
    ranks = np.array(
        [rank_scores(row, LEVEL).to_numpy(dtype=float, na_value=np.nan) for row in scores]
    )
    has_data = ~np.isnan(evidence.value).all(axis=0)
    chances = group_smaa(evidence.drawn[:, has_data], ballots[:, has_data])
    mean, points = scores.mean(axis=0), borda(ranks)
    keys = evidence.rows["candidate"]
    names = {c.key: c.name for c in assessment.definitions}
    table = pd.DataFrame(
        {
            "candidate": keys,
            "candidate_name": keys.map(names),
            "borda": points,
            "borda_rank": rank_scores(points),
            "mean_score": mean,
            "rank": rank_scores(mean, LEVEL),
            "first_chance": chances.first,
            "top3_chance": chances.top3,
        }
    )
    ordered = table.sort_values(["rank", "candidate_name"], ignore_index=True)
    return ordered, kendalls_w(ranks)
