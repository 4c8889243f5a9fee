"""Growth between two years."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.growth import (
    change,
    compound_rate,
    growth,
    mix_growth,
    pct_change,
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


def test_several_sectors_over_a_span() -> None:
    found = growth([100, None], [150, 40], 5)
    expected = {
        "emplvl_chg": [50, np.nan],
        "emplvl_pct_chg": [50, np.nan],
        "emplvl_cagr": [8.447177, np.nan],  # written to six decimals
    }
    assert list(found) == list(expected)
    for name, values in expected.items():
        assert found[name] == pytest.approx(values, abs=5e-7, nan_ok=True)


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
