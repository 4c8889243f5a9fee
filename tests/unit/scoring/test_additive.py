"""The weighted additive score."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score

LAST_PLACES = 1e-12  # rounding of a few additions of numbers below one


def test_only_the_ratios_of_weights_matter() -> None:
    values = [[0.2, 0.8], [1.0, 0.0]]
    assert np.array_equal(
        additive_score(values, [1, 3]).score, additive_score(values, [2, 6]).score
    )
    assert additive_score(values, [1, 3]).score == pytest.approx([0.65, 0.25], abs=LAST_PLACES)


def test_a_missing_criterion_is_left_out_and_the_others_share_its_part() -> None:
    result = additive_score([[0.5, np.nan, 0.8]], [1, 2, 1])
    assert result.score == pytest.approx([0.65], abs=LAST_PLACES)
    assert result.weight.tolist() == [[0.5, 0.0, 0.5]]
    assert np.isnan(result.contribution[0, 1])


def test_a_missing_criterion_is_not_a_zero() -> None:
    assert additive_score([[1.0, np.nan]], [1, 1]).score == [1.0]
    assert additive_score([[1.0, 0.0]], [1, 1]).score == [0.5]


def test_no_criterion_no_score() -> None:
    result = additive_score([[np.nan, np.nan], [0.4, np.nan]], [1, 0])
    assert np.array_equal(result.score, [np.nan, 0.4], equal_nan=True)
    assert result.weight.tolist() == [[0, 0], [1, 0]]


def test_a_criterion_of_weight_zero_alone_gives_no_score() -> None:
    result = additive_score([[np.nan, 0.9]], [1, 0])
    assert np.isnan(result.score).all()
    assert np.isnan(result.contribution).all()


def test_contributions_add_up_to_the_score() -> None:
    result = additive_score([[0.1, 0.7, np.nan], [0.9, 0.2, 0.3]], [3, 2, 5])
    assert np.nansum(result.contribution, axis=1) == pytest.approx(result.score, abs=LAST_PLACES)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, -1], "zero or more"),
        ([0, 0], "one of them above zero"),
        ([1, np.nan], "zero or more"),
        ([1, 1, 1], "3 weights for values of shape"),
    ],
)
def test_weights_that_mean_nothing_are_refused(weights, message) -> None:
    with pytest.raises(MeasureError, match=message):
        additive_score([[0.5, 0.5]], weights)
