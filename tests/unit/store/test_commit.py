"""Staged rows become parts; the catalogue is replaced last."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import filelock
import polars as pl
import pytest

from lmi import atomic
from lmi.errors import StoreError
from lmi.schema import table
from lmi.store.catalogue import Catalogue, IngestedFile
from lmi.store.commit import Pending, commit, sole_writer
from lmi.store.staging import Staging

SPEC = table("commuting")
Flow = tuple[str, str, int]


def pending(root: Path, source_id: int, *flows: Flow, in_chunks: int = 1) -> Pending:
    """A source of flows of 2021, staged."""
    frame = pl.DataFrame(
        [(w, h, n, 2021) for w, h, n in flows], schema=SPEC.polars_schema, orient="row"
    )
    staging = Staging(root / ".staging-x" / str(source_id), SPEC, source_id)
    staging.add(frame.head(frame.height // in_chunks))
    for _ in range(in_chunks - 1):
        staging._flush("all")
        staging.add(frame.tail(frame.height // in_chunks))
    source = IngestedFile(
        source_id, f"{source_id}.csv", SPEC.name, 1, f"{source_id}", 1, ("2021",), "", ""
    )
    return Pending(source, SPEC, SPEC.replaces, staging.finish())


def rows(root: Path, as_of: int | None = None) -> list[tuple[str, str, int, int]]:
    catalogue = Catalogue.load(root)
    part = catalogue.part("commuting/all", as_of)
    if part is None:
        return []
    frame = pl.read_parquet(root / part.file)
    assert frame.height == part.rows
    if as_of is not None:
        frame = frame.filter(pl.col("source_id") <= as_of)
    return frame.select("w_county_fips", "h_county_fips", "jobs", "source_id").rows()


def files(root: Path) -> list[str]:
    """The parts on disk, without what is staged."""
    return sorted(p.name for p in (root / "commuting" / "all").glob("*.parquet"))


A, B, C = ("08001", "08001", 1), ("08003", "08001", 2), ("08001", "08005", 3)


def test_a_first_source_is_moved_in_as_it_is(tmp_path: Path) -> None:
    item = pending(tmp_path, 1, A, B)
    staged = item.chunks["all"][0]
    commit(tmp_path, Catalogue(), [item])
    assert not staged.exists()
    assert rows(tmp_path) == [(*A, 1), (*B, 1)]
    assert [s.source_id for s in Catalogue.load(tmp_path).sources] == [1]


def test_the_chunks_of_one_source_become_one_sorted_part(tmp_path: Path) -> None:
    commit(tmp_path, Catalogue(), [pending(tmp_path, 1, B, A, in_chunks=2)])
    assert rows(tmp_path) == [(*A, 1), (*B, 1)]


def test_a_source_replaces_what_it_covers_and_keeps_the_rest(tmp_path: Path) -> None:
    """A place of work and a year is replaced whole: its flow to 08001 is gone."""
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    commit(tmp_path, catalogue, [pending(tmp_path, 2, C)])
    assert rows(tmp_path) == [(*C, 2), (*B, 1)]
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
    assert len(files(tmp_path)) == 2


def test_sources_of_one_run_are_laid_over_each_other_in_turn(tmp_path: Path) -> None:
    items = [
        pending(tmp_path, 1, A, B),
        pending(tmp_path, 2, C),
        pending(tmp_path, 3, ("08007", "08007", 4)),
    ]
    commit(tmp_path, Catalogue(), items)
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
    assert rows(tmp_path, as_of=2) == [(*C, 2), (*B, 1)]
    assert rows(tmp_path) == [(*C, 2), (*B, 1), ("08007", "08007", 4, 3)]
    assert len(files(tmp_path)) == 2, "what the third adds is in the second's part"


def test_a_source_that_only_adds_takes_the_place_of_the_part(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A)])
    first = files(tmp_path)
    commit(tmp_path, catalogue, [pending(tmp_path, 2, B)])
    assert len(files(tmp_path)) == 1
    assert files(tmp_path) != first
    assert rows(tmp_path, as_of=1) == [(*A, 1)]


def test_until_the_catalogue_is_replaced_readers_see_the_old_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, Catalogue(), [pending(tmp_path, 1, A)])
    seen = []
    save = Catalogue.save

    def looking(self: Catalogue, root: Path) -> None:
        seen.append(rows(root))
        save(self, root)

    monkeypatch.setattr(Catalogue, "save", looking)
    commit(tmp_path, Catalogue.load(tmp_path), [pending(tmp_path, 2, B), pending(tmp_path, 3, C)])
    assert seen == [[(*A, 1)]]
    assert rows(tmp_path) == [(*C, 3), (*B, 2)]


def test_parts_are_on_the_disk_before_the_catalogue_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power loss may leave a catalogue that names empty parts."""
    commit(tmp_path, Catalogue(), [pending(tmp_path, 1, A)])
    events: list[tuple[str, set[str]]] = []
    sync, save = atomic.sync, Catalogue.save

    def syncing(files: Iterable[Path], root: Path) -> None:
        files = list(files)
        events.append(("sync", {f.relative_to(root).as_posix() for f in files}))
        sync(files, root)

    def saving(self: Catalogue, root: Path) -> None:
        events.append(("save", {p.file for parts in self.parts.values() for p in parts}))
        save(self, root)

    monkeypatch.setattr(atomic, "sync", syncing)
    monkeypatch.setattr(Catalogue, "save", saving)
    old = set(files(tmp_path))
    commit(tmp_path, Catalogue.load(tmp_path), [pending(tmp_path, 2, B), pending(tmp_path, 3, C)])
    [(first, synced), (last, named)] = events
    assert (first, last) == ("sync", "save")
    assert len(synced) == 2
    assert synced == {n for n in named if n.rsplit("/", 1)[1] not in old}


def test_a_disk_that_cannot_keep_the_parts_leaves_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, Catalogue(), [pending(tmp_path, 1, A)])

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=r"No space left on device.*free the disk"):
            commit(tmp_path, Catalogue.load(tmp_path), [pending(tmp_path, 2, B)])
    assert rows(tmp_path) == [(*A, 1)]


def test_one_writes_at_a_time_and_cleans_up(tmp_path: Path) -> None:
    root = tmp_path / "new" / "store"
    with sole_writer(root) as staging:
        (staging / "x").write_text("half")
        with pytest.raises(StoreError, match="Another ingest is writing"), sole_writer(root):
            pytest.fail("two wrote at once")
        assert (staging / "x").exists(), "the second did not sweep away what the first staged"
    assert not staging.exists()
    with pytest.raises(RuntimeError, match="broken"), sole_writer(root) as staging:
        raise RuntimeError("broken")
    assert not staging.exists()
    with filelock.FileLock(root / ".lock", timeout=0):
        pass  # the lock was given back


def test_parts_that_a_killed_run_left_are_swept_away_when_their_partition_is_written(
    tmp_path: Path,
) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    stray = tmp_path / "commuting" / "all" / "0123456789ab.parquet"
    stray.write_bytes(b"half a part")
    commit(tmp_path, catalogue, [pending(tmp_path, 2, C)])
    assert not stray.exists()
    assert rows(tmp_path) == [(*C, 2), (*B, 1)]
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
