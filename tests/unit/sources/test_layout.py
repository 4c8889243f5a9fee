"""Layouts that are not the store's: where a table begins, what is left out, where a fault is."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import refusal, take_in, write

HEADER = "SUMLEV,STATE,COUNTY,CTYNAME,POPESTIMATE2020,POPESTIMATE2021"
ROWS = """040,08,000,Colorado,5784156,5811596
050,08,001,Adams County,520070,522140
050,08,003,Alamosa County,16377,16592
"""


def population(store: Store) -> list[list[object]]:
    return store.table("population").drop(columns="source_id").values.tolist()


EXPECTED = [
    ["08000", 2020, 5784156], ["08000", 2021, 5811596], ["08001", 2020, 520070],
    ["08001", 2021, 522140], ["08003", 2020, 16377], ["08003", 2021, 16592],
]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_titles_blank_lines_and_notes_are_no_rows(separator: str, end: str, tmp_path: Path) -> None:
    text = f"Annual estimates\n\n{HEADER}\n{ROWS}\nSource: Census Bureau\n"
    text = text.replace(",", separator).replace("\n", end)
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", text))
    assert population(store) == EXPECTED


def test_a_note_in_a_row_of_empty_cells_is_no_row(tmp_path: Path) -> None:
    """A spreadsheet pads every line with separators."""
    text = f'"A title, with a comma",,,,,\n,,,,,\n{HEADER}\n{ROWS},,,,,\nSource: Census,,,,,\n'
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", text))
    assert population(store) == EXPECTED


def test_a_header_broken_over_lines_is_found(tmp_path: Path) -> None:
    header = HEADER.replace("POPESTIMATE2020", '"POP\nESTIMATE\n2020"')
    broken = header.replace("POP\nESTIMATE\n2020", "POPESTIMATE2020\n")
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", f"{broken}\n{ROWS}"))
    assert population(store) == EXPECTED


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("520070", "many", 5, "population is 'many'; it must be a whole number"),
        ("050,08,003", "050,08,0x3", 6, "'080x3'"),
        ("16377,16592", "-4,16592", 6, "population is -4; it cannot be below 0"),
        ("5784156", "5784", 4, "often in thousands: multiply them by 1,000"),
        ("16377,16592", "16377", 6, "the row has 5 fields and the header 6"),
        ("16377,16592", "16377,16592,1", 6, "the row has 7 fields and the header 6"),
    ],
)
def test_a_fault_has_its_line(old: str, new: str, line: int, words: str, tmp_path: Path) -> None:
    text = f"A title\n\n{HEADER}\n{ROWS}".replace(old, new)
    path = write(tmp_path / "a.csv", text)
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line {line}: ")
    assert words in message


def test_a_fault_after_blank_lines_and_notes_has_its_line(tmp_path: Path) -> None:
    text = f"{HEADER}\n\nA note\n{ROWS}".replace("16592", "x")
    path = write(tmp_path / "a.csv", text)
    assert refusal(Store(tmp_path / "store"), path).startswith(f"{path}, line 6: ")


def test_each_line_may_have_an_encoding_of_its_own(tmp_path: Path) -> None:
    """A file that was put together from two is read where no name of it is kept."""
    utf8, windows = (ROWS.replace("Adams", "Dóña").encode(e) for e in ("utf-8", "cp1252"))
    again = windows.replace(b"08,", b"35,").replace(b"Alamosa", b"Mora")
    again = again.replace(b"35,003", b"35,005")
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", HEADER.encode() + b"\n" + utf8 + again))
    assert len(population(store)) == 12


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    above = "010,00,000,United States,331526933,332048977\n020,01,000,Northeast,57430477,57243423\n"
    [result] = take_in(Store(tmp_path / "store"), write(tmp_path / "a.csv", f"{HEADER}\n{above}"))
    assert result.rows == 2
    assert result.message == (
        "1 row left out (020): what is no nation, state or county is no area here"
    )


def test_a_year_whose_column_is_misspelt_is_not_lost_without_a_word(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS}".replace("POPESTIMATE2021", "POPESTIMAT2021")
    path = write(tmp_path / "a.csv", text)
    assert refusal(Store(tmp_path / "store"), path) == (
        f"{path}, line 1: its column 'POPESTIMAT2021' is not known and is near 'popestimate'; "
        "spell it so, or rename it if it is a column of your own"
    )


def test_a_header_of_two_rows_is_read_as_one(tmp_path: Path) -> None:
    """As the Census Bureau's workbooks have it: years stand below what they are years of."""
    text = (
        "table with row headers in column A,,,\n"
        '"Annual Estimates of the Resident Population, 2020 to 2021",,,\n'
        'Geographic Area,"April 1, 2020 Estimates Base",Population Estimate (as of July 1),\n'
        ",,2020,2021\n"
        'Colorado,"5,773,714","5,784,156","5,811,596"\n'
        '".Adams County, Colorado","519,572","520,070","522,140"\n'
        '".Alamosa County, Colorado","16,376","16,377","16,592"\n'
        "Note: The estimates are based on the 2020 Census,,,\n"
    )
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", text))
    assert population(store) == EXPECTED


