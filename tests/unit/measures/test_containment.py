"""Self-containment, and what makes a place a labor market."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.measures.containment import (
    LEAST_CONTAINMENT,
    TARGET_CONTAINMENT,
    demand_side,
    labor_market_validity,
    needed_containment,
    supply_side,
)


def test_the_two_sides_share_who_stays():
    # 60 live and work in it, 80 live there, 100 work there: the lesser is by demand
    assert float(supply_side(60, 80)) == 0.75
    assert float(demand_side(60, 100)) == 0.6
    assert np.isnan(supply_side(0, 0)) and np.isnan(demand_side(0, 0))


def test_a_large_place_needs_less_containment_than_a_small_one():
    # the corners of the rule of the areas of 2011 (ONS 2015)
    at = [(2 / 3, 25_000), (2 / 3, 1_000_000), (0.75, 3_500), (2 / 3, 3_500), (0.75, 3_000)]
    found = labor_market_validity(*zip(*at, strict=True))
    assert found == pytest.approx([1, 1, 1, 8 / 9, 0.997093], abs=5e-6)


def test_beyond_the_target_more_containment_earns_nothing():
    assert float(labor_market_validity(1.0, 50_000)) == pytest.approx(1.125)
    assert float(labor_market_validity(0.75, 50_000)) == pytest.approx(1.125)


@given(st.floats(3_500, 1e7))
def test_with_the_containment_that_it_needs_a_place_is_a_labor_market(workers):
    needed = needed_containment(workers)
    assert LEAST_CONTAINMENT - 1e-12 <= needed <= TARGET_CONTAINMENT + 1e-12
    assert float(labor_market_validity(needed, workers)) == pytest.approx(1)


@given(st.floats(0, 3_499))
def test_below_the_least_size_no_containment_is_enough(workers):
    assert np.isnan(needed_containment(workers))
    assert labor_market_validity(1.0, workers) < 1
