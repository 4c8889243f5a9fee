"""Shares withheld in Colorado, 2016, recomputed from the agency's files in a few lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lmi.assessment.holdings import Holdings, read_holdings
from lmi.assessment.opening import open_state
from lmi.store import Store
from tests.agency_files import read_zip

CELL = ["area_fips", "own_code", "industry_code", "agglvl_code"]
LEVELS = {"74": "sector", "75": "3-digit", "76": "4-digit", "77": "5-digit", "78": "6-digit"}


@pytest.fixture(scope="module")
def held(real_store: Path) -> Holdings:
    return read_holdings(open_state("colorado", store=Store(real_store)), 2016)


@pytest.fixture(scope="module")
def cells(shared_data: Path) -> pd.DataFrame:
    """Private cells of the 64 counties: withheld if any quarter is, else the twelve months' mean.

    A cell without establishments all year is none.
    """
    rows = read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip")
    is_county = ~rows["area_fips"].isin(["08000", "08999"])
    rows = rows[is_county & (rows["own_code"] == "5")]
    rows = rows.assign(is_withheld=rows["disclosure_code"] == "N")
    months = [f"month{m}_emplvl" for m in "123"]
    rows = rows.assign(jobs=rows[months].sum(axis=1) / 12, estabs=rows["qtrly_estabs"] / 4)
    year = rows.groupby(CELL, as_index=False).agg(
        is_withheld=("is_withheld", "any"), jobs=("jobs", "sum"), estabs=("estabs", "sum")
    )
    return year[year["estabs"] > 0]


def test_cells_withheld_on_every_level(held: Holdings, cells: pd.DataFrame) -> None:
    raw = cells.groupby(cells["agglvl_code"].map(LEVELS))["is_withheld"].agg(["size", "sum"])
    ours = held.withheld.set_index("level").loc[list(LEVELS.values()), ["cells", "withheld"]]
    assert ours.to_numpy().tolist() == raw.loc[list(LEVELS.values())].to_numpy().tolist()


def test_jobs_withheld_on_every_level(held: Holdings, cells: pd.DataFrame) -> None:
    published = cells[~cells["is_withheld"]]
    total = published.loc[published["agglvl_code"] == "71", "jobs"].sum()
    said = published.groupby(published["agglvl_code"].map(LEVELS))["jobs"].sum()
    ours = held.withheld.set_index("level")["jobs_share"]
    for level in LEVELS.values():
        assert ours[level] == pytest.approx(1 - said[level] / total, abs=1e-9)


def test_jobs_withheld_by_county(held: Holdings, cells: pd.DataFrame) -> None:
    published = cells[~cells["is_withheld"]]
    totals = published[published["agglvl_code"] == "71"].set_index("area_fips")["jobs"]
    said = published[published["agglvl_code"] == "74"].groupby("area_fips")["jobs"].sum()
    ours = held.counties.set_index("area_fips")["jobs_share"].dropna()
    raw = (1 - said.reindex(ours.index, fill_value=0) / totals.reindex(ours.index)).clip(lower=0)
    assert len(ours) > 50
    assert (ours - raw).abs().max() < 1e-9


def test_all_files_of_the_state_and_the_nation_are_counted(held: Holdings) -> None:
    assert held.files["name"].tolist().count("2016_qtrly_by_area_colorado.zip") == 1
    assert held.files["rows"].max() == 228_952
    assert held.years == [2016]
    assert held.whole.loc[held.whole["place"] == "county", "present"].tolist() == [64]
