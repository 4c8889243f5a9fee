"""Score and rank what competes, and say how firmly each rank stands.

Two questions are kept apart. With the weights as stated, could the withheld numbers change the
rank? And whatever weights a room might choose, how often does a candidate come first?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.config.criterion import GROUND
from lmi.errors import MeasureError
from lmi.measures.arithmetic import BoolArray, FloatArray, IntArray
from lmi.measures.certainty import ends
from lmi.scoring.about import About
from lmi.scoring.additive import AdditiveScore, additive_score
from lmi.scoring.evidence import Evidence
from lmi.scoring.rank import LEVEL, rank_scores
from lmi.scoring.smaa import Robustness, smaa
from lmi.scoring.stability import hangs_on, switching_weights
from lmi.scoring.weights import uniform_weights, weights_around, weights_in_order

__all__ = ["Appraisal", "appraise"]

DRAWS = 10_000


@dataclass(frozen=True, eq=False)
class Appraisal:
    """Scores of n alternatives, and the ranks and their robustness of those that compete.

    Parameters
    ----------
    evidence : Evidence
    weights : ndarray, shape (m,)
        Weights as stated, as shares of one; zero for a criterion without data for anybody.
    asked : ndarray of bool, shape (m,)
        Criteria that were given a weight, with or without data.
    about : {"any", "stated", "order"}
        Which weights the robustness is over: any at all, around those stated, or all that keep
        their order of importance. Criteria of one group count as one question among any.
    n_draws : int
        Draws of weights.
    competing : ndarray of bool, shape (n,), optional
        Who competes for ranks; all, unless told.
    """

    evidence: Evidence
    weights: FloatArray
    asked: BoolArray
    about: str = "any"
    n_draws: int = DRAWS
    competing: BoolArray | None = None

    def among(self, competing: BoolArray) -> Appraisal:
        """Return the same with ranks and chances among some of the alternatives alone."""
        return replace(self, competing=competing)

    @cached_property
    def in_race(self) -> npt.NDArray[np.int64]:
        """Places of those that compete and have a score."""
        scored = ~np.isnan(self.additive.score)
        return np.flatnonzero(scored if self.competing is None else scored & self.competing)

    @cached_property
    def counted(self) -> np.ndarray:
        """Places of the criteria that count: with weight, and with data."""
        return np.flatnonzero(self.weights > 0)

    @cached_property
    def additive(self) -> AdditiveScore:
        """Score, shares and contributions with the stated weights."""
        return additive_score(self.evidence.value, self.weights)

    @cached_property
    def score_ends(self) -> tuple[FloatArray, FloatArray]:
        """Ends of each score's interval over the data, with the stated weights."""
        drawn = np.moveaxis(self.evidence.counted, 1, 2)
        n, d, m = drawn.shape
        scores = additive_score(drawn.reshape(n * d, m), self.weights).score.reshape(n, d)
        return ends(self.additive.score, scores)

    @cached_property
    def ranks(self) -> pd.Series:
        """Ranks of those that compete, level scores sharing one; missing for the others."""
        return rank_scores(self._among_all(self.additive.score[self.in_race]), LEVEL)

    @cached_property
    def over_data(self) -> Robustness:
        """Robustness of those in the race to the data's intervals, with the stated weights."""
        drawn = self.evidence.counted[self.in_race][:, self.counted]
        stated = np.broadcast_to(self._stated, (drawn.shape[-1], len(self.counted)))
        return smaa(drawn, stated)

    @cached_property
    def rank_ends(self) -> tuple[IntArray, IntArray]:
        """Ends of each rank's interval over the data, its own rank within; 0 without a rank."""
        rank = self.ranks.fillna(0).to_numpy(dtype=np.int64)
        if not len(self.in_race):
            return rank, rank
        ends_of_race = (self.over_data.rank_lo, self.over_data.rank_hi)
        lo, hi = (np.nan_to_num(self._among_all(x)).astype(np.int64) for x in ends_of_race)
        known = (rank > 0) & (lo > 0)
        lo, hi = np.where(known, np.minimum(lo, rank), 0), np.where(known, np.maximum(hi, rank), 0)
        return lo, hi

    @cached_property
    def over_weights(self) -> Robustness:
        """Robustness of those in the race to weights and to the data's intervals together."""
        return smaa(self._drawn(), self._drawn_weights())

    def shared_chances(self) -> tuple[FloatArray, FloatArray]:
        """Return the chances of the first place, and of the top three, that ties share.

        Returns
        -------
        first, top3 : ndarray, shape (n,), 0 to 1
            Over weights and data as `over_weights`, adding up to 1 and to 3; missing for those
            that do not compete.
        """
        found = smaa(self._drawn(), self._drawn_weights(), share_ties=True)
        return self._among_all(found.first), self._among_all(found.top3)

    def _drawn_weights(self) -> FloatArray:
        if self.about == About.stated:
            return weights_around(self._stated, self.n_draws)
        if self.about == About.order:
            order = rank_scores(self._stated).to_numpy(dtype=int)
            return weights_in_order(order, self.n_draws)
        return self._any_weights()

    def _any_weights(self) -> FloatArray:
        """Draw weights of the questions uniformly; criteria of a group share theirs as stated."""
        asked = [self.evidence.criteria[j] for j in self.counted]
        questions, of = np.unique([c.group or f"={c.key}" for c in asked], return_inverse=True)
        within = self._stated / np.bincount(of, self._stated)[of]
        return uniform_weights(len(questions), self.n_draws)[:, of] * within

    @property
    def _stated(self) -> FloatArray:
        return self.weights[self.counted]

    def _drawn(self) -> FloatArray:
        return self.evidence.drawn[self.in_race][:, self.counted]

    def _values(self) -> FloatArray:
        return self.evidence.value[self.in_race][:, self.counted]

    def _among_all(self, found: npt.ArrayLike) -> FloatArray:
        """Put what was found of those in the race among all; missing for the others."""
        whole = np.full(len(self.evidence.rows), np.nan)
        whole[self.in_race] = found
        return whole

    def scores(self) -> pd.DataFrame:
        """Return one row an alternative and criterion.

        Returns
        -------
        DataFrame
            The columns that name an alternative, ``criterion``, ``raw`` with ``raw_lo`` and
            ``raw_hi`` (in the measure's unit), ``value`` (0 to 1), ``stands_in`` (whether the
            value is that of the criterion's stand-in), ``weight`` (share in this alternative's
            score, 0 where missing) and ``contribution``.
        """
        known, m = self.evidence, len(self.weights)
        rows = known.rows.loc[known.rows.index.repeat(m)].reset_index(drop=True)
        return rows.assign(
            criterion=[c.key for c in known.criteria] * len(known.rows),
            raw=known.raw.ravel(), raw_lo=known.raw_lo.ravel(), raw_hi=known.raw_hi.ravel(),
            value=known.value.ravel(), stands_in=known.stands_in.ravel(),
            weight=self.additive.weight.ravel(), contribution=self.additive.contribution.ravel(),
        )  # fmt: skip

    def ranking(self) -> pd.DataFrame:
        """Return one row an alternative, in the order of the evidence.

        Returns
        -------
        DataFrame
            The columns that name an alternative; ``score`` (0 to 1) with ``score_lo`` and
            ``score_hi``; and, missing for those that do not compete, ``rank`` with ``rank_lo`` and
            ``rank_hi`` over the data's intervals, ``is_level`` (whether its rank is shared) and
            ``rank_is_vague`` where the ends lie half of all ranks apart or more;
            ``first_chance`` and ``top3_chance`` over weights and data; ``confidence`` (chance of
            being first with the weights that favor it); ``statistic_rank`` and ``ground_rank``
            by the criteria of that kind alone; ``hangs_on`` (criterion without which the rank
            changes most, empty where none) and ``rank_without`` it; ``criteria_missing`` (keys of
            those with a weight and without data, comma between).
        """
        lo, hi = self.score_ends
        first, last = self.rank_ends
        keys = np.array([c.key for c in self.evidence.criteria])
        missing = np.isnan(self.evidence.value) & self.asked
        return self.evidence.rows.assign(
            score=self.additive.score, score_lo=lo, score_hi=hi,
            rank=self.ranks, rank_lo=_whole(first), rank_hi=_whole(last),
            is_level=self.ranks.duplicated(keep=False) & self.ranks.notna(),
            rank_is_vague=(last - first >= (first > 0).sum() / 2) & (last > first),
            **self._firmness(keys[self.counted]),
            statistic_rank=self._rank_by("statistic"), ground_rank=self._rank_by(GROUND),
            criteria_missing=[", ".join(keys[row]) for row in missing],
        )  # fmt: skip

    def _firmness(self, keys: np.ndarray) -> dict[str, np.ndarray | pd.Series]:
        """Return chances, and what ranks hang on; `keys` are those of the criteria that count."""
        n, race = len(self.evidence.rows), self.in_race
        if not len(race):
            none = np.full(n, np.nan)
            return {
                "first_chance": none, "top3_chance": none, "confidence": none,
                "hangs_on": np.full(n, "", dtype=object), "rank_without": _whole(none),
            }  # fmt: skip
        weights = self.over_weights
        at, without = hangs_on(self._values(), self._stated)
        on = np.full(n, "", dtype=object)
        on[race] = np.where(at >= 0, keys[at], "")
        return {
            "first_chance": self._among_all(weights.first),
            "top3_chance": self._among_all(weights.top3),
            "confidence": self._among_all(weights.confidence),
            "hangs_on": on,
            "rank_without": _whole(self._among_all(np.where(at >= 0, without, np.nan))),
        }

    def _rank_by(self, kind: str) -> pd.Series:
        """Rank by the criteria of one kind alone; missing where none of them counts."""
        of_kind = np.array([c.kind == kind for c in self.evidence.criteria])
        weights = np.where(of_kind, self.weights, 0.0)
        if not (weights > 0).any():
            return _whole(np.full(len(self.evidence.rows), np.nan))
        score = additive_score(self.evidence.value, weights).score
        return rank_scores(self._among_all(score[self.in_race]), LEVEL)

    def acceptability(self) -> pd.DataFrame:
        """Return the chance of every rank over weights and data, one row an alternative and rank.

        Returns
        -------
        DataFrame
            The columns that name an alternative, ``rank`` (1 to the number of those that compete)
            and ``chance`` (0 to 1); no rows of those that do not.
        """
        n = len(self.in_race)
        rows = self.evidence.rows.loc[self.in_race.repeat(n)].reset_index(drop=True)
        chance = self.over_weights.acceptability if n else np.zeros((0, 0))
        return rows.assign(rank=np.tile(np.arange(1, n + 1), n), chance=chance.ravel())

    def criteria(self) -> pd.DataFrame:
        """Return one row a criterion: what it counts for, and what it would take to matter more.

        Returns
        -------
        DataFrame
            ``criterion``, ``kind``, ``weight`` (share of one), ``n_known`` (alternatives with
            data), ``weight_up`` and ``weight_down`` (nearest weights, above and below, at which
            an alternative that is not level with the first passes it, the other weights keeping
            their proportions; missing where there is none), ``challenger_up`` and
            ``challenger_down`` (place of that alternative in the evidence; missing for none).
        """
        known = self.evidence
        found = pd.DataFrame(
            {
                "criterion": [c.key for c in known.criteria],
                "kind": [c.kind for c in known.criteria],
                "weight": self.weights,
                "n_known": (~np.isnan(known.value)).sum(axis=0),
            }
        )
        columns = ["weight_up", "challenger_up", "weight_down", "challenger_down"]
        rivals = self._rivals()
        if not len(rivals):
            nobody = pd.Series(pd.NA, index=found.index, dtype="Int64")
            return found.assign(
                weight_up=np.nan, challenger_up=nobody, weight_down=np.nan, challenger_down=nobody
            )
        values = known.value[rivals][:, self.counted]
        switches = switching_weights(values, self._stated)[columns].set_axis(self.counted)
        for column in ("challenger_up", "challenger_down"):
            switches[column] = switches[column].map(dict(enumerate(rivals))).astype("Int64")
        return found.join(switches)

    def _rivals(self) -> npt.NDArray[np.int64]:
        """Return the first, and those that are not level with it already."""
        score, race = self.additive.score, self.in_race
        if not len(race):
            return race
        level = self.ranks.eq(1).to_numpy(dtype=bool, na_value=False)
        first = race[score[race].argmax()]
        return race[~level[race] | (race == first)]


