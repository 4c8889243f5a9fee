"""The least move of weight that changes who is first."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score
from lmi.scoring.nearest import leader, nearest_switch

EXACT = 1e-9
# What the search for ratios promises.
CLOSE = 1e-5


def test_by_hand() -> None:
    """Health care .58, energy .43, food .50: from jobs to concentration gains food .5 + .7."""
    values = [[0.9, 0.3, 0.2], [0.2, 0.9, 0.3], [0.4, 0.4, 0.9]]
    found = nearest_switch(values, [0.5, 0.3, 0.2])
    assert found.challenger == 2
    assert found.move == pytest.approx(0.08 / 1.2, abs=EXACT)
    moved = [0.5 - 0.08 / 1.2, 0.3, 0.2 + 0.08 / 1.2]
    assert found.weights == pytest.approx(moved, abs=EXACT)


def test_what_has_given_all_can_give_no_more() -> None:
    """The gap is .14: all the weight of the first gains .1, the second gives for the rest."""
    values = [[1.0, 0.6, 0.0, 0.5], [0.5, 0.5, 0.5, 0.5]]
    weights = [0.1, 0.9, 0.0, 0.0]
    found = nearest_switch(values, weights)
    gap = 0.64 - 0.5
    from_second = (gap - 0.1 * 1.0) / 0.6
    assert found.move == pytest.approx(0.1 + from_second, abs=EXACT)
    moved = [0, 0.9 - from_second, 0.1 + from_second, 0]
    assert found.weights == pytest.approx(moved, abs=EXACT)


def test_who_leads_in_everything_stays() -> None:
    for other in ([0.5, 0.5], [0.9, 0.1], [np.nan, np.nan]):
        found = nearest_switch([[0.9, 0.8], other], [1, 3])
        assert np.isnan(found.move)
        assert found.challenger == -1
        assert found.weights.tolist() == [0.25, 0.75]


def test_level_with_the_first_needs_no_move() -> None:
    found = nearest_switch([[0.8, 0.2], [0.2, 0.8]], [1, 1])
    assert (found.move, found.challenger) == (0, 1)


def test_nobody_scored() -> None:
    assert nearest_switch([[np.nan, 0.5]], [1, 0]).challenger == -1


def test_with_missing_criteria_by_hand() -> None:
    """.2 + .6·w meets .6 where the first criterion weighs 2/3; the other has no second."""
    found = nearest_switch([[0.8, 0.2], [0.6, np.nan]], [0.9, 0.1])
    assert found.challenger == 1
    assert found.move == pytest.approx(0.9 - 2 / 3, abs=CLOSE)


def test_who_has_no_criterion_left_is_behind_all_others() -> None:
    """The first has jobs alone and leads there; without any weight on jobs the best of pay is."""
    found = nearest_switch([[0.9, np.nan], [0.2, 0.3], [0.1, 0.4]], [0.25, 0.75])
    assert found.move == pytest.approx(0.25, abs=CLOSE)
    assert found.challenger == 2


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_no_smaller_move_is_found_by_trying(seed: int, missing: float) -> None:
    generator = np.random.default_rng(seed)
    values = generator.random((5, 4))
    values[generator.random(values.shape) < missing] = np.nan
    weights = generator.dirichlet(np.ones(4))
    found = nearest_switch(values, weights)
    score = additive_score(values, found.weights).score
    first = leader(values, weights)
    # Level with the first, where it still has a score.
    assert np.isnan(score[first]) or score[found.challenger] >= score[first] - EXACT
    anywhere = generator.dirichlet(np.ones(4), 20_000)
    nearby = np.abs(found.weights + generator.normal(0, 0.01, (20_000, 4)))
    tried = np.vstack([anywhere, nearby / nearby.sum(axis=1, keepdims=True)])
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        scores = (tried @ np.nan_to_num(values).T) / (tried @ there.T)
    others = np.delete(scores, first, axis=1)
    changed = np.nan_to_num(others, nan=-1).max(axis=1) > scores[:, first]
    moves = np.abs(tried[changed] - weights).sum(axis=1) / 2
    assert found.move <= moves.min() + CLOSE


def test_weights_must_fit() -> None:
    with pytest.raises(MeasureError, match="1 weights were given for 2 criteria"):
        nearest_switch([[0.5, 0.5]], [1])
