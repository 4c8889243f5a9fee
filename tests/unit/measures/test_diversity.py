"""Diversity of a region's jobs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.diversity import (
    diversity_table,
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


def test_regions_of_a_long_table(read) -> None:
    table = read("""
        region  industry_code  annual_avg_emplvl
        b       23             25
        b       62             75
        a       62             40
        c       23             10
        c       62             .
    """)
    nation = read("industry_code annual_avg_emplvl\n23 500\n62 500")
    expected = read("""
        region hhi   hhi_normalised effective_number entropy_bits krugman hachman
        a      1.0   1.0            1.0              0.0          1.0     0.5
        b      0.625 0.25           1.6              0.811278     0.5     0.8
        c      .     .              .                .            .       .
    """)
    # The expected entropy is written to six decimals.
    pd.testing.assert_frame_equal(
        diversity_table(table, nation), expected, check_dtype=False, rtol=0, atol=5e-7
    )


def test_an_industry_that_only_the_nation_has_counts_as_none_here(read) -> None:
    table = read("region industry_code annual_avg_emplvl\na 62 40")
    nation = read("industry_code annual_avg_emplvl\n11 500\n62 500")
    row = diversity_table(table, nation).iloc[0]
    assert row["krugman"] == 1
    assert row["hachman"] == 0.5


def test_each_region_beside_its_own_states(read) -> None:
    table = read("""
        region  industry_code  annual_avg_emplvl
        a       23             50
        a       62             50
        b       23             50
        b       62             50
    """)
    states = read("""
        region  industry_code  annual_avg_emplvl
        b       23             100
        b       62             300
        a       23             200
        a       62             200
    """)
    out = diversity_table(table, states)
    assert out["krugman"].tolist() == [0, 0.5]
    assert out["hachman"].tolist() == pytest.approx([1, 0.75], rel=1e-12)


def test_regions_and_industries_may_have_two_keys(read) -> None:
    table = read("""
        key  region  own_code  industry_code  annual_avg_emplvl
        x    a       5         62             50
        x    a       3         62             50
    """)
    nation = read("own_code industry_code annual_avg_emplvl\n5 62 1\n3 62 1")
    out = diversity_table(table, nation, by=["key", "region"], key=["own_code", "industry_code"])
    assert out[["key", "region", "hhi", "hachman"]].to_numpy().tolist() == [["x", "a", 0.5, 1.0]]


def test_an_industry_twice_is_refused(read) -> None:
    table = read("region industry_code annual_avg_emplvl\na 62 40\na 62 2")
    nation = read("industry_code annual_avg_emplvl\n62 500")
    with pytest.raises(MeasureError, match="region a, industry_code 62"):
        diversity_table(table, nation)
