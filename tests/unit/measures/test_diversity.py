"""Diversity of a region's jobs."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.diversity import (
    effective_number,
    hachman,
    hhi,
    krugman,
    normalised_hhi,
    shannon_entropy,
)


def test_one_industry_has_everything() -> None:
    jobs = [100, 0, 0, 0]
    assert hhi(jobs) == normalised_hhi(jobs) == effective_number(jobs) == 1
    assert shannon_entropy(jobs) == 0


def test_four_industries_have_the_same() -> None:
    jobs = [7, 7, 7, 7]
    assert hhi(jobs) == 0.25
    assert normalised_hhi(jobs) == 0
    assert effective_number(jobs) == 4
    assert shannon_entropy(jobs) == 2


def test_the_nations_own_mix_is_as_diverse_as_the_nation() -> None:
    nation = [10, 20, 70]
    assert hachman([1, 2, 7], nation) == pytest.approx(1, rel=1e-12)  # rounding of three divisions
    assert krugman([1, 2, 7], nation) == pytest.approx(0, abs=1e-12)


def test_nothing_in_common_with_the_nation() -> None:
    assert krugman([5, 0], [0, 5]) == 2
    assert np.isnan(hachman([5, 0], [0, 5]))


@pytest.mark.parametrize("measure", [hhi, normalised_hhi, effective_number, shannon_entropy])
def test_withheld_jobs_or_none_at_all_have_no_diversity(measure) -> None:
    assert np.isnan(measure([10, np.nan, 5]))
    assert np.isnan(measure([0, 0, 0]))


def test_a_single_industry_cannot_be_normalised() -> None:
    assert np.isnan(normalised_hhi([10]))


def test_regions_beside_one_nation() -> None:
    regions = [[0, 40], [25, 75], [10, np.nan]]
    nation = [500, 500]
    nan = np.nan
    expected = {
        hhi: [1, 0.625, nan],
        normalised_hhi: [1, 0.25, nan],
        effective_number: [1, 1.6, nan],
        shannon_entropy: [0, 0.811278, nan],  # written to six decimals
    }
    for measure, values in expected.items():
        assert measure(regions) == pytest.approx(values, abs=5e-7, nan_ok=True)
    assert krugman(regions, nation) == pytest.approx([1, 0.5, nan], rel=1e-12, nan_ok=True)
    assert hachman(regions, nation) == pytest.approx([0.5, 0.8, nan], rel=1e-12, nan_ok=True)


def test_each_region_beside_its_own_states() -> None:
    regions, states = [[50, 50], [50, 50]], [[200, 200], [100, 300]]
    assert krugman(regions, states).tolist() == [0, 0.5]
    assert hachman(regions, states) == pytest.approx([1, 0.75], rel=1e-12)
