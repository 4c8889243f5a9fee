"""A year that is rebuilt from the year after, held against the agency's own of that year."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.absent import ABSENT
from lmi.analysis.year_cells import YearCells, read_cells
from lmi.config import load_state
from lmi.store import Store
from tests.builders import take_in


@pytest.fixture(scope="module")
def rebuilt(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> YearCells:
    """Central Ohio's 2021, of which the store has nothing but 2022 and its changes."""
    store = Store(tmp_path_factory.mktemp("rebuilt"))
    take_in(store, *sorted((shared_data / "qcew/api/2022/a/area").glob("*.csv")))
    found = read_cells(store, load_state("ohio"), 2021)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def published(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    store = Store(tmp_path_factory.mktemp("published"))
    take_in(store, *sorted((shared_data / "qcew/api/2021/a/area").glob("*.csv")))
    return store.qcew("annual").dropna(subset="annual_avg_emplvl")


def test_what_changed_its_code_since_is_unknown_and_not_zero(rebuilt, published):
    """NAICS 2022 closed 4541, 452 and others: 13 percent of places of business had no row."""
    named = {area.area_fips: area.estabs for area in rebuilt.incomplete}
    assert set(named) == set(published["area_fips"]) and min(named.values()) > 50
    key = ["area_fips", "own_code", "industry_code"]
    cells = rebuilt.estimated.cells
    groups = published[published["agglvl_code"].isin(["75", "76"])]
    both = groups.merge(cells[[*key, "source", "annual_avg_emplvl"]], on=key, how="left",
                        suffixes=("_published", ""))  # fmt: skip
    assert both["annual_avg_emplvl"].notna().all(), "every published group has a cell"
    absent = both[both["source"] == ABSENT]
    assert absent["annual_avg_emplvl_published"].sum() > 100_000
    # Of what is absent, most is found again: without its cells all of it would be amiss.
    error = (absent["annual_avg_emplvl"] - absent["annual_avg_emplvl_published"]).abs()
    assert error.sum() < 0.8 * absent["annual_avg_emplvl_published"].sum()


def test_what_is_there_is_the_agencys(rebuilt, published):
    """Sectors kept their codes, so their sums are the published ones."""
    key = ["area_fips", "own_code", "industry_code"]
    sectors = published[published["agglvl_code"] == "74"]
    cells = rebuilt.estimated.cells
    both = sectors.merge(cells[[*key, "annual_avg_emplvl"]], on=key, suffixes=("_published", ""))
    off = np.abs(both["annual_avg_emplvl"] - both["annual_avg_emplvl_published"])
    assert off.sum() < 1e-4 * both["annual_avg_emplvl_published"].sum()
