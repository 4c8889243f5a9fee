"""How sure a measure is: intervals out of draws, and measures that say so instead of a number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.measures.certainty import add_flags, ends, is_vague_growth, is_vague_level, suffixed
from lmi.measures.pay import avg_annual_pay

RANDOM = np.random.default_rng(7)


def test_the_interval_is_that_of_the_draws() -> None:
    draws = RANDOM.normal(1000, 100, (5, 200))
    low, high = ends(np.full(5, 1000.0), draws)
    expected = np.quantile(draws, [0.05, 0.95], axis=1)
    # Two ways of interpolating between the same two draws.
    assert low == pytest.approx(expected[0], rel=1e-12)
    assert high == pytest.approx(expected[1], rel=1e-12)


def test_an_estimate_is_never_outside_its_own_interval() -> None:
    assert ends([12.0], [[1.0, 2.0, 3.0]]) == (pytest.approx(1.1), 12.0)


def test_pay_that_most_draws_know_has_an_interval_and_else_none() -> None:
    jobs = np.full((2, 40), 10.0)
    jobs[0, 0], jobs[1, :10] = 0.0, 0.0
    pay = avg_annual_pay(np.full((2, 40), 500_000.0), jobs)
    low, high = ends([50_000, 50_000], pay)
    assert (low[0], high[0]) == (50_000, 50_000)
    assert np.isnan([low[1], high[1]]).all()


def test_what_is_missing_has_no_interval() -> None:
    assert np.isnan(ends([np.nan], [[1.0, 2.0]])).all()


@pytest.mark.parametrize(
    ("lo", "hi", "vague"),
    [(1050, 1400, False), (100, 300, False), (100, 301, True), (0, 0, False), (0, 5, True)],
)
def test_a_level_that_may_be_three_times_as_much_is_vague(lo, hi, vague) -> None:
    assert is_vague_level(lo, hi) == vague


@pytest.mark.parametrize(
    ("lo", "hi", "vague"),
    [
        (2, 9, False),
        (-9, 60, False),  # it may have lost a little, and may have gained much
        (-60, 9, False),
        (-11, 11, True),  # lost or gained, no one can say
        (10, 111, True),  # gained, but how much?
    ],
)
def test_growth_that_may_be_loss_or_gain_is_vague(lo, hi, vague) -> None:
    assert is_vague_growth(lo, hi) == vague


def test_flags_stand_beside_the_interval_they_judge() -> None:
    table = pd.DataFrame(
        {
            "candidate": ["it", "care", "space"],
            "emplvl_chg": [5.0, 5.0, np.nan],
            "emplvl_chg_lo": [4.0, -20.0, np.nan],
            "emplvl_chg_hi": [6.0, 30.0, np.nan],
            "emplvl_pct_chg": [5.0, 5.0, np.nan],
            "emplvl_pct_chg_lo": [4.0, -20.0, np.nan],
            "emplvl_pct_chg_hi": [6.0, 30.0, np.nan],
            "avg_annual_pay": [50_000.0, 50_000.0, np.nan],
            "avg_annual_pay_lo": [48_000.0, np.nan, np.nan],
            "avg_annual_pay_hi": [52_000.0, np.nan, np.nan],
        }
    )
    flagged = add_flags(table)
    assert flagged.columns[4] == "emplvl_chg_is_vague"
    assert flagged["emplvl_chg_is_vague"].tolist() == [False, True, False]
    assert flagged["emplvl_pct_chg_is_vague"].tolist() == [False, True, False]
    assert flagged["avg_annual_pay_is_vague"].tolist() == [False, True, False], "no interval"
    pd.testing.assert_frame_equal(flagged[table.columns], table)


def test_the_local_share_is_held_against_the_earlier_jobs() -> None:
    effects = {"competitive_share": [10.0] * 2}
    effects |= {"competitive_share_lo": [-20.0] * 2, "competitive_share_hi": [40.0] * 2}
    flagged = add_flags(pd.DataFrame(effects), base=[100.0, 1000.0])
    assert flagged["competitive_share_is_vague"].tolist() == [True, False]


def test_a_suffix_goes_before_the_end() -> None:
    assert suffixed("industry_mix_hi", "_state") == "industry_mix_state_hi"


def test_an_end_on_the_line_is_not_beyond_it_however_it_was_rounded():
    thirds = np.array([0.30925030763570455, 0.3092503076357046, 0.8695652173913044])
    three = np.array([0.9277509229071137, 0.9277509229071139, 2.6086956521739135])
    assert not is_vague_level(thirds, three).any()
    assert is_vague_level(thirds, three + 1e-6).all()
    assert not is_vague_growth([-10 - 1e-13, 5], [10 + 1e-13, 105 + 1e-13]).any()
