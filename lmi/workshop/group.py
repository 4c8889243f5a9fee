"""The group's picture: what the room weighs, where it agrees, and how firm the ranking is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.assessment.overtaking import Overtaking, overtaking
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
from lmi.scoring.place_spread import place_spread
from lmi.scoring.rank import LEVEL, rank_scores
from lmi.words import whole_percents
from lmi.workshop.counting import Count

__all__ = ["Group", "group_of"]

WEIGHTS = ["criterion", "weight_mean", "counted_mean", "counted_p10", "counted_p90"]
RANKING = ["candidate", "candidate_name", "borda_rank", "mean_score", "rank",
           "first_chance", "top3_chance"]  # fmt: skip
PLACES = ["candidate", "candidate_name", "people", "apart"]
# Of fewer people than this who put a sector where is little of a guess.
PLACE_PEOPLE = 5
# Of fewer people than this the ends of eight of ten are single people's.
SPREAD_PEOPLE = 10
_DECIMALS = 2
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
        The event with which they were counted; 0 where they were not.
    weights : DataFrame, one row a criterion
        ``criterion``, ``weight_mean``; and, missing where it has no data, of the weights that
        have, ``counted_mean`` and, from ten people on, ``counted_p10`` and ``counted_p90``.
    ranking : DataFrame, one row a candidate that is not set aside, best first
        ``mean_score`` over people and ``rank`` by it, ``borda_rank``, ``first_chance`` and
        ``top3_chance`` over everybody's weights and the data's intervals.
    agreement : Concordance or None
        How far people's rankings agree; None where nobody ranks.
    differences : DataFrame
        As `lmi.scoring.group_ranking.group_differences`, criteria by their keys.
    kinds : dict of str to int
        Ballots by kind of organisation.
    places : DataFrame, one row a candidate, those that people put furthest apart first
        As `lmi.scoring.place_spread.place_spread`; no rows of fewer than five people.
    overtaking : Overtaking or None
        What would put the second first; None where there is no second.

    Notes
    -----
    Before the first count the tables are empty. Shares are rounded here, so that no page, no file
    and no notebook has them closer than another. Places are counted for each candidate by itself:
    which of them are of one person is nowhere.
    """

    n: int
    seq: int
    weights: pd.DataFrame
    ranking: pd.DataFrame
    agreement: Concordance | None
    differences: pd.DataFrame
    kinds: dict[str, int]
    places: pd.DataFrame
    overtaking: Overtaking | None = None

    @property
    def places_of(self) -> dict[str, int]:
        """Place by mean score of each candidate that has one."""
        pairs = zip(self.ranking["candidate"], self.ranking["rank"], strict=True)
        return {str(key): int(rank) for key, rank in pairs if pd.notna(rank)}

    @property
    def counting(self) -> dict[str, float]:
        """Mean share by criterion of the weights that have data; empty with too few ballots."""
        pairs = zip(self.weights["criterion"], self.weights["counted_mean"], strict=True)
        return {str(key): float(mean) for key, mean in pairs if mean == mean}

    @property
    def mean_weights(self) -> dict[str, float]:
        """Mean weight by criterion, as shares of one; empty with too few ballots."""
        means = self.weights["weight_mean"] / self.weights["weight_mean"].sum()
        pairs = zip(self.weights["criterion"], means, strict=True)
        return {str(key): float(mean) for key, mean in pairs}


def group_of(count: Count, assessment: LiveAssessment) -> Group:
    """Compute the group's picture of the candidates as scoped, from ballots as counted."""
    keys = [c.key for c in assessment.criteria]
    n = len(count.answers)
    counted = dict(Counter(count.kinds[who] for who in count.answers))
    if n < MIN_PEOPLE:
        empty = (pd.DataFrame(columns=c) for c in (WEIGHTS, RANKING, DIFFERENCES, PLACES))
        weights, ranking, differences, places = empty
        return Group(n, count.seq, weights, ranking, None, differences, counted, places)
    ballots = np.array([_row(dict(ballot), keys) for ballot in count.answers.values()])
    has_data = np.array([key in assessment.has_data for key in keys])
    scores, at_all = _scores(assessment, ballots)
    ranks = np.array(
        [rank_scores(row, LEVEL).to_numpy(dtype=float, na_value=np.nan) for row in scores]
    )
    ranking, agreement = _ranking(assessment, ballots[at_all], scores, ranks)
    return Group(
        n, count.seq, _weights(ballots, keys, has_data), ranking, agreement,
        _differences(count, ballots, keys), counted, _places(assessment, ranks),
        overtaking(assessment, ballots[at_all]) if len(ranks) else None,
    )  # fmt: skip


