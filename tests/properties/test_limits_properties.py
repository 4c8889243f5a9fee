"""What holds for the limits of sums, whatever is withheld."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from lmi.suppression.bounds import hard_bounds
from lmi.suppression.cell_hierarchy import build_hierarchy, sum_parts
from lmi.suppression.completeness import add_remainders, establishment_gap, whole_states
from lmi.suppression.limits import Limits, SumLimits

# Private industries; the government ownership has a total only.
UP = {"10": None, "23": "10", "62": "10", "621": "62", "622": "62", "6211": "621", "6212": "621"}
LEVEL = {"10": "1", "23": "4", "62": "4", "621": "5", "622": "5", "6211": "6", "6212": "6"}
PRIVATE = ("23", "622", "6211", "6212")
COUNTIES = ("99001", "99003", "99999")
CELLS = [("0", "10"), ("3", "10"), *(("5", industry) for industry in UP)]
some = settings(max_examples=50)  # each draws a state and solves a few programmes
few = settings(max_examples=25)
# The solver meets its constraints to 1e-7; sums of a few dozen such errors stay below this.
TOLERANCE = 1e-5


def _above(own: str, industry: str | None) -> set[tuple[str, str]]:
    """A smallest cell and every cell of its area that it is part of."""
    found = {("0", "10"), (own, "10")}
    while industry:
        found.add((own, industry))
        industry = UP[industry]
    return found


SMALLEST = [_above("3", "10"), *(_above("5", leaf) for leaf in PRIVATE)]
HOLDS = np.array([[cell in above for above in SMALLEST] for cell in CELLS], dtype=float)


def _area(area: str, leaves: np.ndarray) -> pd.DataFrame:
    """Every cell of an area, added up from establishments and jobs of the smallest."""
    digit = "5" if area == "99000" else "7"
    estabs, truth = (HOLDS @ leaves).T
    return pd.DataFrame(
        {
            "area_fips": area,
            "own_code": [own for own, _ in CELLS],
            "industry_code": [industry for _, industry in CELLS],
            "agglvl_code": [digit + ("0" if own == "0" else LEVEL[code]) for own, code in CELLS],
            "estabs": estabs,
            "truth": truth,
        }
    )


@st.composite
def tables(draw: st.DrawFn, months: int = 1, absent: bool = False) -> pd.DataFrame:
    """A state of three counties: `truth` adds up, `published` is rounded and partly withheld."""
    size = st.tuples(st.integers(0, 4), st.integers(0, 900))  # establishments, jobs
    drawn = draw(st.lists(size, min_size=5 * len(COUNTIES), max_size=5 * len(COUNTIES)))
    leaves = np.array(drawn, dtype=float).reshape(len(COUNTIES), 5, 2)
    leaves[:, :, 1] *= leaves[:, :, 0] > 0  # nobody works where there is no establishment
    leaves[:, :, 1] /= months
    areas = [("99000", leaves.sum(axis=0)), *zip(COUNTIES, leaves, strict=True)]
    rows = pd.concat([_area(area, held) for area, held in areas], ignore_index=True)
    flags = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    rows["published"] = np.floor(rows["truth"] + 0.5).mask(draw(flags))
    if absent:
        gone = np.array(draw(flags)) & np.array(draw(flags))
        rows = rows[~gone].reset_index(drop=True)
    return rows


@st.composite
def sums_of(draw: st.DrawFn, rows: pd.DataFrame) -> sparse.csr_array:
    """A few sets of cells; they may contain one another."""
    flags = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    sets = draw(st.lists(flags, min_size=1, max_size=4))
    return sparse.csr_array(np.array(sets, dtype=float))


def limits_of(rows: pd.DataFrame, sums: sparse.csr_array, slack: float = 0.0) -> Limits:
    tree, estabs = build_hierarchy(rows), rows["estabs"].to_numpy(float)
    found = SumLimits(
        tree,
        rows["published"].to_numpy(float),
        whole_parent=~(establishment_gap(tree.parent, estabs, 0.0) > 0),
        whole_state=whole_states(tree, estabs, 0.0),
        slack=slack,
    )
    return found.of(sums)


def spelled_out(rows: pd.DataFrame, weights: np.ndarray, sign: int) -> float:
    """The same programme with every cell an unknown and every total an equation, by SciPy."""
    keys = rows[["area_fips", "own_code", "industry_code"]].itertuples(index=False, name=None)
    position = {key: i for i, key in enumerate(keys)}
    equations = []

    def adds_up(total: tuple, parts: list[tuple]) -> None:
        row = np.zeros(len(rows))
        row[position[total]] = -1
        row[[position[part] for part in parts]] = 1
        equations.append(row)

    for area in rows["area_fips"].unique():
        adds_up((area, "0", "10"), [(area, "3", "10"), (area, "5", "10")])
        for industry in set(UP.values()) - {None}:
            parts = [(area, "5", code) for code, above in UP.items() if above == industry]
            adds_up((area, "5", industry), parts)
    for own, industry in CELLS:
        adds_up(("99000", own, industry), [(county, own, industry) for county in COUNTIES])
    values = rows["published"]
    bounds = np.column_stack([values.fillna(0.0), values.fillna(np.inf)])
    nought = np.zeros(len(equations))
    solved = linprog(sign * weights, A_eq=np.array(equations), b_eq=nought, bounds=bounds)
    return np.inf if solved.status == 3 else sign * solved.fun  # 3: without limit


@some
@given(st.data())
def test_the_limits_are_those_of_the_programme_spelled_out(data):
    rows = data.draw(tables())
    sums = data.draw(sums_of(rows))
    found = limits_of(rows, sums)
    for group, weights in enumerate(sums.toarray()):
        np.testing.assert_allclose(found.min[group], spelled_out(rows, weights, 1), atol=TOLERANCE)
        np.testing.assert_allclose(found.max[group], spelled_out(rows, weights, -1), atol=TOLERANCE)
    assert found.relaxed.empty


@some
@given(st.data(), st.booleans())
def test_the_truth_lies_within_the_limits(data, absent):
    rows = data.draw(tables(absent=absent))
    sums = data.draw(sums_of(rows))
    found, truth = limits_of(rows, sums), sums @ rows["truth"].to_numpy()
    assert (found.min <= truth + TOLERANCE).all()
    assert (found.max >= truth - TOLERANCE).all()
    assert found.relaxed.empty


@some
@given(st.data(), st.booleans())
def test_the_truth_lies_within_the_limits_of_rounded_averages(data, absent):
    rows = data.draw(tables(months=12, absent=absent))
    sums = data.draw(sums_of(rows))
    found = limits_of(rows, sums, slack=0.5)
    truth = sums @ rows["published"].fillna(rows["truth"]).to_numpy()  # printed cells as printed
    assert (found.min <= truth + TOLERANCE).all()
    assert (found.max >= truth - TOLERANCE).all()
    assert found.relaxed.empty


@some
@given(st.data(), st.sampled_from([0.0, 0.5]))
def test_the_limits_are_never_wider_than_the_bounds_of_the_cells(data, slack):
    rows = data.draw(tables(months=12 if slack else 1, absent=True))
    sums = data.draw(sums_of(rows))
    found = limits_of(rows, sums, slack)
    published = rows["published"].to_numpy(float)
    tree, withheld = build_hierarchy(rows), np.isnan(published)
    lo, hi = hard_bounds(tree, published, slack)
    # A cell's bound stops at its published total as printed; a limit at that total unrounded, less
    # its published parts unrounded, each for itself.
    of_total = [
        np.append(sum_parts(above, (~withheld).astype(float)) + 1, 0.0)[above]
        for above in (tree.parent, tree.state)
    ]
    rounding = slack * (sums @ np.where(withheld, np.maximum(*of_total), 0.0))
    assert (found.min >= sums @ lo - TOLERANCE).all()
    # none of a cell without an upper bound is not infinity
    summed = [hi[weights > 0].sum() for weights in sums.toarray()]
    assert (found.max <= summed + rounding + TOLERANCE).all()


@few
@given(st.data())
def test_a_published_total_is_the_sum_of_its_parts(data):
    rows = data.draw(tables())
    rows["published"] = rows["published"].fillna(rows["truth"]).mask(rows["industry_code"] != "10")
    private = (rows["own_code"] == "5").to_numpy()
    for area in rows["area_fips"].unique():
        sectors = private & (rows["area_fips"] == area) & rows["industry_code"].isin(["23", "62"])
        found = limits_of(rows, sparse.csr_array(sectors.to_numpy(float)[None, :]))
        truth = rows.loc[sectors, "truth"].sum()
        np.testing.assert_allclose([found.min[0], found.max[0]], truth, atol=TOLERANCE)


@few
@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(data, random):
    rows = data.draw(tables(absent=True))
    sums = data.draw(sums_of(rows))
    order = list(rows.index)
    random.shuffle(order)
    straight = limits_of(rows, sums)
    shuffled = limits_of(rows.loc[order].reset_index(drop=True), sums[:, order])
    np.testing.assert_allclose(straight.min, shuffled.min, atol=TOLERANCE)
    np.testing.assert_allclose(straight.max, shuffled.max, atol=TOLERANCE)


@few
@given(st.data())
def test_remainder_rows_say_the_same_as_open_families(data):
    rows = data.draw(tables(absent=True))
    sums = data.draw(sums_of(rows))
    tree, estabs = build_hierarchy(rows), rows["estabs"].to_numpy(float)
    gap = establishment_gap(tree.parent, estabs, 0.0)
    longer, published, _ = add_remainders(tree, rows["published"].to_numpy(float), estabs, gap)
    n, m = len(rows), len(published)
    whole_state = np.append(whole_states(tree, estabs, 0.0), np.zeros(m - n, dtype=bool))
    wider = sparse.csr_array(sparse.hstack([sums, sparse.csr_array((sums.shape[0], m - n))]))
    searched = SumLimits(
        longer,
        published,
        whole_parent=np.ones(m, dtype=bool),
        whole_state=whole_state,
        slack=0.0,
    )
    found = searched.of(wider)
    expected = limits_of(rows, sums)
    np.testing.assert_allclose(found.min, expected.min, atol=TOLERANCE)
    np.testing.assert_allclose(found.max, expected.max, atol=TOLERANCE)


@some
@given(st.data())
def test_tables_that_do_not_add_up_still_have_limits(data):
    rows = data.draw(tables(absent=True))
    sums = data.draw(sums_of(rows))
    printed = list(np.flatnonzero(rows["published"].notna()))
    for row in data.draw(st.lists(st.sampled_from(printed), max_size=4)) if printed else []:
        rows.loc[row, "published"] = data.draw(st.integers(0, 3000))
    found = limits_of(rows, sums)
    assert (found.min >= sums @ rows["published"].fillna(0.0).to_numpy() - TOLERANCE).all()
    assert (found.max >= found.min).all()
    assert (found.relaxed["amount"] > 0).all()
    assert not found.relaxed.duplicated(["row", "over"]).any()
