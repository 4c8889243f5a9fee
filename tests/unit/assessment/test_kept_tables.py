"""A state's tables are computed once of the same inputs, and anew of any other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lmi.assessment import kept_tables, state
from lmi.assessment.kept_tables import FOLDER, KEPT, state_tables
from lmi.assessment.state_tables import StateTables
from lmi.config import StateConfig, load_state
from lmi.store import Store
from tests.conftest import ROOT, Analyse

Count = list[tuple[object, ...]]


@pytest.fixture
def asked(tmp_path: Path, sample_store: Path) -> tuple[Store, StateConfig]:
    """A store and definitions of one's own; of the store, what changes is a copy."""
    root = tmp_path / "store"
    root.mkdir()
    for path in sample_store.iterdir():
        if path.name == "catalogue.json":
            shutil.copyfile(path, root / path.name)
        elif path.name != FOLDER:
            (root / path.name).symlink_to(path)
    shutil.copytree(ROOT / "regions" / "sample", tmp_path / "regions" / "sample")
    for name in ("sectors.yml", "criteria.yml"):
        shutil.copyfile(ROOT / "regions" / name, tmp_path / "regions" / name)
    return Store(root), load_state("sample", tmp_path / "regions")


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch, analysed: Analyse, sample_store: Path) -> Count:
    """Whatever is computed; the tables themselves are those of the sample."""
    found: Count = []
    tables = analysed(Store(sample_store), load_state("sample"))

    def analyse(*given: object) -> StateTables:
        found.append(given)
        return tables

    monkeypatch.setattr(state, "analyse", analyse)
    return found


def test_the_same_inputs_are_computed_once_and_read_as_they_were(asked, computed):
    store, of = asked
    first, again = state_tables(store, of), state_tables(Store(store.root), of)
    assert len(computed) == 1
    for name in StateTables.names():
        assert getattr(first, name).equals(getattr(again, name)), name
    assert first.meta == again.meta


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: dict[str, Callable[[Store, StateConfig], None]] = {
    "a source": lambda store, of: append(store.root / "catalogue.json", "\n"),
    "a definition": lambda store, of: append(of.folder / "state.yml", "\n# another\n"),
    "the sectors of all": lambda store, of: append(of.folder.parent / "sectors.yml", "\n#\n"),
    "what people bring": lambda store, of: append(of.folder / "engagement.csv", "\n"),
    "the code": lambda store, of: None,
}


@pytest.mark.parametrize("what", CHANGES)
def test_of_anything_else_they_are_computed_anew(asked, computed, what, monkeypatch):
    store, of = asked
    state_tables(store, of)
    CHANGES[what](store, of)
    if what == "the code":
        monkeypatch.setattr(kept_tables, "package_digest", lambda: "another")
    state_tables(store, of)
    assert len(computed) == 2


def test_each_year_base_and_audience_has_its_own_and_the_oldest_go(asked, computed):
    store, of = asked
    staff = of.model_copy(update={"staff": True})
    orders = [(of, 2023, None), (of, 2022, None), (of, 2023, 2019), (staff, 2023, None)]
    for state_, year, base in orders * 2:
        state_tables(store, state_, year, base)
    assert len(computed) == len(orders) == KEPT
    state_tables(store, of, 2021)
    assert len(list((store.root / FOLDER / "sample").glob("*/meta.json"))) == KEPT
    state_tables(store, *orders[-1])
    assert len(computed) == KEPT + 1, "what was read last stays"
    state_tables(store, *orders[0])
    assert len(computed) == KEPT + 2, "what was read longest ago went"


def test_what_is_damaged_or_asked_for_anew_is_computed(asked, computed):
    store, of = asked
    state_tables(store, of)
    [page] = (store.root / FOLDER / "sample").glob("*/scores.parquet")
    page.write_bytes(page.read_bytes()[:100])
    state_tables(store, of)
    assert len(computed) == 2
    state_tables(store, of, anew=True)
    assert len(computed) == 3
    state_tables(store, of)
    assert len(computed) == 3


def test_a_store_that_cannot_be_written_to_is_read_all_the_same(asked, computed):
    store, of = asked
    (store.root / FOLDER).write_text("a file stands in the way")
    assert state_tables(store, of).meta["state"] == "sample"
    assert len(computed) == 1
