"""The damped trend: what it keeps of a past growth, and the width that it earned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.measures.damped_trend import damped_growth, damping, projection_sd

rates = st.floats(-0.2, 0.2)


def test_each_year_keeps_a_part_of_the_growth_of_the_one_before():
    # observed over a year: φ = 0.5, and 0.5 + 0.25 + 0.125 of ¼ · 0.08 + ¾ · 0.04
    assert float(damping(1)) == 0.5
    assert float(damped_growth(0.08, 0.04, 1, 3)) == pytest.approx(0.875 * 0.05)


def test_a_region_without_a_past_of_its_own_has_its_states():
    assert float(damped_growth(np.nan, 0.04, 1, 1)) == pytest.approx(0.02)
    assert np.isnan(damped_growth(0.04, np.nan, 1, 1))


def test_draws_go_through_row_by_row():
    own = np.array([[0.01, 0.02], [0.03, 0.04]])
    found = damped_growth(own, np.zeros((2, 2)), [1, 6], [2, 2])
    alone = [
        [float(damped_growth(x, 0.0, t, 2)) for x in row]
        for row, t in zip(own, (1, 6), strict=True)
    ]
    assert np.allclose(found, alone, rtol=1e-12)


@given(rates, rates, st.integers(1, 20), st.integers(1, 30))
def test_it_never_explodes_and_never_turns(own, beside, years, horizon):
    found = float(damped_growth(own, beside, years, horizon))
    both = 0.25 * own + 0.75 * beside
    assert abs(found) <= abs(both) * horizon + 1e-12
    assert found * both >= 0


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 30), st.integers(1, 30))
def test_the_larger_and_the_nearer_is_surer(jobs, more, near, far):
    small, large = sorted((jobs, more))
    assert projection_sd(small, near) >= projection_sd(large, near)
    assert projection_sd(jobs, min(near, far)) <= projection_sd(jobs, max(near, far))


def test_no_jobs_have_no_width():
    assert np.isnan(projection_sd([0.0], 5)).all()
