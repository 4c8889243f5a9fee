"""Codes of every table are held against their grammar."""

from __future__ import annotations

import polars as pl
import pytest

from lmi.errors import DataFileError
from lmi.sources.check_codes import check_codes
from lmi.sources.locate_fault import Lines

GOOD = {
    "area_fips": ["US000", "08000", "08001", "08999", "C1974", "CS216", "USCMS", "99001", "ZZ000"],
    "own_code": ["0", "1", "2", "3", "5", "8", "9"],
    "industry_code": [
        "10",
        "101",
        "1013",
        "31-33",
        "44-45",
        "62",
        "336",
        "3364",
        "336411",
        "238111",
    ],
    "agglvl_code": ["10", "18", "28", "50", "64", "70", "78"],
    "size_code": ["0", "9"],
    "qtr": ["1", "4", "A"],
    "w_county_fips": ["08001"],
}


def check(column: str, values: list[str]) -> None:
    text = "\n".join(values).encode()
    check_codes(pl.DataFrame({column: values}), "f.csv", Lines(text, first=2))


@pytest.mark.parametrize("column", GOOD)
def test_codes_that_the_agency_writes_are_taken(column: str) -> None:
    check(column, GOOD[column])


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("area_fips", "8001x"),
        ("area_fips", "US"),
        ("area_fips", "60001"),
        ("h_county_fips", "8003"),
        ("own_code", "05"),
        ("own_code", "Private"),
        ("industry_code", "31"),
        ("industry_code", "31_33"),
        ("industry_code", "1"),
        ("industry_code", "3364111"),
        ("industry_code", "SIC_20"),
        ("agglvl_code", "079"),
        ("agglvl_code", "99"),
        ("size_code", "10"),
        ("qtr", "5"),
    ],
)
def test_a_code_that_breaks_its_grammar_is_refused(column: str, code: str) -> None:
    good = GOOD.get(column, ["08001"])[0]
    with pytest.raises(DataFileError) as caught:
        check(column, [good, code, good, code])
    assert caught.value.line == 3
    assert caught.value.message.startswith(f"{column}: {code!r} is ")
    assert caught.value.message.endswith(
        "keep codes as text when you save the file, or download it again"
    )


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("area_fips", " 08001", "08001"),
        ("area_fips", "08001.0", "08001"),
        ("area_fips", '="08001"', "08001"),
        ("area_fips", "０８００１", "08001"),
        ("own_code", "5.0", "5"),
        ("industry_code", "336411.0", "336411"),
        ("industry_code", "31-33 ", "31-33"),
        ("agglvl_code", "70.0", "70"),
        ("qtr", "1.0", "1"),
    ],
)
def test_a_code_that_can_only_be_one_is_read_as_that(column: str, written: str, code: str) -> None:
    for kind in (pl.String(), pl.Categorical()):
        frame = pl.DataFrame({column: [GOOD[column][0], written]}, {column: kind})
        read = check_codes(frame, "f.csv", Lines(b"", first=2))
        assert read[column].to_list() == [GOOD[column][0], code]
        assert read.schema == frame.schema


def test_areas_that_all_lost_their_leading_zero_are_mended() -> None:
    frame = pl.DataFrame({"area_fips": ["8001", "1000.0", "US000", "C1974"]})
    read = check_codes(frame, "f.csv", Lines(b"", first=2))
    assert read["area_fips"].to_list() == ["08001", "01000", "US000", "C1974"]


def test_areas_without_a_digit_that_would_be_no_areas_are_refused() -> None:
    with pytest.raises(DataFileError, match="'2021' is not an area code"):
        check("area_fips", ["2021", "2022"])


@pytest.mark.parametrize("other", ["08003", "39047"])
def test_an_area_that_alone_lost_a_digit_is_refused(other: str) -> None:
    """Which digit is gone nobody knows: 39001 cut on the left is the code of another county."""
    frame = pl.DataFrame({"area_fips": [other, "9001"]})
    with pytest.raises(DataFileError, match=r"line 3: area_fips: '9001'"):
        check_codes(frame, "f.csv", Lines(f"{other}\n9001".encode(), first=2))


def test_a_code_that_stands_for_an_empty_field_is_refused_as_that() -> None:
    with pytest.raises(DataFileError, match="'NA', which stands for an empty field"):
        check("industry_code", ["10", "NA"])


def test_columns_without_a_grammar_are_left_alone() -> None:
    check("statement", ["anything"])


@pytest.mark.parametrize("code", ["'08001", '="08001"', "\u201c08001\u201d", " 08001.0"])
def test_what_stands_around_a_code_is_taken_away(code: str) -> None:
    frame = pl.DataFrame({"area_fips": [code]})
    assert check_codes(frame, "f.csv", Lines(code.encode(), 2))["area_fips"].item() == "08001"
