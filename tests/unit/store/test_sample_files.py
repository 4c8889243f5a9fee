"""The sample comes into a store by itself, and only for a fictional state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lmi import sample
from lmi.config import load_state
from lmi.errors import StoreError
from lmi.store import Store
from lmi.store.commit import sole_writer
from lmi.store.sample_files import take_in_sample
from tests.builders import flows, jobs, qcew, write


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two files in place of the sample's."""
    found = [
        write(tmp_path / "sample" / "1.csv", qcew("99001 0 10 1 11 10")),
        write(tmp_path / "sample" / "2.csv", flows("99001 99003 5")),
    ]
    monkeypatch.setattr(sample, "files", lambda: found)
    return found


def test_the_sample_is_taken_in_once_and_said(files: list[Path], tmp_path: Path) -> None:
    store, said = Store(tmp_path / "store"), []
    for _ in range(2):
        take_in_sample(load_state("sample"), store, said.append)
    assert said == ["Took in the 2 files of the embedded sample (illustrative data)."]
    assert jobs(store) == {"99001 0 10": 11}


def test_who_finds_it_there_reads_beside_a_writer(files: list[Path], tmp_path: Path) -> None:
    store, said = Store(tmp_path / "store"), []
    take_in_sample(load_state("sample"), store)
    with sole_writer(store.root):
        take_in_sample(load_state("sample"), store, said.append)
    assert said == []


def test_who_finds_it_lacking_waits_for_the_one_who_takes_it_in(
    files: list[Path], tmp_path: Path
) -> None:
    store, said = Store(tmp_path / "store"), []
    with ThreadPoolExecutor(4) as readers:
        asked = [load_state("sample")] * 4
        list(readers.map(lambda state: take_in_sample(state, store, said.append), asked))
    assert said == ["Took in the 2 files of the embedded sample (illustrative data)."]
    assert jobs(store) == {"99001 0 10": 11}


def test_a_real_state_brings_in_nothing(files: list[Path], tmp_path: Path) -> None:
    store, said = Store(tmp_path / "store"), []
    take_in_sample(load_state("colorado"), store, said.append)
    assert said == []
    assert not store.root.exists()


def test_a_damaged_sample_is_an_error_in_words(files: list[Path], tmp_path: Path) -> None:
    write(files[0], "<html>")
    with pytest.raises(StoreError, match=r"sample is damaged: .*web page.*; install again"):
        take_in_sample(load_state("sample"), Store(tmp_path / "store"))
