"""No sentence says more than its interval: what is claimed of an order, the draws bear out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lmi.words import Row
from lmi.words.claims import in_order, may_be_first, side

N_DRAWS = 400
MOST_CONTRADICTED = 0.1
ROOM = 0.05  # of a share of 400 draws, three of its standard errors

spreads = st.lists(
    st.tuples(st.floats(-1_000, 1_000), st.floats(0, 500), st.sampled_from(["normal", "uniform"])),
    min_size=1,
    max_size=8,
)


def drawn(spread: list[tuple[float, float, str]]) -> tuple[list[Row], np.ndarray]:
    """Rows with the interval of their draws, and the draws, a column each."""
    chance = np.random.default_rng(1)
    columns = [
        chance.normal(centre, width, N_DRAWS)
        if kind == "normal"
        else chance.uniform(centre - width, centre + width, N_DRAWS)
        for centre, width, kind in spread
    ]
    draws = np.column_stack(columns)
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    rows: list[Row] = [
        {"n": n, "jobs": float(np.median(draws[:, n])), "jobs_lo": low[n], "jobs_hi": high[n]}
        for n in range(len(spread))
    ]
    return rows, draws


@given(spreads)
def test_whoever_is_said_to_be_first_is_seldom_not(spread):
    rows, draws = drawn(spread)
    for lowest in (False, True):
        named = {row["n"] for row in may_be_first(rows, "jobs", lowest=lowest)}
        first = draws.argmin(axis=1) if lowest else draws.argmax(axis=1)
        assert named
        if len(named) == 1:
            assert np.mean(~np.isin(first, sorted(named))) <= MOST_CONTRADICTED + ROOM


@given(spreads)
def test_whoever_may_be_first_is_never_left_out_where_it_often_is(spread):
    rows, draws = drawn(spread)
    named = {row["n"] for row in may_be_first(rows, "jobs")}
    share = np.bincount(draws.argmax(axis=1), minlength=len(rows)) / N_DRAWS
    assert all(n in named for n in np.flatnonzero(share > MOST_CONTRADICTED + ROOM))


@given(spreads)
def test_an_order_is_borne_out_pair_by_pair(spread):
    rows, draws = drawn(spread)
    groups = in_order(rows, "jobs", 3)
    assert all(len(group) == 1 for group in groups[:-1])
    told = [group[0]["n"] for group in groups if len(group) == 1]
    for before, after in pairwise(told):
        assert np.mean(draws[:, after] > draws[:, before]) <= MOST_CONTRADICTED
    assert sum(map(len, groups)) <= len(rows)


@given(spreads, st.floats(-1_000, 1_000))
def test_a_sign_or_a_crossing_is_borne_out(spread, line):
    rows, draws = drawn(spread)
    for row in rows:
        column = draws[:, row["n"]]
        if side(row, "jobs", line) == 1:
            assert np.mean(column <= line) <= MOST_CONTRADICTED
        if side(row, "jobs", line) == -1:
            assert np.mean(column > line) <= MOST_CONTRADICTED


def test_what_is_known_is_told_as_known():
    rows: list[Row] = [{"jobs": 3.0}, {"jobs": 2.0}, {"jobs": 1.0}]
    assert [[row["jobs"] for row in group] for group in in_order(rows, "jobs", 2)] == [[3.0], [2.0]]
    tied: list[Row] = [{"jobs": 3.0}, {"jobs": 3.0}]
    assert len(may_be_first(tied, "jobs")) == 2, "a tie has no first"
