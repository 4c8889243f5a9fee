"""The weighted sum of scikit-criteria's documentation and tests."""

from __future__ import annotations

from lmi.scoring.additive import additive_score
from lmi.scoring.rank import rank_scores


def test_scikit_criteria_weighted_sum() -> None:
    """scikit-criteria, `WeightedSumModel` on [[1, 0, 3], [0, 5, 6]] with unit weights: 4 and 11.

    The score divides by the weights (three of one), so that it stays between 0 and 1, and the
    sixth of each value is taken, so that the values do.
    """
    values = [[1 / 6, 0, 3 / 6], [0, 5 / 6, 1]]
    score = additive_score(values, [1, 1, 1]).score
    assert (score * 3 * 6).round(12).tolist() == [4, 11]
    assert rank_scores(score).tolist() == [2, 1]
