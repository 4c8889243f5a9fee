"""Several files in a run, a run that is broken off, and two runs at once."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import filelock
import pytest

from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.store import Store
from lmi.store import commit as committing
from lmi.store import ingest as ingesting
from lmi.store.file_result import FileResult
from lmi.store.ingest import ingest
from tests.builders import (
    contents,
    feature_collection,
    flows,
    jobs,
    qcew,
    refusal,
    take_in,
    write,
    write_zip,
)


def test_a_bad_file_stops_neither_those_before_nor_those_after_it(
    store: Store, tmp_path: Path
) -> None:
    good, after = write(tmp_path / "1.csv", qcew()), write(tmp_path / "3.csv", flows())
    bad = write(tmp_path / "2.csv", qcew(year=2017).replace(",50,", ",-50,"))
    told: list[FileResult] = []
    results = ingest([good, bad, after], store.root, report=told.append)
    assert [o.status for o in results] == ["added", "failed", "added"]
    assert told == results
    assert store.catalogue()[["source_id", "name"]].to_numpy().tolist() == [
        [1, "1.csv"],
        [2, "3.csv"],
    ]
    assert store.qcew("annual")["year"].unique().tolist() == [2016]
    assert set(store.qcew("annual")["source_id"]) == {1}


def test_the_catalogue_lists_maps_and_tables_in_order_of_arrival(
    store: Store, tmp_path: Path
) -> None:
    paths = [
        write(tmp_path / "1.csv", qcew()),
        write(tmp_path / "2.json", feature_collection(["08001"])),
        write(tmp_path / "3.csv", flows()),
    ]
    take_in(store, *paths)
    assert store.catalogue()["name"].tolist() == ["1.csv", "2.json", "3.csv"]
    assert store.catalogue()["source_id"].tolist() == [1, 2, 3]


def test_the_catalogue_says_what_a_file_was(store: Store, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "2024.zip", {"2024.q1-q2 08001.csv": qcew(year=2024, qtr="2")})
    take_in(store, path)
    row = store.catalogue().iloc[0]
    assert (row["name"], row["table"], row["rows"]) == ("2024.zip", "qcew_quarterly", 4)
    assert row["size"] == path.stat().st_size
    assert row["periods"] == "2024Q2"
    assert row["vintage"] == "preliminary"  # a year under way
    assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["ingested_at"])


class Broken(Exception):
    """Something that nobody foresaw."""


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Broken])
def test_what_was_reported_as_added_stays_when_a_run_is_stopped(
    stop: type[BaseException], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write(tmp_path / "1.csv", qcew()), write(tmp_path / "2.csv", flows())

    def stopping(result: FileResult) -> None:
        raise stop

    monkeypatch.setattr(ingesting, "COMMIT_EVERY_ROWS", 1)
    with pytest.raises(stop):
        ingest([first, second], store.root, report=stopping)
    assert store.catalogue()["name"].tolist() == ["1.csv"]
    assert jobs(store)["08003 0 10"] == 50
    assert isinstance(store.table("commuting"), Missing)
    assert [o.status for o in ingest([first, second], store.root)] == ["unchanged", "added"]


def test_a_run_that_breaks_between_staging_and_commit_leaves_the_store_as_it_was(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, held = filled.qcew("annual"), contents(filled)
    more = write(tmp_path / "more.csv", qcew("08031 0 10 9 999 1", year=2015))
    year = write(tmp_path / "year.csv", qcew())

    def killed(self: object, root: Path) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(committing.Catalogue, "save", killed)
        with pytest.raises(Broken):
            ingest([more, year], filled.root)
    assert Store(filled.root).qcew("annual").equals(before)
    assert held.items() <= contents(filled).items()
    take_in(filled, more, year)
    assert jobs(filled)["08031 0 10"] == 999
    assert jobs(filled, as_of=1) == {"08031 0 10": 700}


def test_what_a_killed_run_left_is_swept_away_by_the_next(store: Store, tmp_path: Path) -> None:
    left = write(store.root / ".staging-abc" / "1" / "state=08" / "00000.parquet", b"half")
    take_in(store, write(tmp_path / "a.csv", qcew()))
    assert not left.exists()
    assert not list(store.root.glob(".staging-*"))


def test_a_second_ingest_is_refused_while_one_is_writing(filled: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", qcew())
    with (
        filelock.FileLock(filled.root / ".lock"),
        pytest.raises(StoreError, match=r"Another ingest is writing to the store .*; wait until"),
    ):
        ingest([path], filled.root)
    assert jobs(filled) == {"08031 0 10": 700}
    take_in(filled, path)


def test_of_two_that_start_at_once_both_leave_a_whole_store(store: Store, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.csv", qcew(f"08{n:03} 0 10 1 {n} 10")) for n in (1, 3)]
    refused: list[StoreError] = []

    def run(path: Path) -> None:
        try:
            ingest([path], store.root)
        except StoreError as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs(store)) + len(refused) == 2


def test_a_store_that_cannot_be_written_to_is_an_error_in_words(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", qcew())
    taken = write(tmp_path / "a file", "not a folder")
    with pytest.raises(StoreError, match=r"cannot be written to .*--store or LMI_STORE"):
        ingest([path], taken)


def test_a_file_that_vanishes_while_it_is_read_is_refused(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> str:
        raise OSError(5, "Input/output error", str(path))

    path = write(tmp_path / "a.csv", qcew())
    monkeypatch.setattr(ingesting, "sha256_of", gone)
    assert refusal(filled, path) == f"{path}: it was broken off (Input/output error); try again"


def test_rows_are_counted_as_they_come(store: Store, tmp_path: Path) -> None:
    seen: list[int] = []
    path = write(tmp_path / "a.csv", qcew())
    ingest([path], store.root, progress=seen.append)
    assert sum(seen) == 4


def test_one_command_is_as_several(tmp_path: Path) -> None:
    """What waits to be committed may take the place of a file that came before."""
    text = "area_fips,year,population\n08001,2020,{}\n"
    files = [write(tmp_path / f"{n}.csv", text.format(n)) for n in (111, 222, 333)]

    def after(*commands: list[Path]) -> tuple[int, list[str]]:
        root = tmp_path / f"store{len(list(tmp_path.iterdir()))}"
        results = [one for paths in commands for one in ingest(paths, root)]
        return (
            Store(root).table("population")["population"].item(),
            [one.status for one in results],
        )

    first, second, third = files
    again = write(tmp_path / "again.csv", text.format(111))
    before = [[first], [second]]
    assert after(*before, [first, second]) == after(*before, [first], [second])
    assert after(*before, [first, second])[0] == 222
    assert after([first, second, again])[0] == 111
    assert after([first, again]) == (111, ["added", "unchanged"])
    assert after(*before, [third, second])[0] == 222
    assert after(*before, [third, second, again])[0] == 111
