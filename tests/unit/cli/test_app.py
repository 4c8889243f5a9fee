"""The application itself: help, version, and how errors come out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.builders import (
    is_one_sentence,
    qcew,
    write,
    write_zip,
)
from tests.unit.cli.conftest import Lmi


def test_help_and_version_start_and_end_well(lmi: Lmi, capsys) -> None:
    assert lmi("--help").status == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("ingest", "sources", "verify", "export"))
    assert lmi("export", "--help").status == 0
    assert "2016 or 2016Q2" in capsys.readouterr().out


def test_a_bad_archive_through_the_command_line_is_one_sentence(lmi: Lmi, tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "a.zip", {"a.csv": qcew()}).read_bytes()
    path = write(tmp_path / "cut.zip", whole[:-30])
    said = lmi("ingest", path)
    assert said.status == 1
    assert said.err.startswith(f"refused   {path}: it is a damaged or truncated zip (")
    assert said.err.endswith("\n")
    assert is_one_sentence(said.err.rstrip("\n"))


def test_a_defect_keeps_its_traceback(lmi: Lmi, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no user can mend must not be worded away."""

    def broken(*words: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lmi.store.Store.catalogue", broken)
    with pytest.raises(ZeroDivisionError):
        lmi("sources")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_is_one_sentence(lmi: Lmi, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def full(*words: object) -> None:
        raise OSError(code, os.strerror(code), "/data/part.parquet")

    monkeypatch.setattr("lmi.store.Store.catalogue", full)
    said = lmi("sources")
    assert said.status == 1
    assert said.err.startswith(f"Error: /data/part.parquet cannot be written: {os.strerror(code)}")
    assert "goes on from there" in said.err and "Traceback" not in said.err


def test_what_one_may_not_read_is_one_sentence(lmi: Lmi, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*words: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/data/store")

    monkeypatch.setattr("lmi.store.Store.catalogue", refused)
    said = lmi("sources")
    assert said.status == 1
    assert said.err.startswith("Error: /data/store is not yours to read or write: Permission den")
    assert is_one_sentence(said.err.rstrip("\n"))


def test_a_folder_that_is_gone_is_one_sentence(
    lmi: Lmi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = lmi("sources")
    monkeypatch.chdir(tmp_path)
    assert said.status == 1
    assert said.err == "Error: The folder that you are in is gone; go to one that is there.\n"
