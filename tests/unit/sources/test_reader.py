"""Whether a file looks cut off, whatever it is packed in."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import openpyxl
import pytest

from lmi.sources.archive import members
from lmi.sources.recognise import recognise
from tests.builders import feature_collection, write, write_zip

POPULATION = "area_fips,year,population\n08001,2020,520000\n08003,2020,16234\n"
AMID_LINE = (
    "its last line has no line end: if the file was cut off there, the last row is short of "
    "digits or letters, and others are missing"
)


def zipped(content: bytes, path: Path) -> Path:
    return write_zip(path, {"population.csv": content})


def remarks(path: Path) -> list[str]:
    found: list[str] = []
    [member] = members(path)
    kind = recognise(member)
    assert kind is not None
    assert sum(frame.height for frame in kind.reader.read(member, kind.table, found))
    return found


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_table_that_ends_amid_its_last_line_is_said_to(packed, cut: int, tmp_path: Path) -> None:
    whole = POPULATION.encode()
    assert remarks(write(tmp_path / "a.csv", packed(whole))) == []
    assert remarks(write(tmp_path / "b.csv", packed(whole[:-cut]))) == [AMID_LINE]


def test_a_zip_says_which_of_its_files_ends_so(tmp_path: Path) -> None:
    assert remarks(zipped(POPULATION.encode(), tmp_path / "a.zip")) == []
    cut = zipped(POPULATION.encode()[:-2], tmp_path / "b.zip")
    assert remarks(cut) == [f"population.csv: {AMID_LINE}"]


@pytest.mark.parametrize("end", ["\r\n", "\r", ""])
def test_what_ends_whole_is_no_cut(end: str, tmp_path: Path) -> None:
    """A last field that is empty or quoted is there whole."""
    quoted = 'area_fips,year,population\r08001,2020,520000\r08003,2020,"16234"' + end
    text = quoted.replace("\r", end or "\n")
    assert remarks(write(tmp_path / "a.csv", text)) == []


def test_a_map_needs_no_line_end(tmp_path: Path) -> None:
    assert remarks(write(tmp_path / "a.json", feature_collection(["08001"]))) == []


@pytest.mark.parametrize("lacking", [0, 1])
def test_a_sheet_whose_last_row_lacks_cells_is_said_to(lacking: int, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [
        ["area_fips", "year", "labor_force", "employed", "unemployed", "unemployment_rate"],
        ["08001", 2020, 1000, 950, 50, 5.0],
        ["08003", 2020, 2000, 1900, 100, 5.0],
    ]
    rows[-1] = rows[-1][: len(rows[-1]) - 3 * lacking]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    said = ["its last row lacks employed, which all others have: is the sheet cut off?"]
    assert remarks(tmp_path / "a.xlsx") == said * lacking
