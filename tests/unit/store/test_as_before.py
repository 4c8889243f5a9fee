"""Tables beside what a store has of them: in another column, the other way round, much revised."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import flows, refusal, take_in, write

COUNTIES = [f"330{n:02d}" for n in range(1, 20, 2)]
HEAD = (
    "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,source"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def projections(*, times: float = 1, swapped: bool = False) -> str:
    rows = []
    for n, industry in enumerate(("22", "23", "42", "51", "52", "61", "62", "72")):
        base, then = round((3000 + 500 * n) * times), round((3100 + 550 * n) * times)
        first, last = (then, base) if swapped else (base, then)
        rows.append(f"33000,{industry},0,2022,2032,{first},{last},The state")
    return "\n".join([HEAD, *rows, ""])


def between(*, mirrored: bool = False, times: float = 1, year: int = 2021) -> str:
    pairs = [(w, h) for w in COUNTIES for h in COUNTIES]
    jobs = [
        round((9000 if w == h else 20 + 7 * int(w[2:]) + 2 * int(h[2:])) * times) for w, h in pairs
    ]
    ends = ((h, w) if mirrored else (w, h) for w, h in pairs)
    rows = (f"{w} {h} {n}" for (w, h), n in zip(ends, jobs, strict=True))
    return flows(*rows, year=year)


def test_a_new_release_is_taken_in_without_a_word(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", projections()), write(tmp_path / "f.csv", between()))
    results = take_in(
        store,
        write(tmp_path / "b.csv", projections(times=1.2)),
        write(tmp_path / "g.csv", between(times=1.04)),
        write(tmp_path / "h.csv", between(times=1.06, year=2022)),
    )
    assert [r.message for r in results] == ["", "", ""]


def test_columns_that_changed_places_are_refused(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", projections()))
    message = refusal(store, write(tmp_path / "b.csv", projections(swapped=True)))
    assert (
        "base_emplvl of 8 rows is what a.csv (source 1) has as projected_emplvl, so the columns of "
        "one of the two changed places; mend the header, or take that source out with "
        "`lmi remove 1`"
    ) in message


@pytest.mark.parametrize("year", [2021, 2022])
def test_flows_the_other_way_round_are_refused(year: int, store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", between()))
    path = write(tmp_path / "b.csv", between(mirrored=True, year=year, times=1.01))
    assert (
        "its jobs go from county to county as those by a.csv (source 1) go back, so home and work "
        "are swapped in one of the two"
    ) in refusal(store, path)


def test_a_number_that_no_revision_makes_is_remarked(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", projections()))
    text = projections().replace(",6500,", ",13000,")
    [result] = take_in(store, write(tmp_path / "b.csv", text))
    assert result.message == (
        "base_emplvl of 33000 72 0 2022 2032 is 13,000, and 6,500 by a.csv (source 1), further "
        "apart than revisions are"
    )


def population(*years: tuple[int, float]) -> str:
    rows = [f"{c},{y},{round((20_000 + 31 * int(c)) * n)}" for c in COUNTIES for y, n in years]
    return "\n".join(["area_fips,year,population", *rows, ""])


def test_two_years_that_changed_places_are_refused(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", population((2016, 1), (2017, 1.01))))
    path = write(tmp_path / "b.csv", population((2016, 1.01), (2017, 1)))
    assert (
        "population of 10 areas are the very same in 2016 as in 2017 by a.csv (source 1)"
    ) in refusal(store, path)
