"""Tables beside their other years and each other: what cannot be, and what is odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import flows, qcew, refusal, take_in, write

STATE = {"10000": 990_000, "10001": 182_000, "10003": 571_000, "10005": 237_000}
JOBS = "\n".join(
    f"{area} 0 10 {people // 20} {people // 2} {people * 25_000}" for area, people in STATE.items()
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def population(*years: int, of: dict[str, int] = STATE, times: float = 1) -> str:
    rows = [f"{a},{y},{round(n * times)}" for y in years for a, n in of.items()]
    return "\n".join(["area_fips,year,population", *rows, ""])


def labor_force(*years: int) -> str:
    rows = [f"{a},{y},{n // 2},{n // 2},0,0.0" for y in years for a, n in STATE.items()]
    head = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
    return "\n".join([head, *rows, ""])


def without(area: str) -> dict[str, int]:
    return {a: n for a, n in STATE.items() if a != area}


COUNTIES = without("10000")


def test_what_is_as_it_should_be_is_taken_in_without_a_word(store: Store, tmp_path: Path) -> None:
    results = take_in(
        store,
        write(tmp_path / "q.csv", qcew(JOBS, 2016)),
        write(tmp_path / "p.csv", population(2016, 2017)),
        write(tmp_path / "l.csv", labor_force(2016, 2017)),
        write(tmp_path / "again.csv", population(2018, of=COUNTIES, times=1.02)),
    )
    assert [r.message for r in results[1:]] == ["", "", ""]


@pytest.mark.parametrize("times", [10, 20, 0.1])
def test_a_county_that_is_many_times_its_other_year_is_refused(
    times: float, store: Store, tmp_path: Path
) -> None:
    text = population(2016) + f"10001,2017,{round(182_000 * times)}\n"
    message = refusal(store, write(tmp_path / "p.csv", text))
    assert (
        f"population of 10001 is 182,000 in 2016 and {182_000 * times:,.0f} in 2017, more than "
        "5-fold apart; mend the file"
    ) in message
    take_in(store, write(tmp_path / "first.csv", population(2016)))
    message = refusal(store, write(tmp_path / "p.csv", population(2017, of=COUNTIES, times=times)))
    assert "182,000 in 2016 by first.csv (source 1) and" in message
    assert "so are 2 others; mend the file, or take that source out with `lmi remove 1`" in message


@pytest.mark.parametrize("same_year", [True, False])
def test_the_store_s_own_number_may_be_the_wrong_one(
    same_year: bool, store: Store, tmp_path: Path
) -> None:
    take_in(store, write(tmp_path / "wrong.csv", population(2016, of=COUNTIES, times=10)))
    right = write(tmp_path / "p.csv", population(2016 if same_year else 2015, of=COUNTIES))
    assert "`lmi remove 1`" in refusal(store, right)


def test_counties_that_add_up_to_another_state_are_refused(store: Store, tmp_path: Path) -> None:
    text = population(2016).replace("182000", "1820000")
    message = refusal(store, write(tmp_path / "p.csv", text))
    assert (
        "10000 2016 has a population of 990,000, and its 3 counties add up to 2,628,000" in message
    )


@pytest.mark.parametrize("times", [0.001, 0.01])
def test_counties_in_thousands_are_told_by_their_sum(
    times: float, store: Store, tmp_path: Path
) -> None:
    message = refusal(store, write(tmp_path / "p.csv", population(2016, of=COUNTIES, times=times)))
    assert "by the sum of its counties, 10000 cannot have a population of only" in message
    assert "multiply them by 1,000" in message


def test_what_is_a_little_apart_is_remarked(store: Store, tmp_path: Path) -> None:
    text = population(2016).replace("182000", "183000")
    [result] = take_in(store, write(tmp_path / "p.csv", text))
    assert result.message.endswith("its 3 counties add up to 991,000")
    some = population(2017, of=without("10003"))
    [result] = take_in(store, write(tmp_path / "some.csv", some))
    assert result.message == "", "nobody can add up counties that are not there"


@pytest.mark.parametrize("times", [10, 0.11])
@pytest.mark.parametrize("beside", ["jobs", "labor force"])
def test_people_are_held_to_jobs_and_labor_force(
    beside: str, times: float, store: Store, tmp_path: Path
) -> None:
    """By the sum of the counties, where the state has no row of its own."""
    text = qcew(JOBS, 2016) if beside == "jobs" else labor_force(2016)
    take_in(store, write(tmp_path / "other.csv", text))
    path = write(tmp_path / "p.csv", population(2016, of=COUNTIES, times=times))
    assert "which cannot be beside" in refusal(store, path)
    take_in(store, write(tmp_path / "right.csv", population(2016, of=COUNTIES)))


def test_what_waits_in_the_same_command_is_compared_too(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "folder" / "a.csv", labor_force(2016)),
        write(tmp_path / "folder" / "b.csv", population(2016, of=COUNTIES, times=0.2)),
    ]
    with pytest.raises(AssertionError, match="which cannot be beside labor_force of"):
        take_in(tmp_path / "store", *files)


def test_projections_in_thousands_are_held_to_the_jobs_of_their_base_year(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, write(tmp_path / "q.csv", qcew(JOBS, 2016)))
    head = ("area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,"
            "projected_emplvl,source\n")  # fmt: skip
    row = "10001,10,0,2016,2026,{base},{projected},S\n"
    path = write(tmp_path / "p.csv", head + row.format(base=93, projected=99))
    take_in(store, write(tmp_path / "right.csv", head + row.format(base=93_000, projected=99_000)))
    message = refusal(store, path)
    assert "base_emplvl of 10001 is 93 in 2016, which cannot be beside jobs by QCEW of 91,000" in (
        message
    )


def test_flows_are_held_to_the_jobs_of_the_county(store: Store, tmp_path: Path) -> None:
    """Half a file, and the part of a state without those who come in: odd, and it may be."""
    take_in(store, write(tmp_path / "q.csv", qcew(JOBS, 2016)))
    whole = flows("10001,10001,80000", "10001,10003,5000", year=2016)
    [result] = take_in(tmp_path / "store", write(tmp_path / "whole.csv", whole))
    assert result.message == ""
    other = Store(tmp_path / "other")
    take_in(other, write(tmp_path / "q.csv", qcew(JOBS, 2016)))
    [result] = take_in(other, write(tmp_path / "half.csv", flows("10001,10001,20000", year=2016)))
    assert "jobs are far from jobs by QCEW in 1 county of work (10001 2016: 20,000 of 91,000)" in (
        result.message
    )
    [result] = take_in(other, write(tmp_path / "more.csv", flows("10001,10003,65000", year=2016)))
    assert result.message == "", "both together are whole"


def test_a_flow_that_is_many_times_its_other_year_is_refused(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", flows("10001,10001,8000", year=2016)))
    ten = write(tmp_path / "b.csv", flows("10001,10001,80000", year=2017))
    assert "jobs of 10001 from 10001 is 8,000 in 2016 by a.csv (source 1) and 80,000" in refusal(
        store, ten
    )
    take_in(store, write(tmp_path / "c.csv", flows("10001,10003,9", "10001,10005,700", year=2017)))


@pytest.mark.parametrize(
    ("jobs", "told"),
    [
        (99, "the jobs in the 3 counties of 10000 add up to only 297 in 2021"),
        (9_000_000, "the jobs in 10001 add up to 9,000,000 in 2021, more than any county has"),
    ],
)
def test_flows_that_cannot_be_a_state_s_or_a_county_s_are_refused(
    store: Store, tmp_path: Path, jobs: int, told: str
) -> None:
    path = write(tmp_path / "a.csv", flows(*(f"{area} {area} {jobs}" for area in COUNTIES)))
    assert told in refusal(store, path)


SECTORS = ("11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52", "53", "54", "55",
           "56", "61", "62", "71", "72", "81")  # fmt: skip


def projected(*rows: str) -> str:
    head = "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl"
    return "\n".join([f"{head},source", *(f"{row},S" for row in rows), ""])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("10000,62,0,2022,2032,800000,810000", "62 of 10000 has 800,000 jobs in 2022, and all"),
        ("10000,62,0,2022,2032,80000,810000", "62 of 10000 has 810,000 jobs in 2032, and all its"),
        ("10001,10,0,2022,2032,600000,610000", "10001 has 600,000 jobs of 10 in 2022, and its st"),
    ],
)
def test_a_part_is_not_projected_beyond_its_whole(
    row: str, words: str, store: Store, tmp_path: Path
) -> None:
    total = "10000,10,0,2022,2032,500000,550000"
    assert words in refusal(store, write(tmp_path / "p.csv", projected(total, row)))
    apart = "10001,10,0,2022,2032,100000,110000", "10001,62,0,2022,2032,20000,30000"
    [result] = take_in(store, write(tmp_path / "right.csv", projected(total, *apart)))
    assert result.message == ""


def test_sectors_in_thousands_are_told_by_their_sum(store: Store, tmp_path: Path) -> None:
    rows = [f"10000,{code},0,2022,2032,24.5,26.1" for code in SECTORS]
    message = refusal(store, write(tmp_path / "p.csv", projected(*rows)))
    assert "by the sum of its sectors, 10000 cannot have only 465.5 jobs in all" in message
    take_in(store, write(tmp_path / "some.csv", projected(*rows[:9])))


def test_industries_that_become_many_times_what_they_are_are_named(
    store: Store, tmp_path: Path
) -> None:
    rows = ("10000,62,0,2022,2032,8000,81000", "10000,61,0,2022,2032,900,90")
    [result] = take_in(store, write(tmp_path / "p.csv", projected(*rows)))
    assert result.message == (
        "62 of 10000 is projected from 8,000 jobs in 2022 to 81,000 in 2032, more than 5-fold apart"
    )


def test_a_projection_begins_in_a_year_that_has_been(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", projected("10000,62,0,2094,2100,8000,8100"))
    assert "line 2: base_year is 2094, which is to come" in refusal(store, path)


def thresholds(*rows: str) -> str:
    head = "area_fips,household,year,annual_wage,source"
    return "\n".join([head, *(f"{row},The standard" for row in rows), ""])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("10001,1 Adult,2016,32000", "household is '1 Adult' and '1 adult' in 10001 2016, which"),
        ("10001,1  adult,2016,32000", "household is '1  adult' and '1 adult' in 10001 2016"),
        (
            "10003,1 adult,2016,330000",
            "annual_wage of 1 adult in 2016 is 31,000 in 10001 and 330,000 in 10003, more than "
            "5-fold apart",
        ),
    ],
)
def test_a_slip_in_thresholds_is_refused(
    row: str, words: str, store: Store, tmp_path: Path
) -> None:
    text = thresholds("10001,1 adult,2016,31000", row)
    assert words in refusal(store, write(tmp_path / "t.csv", text))
    right = thresholds("10001,1 adult,2016,31000", "10003,1 adult,2016,61000")
    [result] = take_in(store, write(tmp_path / "right.csv", right))
    assert result.message == ""


def test_an_area_that_there_is_none_of_is_named(store: Store, tmp_path: Path) -> None:
    text = thresholds("10001,1 adult,2016,31000", "10002,1 adult,2016,31000")
    [result] = take_in(store, write(tmp_path / "t.csv", text))
    assert result.message.startswith("10002 is no area that is known here, and nothing asks for it")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2016,24.0007", "cpi_u is 24.0007 in 2016, and the index that comes with the workbench"),
        ("2016,718.9", "has 240.007 in 2016; use that of all items, U.S. city average, on the ba"),
    ],
    ids=["a slip", "another base"],
)
def test_consumer_prices_are_held_to_those_that_come_along(
    row: str, words: str, store: Store, tmp_path: Path
) -> None:
    table = f"year,cpi_u\n2015,237.017\n{row}\n"
    assert words in refusal(store, write(tmp_path / "c.csv", table))
    right = "year,cpi_u\n1970,38.8\n2015,237.017\n2016,240.0\n"
    [result] = take_in(store, write(tmp_path / "right.csv", right))
    assert result.message == ""
