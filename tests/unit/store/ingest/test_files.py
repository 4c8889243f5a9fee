"""Which files are meant, and how the store names its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lmi.errors import DataFileError
from lmi.store import Store
from lmi.store.given_files import expand
from lmi.store.ingest import ingest
from tests.builders import (
    contents,
    feature_collection,
    qcew,
    take_in,
    write,
)


def test_a_folder_means_every_file_in_it_but_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/2.csv", "b/1.csv", "a.csv", ".DS_Store", "b/.git/x", "b/.hidden"):
        write(tmp_path / name, "x")
    found = expand([tmp_path / "b" / "2.csv", tmp_path])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["b/2.csv", "a.csv", "b/1.csv"]


def test_a_path_that_leads_nowhere_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no such file or folder; check the path"):
        expand([write(tmp_path / "a.csv", "x"), tmp_path / "nowhere.csv"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataFileError, match="the folder holds no file; check the path"):
        expand([tmp_path / "empty"])


def test_what_a_folder_links_to_is_meant_once_and_what_cannot_be_read_is_named(
    tmp_path: Path,
) -> None:
    elsewhere, folder = tmp_path / "disk", tmp_path / "files"
    write(elsewhere / "2016" / "a.csv", qcew())
    write(folder / "b.txt", "a note\n")
    (folder / "years").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    (folder / "gone.csv").symlink_to(tmp_path / "unplugged" / "gone.csv")
    os.mkfifo(folder / "pipe.csv")
    said = {one.path.name: one for one in ingest([folder], tmp_path / "store")}
    assert {name: one.status for name, one in said.items()} == {
        "a.csv": "added", "b.txt": "left", "gone.csv": "failed", "pipe.csv": "failed",
    }  # fmt: skip
    assert "it cannot be read (No such file or directory)" in said["gone.csv"].message
    assert "pipe or device" in said["pipe.csv"].message


def test_a_name_of_any_bytes_is_kept_in_letters_that_a_page_can_hold(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    try:
        file.write_text(qcew())
    except OSError:
        pytest.skip("names are of one alphabet here")
    store = Store(tmp_path / "store")
    assert [one.status for one in ingest([file], store.root)] == ["added"]
    assert [one.status for one in ingest([file], store.root)] == ["unchanged"]
    assert store.catalogue()["name"].to_list() == ["caf\N{REPLACEMENT CHARACTER}.csv"]


def test_a_folder_that_nobody_may_look_into_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is told who is not root: root may look everywhere."""
    write(tmp_path / "files" / "a.csv", qcew())
    closed = write(tmp_path / "files" / "closed" / "b.csv", qcew(year=2015)).parent
    look, walk = Path.iterdir, os.scandir

    def refused(place: object, otherwise: Callable[[Any], Any]) -> Any:
        if Path(str(place)) == closed:
            raise PermissionError(13, "Permission denied", str(place))
        return otherwise(place)

    monkeypatch.setattr(os, "scandir", lambda place: refused(place, walk))
    monkeypatch.setattr(Path, "iterdir", lambda place: refused(place, look))
    said = {one.path.name: one for one in ingest([tmp_path / "files"], tmp_path / "store")}
    assert {name: one.status for name, one in said.items()} == {
        "a.csv": "added", "closed": "failed",
    }  # fmt: skip
    assert said["closed"].message == f"{closed}: it cannot be read (Permission denied)"


def test_the_names_in_a_store_suit_every_system(store: Store, tmp_path: Path) -> None:
    """Windows forbids some characters and names, and counts upper and lower case as one."""
    odd = write(tmp_path / "as?b<c>.csv" if os_allows(tmp_path) else tmp_path / "a.csv", qcew())
    take_in(store, odd, write(tmp_path / "m_2023.json", feature_collection(["08001"])))
    names = list(contents(store))
    assert len(names) == 3
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9._=/-]+", name), name
        assert not re.search(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)", name, re.IGNORECASE)
    assert len({name.lower() for name in names}) == 3


def os_allows(folder: Path) -> bool:
    try:
        write(folder / "a?<b>", "x")
    except OSError:
        return False
    return True


def test_what_is_no_table_in_a_folder_is_named_and_left(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    write(folder / "a.csv", qcew())
    write(folder / "README.txt", "These are the files of 2016, as I got them.\n")
    write(folder / "picture.png", b"\x89PNG\r\n\x1a\n")
    store = Store(tmp_path / "store")
    results = {one.path.name: one for one in ingest([folder], store.root)}
    assert {name: one.status for name, one in results.items()} == {
        "README.txt": "left",
        "a.csv": "added",
        "picture.png": "left",
    }
    assert results["picture.png"].message == "picture.png is a picture"


@pytest.mark.parametrize(
    "content",
    ["<html>Not found</html>", " ", "area,what,howmuch\n1,2,3\n", qcew().replace(",62,", ",6X,")],
    ids=["web page", "blank", "another table", "a bad row"],
)
def test_what_is_amiss_in_a_folder_is_refused(content: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    write(folder / "a.csv", qcew())
    write(folder / "b.csv", content)
    results = ingest([folder], tmp_path / "store")
    assert [one.status for one in results] == ["added", "failed"]


def test_what_is_no_table_is_refused_where_it_is_named(tmp_path: Path) -> None:
    [result] = ingest([write(tmp_path / "README.txt", "A text.\n")], tmp_path / "store")
    assert result.status == "failed"


def test_lines_may_end_in_cr_alone(tmp_path: Path) -> None:
    as_lf, as_cr = Store(tmp_path / "lf"), Store(tmp_path / "cr")
    take_in(as_lf, write(tmp_path / "lf.csv", qcew()))
    take_in(as_cr, write(tmp_path / "cr.csv", qcew().replace("\n", "\r")))
    assert as_cr.qcew("annual").equals(as_lf.qcew("annual"))
