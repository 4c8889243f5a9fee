"""The nation's shares out of printed quotients, against nations that are known otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi import naics
from lmi.analysis.candidate_measures import (
    candidate_shift_shares,
    measure_candidates,
    measure_now,
)
from lmi.analysis.outlook import no_outlook
from lmi.analysis.quoted_nation import quoted_nation
from lmi.analysis.span import Span
from lmi.analysis.thresholds import no_thresholds
from lmi.analysis.year_cells import read_cells
from lmi.analysis.year_sums import sum_year
from lmi.config import load_candidates, load_state
from lmi.store import Store
from tests.agency_files import read_folder, read_zip
from tests.printed_quotients import ALL_JOBS, NO_CELLS, PrintedRows, infer, shares_of

JOBS = "annual_avg_emplvl"
CELL = ["own_code", "industry_code"]


def inferred(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    found = infer(PrintedRows(rows.assign(source_id=1)), year)
    assert found is not None and found.contradictions == ()
    return shares_of(found)


@pytest.fixture(scope="module")
def ohio_2023(shared_data: Path) -> pd.DataFrame:
    return read_folder(shared_data / "qcew/api/2023/a/area", "*.csv")


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_states_quotients_agree_and_hold_what_the_states_add_up_to(shared_data, year):
    """The nation is its 51 states, so a cell that all of them print is known exactly."""
    folder = shared_data / "qcew/statewide_annual"
    rows = read_zip(folder / f"{year}_statewide_annual_api_slices.zip", "A")
    cells = inferred(rows, year)
    sums = rows.groupby(CELL)[JOBS].agg(lambda jobs: jobs.sum(skipna=False))
    known = sums.dropna().loc[lambda jobs: jobs > 0]
    both = cells.join((known / sums[ALL_JOBS]).rename("truth"), how="inner")
    # the states' averages are rounded one by one: half a job each at most
    slack = 51 / 2 / sums[ALL_JOBS]
    assert len(both) > 1000
    assert (both["lo"] - slack <= both["truth"]).all()
    assert (both["truth"] <= both["hi"] + slack).all()
    width = (cells["hi"] / cells["lo"] - 1)[cells["lo"] > 0]
    assert width.median() < 0.002


def test_the_shares_of_2019_are_those_of_its_first_quarter_but_for_the_season(shared_data):
    path = shared_data / "qcew/statewide_annual/2019_statewide_annual_api_slices.zip"
    cells = inferred(read_zip(path, "A"), 2019)
    nation = read_folder(shared_data / "qcew/api/2019/1/area", "US000.csv").set_index(CELL)
    months = nation[[f"month{n}_emplvl" for n in (1, 2, 3)]].mean(axis=1)
    sectors = [("5", code) for code in naics.SECTORS if code not in ("92", "99")]
    winter = months.loc[sectors] / months.loc[ALL_JOBS]
    gap = (cells.loc[sectors, "share"] / winter - 1).abs()
    assert gap.median() < 0.02
    assert gap.drop([("5", "11"), ("5", "71")]).max() < 0.06, "farms and parks rest in winter"


def test_2023_is_that_of_the_agencys_own_changes_over_the_year(shared_data, ohio_2023):
    """The file of 2024 prints the change from a 2023 that was revised since the slices."""
    nation = read_folder(shared_data / "qcew", "US000_2024_annual.csv.gz").set_index(CELL)
    before = nation[JOBS] - nation[f"oty_{JOBS}_chg"]
    known = before.dropna().loc[lambda jobs: jobs > 0]
    both = inferred(ohio_2023, 2023).join((known / before[ALL_JOBS]).rename("truth"), how="inner")
    slack = 1 / before[ALL_JOBS]
    off = np.maximum(both["lo"] - slack - both["truth"], both["truth"] - both["hi"] - slack)
    assert len(both) > 3500
    assert (off <= 0).mean() > 0.97
    sectors = [("5", code) for code in naics.SECTORS if code not in ("92", "99")]
    assert (off / both["truth"]).loc[sectors].max() < 0.003


def test_franklin_county_has_the_quotients_that_are_printed_for_it(ohio_2023):
    cells = inferred(ohio_2023, 2023)
    own = ohio_2023[ohio_2023["area_fips"] == "39049"].set_index(CELL)
    for industry, printed in {"23": 0.83, "52": 1.38}.items():
        row, share = own.loc[("5", industry)], cells.loc[("5", industry)]
        assert row[f"lq_{JOBS}"] == printed
        here = row[JOBS] / own.loc[ALL_JOBS, JOBS]
        assert printed - 0.005 <= here / share["hi"] * 1.001
        assert here / share["lo"] * 0.999 <= printed + 0.005


@pytest.mark.program
def test_the_sample_without_its_nation_infers_it(sample_store: Path):
    store = Store(sample_store)
    found = quoted_nation(store, "ZZ000", 2023, NO_CELLS)
    rows = store.qcew("annual", areas=["ZZ000"], years=[2023]).set_index(CELL)
    jobs = rows[JOBS].astype(float).loc[lambda n: n.notna()]
    both = shares_of(found).join((jobs / jobs[ALL_JOBS]).rename("truth"), how="inner")
    slack = 1 / jobs[ALL_JOBS]
    assert len(both) > 500
    assert (both["lo"] - slack <= both["truth"]).all()
    assert (both["truth"] <= both["hi"] + slack).all()


def test_candidates_have_the_quotients_that_the_nations_own_rows_give(real_store: Path):
    """Colorado 2016 in four quarters; its nation was rebuilt from the quotients of all areas."""
    store, state = Store(real_store), load_state("colorado")
    candidates = load_candidates(state)
    read = read_cells(store, state, 2016, compares=True)
    assert read is not None and read.quoted is None, "the nation is there"
    quoted = quoted_nation(store, "US000", 2016, NO_CELLS)
    lqs = []
    for nation in (None, quoted):
        year = sum_year(replace(read, quoted=nation), state, candidates, detail=False, now=True)
        span = Span(state, tuple(candidates), {2016: year}, 2016, None)
        shift_share, outlook = candidate_shift_shares(span), (no_outlook(), None)
        now = measure_now(span, no_thresholds())
        lqs.append(measure_candidates(span, now, shift_share, outlook).table)
    own, ours = lqs
    # Where few employers stand behind a number, only its range is said: no middle to compare.
    both = own["lq"].notna() & ours["lq"].notna()
    own, ours = own[both], ours[both]
    assert len(own) > 200
    assert (ours["lq_lo"] <= own["lq"]).all() and (own["lq"] <= ours["lq_hi"]).all()
    assert (ours["lq"] / own["lq"] - 1).abs().median() < 0.01
