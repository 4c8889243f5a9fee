"""What a printed quotient tells of the nation's share."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.quoted_share import agree, quoted_share, year_of_months


def test_the_share_lies_within_the_rounding_of_the_quotient():
    lo, hi = quoted_share(50, 1000, 1.25)
    assert (lo, hi) == pytest.approx((0.05 / 1.255, 0.05 / 1.245), rel=1e-8)
    assert lo < 0.04 < hi


def test_jobs_in_whole_numbers_and_their_base_widen_it():
    lo, hi = quoted_share(50, 1000, 1.25, rounding=0.5)
    expected = (49.5 / 1000.5 / 1.255, 50.5 / 999.5 / 1.245)
    assert (lo, hi) == pytest.approx(expected, rel=1e-8)


def test_a_quotient_of_nothing_beside_jobs_has_a_lower_end_only():
    lo, hi = quoted_share([3, 3], 1000, [0.0, 0.01])
    assert lo == pytest.approx([0.003 / 0.005, 0.003 / 0.015], rel=1e-8)
    assert hi[0] == np.inf and hi[1] == pytest.approx(0.003 / 0.005, rel=1e-8)


def test_no_jobs_tell_nothing_and_withheld_ones_are_missing():
    lo, hi = quoted_share([0, np.nan, 5], 1000, [0.0, np.nan, np.nan])
    assert (lo[0], hi[0]) == (0, np.inf)
    assert np.isnan(lo[1:]).all() and np.isnan(hi[1:]).all()


def test_claims_that_agree_leave_what_all_allow():
    found = agree(np.array([0, 0, 2]), [1.0, 2.0, 0.5], [5.0, 3.0, np.inf], 3)
    assert found.lo.tolist() == [2.0, 0.0, 0.5]
    assert found.hi.tolist() == [3.0, np.inf, np.inf]
    assert not found.is_odd.any()


def test_where_claims_contradict_each_other_most_of_them_decide():
    found = agree(np.zeros(4, dtype=int), [1.0, 1.5, 1.2, 7.0], [2.0, 3.0, 2.5, 9.0], 1)
    assert (found.lo[0], found.hi[0]) == (1.5, 2.0)
    assert found.is_odd.tolist() == [False, False, False, True]


def test_two_that_contradict_each_other_leave_all_that_either_allows():
    found = agree(np.zeros(2, dtype=int), [1.0, 4.0], [2.0, 5.0], 1)
    assert (found.lo[0], found.hi[0]) == (1.0, 5.0)
    assert found.is_odd.all(), "neither is better than the other"


def test_a_share_that_is_the_same_all_year_is_that_of_the_year():
    share = np.full((1, 12), 0.05)
    lo, hi = year_of_months(share, share)
    assert (lo, hi) == pytest.approx((0.05, 0.05))


def test_a_month_that_nobody_prints_leaves_a_lower_end_only():
    lo, hi = np.full((1, 12), 0.05), np.full((1, 12), 0.05)
    lo[0, 3], hi[0, 3] = 0.0, np.inf
    least, most = year_of_months(lo, hi)
    assert 0.04 < least < 0.05 * 11 / 12 and most == np.inf


def test_the_year_holds_whatever_weights_the_months_may_have():
    chance = np.random.default_rng(1)
    share = chance.uniform(0.01, 0.09, (200, 12))
    weight = 1 + chance.uniform(-0.1, 0.1, (200, 12))
    weight /= weight.mean(axis=1, keepdims=True)
    kept = (np.abs(weight - 1) <= 0.1).all(axis=1)
    lo, hi = year_of_months(share, share)
    year = (share * weight).mean(axis=1)
    assert kept.sum() > 50
    assert ((lo <= year + 1e-12) & (year <= hi + 1e-12))[kept].all()
