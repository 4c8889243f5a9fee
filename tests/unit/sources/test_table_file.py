"""Rows, periods and vintages out of a file's members."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from lmi.schema import table
from lmi.sources import table_file as module
from lmi.sources.archive import Member, members
from lmi.sources.table_file import frames, periods, places, vintage
from tests.builders import flows, qcew, write, write_zip


def test_columns_that_a_file_may_lack_are_missing(tmp_path: Path) -> None:
    spec = table("qcew_quarterly")
    path = write(tmp_path / "a.csv", qcew(qtr="1", layout="trimmed"))
    [frame] = frames(members(path)[0], spec)
    stored = frame.cast(spec.polars_schema)
    assert spec.check(stored).equals(stored)
    assert frame["oty_avg_wkly_wage_chg"].null_count() == frame.height == 4
    assert frame["month1_emplvl"].to_list() == [2000, 1800, None, 50]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"year": [2016, 2016], "qtr": ["1", "4"]}, {"2016Q1", "2016Q4"}),
        ({"year": [2016, 2017], "qtr": ["A", "A"]}, {"2016", "2017"}),
        ({"year": [2016, 2016]}, {"2016"}),
        ({"base_year": [2020], "projected_year": [2030]}, {"2030"}),
        ({"candidate": ["energy"]}, set()),
    ],
)
def test_periods_are_written_as_they_are_asked_for(rows: dict, expected: set[str]) -> None:
    assert periods(pl.DataFrame(rows)) == expected


def blocks_read(
    table_name: str, lines: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """How many blocks, of a line each, had been read when each was handed out."""
    spec, read = table(table_name), 0
    path = write(folder / "a.csv", "\n".join(lines) + "\n")

    def counted(member: Member) -> Iterator[bytes]:
        nonlocal read
        for line in lines:
            read += 1
            yield f"{line}\n".encode()

    monkeypatch.setattr(module, "blocks", counted)
    monkeypatch.setattr(module, "BLOCK_BYTES", 1)
    monkeypatch.setattr(module, "TEXT_BLOCK_BYTES", 1)
    found = []
    for frame in frames(members(path)[0], spec):
        assert frame.height == 1
        time.sleep(0.02)  # long enough for a thread that reads ahead
        found.append(read)
    return found


def test_of_the_large_blocks_of_a_table_with_texts_there_is_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of a gigabyte each: a few of them read ahead would fill the memory."""
    texts = [f"08001,family {n},2023,{n},someone" for n in range(12)]
    header = "area_fips,household,year,annual_wage,source"
    assert blocks_read("thresholds", [header, *texts], tmp_path, monkeypatch) == list(range(2, 14))


def test_small_blocks_are_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [f"08001,{n:05},1,2021" for n in range(8001, 8025, 2)]
    header = "w_county_fips,h_county_fips,jobs,year"
    assert blocks_read("commuting", [header, *codes], tmp_path, monkeypatch)[0] > 2


def test_every_place_of_a_key_is_found(tmp_path: Path) -> None:
    spec, text = table("commuting"), flows("08001 08003 1", "08001 08005 2", "08001 08003 3")
    found = members(
        write_zip(tmp_path / "a.zip", {"1.csv": text, "2.csv": text + "\n08001,08003,9,2021\n"})
    )
    key = {"w_county_fips": "08001", "h_county_fips": "08003", "year": 2021}
    assert [(m.name, line) for m, line in places(found, spec, key)] == [
        ("1.csv", 2), ("1.csv", 4), ("2.csv", 2), ("2.csv", 4), ("2.csv", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024.q1-q1.by_area/2024.q1-q1 08001 Adams County, Colorado.csv", "preliminary"),
        ("2024.q1-q3.singlefile.csv", "preliminary"),
        ("2016.q1-q4.by_area/2016.q1-q4 08001.csv", ""),
        ("2016.annual 08001.csv", ""),
        ("q1-q12 of a catalogue.csv", ""),
    ],
)
def test_a_year_under_way_is_preliminary(name: str, expected: str) -> None:
    assert vintage(["readme.csv", name]) == expected
