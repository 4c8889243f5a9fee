"""Employment: published and estimated parts, and shares."""

from __future__ import annotations

import numpy as np

from lmi.measures.employment import employment_share, estimated_share


def test_share_of_all_jobs() -> None:
    assert employment_share([150, 0], 1000).tolist() == [0.15, 0.0]


def test_each_sector_has_its_share_of_its_own_region() -> None:
    assert employment_share([100, 30], [1000, 60]).tolist() == [0.1, 0.5]


def test_share_of_no_jobs_is_missing() -> None:
    assert np.isnan(employment_share(0, 0))


def test_a_region_without_a_total_has_no_share() -> None:
    assert np.isnan(employment_share(5, None))


def test_what_is_not_published_of_a_sum_is_estimated() -> None:
    # 40 published; 900 published and 100 estimated; 12 estimated
    assert estimated_share([40, 900, 0], [40, 1000, 12]).tolist() == [0.0, 0.1, 1.0]


def test_of_an_unknown_sum_the_estimated_share_is_unknown() -> None:
    assert np.isnan(estimated_share(900, None))


def test_nothing_of_nothing_is_estimated() -> None:
    assert estimated_share(0, 0) == 0


def test_draws_of_jobs_give_draws_of_the_share() -> None:
    draws = np.array([[80.0, 100.0, 150.0], [30.0, 30.0, 30.0]])
    shares = employment_share(draws, np.array([[1000.0], [60.0]]))
    assert shares.tolist() == [[0.08, 0.1, 0.15], [0.5, 0.5, 0.5]]
