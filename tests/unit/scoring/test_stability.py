"""What a rank hangs on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score
from lmi.scoring.stability import hangs_on, leader, switching_weights, without_each

EXACT = 1e-9

# Jobs, pay, concentration.
VALUES = [
    [0.9, 0.3, 0.2],  # health care: many jobs
    [0.2, 0.9, 0.3],  # energy: high pay
    [0.4, 0.4, 0.9],  # food processing: concentrated
]
WEIGHTS = [0.5, 0.3, 0.2]  # scores .58, .43, .50


def test_first_is_who_scores_most_and_of_equals_the_first_in_the_table() -> None:
    assert leader(VALUES, WEIGHTS) == 0
    assert leader([[0.3], [0.3], [0.1]], [1]) == 0
    assert leader([[np.nan], [0.3]], [1]) == 1
    assert leader([[np.nan], [np.nan]], [1]) == -1


def test_switching_weights_by_hand() -> None:
    """Jobs at t, pay and concentration sharing the rest 3 : 2; then pay at t, the rest 5 : 2.

    Jobs: health care .9t + .26(1 − t), energy .2t + .66(1 − t), food .4t + .6(1 − t). Food
    overtakes where .5t = .34(1 − t), energy further down where .7t = .4(1 − t).
    Pay: health care .3t + .7(1 − t), energy .9t + (1.6/7)(1 − t), food .4t + (3.8/7)(1 − t).
    Energy overtakes where .6t = (3.3/7)(1 − t), food further up where .1t = (1.1/7)(1 − t).
    """
    found = switching_weights(VALUES, WEIGHTS)
    assert found["weight"].tolist() == WEIGHTS
    jobs_down, pay_up = 0.34 / (0.34 + 0.5), (3.3 / 7) / (3.3 / 7 + 0.6)
    assert found["weight_down"].tolist()[0] == pytest.approx(jobs_down, abs=EXACT)
    assert found["weight_up"].tolist()[1] == pytest.approx(pay_up, abs=EXACT)
    assert found["weight_up"].isna().tolist() == [True, False, False]
    assert found["weight_down"].isna().tolist() == [False, True, True]
    assert found["challenger_up"].tolist() == [pd.NA, 1, 2]
    assert found["challenger_down"].tolist() == [2, pd.NA, pd.NA]


def test_with_missing_criteria_the_score_is_a_ratio() -> None:
    """The second has no pay: its score stays .6 until jobs weigh nothing; .2 + .6t meets it."""
    found = switching_weights([[0.8, 0.2], [0.6, np.nan]], [0.9, 0.1])
    assert found.loc[0, "weight_down"] == pytest.approx(2 / 3, abs=EXACT)
    assert found.loc[1, "weight_up"] == pytest.approx(1 / 3, abs=EXACT)
    assert found["challenger_down"].tolist() == [1, pd.NA]


def test_ratios_cross_where_trying_every_weight_says() -> None:
    values = np.array([[0.5, 0.55, 0.5], [0.2, np.nan, 0.8], [np.nan, 0.9, 0.3]])
    weights = np.array([0.4, 0.1, 0.5])
    found = switching_weights(values, weights)
    first = leader(values, weights)
    ends = found[["criterion", "weight", "weight_up", "weight_down"]]
    for c, weight, up, down in ends.itertuples(index=False):
        others = np.delete(weights, c) / (1 - weight)

        def stays(t: float, c: int = c, others: np.ndarray = others) -> bool:
            scores = additive_score(values, np.insert(others * (1 - t), c, t)).score
            return int(np.nanargmax(scores)) == first

        tried = np.linspace(0.0005, 0.9995, 500)
        kept = np.array([stays(t) for t in tried])
        above, below = tried[~kept & (tried > weight)], tried[~kept & (tried < weight)]
        step = tried[1] - tried[0]
        for end, beyond in ((up, above[:1]), (down, below[-1:])):
            assert np.isnan(end) == (not beyond.size)
            assert np.isnan(end) or abs(end - beyond[0]) <= step
    # So that this tries both: some weights switch the first place and some do not.
    assert 0 < found[["weight_up", "weight_down"]].isna().sum().sum() < 6


def test_a_first_that_has_one_criterion_alone_loses_its_place_with_it() -> None:
    found = switching_weights([[0.9, np.nan], [0.2, 0.3]], [0.5, 0.5])
    assert found["weight_down"].tolist()[0] == 0
    assert found["challenger_down"].tolist()[0] == 1


def test_level_with_the_first_means_that_the_least_move_is_enough() -> None:
    found = switching_weights([[0.8, 0.2], [0.2, 0.8]], [0.5, 0.5])
    assert found["weight_down"].tolist()[0] == 0.5
    assert found["weight_up"].tolist()[1] == 0.5


def test_a_criterion_with_all_the_weight_gives_to_the_others_alike() -> None:
    """At jobs t: 1·t against .4t + .8(1 − t): level at .6t = .8(1 − t)."""
    found = switching_weights([[1, 0, 0], [0.4, 1.0, 0.6]], [1, 0, 0])
    assert found.loc[0, "weight_down"] == pytest.approx(0.8 / 1.4, abs=EXACT)


def test_nobody_overtakes_who_leads_in_everything() -> None:
    found = switching_weights([[0.9, 0.9], [0.5, 0.5], [np.nan, np.nan]], [1, 1])
    assert found[["weight_up", "weight_down"]].isna().all().all()


def test_ranks_without_each_criterion() -> None:
    """Without jobs .26, .66, .60; without pay .70, .23, .54; without concentration .68, .46, .4."""
    assert without_each(VALUES, WEIGHTS).tolist() == [[3, 1, 2], [1, 3, 2], [1, 2, 3]]


def test_without_its_only_criterion_there_is_no_rank() -> None:
    without = without_each([[0.9, np.nan], [0.2, 0.3]], [1, 1])
    assert np.array_equal(without, [[np.nan, 1], [1, 2]], equal_nan=True)
    found = hangs_on([[0.9, np.nan], [0.2, 0.3]], [1, 1])
    assert found.criterion.tolist() == [0, 0]
    assert np.array_equal(found.rank, [np.nan, 1], equal_nan=True)


def test_a_rank_hangs_on_what_moves_it_most_and_on_nothing_where_nothing_does() -> None:
    found = hangs_on(VALUES, WEIGHTS)
    assert found.criterion.tolist() == [0, 0, 2]
    assert found.rank.tolist() == [3, 1, 3]
    alone = hangs_on([[0.9, 0.8], [0.5, 0.4]], [1, 1])
    assert alone.criterion.tolist() == [-1, -1]
    assert alone.rank.tolist() == [1, 2]


def test_one_criterion_alone_is_what_every_rank_hangs_on() -> None:
    assert hangs_on([[0.9], [0.5], [np.nan]], [1]).criterion.tolist() == [0, 0, -1]


@pytest.mark.parametrize("ask", [leader, switching_weights, without_each, hangs_on])
def test_weights_must_fit(ask) -> None:
    with pytest.raises(MeasureError, match="3 weights were given for 2 criteria"):
        ask([[0.5, 0.5]], [1, 1, 1])
    with pytest.raises(MeasureError, match="must be zero or more"):
        ask([[0.5, 0.5]], [1, -1])


def test_a_criterion_that_nobody_has_switches_nothing() -> None:
    """All the weight that it takes it takes from both alike, up to the last grain."""
    found = switching_weights([[np.nan, 0.79, 0.68], [np.nan, 0.65, np.nan]], [1, 1, 1])
    assert np.isnan(found.loc[0, "weight_up"])
    assert np.isnan(found.loc[0, "weight_down"])