def _whole(ranks: npt.ArrayLike) -> pd.Series:
    """Return ranks as whole numbers; missing where there is none (NaN or 0)."""
    found = pd.Series(np.asarray(ranks, dtype=np.float64))
    return found.mask(found == 0).astype("Int64")


def appraise(
    evidence: Evidence,
    weights: Mapping[str, float] | None = None,
    about: str = "any",
    n_draws: int = DRAWS,
) -> Appraisal:
    """Appraise alternatives that compete with one another.

    Parameters
    ----------
    evidence : Evidence
    weights : mapping of str to float, optional
        Weight by key of criterion, zero or more; only their ratios matter. Without it the
        criteria's own; a criterion that is not named has none.
    about : {"any", "stated", "order"}, optional
        Which weights the robustness is over.
    n_draws : int, optional
        Draws of weights.

    Returns
    -------
    Appraisal
        Nothing of it is computed before it is asked for.

    Raises
    ------
    MeasureError
        A weight is negative or of an unknown criterion, or all that have data are zero.

    Notes
    -----
    A criterion without data for any alternative gets no weight; the others share it. Source of
    the robustness: Lahdelma, R. and Salminen, P. (2001), SMAA-2: stochastic multicriteria
    acceptability analysis for group decision making, Operations Research 49, 444–454.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion
    >>> from lmi.scoring.appraise import appraise
    >>> from lmi.scoring.evidence import gather_evidence
    >>> line = ((0, 0), (2, 1))
    >>> jobs, pay = (
    ...     Criterion(key=k, name=k, question="?", measure=m, value=line)
    ...     for k, m in (("jobs", "emplvl_share"), ("pay", "pay_ratio"))
    ... )
    >>> table = pd.DataFrame({"candidate": ["a", "b"], "emplvl_share": [1.0, 0.4],
    ...                       "pay_ratio": [1.0, 1.4]})
    >>> known = gather_evidence(table, [jobs, pay], keys=["candidate"])
    >>> appraise(known, {"jobs": 3, "pay": 1}).ranking()[["candidate", "score", "rank"]]
      candidate  score  rank
    0         a  0.500     1
    1         b  0.325     2
    """
    if about not in tuple(About):
        raise MeasureError(
            f"Robustness over {about!r} weights is not known; write any, stated or order."
        )
    stated = evidence.weights if weights is None else _given(evidence, weights)
    if (stated < 0).any() or np.isnan(stated).any():
        raise MeasureError(f"The weights {stated.tolist()} must be zero or more.")
    has_data = ~np.isnan(evidence.value).all(axis=0)
    kept = np.where(has_data, stated, 0.0)
    if not (kept > 0).any():
        raise MeasureError(
            "No criterion that has data here has a weight above zero, so nothing can be ranked; "
            "raise one weight."
        )
    return Appraisal(evidence, kept / kept.sum(), stated > 0, about, n_draws)


def _given(evidence: Evidence, weights: Mapping[str, float]) -> FloatArray:
    keys = [c.key for c in evidence.criteria]
    unknown = [key for key in weights if key not in keys]
    if unknown:
        raise MeasureError(
            f"There is no criterion {unknown[0]!r} to weigh; the criteria are {', '.join(keys)}."
        )
    return np.array([float(weights.get(key, 0.0)) for key in keys])
