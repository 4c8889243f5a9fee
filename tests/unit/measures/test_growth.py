"""Growth between two years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.growth import (
    change,
    compound_rate,
    growth,
    growth_table,
    mix_growth,
    pct_change,
    spans,
)


def test_change_and_percent_change() -> None:
    assert change(200, 150) == -50
    assert pct_change(200, 150) == -25


def test_growth_from_nothing_has_a_change_but_no_rate() -> None:
    assert change(0, 10) == 10
    assert np.isnan(pct_change(0, 10))
    assert np.isnan(compound_rate(0, 10, 5))


def test_growth_from_a_withheld_base_is_missing() -> None:
    assert np.isnan(change(None, 10))
    assert np.isnan(pct_change(None, 10))
    assert np.isnan(compound_rate(None, 10, 5))


def test_a_sector_that_ended_fell_by_all_of_it() -> None:
    assert pct_change(80, 0) == -100
    assert compound_rate(80, 0, 4) == -100


def test_compound_rate_over_one_year_is_the_percent_change() -> None:
    assert compound_rate(200, 210, 1) == pytest.approx(5.0)


def test_compound_rate_doubles_in_ten_years_at_seven_percent() -> None:
    assert compound_rate(100, 200, 10) == pytest.approx(7.1773, abs=5e-5)  # rounded to 4 decimals


def test_no_time_no_rate() -> None:
    assert np.isnan(compound_rate(100, 110, 0))


def test_draws_of_two_years_are_compared_one_by_one() -> None:
    """A cell that is guessed too high in both years by the same factor has the right growth."""
    found = growth([[80.0, 100.0, 120.0]], [[88.0, 110.0, 132.0]], 1)
    assert found["emplvl_chg"].tolist() == [[8, 10, 12]]
    # One division and one multiplication by 100.
    assert found["emplvl_pct_chg"] == pytest.approx(np.full((1, 3), 10.0), rel=1e-12)


def test_a_mix_grows_by_its_parts_rates() -> None:
    assert mix_growth([300, 100], [1.2, 1.0]) == pytest.approx(15, rel=1e-12)
    drawn = mix_growth([[300, 0], [100, 100]], [[1.2], [1.0]])
    assert drawn == pytest.approx([15, 0], rel=1e-12)
    assert np.isnan(mix_growth([0, 0], [1.2, 1.0]))


def test_pairs_of_years_end_in_the_last_and_are_only_those_at_hand() -> None:
    assert spans(range(2006, 2017)) == ((2015, 2016), (2014, 2016), (2011, 2016), (2006, 2016))
    assert spans([2016, 2020, 2021]) == ((2020, 2021), (2016, 2021))
    assert spans([2016]) == ()
    assert spans([]) == ()
    assert spans([2015, 2016], last=2017) == ()


def test_a_long_table_is_compared_over_each_pair(read) -> None:
    jobs = read("""
        region  key     year  annual_avg_emplvl
        a       health  2011  100
        a       health  2015  140
        a       health  2016  150
        a       energy  2015  50
        a       energy  2016  40
    """)
    expected = read("""
        region key    year0 year1 years emplvl0 emplvl1 emplvl_chg emplvl_pct_chg emplvl_cagr
        a      energy 2015  2016  1     50      40      -10        -20.0          -20.0
        a      health 2015  2016  1     140     150     10         7.142857       7.142857
        a      energy 2011  2016  5     .       40      .          .              .
        a      health 2011  2016  5     100     150     50         50.0           8.447177
    """)
    table = growth_table(jobs, ["region", "key"], [(2015, 2016), (2011, 2016)])
    # The expected rates are written to six decimals.
    pd.testing.assert_frame_equal(table, expected, check_dtype=False, rtol=0, atol=5e-7)


def test_no_pairs_give_an_empty_table_with_its_columns(read) -> None:
    empty = growth_table(read("region year annual_avg_emplvl\na 2016 1"), ["region"], [])
    for table in (empty, growth_table(pd.DataFrame(), ["region"], [])):
        assert len(table) == 0
        assert table.columns[[0, -1]].tolist() == ["region", "emplvl_cagr"]


def test_growth_backwards_is_refused(read) -> None:
    with pytest.raises(MeasureError, match="2016 to 2015 does not run forwards"):
        growth_table(read("region year annual_avg_emplvl\na 2016 1"), ["region"], [(2016, 2015)])
