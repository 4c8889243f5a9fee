"""One state and one period out of the store: what is read, estimated, refused and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.errors import CodeError, MeasureError, StoreError
from lmi.store import Store
from lmi.suppression.period import (
    COLUMNS,
    Period,
    estimate_period,
    measures_of,
    read_history,
    read_rows,
)
from tests.builders import is_one_sentence, qcew, take_in, write

# Private jobs of a county are known, its two sectors are withheld; a second file is the nation.
STATE = """
    08000 0 10 40 450 45000
    08000 5 10 30 300 30000
    08000 5 23 10 100 15000
    08000 5 62 20 200 15000
    08001 0 10 40 450 45000
    08001 3 10 10 150 15000
    08001 5 10 30 300 30000
    08001 5 23 10   0 0 N
    08001 5 62 20   0 0 N
"""
NATION = "US000 5 23 1000 9000 90000000\nUS000 5 62 1000 9000 90000000"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    held = Store(tmp_path / "store")
    files = {
        "q1": qcew(STATE, qtr="1"),
        "q2": qcew(STATE, qtr="2"),
        "a15": qcew(STATE, year=2015),
        "us": qcew(NATION, qtr="1"),
        "oh": qcew(STATE.replace("08", "39"), qtr="1"),
    }
    take_in(held, *(write(tmp_path / f"{name}.csv", text) for name, text in files.items()))
    return held


def names(rows):
    return set(rows["area_fips"] + " " + rows["own_code"] + " " + rows["industry_code"])


def test_every_cell_of_the_state_once_with_what_it_rests_on(store):
    found = estimate_period(store, "08", Period(2016, "1"))
    filled = found.cells
    assert tuple(filled.columns) == COLUMNS
    assert len(filled) == 9
    by_name = filled.set_index(["area_fips", "own_code", "industry_code"])
    cell = by_name.loc[("08001", "5", "62")]
    assert cell["estabs"] == 20
    assert cell[["published"]].isna().all()
    # the only county of the state, whose cell is published
    assert cell["estimate"] == pytest.approx(200)
    assert by_name.loc[("08001", "3", "10"), ["published", "estimate", "lo", "hi"]].tolist() == [
        150, 150, 150, 150,
    ]  # fmt: skip
    assert found.notes == ()


def test_an_ownership_alone(store):
    filled = estimate_period(store, "08", Period(2016, "1"), own_codes=["3"]).cells
    assert names(filled) == {"08001 3 10"}


def test_wages_are_in_proportion_to_jobs(store):
    filled = estimate_period(store, "08", Period(2016, "1"), "total_qtrly_wages").cells
    at = filled.set_index(["area_fips", "industry_code"])["estimate"]
    assert at.loc[("08001", "23")].item() == pytest.approx(15000)
    assert at.loc[("08001", "62")].item() == pytest.approx(15000)


def test_establishments_are_published_everywhere(store):
    filled = estimate_period(store, "08", Period(2016, "1"), "qtrly_estabs").cells
    assert (filled["estimate"] == filled["estabs"]).all()


def test_a_year(store):
    filled = estimate_period(store, "08", Period(2015)).cells
    assert filled["estimate"].sum() > 0
    assert filled["published"].isna().sum() == 2


def test_rows_are_those_of_the_state_and_its_nation(store):
    assert {n[:2] for n in names(read_rows(store, "08", Period(2016, "1")))} == {"08", "US"}


def test_history_is_every_other_period(store):
    history = read_history(store, "08", Period(2016, "1"))
    held = {name: set(zip(t["year"], t["qtr"], strict=True)) for name, t in history.items()}
    assert held == {"quarterly": {(2016, "2")}, "annual": {(2015, "A")}}
    # levels, and changes over the year with what withholds them
    assert {"month1_emplvl", "oty_month3_emplvl_chg", "oty_disclosure_code"} <= set(
        history["quarterly"].columns
    )
    history = read_history(store, "08", Period(2015))
    assert set(history["quarterly"]["qtr"]) == {"1", "2"}
    assert "annual" not in history


def test_only_what_adds_up_can_be_estimated():
    assert measures_of("quarterly") == (
        "qtrly_estabs", "month1_emplvl", "month2_emplvl", "month3_emplvl", "total_qtrly_wages",
        "taxable_qtrly_wages", "qtrly_contributions",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (("08", Period(2016, "1"), "avg_wkly_wage"), MeasureError, "month3_emplvl"),
        (("08", Period(2016, "1"), "lq_month3_emplvl"), MeasureError, "month3_emplvl"),
        (("08", Period(2016, "1"), "annual_avg_emplvl"), MeasureError, "2016Q1"),
        (("08", Period(2015), "month3_emplvl"), MeasureError, "annual_avg_emplvl"),
        (("08", Period(2016, "1"), None, ["9"]), MeasureError, "0, 1, 2, 3, 5"),
        (("08", Period(2016, "4")), StoreError, "it has 2016Q1, 2016Q2"),
        (("06", Period(2016, "1")), StoreError, "no quarterly rows of it"),
        (("8", Period(2016, "1")), CodeError, "two digits"),
        (("US", Period(2016, "1")), CodeError, "two digits"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(store, asked, error, says):
    with pytest.raises(error) as refused:
        estimate_period(store, *asked)
    assert says in str(refused.value)
    assert is_one_sentence(str(refused.value))


def test_a_measure_that_no_file_held_is_refused(store, tmp_path):
    trimmed = qcew(STATE.replace("08", "41"), qtr="1", layout="trimmed")
    take_in(store, write(tmp_path / "trimmed.csv", trimmed))
    with pytest.raises(StoreError, match=r"no taxable_qtrly_wages of Oregon for 2016Q1"):
        estimate_period(store, "41", Period(2016, "1"), "taxable_qtrly_wages")


def test_what_is_lacking_is_said_and_the_rest_estimated(store, tmp_path):
    county = "\n".join(line for line in STATE.splitlines() if "08001" in line)
    alone = Store(tmp_path / "alone")
    take_in(alone, write(tmp_path / "c.csv", qcew(county, qtr="1")))
    filled = estimate_period(alone, "08", Period(2016, "1"))
    withheld = filled.cells[filled.cells["published"].isna()]
    assert withheld["estimate"].sum() == pytest.approx(300)
    lacks = " ".join(filled.notes)
    assert "08000" in lacks
    assert "national" in lacks
    assert "No other period of Colorado" in lacks
    without = estimate_period(alone, "08", Period(2016, "1"), with_history=False)
    assert "other period" not in " ".join(without.notes)


def test_contradictions_are_those_of_the_state_and_a_few_are_named(tmp_path):
    counties = [f"080{n:02d}" for n in range(1, 15, 2)]
    wrong = [f"{c} 5 10 9 100 900\n{c} 5 11 5 130 900\n{c} 5 62 4 0 0 N" for c in counties]
    nation = "US000 5 10 9 100 900\nUS000 5 11 5 130 900\nUS000 5 62 4 0 0 N"
    held = Store(tmp_path / "store")
    files = {"co": qcew("\n".join(wrong), qtr="1"), "us": qcew(nation, qtr="1")}
    take_in(held, *(write(tmp_path / f"{name}.csv", text) for name, text in files.items()))
    notes = estimate_period(held, "08", Period(2016, "1")).notes
    [note] = [n for n in notes if "contradict" in n]
    assert note == (
        "Published totals that contradict their parts: 7 "
        "(08001/5/10, 08003/5/10, 08005/5/10, 08007/5/10, 08009/5/10, …)."
    )
