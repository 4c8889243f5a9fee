"""By how much a weight has to move until the second of a group is first."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score
from lmi.scoring.overtaking import mean_shares, moved_ballots, weight_move

RNG = np.random.default_rng(5)
VALUES = np.array([[0.9, 0.5, np.nan, 0.2], [0.4, 0.8, 0.6, 0.3]])
BALLOTS = RNG.dirichlet(np.ones(4), size=7)


def mean_scores(values, ballots):
    return np.mean([additive_score(values, ballot).score for ballot in ballots], axis=0)


def test_mean_shares_times_values_are_the_mean_score_over_people() -> None:
    shares = mean_shares(VALUES, BALLOTS)
    assert shares[0, 2] == 0 and shares.sum(axis=1) == pytest.approx([1, 1])
    told = (shares * np.nan_to_num(VALUES)).sum(axis=1)
    assert told == pytest.approx(mean_scores(VALUES, BALLOTS))


def test_a_moved_ballot_keeps_the_proportions_of_the_others_and_stays_one() -> None:
    moved = moved_ballots(BALLOTS, 1, np.array([0.1]))[0]
    assert moved.sum(axis=1) == pytest.approx(np.ones(7))
    assert moved[:, 1] == pytest.approx(np.minimum(BALLOTS[:, 1] + 0.1, 1))
    assert moved[:, 0] / moved[:, 3] == pytest.approx(BALLOTS[:, 0] / BALLOTS[:, 3])
    assert moved_ballots(np.array([[1.0, 0]]), 0, np.array([-2])).tolist() == [[[0, 1]]]


def test_the_least_move_is_that_which_trying_every_percent_finds() -> None:
    first = int(mean_scores(VALUES, BALLOTS).argmax())
    two = VALUES[[first, 1 - first]]
    found = weight_move(two[:, :, None], two, BALLOTS, 0.9)
    assert found is not None
    grid = np.arange(-100, 101) / 100
    tried = {
        (c, points): np.diff(mean_scores(two, ballots))[0] > 0
        for c in range(4)
        for points, ballots in zip(grid, moved_ballots(BALLOTS, c, grid), strict=True)
    }
    least = min(abs(points) for (_c, points), ahead in tried.items() if ahead)
    assert abs(found.points) == pytest.approx(least)
    assert tried[found.criterion, round(found.points, 2)]
    assert found.least == found.most == pytest.approx(least), "one draw leaves nothing open"


def test_what_is_worse_in_all_is_put_first_by_no_weight() -> None:
    value = np.array([[0.9, 0.8], [0.5, 0.4]])
    assert weight_move(value[:, :, None], value, [[1, 1], [2, 1]], 0.9) is None


def test_draws_say_how_much_it_may_take_and_those_that_are_undefined_are_left_out() -> None:
    value = np.array([[0.9, 0.2], [0.3, 0.8]])
    drawn = np.repeat(value[:, :, None], 4, axis=2)
    drawn[1, 1] = [0.7, 0.8, 0.9, np.nan]
    found = weight_move(drawn, value, [[7, 3]], 1.0)
    assert (found.criterion, found.points) == (0, pytest.approx(-0.21))
    # .9t + .2(1 − t) is .3t + v(1 − t) where t is (v − .2) / (v + .4).
    assert (found.least, found.most) == (pytest.approx(0.17), pytest.approx(0.25))
    drawn[1, 1] = [0.1, 0.8, 0.9, 0.8]
    assert weight_move(drawn, value, [[7, 3]], 1.0).most == np.inf


def test_what_cannot_be_weighed_is_refused() -> None:
    with pytest.raises(MeasureError, match="weights of a ballot"):
        mean_shares(VALUES, [[0, 0, 0, 0]])
    with pytest.raises(MeasureError, match="does not lie from 0 to 1"):
        weight_move(np.full((2, 1, 1), 2.0), [[0.5], [0.4]], [[1]], 0.9)
