"""TOPSIS, centroid weights and rank correlation beside the libraries and tables that have them."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.scoring.additive import additive_score
from lmi.scoring.methods import topsis
from lmi.scoring.weights import rank_order_weights

ROUNDING = 1e-12  # a few dozen operations on numbers below one
SEEDS = range(5)
# pymcdm warns that one alternative dominates: it is there to make the best that competes ideal.
ENDS_COMPETE = pytest.mark.filterwarnings("ignore:Alternatives with indices")


@ENDS_COMPETE
def test_topsis_is_that_of_pymcdm() -> None:
    """pymcdm's TOPSIS takes the best and the worst that compete; here both ends compete."""
    methods = pytest.importorskip("pymcdm.methods", reason="pymcdm is not installed")
    normalizations = pytest.importorskip("pymcdm.normalizations")
    for seed in SEEDS:
        generator = np.random.default_rng(seed)
        values = np.vstack([generator.random((8, 5)), np.ones(5), np.zeros(5)])
        weights = generator.dirichlet(np.ones(5))
        reference = methods.TOPSIS(normalizations.minmax_normalization)
        expected = reference(values, weights, np.ones(5))
        assert topsis(values, weights) == pytest.approx(expected, abs=ROUNDING)


@ENDS_COMPETE
def test_the_score_is_that_of_pymcdm() -> None:
    methods = pytest.importorskip("pymcdm.methods", reason="pymcdm is not installed")
    normalizations = pytest.importorskip("pymcdm.normalizations")
    for seed in SEEDS:
        generator = np.random.default_rng(seed)
        values = np.vstack([generator.random((8, 5)), np.ones(5), np.zeros(5)])
        weights = generator.dirichlet(np.ones(5))
        expected = methods.WSM(normalizations.minmax_normalization)(values, weights, np.ones(5))
        assert additive_score(values, weights).score == pytest.approx(expected, abs=ROUNDING)


def test_centroid_weights_as_printed() -> None:
    """Edwards, W. and Barron, F. H. (1994), SMARTS and SMARTER: weights of three and of four."""
    assert rank_order_weights([1, 2, 3]).round(4).tolist() == [0.6111, 0.2778, 0.1111]
    assert rank_order_weights([1, 2, 3, 4]).round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]
