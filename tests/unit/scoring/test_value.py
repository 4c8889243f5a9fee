"""Value functions."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.value import value_function

QUOTIENT = [(0.5, 0.0), (1.0, 0.5), (1.25, 0.75), (2.0, 1.0)]


@pytest.mark.parametrize(
    ("quotient", "value"),
    [(0.5, 0), (0.75, 0.25), (1.0, 0.5), (1.125, 0.625), (1.25, 0.75), (1.625, 0.875), (2.0, 1)],
)
def test_values_lie_on_straight_lines_between_anchors(quotient: float, value: float) -> None:
    assert value_function(quotient, QUOTIENT) == value


def test_values_stay_beyond_the_outer_anchors() -> None:
    assert value_function([-3, 0.1, 9, np.inf], QUOTIENT).tolist() == [0, 0, 1, 1]


def test_a_missing_measure_has_no_value() -> None:
    assert np.isnan(value_function([np.nan, None], QUOTIENT)).all()


def test_lower_can_be_better() -> None:
    assert value_function([0, 5, 10], [(0, 1), (10, 0)]).tolist() == [1, 0.5, 0]


def test_on_a_logarithmic_scale_twice_is_always_as_much() -> None:
    values = value_function([1, 2, 4, 8, 16], [(1, 0), (16, 1)], scale="log")
    assert np.diff(values) == pytest.approx(0.25, abs=1e-12)  # rounding of logarithms


def test_no_jobs_have_the_lowest_value_on_a_logarithmic_scale() -> None:
    values = value_function([0, -5, np.nan], [(0.005, 0.0), (0.1, 1.0)], scale="log")
    assert np.array_equal(values, [0, 0, np.nan], equal_nan=True)


ORGANISATIONS = [(0, 0.0), (1, 0.4), (3, 0.75), (5, 1.0)]


def test_in_steps_a_value_holds_until_the_next_anchor() -> None:
    values = value_function([0, 0.9, 1, 2, 3, 4.9, 5, 9], ORGANISATIONS, scale="steps")
    assert values.tolist() == [0, 0, 0.4, 0.4, 0.75, 0.75, 1, 1]


def test_below_the_first_step_its_value_holds_and_missing_stays_missing() -> None:
    values = value_function([-1, np.nan], [(0, 0.2), (1, 1.0)], scale="steps")
    assert np.array_equal(values, [0.2, np.nan], equal_nan=True)


def test_in_steps_lower_can_be_better() -> None:
    assert value_function([0, 4, 5, 10], [(0, 1), (5, 0.5), (10, 0)], "steps").tolist() == [
        1, 1, 0.5, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("scale", ["linear", "log", "steps"])
def test_draws_have_the_values_that_they_have_one_by_one(scale: str) -> None:
    draws = np.linspace(0.3, 2.5, 24).reshape(4, 6)
    draws[2, 3] = np.nan
    values = value_function(draws, QUOTIENT, scale)
    assert values.shape == draws.shape
    one_by_one = [[float(value_function(x, QUOTIENT, scale)) for x in row] for row in draws]
    assert np.array_equal(values, one_by_one, equal_nan=True)


@pytest.mark.parametrize(
    ("anchors", "scale", "message"),
    [
        ([(1, 0)], "linear", "two or more anchors"),
        ([1, 2], "linear", "two or more anchors"),
        ([(1, 0), (1, 1)], "linear", "rising order"),
        ([(2, 0), (1, 1)], "linear", "rising order"),
        ([(1, 0), (2, 1.5)], "linear", "from 0 to 1"),
        ([(1, 0), (2, np.nan)], "linear", "from 0 to 1"),
        ([(0, 0), (2, 1)], "log", "no logarithm"),
        ([(1, 0), (2, 1)], "square", "'square' of a value function is not linear, log or steps"),
    ],
)
def test_anchors_that_mean_nothing_are_refused(anchors, scale, message) -> None:
    with pytest.raises(MeasureError, match=message):
        value_function(1.5, anchors, scale)
