"""Pay: summed first, divided last."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.pay import (
    add_pay,
    add_pay_ratio,
    annual_avg_wkly_wage,
    avg_annual_pay,
    avg_wkly_wage,
    pay_ratio,
    pay_table,
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


def test_the_pay_of_a_region_is_not_the_mean_of_its_counties_pay(read) -> None:
    counties = read("""
        region  area_fips  annual_avg_emplvl  total_annual_wages
        a       99001      900                81000000
        a       99003      100                3000000
    """)
    each = avg_annual_pay(counties["total_annual_wages"], counties["annual_avg_emplvl"])
    assert each.mean() == 60_000
    assert pay_table(counties, ["region"])["avg_annual_pay"].item() == 84_000


def test_a_region_with_a_withheld_county_has_no_pay(read) -> None:
    counties = read("""
        region  annual_avg_emplvl  total_annual_wages
        a       900                81000000
        a       .                  .
        b       10                 400000
    """)
    pay = pay_table(counties, ["region"]).set_index("region")["avg_annual_pay"]
    assert np.isnan(pay["a"])
    assert pay["b"] == 40_000


def test_sums_of_other_columns_can_be_divided(read) -> None:
    table = read("jobs wages\n10 520000")
    assert add_pay(table, emplvl="jobs", wages="wages")["annual_avg_wkly_wage"].item() == 1_000


def test_pay_beside_the_regions_pay_and_a_threshold(read) -> None:
    table = read("""
        region  candidate  avg_annual_pay
        a       health     60000
        b       health     60000
    """)
    regions = read("region avg_annual_pay\na 50000\nb 80000")
    assert add_pay_ratio(table, regions)["pay_ratio"].tolist() == [1.2, 0.75]
    thresholds = read("region annual_wage\na 48000")
    ratios = add_pay_ratio(
        table, thresholds, reference_pay="annual_wage", out="pay_to_threshold_ratio"
    )["pay_to_threshold_ratio"]
    assert np.array_equal(ratios, [1.25, np.nan], equal_nan=True)


def test_no_threshold_no_ratio() -> None:
    assert np.isnan(pay_ratio(60_000, np.nan))
    assert pay_ratio(60_000, 40_000) == pytest.approx(1.5)
