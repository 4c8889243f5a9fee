"""What the store holds, in one file that is replaced as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lmi.errors import StoreError
from lmi.store.catalogue import FILE_NAME, Catalogue, IngestedFile, Layer, Partition

SOURCE = IngestedFile(
    3, "añon.zip", "qcew_annual", 12, "ab" * 32, 4, ("2016", "2017"), "revised", "now"
)


HELD = Partition("t/2.parquet", (Layer("t/1.parquet", 3, ("a", "b")),), {3: 5})


def test_an_absent_catalogue_is_empty(tmp_path: Path) -> None:
    found = Catalogue.load(tmp_path)
    assert (found.sources, found.partitions, found.next_id()) == ([], {}, 1)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    saved = Catalogue([SOURCE], {"t/b": HELD, "t/a": HELD})
    saved.save(tmp_path)
    assert Catalogue.load(tmp_path) == saved
    assert saved.next_id() == 4


def test_the_same_catalogue_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (Catalogue(partitions=dict.fromkeys(names, HELD)) for names in ("ab", "ba"))
    one.save(tmp_path / "1")
    two.save(tmp_path / "2")
    assert (tmp_path / "1" / FILE_NAME).read_bytes() == (tmp_path / "2" / FILE_NAME).read_bytes()


def test_it_counts_whose_rows_answer_over_all_partitions() -> None:
    one, two = Partition("", (), {3: 5}), Partition("", (), {3: 1, 4: 2})
    assert Catalogue(partitions={"t/a": one, "t/b": two}).answers == {3: 6, 4: 2}


def test_partitions_are_those_of_the_table_alone() -> None:
    names = ("qcew_annual/state=08", "qcew_annual_old/state=08")
    catalogue = Catalogue(partitions=dict.fromkeys(names, HELD))
    assert catalogue.of_table("qcew_annual") == {"state=08": "qcew_annual/state=08"}


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
        '{"format": 2, "sources": [], "parts": {}}',
        '{"format": 2, "sources": [], "partitions": {"t": {"current": "x", "layers": 1}}}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_catalogue_is_an_error_in_words(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(StoreError, match=r"cannot be read \(.*\); restore it, or move the store"):
        Catalogue.load(tmp_path)


def test_a_catalogue_of_another_version_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"format": 3}))
    with pytest.raises(StoreError, match="has format 3; this version reads 2, so install"):
        Catalogue.load(tmp_path)
