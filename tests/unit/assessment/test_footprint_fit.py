"""Whether a footprint fits a sector: where its jobs are, among the labor markets and beyond."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.analysis.county_flows import CountyFlows
from lmi.assessment.commuting_flows import RegionFlows
from lmi.assessment.footprint import LaborMarket
from lmi.assessment.footprint_fit import Fit, SectorFit, sector_fit
from lmi.config import CriticalMass, Region

ONE, TWO, NEAR = "08001", "08005", "08013"
APART = {(ONE, ONE): 30_000, (TWO, TWO): 26_000, (TWO, ONE): 60}
TIED = {(ONE, ONE): 30_000, (TWO, TWO): 26_000, (TWO, ONE): 6_000, (NEAR, NEAR): 20_000,
        (ONE, NEAR): 3_000}  # fmt: skip
MASS = CriticalMass(all=[{"measure": "annual_avg_estabs", "at_least": 10}])


def footprint(flows: dict[tuple[str, str], float]) -> LaborMarket:
    counties = sorted({county for ends in flows for county in ends})
    rows = [(*ends, n, 0.0) for ends, n in flows.items()]
    table = pd.DataFrame(rows, columns=["work", "home", "value", "margin_of_error"])
    by_county = CountyFlows.of(table, counties)
    by = RegionFlows("commuting", 2021, (ONE, TWO), by_county, "")
    region = Region(state="colorado", key="some", name="Some", counties=(ONE, TWO))
    return LaborMarket(region, (by,), frozenset({NEAR}))


def row(lo: float, hi: float | None = None, lq: float = 1.5, estabs: float = 50) -> dict:
    hi = lo if hi is None else hi
    middle = (lo + hi) / 2
    return {"candidate": "care", "candidate_name": "Care", "annual_avg_estabs": estabs,
            "annual_avg_emplvl": middle, "annual_avg_emplvl_lo": lo, "annual_avg_emplvl_hi": hi,
            "annual_avg_emplvl_is_vague": False, "is_confidential": False,
            "lq": lq, "lq_lo": lq, "lq_hi": lq, "lq_is_vague": False}  # fmt: skip


def fit(market: LaborMarket, whole: dict, **counties: dict) -> SectorFit:
    codes = {"one": ONE, "two": TWO, "near": NEAR}
    return sector_fit(market, whole, {codes[k]: v for k, v in counties.items()}, MASS)


def test_a_sector_of_one_of_two_labor_markets_finds_the_footprint_too_big():
    found = fit(footprint(APART), row(1_000), one=row(960), two=row(40))
    assert found.fit is Fit.big
    assert found.said[0].startswith("Too big for it: about 96% of its jobs are in Adams County")


def test_where_nearly_all_live_in_one_of_them_anyway_that_says_nothing_of_the_sector():
    lopsided = {(ONE, ONE): 300_000, (TWO, TWO): 26_000, (TWO, ONE): 60}
    found = fit(footprint(lopsided), row(1_000), one=row(999), two=row(1))
    assert found.fit is Fit.right
    assert found.said == (
        "About right for it: nearly all of its jobs are in Adams County, where 92% of the "
        "footprint's working residents live.",
    )


def test_where_that_is_not_sure_it_is_not_said():
    found = fit(footprint(APART), row(1_000), one=row(960), two=row(0, 400))
    assert found.fit is Fit.right and "meet at one table" in found.said[0]


def test_one_labor_market_is_too_big_for_no_sector():
    found = fit(footprint(TIED), row(1_000), one=row(990), two=row(10), near=row(5))
    assert found.fit is Fit.right
    assert found.said == ("About right for it.", "About 99% of its jobs are in Adams County.")


@pytest.mark.parametrize(("near", "fits"), [
    (row(300), Fit.small), (row(200), Fit.right), (row(300, lq=1.1), Fit.right),
    (row(100, 500), Fit.right),
])  # fmt: skip
def test_employers_beyond_the_border_are_told_where_they_surely_are(near, fits):
    found = fit(footprint(TIED), row(1_000), one=row(600), two=row(400), near=near)
    assert found.fit is fits
    assert ("Boulder County" in " ".join(found.said)) is (fits is Fit.small)


def test_a_county_that_does_not_commute_with_it_adds_nothing():
    away = TIED | {(ONE, NEAR): 300}
    found = fit(footprint(away), row(1_000), one=row(600), two=row(400), near=row(900))
    assert found.fit is Fit.right


def test_too_few_places_of_business_and_no_jobs_are_said():
    market = footprint(TIED)
    few = fit(market, row(100, estabs=4), one=row(60), two=row(40))
    assert few.said == ("Too small for it: 4 places of business, under 10.",)
    assert fit(market, row(0, estabs=0)).fit is Fit.none


def test_without_commuting_nothing_is_said_of_it():
    region = Region(state="colorado", key="some", name="Some", counties=(ONE,))
    found = fit(LaborMarket(region, (), frozenset()), row(100), one=row(100))
    assert found.fit is Fit.unknown and "no commuting" in found.said[0]
