"""Counties add up to their region, quarters to their year, and a county is told alike to all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lmi.analysis.quarters import COLUMNS, LEAST_SHARE, read_quarters
from lmi.analysis.span import choose_years, compute_span
from lmi.assessment.live_state import open_live
from lmi.assessment.state_tables import StateTables
from lmi.config import Region, load_candidates, load_state
from lmi.store import Store
from tests.agency_files import read_zip
from tests.conftest import Analyse

JOBS = "annual_avg_emplvl"
MONTHS = [f"month{n}_emplvl_published" for n in (1, 2, 3)]
STATE = load_state("sample")
CANDIDATES = load_candidates(STATE)


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Store:
    return Store(sample_store)


@pytest.fixture(scope="module")
def tables(analysed: Analyse, store: Store) -> StateTables:
    return analysed(store, STATE)


@pytest.fixture(scope="module")
def staff(analysed: Analyse, store: Store) -> StateTables:
    """With a number to check in every row."""
    return analysed(store, STATE.model_copy(update={"staff": True}))


@pytest.mark.slow
def test_the_counties_of_a_region_add_up_to_it(staff: StateTables) -> None:
    table = staff.counties
    assert set(table["kind"]) == {"total", "ownership", "sector", "candidate"}
    sums = table.groupby(["region", "kind", "key"])[JOBS].sum()
    of_regions = staff.regions.set_index("region")[JOBS]
    assert sums.xs(("total", "total"), level=[1, 2]).to_dict() == pytest.approx(
        of_regions.to_dict()
    )
    owners = table[table["kind"] == "ownership"].groupby("region")[JOBS].sum()
    # what counties print of owners, and of all, is rounded to whole jobs
    assert owners.to_dict() == pytest.approx(of_regions.to_dict(), abs=3)
    own = staff.candidates.set_index(["region", "candidate"])[JOBS]
    by_candidate = sums.xs("candidate", level="kind").reindex(own.index, fill_value=0.0)
    assert by_candidate.to_list() == pytest.approx(own.to_list(), abs=1e-6)
    private = staff.industries[staff.industries["own_code"] == "5"]
    sectors = private[private["industry_level"] == "sector"]
    expected = sectors.set_index(["region", "industry_code"])[JOBS]
    assert sums.xs("sector", level="kind").reindex(expected.index).to_list() == pytest.approx(
        expected.to_list(), abs=1e-6
    )
    assert ((table["annual_avg_estabs"] > 0) | (table[JOBS] > 0)).all()


@pytest.mark.slow
def test_a_county_is_told_alike_as_a_footprint_and_in_its_table(
    store: Store, tables: StateTables
) -> None:
    """Who tries a county on the bench is told what its region's table tells, and no more."""
    live, own = open_live(store, STATE), STATE.region("crossway")
    n_withheld = 0
    for area in own.counties:
        county = Region(state="sample", key="tried", name="Tried", counties=(area,))
        found = live.measure(county, CANDIDATES).table.set_index("candidate")
        rows = tables.counties[tables.counties["area_fips"] == area]
        of_candidates = rows[(rows["kind"] == "candidate") & (rows["region"] == own.key)]
        expected = of_candidates.set_index("key")
        there = found.loc[expected.index]
        assert there["is_confidential"].tolist() == expected["is_confidential"].tolist()
        assert there[JOBS].to_list() == pytest.approx(expected[JOBS].to_list(), nan_ok=True)
        n_withheld += int(expected["is_confidential"].sum())
    assert n_withheld > 5


@pytest.mark.slow
def test_months_average_to_the_years_jobs_where_all_is_published(tables: StateTables) -> None:
    table = tables.quarters
    assert tuple(table.columns) == COLUMNS
    assert not table.duplicated(["place", "region", "kind", "key", "qtr"]).any()
    here = table[table["place"] == "region"]
    whole = here[here["kind"] == "total"].groupby("region")[MONTHS].mean().mean(axis=1)
    jobs = tables.regions.set_index("region")[JOBS]
    # the sample's years are rounded to whole jobs by county, as the agency prints them
    assert whole.to_dict() == pytest.approx(jobs.reindex(whole.index).to_dict(), abs=3)
    index = here.groupby(["region", "kind", "key"])["seasonal_index"].mean().dropna()
    assert index.to_list() == pytest.approx([1.0] * len(index))
    hidden = here["emplvl_published_share"] == 0
    assert hidden.any() and here.loc[hidden, MONTHS].isna().all(axis=None)
    dim = here["emplvl_published_share"] < LEAST_SHARE
    assert dim.any() and here.loc[dim, "seasonal_index"].isna().all()
    assert (here.loc[~dim, "emplvl_swing_pct"].dropna() >= 0).all()


@pytest.mark.slow
def test_quarters_rest_on_nothing_that_is_estimated(store: Store, tables: StateTables) -> None:
    """Whatever is published of them is a sum of the agency's own rows."""
    region = STATE.region("crossway")
    rows = store.qcew("quarterly", areas=region.counties, years=[int(tables.meta["year"])])
    rows = rows[(rows["own_code"] == "5") & (rows["size_code"] == "0")]
    shown = tables.quarters[
        (tables.quarters["region"] == region.key)
        & (tables.quarters["place"] == "region")
        & (tables.quarters["kind"] == "sector")
    ]
    assert len(shown) > 40
    for row in shown.itertuples():
        cells = rows[rows["industry_code"] == row.key]
        withheld = set(cells.loc[cells["disclosure_code"] == "N", "area_fips"])
        given = cells[~cells["area_fips"].isin(withheld)]
        of_quarter = given.loc[given["qtr"] == row.qtr, "month2_emplvl"].sum()
        is_said = not withheld or given[[f"month{n}_emplvl" for n in (1, 2, 3)]].sum(axis=None) > 0
        expected = of_quarter if is_said else np.nan
        assert row.month2_emplvl_published == pytest.approx(expected, nan_ok=True), row


def test_without_quarters_there_are_no_rows(store: Store) -> None:
    years = choose_years(store, STATE)
    span = compute_span(store, STATE, CANDIDATES[:1], years)
    empty = Store(store.root.parent / "none of it")
    assert read_quarters(empty, span).empty


@pytest.mark.program
def test_the_season_of_the_mountains(
    analysed: Analyse, real_store: Path, shared_data: Path
) -> None:
    """Ski counties of region 12: hotels and restaurants by the raw files."""
    state = load_state("colorado")
    found = analysed(Store(real_store), state, 2016).quarters
    rows = read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip")
    counties = state.region("region-12").counties
    raw = rows[(rows["area_fips"].isin(counties)) & (rows["industry_code"] == "10")]
    raw = raw[(raw["own_code"] == "0") & (raw["size_code"] == "0")]
    expected = raw.groupby("qtr")[["month1_emplvl", "month3_emplvl"]].sum()
    here = found[(found["region"] == "region-12") & (found["place"] == "region")]
    total = here[here["kind"] == "total"].set_index("qtr")
    assert total["month1_emplvl_published"].to_dict() == expected["month1_emplvl"].to_dict()
    assert total["month3_emplvl_published"].to_dict() == expected["month3_emplvl"].to_dict()
    hotels = here[here["key"] == "72"].set_index("qtr")
    assert hotels["seasonal_index"].idxmax() == "1", "snow"
    assert hotels["seasonal_index"].idxmin() == "2", "mud"
