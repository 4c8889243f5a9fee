"""Shift-share: Dunn's and the dynamic form."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.measures.shift_share import (
    ShiftShare,
    dynamic_shift_share,
    shift_share,
)

EXACT = 1e-9  # jobs: what is left after additions of whole numbers in double precision


def test_a_sector_that_grows_as_the_nation_is_all_national_growth() -> None:
    assert shift_share(100, 110, 1000, 1100, 50_000, 55_000) == pytest.approx((10, 0, 0), abs=EXACT)


def test_a_fast_industry_and_a_slow_region() -> None:
    # The nation grows by 10 %, the industry by 30 %, the region's part of it by 5 %.
    effects = shift_share(100, 105, 1000, 1300, 50_000, 55_000)
    assert effects == pytest.approx((10, 20, -25), abs=EXACT)


def test_regions_and_industries_at_once() -> None:
    # Health in region a grew as in the nation, in region b it was the slower one.
    effects = shift_share([10, 100], [13, 105], 1000, 1300, 50_000, 55_000)
    assert effects.national_growth == pytest.approx([1, 10], abs=EXACT)
    assert effects.industry_mix == pytest.approx([2, 20], abs=EXACT)
    assert effects.competitive_share == pytest.approx([0, -25], abs=EXACT)


def test_a_reference_may_differ_by_region() -> None:
    effects = shift_share([100, 100], [110, 110], [10, 10], [11, 10], [50, 50], [55, 50])
    assert effects.competitive_share == pytest.approx([0, 10], abs=EXACT)
    assert effects.national_growth == pytest.approx([10, 0], abs=EXACT)


def test_an_industry_new_to_the_region_is_all_competitive_share() -> None:
    assert shift_share(0, 40, 1000, 1100, 50_000, 55_000) == pytest.approx((0, 0, 40), abs=EXACT)


def test_an_industry_new_to_the_reference_has_no_rate() -> None:
    effects = shift_share(0, 40, 0, 1100, 50_000, 55_000)
    assert effects.national_growth == 0
    assert np.isnan([effects.industry_mix, effects.competitive_share]).all()


def test_a_withheld_year_leaves_the_competitive_share_missing() -> None:
    effects = shift_share([100, np.nan], [np.nan, 100], 1000, 1100, 50_000, 55_000)
    assert np.isnan(effects.competitive_share).all()


def test_two_years_of_the_dynamic_form_are_dunns() -> None:
    dynamic = dynamic_shift_share([[100], [105]], [[1000], [1300]], [50_000, 55_000])
    plain = shift_share([100], [105], [1000], [1300], 50_000, 55_000)
    assert np.array_equal(dynamic, plain)


def test_the_dynamic_form_lets_the_region_change_size_on_the_way() -> None:
    # 100 → 200 in the first year; the nation then grows by 10 % in the second only.
    effects = dynamic_shift_share([[100], [200], [220]], [[10], [10], [11]], [100, 100, 110])
    assert np.ravel(effects) == pytest.approx([20, 0, 100], abs=EXACT)
    plain = shift_share([100], [220], [10], [11], 100, 110)
    assert np.ravel(plain) == pytest.approx([10, 0, 110], abs=EXACT)


def test_a_missing_year_between_is_not_bridged() -> None:
    effects = dynamic_shift_share([[100], [np.nan], [220]], [[10], [10], [11]], [100, 100, 110])
    assert np.isnan(effects).all()


@pytest.mark.parametrize("years", [1, 3])
def test_the_years_of_region_and_reference_must_be_the_same(years: int) -> None:
    with pytest.raises(MeasureError, match=f"was given {years}, 1 and 1 years"):
        dynamic_shift_share(np.ones((years, 2)), [[1, 1]], [2])


def test_the_parts_have_the_names_of_the_design() -> None:
    assert ShiftShare._fields == ("national_growth", "industry_mix", "competitive_share")