def _weights(
    ballots: FloatArray, keys: Sequence[str], has_data: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    found = _rounded(group_weights(ballots))
    found.insert(0, "criterion", keys)
    counted = ["counted_mean", "counted_p10", "counted_p90"]
    found[counted] = np.nan
    counting = ballots[:, has_data]
    at_all = counting.sum(axis=1) > 0
    if at_all.any():
        told = _rounded(group_weights(counting[at_all]))
        wanted = told[["weight_mean", "weight_p10", "weight_p90"]].to_numpy()
        found.loc[has_data, counted] = wanted
    if at_all.sum() < SPREAD_PEOPLE:
        found[counted[1:]] = np.nan
    return found[WEIGHTS]


def _rounded(weights: pd.DataFrame) -> pd.DataFrame:
    """Round shares to whole percents; the means still add up to one."""
    means = [percent / 100 for percent in whole_percents(weights["weight_mean"].tolist())]
    return weights.round(_DECIMALS).assign(weight_mean=means)


def _differences(count: Count, ballots: FloatArray, keys: Sequence[str]) -> pd.DataFrame:
    """Compare the kinds that can be told apart, and all others together."""
    label_of = count.label_of
    labels = [label_of[count.kinds[who]] for who in count.answers]
    found = group_differences(ballots, labels)
    found["criterion"] = [keys[int(at)] for at in found["criterion"]]
    means = ["highest_mean", "lowest_mean", "difference"]
    return found.assign(**found[means].astype("float64").round(_DECIMALS))


def _row(weights: Mapping[str, float], keys: Sequence[str]) -> list[float]:
    return [weights.get(key, 0.0) for key in keys]


def _scores(assessment: LiveAssessment, ballots: FloatArray) -> tuple[FloatArray, np.ndarray]:
    """Score every candidate by every ballot; tell which ballots weigh anything that has data."""
    evidence = assessment.ranked_evidence
    has_data = ~np.isnan(evidence.value).all(axis=0)
    at_all = ballots[:, has_data].sum(axis=1) > 0
    keys = [c.key for c in evidence.criteria]
    found = [
        appraise(evidence, dict(zip(keys, ballot, strict=True))).additive.score
        for ballot in ballots[at_all]
    ]
    return np.array(found).reshape(len(found), len(evidence.rows)), at_all


def _ranking(
    assessment: LiveAssessment, ballots: FloatArray, scores: FloatArray, ranks: FloatArray
) -> tuple[pd.DataFrame, Concordance | None]:
    if not scores.size:
        return pd.DataFrame(columns=RANKING), None
    evidence = assessment.ranked_evidence
    has_data = ~np.isnan(evidence.value).all(axis=0)
    chances = group_smaa(evidence.drawn[:, has_data], ballots[:, has_data])
    mean, points = scores.mean(axis=0), borda(ranks)
    keys = evidence.rows["candidate"]
    names = {c.key: c.name for c in assessment.definitions}
    table = pd.DataFrame(
        {
            "candidate": keys,
            "candidate_name": keys.map(names),
            "borda_rank": rank_scores(points),
            "mean_score": mean.round(_DECIMALS),
            "rank": rank_scores(mean, LEVEL),
            "first_chance": _chance(chances.first),
            "top3_chance": _chance(chances.top3),
        }
    )
    # Of sectors that are level the higher score stands first, as whoever reads both expects.
    order = ["rank", "mean_score", "candidate_name"]
    ordered = table.sort_values(order, ascending=[True, False, True], ignore_index=True)
    return ordered, kendalls_w(ranks)


def _places(assessment: LiveAssessment, ranks: FloatArray) -> pd.DataFrame:
    """Count who puts a candidate where, of enough people."""
    if len(ranks) < PLACE_PEOPLE:
        return pd.DataFrame(columns=PLACES)
    keys = assessment.ranked_evidence.rows["candidate"]
    names = keys.map({c.key: c.name for c in assessment.definitions})
    found = place_spread(ranks).assign(candidate=keys, candidate_name=names)
    order = ["apart", "candidate_name"]
    return found.sort_values(order, ascending=[False, True], ignore_index=True)[PLACES]


def _chance(chances: FloatArray) -> FloatArray:
    """Round chances; what may happen does not become what never does, nor what may not certain."""
    least = 0.5 * 10.0**-_DECIMALS
    lowest, highest = np.where(chances > 0, least, 0.0), np.where(chances < 1, 1 - least, 1.0)
    return np.clip(chances.round(_DECIMALS), lowest, highest)
