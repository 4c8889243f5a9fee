"""Draws of weights."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.weights import (
    rank_order_weights,
    uniform_weights,
    weights_around,
    weights_in_order,
)

DRAWS = 20_000
# Five standard errors of a mean of weights, whose standard deviation is at most .3 below.
MEAN = 5 * 0.3 / np.sqrt(DRAWS)
SUM = 1e-12


@pytest.mark.parametrize(
    "draw",
    [
        lambda k, seed: uniform_weights(4, k, seed),
        lambda k, seed: weights_around([4, 3, 2, 1], k, seed=seed),
        lambda k, seed: weights_in_order([1, 2, 2, 3], k, seed),
    ],
    ids=["uniform", "around", "in order"],
)
def test_draws_are_shares_and_the_same_seed_gives_the_same_bytes(draw) -> None:
    drawn = draw(100, 3)
    assert drawn.shape == (100, 4)
    assert (drawn >= 0).all()
    assert drawn.sum(axis=1) == pytest.approx(1, abs=SUM)
    assert drawn.tobytes() == draw(100, 3).tobytes()
    assert drawn.tobytes() != draw(100, 4).tobytes()


def test_uniform_weights_have_the_moments_of_the_simplex() -> None:
    """Mean 1/m and variance (m − 1) / (m²·(m + 1)), as for Dirichlet(1, …, 1)."""
    drawn = uniform_weights(5, DRAWS)
    assert drawn.mean(axis=0) == pytest.approx(1 / 5, abs=MEAN)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(4 / (25 * 6)), rel=0.03)


def test_one_criterion_has_all_the_weight() -> None:
    assert uniform_weights(1, 2).tolist() == [[1], [1]]
    assert weights_around([3], 2).tolist() == [[1], [1]]
    assert weights_in_order([1], 2).tolist() == [[1], [1]]


def test_the_spread_is_that_of_a_weight_of_average_size() -> None:
    drawn = weights_around(np.ones(5), DRAWS, spread=0.4)
    assert drawn.mean(axis=0) == pytest.approx(0.2, abs=MEAN)
    # The standard error of a standard deviation is 1/√(2k), half a percent; five of them.
    assert drawn.std(axis=0) == pytest.approx(0.4 * 0.2, rel=0.025)


def test_small_weights_move_less_and_weights_of_zero_not_at_all() -> None:
    drawn = weights_around([0.6, 0.3, 0.1, 0.0], DRAWS, spread=0.3)
    assert drawn.mean(axis=0) == pytest.approx([0.6, 0.3, 0.1, 0], abs=MEAN)
    expected = 0.3 * np.sqrt(np.array([0.6 * 0.4, 0.3 * 0.7, 0.1 * 0.9]) / 2)
    assert drawn.std(axis=0)[:3] == pytest.approx(expected, rel=0.025)
    assert (drawn[:, 3] == 0).all()


@pytest.mark.parametrize("spread", [0, 1e-200])
def test_no_spread_is_the_stated_weights(spread) -> None:
    assert weights_around([3, 1], 2, spread).tolist() == [[0.75, 0.25]] * 2


def test_an_order_of_importance_is_kept_and_equals_are_free() -> None:
    drawn = weights_in_order([3, 1, 2, 2], DRAWS)
    assert (drawn[:, 1] >= drawn[:, [2, 3]].max(axis=1)).all()
    assert (drawn[:, [2, 3]].min(axis=1) >= drawn[:, 0]).all()
    # Of the two that are equal each is the larger in half of the draws, within five errors.
    assert (drawn[:, 2] > drawn[:, 3]).mean() == pytest.approx(0.5, abs=2.5 / np.sqrt(DRAWS))
    assert drawn.mean(axis=0) == pytest.approx(rank_order_weights([3, 1, 2, 2]), abs=MEAN)


def test_any_convention_of_ties_gives_the_same_order() -> None:
    expected = weights_in_order([1, 2, 2, 3], 10)
    for order in ([1, 2, 2, 4], [1, 2.5, 2.5, 4], [1, 3, 3, 4]):
        assert np.array_equal(weights_in_order(order, 10), expected)


def test_no_statement_at_all_gives_equal_weights() -> None:
    assert rank_order_weights([1, 1, 1, 1]) == pytest.approx(0.25, abs=SUM)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: uniform_weights(0, 5), "5 draws of 0 weights"),
        (lambda: uniform_weights(3, 0), "0 draws of 3 weights"),
        (lambda: weights_around([1, -1], 5), r"stated weights \[1.0, -1.0\] must be zero or more"),
        (lambda: weights_around([0, 0], 5), "must be zero or more, with one of them above zero"),
        (lambda: weights_around([1, np.nan], 5), "must be zero or more"),
        (lambda: weights_around([1, 1], 5, spread=1), "from 0 to below 1"),
        (lambda: weights_around([1, 1], 5, spread=-0.1), "from 0 to below 1"),
        (lambda: weights_in_order([1, None], 5), "needs one rank a criterion"),
        (lambda: rank_order_weights([]), "needs one rank a criterion"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, message) -> None:
    with pytest.raises(MeasureError, match=message):
        draw()
