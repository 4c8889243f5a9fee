"""Rows are sorted into partitions, within a bound of memory, and no key stands twice."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.errors import StoreError
from lmi.schema import table
from lmi.store import staging as module
from lmi.store.parquet import write_part
from lmi.store.staging import RepeatedKeyError, Staging, repeated_key

SPEC = table("qcew_annual")


def rows(*keys: tuple[str, int, str]) -> pl.DataFrame:
    """Annual rows by area, year and industry."""
    areas, years, industries = zip(*keys, strict=True)
    frame = pl.DataFrame({"area_fips": areas, "year": years, "industry_code": industries})
    given = {"own_code": "5", "agglvl_code": "74", "size_code": "0", "qtr": "A"}
    absent = {n: t for n, t in SPEC.polars_schema.items() if n not in (*frame.columns, *given)}
    return frame.with_columns(
        *(pl.lit(v).alias(n) for n, v in given.items()),
        *(pl.lit(None, t).alias(n) for n, t in absent.items()),
    ).select(SPEC.names)


def stage(folder: Path, *blocks: pl.DataFrame) -> dict[str, list[list[tuple]]]:
    """The area, year and industry of every chunk, by partition."""
    staging = Staging(folder, SPEC, 7)
    for block in blocks:
        staging.add(block)
    chunks = staging.finish()
    assert staging.rows == sum(b.height for b in blocks)
    read = {name: [pl.read_parquet(f) for f in files] for name, files in chunks.items()}
    assert all(set(f["source_id"]) == {7} for frames in read.values() for f in frames)
    names = ("area_fips", "year", "industry_code")
    return {name: [f.select(names).rows() for f in frames] for name, frames in read.items()}


def test_partitions_are_states_and_years(tmp_path: Path) -> None:
    a, b, c, d = (
        ("08001", 2016, "62"),
        ("US000", 2016, "62"),
        ("08003", 2017, "62"),
        ("C1974", 2016, "62"),
    )
    assert stage(tmp_path, rows(a, b, c, d)) == {
        "state=08/year=2016": [[a]],
        "state=US/year=2016": [[b]],
        "state=08/year=2017": [[c]],
        "state=C1/year=2016": [[d]],
    }


def test_rows_in_no_order_are_split_as_sorted_ones_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [(a, y, "62") for y in (2016, 2017) for a in ("08001", "41001", "08003", "US000")]
    sorted_ = stage(tmp_path / "runs", rows(*keys))
    monkeypatch.setattr(module, "MOST_RUNS", 1)
    assert stage(tmp_path / "shuffled", rows(*keys)) == sorted_
    assert sorted_["state=08/year=2016"] == [[keys[0], keys[2]]]


def test_a_partition_that_runs_on_over_blocks_is_written_once(tmp_path: Path) -> None:
    a, b, c = (("08001", 2016, i) for i in ("61", "62", "71"))
    assert stage(tmp_path, rows(a), rows(b), rows(c)) == {"state=08/year=2016": [[a, b, c]]}


def test_a_partition_that_comes_back_later_is_kept_too(tmp_path: Path) -> None:
    a, b, c = ("08001", 2016, "62"), ("41001", 2016, "62"), ("08003", 2016, "62")
    assert stage(tmp_path, rows(a), rows(b), rows(c))["state=08/year=2016"] == [[a], [c]]


def test_no_more_rows_wait_than_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WAITING_ROWS", 3)
    blocks = [rows(("08001", 2016, i), ("08003", 2016, i)) for i in ("61", "62", "71")]
    assert [len(c) for c in stage(tmp_path, *blocks)["state=08/year=2016"]] == [4, 2]


@pytest.mark.parametrize("waiting", [1, 100])
@pytest.mark.parametrize("apart", [True, False])
def test_a_key_that_stands_twice_is_refused(
    apart: bool, waiting: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_WAITING_ROWS", waiting)
    a, b = ("08001", 2016, "62"), ("41001", 2016, "62")
    blocks = [rows(a), rows(b), rows(a)] if apart else [rows(a, b, a)]
    with pytest.raises(RepeatedKeyError) as caught:
        stage(tmp_path, *blocks)
    assert caught.value.key["area_fips"] == "08001"
    assert "area_fips '08001', own_code '5', industry_code '62'" in str(caught.value)
    assert "stands twice; make it one row" in str(caught.value)


def test_a_key_in_two_years_stands_once_in_each(tmp_path: Path) -> None:
    assert len(stage(tmp_path, rows(("08001", 2016, "62"), ("08001", 2017, "62")))) == 2


KEYS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("ab"), st.integers(0, 2)), max_size=9
)


@given(KEYS)
def test_repeated_keys_are_found_by_hash_as_by_comparison(keys: list[tuple[str, str, int]]) -> None:
    frame = pl.DataFrame(keys, schema={"a": pl.String, "b": pl.String, "n": pl.Int64}, orient="row")
    found = repeated_key(frame, ("a", "b", "n"))
    assert (found is not None) == (len(set(keys)) < len(keys))
    assert found is None or keys.count(tuple(found.values())) > 1


NEAR_AND_FAR = st.sampled_from([-(2**63), -1, 0, 1, 2**31, 2**63 - 1])
CODED_KEYS = st.lists(
    st.tuples(st.sampled_from(["08001", "08003", "US000"]), NEAR_AND_FAR, NEAR_AND_FAR), max_size=9
)


@given(CODED_KEYS)
def test_repeated_keys_are_found_among_codes_and_numbers_near_and_far(
    keys: list[tuple[str, int, int]],
) -> None:
    """Where keys fit the digits of one number they are compared so, else by hash."""
    schema = {"a": pl.Categorical, "m": pl.Int64, "n": pl.Int64}
    frame = pl.DataFrame(keys, schema=schema, orient="row")
    found = repeated_key(frame, ("a", "m", "n"))
    assert (found is not None) == (len(set(keys)) < len(keys))
    assert found is None or keys.count(tuple(found.values())) > 1


def test_hashes_that_meet_by_chance_repeat_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.Expr, "hash", lambda self, seed=0: pl.lit(1, pl.UInt64))
    frame = pl.DataFrame({"a": ["x", "y"]})
    assert repeated_key(frame, ("a",)) is None
    assert repeated_key(pl.DataFrame({"a": ["x", "x"]}), ("a",)) == {"a": "x"}


def test_a_disk_that_takes_no_more_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StoreError, match=r"cannot be written to .*; free the disk and try again"):
        write_part(rows(("08001", 2016, "62")), tmp_path / "taken" / "p.parquet")
