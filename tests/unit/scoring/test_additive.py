"""The weighted additive score."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.config import Criterion
from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score, score_draws, score_table, weighted_sum

LAST_PLACES = 1e-12  # rounding of a few additions of numbers below one


def criterion(key: str, measure: str, weight: float = 1.0, scale: str = "linear") -> Criterion:
    return Criterion(
        key=key,
        name=key,
        question="?",
        measure=measure,
        value=((1, 0), (3, 1)),
        weight=weight,
        scale=scale,
    )


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


def test_a_plain_sum_with_a_missing_value_is_missing() -> None:
    assert np.isnan(weighted_sum([[1, np.nan]], [1, 1])).all()


def test_a_table_of_candidates_is_scored_by_its_criteria() -> None:
    table = pd.DataFrame(
        {
            "region": ["a", "a"],
            "candidate": ["health", "energy"],
            "pay_ratio": [2.0, 3.0],
            "lq": [1.0, np.nan],
        }
    )
    criteria = [criterion("pay", "pay_ratio", weight=3), criterion("concentration", "lq")]
    expected = pd.DataFrame(
        [
            ("a", "health", "pay", 2.0, 0.5, 0.75, 0.375),
            ("a", "health", "concentration", 1.0, 0.0, 0.25, 0.0),
            ("a", "energy", "pay", 3.0, 1.0, 1.0, 1.0),
            ("a", "energy", "concentration", np.nan, np.nan, 0.0, np.nan),
        ],
        columns=["region", "candidate", "criterion", "raw", "value", "weight", "contribution"],
    )
    pd.testing.assert_frame_equal(score_table(table, criteria), expected)


def test_a_measure_without_a_column_is_missing_for_all() -> None:
    table = pd.DataFrame({"candidate": ["health"], "pay_ratio": [3.0]})
    criteria = [criterion("pay", "pay_ratio"), criterion("future", "projected_emplvl_pct_chg")]
    scores = score_table(table, criteria, keys=["candidate"])
    assert scores["weight"].tolist() == [1.0, 0.0]


def test_the_scale_of_the_criterion_is_used() -> None:
    table = pd.DataFrame({"candidate": ["health"], "lq": [np.sqrt(3)]})
    scores = score_table(table, [criterion("c", "lq", scale="log")], keys=["candidate"])
    assert scores["value"].item() == pytest.approx(0.5, abs=LAST_PLACES)


def test_candidates_twice_and_scores_without_criteria_are_refused() -> None:
    table = pd.DataFrame({"candidate": ["health", "health"], "lq": [1.0, 2.0]})
    with pytest.raises(MeasureError, match="candidate health"):
        score_table(table, [criterion("c", "lq")], keys=["candidate"])
    with pytest.raises(MeasureError, match="without criteria"):
        score_table(table.iloc[:1], [], keys=["candidate"])


def test_a_score_is_as_uncertain_as_what_it_rests_on() -> None:
    line = ((0.0, 0.0), (2.0, 1.0))
    jobs, pay = (
        Criterion(key=k, name=k, question="?", measure=k, value=line) for k in ("jobs", "pay")
    )
    table = pd.DataFrame({"jobs": [1.0, 1.0], "pay": [1.0, np.nan]})
    draws = {"jobs": np.array([[0.5, 1.5], [1.0, 1.0]]), "pay": np.array([[1.0, 1.0], [2.0, 2.0]])}
    scored = score_draws(table, [jobs, pay], draws)
    assert scored.tolist() == [[0.375, 0.625], [0.5, 0.5]], "pay is missing of the second"


def test_a_criterion_without_draws_is_the_same_in_all() -> None:
    pay = Criterion(key="p", name="p", question="?", measure="p", value=((0.0, 0.0), (2.0, 1.0)))
    assert score_draws(pd.DataFrame({"p": [0.5]}), [pay], {}).tolist() == [[0.25]]
