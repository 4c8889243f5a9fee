"""Hard bounds of single cells: what published numbers leave them, and what they force on them."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.bounds import hard_bounds
from lmi.suppression.cell_hierarchy import build_hierarchy
from lmi.suppression.problem import make_problem

FAMILY = """
    99001 5 10 16 100
    99001 5 11  4  40
    99001 5 23  4   .
    99001 5 62  4   .
    99001 5 81  4   .
    99001 5 811 4  25
"""


def bounds(rows, slack=0.0, whole=True, nation=False):
    known = rows["annual_avg_emplvl"].to_numpy(float)
    every = np.full(len(rows), whole)
    lo, hi = hard_bounds(build_hierarchy(rows), known, slack, every, every, nation)
    names = rows["area_fips"] + " " + rows["industry_code"]
    return dict(zip(names, zip(lo.tolist(), hi.tolist(), strict=True), strict=True))


def test_a_total_is_all_of_its_parts_and_leaves_the_rest_to_the_others(cells):
    found = bounds(cells(FAMILY))
    assert found["99001 81"] == (25, 25)
    assert found["99001 23"] == found["99001 62"] == (0, 35)


def test_of_a_family_that_may_lack_members_nothing_follows_but_limits(cells):
    found = bounds(cells(FAMILY), whole=False)
    assert found["99001 81"] == (25, 60)
    assert found["99001 23"] == (0, 35)


def test_the_only_unknown_is_what_is_left(cells):
    text = "99001 5 10 8 90\n99001 5 23 4 50\n99001 5 62 4 ."
    assert bounds(cells(text))["99001 62"] == (40, 40)
    # each of the two printed averages may be half a job off, and so its own, were it printed
    assert bounds(cells(text), slack=0.5)["99001 62"] == (38.5, 41.5)
    assert bounds(cells(text), whole=False)["99001 62"] == (0, 40)


def test_a_cell_holds_at_least_what_the_others_cannot(cells):
    # the unknown county has 5 at most, as its total says, so the other has at least 25
    found = bounds(
        cells("""
            99000 5 62 9 30
            99001 5 62 8  .
            99999 5 10 2  5
            99999 5 23 1  .
            99999 5 62 1  .
        """)
    )
    assert found["99001 62"] == (25, 30)
    assert found["99999 62"] == (0, 5)


def test_what_is_forced_on_a_cell_is_forced_on_what_it_is_made_of(cells):
    # all 60 that agriculture leaves are health care, all of health care is hospitals
    found = bounds(
        cells("""
            99001 5 10  9 100
            99001 5 11  4  40
            99001 5 62  5   .
            99001 5 622 5   .
        """)
    )
    assert found["99001 622"] == (60, 60)


def test_members_that_are_absent_take_part(cells):
    # of 10 establishments 6 are in the family: the rest may hold all 50
    rows = cells("99001 5 10 10 90\n99001 5 11 4 40\n99001 5 62 2 .")
    problem = make_problem(rows, "annual_avg_emplvl", "annual_avg_estabs")
    assert problem.lo[2] == 0
    assert not problem.fixed.any()


NATION = """
    ZZ000 5 62 50  70
    ZZ000 5 23 90 900
    99000 5 10 99 500
    99000 5 62  9   .
    99000 5 81 90   .
"""


def test_a_state_has_no_more_than_its_nation(cells):
    assert bounds(cells(NATION), nation=True)["99000 62"] == (0, 70)
    assert bounds(cells(NATION), nation=True)["99000 81"] == (430, 500)
    assert bounds(cells(NATION))["99000 62"] == (0, 500)
    assert bounds(cells(NATION), slack=0.5, nation=True)["99000 62"] == (0, 70)


@pytest.mark.parametrize(
    ("more", "limit"),
    [
        ("", 70),
        ("ZZ000 5 10 140 970", 70),
        # all of the nation's industries have more than the nation
        ("ZZ000 5 10 140 950", 500),
        # they have less, though none is missing
        ("ZZ000 5 10 140 990", 500),
        # a state has more than the nation
        ("ZZ000 5 11 9 20\n99000 5 11 9 30", 470),
    ],
)
def test_a_nation_that_contradicts_itself_or_a_state_limits_nothing(cells, more, limit):
    problem = make_problem(cells(NATION + more), "annual_avg_emplvl", "annual_avg_estabs")
    # rounding of two averages, and of the cell's own
    assert problem.hi[3] == pytest.approx(limit, abs=1.5)
