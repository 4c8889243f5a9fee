"""Ranks of scores."""

from __future__ import annotations

import numpy as np

from lmi.scoring.rank import rank_scores


def test_equal_scores_share_the_better_rank_and_the_next_is_skipped() -> None:
    assert rank_scores([0.7, 0.9, 0.7, 0.1]).tolist() == [2, 1, 2, 4]


def test_scores_that_differ_by_rounding_are_equal() -> None:
    assert rank_scores([0.1 + 0.2, 0.3]).tolist() == [1, 1]


def test_no_score_no_rank() -> None:
    assert rank_scores([0.5, np.nan]).isna().tolist() == [False, True]
