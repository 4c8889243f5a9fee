"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from lmi import atomic


def test_folders_are_made_and_bytes_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "c.bin"
    atomic.write_bytes(target, b"\r\n\0\xff")
    assert target.read_bytes() == b"\r\n\0\xff"


def test_text_is_utf8_with_the_line_ends_given(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "a.txt", "Cañon\n")
    assert (tmp_path / "a.txt").read_bytes() == b"Ca\xc3\xb1on\n"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    atomic.write_text(target, "old")

    def fail(path: Path) -> None:
        path.write_text("half of the n")
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        atomic.write_with(target, fail)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    atomic.write_text(target, "old")
    seen = []

    def write(path: Path) -> None:
        path.write_text("new")
        seen.append((path.parent, target.read_text()))

    atomic.write_with(target, write)
    assert seen == [(tmp_path, "old")], "beside the target: a rename across disks is no rename"
    assert target.read_text() == "new"


def test_a_writer_may_go_by_the_ending_of_the_name(tmp_path: Path) -> None:
    seen = []
    atomic.write_with(tmp_path / "a.parquet", lambda path: seen.append(path.suffix))
    assert seen == [".parquet"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot open a folder")
def test_files_and_the_folders_that_name_them_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "a" / "b" / "1", tmp_path / "a" / "c" / "2"]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("x")
    synced: list[tuple[int, int]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        found = os.fstat(handle)
        synced.append((found.st_dev, found.st_ino))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    atomic.sync(files, tmp_path)
    meant = [*files, *(f.parent for f in files), tmp_path / "a", tmp_path]
    assert sorted(synced) == sorted((p.stat().st_dev, p.stat().st_ino) for p in meant)


def test_a_file_that_cannot_be_synced_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        atomic.sync([tmp_path / "gone"], tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_may_be_read_by_whom_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        atomic.write_text(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640
