"""A CSV becomes rows of a table: by name, not by place, and with the line of what does not fit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from lmi.errors import DataFileError
from lmi.schema import table
from lmi.schema.owned import ENGAGEMENT
from lmi.sources import csv_table
from lmi.sources.archive import Member, members
from lmi.sources.csv_header import read_header
from lmi.sources.csv_table import lines_of, parse_block, read_blocks
from lmi.sources.text import Decoder
from tests.builders import flows, write

LABOR = table("labor_force")
HEADER = "area_fips,year,labor_force,employed,unemployed,unemployment_rate\n"


def frames(text: str | bytes, block: int = 10_000) -> list[tuple[int, pl.DataFrame]]:
    """The frames of a labor-force file that comes in blocks of whole lines."""
    data = text.encode() if isinstance(text, str) else text
    lines = [line + b"\n" for line in data.removesuffix(b"\n").split(b"\n")]
    if not data.endswith(b"\n"):
        lines[-1] = lines[-1][:-1]
    pieces = [b"".join(lines[i : i + block]) for i in range(0, len(lines), block)]
    header = read_header(data, LABOR, "f.csv")
    blocks = read_blocks(pieces, Decoder("f.csv"))
    return [(lines.of(0), parse_block(lines, header, "f.csv")) for lines in blocks]


def refusal(text: str | bytes, block: int = 10_000) -> str:
    with pytest.raises(DataFileError) as caught:
        frames(text, block)
    return str(caught.value)


def test_columns_are_found_by_name_in_any_order_and_case() -> None:
    text = (
        "Unemployment_Rate, YEAR ,ours,area_fips,employed,unemployed,Labor_Force\n"
        "4.5,2021,x,08001,19,1,20\n"
    )
    [(line, frame)] = frames(text)
    assert line == 2
    assert frame.rows(named=True) == [
        {
            "area_fips": "08001", "year": 2021, "labor_force": 20, "employed": 19,
            "unemployed": 1, "unemployment_rate": 4.5,
        }
    ]  # fmt: skip


def test_an_empty_field_is_missing_where_it_may_be() -> None:
    [(_, frame)] = frames(HEADER + "08001,2021,20,,,\n")
    assert frame.row(0) == ("08001", 2021, 20, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "08001,2021,20,19,1,4.5\n08003,2021,20,19,1,4.5\n",
        HEADER + "08001,2021,20,19,1,4.5\n08003,2021,20,19,1,4.5",
        "\ufeff" + HEADER + "08001,2021,20,19,1,4.5\n08003,2021,20,19,1,4.5\n",
        (HEADER + "08001,2021,20,19,1,4.5\n08003,2021,20,19,1,4.5\n").replace("\n", "\r\n"),
        HEADER + "\n\r\n08001,2021,20,19,1,4.5\n\n\n08003,2021,20,19,1,4.5\n\n",
        HEADER + '"08001","2021","20","19","1","4.5"\n"08003",2021,20,19,1,"4.5"\n',
        HEADER + "08001,2021,+20, 19,1,4.50\n08003,2021,20,19,1,45e-1\n",
    ],
    ids=["plain", "no last line end", "mark", "CRLF", "blank lines", "quotes", "ways to write"],
)
@pytest.mark.parametrize("block", [1, 2, 100])
def test_the_same_rows_however_they_are_written(text: str, block: int) -> None:
    rows = pl.concat(frame for _, frame in frames(text, block))
    numbers = (2021, 20, 19, 1, 4.5)
    assert rows.rows() == [("08001", *numbers), ("08003", *numbers)]


def test_each_block_knows_its_first_line() -> None:
    text = (
        HEADER
        + "\n"
        + "".join(f"08{n:03},2021,1,1,0,0\n" for n in (1, 3, 5))
        + "\n08007,2021,1,1,0,0\n"
    )
    found = [(line, frame["area_fips"][0]) for line, frame in frames(text, 1)]
    assert found == [(3, "08001"), (4, "08003"), (5, "08005"), (7, "08007")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("08003,2021,20,19,1", "the row has 5 fields and the header 6"),
        ("08003,2021,20,19,1,4.5,1", "the row has 7 fields and the header 6"),
        ("08003", "the row has 1 fields and the header 6"),
        ("   ", "the row has 1 fields and the header 6"),
        ("08003,2021,twenty,19,1,4.5", "labor_force is 'twenty'; it must be a whole number"),
        ("08003,2021,20.5,19,1,4.5", "labor_force is '20.5'; it must be a whole number"),
        ("08003,2021,20,19,1%,4.5", "unemployed is '1%'; it must be a whole number"),
        ("08003,2021,20,19,1,104.5", "unemployment_rate is 104.5; it cannot be above 100"),
        ("08003,2021,20,-19,1,4.5", "employed is -19; it cannot be below 0"),
        ("08003,1066,20,19,1,4.5", "year is 1066; it cannot be below 1970"),
        ("08003,,20,19,1,4.5", "year is empty; it must be a whole number"),
        (",2021,20,19,1,4.5", "area_fips is empty; it must be filled"),
        ('08003,2021,20,19,1,"4.5" x', "the row cannot be read"),
        ("08003,2021,2\r0,19,1,4.5", "the row cannot be read (a CR stands alone in it)"),
    ],
)
@pytest.mark.parametrize("block", [1, 100])
def test_a_row_that_does_not_fit_is_named_by_its_line(row: str, message: str, block: int) -> None:
    good = "08001,2021,20,19,1,4.5\n"
    text = HEADER + good + "\n" + good + row + "\n" + good
    found = refusal(text, block)
    assert found.startswith(f"f.csv, line 5: {message}")
    assert ("download" in found) or ("double the quotes" in found)


def test_a_field_without_end_is_named_by_the_line_it_begins_on() -> None:
    good = "08001,2021,20,19,1,4.5\n"
    text = HEADER + good + '"08003,2021,20,19,1,4.5\n' + good * 6000
    assert refusal(text).startswith("f.csv, line 3: the row cannot be read (")


def test_a_long_value_is_cut_in_the_message() -> None:
    assert len(refusal(HEADER + f"08001,2021,{'9' * 5000},1,1,1\n")) < 200


def test_a_missing_column_is_named_with_what_may_be_it() -> None:
    message = refusal(HEADER.replace("unemployed", "unemployd"))
    assert message == (
        "f.csv, line 1: it lacks the column 'unemployed' of the table labor_force; rename its "
        "column 'unemployd' if that is it, or use the file as the agency publishes it"
    )


def test_several_missing_columns_are_named_together() -> None:
    assert "the column 'employed', 'unemployed' of" in refusal(
        "area_fips,year,labor_force,unemployment_rate\n"
    )


def test_a_column_that_stands_twice_is_refused() -> None:
    message = refusal(HEADER.replace("employed,unemployed", "employed,employed"))
    assert message == "f.csv, line 1: the column 'employed' stands twice in its header; keep one"


def test_columns_without_a_name_are_nobodys() -> None:
    [(_, frame)] = frames(HEADER.replace("\n", ",,\n") + "08001,2021,20,19,1,4.5,,\n")
    assert frame.height == 1


def test_an_empty_text_is_not_a_text() -> None:
    """A quoted nothing is as empty as nothing."""
    text = b'organisation,system,effort,candidate,since\na,b,c,d,\n"",b,c,d,2020\n'
    header = read_header(text, ENGAGEMENT, "f.csv")
    with pytest.raises(DataFileError, match="line 3: organisation is empty; it must be filled"):
        [parse_block(lines, header, "f.csv") for lines in read_blocks([text], Decoder("f.csv"))]


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

    [member] = members(path)
    monkeypatch.setattr(csv_table, "blocks", counted)
    monkeypatch.setattr(csv_table, "BLOCK_BYTES", 1)
    monkeypatch.setattr(csv_table, "TEXT_BLOCK_BYTES", 1)
    found = []
    for frame in csv_table.frames(member, csv_table.header_of(member, spec)):
        assert frame.height == 1
        time.sleep(0.02)  # long enough for a thread that reads ahead
        found.append(read)
    return found


def test_of_the_large_blocks_of_a_table_with_texts_there_is_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of a gigabyte each: a few of them read ahead would fill the memory."""
    texts = [f"08001,family {n},2023,{30_000 + n},someone" for n in range(12)]
    header = "area_fips,household,year,annual_wage,source"
    assert blocks_read("thresholds", [header, *texts], tmp_path, monkeypatch) == list(range(2, 14))


