"""Estimates against cells that the agency withheld in one quarter and printed in the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.suppression import estimate
from tests.agency_files import read_zip

CELL = ["area_fips", "own_code", "industry_code"]


@pytest.fixture(scope="module")
def quarters(shared_data: Path) -> pd.DataFrame:
    return read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip", quarters="12")


@pytest.fixture(scope="module")
def filled(quarters: pd.DataFrame) -> pd.DataFrame:
    """Colorado's March 2016, every withheld cell estimated."""
    return estimate(quarters[quarters["qtr"] == "1"], "month3_emplvl", "qtrly_estabs")


def test_cells_that_were_disclosed_a_quarter_later(quarters, filled):
    """Withheld in 2016 Q1, disclosed in Q2, private: April's jobs are close to March's.

    A plain top-down raking reached errors of .34 .26 .29 .32 .31 by level (sector to six digits)
    on the same cells, a share of the parent by establishments .46 .45 .68 .53 .30.
    """
    hidden = quarters[(quarters["qtr"] == "1") & (quarters["disclosure_code"] == "N")]
    hidden = hidden[hidden["agglvl_code"].str.startswith("7") & (hidden["own_code"] == "5")]
    shown = quarters[(quarters["qtr"] == "2") & quarters["month1_emplvl"].notna()]
    flips = (
        hidden[[*CELL, "agglvl_code"]]
        .merge(shown[[*CELL, "month1_emplvl"]], on=CELL, validate="1:1")
        .merge(filled[[*CELL, "estimate"]], on=CELL, validate="1:1")
    )
    assert len(flips) > 900
    error = (flips["estimate"] - flips["month1_emplvl"]).abs().groupby(flips["agglvl_code"]).sum()
    wape = error / flips.groupby("agglvl_code")["month1_emplvl"].sum()
    assert (wape["74":"78"] < 0.20).all(), wape


def test_the_whole_state_adds_up(filled):
    private = filled[filled["own_code"] == "5"]
    by_level = private.groupby("agglvl_code")["estimate"].sum()
    statewide = private.loc[private["agglvl_code"] == "51", "published"].sum()
    # every level of the counties, and of the state, holds the same jobs, within floating error
    assert by_level.to_numpy() == pytest.approx(np.full(len(by_level), statewide), abs=1e-3)


def test_counties_add_up_to_the_state(filled):
    names = ["own_code", "industry_code"]
    county = filled[filled["agglvl_code"].str.startswith("7")].groupby(names)["estimate"].sum()
    state = filled[filled["agglvl_code"].str.startswith("5")].set_index(names)["estimate"]
    gap = (county - state).abs()
    # proportional fitting stops after its rounds: a thousandth of all jobs may be out of place
    assert gap.sum() < 1e-3 * state.sum()
    assert filled.attrs["relaxed"] == {"families": 0, "states": 0, "bounds": 0}


def test_pay_of_estimated_cells_is_plausible(shared_data: Path, quarters):
    rows = quarters[quarters["qtr"] == "1"]
    jobs = estimate(rows, "month3_emplvl", "qtrly_estabs")
    wages = estimate(
        rows, "total_qtrly_wages", "qtrly_estabs", base=jobs["estimate"].reindex(rows.index)
    )
    large = jobs["published"].isna() & (jobs["estimate"] >= 10)
    weekly = wages.loc[large, "estimate"] / jobs.loc[large, "estimate"] / 13
    # 998 of a thousand published cells of that size pay $133 to $8,057 a week
    assert weekly.between(133, 8_057).mean() > 0.98


def test_masked_cells_lie_within_their_bounds(quarters):
    rows = quarters[quarters["qtr"] == "1"].reset_index(drop=True)
    county = rows["agglvl_code"].isin(["77", "78"]) & rows["month3_emplvl"].notna()
    masked = county & (np.random.default_rng(2016).random(len(rows)) < 0.2)
    result = estimate(
        rows.assign(month3_emplvl=rows["month3_emplvl"].mask(masked)),
        "month3_emplvl",
        "qtrly_estabs",
    )
    truth = rows.loc[masked, "month3_emplvl"]
    assert (truth >= result.loc[masked, "lo"] - 1e-6).all()
    assert (truth <= result.loc[masked, "hi"] + 1e-6).all()
    share = (result.loc[masked, "estimate"] - truth).abs().sum() / truth.sum()
    assert share < 0.15
