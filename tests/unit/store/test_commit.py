"""Staged rows become parts; the catalogue is replaced last."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import filelock
import polars as pl
import pytest

from lmi import atomic
from lmi.errors import StoreError
from lmi.schema import table
from lmi.store import Store
from lmi.store.catalogue import Catalogue, IngestedFile
from lmi.store.commit import Pending, commit, remove, sole_writer
from lmi.store.layering import Counts, fold, revised_of
from lmi.store.staging import Staging

SPEC = table("commuting")
Flow = tuple[str, str, int]


def pending(
    root: Path,
    source_id: int,
    *flows: Flow,
    in_chunks: int = 1,
    vintage: str = "",
    whole: bool = False,
    again: bool = False,
) -> Pending:
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
        source_id, f"{source_id}.csv", SPEC.name, 1, f"{source_id}", 1, ("2021",), vintage, ""
    )
    replaces = SPEC.replaces if whole else SPEC.key
    return Pending(source, SPEC, replaces, staging.finish(), source if again else None)


def rows(root: Path, as_of: int | None = None) -> list[tuple[str, str, int, int]]:
    catalogue = Catalogue.load(root)
    held = catalogue.partitions.get("commuting/all")
    if held is None:
        return []
    frame = pl.read_parquet(root / held.current)
    assert dict(frame["source_id"].value_counts().iter_rows()) == held.answers
    if as_of is not None:
        folded = fold(root, held.layers, SPEC, revised_of(catalogue.kept), as_of)
        if folded is None:
            return []
        frame = folded.sort(SPEC.key)
    return frame.select("w_county_fips", "h_county_fips", "jobs", "source_id").rows()


def files(root: Path) -> list[str]:
    """The files on disk, without what is staged."""
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


MORE_OF_A = ("08001", "08001", 5)


def test_a_source_speaks_for_its_own_rows_and_takes_no_other_away(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    counts = commit(tmp_path, catalogue, [pending(tmp_path, 2, MORE_OF_A, C)])
    assert rows(tmp_path) == [(*MORE_OF_A, 2), (*C, 2), (*B, 1)]
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
    assert counts == {2: Counts(added=1, revised=1)}
    assert catalogue.answers == {1: 1, 2: 2}


def test_an_excerpt_leaves_the_rest_of_its_areas(tmp_path: Path) -> None:
    """Its place of work has a flow that it does not name."""
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    counts = commit(tmp_path, catalogue, [pending(tmp_path, 2, C)])
    assert rows(tmp_path) == [(*A, 1), (*C, 2), (*B, 1)]
    assert counts == {2: Counts(added=1, left=1)}


def test_a_row_that_says_the_same_stays_as_it_is(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    before = catalogue.partitions["commuting/all"]
    counts = commit(tmp_path, catalogue, [pending(tmp_path, 2, A, B)])
    assert counts == {2: Counts(same=2)}
    assert rows(tmp_path) == [(*A, 1), (*B, 1)]
    remove(tmp_path, {1})
    assert rows(tmp_path) == [(*A, 2), (*B, 2)], "the second had them too"
    assert before.answers == {1: 2}


def test_where_the_user_says_so_a_source_stands_for_its_whole_areas(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, B)])
    counts = commit(tmp_path, catalogue, [pending(tmp_path, 2, C, whole=True)])
    assert rows(tmp_path) == [(*C, 2), (*B, 1)]
    assert counts == {2: Counts(added=1, taken=1)}
    remove(tmp_path, {2})
    assert rows(tmp_path) == [(*A, 1), (*B, 1)]


@pytest.mark.parametrize("vintage", ["preliminary", ""])
def test_a_revised_row_yields_to_a_revised_one_alone(vintage: str, tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A, vintage="revised")])
    counts = commit(tmp_path, catalogue, [pending(tmp_path, 2, MORE_OF_A, B, vintage=vintage)])
    assert rows(tmp_path) == [(*A, 1), (*B, 2)]
    assert counts == {2: Counts(added=1, held=1)}
    commit(tmp_path, catalogue, [pending(tmp_path, 3, ("08001", "08001", 9), vintage="revised")])
    assert rows(tmp_path)[0] == ("08001", "08001", 9, 3)
    remove(tmp_path, {1, 3})
    assert rows(tmp_path) == [(*MORE_OF_A, 2), (*B, 2)]


def test_a_file_that_comes_again_counts_only_if_it_changes_something(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A)])
    commit(tmp_path, catalogue, [pending(tmp_path, 2, A, again=True)])
    assert [s.source_id for s in catalogue.sources] == [1]
    commit(tmp_path, catalogue, [pending(tmp_path, 3, MORE_OF_A)])
    commit(tmp_path, catalogue, [pending(tmp_path, 4, A, again=True)])
    assert [s.source_id for s in catalogue.sources] == [1, 3, 4]
    assert rows(tmp_path) == [(*A, 4)]
    assert [rows(tmp_path, as_of=n)[0][2] for n in (1, 3, 4)] == [1, 5, 1]


def test_sources_of_one_run_are_laid_over_each_other_in_turn(tmp_path: Path) -> None:
    items = [
        pending(tmp_path, 1, A, B),
        pending(tmp_path, 2, MORE_OF_A),
        pending(tmp_path, 3, ("08007", "08007", 4)),
    ]
    commit(tmp_path, Catalogue(), items)
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
    assert rows(tmp_path, as_of=2) == [(*MORE_OF_A, 2), (*B, 1)]
    assert rows(tmp_path) == [(*MORE_OF_A, 2), (*B, 1), ("08007", "08007", 4, 3)]
    assert len(files(tmp_path)) == 4, "three layers and what was made of them"


def test_a_partition_of_one_source_is_its_only_file(tmp_path: Path) -> None:
    catalogue = Catalogue()
    commit(tmp_path, catalogue, [pending(tmp_path, 1, A)])
    commit(tmp_path, catalogue, [pending(tmp_path, 2, B)])
    assert len(files(tmp_path)) == 3
    remove(tmp_path, {2})
    assert len(files(tmp_path)) == 1
    assert rows(tmp_path) == [(*A, 1)]
    remove(tmp_path, {1})
    assert files(tmp_path) == [] and rows(tmp_path) == []
    assert Catalogue.load(tmp_path).next_id() == 3, "a number is never given twice"


def test_what_an_earlier_version_stored_is_read_and_added_to(tmp_path: Path) -> None:
    """It kept all rows of a partition together, and its older states beside them."""
    for name, held in (
        ("a", [(*A, 2021, 1), (*B, 2021, 1)]),
        ("b", [(*C, 2021, 2), (*B, 2021, 1)]),
    ):
        path = tmp_path / "commuting" / "all" / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        schema = {**SPEC.polars_schema, "source_id": pl.Int32()}
        pl.DataFrame(held, schema=schema, orient="row").write_parquet(path)
    source = {"name": "x", "table": "commuting", "size": 1, "rows": 2, "periods": ["2021"],
              "vintage": "", "ingested_at": ""}  # fmt: skip
    catalogue = {
        "format": 1,
        "sources": [{**source, "source_id": n, "sha256": f"{n}"} for n in (1, 2)],
        "parts": {"commuting/all": [
            {"file": "commuting/all/a.parquet", "rows": 2, "valid_from": 1},
            {"file": "commuting/all/b.parquet", "rows": 2, "valid_from": 2},
        ]},
    }  # fmt: skip
    (tmp_path / "catalogue.json").write_text(json.dumps(catalogue))
    store = Store(tmp_path)
    assert store.table("commuting")["jobs"].tolist() == [3, 2]
    assert store.table("commuting", as_of=1)["jobs"].tolist() == [1, 2]
    commit(tmp_path, Catalogue.load(tmp_path), [pending(tmp_path, 3, A)])
    assert rows(tmp_path) == [(*A, 3), (*C, 2), (*B, 1)]
    assert store.table("commuting", as_of=2)["jobs"].tolist() == [3, 2]
    with pytest.raises(StoreError, match="came in with an earlier version"):
        remove(tmp_path, {3})


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
    assert rows(tmp_path) == [(*A, 1), (*C, 3), (*B, 2)]


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
        events.append(("save", {f for held in self.partitions.values() for f in held.files}))
        save(self, root)

    monkeypatch.setattr(atomic, "sync", syncing)
    monkeypatch.setattr(Catalogue, "save", saving)
    old = set(files(tmp_path))
    commit(tmp_path, Catalogue.load(tmp_path), [pending(tmp_path, 2, B), pending(tmp_path, 3, C)])
    [(first, synced), (last, named)] = events
    assert (first, last) == ("sync", "save")
    assert len(synced) == 3
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
    assert rows(tmp_path) == [(*A, 1), (*C, 2), (*B, 1)]
    assert rows(tmp_path, as_of=1) == [(*A, 1), (*B, 1)]
