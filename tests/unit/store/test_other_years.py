"""A QCEW file beside the years before and after it: of another year or area than it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from lmi.store.file_result import FileResult
from lmi.store.ingest import ingest
from tests.builders import qcew, refusal, take_in, write

# The files of the builders say that each number is three fewer than the year before.
BEFORE = "08001 0 10 100 20000 900000000\n08003 0 10 50 5000 200000000\n08005 0 10 9 2000 90000000"
AFTER = BEFORE.replace(" 20000 ", " 19997 ").replace(" 5000 ", " 4997 ").replace(" 2000 ", " 1997 ")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    take_in(made, write(tmp_path / "2016.csv", qcew(BEFORE, 2016)))
    return made


def test_a_year_that_follows_from_its_changes_is_taken_in(store: Store, tmp_path: Path) -> None:
    [result] = take_in(store, write(tmp_path / "2017.csv", qcew(AFTER, 2017)))
    assert "jobs in all" not in result.message
    [again] = take_in(
        store, write(tmp_path / "revised.csv", qcew(AFTER.replace("997 ", "960 "), 2017))
    )
    assert "jobs in all" not in again.message, "a revision is no other year"


@pytest.mark.parametrize("year", [2015, 2017])
def test_a_file_under_another_year_is_refused(year: int, store: Store, tmp_path: Path) -> None:
    message = refusal(store, write(tmp_path / "a.csv", qcew(BEFORE, year)))
    first, later = min(year, 2016), max(year, 2016)
    assert (
        f"08001 {first} has 20,000 jobs in all, and {later} has the very same, with the same "
        "change over the year; so are 2 other totals, so one of the two files is of another year "
    ) in message


def test_a_file_under_another_area_is_refused(store: Store, tmp_path: Path) -> None:
    text = qcew("08003 0 10 100 19997 900000000", 2017)
    assert (
        "08003 2016 has 5,000 jobs in all, and the rows of 2017 and their changes over the year "
        "tell of 20,000, so one of the two"
    ) in refusal(store, write(tmp_path / "a.csv", text))


def test_one_total_of_several_is_remarked(store: Store, tmp_path: Path) -> None:
    text = qcew(AFTER.replace(" 1997 ", " 2997 "), 2017)
    [result] = take_in(store, write(tmp_path / "a.csv", text))
    assert "08005 2016 has 2,000 jobs in all, and the rows of 2017" in result.message


def test_a_quarter_under_another_quarter_or_area_is_refused(store: Store, tmp_path: Path) -> None:
    cells = "08001 0 10 100 20000 300000000"
    take_in(store, write(tmp_path / "q1.csv", qcew(cells, 2016, "1")))
    take_in(store, write(tmp_path / "again.csv", qcew(cells, 2016, "1") + "\n"))
    other = write(tmp_path / "q2.csv", qcew(cells, 2016, "2"))
    assert "08001 2016 Q2 and 08001 2016 Q1 have the very same 20,000 jobs" in refusal(store, other)
    area = write(tmp_path / "area.csv", qcew(cells.replace("08001", "08003"), 2016, "1"))
    assert "08003 2016 Q1 and 08001 2016 Q1 have the very same" in refusal(store, area)
    state = write(tmp_path / "state.csv", qcew(cells.replace("08001", "08000"), 2016, "1"))
    take_in(store, state)  # a state may be one county


HAWAII = (
    "15001 0 10 100 20000 900000000\n15003 0 10 50 50000 2000000000\n15007 0 10 9 3000 90000000\n"
    "15009 0 10 9 6000 180000000\n15999 0 10 9 1000 30000000"
)
WHOLE = "15000 0 10 177 {} 3200000000"


@pytest.mark.parametrize("qtr", ["A", "3"])
@pytest.mark.parametrize("order", [1, -1])
def test_counties_and_a_state_of_one_command_are_held_together(
    order: int, qtr: str, tmp_path: Path
) -> None:
    def results(jobs: int) -> list[FileResult]:
        state = write(tmp_path / f"{jobs}.csv", qcew(WHOLE.format(jobs), 2016, qtr))
        counties = write(tmp_path / "counties.csv", qcew(HAWAII, 2016, qtr))
        return ingest([state, counties][::order], tmp_path / f"store {jobs}")

    first, last = results(80000)
    assert first.status == last.status == "added"
    assert "jobs in all" not in last.message
    first, last = results(82000)
    assert last.status == "added"
    when = "15000 2016" + (" Q3" if qtr == "3" else "")
    said = f"{when} has 82,000 jobs in all, and its 5 areas, which should add up to it, have 80,000"
    assert f"{said}; are they of two releases?" in last.message
    for jobs in (40000, 160000):
        first, last = results(jobs)
        assert (first.status, last.status) == ("added", "failed")
        assert "so one of the two files is wrong; download it again, or take the" in last.message


def test_a_state_s_counties_may_be_a_part_of_it_but_no_more(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "state.csv", qcew(WHOLE.format(60000))))
    *_, last = HAWAII.split("\n")
    [result] = take_in(store, write(tmp_path / "a.csv", qcew(last)))
    assert "jobs in all" not in result.message, "others are not there"
    others = write(tmp_path / "b.csv", qcew(HAWAII.removesuffix(f"\n{last}")))
    message = refusal(store, others)
    assert "15000 2016 has 60,000 jobs in all, and its 5 areas, which should add up" in message


def test_years_of_one_command_are_held_together(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{year}.csv", qcew(BEFORE, year)) for year in (2016, 2017)]
    first, last = ingest(paths, tmp_path / "store")
    assert (first.status, last.status) == ("added", "failed")
    assert "08001 2016 has 20,000 jobs in all, and 2017 has the very same" in last.message
