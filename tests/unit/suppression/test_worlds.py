"""Where a cell is one employer, the number of its establishments says little of its jobs."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.cell_hierarchy import build_hierarchy
from lmi.suppression.estimate import estimate
from lmi.suppression.reference import reference_ratios
from lmi.suppression.worlds import WORLDS, worlds_of

THEN = "99001 {own} 10 29 980\n99001 {own} 61 7 480\n99001 {own} 62 22 500"
NOW = "99001 {own} 10 {total} 980\n99001 {own} 61 7 .\n99001 {own} 62 {estabs} ."


@pytest.fixture
def hospital(cells, key):
    """Fill a year in which two cells are withheld, of which a year later tells."""

    def filled(own: str, estabs: int):
        then = cells(THEN.format(own=own)).assign(year=2017)
        now = cells(NOW.format(own=own, estabs=estabs, total=7 + estabs))
        return key(estimate(now, history={"annual": then}).cells).loc[f"99001 {own} 62"]

    return filled


def width(cell) -> float:
    return cell["hi"] - cell["lo"]


def test_a_jump_of_establishments_moves_no_jobs_while_the_total_stands_still(hospital):
    # 3 establishments, 22 a year later: at an even size 62 would have held 68 jobs
    assert hospital("2", 3)["estimate"] == pytest.approx(500, rel=0.05)


def test_among_private_employers_growth_counts_as_far_as_the_total_bears_it_out(hospital):
    # by its establishments alone, as far as they predict, 500 × (3.5 / 22.5)^.39 = 242
    assert 300 < hospital("5", 3)["estimate"] < hospital("2", 3)["estimate"]


@pytest.mark.parametrize("own", ["2", "5"])
def test_a_jump_is_uncertainty(hospital, own):
    assert width(hospital(own, 3)) > 1.3 * width(hospital(own, 22))


def ratio(rows, name: str, own: str) -> float:
    given = (rows[c].to_numpy(float) for c in ("annual_avg_emplvl", "annual_avg_estabs"))
    found = reference_ratios(build_hierarchy(rows), *given, worlds_of(rows))
    at = (
        (rows["area_fips"] == "99001") & (rows["own_code"] == own) & (rows["industry_code"] == name)
    )
    return float(found[at.to_numpy()][0])


OTHERS = """
99001 {own} 10  10 1000
99001 {own} 62   6    .
99001 {own} 622  2    .
99003 {own} 62   4   40
99003 {other} 622  4 800
"""


def test_a_government_goes_by_other_owners_and_by_its_own_total(cells):
    # private hospitals hold 200 jobs each, what the government has in the county 100 each; clinics
    # of the government elsewhere hold 10
    rows = cells(OTHERS.format(own="2", other="5"))
    assert ratio(rows, "622", "2") == pytest.approx(np.sqrt(200 * 100))
    assert ratio(rows, "62", "2") == pytest.approx(np.sqrt(10 * 100))


def test_private_employers_do_not(cells):
    rows = cells(OTHERS.format(own="5", other="2"))
    assert ratio(rows, "622", "5") == ratio(rows, "62", "5") == 10


def test_sizes_say_less_of_one_employer_than_of_many(cells, key):
    # one county, nothing to learn from: 20 jobs an establishment in the nation
    text = "ZZ000 {own} 62 1000 20000\n99001 {own} 62 3 ."
    found = {
        own: key(estimate(cells(text.format(own=own))).cells).loc[f"99001 {own} 62"]
        for own in ("2", "3", "5")
    }
    assert width(found["2"]) > width(found["3"]) > width(found["5"])


def test_every_row_has_a_world(cells):
    rows = cells(
        "99001 0 10 9 90\n99001 5 62 1 9\n99001 5 6113 1 9\n99001 3 622 1 9\n99001 2 92 1 9"
    )
    assert worlds_of(rows).tolist() == [WORLDS[0], *WORLDS]
