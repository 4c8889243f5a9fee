"""What holds for every state, whatever is withheld in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.suppression import estimate

TREE = {"10": None, "23": "10", "62": "10", "621": "62", "622": "62", "6211": "621", "6212": "621"}
LEAVES = ("23", "622", "6211", "6212")
LEVEL = {"10": "1", "23": "4", "62": "4", "621": "5", "622": "5", "6211": "6", "6212": "6"}
COUNTIES = ("99001", "99003", "99999")
few = settings(max_examples=25)  # each builds and fills a whole state
CELL = st.tuples(st.integers(0, 4), st.integers(0, 900))  # establishments, jobs


def total_of(leaves: pd.DataFrame, area: str, parts: tuple[str, ...]) -> pd.DataFrame:
    """Every industry of an area, added up from its leaves."""
    held = (
        leaves[leaves["area_fips"].isin(parts)].groupby("industry_code")[["estabs", "jobs"]].sum()
    )
    rows = []
    for industry in TREE:
        below = [leaf for leaf in LEAVES if industry in _above(leaf)]
        rows.append((area, industry, *held.loc[below].sum()))
    return pd.DataFrame(rows, columns=["area_fips", "industry_code", "estabs", "jobs"])


def _above(code: str) -> set[str]:
    above = set()
    while code:
        above.add(code)
        code = TREE[code]
    return above


@st.composite
def states(draw: st.DrawFn, statewide: bool = True) -> pd.DataFrame:
    """A state of three counties that adds up, with some cells withheld; `truth` knows them."""
    leaves = pd.DataFrame(
        [(area, leaf, *draw(CELL)) for area in COUNTIES for leaf in LEAVES],
        columns=["area_fips", "industry_code", "estabs", "jobs"],
    )
    leaves.loc[leaves["estabs"] == 0, "jobs"] = 0  # nobody works where there is no establishment
    parts = [total_of(leaves, area, (area,)) for area in COUNTIES]
    if statewide:
        parts.append(total_of(leaves, "99000", COUNTIES))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.rename(columns={"estabs": "qtrly_estabs", "jobs": "truth"}).assign(own_code="5")
    digit = np.where(rows["area_fips"] == "99000", "5", "7")
    rows["agglvl_code"] = digit + rows["industry_code"].map(LEVEL).to_numpy()
    withheld = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    return rows.assign(month3_emplvl=rows["truth"].astype(float).mask(withheld))


def filled(rows: pd.DataFrame) -> pd.DataFrame:
    return estimate(rows, "month3_emplvl", "qtrly_estabs").assign(truth=rows["truth"])


@few
@given(states())
def test_children_add_up_to_their_parents(rows):
    result = filled(rows)
    if result["estimate"].isna().any():  # nothing published anywhere
        return
    value = result.set_index(["area_fips", "industry_code"])["estimate"]
    for area in rows["area_fips"].unique():
        for industry in ("10", "62", "621"):
            children = [code for code, parent in TREE.items() if parent == industry]
            total = sum(value[area, child] for child in children)
            # floating error only: sums of a few numbers below 10,000
            assert abs(total - value[area, industry]) < 1e-6


@few
@given(states())
def test_published_cells_are_untouched(rows):
    result = filled(rows)
    published = rows["month3_emplvl"].notna()
    assert (result.loc[published, "estimate"] == rows.loc[published, "month3_emplvl"]).all()
    assert (result.loc[published, "source"] == "published").all()
    assert not (result.loc[~published, "source"] == "published").any()


@few
@given(states())
def test_estimates_lie_within_bounds_and_are_never_negative(rows):
    result = filled(rows).dropna(subset="estimate")
    assert (result["lo"] >= 0).all()
    assert (result["estimate"] >= result["lo"]).all()
    assert (result["estimate"] <= result["hi"]).all()


@few
@given(states(), states(statewide=False))
def test_the_truth_lies_within_bounds(with_state, without_state):
    for rows in (with_state, without_state):
        result = filled(rows)
        assert (result["truth"] >= result["lo"] - 1e-6).all()
        assert (result["truth"] <= result["hi"] + 1e-6).all()


@few
@given(states(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    order = list(rows.index)
    random.shuffle(order)
    straight, shuffled = filled(rows), filled(rows.loc[order]).loc[rows.index]
    # summation in another order moves the last digits of a fit of two hundred rounds
    np.testing.assert_allclose(straight["estimate"], shuffled["estimate"], rtol=1e-6, atol=1e-6)
    assert (straight["source"] == shuffled["source"]).all()
    np.testing.assert_allclose(straight["hi"], shuffled["hi"])


@few
@given(states())
def test_counties_meet_the_state_where_only_the_lowest_level_is_withheld(rows):
    rows = rows.assign(month3_emplvl=rows["truth"].astype(float))
    county = rows["area_fips"] != "99000"
    rows.loc[county & rows["industry_code"].isin(["6211", "6212"]), "month3_emplvl"] = np.nan
    value = filled(rows).set_index(["area_fips", "industry_code"])["estimate"]
    for industry in ("6211", "6212"):
        held = sum(value[area, industry] for area in COUNTIES)
        # two hundred rounds come within a percent even where a cell must shrink to nothing
        assert abs(held - value["99000", industry]) < 0.5 + 0.01 * held
