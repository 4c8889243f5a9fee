"""The same file again, a newer release, and what only adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Catalogue, Store
from lmi.store.commit import remove
from lmi.store.ingest import ingest
from lmi.store.layering import Counts
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
def test_a_newer_release_revises_what_it_holds_and_the_older_stays_readable(
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
    now = {"08001 0 10": 2100, "08001 5 23": 70, "08001 5 62": 300, "08003 0 10": 50}
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


def test_an_older_release_that_comes_again_is_current_again_and_says_so(
    store: Store, tmp_path: Path
) -> None:
    old, new = write(tmp_path / "o.csv", qcew(OLDER)), write(tmp_path / "n.csv", qcew(NEWER))
    take_in(store, old, new)
    [result] = ingest([old], store.root)
    assert (result.status, result.counts.revised) == ("added", 1)
    assert result.message == "it came before, and is current again"
    assert jobs(store)["08001 0 10"] == 2000
    assert [jobs(store, as_of=n)["08001 0 10"] for n in (1, 2, 3)] == [2000, 2100, 2000]
    assert ingest([old], store.root)[0].status == "unchanged"


def test_a_preliminary_release_does_not_take_the_place_of_a_revised_one(
    store: Store, tmp_path: Path
) -> None:
    revised, older = write(tmp_path / "r.csv", qcew(NEWER)), write(tmp_path / "p.csv", qcew(OLDER))
    take_in(store, revised, vintage="revised")
    [result] = ingest([older], store.root, vintage="preliminary")
    assert result.counts == Counts(added=2, held=1, left=1)
    assert "held back" in result.message and "--vintage revised" in result.message
    assert jobs(store)["08001 0 10"] == 2100
    [again] = ingest([revised], store.root)
    assert again.status == "unchanged"
    remove(store.root, {1})
    assert jobs(store) == {"08001 0 10": 2000, "08001 5 62": 300, "08003 0 10": 50}


def test_an_excerpt_of_an_area_leaves_its_other_rows(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "whole.csv", qcew(OLDER)))
    excerpt = write(tmp_path / "excerpt.csv", qcew("08001 5 62 20 300 9000000"))
    [result] = ingest([excerpt], store.root)
    assert result.counts == Counts(same=1, left=1)
    assert jobs(store) == {"08001 0 10": 2000, "08001 5 62": 300, "08003 0 10": 50}


def test_where_it_is_asked_for_a_file_stands_for_its_whole_areas(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, write(tmp_path / "old.csv", qcew(OLDER)))
    [result] = ingest([write(tmp_path / "new.csv", qcew(NEWER))], store.root, replace=True)
    assert result.counts == Counts(added=1, revised=1, taken=1)
    assert jobs(store) == {"08001 0 10": 2100, "08001 5 23": 70, "08003 0 10": 50}


@pytest.mark.parametrize("vintage", ["preliminary", "", "revised"])
def test_what_is_revised_is_taken_out_by_what_is_revised_alone(
    vintage: str, store: Store, tmp_path: Path
) -> None:
    old, new = write(tmp_path / "old.csv", qcew(OLDER)), write(tmp_path / "new.csv", qcew(NEWER))
    take_in(store, old, vintage="revised")
    [result] = ingest([new], store.root, vintage=vintage, replace=True)
    if vintage == "revised":
        assert result.counts == Counts(added=1, revised=1, taken=1)
        assert "08001 5 62" not in jobs(store)
        return
    assert result.counts == Counts(added=1, held=1, left=1)
    assert "1 other row not taken out, being marked as revised" in result.message
    assert jobs(store) == {
        "08001 0 10": 2000, "08001 5 62": 300, "08003 0 10": 50, "08001 5 23": 70,
    }  # fmt: skip
    remove(store.root, {1})
    assert jobs(store) == {"08001 0 10": 2100, "08001 5 23": 70}


def test_a_trimmed_file_takes_no_column_away(store: Store, tmp_path: Path) -> None:
    """It lacks quotients and changes, and so says nothing of them."""
    take_in(store, write(tmp_path / "whole.csv", qcew()))
    before = store.qcew("annual")
    assert before["lq_annual_avg_emplvl"].notna().any()
    [result] = ingest([write(tmp_path / "short.csv", qcew(layout="short"))], store.root)
    assert result.counts == Counts(same=4)
    assert store.qcew("annual").equals(before)


def test_a_map_of_two_counties_leaves_the_others(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "m_2023.json", feature_collection(["08001", "08003", "08005"])))
    # The second square in both, for a county stays where it is.
    take_in(store, write(tmp_path / "n_2023.json", feature_collection(["08007", "08003"])))
    found = store.boundaries("county", ["08"])
    assert sorted(found["area_fips"]) == ["08001", "08003", "08005", "08007"]
    assert found.geometry.is_valid.all() and found.crs == 4326


@pytest.mark.parametrize("replace", [False, True])
def test_a_map_is_taken_out_again(replace: bool, store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "m_2023.json", feature_collection(["08001", "08003", "08005"])))
    before = store.boundaries("county", ["08"])
    second = write(tmp_path / "n_2023.json", feature_collection(["08007", "08003"]))
    [result] = ingest([second], store.root, replace=replace)
    assert result.status == "added"
    with_both = store.boundaries("county", ["08"])
    remove(store.root, {2})
    assert store.boundaries("county", ["08"]).equals(before)
    ingest([second], store.root, replace=replace)
    assert store.boundaries("county", ["08"]).equals(with_both)
    remove(store.root, {1, 3})
    assert store.outlines().empty


def test_another_period_or_area_only_adds(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "1.csv", qcew("08001 0 10 1 11 10", qtr="1")))
    take_in(store, write(tmp_path / "2.csv", qcew("08001 0 10 1 22 10", qtr="2")))
    take_in(store, write(tmp_path / "3.csv", qcew("08003 0 10 1 33 10", qtr="2")))
    rows = store.qcew("quarterly")
    assert rows[["area_fips", "qtr", "month1_emplvl"]].to_numpy().tolist() == [
        ["08001", "1", 11], ["08001", "2", 22], ["08003", "2", 33],
    ]  # fmt: skip
    assert jobs(store, "quarterly", as_of=2) == {"08001 0 10": 22}


def test_what_sources_make_together_is_read_from_one_file(store: Store, tmp_path: Path) -> None:
    for n in range(1, 12, 2):
        take_in(store, write(tmp_path / f"{n}.csv", qcew(f"08{n:03} 0 10 1 {n} 10")))
    [held] = Catalogue.load(store.root).partitions.values()
    assert len(held.layers) == 6
    assert held.answers == dict.fromkeys(range(1, 7), 1)
    assert len(store.qcew("annual")) == 6
    assert len(store.qcew("annual", as_of=4)) == 4


SLICE_OLD = """
    08001 5 62 20 300 9000000
    08003 5 62  2  30  900000
    08003 5 23  4  44  900000
