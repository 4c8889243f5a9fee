"""Rank acceptabilities, worked out and not drawn."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.scoring.smaa import smaa
from lmi.scoring.weights import uniform_weights

DRAWS = 40_000
# Four standard errors of a chance of one half; a correct program misses one in 16,000 such.
DRAWN = 4 * np.sqrt(0.25 / DRAWS)


def test_three_alternatives_two_criteria() -> None:
    """A(1, 0), B(0, 1), C(.6, .6), all weights alike: the ranks change at .4, .5 and .6.

    With weight w on the first criterion the scores are w, 1 − w and .6, so A is first above .6
    (chance .4), second from .5 to .6 never before C but before B (.1), and last below .5 (.5).
    """
    found = smaa([[1, 0], [0, 1], [0.6, 0.6]], uniform_weights(2, DRAWS))
    expected = [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]]
    assert found.acceptability == pytest.approx(np.array(expected), abs=DRAWN)
    assert found.first == pytest.approx([0.4, 0.4, 0.2], abs=DRAWN)
    assert found.rank_expected == pytest.approx([2.1, 2.1, 1.8], abs=3 * DRAWN)
    # The middle of the weights above .6, below .4, and between.
    central = [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]
    assert found.central_weights == pytest.approx(np.array(central), abs=DRAWN)
    beats = [[0.5, 0.5, 0.4], [0.5, 0.5, 0.4], [0.6, 0.6, 0.5]]
    assert found.beats == pytest.approx(np.array(beats), abs=DRAWN)


def test_one_alternative_a_criterion() -> None:
    """With the unit matrix the largest weight wins: by symmetry each has every rank alike."""
    found = smaa(np.eye(3), uniform_weights(3, DRAWS))
    assert found.acceptability == pytest.approx(np.full((3, 3), 1 / 3), abs=DRAWN)
    # The mean of the largest of three uniform shares is 11/18, of the others 5/18 and 2/18.
    expected = np.full((3, 3), 7 / 36) + np.eye(3) * (11 / 18 - 7 / 36)
    assert found.central_weights == pytest.approx(expected, abs=DRAWN)
