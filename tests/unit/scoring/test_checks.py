"""What every way of scoring asks of its values and weights."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.checks import one_set_of_weights, values_of, weights_in_shares


def test_a_rounding_beyond_the_ends_is_no_error() -> None:
    assert values_of([[1 + 1e-12, -1e-12]]).shape == (1, 2)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([[0.5, 1.5]], "The value 1.5 does not lie from 0 to 1"),
        ([[np.inf]], "The value inf does not lie from 0 to 1"),
        ([0.5], r"Values of shape \(1,\)"),
        ([[]], r"Values of shape \(1, 0\)"),
    ],
)
def test_values_that_no_value_function_gives_are_refused(values, message) -> None:
    with pytest.raises(MeasureError, match=message):
        values_of(values)


def test_weights_are_shares_set_by_set() -> None:
    assert weights_in_shares([2, 6]).tolist() == [[0.25, 0.75]]
    assert weights_in_shares([[1, 0], [5, 5]]).tolist() == [[1, 0], [0.5, 0.5]]


@pytest.mark.parametrize(
    "weights", [[1, -1], [0, 0], [1, None], [1, np.inf], [[1, 1], [0, 0]], [[3, 1], [2, -1]]]
)
def test_weights_that_mean_nothing_are_named(weights) -> None:
    with pytest.raises(MeasureError, match=r"The ballots \[.*\] must be zero or more"):
        weights_in_shares(weights, "ballots")


@pytest.mark.parametrize("weights", [1.0, [1, 1], [[1, 1, 1]], []])
def test_one_weight_a_criterion(weights) -> None:
    with pytest.raises(MeasureError, match="weights were given for 3 criteria"):
        one_set_of_weights(weights, 3)
