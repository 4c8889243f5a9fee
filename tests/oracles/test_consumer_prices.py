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
# Two adults and two children, USD a year.
THRESHOLDS = {2010: 22_113, 2014: 24_008, 2016: 24_339, 2019: 25_926, 2022: 29_678}
# From a year to the next, percent; 86 to 91 FR, "Annual Update of the HHS Poverty Guidelines".
RISES = {2019: 1.2, 2020: 4.7, 2021: 8.0, 2022: 4.1, 2023: 2.9, 2024: 2.6}


@pytest.mark.parametrize(("year", "later"), list(pairwise(THRESHOLDS)))
def test_a_threshold_in_prices_of_another_year_is_that_years(year: int, later: int) -> None:
    raised = real_pay(THRESHOLDS[year], PRICES[year], PRICES[later])
    assert raised == pytest.approx(THRESHOLDS[later], abs=1.2)  # both are rounded to a dollar


@pytest.mark.parametrize(("year", "percent"), RISES.items())
def test_prices_rose_as_the_federal_register_says(year: int, percent: float) -> None:
    assert round(float(100 * (real_pay(1, PRICES[year], PRICES[year + 1]) - 1)), 1) == percent


def test_no_year_is_left_out_between_the_first_and_the_newest() -> None:
    assert list(PRICES) == list(range(1990, max(PRICES) + 1))
