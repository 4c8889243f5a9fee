"""What made an output can be told afterwards."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi import manifest
from tests.builders import write


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_two_lists_of_texts_have_one_digest_only_if_they_are_one(
    one: list[str], two: list[str]
) -> None:
    assert (manifest.digest(one) == manifest.digest(two)) == (one == two)


def test_texts_and_their_bytes_have_one_digest() -> None:
    assert manifest.digest(["ñ"]) == manifest.digest(["ñ".encode()])


def test_every_file_but_the_manifest_is_hashed(tmp_path: Path) -> None:
    for name in ("b/c.png", "a.csv", manifest.FILE_NAME):
        write(tmp_path / name, name)
    found = manifest.file_hashes(tmp_path)
    assert found == {
        "a.csv": hashlib.sha256(b"a.csv").hexdigest(),
        "b/c.png": hashlib.sha256(b"b/c.png").hexdigest(),
    }
    assert list(found) == sorted(found)


def test_what_is_written_is_read_and_its_order_makes_no_difference(tmp_path: Path) -> None:
    content = {"region": "Cañon", "year": 2016, "inputs": {"b": 1, "a": [1, None]}}
    manifest.write_manifest(tmp_path / "1", content)
    manifest.write_manifest(tmp_path / "2", dict(reversed(content.items())))
    assert manifest.read_manifest(tmp_path / "1") == content
    texts = [(tmp_path / n / manifest.FILE_NAME).read_bytes() for n in "12"]
    assert texts[0] == texts[1]
    assert "Cañon".encode() in texts[0]


@pytest.mark.parametrize("text", [None, "", "{", "[1]", '"x"'])
def test_a_manifest_that_is_none_is_empty(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        write(tmp_path / manifest.FILE_NAME, text)
    assert manifest.read_manifest(tmp_path) == {}


def test_versions_name_what_numbers_depend_on() -> None:
    found = manifest.versions()
    assert {"python", "lmi", "pandas", "polars", "numpy"} <= set(found)
    assert found["pandas"][0].isdigit()
