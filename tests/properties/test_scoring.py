"""What holds for scores whatever the values and the weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lmi.config import Criterion
from lmi.scoring.additive import additive_score
from lmi.scoring.appraise import appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.rank import rank_scores
from lmi.scoring.value import value_function

CRITERIA = 4
REL = 1e-12  # a few dozen roundings of double precision
TABLES = settings(max_examples=25)  # tens of milliseconds each

values = st.one_of(st.just(np.nan), st.floats(0, 1))
matrices = st.integers(1, 8).flatmap(
    lambda n: hnp.arrays(np.float64, (n, CRITERIA), elements=values)
)
# Weights as people set them: none, or between a thousandth and a thousand.
weights = hnp.arrays(
    np.float64, CRITERIA, elements=st.one_of(st.just(0.0), st.floats(1e-3, 1e3))
).filter(lambda w: w.sum() > 0)


@st.composite
def rising_anchors(draw: st.DrawFn) -> list[tuple[float, float]]:
    n = draw(st.integers(2, 5))
    steps = draw(st.lists(st.floats(0.01, 10), min_size=n, max_size=n))
    levels = sorted(draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    return list(zip(np.cumsum(steps).tolist(), levels, strict=True))


@given(rising_anchors(), st.sampled_from(["linear", "log"]), st.floats(-5, 60), st.floats(-5, 60))
def test_more_of_what_is_better_never_lowers_the_value(anchors, scale, a, b) -> None:
    low, high = value_function(sorted((a, b)), anchors, scale)
    assert anchors[0][1] <= low <= high + REL
    assert high <= anchors[-1][1] + REL


@given(rising_anchors(), st.sampled_from(["linear", "log"]))
def test_a_value_function_goes_through_its_anchors(anchors, scale) -> None:
    x, v = zip(*anchors, strict=True)
    # An anchor's logarithm may be rounded by one unit, which a steep line turns into more.
    assert value_function(x, anchors, scale) == pytest.approx(list(v), abs=1e-9)


@given(matrices, weights)
def test_a_score_lies_between_the_lowest_and_the_highest_value_that_counts(matrix, w) -> None:
    score, share, contribution = additive_score(matrix, w)
    for i, row in enumerate(matrix):
        counted = row[~np.isnan(row) & (w > 0)]
        if not counted.size:
            assert np.isnan(score[i])
            continue
        assert counted.min() - REL <= score[i] <= counted.max() + REL
        assert share[i].sum() == pytest.approx(1, rel=REL)
        assert np.nansum(contribution[i]) == pytest.approx(score[i], abs=REL)


@given(matrices, weights, st.floats(1e-3, 1e3))
def test_only_the_ratios_of_weights_matter(matrix, w, k) -> None:
    plain, scaled = additive_score(matrix, w).score, additive_score(matrix, k * w).score
    assert scaled == pytest.approx(plain, abs=REL, nan_ok=True)


@given(matrices, weights, hnp.arrays(np.float64, CRITERIA, elements=values))
def test_another_candidate_changes_nobodys_score(matrix, w, newcomer) -> None:
    before = additive_score(matrix, w)
    after = additive_score(np.vstack([matrix, newcomer]), w)
    for was, is_now in zip(before, after, strict=True):
        assert np.array_equal(is_now[: len(matrix)], was, equal_nan=True)


@given(matrices, weights, st.integers(0, CRITERIA - 1), st.floats(0, 1), st.floats(0, 1))
def test_a_better_value_never_lowers_the_score(matrix, w, j, one, other) -> None:
    matrix, improved = matrix.copy(), matrix.copy()
    matrix[0, j], improved[0, j] = sorted((one, other))
    was, is_now = additive_score(matrix, w).score[0], additive_score(improved, w).score[0]
    assert (np.isnan(was) and np.isnan(is_now)) or is_now >= was - REL


@given(st.lists(values, min_size=1, max_size=10))
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores) -> None:
    ranks = rank_scores(scores)
    rounded = np.round(scores, 9)
    for score, rank in zip(rounded, ranks, strict=True):
        if np.isnan(score):
            assert pd.isna(rank)
        else:
            assert rank == 1 + (rounded > score).sum()


@TABLES
@given(
    st.lists(st.tuples(values, values), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_candidates_changes_no_ranking(rows, random) -> None:
    table = pd.DataFrame(rows, columns=["jobs", "pay"])
    table["region"], table["candidate"] = "a", [f"c{i}" for i in range(len(table))]
    criteria = [
        Criterion(key=m, name=m, question="?", measure=m, value=((0, 0), (1, 1)), weight=w)
        for m, w in (("jobs", 1.0), ("pay", 2.0))
    ]
    order = list(range(len(table)))
    random.shuffle(order)
    assume(table[["jobs", "pay"]].notna().any(axis=None))

    def ranking(rows: pd.DataFrame) -> pd.DataFrame:
        found = appraise(gather_evidence(rows, criteria), n_draws=50).ranking()
        return found.sort_values("candidate", ignore_index=True)

    pd.testing.assert_frame_equal(ranking(table.iloc[order]), ranking(table))