"""


def by_industry(industry: str, jobs_of: dict[str, int]) -> str:
    return qcew("\n".join(f"{area} 5 {industry} 9 {n} 900" for area, n in jobs_of.items()))


def test_a_by_industry_slice_revises_its_industry_alone(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "areas.csv", qcew(SLICE_OLD)))
    new = by_industry("62", {"08001": 310, "08003": 33, "08005": 5})
    take_in(store, write(tmp_path / "62.csv", new))
    assert jobs(store) == {
        "08001 5 62": 310, "08003 5 23": 44, "08003 5 62": 33, "08005 5 62": 5,
    }  # fmt: skip


def test_a_zip_of_by_industry_slices_revises_its_industries_alone(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, write(tmp_path / "areas.csv", qcew(SLICE_OLD + "08001 5 722 1 2 3")))
    slices = {f"{i}.csv": by_industry(i, {"08001": 1, "08003": 2}) for i in ("23", "62")}
    take_in(store, write_zip(tmp_path / "s.zip", slices))
    assert jobs(store) == {
        "08001 5 23": 1, "08001 5 62": 1, "08001 5 722": 2, "08003 5 23": 2, "08003 5 62": 2,
    }  # fmt: skip


def test_rows_by_size_stand_beside_those_of_all_sizes(store: Store, tmp_path: Path) -> None:
    rows = rows_of("08000 5 10 9 100 900", qtr="1")
    by_size = [{**row, "size_code": "3", "agglvl_code": "61"} for row in rows]
    take_in(
        store,
        write(tmp_path / "all.csv", table_text(header("1"), rows)),
        write(tmp_path / "size.csv", table_text(header("1"), by_size)),
    )
    assert store.qcew("quarterly")["size_code"].tolist() == ["0", "3"]


def test_an_empty_cell_takes_no_number_away(tmp_path: Path) -> None:
    header = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
    whole = write(tmp_path / "1.csv", f"{header}\n08071,2016,6123,5827,296,4.8\n")
    part = write(tmp_path / "2.csv", f"{header}\n08071,2016,6123,5827,,\n08001,2016,,,,3.3\n")
    store = Store(tmp_path / "store")
    take_in(store, whole, part)
    row = store.table("labor_force").set_index("area_fips").loc["08071"]
    assert row[header.split(",")[2:]].tolist() == [6123, 5827, 296, 4.8]
