"""A store to take files into, empty or with a county in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import qcew, take_in, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """A store that holds Denver in 2015, so that what a refused file touches can be seen."""
    take_in(store, write(tmp_path / "denver.csv", qcew("08031 0 10 9 700 5000", year=2015)))
    return store
