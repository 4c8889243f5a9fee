"""How wide intervals are, and what that is learned from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.suppression.estimate import estimate
from lmi.suppression.fill import fill
from lmi.suppression.spread import (
    DEFAULT,
    DEFAULT_OBSERVED,
    DEFAULT_UNOBSERVED,
    OF_LEVEL,
    WIDEST,
    Spread,
    _width,
    cell_spread,
    learn_spread,
)

MEASURE = ("month3_emplvl", "qtrly_estabs")
BLOCK = [(area, sector) for area in ("99001", "99003", "99000") for sector in ("23", "62")]


def test_a_small_table_teaches_nothing(cells):
    rows = cells("99001 5 10 8 90\n99001 5 23 4 .\n99001 5 62 4 .")
    found = learn_spread(rows, "annual_avg_emplvl", "annual_avg_estabs", None, None)
    assert (found.observed, found.unobserved) == (DEFAULT_OBSERVED, DEFAULT_UNOBSERVED)
    assert (found.n_observed, found.n_unobserved) == (0, 0)


def test_no_rows_teach_nothing(quarter):
    assert learn_spread(quarter().iloc[:0], *MEASURE, None, None) == DEFAULT


def test_what_was_learned_is_said(quarter):
    hidden = [(f"990{n:02d}", s) for n in range(1, 30, 2) for s in ("23", "62", "81")]
    result = estimate(quarter(withheld=hidden), *MEASURE)
    spread = result.spread
    assert isinstance(spread, Spread)
    assert spread.n_unobserved > 0 == spread.n_observed
    assert 0 < spread.unobserved <= WIDEST
    assert spread.observed == DEFAULT_OBSERVED  # nothing was seen in another period


def test_errors_larger_than_expected_widen_and_smaller_ones_narrow():
    small, large = (_width(pd.Series(np.full(200, r)), 2.0, 1.0) for r in (0.5, 4.0))
    assert small < 2.0 < large
    # two hundred cells count four times as much as the default
    assert large == pytest.approx((200 * 4.0 + 50 * 2.0) / 250)


def test_few_cells_leave_it_near_the_default():
    few, many = (_width(pd.Series(np.full(n, 4.0)), 2.0, 1.0) for n in (5, 500))
    assert 2.0 < few < 2.3 < 3.5 < many


def test_it_is_never_beyond_the_widest():
    assert _width(pd.Series(np.full(500, 1000.0)), 2.0, 1.0) == WIDEST


def test_without_cells_it_is_the_default():
    assert _width(pd.Series([], dtype="float64"), 2.0, 1.5) == 2.0


@pytest.fixture
def both(quarter):
    """Return the block filled without and with the quarters around."""
    history = {"quarterly": pd.concat([quarter(2015, "4"), quarter(2016, "2")])}
    rows = quarter(withheld=BLOCK)
    return fill(rows, *MEASURE), fill(rows, *MEASURE, None, history)


def test_each_cell_takes_the_width_of_its_kind(both):
    alone, seen = both
    spread = Spread(observed=3.0, unobserved=2.0)
    assert set(spread.of(alone)) == {2.0 * OF_LEVEL[4]}  # all are sectors
    counties = seen.problem.tree.is_county[seen.constraints.rows]
    assert set(spread.of(seen)[counties]) == {3.0}


def test_a_cell_seen_in_another_period_is_the_more_certain(both):
    alone, seen = (cell_spread(f, f.deviations(np.ones(len(f.noise)))) for f in both)
    assert (seen < alone).all()


def test_a_cell_that_published_numbers_pin_has_no_spread(cells):
    rows = cells("99001 5 10 8 . 90\n99001 5 23 4 . 50\n99001 5 62 4 . .")
    result = estimate(rows, "total_annual_wages").cells
    assert result.loc[2, ["estimate", "lo", "hi"]].tolist() == pytest.approx([40, 40, 40], rel=1e-4)
