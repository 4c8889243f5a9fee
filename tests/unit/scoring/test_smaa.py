"""Robustness of a ranking to weights and measures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score
from lmi.scoring.rank import rank_scores
from lmi.scoring.smaa import smaa
from lmi.scoring.weights import uniform_weights

EXACT = 1e-12


def plainly(values: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """The same, draw by draw, with the functions that a single ranking uses."""
    n, _, d = values.shape
    counts, above, level = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    first: list[list[np.ndarray]] = [[] for _ in range(n)]
    for i, weight in enumerate(weights):
        ranks = rank_scores(additive_score(values[:, :, i % d], weight).score)
        for a, rank in enumerate(ranks):
            if pd.isna(rank):
                continue
            counts[a, rank - 1] += 1
            if rank == 1:
                first[a].append(weight)
            for b, other in enumerate(ranks):
                if not pd.isna(other):
                    above[a, b] += rank < other
                    level[a, b] += rank == other
    both = above + above.T + level
    with np.errstate(invalid="ignore"):
        return {
            "acceptability": counts / counts.sum(axis=1, keepdims=True),
            "beats": (above + level / 2) / both,
            "central_weights": np.array(
                [np.mean(w, axis=0) if w else np.full(values.shape[1], np.nan) for w in first]
            ),
        }


@pytest.mark.parametrize("missing", ["nowhere", "always", "in draws"])
@pytest.mark.parametrize("k", [3, 40, 43], ids=["fewer", "even", "uneven"])
def test_every_draw_is_ranked_as_a_single_ranking_is(missing: str, k: int) -> None:
    generator = np.random.default_rng(7)
    # One decimal, so that some scores tie.
    values = generator.random((6, 4, 8)).round(1)
    weights = generator.integers(0, 4, (k, 4)).astype(float)
    weights[:, 0] += 1
    if missing == "always":
        values[1, 2], values[4] = np.nan, np.nan
    elif missing == "in draws":
        values[1, 0, ::2], values[4, :, 3], values[2, 1:] = np.nan, np.nan, np.nan
    found, expected = smaa(values, weights), plainly(values, weights)
    shares = weights / weights.sum(axis=1, keepdims=True)
    expected["central_weights"] = plainly(values, shares)["central_weights"]
    for name, table in expected.items():
        assert getattr(found, name) == pytest.approx(table, abs=EXACT, nan_ok=True), name


def test_an_alternative_without_any_criterion_takes_no_part() -> None:
    found = smaa([[0.2, 0.4], [np.nan, np.nan], [0.6, 0.1]], uniform_weights(2, 100))
    assert np.isnan(found.acceptability[1]).all()
    assert np.isnan([found.first[1], found.top3[1], found.confidence[1]]).all()
    assert np.isnan(found.beats[1]).all() and np.isnan(found.beats[:, 1]).all()
    assert (found.rank_lo[1], found.rank_hi[1]) == (0, 0)
    assert found.acceptability[[0, 2]].sum(axis=1) == pytest.approx(1, abs=EXACT)
    assert (found.acceptability[[0, 2], 2] == 0).all()  # of two, nobody is third


def test_a_criterion_missing_for_all_changes_nothing() -> None:
    weights = uniform_weights(2, 200)
    without = smaa([[0.2, 0.9], [0.6, 0.5]], weights)
    padded = np.column_stack([weights[:, 0], np.full(200, 0.5), weights[:, 1]])
    found = smaa([[0.2, np.nan, 0.9], [0.6, np.nan, 0.5]], padded)
    assert np.array_equal(found.acceptability, without.acceptability)


def test_equal_scores_share_the_better_rank_and_each_counts_as_half_a_win() -> None:
    found = smaa([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]], uniform_weights(2, 10))
    assert found.acceptability.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.beats[0].tolist() == [0.5, 0.5, 1]


def test_scores_that_differ_by_rounding_are_equal() -> None:
    found = smaa([[0.1 + 0.2], [0.3]], [[1.0]])
    assert found.first.tolist() == [1, 1]


def test_who_is_never_first_has_no_weights_that_favour_it() -> None:
    found = smaa([[0.9, 0.8], [0.5, 0.5]], uniform_weights(2, 50))
    assert found.first.tolist() == [1, 0]
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan(found.confidence[1])


def test_confidence_is_over_the_measures_alone() -> None:
    """By the first criterion a leads in three draws of four, whatever else is weighed."""
    values = np.array([[[0.6, 0.7, 0.8, 0.2]], [[0.5, 0.5, 0.5, 0.5]]])
    found = smaa(values, np.ones((8, 1)))
    assert found.first.tolist() == [0.75, 0.25]
    assert found.confidence.tolist() == [0.75, 0.25]


def test_the_interval_of_a_rank_leaves_out_a_twentieth_at_each_end() -> None:
    """Of 100 draws, first in 4, second in 90, third in 6."""
    mine = np.full(100, 0.5)
    mine[:4], mine[4:10] = 0.9, 0.1
    values = np.stack([mine, np.full(100, 0.8), np.full(100, 0.2)])[:, None, :]
    found = smaa(values, np.ones((100, 1)))
    assert found.acceptability[0].tolist() == [0.04, 0.90, 0.06]
    assert (found.rank_lo[0], found.rank_hi[0]) == (2, 3)
    assert (found.rank_lo[1], found.rank_hi[1]) == (1, 1)
    assert found.rank_expected[0] == pytest.approx(2.02, abs=EXACT)


def test_the_top_three_of_two_are_both() -> None:
    assert smaa([[0.1], [0.2]], [[1.0]]).top3.tolist() == [1, 1]


def test_each_draw_of_the_measures_meets_as_many_weights() -> None:
    """A lead in one draw of four is a chance of exactly a quarter."""
    values = np.array([[[0.9, 0.1, 0.1, 0.1]], [[0.5] * 4]])
    assert smaa(values, np.ones((4000, 1))).first.tolist() == [0.25, 0.75]


def test_weights_of_any_size_are_shares() -> None:
    values, weights = [[0.2, 0.9], [0.6, 0.5]], uniform_weights(2, 20)
    found, scaled = smaa(values, weights), smaa(values, 37 * weights)
    assert np.array_equal(found.acceptability, scaled.acceptability)
    assert scaled.central_weights == pytest.approx(found.central_weights, abs=EXACT, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([[0.5, 1.2]], [[1, 1]], "value 1.2 does not lie from 0 to 1"),
        ([[0.5, -0.1]], [[1, 1]], "value -0.1 does not lie from 0 to 1"),
        ([0.5, 0.1], [[1, 1]], "alternatives × criteria"),
        ([[0.5, 0.1]], [[1, 1, 1]], "3 weights for 2 criteria"),
        ([[0.5, 0.1]], [[1, 1], [0, 0]], r"weights \[0.0, 0.0\] must be zero or more"),
        ([[0.5, 0.1]], [[1, -1]], "must be zero or more"),
        ([[0.5, 0.1]], [[1, np.nan]], "must be zero or more"),
        ([[0.5, 0.1]], np.ones((0, 2)), "one weight a criterion"),
    ],
)
def test_what_cannot_be_ranked_is_refused(values, weights, message) -> None:
    with pytest.raises(MeasureError, match=message):
        smaa(values, weights)