def test_small_blocks_are_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [f"08001,{n:05},1,2021" for n in range(8001, 8025, 2)]
    header = "w_county_fips,h_county_fips,jobs,year"
    assert blocks_read("commuting", [header, *codes], tmp_path, monkeypatch)[0] > 2


def test_every_line_of_a_key_is_found(tmp_path: Path) -> None:
    rows = flows("08001 08003 1", "08001 08005 2", "08001 08003 3") + "\n08001,08003,9,2021\n"
    [member] = members(write(tmp_path / "a.csv", rows))
    key = {"w_county_fips": "08001", "h_county_fips": "08003", "year": 2021}
    assert lines_of(member, table("commuting"), key) == [2, 4, 6]


def test_a_line_without_end_is_refused_and_does_not_gather(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_table, "BLOCK_BYTES", 1000)
    pieces = [HEADER.encode() + b"08001,2021,20,19,1,4.5\n", b"0" * 5000]
    with pytest.raises(DataFileError, match="line 3: the line is longer than 1,000 bytes"):
        list(read_blocks(pieces, Decoder("f.csv")))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ('"08003,2021,20,19,1,4.5', "a quote is opened on it and never closed"),
        ('"080"03,2021,20,19,1,4.5', "a quote stands in the midst of a field"),
    ],
)
def test_a_stray_quote_is_told_in_words(row: str, what: str) -> None:
    assert f"line 2: the row cannot be read ({what})" in refusal(HEADER + row)


