"""CSV that is the same every time and that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.csv_files import csv_bytes, defused


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_would_run_as_a_formula_is_defused(start):
    assert defused(f"{start}1+1") == f"'{start}1+1"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_text_cell_starts_a_formula_and_every_cell_comes_back(texts):
    written = csv_bytes(pd.DataFrame({"name": texts})).decode("utf-8")
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(written, newline=""))][1:]
    on_one_line = [re.sub("\r\n|\r|\n", " ", text) for text in texts]
    assert [cell.removeprefix("'") for cell in cells] == [t.removeprefix("'") for t in on_one_line]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)


def test_numbers_keep_their_sign_and_missing_values_stay_empty():
    frame = pd.DataFrame(
        {
            "emplvl_chg": [-12.5, float("nan"), 0.0],
            "annual_avg_emplvl": [1234567.0, 0.1 + 0.2, -0.0000001],
            "year": [2023, 2023, 2023],
            "is_break": [True, False, False],
            "vintage": ["revised", None, pd.NA],
        }
    )
    assert csv_bytes(frame).decode().splitlines() == [
        "emplvl_chg,annual_avg_emplvl,year,is_break,vintage",
        "-12.5,1234567,2023,true,revised",
        ",0.3,2023,false,",
        "0,0,2023,false,",
    ]


def test_lines_end_alike_on_every_system():
    assert csv_bytes(pd.DataFrame({"a": [1]})) == b"a\n1\n"
