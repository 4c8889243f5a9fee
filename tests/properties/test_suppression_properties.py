"""What holds for every state, whatever is withheld in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lmi.suppression.draws import Draws
from lmi.suppression.estimate import (
    EstimatedMeasure,
    Relaxed,
    estimate,
    estimate_employment_and_wages,
)
from lmi.suppression.noise import cell_noise

PARENT = {"10": "", "23": "10", "62": "10", "621": "62", "622": "62", "6211": "621", "6212": "621"}
LEVEL = {"10": "1", "23": "4", "62": "4", "621": "5", "622": "5", "6211": "6", "6212": "6"}
INDUSTRIES, LEAVES = tuple(PARENT), ("23", "622", "6211", "6212")
STATE, COUNTIES = "99000", ("99001", "99003", "99999")
N = (len(COUNTIES) + 1) * len(INDUSTRIES)
# Each example fills a whole state; a failing one is small enough not to be made smaller.
few = settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def _holds(industry: str, leaf: str) -> bool:
    while leaf:
        if leaf == industry:
            return True
        leaf = PARENT[leaf]
    return False


# Every industry, and every area with the state first, as sums of leaves and counties.
OF_LEAVES = np.array([[_holds(i, leaf) for leaf in LEAVES] for i in INDUSTRIES], dtype=float)
OF_COUNTIES = np.vstack([np.ones(len(COUNTIES)), np.eye(len(COUNTIES))])
# One table, made once; examples differ in their numbers alone.
KEYS = pd.DataFrame(
    [
        (area, "5", code, ("5" if area == STATE else "7") + LEVEL[code])
        for area in (STATE, *COUNTIES)
        for code in INDUSTRIES
    ],
    columns=["area_fips", "own_code", "industry_code", "agglvl_code"],
)


def totals(leaves: np.ndarray) -> np.ndarray:
    """Add up leaves, shape (counties, leaves), to all cells of the table, shape (N,)."""
    return (OF_COUNTIES @ leaves @ OF_LEAVES.T).ravel()


def children(rows: pd.DataFrame, values: np.ndarray) -> np.ndarray:
    """By how much each total's parts differ from it: over industries, then over counties."""
    table = values.reshape(len(COUNTIES) + 1, len(INDUSTRIES), -1)
    place = {code: i for i, code in enumerate(INDUSTRIES)}
    over = []
    for total in ("10", "62", "621"):
        parts = [place[code] for code, above in PARENT.items() if above == total]
        over.append(table[:, parts].sum(axis=1) - table[:, place[total]])
    return np.concatenate([*over, (table[1:].sum(axis=0) - table[0])])


shape = (len(COUNTIES), len(LEAVES))
estabs = arrays.arrays(np.int64, shape, elements=st.integers(0, 4))
jobs = arrays.arrays(np.int64, shape, elements=st.integers(0, 900))
hidden = arrays.arrays(np.bool_, N)


@st.composite
def states(draw: st.DrawFn) -> pd.DataFrame:
    """A state of three counties that adds up, with some cells withheld; `truth` knows them."""
    n_estabs = draw(estabs)
    held = np.where(n_estabs > 0, draw(jobs), 0)  # nobody works where there is no establishment
    truth = totals(held)
    return KEYS.assign(
        qtrly_estabs=totals(n_estabs),
        truth=truth,
        month3_emplvl=np.where(draw(hidden), np.nan, truth),
    )


def estimated(rows: pd.DataFrame) -> EstimatedMeasure:
    return estimate(rows, "month3_emplvl", "qtrly_estabs")


def filled(rows: pd.DataFrame) -> pd.DataFrame:
    return estimated(rows).cells


@few
@given(states())
def test_parts_add_up_to_every_total_published_or_estimated(rows):
    result = estimated(rows)
    value = result.cells["estimate"].to_numpy()
    if not np.isnan(value).any():  # else nothing is published anywhere
        # a millionth of the largest total
        assert np.abs(children(rows, value)).max() <= 1e-6 * max(value.max(), 1)
        assert result.relaxed == Relaxed(families=0, states=0, bounds=0)


@few
@given(states())
def test_published_cells_are_untouched_and_nothing_is_negative(rows):
    result = filled(rows)
    published = rows["month3_emplvl"].notna()
    assert (result.loc[published, "estimate"] == rows.loc[published, "month3_emplvl"]).all()
    assert (result["source"].eq("published") == published).all()
    ends = result.loc[published, ["lo", "hi", "min", "max"]]
    assert ends.eq(rows.loc[published, "month3_emplvl"], axis=0).all(axis=None)
    known = result.dropna(subset="estimate")
    assert (known[["lo", "estimate"]] >= 0).all(axis=None)
    assert (known["estimate"].between(known["lo"], known["hi"])).all()
    assert (known["estimate"].between(known["min"], known["max"])).all()


