"""Flip cells, and what other quarters may tell of them."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.suppression.cell_hierarchy import KEY
from lmi.suppression.evaluation import flip_cells, leave_out


@pytest.fixture
def quarter(cells):
    """Read `area own industry estabs jobs` into a quarter; all three months hold the jobs."""

    def reader(text: str, year: int = 2016, qtr: str = "1") -> pd.DataFrame:
        rows = cells(text).assign(year=year, qtr=qtr)
        rows = rows.rename(columns={"annual_avg_estabs": "qtrly_estabs"})
        jobs = rows.pop("annual_avg_emplvl")
        return rows.assign(month1_emplvl=jobs, month2_emplvl=jobs, month3_emplvl=jobs)

    return reader


FIRST = """
99001 5 10  20 200
99001 5 1012 4   .
99001 5 23   4   .
99001 5 62   5   .
99001 5 72   5  60
99001 5 81   0   .
99001 3 92   2   .
99999 5 62   2   .
99000 5 23   9   .
"""
SECOND = """
99001 5 10  20 200
99001 5 1012 4  33
99001 5 23   4  33
99001 5 62   5   .
99001 5 72   5  61
99001 5 81   1   5
99001 3 92   2  12
99999 5 62   2   3
99000 5 23   9  40
"""


def test_flip_cells_are_private_cells_of_known_counties_that_appear(quarter):
    # Still withheld: 62. Disclosed all along: 72. Nobody there before: 81. Not an industry of
    # these levels: 1012. Local government, the unknown county and the state do not count.
    found = flip_cells(quarter(FIRST), quarter(SECOND, qtr="2"))
    assert found.to_numpy().tolist() == [["99001", "5", "23", "74", 4, 33]]


def test_the_truth_is_the_first_month_of_the_next_quarter(quarter):
    later = quarter(SECOND, qtr="2").assign(month1_emplvl=lambda t: t["month1_emplvl"] - 2)
    assert flip_cells(quarter(FIRST), later)["truth"].tolist() == [31]


COUNTY = "99001 5 10 20 200\n99001 5 23 4 33\n99001 5 62 5 50\n99001 5 72 5 117"


def jobs_of(rows: pd.DataFrame) -> dict[tuple[int, str, str], float]:
    known = rows[rows["month3_emplvl"].notna()]
    keys = zip(known["year"], known["qtr"], known["industry_code"], strict=True)
    return dict(zip(keys, known["month3_emplvl"], strict=True))


def test_the_quarter_of_the_truth_is_left_out_and_later_ones_do_not_tell(quarter):
    cells = pd.DataFrame([("99001", "5", "23")], columns=KEY)
    at = [(2015, "4"), (2016, "2"), (2016, "3"), (2017, "1")]
    history = pd.concat([quarter(COUNTY, *when) for when in at], ignore_index=True)
    left = jobs_of(leave_out({"quarterly": history}, cells, 2016, "2")["quarterly"])
    # earlier: all; the quarter itself: nothing; later: neither the cell nor its complement
    assert {industry for year, _, industry in left if year == 2015} == {"10", "23", "62", "72"}
    assert not [key for key in left if key[:2] == (2016, "2")]
    for later in ((2016, "3"), (2017, "1")):
        assert {key[2] for key in left if key[:2] == later} == {"10", "72"}


def test_an_average_that_holds_the_truth_does_not_tell_it(cells):
    wanted = pd.DataFrame([("99001", "5", "23")], columns=KEY)
    years = pd.concat([cells(COUNTY).assign(year=y) for y in (2015, 2016, 2017)], ignore_index=True)
    left = leave_out({"annual": years}, wanted, 2016, "2")["annual"]
    cell = left[left["industry_code"] == "23"].set_index("year")["annual_avg_emplvl"]
    assert cell.notna().to_dict() == {2015: True, 2016: False, 2017: False}


def test_what_is_given_is_not_changed(quarter):
    cells = pd.DataFrame([("99001", "5", "23")], columns=KEY)
    history = quarter(COUNTY, qtr="3")
    before = history.copy()
    leave_out({"quarterly": history}, cells, 2016, "2")
    pd.testing.assert_frame_equal(history, before)
