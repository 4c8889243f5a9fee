"""Diversity of a region's jobs."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.diversity import hachman, hhi


def test_one_industry_has_everything() -> None:
    assert hhi([100, 0, 0, 0]) == 1


def test_four_industries_have_the_same() -> None:
    assert hhi([7, 7, 7, 7]) == 0.25


def test_the_nations_own_mix_is_as_diverse_as_the_nation() -> None:
    nation = [10, 20, 70]
    assert hachman([1, 2, 7], nation) == pytest.approx(1, rel=1e-12)  # rounding of three divisions


def test_nothing_in_common_with_the_nation() -> None:
    assert np.isnan(hachman([5, 0], [0, 5]))


def test_withheld_jobs_or_none_at_all_have_no_diversity() -> None:
    assert np.isnan(hhi([10, np.nan, 5]))
    assert np.isnan(hhi([0, 0, 0]))


def test_regions_beside_one_nation() -> None:
    regions = [[0, 40], [25, 75], [10, np.nan]]
    nation = [500, 500]
    nan = np.nan
    assert hhi(regions) == pytest.approx([1, 0.625, nan], rel=1e-12, nan_ok=True)
    assert hachman(regions, nation) == pytest.approx([0.5, 0.8, nan], rel=1e-12, nan_ok=True)


def test_each_region_beside_its_own_states() -> None:
    regions, states = [[50, 50], [50, 50]], [[200, 200], [100, 300]]
    assert hachman(regions, states) == pytest.approx([1, 0.75], rel=1e-12)
