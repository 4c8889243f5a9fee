"""A year is estimated once, kept beside the store, and made anew when its sources change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import filelock
import numpy as np
import pandas as pd
import pytest

from lmi import one_at_a_time, texts
from lmi.store import Store
from lmi.suppression import estimated_years as module
from lmi.suppression.estimated_years import estimate_year
from tests.builders import TWO_COUNTIES, qcew, take_in, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "2016.csv", qcew(TWO_COUNTIES)))
    return store


def rows(store: Store) -> pd.DataFrame:
    return store.qcew("annual", years=[2016])


def made(store: Store) -> list[str]:
    return sorted(p.name for p in (store.root / "estimates").glob("*") if p.is_dir())


@pytest.mark.parametrize("long", [1, texts.LONG])
def test_what_is_read_back_is_what_was_made(
    store: Store, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    """To the way texts are held, which a table of many rows decides."""
    monkeypatch.setattr(texts, "LONG", long)
    fresh = estimate_year(store, rows(store), ["99"], 2016)
    again = estimate_year(store, rows(store), ["99"], 2016)
    pd.testing.assert_frame_equal(fresh.cells, again.cells, check_exact=True)
    for name in ("emplvl", "wages"):
        one, other = getattr(fresh, name), getattr(again, name)
        np.testing.assert_array_equal(one.deviation, other.deviation)
        np.testing.assert_array_equal(one.rows, other.rows)
    assert len(made(store)) == 1


def test_it_says_where_it_is_kept(store: Store) -> None:
    fresh = estimate_year(store, rows(store), ["99"], 2016)
    again = estimate_year(store, rows(store), ["99"], 2016)
    assert fresh.folder == again.folder == store.root / "estimates" / made(store)[0]


def test_it_is_made_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate_year(store, rows(store), ["99"], 2016)
    monkeypatch.setattr(module, "estimate_employment_and_wages", None)
    assert len(estimate_year(store, rows(store), ["99"], 2016).cells) == 12


def test_who_asks_while_it_is_made_waits_for_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, n_looked, n_made = Event(), [0], [0]
    read, estimate = module._read, module.estimate_employment_and_wages

    def look(folder):
        n_looked[0] += 1
        if n_looked[0] == 3:  # the first has looked twice, and makes it
            looked.set()
        return read(folder)

    def make(*of):
        n_made[0] += 1
        assert looked.wait(60), "another asks"
        return estimate(*of)

    monkeypatch.setattr(module, "_read", look)
    monkeypatch.setattr(module, "estimate_employment_and_wages", make)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(estimate_year, store, rows(store), ["99"], 2016) for _ in range(2)]
        one, other = (a.result() for a in asked)
    pd.testing.assert_frame_equal(one.cells, other.cells, check_exact=True)
    assert n_made == [1]


def test_where_no_lock_is_to_be_had_it_is_made_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (store.root / "estimates").mkdir()
    monkeypatch.setattr(one_at_a_time, "PATIENCE_S", 0.0)
    with filelock.FileLock(store.root / "estimates" / "99-2016.lock"):
        assert len(estimate_year(store, rows(store), ["99"], 2016).cells) == 12
    assert len(made(store)) == 1


def test_a_newer_release_makes_it_anew_and_removes_the_old(store: Store, tmp_path: Path) -> None:
    estimate_year(store, rows(store), ["99"], 2016)
    [before] = made(store)
    take_in(
        store, write(tmp_path / "newer.csv", qcew(TWO_COUNTIES.replace("12 150 5", "12 160 5")))
    )
    estimate_year(store, rows(store), ["99"], 2016)
    [after] = made(store)
    assert before != after


@pytest.mark.parametrize("name", ["emplvl.npz", "contradictions.npz", "cells.parquet"])
@pytest.mark.parametrize("kept", [0, 4, 0.5])
def test_a_damaged_file_is_made_anew(store: Store, name: str, kept: float) -> None:
    fresh = estimate_year(store, rows(store), ["99"], 2016)
    file = store.root / "estimates" / made(store)[0] / name
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    again = estimate_year(store, rows(store), ["99"], 2016)
    np.testing.assert_array_equal(fresh.emplvl.deviation, again.emplvl.deviation)


def test_a_store_that_cannot_be_written_to_serves_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(module.atomic, "write_with", refuse)
    assert len(estimate_year(store, rows(store), ["99"], 2016).cells) == 12


def test_totals_that_contradict_their_parts_are_kept_with_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    wrong = TWO_COUNTIES.replace("99001 5 23  4 0 0 N", "99001 5 23 4 170 3")
    take_in(store, write(tmp_path / "2016.csv", qcew(wrong)))
    fresh, again = (estimate_year(store, rows(store), ["99"], 2016) for _ in range(2))
    assert (
        fresh.contradictions == again.contradictions == ("99000/5/23", "99000/5/62", "99001/5/10")
    )


def test_two_states_share_their_nation_once(store: Store) -> None:
    one, other = (
        rows(store).assign(area_fips=lambda t, s=state: s + t["area_fips"].str[2:])
        for state in ("08", "39")
    )
    nation = one[one["area_fips"] == "08000"].assign(area_fips="US000")
    nation["agglvl_code"] = "1" + nation["agglvl_code"].str[1:]
    both = estimate_year(store, pd.concat([one, other, nation]), ["08", "39"], 2016)
    assert both.contradictions == ()
    assert both.cells["area_fips"].str[:2].value_counts().to_dict() == {"08": 12, "39": 12, "US": 4}
    withheld = both.cells["annual_avg_emplvl_published"].isna().to_numpy()
    assert withheld[both.emplvl.rows].all() and len(both.emplvl.rows) == withheld.sum()
