"""Other methods beside the score."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.scoring.methods import (
    compare_methods,
    method_agreement,
    rank_sum,
    topsis,
)

EXACT = 1e-12


def test_topsis_by_hand() -> None:
    """Weights .6 and .4, values .5 and 1: .3 from the best, √(.3² + .4²) = .5 from the worst."""
    assert topsis([[0.5, 1.0]], [3, 2]) == pytest.approx([0.5 / 0.8], abs=EXACT)


def test_a_newcomer_changes_nobodys_closeness() -> None:
    values = [[0.5, 0.9], [0.7, 0.1]]
    assert topsis([*values, [1, 1]], [1, 2])[:2].tolist() == topsis(values, [1, 2]).tolist()


def test_a_missing_criterion_leaves_its_weight_to_the_others() -> None:
    assert topsis([[0.4, np.nan]], [1, 5]) == pytest.approx([0.4], abs=EXACT)
    assert np.isnan(topsis([[np.nan, np.nan], [0.4, np.nan]], [0, 1])).all()


def test_rank_sum_by_hand() -> None:
    """Jobs rank 1, 2, 3, pay 3, 1.5, 1.5; twice the weight for jobs."""
    found = rank_sum([[0.9, 0.1], [0.8, 0.3], [0.2, 0.3]], [2, 1])
    assert found == pytest.approx([5 / 3, 5.5 / 3, 7.5 / 3], abs=EXACT)


def test_only_the_order_counts() -> None:
    found = rank_sum([[0.9, 0.1], [0.1, 0.2]], [1, 1])
    assert found.tolist() == rank_sum([[0.51, 0.1], [0.50, 0.9]], [1, 1]).tolist() == [1.5, 1.5]


def test_who_has_no_rivals_in_a_criterion_stands_in_the_middle() -> None:
    assert rank_sum([[0.9], [np.nan], [np.nan]], [1])[0] == 2
    two = rank_sum([[0.9], [0.2], [np.nan], [np.nan]], [1])
    assert two[:2].tolist() == [1.5, 3.5]
    assert np.isnan(two[2:]).all()


def test_methods_may_differ_and_the_table_shows_where() -> None:
    """One weak criterion costs more in squares: the sum has .82 and .80, TOPSIS .73 and .80."""
    values = [[1.0, 1.0, 0.45], [0.8, 0.8, 0.8], [0.2, 0.2, 0.2], [np.nan] * 3]
    expected = pd.DataFrame(
        {"additive": [1, 2, 3, None], "topsis": [2, 1, 3, None], "rank_sum": [1, 2, 3, None]},
        dtype="Int64",
    )
    pd.testing.assert_frame_equal(compare_methods(values, [1, 1, 1]), expected)


def test_agreement_with_the_score() -> None:
    ranks = pd.DataFrame(
        {
            "additive": [1, 2, 3, 4, None],
            "topsis": [1, 2, 3, 4, None],
            "rank_sum": [4, 3, 2, 1, None],
        },
        dtype="Int64",
    )
    expected = pd.DataFrame(
        {
            "method": ["topsis", "rank_sum"],
            "same_first": [True, False],
            "top3_shared": [1.0, 2 / 3],
        }
    )
    pd.testing.assert_frame_equal(method_agreement(ranks), expected)


def test_one_method_cannot_be_compared() -> None:
    with pytest.raises(MeasureError, match="compared in pairs and 1 was given"):
        method_agreement(pd.DataFrame({"additive": [1, 2]}))


@pytest.mark.parametrize("method", [topsis, rank_sum, compare_methods])
def test_weights_must_fit(method) -> None:
    with pytest.raises(MeasureError, match="one weight a criterion"):
        method([[0.5, 0.5]], [1, 1, 1])
