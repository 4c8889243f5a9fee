"""The weighted sum of scikit-criteria's documentation and tests."""

from __future__ import annotations

from lmi.scoring.additive import additive_score, weighted_sum
from lmi.scoring.rank import rank_scores


def test_scikit_criteria_weighted_sum() -> None:
    """scikit-criteria, `WeightedSumModel` on [[1, 0, 3], [0, 5, 6]] with unit weights: 4 and 11."""
    matrix, weights = [[1, 0, 3], [0, 5, 6]], [1, 1, 1]
    assert weighted_sum(matrix, weights).tolist() == [4, 11]
    assert rank_scores(weighted_sum(matrix, weights)).tolist() == [2, 1]


def test_the_score_is_that_sum_over_the_sum_of_weights() -> None:
    """The score divides by the weights (three of one), so that it stays between 0 and 1."""
    values = [[0.1, 0.0, 0.3], [0.0, 0.5, 0.6]]
    mean = additive_score(values, [1, 1, 1]).score * 3
    assert mean.round(12).tolist() == weighted_sum(values, [1, 1, 1]).round(12).tolist()
