"""Consumer prices against what two other agencies published by them.

The Census Bureau raises its poverty thresholds each year by the annual average of the same index,
so one year's threshold is another's in that year's prices. The Federal Register notices of the
poverty guidelines print how much prices rose between two calendar years.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from lmi.measures.pay import real_pay
from lmi.reference.consumer_prices import known_price_indexes

PRICES = known_price_indexes()
# Two adults and two children, USD a year: "Poverty Thresholds for 2003 by Size of Family and Number
# of Related Children Under 18 Years" (census.gov, thresh03.html); of 2014 and 2021 as the Center
# for Poverty Research, University of California, Davis, quotes the bureau's table of the year
# ("What are the poverty thresholds today?").
THRESHOLDS = {2003: 18_660, 2014: 24_008, 2021: 27_479}
# The ratio by which the bureau made the thresholds of 2009 of those of 2008 ("Preliminary Estimate
# of Weighted Average Poverty Thresholds for 2009", census.gov, prelim09.html).
RATIO_2009 = 0.996442
# From a year to the next, percent, as printed: 90 FR 5917 and 91 FR 1797, "Annual Update of the HHS
# Poverty Guidelines".
RISES = {2023: "2.9", 2024: "2.63"}


@pytest.mark.parametrize(("year", "later"), list(pairwise(THRESHOLDS)))
def test_a_threshold_in_prices_of_another_year_is_that_years(year: int, later: int) -> None:
    raised = real_pay(THRESHOLDS[year], PRICES[year], PRICES[later])
    assert raised == pytest.approx(THRESHOLDS[later], abs=1.2)  # both are rounded to a dollar


def test_the_thresholds_of_2009_were_made_by_the_ratio_of_these() -> None:
    assert round(PRICES[2009] / PRICES[2008], 6) == RATIO_2009


@pytest.mark.parametrize(("year", "percent"), RISES.items())
def test_prices_rose_as_the_federal_register_says(year: int, percent: str) -> None:
    decimals = len(percent.partition(".")[2])
    rise = 100 * (real_pay(1, PRICES[year], PRICES[year + 1]) - 1)
    assert f"{rise:.{decimals}f}" == percent


def test_no_year_is_left_out_between_the_first_and_the_newest() -> None:
    assert list(PRICES) == list(range(1990, max(PRICES) + 1))
