"""One table of all ways, and which rows each is given."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lmi.errors import StoreError
from lmi.store import Store
from lmi.suppression.evaluation import compare_period
from lmi.suppression.evaluation.compare import COLUMNS, newest_with_a_next
from lmi.suppression.period import Period
from tests.builders import FAMILY, qcew, take_in, withheld, write

BASELINES = ["zero-fill", "equal split", "establishment share", "top-down raking"]
# 23 and 62 of both counties are withheld in a first quarter and disclosed in the second.
LATER = f"""
    {FAMILY.strip()}
    08003 0 10 30 270 9
    08003 5 10 30 270 9
    08003 5 23 10  80 9
    08003 5 62 10 120 9
    08003 5 72 10  70 9
"""
FIRST = withheld(LATER, "08001 5 23", "08001 5 62", "08003 5 23", "08003 5 62")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    held = Store(tmp_path / "store")
    for qtr, cells in (("1", FIRST), ("2", LATER), ("3", LATER)):
        take_in(held, write(tmp_path / f"q{qtr}.csv", qcew(cells, qtr=qtr)))
    return held


def test_every_way_is_scored_on_the_same_cells(store):
    scores = compare_period(store, "08", Period(2016, "1"), ["flip"])
    assert tuple(scores.columns) == COLUMNS
    assert scores["method"].drop_duplicates().tolist() == [
        *BASELINES, "estimate, one period", "estimate, all periods", "estimate, next unseen",
    ]  # fmt: skip
    assert set(scores["cells"]) == {4}
    pooled = scores[scores["level"] == "all"].set_index("method")["wape"]
    assert pooled["zero-fill"] == 1
    # 250 and 200 jobs are left in the counties: halves are off by 5, 5, 20 and 20 of 450
    assert pooled["equal split"] == pytest.approx(50 / 450)
    assert pooled["establishment share"] == pytest.approx(50 / 450)


def test_the_estimator_is_given_history_as_each_way_allows(store):
    given = []

    def spy(rows, measure, estabs, history):
        told = None
        if history:
            quarters = history["quarterly"].groupby("qtr")["month3_emplvl"]
            told = {q: int(n) for q, n in quarters.count().items()}
        given.append(((measure, estabs), set(rows["qtr"]), told))
        return rows.assign(estimate=1.0, lo=0.0, hi=2.0)

    compare_period(store, "08", Period(2016, "1"), ["flip"], estimator=spy)
    jobs = ("month3_emplvl", "qtrly_estabs")
    assert given == [
        (jobs, {"1"}, None),
        (jobs, {"1"}, {"2": 15, "3": 15}),
        (jobs, {"1"}, {"3": 11}),  # the third quarter lacks the four cells
    ]


def test_masks_are_scored_on_years_too(store, tmp_path):
    take_in(store, write(tmp_path / "a.csv", qcew(FIRST, year=2015)))
    scores = compare_period(store, "08", Period(2015), ["mask"])
    assert set(scores["kind"]) == {"mask"}
    assert set(scores["period"]) == {"2015"}


def test_flips_of_a_year_are_refused(store):
    with pytest.raises(StoreError, match=r"name a quarter such as 2016Q1"):
        compare_period(store, "08", Period(2016), ["flip"])


def test_flips_without_a_next_quarter_are_refused(store):
    with pytest.raises(StoreError, match=r"2016Q4: it has 2016Q1, 2016Q2, 2016Q3"):
        compare_period(store, "08", Period(2016, "3"), ["flip"])


def test_unless_told_the_newest_quarter_with_a_next_one_is_tested(store, tmp_path):
    assert newest_with_a_next(store, "08") == Period(2016, "2")
    # two later quarters of a single county do not displace it
    for qtr in "12":
        one = qcew("08001 0 10 30 330 9", year=2017, qtr=qtr)
        take_in(store, write(tmp_path / f"one{qtr}.csv", one))
    assert newest_with_a_next(store, "08") == Period(2016, "2")


def test_a_state_without_two_quarters_in_a_row_is_told_so(store):
    with pytest.raises(StoreError, match=r"no two quarters in a row of Ohio"):
        newest_with_a_next(store, "39")


def test_a_state_without_other_periods_is_scored_without_history(tmp_path):
    alone = Store(tmp_path / "alone")
    take_in(alone, write(tmp_path / "a.csv", qcew(FIRST, year=2015)))
    scores = compare_period(alone, "08", Period(2015), ["mask"])
    assert "estimate, all periods" not in set(scores["method"])
    assert isinstance(scores, pd.DataFrame)