def test_rows_of_separators_alone_are_blank() -> None:
    [(_, frame)] = frames(HEADER + "08001,2021,20,19,1,4.5\n,,,,,\n08003,2021,20,19,1,4.5\n,,,,,")
    assert frame["area_fips"].to_list() == ["08001", "08003"]
    message = refusal(HEADER + "08001,2021,20,19,1,4.5\n,,,,,\n08003,1066,20,19,1,4.5\n")
    assert message.startswith("f.csv, line 4: year is 1066")


PLAIN = HEADER + "08001,2021,20,19,1,5.0\n08003,2021,40,38,2,5.0\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("labor_force", "Labor Force").replace("area_fips", "Area.FIPS"),
        PLAIN.replace("5.0\n", "5.0,,\n"),
        PLAIN.replace("5.0\n", "5.0%\n"),
        PLAIN.replace("08003", HEADER.upper() + "08003"),
        PLAIN + "Source: the agency\n",
        PLAIN + "Source: the agency,,,,,\nIt is public; see below,,,,,\n",
    ],
)
def test_a_table_is_read_as_people_keep_it(text: str) -> None:
    frame = pl.concat(rows for _, rows in frames(text))
    assert frame.rows() == [("08001", 2021, 20, 19, 1, 5.0), ("08003", 2021, 40, 38, 2, 5.0)]


def test_a_line_is_found_behind_a_header_that_stands_again() -> None:
    text = PLAIN.replace("08003,2021,40", f"{HEADER}08003,2021,4x")
    assert "line 4: labor_force is '4x'" in refusal(text)
    [lines] = read_blocks([text.encode()], Decoder("f.csv"))
    assert lines.of(1) == 4


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Source: a yearbook,,,,,\n08005,2021,20,19,1,5.0", "line 4: a note stands among its rows"),
        (
            "Adams County,2021",
            "line 4: the row has 2 fields and the header 6; take it out if",
        ),
        ("Total,,60,57,3,5.0", "the row of 'Total' is a sum below the table, so take it out"),
        ("08005,2021,-,19,1,5.0", "a stroke may be nothing or zero, so leave it empty or write 0"),
    ],
)
def test_what_may_be_a_row_that_was_cut_is_not_taken_for_a_note(row: str, told: str) -> None:
    assert told in refusal(f"{PLAIN}{row}\n")
