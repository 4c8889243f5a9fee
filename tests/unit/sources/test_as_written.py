"""Numbers and empty fields in the ways that people and programs write them."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.schema import table
from lmi.sources.as_written import decimal_mark, is_empty, numbers, why_not

JOBS = table("labor_force").by_name["employed"]
RATE = table("labor_force").by_name["unemployment_rate"]
WAGE = table("thresholds").by_name["annual_wage"]


def one(cell: str, column=JOBS, decimal: str = "."):
    return numbers(pl.Series([cell]), column, decimal).item()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234", 1234), ("1,234", 1234), ("1,234,567", 1_234_567), ("1234.0", 1234),
        ("1,234.00", 1234), ("4.6e+08", 460_000_000), ("4.6E8", 460_000_000), ("+7", 7),
        ("-7", -7), ("(7)", -7), ("\N{MINUS SIGN}7", -7), ("\t 7 \xa0", 7), ("1\xa0234", 1234),
        ("1 234", 1234),
        ("1'234", 1234), ("１，２３４", 1234), ("123456789012345678", 123456789012345678),
        ("1.5e3", 1500), ("007", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_however_it_is_written(cell: str, number: int) -> None:
    assert one(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["12.5", "1.5e0", "12,34", "1,2345", "1.23457E+11", "6.06E+04", "9e18", "1e400", "9" * 20,
     "inf", "-", "0x1", "1_000", "1 234 jobs", "$7", "٣", "", "."],
)  # fmt: skip
def test_what_is_no_whole_number_is_none(cell: str) -> None:
    assert one(cell) is None


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("6.6E+05", ".", None), ("1.5E+01", ".", 15), ("6.6e+05", ".", 660_000),
        ("1,234.5", ".", 1234.5), ("1.234,5", ",", 1234.5), ("0,5", ",", 0.5), ("12,5", ".", None),
        ("12.5", ",", None), ("12.34", "", 12.34),
        (".5", ".", 0.5), ("5.", ".", 5), ("4.5%", ".", 4.5),
        ("4.5 %", ".", 4.5), ("1e-3", ".", 0.001),
    ],
)  # fmt: skip
def test_a_fraction_is_read_by_its_mark(cell: str, decimal: str, number: float | None) -> None:
    assert one(cell, RATE, decimal) == number


@given(
    st.lists(st.none() | st.text("0123456789.+-", max_size=6), min_size=1, max_size=4),
    st.sampled_from([JOBS, RATE, WAGE]),
    st.sampled_from([".", ",", ""]),
)
def test_what_stands_beside_a_number_does_not_change_it(cells, column, decimal: str) -> None:
    """Whether a column of digits alone is read at once, or one by its rules."""
    together = numbers(pl.Series([*cells, "1 (a)"], dtype=pl.String), column, decimal)
    assert numbers(pl.Series(cells, dtype=pl.String), column, decimal).equals(together[:-1])


@pytest.mark.parametrize("cell", ["1,234", "1.234"])
def test_a_mark_of_which_nothing_tells_what_it_is(cell: str) -> None:
    """Unless there cannot be so many thousands: no rate is 1,234 percent, no index 240,007."""
    assert one(cell, table("projections").by_name["base_emplvl"], "") is None
    assert one(cell, RATE, "") == 1.234
    index = table("consumer_prices").by_name["cpi_u"]
    assert one(cell, index, "") is None
    assert one(cell.replace("1", "240").replace("234", "007"), index, "") == 240.007


@pytest.mark.parametrize("cell", ["$37,440", "$ 37440.00", " $37,440 "])
def test_an_amount_may_have_its_dollar_sign(cell: str) -> None:
    assert one(cell, WAGE) == 37_440


@pytest.mark.parametrize(
    ("cells", "separator", "mark"),
    [
        (["2.31", "1,234"], ";", "."), (["2,31", "1.234"], ";", ","), (["1,234"], ",", "."),
        (["1,234"], ";", ""), (["12"], "\t", ""), (["1,234,567"], ";", "."),
        (["1.234.567"], ";", ","), (["2,31", "2.31"], ";", "."), (["0,234"], ",", ","),
        (["772233,0"], ";", ","), ([".", "2,5"], ";", ","),
    ],
)  # fmt: skip
def test_some_numbers_tell_the_mark(cells: list[str], separator: str, mark: str) -> None:
    assert decimal_mark(cells, separator) == mark


def test_a_field_is_empty_in_many_words() -> None:
    empty = ["", " ", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "None", ".", "<NA>", "N.A.", None]
    assert is_empty(pl.Series(empty)).all()
    assert not is_empty(pl.Series(["0", "-", "N", "n", "nothing", "no"])).any()


@pytest.mark.parametrize(
    ("cell", "column", "decimal", "told"),
    [
        ("", JOBS, ".", "employed is empty; it must be a whole number"),
        ("NA", JOBS, ".", "employed is 'NA', which stands for an empty field; it must be a whole"),
        ("12,5", RATE, ".", "with a point before its fraction"),
        ("1,234", RATE, "", "this may be thousands or a fraction"),
        ("1.23457E+11", JOBS, ".", "with all its digits, which a spreadsheet has rounded away"),
        ("6.06E+04", JOBS, ".", "with all its digits, which a spreadsheet has rounded away"),
        ("٣", JOBS, ".", "in the digits 0 to 9"),
    ],
)
def test_what_is_no_number_is_told_with_what_helps(cell, column, decimal: str, told: str) -> None:
    assert told in why_not(cell, column, decimal)
