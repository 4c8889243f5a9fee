"""Location quotient."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.lq import location_quotient


def test_the_same_share_as_the_nation_is_one() -> None:
    assert location_quotient(10, 100, 500, 5000) == 1


def test_twice_the_nations_share_is_two() -> None:
    assert location_quotient(20, 100, 500, 5000) == 2


def test_no_jobs_here_is_zero_and_no_jobs_there_is_missing() -> None:
    assert location_quotient(0, 100, 500, 5000) == 0
    assert np.isnan(location_quotient(10, 100, 0, 5000))
    assert np.isnan(location_quotient(10, 0, 500, 5000))


def test_withheld_jobs_have_no_quotient() -> None:
    assert np.isnan(location_quotient(None, 100, 500, 5000))


def test_regions_against_the_nation_and_each_against_its_own_states() -> None:
    jobs, all_jobs = [30, 30], [100, 300]
    # Four divisions leave rounding errors in the last places.
    assert location_quotient(jobs, all_jobs, 100, 1000) == pytest.approx([3, 1], rel=1e-12)
    states, all_of_states = [20, 40], [200, 200]
    ours = location_quotient(jobs, all_jobs, states, all_of_states)
    assert ours == pytest.approx([3, 0.5], rel=1e-12)


def test_draws_of_region_and_reference_go_together() -> None:
    draws = location_quotient([[10, 20]], 100, [[500, 1000]], 5000)
    assert draws.tolist() == [[1.0, 1.0]]
