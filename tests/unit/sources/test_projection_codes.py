"""Industries as projections code them."""

from __future__ import annotations

import pytest

from lmi.sources.projection_codes import industries_of


@pytest.mark.parametrize(
    ("written", "industry"),
    [
        ("000000", "10"),
        ("0", "10"),  # as a spreadsheet leaves it
        ("TE1000", "10"),
        ("te000", "10"),
        ("310000", "31-33"),
        ("31", "31-33"),
        ("31-330", "31-33"),
        ("3133", "3133"),  # textile mills have that code
        ("313300", "3133"),
        ("4445", "44-45"),
        ("44-45", "44-45"),
        ("480000", "48-49"),
        ("101300", "1013"),
        ("220000", "22"),
        ("221000", "221"),
        ("236100", "2361"),
        ("541110", "54111"),
        ("238110", "23811"),  # QCEW has it in two
        ("000624", "624"),
        ("62----", "62"),
        (" 621 ", "621"),
        ("621000.0", "621"),  # pandas
        ("0.0", "10"),
    ],
)
def test_an_industry_that_is_certain(written: str, industry: str) -> None:
    assert industries_of([written]) == {written: industry}


@pytest.mark.parametrize(
    "written",
    ["TE1100", "TE1200", "910000", "920000", "999300", "330000", "45", "00SEMP", "12", ""],
)
def test_what_is_no_industry_for_certain_is_left_out(written: str) -> None:
    """The self-employed, wage and salary jobs alone, owners of governments, parts of sectors."""
    assert industries_of([written]) == {}


def test_3133_is_manufacturing_where_other_sectors_lack_their_hyphens() -> None:
    assert industries_of(["3133", "4445", "484900"]) == {
        "3133": "31-33",
        "4445": "44-45",
        "484900": "48-49",
    }
    assert industries_of(["31-33", "3133", "4445"])["3133"] == "3133"


def test_31_is_not_all_of_manufacturing_where_33_stands_beside_it() -> None:
    assert industries_of(["310000", "330000", "440000", "480000"]) == {
        "440000": "44-45",
        "480000": "48-49",
    }
