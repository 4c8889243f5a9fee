"""What holds for robustness, stability and other methods whatever the values and the weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lmi.scoring.additive import additive_score
from lmi.scoring.group_ranking import borda, kendalls_w
from lmi.scoring.methods import rank_sum, topsis
from lmi.scoring.smaa import smaa
from lmi.scoring.stability import leader, switching_weights
from lmi.scoring.value import value_function
from lmi.scoring.weights import (
    rank_order_weights,
    uniform_weights,
    weights_around,
    weights_in_order,
)

CRITERIA = 3
DRAWN = uniform_weights(CRITERIA, 60)
EXACT = 1e-9
SEARCHED = settings(max_examples=30)  # tens of milliseconds each

# Values in hundredths: scores are equal or far apart, never a rounding apart.
hundredths = st.integers(0, 100).map(lambda x: x / 100)


def tables(n: st.SearchStrategy[int], missing: bool = True) -> st.SearchStrategy[np.ndarray]:
    values = st.one_of(st.just(np.nan), hundredths) if missing else hundredths
    return n.flatmap(lambda rows: hnp.arrays(np.float64, (rows, CRITERIA), elements=values))


some = st.integers(2, 6)
draws = st.tuples(some, st.integers(1, 4)).flatmap(
    lambda shape: hnp.arrays(
        np.float64, (shape[0], CRITERIA, shape[1]), elements=st.one_of(st.just(np.nan), hundredths)
    )
)
stated = hnp.arrays(np.float64, CRITERIA, elements=st.floats(0.01, 1))
orders = st.lists(st.integers(1, 4), min_size=1, max_size=6)


@given(draws)
def test_chances_add_up_for_all_who_take_part(values) -> None:
    found = smaa(values, DRAWN)
    takes_part = ~np.isnan(values).all(axis=(1, 2))
    assert np.array_equal(~np.isnan(found.first), takes_part)
    assert found.acceptability[takes_part].sum(axis=1) == pytest.approx(1, abs=EXACT)
    assert (found.first[takes_part] <= found.top3[takes_part] + EXACT).all()
    lo, hi, mean = found.rank_lo[takes_part], found.rank_hi[takes_part], found.rank_expected
    assert ((lo >= 1) & (lo <= hi) & (hi <= takes_part.sum())).all()
    assert ((mean[takes_part] >= 1) & (mean[takes_part] <= takes_part.sum())).all()
    won = found.beats + found.beats.T
    assert won[~np.isnan(won)] == pytest.approx(1, abs=EXACT)


@given(tables(some, missing=False))
def test_without_ties_every_rank_is_taken_once(values) -> None:
    assume(len(np.unique(values, axis=0)) == len(values))
    scores = values @ DRAWN.T
    gaps = np.diff(np.sort(scores, axis=0), axis=0)
    assume((gaps > 1e-8).all())
    found = smaa(values, DRAWN)
    assert found.acceptability.sum(axis=0) == pytest.approx(1, abs=EXACT)
    # Fewer beaten is a worse rank: one more than those who score higher.
    losses = found.beats.sum(axis=0) - 0.5
    assert found.rank_expected == pytest.approx(1 + losses, abs=EXACT)


@given(draws, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values, random) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    was, is_now = smaa(values, DRAWN), smaa(values[order], DRAWN)
    for name in ("first", "top3", "confidence", "rank_expected", "central_weights"):
        expected = getattr(was, name)[order]
        assert getattr(is_now, name) == pytest.approx(expected, abs=EXACT, nan_ok=True), name
    assert is_now.acceptability == pytest.approx(was.acceptability[order], abs=EXACT, nan_ok=True)
    expected = was.beats[np.ix_(order, order)]
    assert is_now.beats == pytest.approx(expected, abs=EXACT, nan_ok=True)


@given(draws)
def test_a_newcomer_changes_no_pair(values) -> None:
    newcomer = np.full((1, *values.shape[1:]), 0.5)
    was, is_now = smaa(values, DRAWN), smaa(np.concatenate([values, newcomer]), DRAWN)
    n = len(values)
    assert is_now.beats[:n, :n] == pytest.approx(was.beats, abs=EXACT, nan_ok=True)
    kept = ~np.isnan(was.first)
    assert (is_now.first[:n][kept] <= was.first[kept] + EXACT).all()


@given(
    tables(some),
    st.integers(0, CRITERIA - 1),
    hundredths,
    hundredths,
    hnp.arrays(np.float64, CRITERIA, elements=st.floats(0.01, 1)),
)
def test_a_better_value_never_lowers_a_chance(values, j, one, other, weights) -> None:
    worse, better = values.copy(), values.copy()
    worse[0, j], better[0, j] = sorted((one, other))
    was, is_now = smaa(worse, DRAWN), smaa(better, DRAWN)
    assert is_now.first[0] >= was.first[0] - EXACT
    assert is_now.top3[0] >= was.top3[0] - EXACT
    assert is_now.rank_expected[0] <= was.rank_expected[0] + EXACT
    for method in (topsis, lambda v, w: -rank_sum(v, w)):
        assert method(better, weights)[0] >= method(worse, weights)[0] - EXACT


@given(tables(some, missing=False), st.floats(1e-3, 1e3))
def test_the_unit_of_a_measure_does_not_matter(measured, unit) -> None:
    """Jobs or thousands of jobs: anchors are in the unit of the measure."""
    anchors = [(0.0, 0.0), (0.4, 0.7), (1.0, 1.0)]
    scaled = [(x * unit, v) for x, v in anchors]
    was = smaa(value_function(measured, anchors), DRAWN)
    is_now = smaa(value_function(measured * unit, scaled), DRAWN)
    # Scores a rounding apart may be told apart where they stand at half a unit of comparison.
    assert is_now.beats == pytest.approx(was.beats, abs=2 / len(DRAWN))


@given(orders)
def test_drawn_weights_respect_the_order(order) -> None:
    drawn = weights_in_order(order, 50)
    centre = rank_order_weights(order)
    assert drawn.sum(axis=1) == pytest.approx(1, abs=EXACT)
    for a, rank in enumerate(order):
        for b, other in enumerate(order):
            if rank < other:
                assert (drawn[:, a] >= drawn[:, b]).all()
                assert centre[a] > centre[b]
            elif rank == other:
                assert centre[a] == centre[b]
    assert centre.sum() == pytest.approx(1, abs=EXACT)


@given(stated, st.floats(0, 0.95))
def test_weights_drawn_around_others_are_weights(weights, spread) -> None:
    drawn = weights_around(weights, 50, spread)
    assert (drawn >= 0).all()
    assert drawn.sum(axis=1) == pytest.approx(1, abs=EXACT)


def moved_to(weights: np.ndarray, c: int, share: float) -> np.ndarray:
    others = np.delete(weights, c)
    return np.insert(others / others.sum() * (1 - share), c, share)


@SEARCHED
@given(tables(some), stated)
def test_the_first_place_changes_just_beyond_a_switching_weight_and_not_before(
    values, weights
) -> None:
    first, beyond = leader(values, weights), 1e-5
    assume(first >= 0)
    for c, weight, end, who in switching_weights(values, weights)[
        ["criterion", "weight", "weight_up", "challenger_up"]
    ].itertuples(index=False):
        if np.isnan(end):
            for share in np.linspace(weight, 1, 6)[1:-1]:
                scores = additive_score(values, moved_to(weights, c, share)).score
                assert scores[first] >= np.nanmax(scores) - EXACT
            continue
        before = additive_score(values, moved_to(weights, c, (weight + end) / 2)).score
        assert before[first] >= np.nanmax(before) - EXACT
        if end + beyond < 1:
            after = additive_score(values, moved_to(weights, c, end + beyond)).score
            assert after[who] > after[first]
            assert after[who] >= np.nanmax(after) - beyond


@given(tables(some), stated)
def test_other_methods_stay_within_their_scales(values, weights) -> None:
    close, places = topsis(values, weights), rank_sum(values, weights)
    scored = ~np.isnan(values).all(axis=1)
    assert np.array_equal(~np.isnan(close), scored)
    assert np.array_equal(~np.isnan(places), scored)
    assert ((close[scored] >= 0) & (close[scored] <= 1)).all()
    assert (
        places[scored] >= 1 - EXACT
    ).all()  # a mean of ranks, whose weights add up to 1 in floats
    assert (places[scored] <= len(values) + EXACT).all()


rankings = st.tuples(st.integers(2, 5), st.integers(2, 6)).flatmap(
    lambda shape: hnp.arrays(np.int64, shape, elements=st.integers(1, 4))
)


@SEARCHED
@given(rankings)
def test_agreement_and_points_keep_their_bounds(ranks) -> None:
    found = kendalls_w(ranks)
    assert np.isnan(found.w) or -EXACT <= found.w <= 1 + EXACT
    people, items = ranks.shape
    assert borda(ranks).sum() == people * items * (items - 1) / 2
