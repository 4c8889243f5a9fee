"""The same file again, a newer release, and what only adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import (
    contents,
    feature_collection,
    flows,
    header,
    jobs,
    qcew,
    rows_of,
    table_text,
    take_in,
    write,
    write_zip,
)


def test_the_same_file_again_changes_not_a_byte(store: Store, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.csv", qcew()),
        write(tmp_path / "m_2023.geojson", feature_collection(["08001"])),
        write(tmp_path / "f.csv", flows()),
    ]
    take_in(store, *files)
    before, stamp = contents(store), (store.root / "catalogue.json").stat().st_mtime_ns
    again = ingest([*files, write(tmp_path / "copy.txt", qcew())], store.root)
    assert [(o.status, o.rows) for o in again] == [("unchanged", n) for n in (4, 1, 1, 4)]
    assert contents(store) == before
    assert (store.root / "catalogue.json").stat().st_mtime_ns == stamp
    assert not [p for p in store.root.iterdir() if p.name.startswith(".staging")]


def test_the_same_file_twice_in_one_command_is_taken_in_once(store: Store, tmp_path: Path) -> None:
    files = [write(tmp_path / name, qcew()) for name in ("a.csv", "b.csv")]
    assert [o.status for o in ingest(files, store.root)] == ["added", "unchanged"]
    assert len(store.catalogue()) == 1


OLDER = """
    08001 0 10 100 2000 90000000
    08001 5 62  20  300  9000000
    08003 0 10  10   50  2000000
"""
NEWER = """
    08001 0 10 101 2100 91000000
    08001 5 23   7   70  3000000
"""


@pytest.mark.parametrize("in_one_command", [True, False])
def test_a_newer_release_replaces_what_it_covers_and_the_older_stays_readable(
    in_one_command: bool, store: Store, tmp_path: Path
) -> None:
    old = write(tmp_path / "old.csv", qcew(OLDER))
    new = write(tmp_path / "new.csv", qcew(NEWER))
    other = write(tmp_path / "other.csv", qcew("08005 0 10 4 40 100"))
    if in_one_command:
        take_in(store, old, new, other)
    else:
        for path in (old, new, other):
            take_in(store, path)
    now = {"08001 0 10": 2100, "08001 5 23": 70, "08003 0 10": 50}  # 62 is gone from the release
    assert jobs(store) == {**now, "08005 0 10": 40}
    assert jobs(store, as_of=1) == {"08001 0 10": 2000, "08001 5 62": 300, "08003 0 10": 50}
    assert jobs(store, as_of=2) == now
    assert jobs(store, as_of=3) == jobs(store)
    assert jobs(store, as_of=0) == {}


def test_an_older_vintage_reads_exactly_as_it_did(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "1.csv", qcew(OLDER)), vintage="preliminary")
    then = store.qcew("annual")
    for n, jobs_then in enumerate((2100, 2200, 2300), start=2):
        text = qcew(f"08001 0 10 101 {jobs_then} 91000000\n08007 0 10 1 {n} 10")
        take_in(store, write(tmp_path / f"{n}.csv", text), vintage="revised")
    assert store.qcew("annual", as_of=1).equals(then)
    assert [jobs(store, as_of=n)["08001 0 10"] for n in (1, 2, 3, 4)] == [2000, 2100, 2200, 2300]
    assert store.catalogue()["vintage"].tolist() == ["preliminary", *["revised"] * 3]


def test_an_older_release_that_comes_again_does_not_come_back(store: Store, tmp_path: Path) -> None:
    old, new = write(tmp_path / "o.csv", qcew(OLDER)), write(tmp_path / "n.csv", qcew(NEWER))
    take_in(store, old, new)
    assert ingest([old], store.root)[0].status == "unchanged"
    assert jobs(store)["08001 0 10"] == 2100


def test_another_period_or_area_only_adds(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "1.csv", qcew("08001 0 10 1 11 10", qtr="1")))
    take_in(store, write(tmp_path / "2.csv", qcew("08001 0 10 1 22 10", qtr="2")))
    take_in(store, write(tmp_path / "3.csv", qcew("08003 0 10 1 33 10", qtr="2")))
    rows = store.qcew("quarterly")
    assert rows[["area_fips", "qtr", "month1_emplvl"]].to_numpy().tolist() == [
        ["08001", "1", 11], ["08001", "2", 22], ["08003", "2", 33],
    ]  # fmt: skip
    assert jobs(store, "quarterly", as_of=2) == {"08001 0 10": 22}


def test_files_that_only_add_leave_one_part_a_partition(store: Store, tmp_path: Path) -> None:
    for n in range(1, 12, 2):
        take_in(store, write(tmp_path / f"{n}.csv", qcew(f"08{n:03} 0 10 1 {n} 10")))
    parts = [name for name in contents(store) if name.endswith(".parquet")]
    assert len(parts) == 1
    assert len(store.qcew("annual")) == 6
    assert len(store.qcew("annual", as_of=4)) == 4


SLICE_OLD = """
    08001 5 62 20 300 9000000
    08003 5 62  2  30  900000
    08003 5 23  4  44  900000
"""


def by_industry(industry: str, jobs_of: dict[str, int]) -> str:
    return qcew("\n".join(f"{area} 5 {industry} 9 {n} 900" for area, n in jobs_of.items()))


def test_a_by_industry_slice_replaces_its_industry_alone(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "areas.csv", qcew(SLICE_OLD)))
    new = by_industry("62", {"08001": 310, "08003": 33, "08005": 5})
    take_in(store, write(tmp_path / "62.csv", new))
    assert jobs(store) == {
        "08001 5 62": 310, "08003 5 23": 44, "08003 5 62": 33, "08005 5 62": 5,
    }  # fmt: skip


def test_a_zip_of_by_industry_slices_replaces_its_industries_alone(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, write(tmp_path / "areas.csv", qcew(SLICE_OLD + "08001 5 722 1 2 3")))
    slices = {f"{i}.csv": by_industry(i, {"08001": 1, "08003": 2}) for i in ("23", "62")}
    take_in(store, write_zip(tmp_path / "s.zip", slices))
    assert jobs(store) == {
        "08001 5 23": 1, "08001 5 62": 1, "08001 5 722": 2, "08003 5 23": 2, "08003 5 62": 2,
    }  # fmt: skip


def test_a_single_file_replaces_by_area_whatever_its_last_block_holds(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last block of a national file may hold one industry for many areas: it is no slice."""
    monkeypatch.setattr("lmi.sources.csv_table.BLOCK_BYTES", 2500)
    take_in(store, write(tmp_path / "areas.csv", qcew("08003 5 62 2 30 900")))
    tail = [f"08{n:03} 0 10 1 {n} 10" for n in range(3, 60, 2)]
    take_in(store, write(tmp_path / "single.csv", qcew("\n".join(["08001 5 62 2 3 4", *tail]))))
    assert "08003 5 62" not in jobs(store)


def test_rows_by_size_stand_beside_those_of_all_sizes(store: Store, tmp_path: Path) -> None:
    rows = rows_of("08000 5 10 9 100 900", qtr="1")
    by_size = [{**row, "size_code": "3", "agglvl_code": "61"} for row in rows]
    take_in(
        store,
        write(tmp_path / "all.csv", table_text(header("1"), rows)),
        write(tmp_path / "size.csv", table_text(header("1"), by_size)),
    )
    assert store.qcew("quarterly")["size_code"].tolist() == ["0", "3"]
