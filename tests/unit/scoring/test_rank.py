"""Ranks of scores."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.scoring.rank import rank_scores, ranking_table


def test_equal_scores_share_the_better_rank_and_the_next_is_skipped() -> None:
    assert rank_scores([0.7, 0.9, 0.7, 0.1]).tolist() == [2, 1, 2, 4]


def test_scores_that_differ_by_rounding_are_equal() -> None:
    assert rank_scores([0.1 + 0.2, 0.3]).tolist() == [1, 1]


def test_no_score_no_rank() -> None:
    assert rank_scores([0.5, np.nan]).isna().tolist() == [False, True]


@pytest.fixture
def scores() -> pd.DataFrame:
    rows = [
        ("a", "health", "jobs", 0.5, 0.25),
        ("a", "health", "pay", 0.9, 0.45),
        ("a", "energy", "jobs", 0.8, 0.8),
        ("a", "energy", "pay", np.nan, np.nan),
        ("a", "film", "jobs", np.nan, np.nan),
        ("a", "film", "pay", np.nan, np.nan),
        ("b", "health", "jobs", 0.1, 0.05),
        ("b", "health", "pay", 0.1, 0.05),
        ("b", "energy", "jobs", 0.1, 0.05),
        ("b", "energy", "pay", 0.1, 0.05),
    ]
    names = ["region", "candidate", "criterion", "value", "contribution"]
    return pd.DataFrame(rows, columns=names)


def test_candidates_are_ranked_within_their_region(scores) -> None:
    expected = pd.DataFrame(
        {
            "region": ["a", "a", "a", "b", "b"],
            "candidate": ["energy", "health", "film", "energy", "health"],
            "score": [0.8, 0.7, np.nan, 0.1, 0.1],
            "rank": pd.array([1, 2, None, 1, 1], dtype="Int64"),
            "criteria_missing": ["pay", "", "jobs, pay", "", ""],
        }
    )
    pd.testing.assert_frame_equal(ranking_table(scores), expected)


def test_or_over_all_regions(scores) -> None:
    ranking = ranking_table(scores, within=[])
    assert ranking["rank"].tolist()[:4] == [1, 2, 3, 3]
    assert pd.isna(ranking["rank"].iloc[-1])
