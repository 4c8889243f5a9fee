"""A state's years are estimated by processes of their own, and what they make is what one makes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from lmi.analysis import ahead as module
from lmi.analysis.ahead import estimated_ahead
from lmi.analysis.annual_rows import annual_rows
from lmi.store import Store
from lmi.suppression.estimated_years import estimate_year, is_estimated
from tests.builders import TWO_COUNTIES, qcew, take_in, write

YEARS = (2014, 2015, 2016)
PREFIXES, STATES = ["99"], ["99"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    for year in YEARS:
        take_in(store, write(tmp_path / f"{year}.csv", qcew(TWO_COUNTIES, year=year)))
    return store


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The years of each process that is begun."""
    found: list[list[str]] = []
    begin = subprocess.Popen

    def popen(command: list[str], **given: object) -> subprocess.Popen[bytes]:
        found.append([word for word in command if word in map(str, YEARS)])
        return begin(command, **given)

    monkeypatch.setattr(module.subprocess, "Popen", popen)
    return found


def ahead(store: Store):
    return estimated_ahead(store, PREFIXES, STATES, YEARS)


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not come to pass within a minute")


def files(store: Store) -> dict[str, bytes]:
    return {
        f"{p.parent.name}/{p.name}": p.read_bytes() for p in (store.root / "estimates").glob("*/*")
    }


@pytest.mark.program
@pytest.mark.parametrize("processors", [2, 8])
def test_the_later_years_are_made_by_others_to_the_same_bytes(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: list[list[str]],
    processors: int,
) -> None:
    monkeypatch.setattr(module, "_processors", lambda: processors)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "random.py").write_text("raise SystemExit('it was taken for Python\\'s own')")
    with ahead(store):
        wait_until(lambda: all(is_estimated(store, "99", year) for year in YEARS[1:]))
    assert begun == ([["2016", "2015"]] if processors == 2 else [["2016"], ["2015"]])
    theirs = files(store)
    for folder in {name.split("/")[0] for name in theirs}:
        for file in (store.root / "estimates" / folder).iterdir():
            file.unlink()
    for year in YEARS[1:]:
        estimate_year(store, annual_rows(store, PREFIXES, year), STATES, year)
    assert files(store) == theirs and len(theirs) == 8


def test_nobody_is_asked_for_a_year_that_is_kept_or_the_only_one(
    store: Store, monkeypatch: pytest.MonkeyPatch, begun: list[list[str]]
) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 8)
    for year in YEARS[1:]:
        estimate_year(store, annual_rows(store, PREFIXES, year), STATES, year)
    with ahead(store):
        assert begun == []


def test_nor_where_nothing_can_be_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, begun: list[list[str]]
) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 8)
    monkeypatch.setattr(module.os, "access", lambda place, mode: False)
    with ahead(store):
        assert begun == []


def test_where_no_process_is_to_be_had_years_are_made_when_they_are_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **more: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(module, "_processors", lambda: 8)
    monkeypatch.setattr(module.subprocess, "Popen", refused)
    with ahead(store):
        estimate_year(store, annual_rows(store, PREFIXES, 2016), STATES, 2016)
    assert is_estimated(store, "99", 2016)


@pytest.mark.program
def test_none_outlives_who_began_it(store: Store) -> None:
    (store.root / "estimates").mkdir()
    with filelock.FileLock(store.root / "estimates" / "99-2016.lock"):  # it waits for another
        working = subprocess.Popen(
            [sys.executable, "-m", module.__name__, str(store.root), "99", "99", "2016"],
            stdin=subprocess.PIPE, cwd=Path(module.__file__).parents[2],
        )  # fmt: skip
        with pytest.raises(subprocess.TimeoutExpired):
            working.wait(2)
        assert working.stdin is not None
        working.stdin.close()
        assert working.wait(60) == 1
