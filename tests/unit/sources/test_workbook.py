"""A workbook as the CSV that its table would be saved as."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from lmi.errors import DataFileError
from lmi.sources import workbook as module
from lmi.sources.archive import blocks, head, members
from lmi.sources.recognise import recognise
from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import flows, qcew, take_in, write, write_zip


def made(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


ROWS: list[list[object]] = [["Title"], [], ["08001", 7, 1.5, None, 'a "b",\nc']]


def test_a_sheet_comes_as_rows_a_line_each(tmp_path: Path) -> None:
    [member] = members(made(tmp_path / "a.xlsx", One=ROWS))
    assert member.kind == "workbook"
    assert b"".join(blocks(member)) == b'Title,,,,\n,,,,\n08001,7,1.5,,"a ""b"", c"\n'
    assert head(member, 5) == b"Title"


def test_the_fullest_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    commuting: list[list[object]] = [line.split(",") for line in flows().splitlines()]
    path = made(tmp_path / "a.xlsx", Notes=[["See below"]], Flows=commuting, Blank=[])
    [result] = take_in(Store(tmp_path / "store"), path)
    assert (result.table, result.rows) == ("commuting", 1)
    assert result.message == "the sheet 'Flows' was read; left: 'Notes'"


def test_a_hidden_sheet_is_not_looked_at(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", Hidden=[["x"] * 9] * 9, Shown=[["y"]])
    book = openpyxl.load_workbook(path)
    book["Hidden"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    [member] = members(path)
    assert b"".join(blocks(member)) == b"y\n"


def test_a_slice_that_was_saved_as_a_workbook_is_the_slice(tmp_path: Path) -> None:
    """A spreadsheet takes codes for numbers, and the zero before Colorado's is lost."""
    rows = [[int(f) if f.isdigit() else f for f in row] for row in csv.reader(io.StringIO(qcew()))]
    as_csv, as_workbook = Store(tmp_path / "csv"), Store(tmp_path / "workbook")
    take_in(as_csv, write(tmp_path / "a.csv", qcew()))
    take_in(as_workbook, made(tmp_path / "a.xlsx", Slice=rows))
    assert as_workbook.qcew("annual").equals(as_csv.qcew("annual"))


def test_what_cannot_be_read_has_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
    assert head(members(write_zip(tmp_path / "damaged.xlsx", parts))[0]) == b""
    [member] = members(made(tmp_path / "a.xlsx", One=ROWS))
    monkeypatch.setattr(module, "MAX_BYTES", member.size - 1)
    with pytest.raises(DataFileError) as caught:
        recognise(member)
    assert str(caught.value) == (
        f"{member.path}: it is an Excel workbook that cannot be read or another Office document; "
        "save the sheet as CSV"
    )


def test_a_workbook_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.csv", One=ROWS)
    with pytest.raises(DataFileError, match=r"no table that is known here.*begins 'title"):
        recognise(members(path)[0])


