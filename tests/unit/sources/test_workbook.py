"""The rows of a workbook, if it has any that can be read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lmi.errors import DataFileError
from lmi.sources import workbook as module
from lmi.sources.archive import members
from lmi.sources.recognise import recognise
from lmi.sources.workbook import sheet
from tests.builders import write_zip


def made(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["Title"], [], ["08001", 7, 1.5, None]):
        book.active.append(row)
    book.save(path)
    return path


def test_the_first_sheet_comes_as_rows(tmp_path: Path) -> None:
    [member] = members(made(tmp_path / "a.xlsx"))
    assert member.kind == "workbook"
    title, blank, row = sheet(member)
    assert title == ["Title", "", ""]
    assert blank == ["", "", ""]
    assert row == ["08001", 7, 1.5]


def test_what_cannot_be_read_has_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
    assert sheet(members(write_zip(tmp_path / "damaged.xlsx", parts))[0]) == []
    [member] = members(made(tmp_path / "a.xlsx"))
    monkeypatch.setattr(module, "MAX_BYTES", member.size - 1)
    assert sheet(member) == []


def test_a_workbook_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.csv")
    with pytest.raises(DataFileError) as caught:
        recognise(members(path)[0])
    assert str(caught.value) == (
        f"{path}: it is an Excel workbook or another Office document; save the sheet as CSV"
    )


def test_a_workbook_within_an_archive_is_an_archive_within_one(tmp_path: Path) -> None:
    inner = made(tmp_path / "a.xlsx").read_bytes()
    [member] = members(write_zip(tmp_path / "a.zip", {"a.xlsx": inner}))
    with pytest.raises(DataFileError, match="a zip within a zip; unpack it first"):
        recognise(member)


def test_a_text_document_is_refused_before_anybody_reads_it(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}
    with pytest.raises(DataFileError, match="another Office document; save the sheet as CSV"):
        members(write_zip(tmp_path / "a.docx", parts))
