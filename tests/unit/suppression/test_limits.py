"""Hard limits of sums, on families that can be worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from lmi.config import load_state
from lmi.suppression.bounds import hard_bounds
from lmi.suppression.cell_hierarchy import build_hierarchy, in_scope
from lmi.suppression.completeness import establishment_gap, whole_states
from lmi.suppression.limits import Limits, SumLimits
from tests.agency_files import read_zip

# Two counties, three sectors; the margins are published, the inside is not.
STATE = """
# area own industry estabs jobs
99000 5 10 30 300
99000 5 23 12  90
99000 5 62  9 130
99000 5 72  9  80
99001 5 10 15 100
99001 5 23  6   .
99001 5 62  4   .
99001 5 72  5   .
99003 5 10 15 200
99003 5 23  6   .
99003 5 62  5   .
99003 5 72  4   .
"""


def limits(rows: pd.DataFrame, *groups: list[str], rounding: float = 0.0) -> Limits:
    """Limits of sums, each a list of cells written `area own industry`."""
    name = rows["area_fips"] + " " + rows["own_code"] + " " + rows["industry_code"]
    tree = build_hierarchy(rows)
    estabs = rows["annual_avg_estabs"].to_numpy(dtype=float)
    found = SumLimits(
        tree,
        rows["annual_avg_emplvl"].to_numpy(dtype=float),
        whole_parent=~(establishment_gap(tree.parent, estabs, 0.0) > 0),
        whole_state=whole_states(tree, estabs, 0.0),
        slack=rounding,
    )
    return found.of(sparse.csr_array(np.array([name.isin(group) for group in groups], dtype=float)))


def between(found: Limits) -> list[tuple[float, float]]:
    return list(zip(found.min.tolist(), found.max.tolist(), strict=True))


def test_a_cell_is_limited_by_its_county_and_by_the_state(cells):
    # Health has 130 jobs: the smaller county can hold at most its own 100, the larger one the 130;
    # what the smaller cannot take, 30, the larger must.
    found = limits(cells(STATE), ["99001 5 62"], ["99003 5 62"], ["99003 5 72"])
    assert between(found) == [(0, 100), (30, 130), (0, 80)]


def test_what_one_cell_gains_another_loses(cells):
    found = limits(
        cells(STATE),
        ["99001 5 23", "99001 5 62", "99001 5 72"],  # a whole county
        ["99001 5 62", "99003 5 62"],  # a whole sector
        ["99003 5 62", "99003 5 72"],  # 200 jobs less construction, which has 90
    )
    assert between(found) == [(100, 100), (130, 130), (110, 200)]


def test_a_sum_can_be_narrower_than_any_bound_of_its_cells(cells):
    # Of 210 jobs in health and tourism the smaller county's 100 can be all or, as construction
    # has only 90, no fewer than 10; each of the two cells by itself may be nought.
    rows = cells(STATE)
    lo, hi = hard_bounds(build_hierarchy(rows), rows["annual_avg_emplvl"].to_numpy(float), 0.0)
    at = [6, 7]
    assert (lo[at].sum(), hi[at].sum()) == (0, 180)
    assert between(limits(rows, ["99001 5 62", "99001 5 72"])) == [(10, 100)]


def test_published_cells_stand_as_they_are(cells):
    rows = cells("""
        99001 5 10 15 100
        99001 5 23  6  33
        99001 5 62  4   .
        99001 5 72  5   .
    """)
    found = limits(rows, ["99001 5 23"], ["99001 5 23", "99001 5 62"], [], rounding=0.5)
    # 100 and 33 are rounded: 66 to 68 jobs are left
    assert between(found) == [(33, 33), (33, 101), (0, 0)]


def test_ownerships_add_up_to_all_jobs(cells):
    found = limits(
        cells("""
            99001 0 10 20 100
            99001 3 10  2   .
            99001 5 10 18   .
            99001 5 23  9  30
            99001 5 62  9   .
        """),
        ["99001 3 10", "99001 5 62"],
        ["99001 5 10"],
    )
    assert between(found) == [(70, 70), (30, 100)]


def test_a_total_with_one_part_is_that_part(cells):
    rows = cells("""
        99001 5 62   9 80
        99001 5 621  5  .
        99001 5 6211 5  .
        99001 5 622  4  .
    """)
    found = limits(rows, ["99001 5 6211", "99001 5 622"], ["99001 5 621", "99001 5 6211"])
    assert between(found) == [(80, 80), (0, 160)]


def test_without_a_total_there_is_no_upper_limit(cells):
    found = limits(cells("99001 5 621 4 12\n99001 5 622 4 ."), ["99001 5 621", "99001 5 622"])
    assert between(found) == [(12, math.inf)]
    found = limits(cells("99001 5 62 8 .\n99001 5 621 4 12\n99001 5 622 4 ."), ["99001 5 62"])
    assert between(found) == [(12, math.inf)]


@pytest.mark.parametrize(("estabs", "least"), [(8, 60), (9, 0)])
def test_a_total_that_lacks_parts_is_only_an_upper_limit(cells, estabs, least):
    # Three establishments publish 40 jobs, five are withheld; the ninth is not in the data.
    rows = cells(f"99001 5 10 {estabs} 100\n99001 5 23 3 40\n99001 5 62 5 .")
    assert between(limits(rows, ["99001 5 62"])) == [(least, 60)]


def test_a_state_that_lacks_counties_is_only_an_upper_limit(cells):
    rows = cells(STATE)
    without = rows[rows["area_fips"] != "99003"].reset_index(drop=True)
    found = limits(without, ["99001 5 72"], ["99001 5 23", "99001 5 72"])
    # tourism 80 in the state; of the county's 100 jobs health can hold all
    assert between(found) == [(0, 80), (0, 100)]


def test_a_withheld_state_cell_is_the_sum_of_its_counties(cells):
    rows = cells(STATE)
    hidden = (rows["area_fips"] == "99000") & rows["industry_code"].isin(["62", "72"])
    rows.loc[hidden, "annual_avg_emplvl"] = np.nan
    found = limits(rows, ["99000 5 62"], ["99000 5 62", "99000 5 72"], ["99001 5 62"])
    assert between(found) == [(0, 210), (210, 210), (0, 100)]


def test_wages_of_a_nation_keep_their_last_dollar(cells):
    rows = cells("""
        ZZ000 5 10 9 7000000000003
        ZZ000 5 23 3 1000000000001
        ZZ000 5 62 3 .
        ZZ000 5 72 3 .
    """)
    found = limits(rows, ["ZZ000 5 62"], ["ZZ000 5 62", "ZZ000 5 72"])
    # the solver's tolerance for numbers of that size is below a dollar
    assert found.min == pytest.approx([0, 6_000_000_000_002], rel=0, abs=1)
    assert found.max == pytest.approx([6_000_000_000_002] * 2, rel=0, abs=1)


def test_parts_above_their_total_are_reported_and_the_rest_is_solved(cells):
    rows = cells("""
        99001 5 10 10 100
        99001 5 23  6 130
        99001 5 62  4   .
        99003 5 10 11 200
        99003 5 23  6 120
        99003 5 62  5   .
    """)
    found = limits(rows, ["99001 5 62"], ["99003 5 62"], ["99001 5 23", "99001 5 62"])
    assert between(found) == [(0, 0), (80, 80), (130, 130)]
    assert found.relaxed.to_dict("records") == [{"row": 0, "over": "industries", "amount": 30}]


def test_counties_above_the_state_are_reported(cells):
    rows = cells("""
        99000 5 62 9 100
        99001 5 62 4 130
        99003 5 62 5   .
    """)
    found = limits(rows, ["99003 5 62"])
    assert between(found) == [(0, 0)]
    assert found.relaxed.to_dict("records") == [{"row": 0, "over": "counties", "amount": 30}]


def test_a_contradiction_between_equal_cells_is_reported(cells):
    # One county holds the state's health care, so 62 and 621 are one number in both areas; yet
    # the state prints five jobs more in 62 than there are in 621.
    rows = cells("""
        99000 5 62  9  .
        99000 5 621 7  .
        99000 5 622 2  5
        99001 5 62  9  .
        99001 5 621 9  .
    """)
    tree = build_hierarchy(rows)
    whole = np.ones(len(rows), dtype=bool)
    limits_of = SumLimits(
        tree,
        rows["annual_avg_emplvl"].to_numpy(float),
        whole_parent=whole,
        whole_state=whole,
        slack=0.0,
    )
    found = limits_of.of(sparse.csr_array([[0.0, 0.0, 0.0, 1.0, 0.0]]))
    assert between(found) == [(0, math.inf)]
    assert found.relaxed.to_dict("records") == [{"row": 0, "over": "industries", "amount": 5}]


def test_tables_without_anything_withheld_or_without_sums(cells):
    full = cells("99001 5 10 8 20\n99001 5 23 4 12\n99001 5 62 4 8")
    assert between(limits(full, ["99001 5 23", "99001 5 62"])) == [(20, 20)]
    tree = build_hierarchy(full)
    whole = np.ones(3, dtype=bool)
    limits_of = SumLimits(
        tree,
        full["annual_avg_emplvl"].to_numpy(float),
        whole_parent=whole,
        whole_state=whole,
        slack=0.0,
    )
    none = limits_of.of(sparse.csr_array((0, 3)))
    assert between(none) == []
    assert none.relaxed.empty


def test_masked_cells_of_colorado_lie_within_the_limits_of_their_sums(shared_data: Path):
    """A fifth of the printed sectors and 3-digit industries withheld too, summed by region."""
    rows = read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip", quarters="1")
    rows = rows[in_scope(rows)].reset_index(drop=True)
    printed = rows["agglvl_code"].isin(["74", "75"]) & rows["month3_emplvl"].notna()
    masked = (printed & (np.random.default_rng(2016).random(len(rows)) < 0.2)).to_numpy()
    region_of = {
        county: region.key
        for region in load_state("colorado").regions
        for county in region.counties
    }
    cell = rows[masked].assign(region=rows["area_fips"].map(region_of)).dropna(subset="region")
    group = cell.groupby(["region", "agglvl_code"]).ngroup().to_numpy()
    sums = sparse.csr_array((np.ones(len(cell)), (group, cell.index)), (max(group) + 1, len(rows)))
    tree, estabs = build_hierarchy(rows), rows["qtrly_estabs"].to_numpy(float)
    known = rows["month3_emplvl"].mask(masked).to_numpy(float)
    limits_of = SumLimits(
        tree,
        known,
        whole_parent=~(establishment_gap(tree.parent, estabs, 0.0) > 0),
        whole_state=whole_states(tree, estabs, 0.0),
        slack=0.0,
    )
    found = limits_of.of(sums)
    truth = sums @ rows["month3_emplvl"].fillna(0).to_numpy(float)
    assert len(truth) == 28  # fourteen regions, two levels
    # months are whole numbers and the table adds up, so the limits are exact to the solver's 1e-6
    assert (found.min <= truth + 1e-5).all()
    assert (found.max >= truth - 1e-5).all()
    assert found.relaxed.empty
    # Whatever was asked before, to the last digit: the same inputs give the same report.
    for group in reversed(range(len(truth))):
        alone = limits_of.of(sums[[group]])
        assert (alone.min[0], alone.max[0]) == (found.min[group], found.max[group])
    lo, hi = hard_bounds(tree, known, 0.0)
    assert (found.min >= sums @ lo - 1e-5).all()
    assert (found.max <= sums @ hi + 1e-5).all()
    width, summed = found.max - found.min, sums @ (hi - lo)
    assert np.median(width / summed) < 0.25
