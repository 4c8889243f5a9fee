"""Tables that say once more what is there: under another year, or a part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import refusal, take_in, write

COUNTIES = [f"080{n:02d}" for n in range(1, 80, 2) if n not in (2, 4, 10)][:30]
LODES = "w_geocode,h_geocode,S000,SA01,SA02,SA03"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def population(year: int, times: float = 1) -> str:
    rows = [f"{a},{year},{round((2000 + 37 * n) * times)}" for n, a in enumerate(COUNTIES)]
    return "\n".join(["area_fips,year,population", *rows, ""])


def labor_force(year: int) -> str:
    rows = [f"{a},{year},{900 + n},{900 + n},0,0.0" for n, a in enumerate(COUNTIES)]
    rows += [f"08119,{year},5000,5000,0,0.0", *(f"081{n},{year},{n}00,{n}00,0,0" for n in (21, 23))]
    rows += [f"081{n},{year},{n}00,{n}00,0,0.0" for n in (13, 15, 17)]
    head = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
    return "\n".join([head, *rows, ""])


@pytest.mark.parametrize("table", [population, labor_force])
def test_the_numbers_of_another_year_are_refused(table, store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", table(2020)))
    message = refusal(store, write(tmp_path / "b.csv", table(2021)))
    assert "are the very same in 2021 as in 2020 by a.csv (source 1), so one of the two" in message
    assert "`lmi remove 1`" in message
    both = table(2020) + table(2021).split("\n", 1)[1]
    message = refusal(Store(tmp_path / "other"), write(tmp_path / "c.csv", both))
    assert "are the very same in 2020 as in 2021, so one of the two is of another year" in message
    assert "lmi remove" not in message


def test_another_year_of_other_numbers_is_taken_in(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", population(2020)))
    take_in(store, write(tmp_path / "b.csv", population(2021, 1.01)))
    assert ingest([tmp_path / "a.csv"], store.root)[0].status == "unchanged"


def lodes(start: int, end: int, *, every: int = 1, more: int = 0) -> str:
    """Thirty blocks of each county, whose people live in four counties, in order."""
    rows = [
        f"{work}{block:06d}1000,{COUNTIES[(n + block % 4) % 30]}0000012000,{40 + n + more},0,"
        f"{40 + n + more},0"
        for n, work in enumerate(COUNTIES)
        for block in range(30)
    ]
    return "\n".join([LODES, *rows[start:end:every], ""])


def named(folder: Path, text: str, year: int = 2021) -> Path:
    folder.mkdir()
    return write(folder / f"co_od_main_JT01_{year}.csv", text)


@pytest.mark.parametrize(("start", "end"), [(0, 460), (440, 900), (310, 590)])
def test_a_part_takes_nothing_from_the_whole(
    start: int, end: int, store: Store, tmp_path: Path
) -> None:
    """It ends amid a county, of which it would leave a half."""
    take_in(store, named(tmp_path / "whole", lodes(0, 900)))
    before = store.table("commuting")
    message = refusal(store, named(tmp_path / "part", lodes(start, end)))
    assert "is a part; bring it whole, or take that source out with `lmi remove 1`" in message
    assert store.table("commuting").equals(before)


def test_every_other_row_is_a_part(store: Store, tmp_path: Path) -> None:
    take_in(store, named(tmp_path / "whole", lodes(0, 900)))
    message = refusal(store, named(tmp_path / "part", lodes(0, 900, every=3)))
    assert "120 flows are lower than those by co_od_main_JT01_2021.csv (source 1) and none is" in (
        message
    )


def test_the_whole_takes_the_place_of_its_part(store: Store, tmp_path: Path) -> None:
    take_in(store, named(tmp_path / "part", lodes(0, 900, every=3)))
    take_in(store, named(tmp_path / "whole", lodes(0, 900)))
    alone = Store(tmp_path / "alone")
    take_in(alone, tmp_path / "whole")
    assert store.table("commuting")["jobs"].equals(alone.table("commuting")["jobs"])


def test_a_later_release_is_no_part(store: Store, tmp_path: Path) -> None:
    """Of its flows some are lower and some higher."""
    take_in(store, named(tmp_path / "old", lodes(0, 900)))
    higher = lodes(0, 450, more=2) + lodes(450, 900, more=-2).split("\n", 1)[1]
    [result] = take_in(store, named(tmp_path / "new", higher))
    assert result.counts.revised > 100


def test_flows_of_another_year_are_refused(store: Store, tmp_path: Path) -> None:
    take_in(store, named(tmp_path / "a", lodes(0, 900)))
    message = refusal(store, named(tmp_path / "b", lodes(0, 900), 2020))
    assert "jobs of 30 areas are the very same in 2020 as in 2021 by" in message