def test_two_columns_of_one_year_are_refused(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS}".replace("POPESTIMATE2021", "PopEstimate2020")
    path = write(tmp_path / "a.csv", text)
    assert refusal(Store(tmp_path / "store"), path) == (
        f"{path}, line 1: the column 'popestimate2020' stands twice in its header; keep one"
    )


def test_codes_and_numbers_may_all_have_a_fraction_of_zero(tmp_path: Path) -> None:
    rows = "40.0,8.0,0.0,Colorado,5784156.0,5811596.0\n50.0,8.0,1.0,Adams,520070.0,522140.0\n"
    rows += '="050",="08",="003",Alamosa,16377,16592\n'
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", f"{HEADER}\n{rows}"))
    assert population(store) == EXPECTED


@pytest.mark.parametrize("mark", ["(X)", "(NA)", "(x)"])
def test_what_does_not_apply_is_no_number(mark: str, tmp_path: Path) -> None:
    """Nor is it a zero, where a field must be filled."""
    survey = "h_state_fips,h_county_fips,w_state_fips,w_county_fips,flow,moe\n"
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "f_2016_2020.csv", f"{survey}08,001,008,001,300,{mark}\n"))
    assert store.table("commuting_survey")["margin_of_error"].isna().all()
    path = write(tmp_path / "a.csv", f"{HEADER}\n{ROWS}".replace("16592", mark))
    assert "population is empty" in refusal(store, path)
    plain = f"area_fips,year,population\n08001,2020,{mark}\n"
    assert "stands for an empty field" in refusal(store, write(tmp_path / "p.csv", plain))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_point_that_may_part_thousands_is_not_guessed_at(separator: str, tmp_path: Path) -> None:
    """Rounded to thousands, 519.000 would be read as 519."""
    text = f"{HEADER}\n050,08,001,Adams,520.000,522.000\n".replace(",", separator)
    path = write(tmp_path / "a.csv", text)
    message = refusal(Store(tmp_path / "store"), path)
    assert "population is '520.000'" in message and "may be thousands or a fraction" in message
    plain = (
        f"area_fips{separator}year{separator}population\n08001{separator}2020{separator}520.000\n"
    )
    assert "may be thousands" in refusal(Store(tmp_path / "s"), write(tmp_path / "p.csv", plain))


def test_fractions_with_a_comma_are_read_in_every_layout(tmp_path: Path) -> None:
    head = "fips;state;area_name;civilian_labor_force_2016;employed_2016;unemployed_2016;"
    text = f"{head}unemployment_rate_2016\n08001;CO;Adams;261.879;253.258;8.621;3,3\n"
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", text))
    [row] = store.table("labor_force").to_dict("records")
    assert (row["labor_force"], row["employed"], row["unemployment_rate"]) == (261879, 253258, 3.3)
