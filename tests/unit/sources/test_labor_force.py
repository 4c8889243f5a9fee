"""Labor force by county, as others than the agency write it down."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from lmi.store import Store
from tests.builders import refusal, take_in, write

Row = list[object]
EXPECTED: list[Row] = [
    ["08001", 2016, 261879, 253258, 8621, 3.3],
    ["08001", 2017, 267520, 259975, 7545, 2.8],
    ["US000", 2016, 158589000, 150841000, 7748000, 4.9],
]


def found(text: str, folder: Path) -> list[Row]:
    store = Store(folder / "store")
    take_in(store, write(folder / "a.csv", text))
    rows = pl.from_pandas(store.table("labor_force").drop(columns="source_id"))
    return [list(row) for row in rows.rows()]


def test_columns_for_each_year(tmp_path: Path) -> None:
    text = (
        '"Unemployment and median household income, 2007-18",,,,,,,,,\n'
        "FIPS,State,Area_name, Civilian_labor_force_2016 , Employed_2016 , Unemployed_2016 ,"
        "Unemployment_rate_2016,Civilian_labor_force_2017,Employed_2017,Unemployed_2017,"
        "Unemployment_rate_2017,Median_Household_Income_2017\n"
        '00000,US,United States,"158,589,000","150,841,000","7,748,000",4.9,,,,,60336\n'
        '08001,CO,"Adams County, CO"," 261,879 "," 253,258 ", 8621 ,3.3,267520,259975,7545,2.8,1\n'
        "72001,PR,Adjuntas Municipio,,,,,,,,,\n"
    )
    assert found(text, tmp_path) == EXPECTED


def test_a_row_for_each_measure(tmp_path: Path) -> None:
    text = ["FIPS_Code,State,Area_Name,Attribute,Value", "08001,CO,Adams,Metro_2013,1"]
    for area, year, *numbers in EXPECTED:
        names = ("Civilian_labor_force", "Employed", "Unemployed", "Unemployment_rate")
        code = "0" if area == "US000" else str(area)
        text += [
            f"{code},XX,A name,{name}_{year},{value}"
            for name, value in zip(names, numbers, strict=True)
        ]
    assert found("\n".join(text), tmp_path) == EXPECTED


WID = (
    "stfips,areatyvers,areatype,area,periodyear,periodtype,period,adjusted,laborforce,emplab,unemp,"
    "unemprate"
)


@pytest.mark.parametrize("cut", [False, True], ids=["codes as text", "zeros lost"])
def test_a_state_s_workforce_database(cut: bool, tmp_path: Path) -> None:
    lines = [
        "08,0000,04,000001,2016,01,00,0,261879,253258,8621,3.3",
        "08,0000,04,000001,2017,01,00,0,267520,259975,7545,2.8",
        "08,0000,04,000001,2017,03,01,0,267000,259000,8000,3.0",
        "08,0000,04,000001,2017,01,00,1,1,1,0,0",
        "08,0000,15,000009,2017,01,00,0,500,490,10,2.0",
        "00,0000,00,000000,2016,01,00,0,158589000,150841000,7748000,4.9",
    ]
    if cut:
        lines = [",".join(f.lstrip("0") or "0" for f in row.split(",")) for row in lines]
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / "a.csv", "\n".join([WID, *lines])))
    rows = store.table("labor_force").drop(columns="source_id")
    assert rows.to_numpy().tolist() == EXPECTED
    for words in ("that is no area of QCEW", "holds annual averages", "seasonally adjusted"):
        assert words in result.message


OWN = "area_fips,year,labor_force,employed,unemployed,unemployment_rate\n"


def test_halves_of_a_row_are_put_together(tmp_path: Path) -> None:
    text = f"{OWN}08071,2016,6123,5827,,\n08001,2016,261879,253258,8621,3.3\n08071,2016,,,296,4.8\n"
    assert found(text, tmp_path) == [EXPECTED[0], ["08071", 2016, 6123, 5827, 296, 4.8]]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("08071,2016,6124,,296,4.8", "the key area_fips '08071', year 2016 stands twice"),
        ("08071,2016,,,396,4.8", "put together from the rows of area_fips '08071', year 2016, "),
        ("08071,2016,6123,5827,,", "the key area_fips '08071', year 2016 stands twice"),
    ],
    ids=["another number", "does not add up", "the same row again"],
)
def test_rows_that_contradict_each_other_are_refused(
    second: str, words: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", f"{OWN}08071,2016,6123,5827,,\n{second}\n")
    assert words in refusal(Store(tmp_path / "store"), path)


def test_a_third_part_that_is_missing_stays_missing(tmp_path: Path) -> None:
    rows = found(f"{OWN}08071,2016,6123,,,\n08071,2016,,5827,,\n", tmp_path)
    assert rows == [["08071", 2016, 6123, 5827, None, None]]


ATTRIBUTES = "FIPS_Code,State,Area_Name,Attribute,Value\n08001,CO,Adams,Employed_2016,253258\n"


def test_a_number_that_stands_twice_is_refused_where_it_differs(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"{ATTRIBUTES}08001,CO,Adams,Employed_2016,253259\n")
    message = refusal(Store(tmp_path / "store"), path)
    assert "the key area_fips '08001', year 2016 stands twice" in message


def test_what_is_no_number_of_the_labor_force_is_named(tmp_path: Path) -> None:
    text = f"{ATTRIBUTES}08001,CO,Adams,Civilian_labour_force_2016,261879\n"
    [result] = take_in(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))
    assert result.rows == 1
    assert result.message == (
        "1 row left out (Civilian_labour_force_2016): it is no number of the labor force"
    )


def test_a_row_that_is_marked_as_preliminary_is_of_that_release(tmp_path: Path) -> None:
    rows = [f"08,0000,04,00000{n},2016,01,00,0,261879,253258,8621,3.3,{n // 2}" for n in (1, 3)]
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", "\n".join([f"{WID},prelim", *rows])))
    assert store.catalogue()["vintage"].tolist() == ["", "preliminary"]


def test_the_agency_s_files_of_time_series(tmp_path: Path) -> None:
    """Measures 3 to 6 of states and counties, of whole years, unadjusted."""
    lines = ["series_id                     \tyear\tperiod\t       value\tfootnote_codes"]
    for place, numbers in (
        ("CN0800100000000", (3.3, 8621, 253258, 261879)),
        ("ST0800000000000", (3.1, 90000, 2800000, 2890000)),
        ("CN0800300000000", ("-", "-", "-", "-")),
        ("MT0819740000000", (3.0, 50000, 1450000, 1500000)),
    ):
        for code, value in zip(("03", "04", "05", "06"), numbers, strict=True):
            for period in ("M12", "M13"):
                lines.append(f"LAU{place}{code}          \t2016\t{period}\t       {value}\t")
    lines.append("LASST080000000000003          \t2016\tM12\t         3.0\t")
    lines.append("LAUST080000000000007          \t2016\tM13\t        66.0\t")
    assert found("\n".join([*lines, ""]), tmp_path) == [
        ["08000", 2016, 2890000, 2800000, 90000, 3.1],
        EXPECTED[0],
    ]


def test_a_year_that_lost_one_of_its_columns_is_read_and_told(tmp_path: Path) -> None:
    """Without the employed of a year, all of its numbers were lost without a word."""
    numbers = "Employed_2017,Unemployed_2017,Unemployed_2016,Civilian_labor_force_2016"
    text = f"FIPS,Civilian_labor_force_2017,{numbers}\n"
    store = Store(tmp_path / "store")
    path = write(tmp_path / "a.csv", f"{text}08001,267520,259975,7545,8621,261879\n")
    [result] = take_in(store, path)
    assert result.rows == 2
    assert "1 row of other numbers has no employed" in result.message
