"""Agreement of judges and Borda's count, published."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.scoring.group_ranking import borda, kendalls_w


def test_four_judges_ten_items() -> None:
    """Four judges of ten items, a common teaching example: S = 1048, W = .7939."""
    by_item = [
        (1, 2, 3, 4), (3, 1, 2, 2), (4, 4, 1, 3), (5, 5, 5, 1), (2, 6, 7, 6),
        (8, 3, 4, 7), (6, 8, 6, 5), (7, 7, 8, 9), (10, 10, 9, 8), (9, 9, 10, 10),
    ]  # fmt: skip
    found = kendalls_w(np.transpose(by_item))
    assert found.s == 1048
    assert found.w == pytest.approx(0.7939, abs=5e-5)  # as printed, to four decimals
    assert found.reading == "strong agreement"
    assert found.by_chance <= 0.001


def test_ties_by_hand() -> None:
    """Three judges with ties, by Kendall's formula for ties.

    Mean ranks 1, 2.5, 2.5, 4; 1, 2, 3, 4; 1.5, 1.5, 3.5, 3.5 have the sums 3.5, 6, 9, 11.5, so
    S = 16 + 2.25 + 2.25 + 16 = 36.5; the ties are worth 6, 0 and 12: W = 12·36.5 / (9·60 − 3·18).
    """
    found = kendalls_w([[1, 2, 2, 4], [1, 2, 3, 4], [1, 1, 3, 3]])
    assert found.s == 36.5
    assert found.w == pytest.approx(438 / 486, rel=1e-12)


def test_tennessee() -> None:
    """The capital of Tennessee by Borda's count: Nashville, by 194 points of 100 voters."""
    cities = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
    ballots = [(1, 2, 3, 4), (4, 1, 2, 3), (4, 3, 1, 2), (4, 3, 2, 1)]
    points = borda(np.repeat(ballots, [42, 26, 15, 17], axis=0))
    assert dict(zip(cities, points, strict=True)) == {
        "Memphis": 126,
        "Nashville": 194,
        "Chattanooga": 173,
        "Knoxville": 107,
    }
