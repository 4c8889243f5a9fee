"""Labor force out of the workbooks that the agency publishes, of either layout."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from lmi.store import Store
from tests.builders import refusal, take_in, write

Rows = list[list[object]]

# Older years: the header stands in three rows, and an empty column precedes the numbers.
THREE: Rows = [
    ["Labor force data by county, 2018 annual averages"],
    [],
    ["LAUS", "State", "County", None, None, None, None, None, None, "Unemploy-"],
    [None, "FIPS", "FIPS", None, None, None, "Labor", None, None, "ment Rate"],
    ["Code", "Code", "Code", "County Name/State Abbreviation", "Year", None, "Force", "Employed",
     "Unemployed", "(%)"],
    [],
    ["CN0100100000000", "01", "001", "Autauga County, AL", "2018", None, 25957, 25015, 942, 3.6],
    ["CN2207100000000", "22", "071", "Orleans Parish, LA", "2018", None, "N.A.", "N.A.", "N.A.",
     "N.A."],
    [],
    ["SOURCE: Local Area Unemployment Statistics"],
]  # fmt: skip
ONE: Rows = [
    ["Labor force data by county, 2018 annual averages"],
    ["LAUS Code", "State FIPS Code", "County FIPS Code", "County Name/State Abbreviation", "Year",
     "Labor Force", "Employed", "Unemployed", "Unemployment Rate (%)"],
    ["CN0100100000000", 1, 1, "Autauga County, AL", 2018, "25,957", "25,015", "942", 3.6],
    ["CN2207100000000", 22, 71, "Orleans Parish, LA", 2018, None, None, None, None],
    ["N.A.: not available"],
]  # fmt: skip
BOTH = pytest.mark.parametrize("rows", [THREE, ONE], ids=["header of three rows", "of one"])


def workbook(path: Path, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A1:I1")
    book.save(path)
    return path


def changed(rows: Rows, at: int, column: int, value: object) -> Rows:
    copy = [list(row) for row in rows]
    copy[at][column] = value
    return copy


@BOTH
def test_a_workbook_of_the_agency_is_taken_in(rows: Rows, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    [result] = take_in(store, workbook(tmp_path / "laucnty18.xlsx", rows))
    assert (result.table, result.rows) == ("labor_force", 2)
    known, withheld = store.table("labor_force").drop(columns="source_id").values.tolist()
    assert known == ["01001", 2018, 25957, 25015, 942, 3.6]
    assert withheld[:2] == ["22071", 2018]
    assert store.table("labor_force").iloc[1, 2:6].isna().all()
    assert store.catalogue()["periods"].tolist() == ["2018"]


@BOTH
def test_a_row_that_does_not_fit_is_named(rows: Rows, tmp_path: Path) -> None:
    at = next(n for n, row in enumerate(rows) if row and str(row[0]).startswith("CN"))
    store, path = Store(tmp_path / "store"), tmp_path / "a.xlsx"
    for column, value, words in [
        (-1, 103.6, "unemployment_rate is 103.6; it cannot be above 100"),
        (-2, "many", "unemployed is 'many'; it must be a whole number"),
        (-3, -1, "employed is -1; it cannot be below 0"),
        (0, "CN0300100000000", "'03001'"),
    ]:
        message = refusal(store, workbook(path, changed(rows, at, column, value)))
        assert message.startswith(f"{path}, line {at + 1}: ")
        assert words in message
    without_code = [*rows[: at + 1], ["?", *rows[at][1:]], *rows[at + 1 :]]
    message = refusal(store, workbook(path, without_code))
    assert message.startswith(f"{path}, line {at + 2}: area_fips is empty")


@BOTH
def test_a_county_that_stands_twice_is_refused(rows: Rows, tmp_path: Path) -> None:
    at = next(n for n, row in enumerate(rows) if row and str(row[0]).startswith("CN"))
    path = workbook(tmp_path / "a.xlsx", [*rows[: at + 1], *rows[at:]])
    message = refusal(Store(tmp_path / "store"), path)
    assert message == (
        f"{path}: the key area_fips '01001', year 2018 stands twice; make it one row"
    )


def test_a_workbook_without_a_column_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", changed(ONE, 1, 6, "At work"))
    assert refusal(Store(tmp_path / "store"), path) == (
        f"{path}: it lacks the column 'employed' of the agency's workbook; use the file as the "
        "agency publishes it"
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@BOTH
def test_a_workbook_saved_as_text_is_the_same(rows: Rows, separator: str, tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    stores = Store(tmp_path / "text"), Store(tmp_path / "book")
    take_in(stores[0], write(tmp_path / "laucnty18.csv", text.getvalue()))
    take_in(stores[1], workbook(tmp_path / "laucnty18.xlsx", rows))
    tables = [store.table("labor_force") for store in stores]
    assert tables[0].equals(tables[1])


def test_a_title_broken_within_its_cell_is_one_title(tmp_path: Path) -> None:
    rows = changed(ONE, 1, 5, "Labor\nForce")
    [result] = take_in(Store(tmp_path / "store"), workbook(tmp_path / "a.xlsx", rows))
    assert result.rows == 2


SPACED = """
                 State  County                                                          Unemploy-
   LAUS           FIPS   FIPS   County Name/                 Labor                       ment
   Code           Code   Code   State Abbreviation    Year   Force  Employed Unemployed  Rate (%)

 CN0100100000000   01    001   Autauga County, AL     2018   25,957   25,015      942     3.6
 CN2207100000000   22    071   Orleans Parish, LA     2018     N.A.     N.A.     N.A.    N.A.

SOURCE: Local Area Unemployment Statistics
"""


def test_an_older_text_has_blanks_between_its_columns(tmp_path: Path) -> None:
    text = "Labor force data by county, 2018 annual averages\n" + SPACED
    take_in(tmp_path / "spaced", write(tmp_path / "laucnty18.txt", text))
    take_in(tmp_path / "book", workbook(tmp_path / "laucnty18.xlsx", THREE))
    spaced, book = (Store(tmp_path / name).table("labor_force") for name in ("spaced", "book"))
    assert spaced.equals(book)
    cut = write(tmp_path / "cut.txt", text[: text.index("25,015")])
    message = refusal(Store(tmp_path / "cut"), cut)
    assert "cut.txt, line 7: the row is 'CN0100100000000 01 001 Autauga County, AL 2018" in message
    assert "which has no year and four numbers at its end" in message


def test_a_row_that_lost_its_last_field_is_refused(tmp_path: Path) -> None:
    """It was read with the rate left blank."""
    text = io.StringIO()
    csv.writer(text).writerows([*ONE[:2], ONE[2][:-1], *ONE[3:]])
    path = write(tmp_path / "laucnty18.csv", text.getvalue())
    assert refusal(Store(tmp_path / "store"), path).startswith(
        f"{path}, line 3: the row has 8 fields and the header 9; "
    )
