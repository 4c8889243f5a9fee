"""A bad row or header is refused with its line, and nothing of its file is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import (
    is_one_sentence,
    qcew,
    refusal,
    write,
    write_zip,
)

SPOILT: dict[str, tuple[Callable[[str], str], int, list[str]]] = {
    "a number that is none": (
        lambda t: t.replace("90000000", "many"),
        2,
        ["total_annual_wages is 'many'", "whole number", "download"],
    ),
    "an empty number, as a program writes it": (
        lambda t: t.replace("90000000", "n/a"),
        2,
        ["'n/a', which stands for an empty field", "must be a whole number", "is not N"],
    ),
    "a number with a comma at odd places": (
        lambda t: t.replace("80000000", '"80,00,0000"'),
        3,
        ["total_annual_wages is '80,00,0000'", "whole number"],
    ),
    "a number with commas and no quotes": (
        lambda t: t.replace("80000000", "80,000,000"),
        3,
        ["40 fields and the header 38", "holds a comma into quotes"],
    ),
    "a number that a spreadsheet rounded": (
        lambda t: t.replace("80000000", "1.23457E+11"),
        3,
        ["'1.23457E+11'", "with all its digits, which a spreadsheet has rounded away"],
    ),
    "a number in the digits of another script": (
        lambda t: t.replace("80000000", "٨٠٠"),
        3,
        ["whole number in the digits 0 to 9"],
    ),
    "a code with a stray quote": (
        lambda t: t.replace(",62,", ',"62"14,'),
        4,
        ["a quote stands in the midst of a field"],
    ),
    "a fraction of a job": (
        lambda t: t.replace(",1800,", ",1800.5,"),
        3,
        ["annual_avg_emplvl is '1800.5'", "whole number"],
    ),
    "a number beyond 64 bits": (
        lambda t: t.replace("90000000", "9" * 20),
        2,
        ["total_annual_wages is '99999", "whole number"],
    ),
    "a quotient that is not finite": (
        lambda t: t.replace("1.25", "inf", 1),
        3,
        ["lq_annual_avg_estabs is 'inf'", "must be a number"],
    ),
    "negative jobs": (
        lambda t: t.replace(",50,", ",-50,"),
        5,
        ["annual_avg_emplvl is -50", "below 0"],
    ),
    "an empty required number": (
        lambda t: t.replace(",50,", ",,"),
        5,
        ["annual_avg_emplvl is empty", "whole number", "download"],
    ),
    "an area without its leading zero": (
        lambda t: t.replace("08003,", "8003,"),
        5,
        ["'8003'", "five characters", "'08003'", "as text"],
    ),
    "an area too long": (lambda t: t.replace("08003,", "080030,"), 5, ["'080030'", "as text"]),
    "a state that is none": (lambda t: t.replace("08003,", "03003,"), 5, ["'03003'", "'03'"]),
    "an empty area": (lambda t: t.replace("08003,", ","), 5, ["area_fips is empty", "filled"]),
    "an ownership that is none": (
        lambda t: t.replace("08003,0,", "08003,7,"),
        5,
        ["own_code: '7'", "one of 0, 1, 2"],
    ),
    "an industry with seven digits": (
        lambda t: t.replace(",62,", ",6211111,"),
        4,
        ["industry_code: '6211111'", "3 to 6 digits"],
    ),
    "an industry of the SIC": (
        lambda t: t.replace(",62,", ",SIC_0A,"),
        4,
        ["'SIC_0A'", "SIC", "take the NAICS-based files"],
    ),
    "a level that is none": (lambda t: t.replace(",74,", ",7,"), 4, ["agglvl_code: '7'", "'76'"]),
    "a size that is none": (
        lambda t: t.replace(",70,0,2016", ",70,10,2016", 1),
        2,
        ["size_code: '10'", "0, 1, 2"],
    ),
    "an unknown disclosure code": (
        lambda t: t.replace(",A,N,", ",A,X,"),
        4,
        ["disclosure_code is 'X'", "N, -", "download"],
    ),
    "a quarter among years": (
        lambda t: t.replace(",2016,A,,10,", ",2016,1,,10,"),
        5,
        ["qtr is '1'", "must be A", "download"],
    ),
    "a year that is none": (
        lambda t: t.replace(",2016,A,N", ",20166,A,N"),
        4,
        ["year is 20166", "above 2100"],
    ),
    "a year that is not there": (
        lambda t: t.replace(",2016,A,N", ",,A,N"),
        4,
        ["year is empty", "whole number", "download"],
    ),
    "a row cut off at the end": (
        lambda t: t[:-60],
        5,
        ["fields and the header 38", "cut off", "download it again"],
    ),
    "a field too many": (
        lambda t: t.replace("08003,0,10,", "08003,0,10,10,"),
        5,
        ["39 fields and the header 38", "download the file again"],
    ),
    "a quote that never ends": (
        lambda t: t.replace("08003,", '"08003,'),
        5,
        ["cannot be read", "opened on it and never closed"],
    ),
    "a NUL byte": (lambda t: t.replace("08003,", "08\0003,"), 5, ["NUL", "save it as plain CSV"]),
    "a bad row after blank lines": (
        lambda t: t.replace("08001,5", "\n\r\n08001,5").replace(",50,", ",-50,"),
        9,
        ["annual_avg_emplvl is -50"],
    ),
    "a repeated key": (
        lambda t: t + t.splitlines()[1] + "\n",
        6,
        ["area_fips '08001', own_code '0'", "stands twice", "also on line 2", "make it one row"],
    ),
    "a repeated key with other numbers, after a blank line": (
        lambda t: t + "\n" + t.splitlines()[1].replace("2000", "2001") + "\n",
        7,
        ["stands twice", "also on line 2"],
    ),
}


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_bad_row_is_refused_with_its_line(
    name: str, end: str, filled: Store, tmp_path: Path
) -> None:
    spoil, line, words = SPOILT[name]
    text = spoil(qcew()).replace("\r\n", "\n").replace("\n", end)
    path = write(tmp_path / "bad.csv", text)
    message = refusal(filled, path)
    assert message.startswith(f"{path}, line {line}: ")
    assert is_one_sentence(message)
    assert [w for w in words if w not in message] == [], message


HEADERS: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "a missing column": (
        lambda t: t.replace("annual_avg_emplvl,", "", 1),
        ["lacks the column 'annual_avg_emplvl'", "qcew_annual", "as the agency publishes it"],
    ),
    "a renamed column": (
        lambda t: t.replace("annual_avg_emplvl,", "annual_avg_employment,", 1),
        ["lacks the column 'annual_avg_emplvl'", "'annual_avg_employment' if that is it"],
    ),
    "a column twice": (
        lambda t: t.replace("total_annual_wages,", "annual_avg_emplvl,", 1),
        ["'annual_avg_emplvl' stands twice", "keep one"],
    ),
    "a column in two spellings": (
        lambda t: t.replace("total_annual_wages,", "annual_avg_estabs_count,", 1),
        ["'annual_avg_estabs' stands twice", "keep one"],
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_bad_header_is_refused_on_line_1(name: str, filled: Store, tmp_path: Path) -> None:
    spoil, words = HEADERS[name]
    path = write(tmp_path / "bad.csv", spoil(qcew()))
    message = refusal(filled, path)
    assert message.startswith(f"{path}, line 1: ")
    assert is_one_sentence(message)
    assert [w for w in words if w not in message] == [], message


def test_a_bad_row_in_a_zip_names_the_member_and_its_line(filled: Store, tmp_path: Path) -> None:
    bad = qcew().replace(",50,", ",-50,")
    path = write_zip(tmp_path / "a.zip", {"1 good.csv": qcew(year=2017), "2 bad.csv": bad})
    assert refusal(filled, path).startswith(f"{path} (2 bad.csv), line 5: annual_avg_emplvl is -50")


def test_a_key_in_two_members_names_both(filled: Store, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.csv": qcew("08001 0 10 1 2 3"), "2.csv": qcew()})
    message = refusal(filled, path)
    assert message.startswith(f"{path} (2.csv), line 2: the key area_fips '08001'")
    assert "also on line 2 of 1.csv" in message


def test_lines_are_counted_over_blocks(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A national file is read in blocks; a block does not begin to count anew."""
    monkeypatch.setattr("lmi.sources.csv_table.BLOCK_BYTES", 3000)
    monkeypatch.setattr("lmi.sources.archive.CHUNK_BYTES", 100)
    cells = "\n".join(f"08{n:03} 0 10 5 50 4000" for n in range(1, 80, 2))
    text = qcew(cells).replace("08041,", "\n08041,").replace("08061,0", "08061,7")
    message = refusal(filled, write(tmp_path / "bad.csv", text))
    assert ", line 33: own_code: '7'" in message
    twice = qcew(cells) + qcew("08003 0 10 5 50 4000").splitlines()[1] + "\n"
    message = refusal(filled, write(tmp_path / "twice.csv", twice))
    assert ", line 42: " in message
    assert "also on line 3" in message


def test_a_bad_row_after_quoted_line_ends_has_its_own_line(filled: Store, tmp_path: Path) -> None:
    text = 'area_fips,household,year,annual_wage,source\n08001,"two\n\nlines",2023,30000,s\n'
    path = write(tmp_path / "t.csv", text + "08001,one,2023,-3,s\n")
    refused = refusal(filled, path)
    assert refused.startswith(f"{path}, line 5: annual_wage is -3; it cannot be below 5000")
