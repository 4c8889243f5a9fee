"""Shares within an interval, and their draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.shares import Shares
from lmi.analysis.sums import EMPLVL
from lmi.measures.certainty import ends

K = 200


def some(*names: str) -> Shares:
    n = len(names)
    value, lo, hi = np.full(n, 0.02), np.full(n, 0.01), np.full(n, 0.06)
    return Shares(pd.DataFrame({"candidate": names}), value, lo, hi, K)


def test_the_interval_of_the_draws_is_all_of_the_interval_and_their_middle_the_value():
    shares, rows = some("care"), np.array([0])
    draws = shares.draws(EMPLVL, rows)
    lo, hi = ends(shares.estimates(EMPLVL, rows)[:, 0], draws)
    assert (lo, hi) == (pytest.approx([0.01]), pytest.approx([0.06]))
    assert (draws.min(), draws.max()) == pytest.approx((0.01, 0.06))
    assert np.median(draws) == pytest.approx(0.02, abs=2e-4)
    assert np.quantile(draws, 0.75) == pytest.approx(0.0422, abs=5e-4), "evenly between"


def test_a_share_draws_the_same_whatever_stands_beside_it():
    alone = some("care").draws(EMPLVL, np.array([0]))
    beside = some("it", "care").draws(EMPLVL, np.array([1]))
    assert (alone == beside).all()


def test_two_shares_draw_independently():
    one, other = some("it", "care").draws(EMPLVL, np.array([0, 1]))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.2


def test_what_is_not_there_is_missing_and_what_is_known_does_not_move():
    shares = some("care")
    assert np.isnan(shares.estimates(EMPLVL, np.array([-1]))).all()
    assert np.isnan(shares.draws(EMPLVL, np.array([-1]))).all()
    known = Shares(shares.table, shares.value, shares.value, shares.value, K)
    assert known.drawn_at.tolist() == [-1] and shares.drawn_at.tolist() == [0]
    assert (known.draws(EMPLVL, np.array([0])) == 0.02).all()
