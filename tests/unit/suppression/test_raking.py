"""Proportional fitting: cells scaled until they add up to every total at once."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.raking import make_margin, rake


def test_cells_add_up_to_both_margins_in_the_proportions_of_the_guess():
    # two counties × two industries; the odds ratio of the guess is 6
    county = make_margin(np.array([0, 0, 1, 1]), np.array([30.0, 70.0]))
    industry = make_margin(np.array([0, 1, 0, 1]), np.array([40.0, 60.0]))
    found = rake(np.array([2.0, 1.0, 1.0, 3.0]), [industry, county], rounds=100)
    assert found.reshape(2, 2).sum(axis=1) == pytest.approx([30, 70])
    assert found.reshape(2, 2).sum(axis=0) == pytest.approx([40, 60], rel=1e-6)
    assert found[0] * found[3] / (found[1] * found[2]) == pytest.approx(6)


def test_the_last_margin_holds_where_they_contradict_each_other():
    first, last = (make_margin(np.array([0, 0]), np.array([total])) for total in (10.0, 30.0))
    assert rake(np.array([1.0, 2.0]), [first, last], rounds=5).tolist() == [10, 20]


def test_a_total_that_is_only_a_limit_shrinks_but_never_raises():
    row, limit = np.array([0, 0]), np.array([False])
    guess = np.array([4.0, 8.0])
    assert rake(guess, [make_margin(row, np.array([6.0]), limit)], 1).tolist() == [2, 4]
    assert rake(guess, [make_margin(row, np.array([20.0]), limit)], 1).tolist() == [4, 8]


def test_cells_guessed_empty_share_what_is_left_alike():
    margin = make_margin(np.array([0, 0]), np.array([10.0]))
    assert rake(np.zeros(2), [margin], 1).tolist() == [5, 5]


def test_a_total_below_its_published_parts_leaves_nothing():
    margin = make_margin(np.array([0, 0, -1]), np.array([-7.0]))
    assert rake(np.array([1.0, 2.0, 3.0]), [margin], 1).tolist() == [0, 0, 3]
