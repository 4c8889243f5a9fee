"""What the store holds, in one file that is replaced as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lmi.errors import StoreError
from lmi.store.catalogue import FILE_NAME, Catalogue, IngestedFile, StoreFile

SOURCE = IngestedFile(
    3, "añon.zip", "qcew_annual", 12, "ab" * 32, 4, ("2016", "2017"), "revised", "now"
)


def test_an_absent_catalogue_is_empty(tmp_path: Path) -> None:
    found = Catalogue.load(tmp_path)
    assert (found.sources, found.parts, found.next_id()) == ([], {}, 1)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    saved = Catalogue([SOURCE], {"t/b": [StoreFile("t/b/1.parquet", 5, 1)], "t/a": []})
    saved.save(tmp_path)
    assert Catalogue.load(tmp_path) == saved
    assert saved.next_id() == 4


def test_the_same_catalogue_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = Catalogue(parts={"a": [], "b": []}), Catalogue(parts={"b": [], "a": []})
    one.save(tmp_path / "1")
    two.save(tmp_path / "2")
    assert (tmp_path / "1" / FILE_NAME).read_bytes() == (tmp_path / "2" / FILE_NAME).read_bytes()


def test_a_part_is_the_last_that_was_valid_then() -> None:
    parts = [StoreFile("1", 1, 1), StoreFile("4", 1, 4), StoreFile("9", 1, 9)]
    catalogue = Catalogue(parts={"t": parts})

    def file(as_of: int | None) -> str | None:
        part = catalogue.part("t", as_of)
        return part.file if part else None

    assert [file(n) for n in (None, 0, 1, 3, 4, 8, 9, 99)] == [
        "9", None, "1", "1", "4", "4", "9", "9",
    ]  # fmt: skip
    assert catalogue.part("other") is None


def test_partitions_are_those_of_the_table_alone() -> None:
    catalogue = Catalogue(parts={"qcew_annual/state=08": [], "qcew_annual_old/state=08": []})
    assert catalogue.partitions("qcew_annual") == {"state=08": "qcew_annual/state=08"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"format"',
        "{}",
        '{"format": 1}',
        '{"format": 1, "sources": [{}], "parts": {}}',
        '{"format": 1, "sources": [], "parts": {"t": [{"file": "x"}]}}',
        '{"format": 1, "sources": [], "parts": []}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_catalogue_is_an_error_in_words(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(StoreError, match=r"cannot be read \(.*\); restore it, or move the store"):
        Catalogue.load(tmp_path)


def test_a_catalogue_of_another_version_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"format": 2}))
    with pytest.raises(StoreError, match="has format 2; this version reads 1, so install"):
        Catalogue.load(tmp_path)
