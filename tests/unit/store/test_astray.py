"""What looks astray within one table: alone in its year or area, or without a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import refusal, take_in, write

COUNTIES = [f"330{n:02d}" for n in range(1, 20, 2)]
LABOR_FORCE = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
PROJECTIONS = (
    "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,source"
)


def said(folder: Path, *lines: str) -> str:
    [result] = take_in(Store(folder / "store"), write(folder / "a.csv", "\n".join([*lines, ""])))
    return result.message


def labor_force(*years: int) -> list[str]:
    rows = [(c, y, 20_000 + 40 * int(c[2:]) + y % 100) for c in COUNTIES for y in years]
    return [LABOR_FORCE, *(f"{c},{y},{n},{n - 600},600,{60_000 / n:.1f}" for c, y, n in rows)]


@pytest.mark.parametrize(
    ("column", "name"),
    [(2, "labor_force"), (3, "employed"), (4, "unemployed"), (5, "unemployment_rate")],
)
def test_a_number_that_a_row_lacks_is_named(column: int, name: str, tmp_path: Path) -> None:
    lines = labor_force(2016)
    fields = lines[4].split(",")
    fields[column] = ""
    lines[4] = ",".join(fields)
    assert said(tmp_path, *lines) == (
        f"1 row of other numbers has no {name}, the first of area_fips '33007', year 2016"
    )


def test_a_column_that_is_empty_is_named(tmp_path: Path) -> None:
    lines = [line.rpartition(",")[0] + "," for line in labor_force(2016)]
    assert said(tmp_path, LABOR_FORCE, *lines[1:]) == "no row has unemployment_rate"


def test_a_table_of_one_measure_needs_no_word(tmp_path: Path) -> None:
    lines = [
        ",".join([*line.split(",")[:2], "", line.split(",")[3], "", ""])
        for line in labor_force(2016)
    ]
    assert said(tmp_path, LABOR_FORCE, *lines[1:]) == ""


def test_a_row_alone_in_its_year_is_named(tmp_path: Path) -> None:
    lines = labor_force(2016)
    assert said(tmp_path, *lines, lines[4].replace("2016", "2011")).startswith(
        "few rows of year 2011: 1 row (33007), where 2016 has 10; see whether it is right"
    )


def test_years_of_as_many_rows_need_no_word(tmp_path: Path) -> None:
    assert said(tmp_path, *labor_force(2011, 2016)) == ""


def test_a_county_that_lacks_a_year_of_others_is_named(tmp_path: Path) -> None:
    lines = labor_force(2016, 2017, 2018)
    del lines[5]
    assert "it has no labor_force of 1 of the 10 counties of New Hampshire (33003 2017)" in said(
        tmp_path, *lines
    )


def projected(area: str, *industries: str) -> list[str]:
    return [f"{area},{i},0,2022,2032,{900 + int(i)},{950 + int(i)},The state" for i in industries]


SECTORS = ("22", "23", "42", "51", "52", "53", "54", "55", "56", "61", "62", "71", "72", "81")


def test_an_industry_alone_in_its_area_is_named(tmp_path: Path) -> None:
    lines = [PROJECTIONS, *projected("33001", *SECTORS), *projected("33003", "62")]
    assert said(tmp_path, *lines) == (
        "of 33003 it has 62 alone, where others have many; see whether it is right"
    )


def test_totals_alone_need_no_word(tmp_path: Path) -> None:
    lines = [PROJECTIONS, *projected("33001", *SECTORS), *projected("33003", "10")]
    assert said(tmp_path, *lines) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "33001,621,0,2022,2032,4000,4100,The state",
            "621 of 33001 has 4,000 jobs in 2022, and 62, of which it is a part, 962",
        ),
        (
            "33001,10,0,2022,2032,30000,31000,The state",
            "33001 has 30,000 jobs in 2022, and 15 sectors of it add up to",
        ),
    ],
)
def test_industries_that_cannot_be_parts_of_their_wholes_are_refused(
    line: str, words: str, tmp_path: Path
) -> None:
    text = "\n".join([PROJECTIONS, *projected("33001", *SECTORS, "21"), line, ""])
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))


@pytest.mark.parametrize(
    "text",
    [
        "area_fips,year,population\n33001,2016,0\n",
        f"{LABOR_FORCE}\n33001,2016,0,0,0,0.0\n",
    ],
)
def test_a_place_of_nobody_is_refused(text: str, tmp_path: Path) -> None:
    message = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))
    assert "cannot have a" in message
    assert "for somebody lives in each; leave the field empty or the row out where" in message
