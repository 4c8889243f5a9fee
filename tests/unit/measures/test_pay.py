"""Pay: summed first, divided last."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.pay import (
    annual_avg_wkly_wage,
    avg_annual_pay,
    avg_wkly_wage,
    pay_ratio,
    real_pay,
)


def test_annual_pay_and_weekly_wage() -> None:
    assert avg_annual_pay(5_200_000, 100) == 52_000
    assert annual_avg_wkly_wage(5_200_000, 100) == 1_000


def test_quarterly_weekly_wage_uses_the_mean_of_the_three_months() -> None:
    assert avg_wkly_wage(130_000, 8, 10, 12) == 1_000


def test_where_nobody_works_there_is_no_pay() -> None:
    assert np.isnan(avg_annual_pay(1380, 0))
    assert np.isnan(avg_wkly_wage(1380, 0, 0, 0))


def test_a_withheld_month_makes_the_wage_missing() -> None:
    assert np.isnan(avg_wkly_wage(130_000, 8, None, 12))


def test_the_pay_of_a_region_is_not_the_mean_of_its_counties_pay() -> None:
    wages, jobs = np.array([81_000_000, 3_000_000]), np.array([900, 100])
    assert avg_annual_pay(wages, jobs).mean() == 60_000
    assert avg_annual_pay(wages.sum(), jobs.sum()) == 84_000


def test_a_region_with_a_withheld_county_has_no_pay() -> None:
    counties = np.array([900, np.nan])
    assert np.isnan(avg_annual_pay(81_000_000, counties.sum()))


def test_pay_beside_each_regions_pay_and_a_threshold() -> None:
    assert pay_ratio(60_000, [50_000, 80_000]).tolist() == [1.2, 0.75]
    assert np.array_equal(pay_ratio(60_000, [48_000, None]), [1.25, np.nan], equal_nan=True)


def test_no_threshold_no_ratio() -> None:
    assert np.isnan(pay_ratio(60_000, np.nan))
    assert pay_ratio(60_000, 40_000) == pytest.approx(1.5)


def test_pay_in_prices_of_another_year() -> None:
    assert real_pay([50_000, 60_000], [200, 240], 240).tolist() == [60_000, 60_000]


def test_pay_of_a_year_without_prices_is_missing() -> None:
    assert np.isnan(real_pay([50_000, None], [np.nan, 200], 240)).all()
    assert np.isnan(real_pay(50_000, 200, np.nan))