@few
@given(states(), st.booleans())
def test_the_truth_lies_within_the_hard_bounds(rows, statewide):
    rows = rows if statewide else rows[rows["area_fips"] != STATE]
    result = filled(rows)
    assert (rows["truth"] >= result["min"] - 1e-6).all()
    assert (rows["truth"] <= result["max"] + 1e-6).all()


@few
@given(states(), st.permutations(range(N)))
def test_the_order_of_rows_does_not_matter(rows, order):
    straight, shuffled = filled(rows), filled(rows.iloc[order])
    assert shuffled.index.tolist() == order
    shuffled = shuffled.loc[rows.index]
    # the solver stops at a hundred-millionth; another order of rows ends elsewhere within it
    for column in ("estimate", "lo", "hi", "min", "max"):
        np.testing.assert_allclose(straight[column], shuffled[column], rtol=1e-4, atol=1e-3)
    assert (straight["source"] == shuffled["source"]).all()


@few
@given(states(), hidden)
def test_years_add_up_within_rounding_and_their_draws_leave_sums_alone(rows, of_wages):
    averages = np.round(rows["truth"] * 1.01)  # parts are rounded each by itself
    wages = rows["truth"] * 40_000.0
    rows = rows.assign(
        year=2016,
        qtr="A",
        annual_avg_estabs=rows["qtrly_estabs"],
        annual_avg_emplvl=averages.where(rows["month3_emplvl"].notna()),
        total_annual_wages=wages.mask(of_wages),
    )
    result = estimate_employment_and_wages(rows)
    n_parts = 4  # at most so many rounded numbers of half a job each in one sum, and the total
    value = result.cells["annual_avg_emplvl"].to_numpy()
    if not np.isnan(value).any():
        assert np.abs(children(rows, value)).max() <= 0.5 * (n_parts + 1)
    value = result.cells["total_annual_wages"].to_numpy()
    if not np.isnan(value).any():
        assert np.abs(children(rows, value)).max() <= 1e-6 * max(value.max(), 1)
        deviation = np.zeros((N, result.wages.n_draws))
        deviation[result.wages.rows] = result.wages.deviation
        # draws are kept in steps of a 16-bit number: seven parts and their total, half a step
        # each; sums of cells that have no room are held to a ten-thousandth of the largest
        step = np.abs(deviation).max(initial=0) / 32_767
        assert np.abs(children(rows, deviation)).max() <= 8 * step + 1e-4 * max(value.max(), 1)


@st.composite
def memberships(draw: st.DrawFn):
    """Draws of some rows, and groups of rows."""
    n_rows, n_groups, k = draw(st.integers(1, 8)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    at = np.array(sorted(draw(st.sets(st.integers(0, n_rows - 1)))), dtype=np.int64)
    deviation = draw(
        arrays.arrays(np.float32, (len(at), k), elements=st.integers(-1000, 1000).map(float))
    )
    pairs = st.tuples(st.integers(0, n_groups - 1), st.integers(0, n_rows - 1))
    members = draw(st.lists(pairs, max_size=12))
    return Draws(at, deviation, n_rows), members, n_groups


@given(memberships())
def test_sums_of_draws_agree_with_adding_up_one_by_one(given_):
    draws, members, n_groups = given_
    group, row = np.array(members, dtype=np.int64).reshape(-1, 2).T
    expected = np.zeros((n_groups, draws.n_draws))
    for g, r in members:
        for place, at in enumerate(draws.rows):
            if at == r:
                expected[g] += draws.deviation[place]
    assert draws.sums(group, row, n_groups).tolist() == expected.tolist()


@given(st.permutations(range(N)), st.integers(1, N))
def test_a_cell_has_the_same_noise_whatever_else_is_in_the_table(order, n):
    some = order[:n]
    whole = cell_noise(KEYS, n_draws=5)
    assert (cell_noise(KEYS.iloc[some], n_draws=5) == whole[some]).all()


@few
@given(states(), arrays.arrays(np.int64, N, elements=st.integers(0, 50)))
def test_files_that_do_not_add_up_are_reported_and_filled_all_the_same(rows, noise):
    rows = rows.assign(month3_emplvl=rows["month3_emplvl"] * noise)
    result = estimated(rows)
    value = result.cells["estimate"].to_numpy()
    if np.isnan(value).any():
        return
    assert (value >= 0).all()
    published = rows["month3_emplvl"].notna()
    kept = result.cells.loc[published, "estimate"]
    assert (kept == rows.loc[published, "month3_emplvl"]).all()
    # sums with a withheld cell in them; the others are not the estimate's to meet
    to_meet = np.isnan(children(rows, rows["month3_emplvl"].to_numpy()))
    if (np.abs(children(rows, value))[to_meet] > 0.01).any():
        assert result.relaxed.families + result.relaxed.states > 0
        assert result.contradictions