def test_a_workbook_of_several_sheets_says_which_was_looked_at(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", Jobs=[*ROWS, ROWS[-1]], Other=ROWS[-1:])
    with pytest.raises(DataFileError, match=r"its sheet 'Jobs', which holds the most") as caught:
        recognise(members(path)[0])
    assert "if another sheet is meant ('Other'), save that alone" in str(caught.value)


def test_a_workbook_within_an_archive_is_an_archive_within_one(tmp_path: Path) -> None:
    inner = made(tmp_path / "a.xlsx", One=ROWS).read_bytes()
    [member] = members(write_zip(tmp_path / "a.zip", {"a.xlsx": inner}))
    with pytest.raises(DataFileError, match="a zip within a zip; unpack it first"):
        recognise(member)


def test_a_text_document_is_refused_before_anybody_reads_it(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}
    with pytest.raises(DataFileError, match="another Office document; save the sheet as CSV"):
        members(write_zip(tmp_path / "a.docx", parts))


def of_year(year: int, *titles: list[object]) -> list[list[object]]:
    head, row = (line.split(",") for line in flows(year=year).splitlines())
    return [*titles, list[object](head), list[object](row)]


def test_sheets_of_the_same_header_are_one_table(tmp_path: Path) -> None:
    notes: list[list[object]] = [["What this is and where it is from, at some length. " * 9]] * 9
    book = made(
        tmp_path / "a.xlsx",
        Notes=notes, First=of_year(2020), Second=of_year(2021, ["Flows of 2021"]),
        Again=of_year(2020),
    )  # fmt: skip
    [result] = take_in(Store(tmp_path / "store"), book)
    assert (result.table, result.rows) == ("commuting", 2)
    told = "the sheets 'Second' and 'First' were read; left: 'Notes', 'Again'"
    assert told in result.message


WORKS = ["area_fips", "year", "labor_force", "employed", "unemployed", "unemployment_rate"]
AT_WORK: list[list[object]] = [
    WORKS,
    ["08001", 2016, 260_000, 252_000, 8_000, 3.1],
    ["08001", 2017, 265_000, 258_000, 7_000, 2.6],
]


def changed(path: Path, **cells: object) -> Path:
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        book.active[name] = value
    book.save(path)
    return path


@pytest.mark.parametrize("value", ["=SUM(C3:C3)", "#N/A", "#DIV/0!"])
def test_a_cell_whose_formula_has_no_result_is_no_blank(tmp_path: Path, value: str) -> None:
    """The labor force may be blank, as the agency's is of some years, so its number was lost."""
    path = changed(made(tmp_path / "a.xlsx", Sheet=AT_WORK), C2=value, F3=value)
    [result] = ingest([path], tmp_path / "store")
    assert result.status == "failed"
    assert "the sheet 'Sheet' has a formula without a result in C2 and F3; open" in result.message


def test_a_formula_with_a_result_is_the_result_and_one_that_shows_nothing_is_blank(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "a.xlsx", Sheet=AT_WORK)
    content = {}
    with zipfile.ZipFile(path) as book:
        content = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    for cell, xml in (
        (b'<c r="C2" t="n"><v>260000</v></c>', b'<c r="C2"><f>E2+D2</f><v>260000</v></c>'),
        (b'<c r="F3" t="n"><v>2.6</v></c>', b'<c r="F3" t="str"><f>""</f><v></v></c>'),
    ):
        assert cell in content[sheet]
        content[sheet] = content[sheet].replace(cell, xml)
    with zipfile.ZipFile(path, "w") as book:
        for name, data in content.items():
            book.writestr(name, data)
    [result] = take_in(Store(tmp_path / "store"), path)
    assert (result.status, result.rows) == ("added", 2), result.message
    found = Store(tmp_path / "store").table("labor_force")
    assert found["labor_force"].tolist() == [260_000, 265_000]
    assert found["unemployment_rate"].isna().tolist() == [False, True]


def test_a_place_that_is_merged_over_its_rows_is_the_place_of_each(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a.xlsx", Sheet=[["Labor force"], [], *AT_WORK, ["Source", None, "LAUS"]]
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:F1")
    book.active.merge_cells("A4:A5")
    book.active.delete_rows(6)
    book.save(path)
    [result] = take_in(Store(tmp_path / "store"), path)
    assert (result.status, result.rows) == ("added", 2), result.message
    assert set(Store(tmp_path / "store").table("labor_force")["area_fips"]) == {"08001"}


def test_a_number_that_is_merged_over_rows_is_not_that_of_each(tmp_path: Path) -> None:
    """It may be of all of them together."""
    book = openpyxl.load_workbook(made(tmp_path / "a.xlsx", Sheet=AT_WORK))
    book.active.merge_cells("D2:D3")
    book.save(tmp_path / "a.xlsx")
    [member] = members(tmp_path / "a.xlsx")
    assert b"".join(blocks(member)).splitlines()[-1] == b"08001,2017,265000,,7000,2.6"


@pytest.mark.parametrize("merged", ["A2:A3", "J2:J3", "A8:A9", "J8:J9"])
def test_cells_merged_beside_a_table_are_no_part_of_it(tmp_path: Path, merged: str) -> None:
    """It begins in the second column: what is merged in the first is not its last one's."""
    rows: list[list[object]] = [
        ["county", "year", "note"],
        ["08001", 2016, "a"],
        ["08003", 2017, "b"],
    ]
    book = openpyxl.load_workbook(made(tmp_path / "a.xlsx", Sheet=[[None, *row] for row in rows]))
    book.active.merged_cells.add(
        merged
    )  # as a spreadsheet keeps them, without taking what they hide
    book.save(tmp_path / "a.xlsx")
    [member] = members(tmp_path / "a.xlsx")
    notes = [line.split(b",")[2] for line in b"".join(blocks(member)).splitlines()]
    assert notes == [b"note", b"a", b"b"]


def test_a_workbook_whose_parts_are_damaged_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", Sheet=AT_WORK)
    with zipfile.ZipFile(path) as book:
        content = {name: book.read(name) for name in book.namelist()}
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b"<sheets>", b"<sheets>&nbsp;")
    with zipfile.ZipFile(path, "w") as book:
        for name, data in content.items():
            book.writestr(name, data)
    [result] = ingest([path], tmp_path / "store")
    assert result.status == "failed" and "Traceback" not in result.message
