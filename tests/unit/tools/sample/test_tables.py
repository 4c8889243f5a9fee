"""Boundaries, commuting, labor force, projections and thresholds of the sample."""

from __future__ import annotations

from pathlib import Path

import geopandas
import polars as pl
import pytest

from lmi import sample
from tools.sample import places

REGIONS = Path(__file__).resolve().parents[4] / "regions" / "sample"
LAMBERT = "+proj=laea +lat_0=36.9 +lon_0=-42"


def read(name: str) -> pl.DataFrame:
    codes = dict.fromkeys(("area_fips", "w_county_fips", "h_county_fips"), pl.String)
    codes |= dict.fromkeys(("industry_code", "own_code"), pl.String)
    return pl.read_csv(sample.data_dir() / name, schema_overrides=codes)


@pytest.fixture(scope="module")
def counties() -> geopandas.GeoDataFrame:
    found = geopandas.read_file(sample.data_dir() / "cb_2023_99_county.geojson")
    return found.to_crs(LAMBERT)


def test_counties_tile_the_state_without_gap_or_overlap(counties: geopandas.GeoDataFrame) -> None:
    state = geopandas.read_file(sample.data_dir() / "cb_2023_99_state.geojson").to_crs(LAMBERT)
    whole = state.geometry.iloc[0]
    assert counties.is_valid.all() and whole.is_valid
    assert set(counties.geom_type) == {"Polygon"}
    assert counties.area.sum() == pytest.approx(whole.area, rel=1e-9)
    assert counties.union_all().symmetric_difference(whole).area < 1e-9 * whole.area


def test_only_the_island_has_no_neighbour(counties: geopandas.GeoDataFrame) -> None:
    touching = {
        name: int(counties.touches(shape).sum())
        for name, shape in zip(counties["NAME"], counties.geometry, strict=True)
    }
    assert [name for name, n in touching.items() if n == 0] == ["Gannet"]
    assert max(touching.values()) >= 5


def test_the_mainland_part_of_every_region_is_in_one_piece(
    counties: geopandas.GeoDataFrame,
) -> None:
    region = {c.area_fips: c.region for c in places.counties()}
    merged = counties.dissolve(by=counties["GEOID"].map(region))
    assert set(merged.geom_type) == {"Polygon"}


def test_land_area_is_that_of_the_outline(counties: geopandas.GeoDataFrame) -> None:
    # Computed on a flat grid: a percent off at the northern and southern ends.
    ratio = counties["ALAND"] / counties.area
    assert ratio.between(0.97, 1.03).all()


def test_main_jobs_are_fewer_than_covered_jobs(annual: pl.DataFrame) -> None:
    flows = read("commuting.csv")
    work = flows.group_by(area_fips="w_county_fips", year="year").agg(pl.col("jobs").sum())
    covered = annual.filter(own_code="0").select(
        "area_fips", pl.col("year").cast(pl.Int64), "annual_avg_emplvl"
    )
    both = work.join(covered, on=["area_fips", "year"], validate="1:1")
    assert len(both) == 22 * 4
    share = both.select(pl.col("jobs") / pl.col("annual_avg_emplvl")).to_series()
    # April's main jobs: fewest where the season has not begun, in April 2020 above all.
    assert share.is_between(0.55, 1.0).all()


def test_most_people_of_a_suburb_work_elsewhere_and_most_of_the_island_at_home() -> None:
    flows = read("commuting.csv").filter(year=2022)

    def at_home(county: str) -> float:
        homes = flows.filter(h_county_fips=county)
        return float(homes.filter(w_county_fips=county)["jobs"].sum() / homes["jobs"].sum())

    assert at_home("99003") < 0.65
    assert at_home("99017") > 0.85


def test_commuting_follows_the_county_that_changed_its_code() -> None:
    flows = read("commuting.csv")
    years = {
        code: set(flows.filter(w_county_fips=code)["year"].to_list()) for code in ("99027", "99012")
    }
    assert years == {"99027": {2019}, "99012": {2020, 2021, 2022}}


def test_the_labor_force_is_who_works_and_who_looks_for_work() -> None:
    table = read("labor_force.csv")
    assert (table["labor_force"] == table["employed"] + table["unemployed"]).all()
    rate = 100 * table["unemployed"] / table["labor_force"]
    assert (rate - table["unemployment_rate"]).abs().max() <= 0.05 + 1e-9
    by_year = table.group_by("year").agg(pl.col("unemployment_rate").mean()).sort("year")
    assert by_year["unemployment_rate"].arg_max() == 3  # 2020


def test_projections_start_from_the_jobs_of_2022(annual: pl.DataFrame) -> None:
    table = read("projections.csv").filter(own_code="5")
    jobs = annual.filter(pl.col("disclosure_code") == "", pl.col("year") == 2022).select(
        "area_fips", "own_code", "industry_code", "annual_avg_emplvl"
    )
    keys = ["area_fips", "own_code", "industry_code"]
    both = table.join(jobs, on=keys, how="inner", validate="1:1")
    assert len(both) > 150
    # Rounded to ten jobs.
    assert (both["base_emplvl"] - both["annual_avg_emplvl"]).abs().max() <= 5
    assert set(table["area_fips"]) == {"99000", "ZZ000"}


def test_one_region_has_projections_of_its_own() -> None:
    table = pl.read_csv(REGIONS / "projections.csv", infer_schema=False)
    assert set(table["region"]) == {"crossway"}
    assert {"10", "62", "493", "541"} <= set(table["industry_code"])
    assert set(table["projected_year"]) == {"2027"}


def test_thresholds_are_higher_with_a_child_and_where_living_is_dear() -> None:
    table = read("thresholds.csv").filter(year=2023)
    wide = table.pivot(on="household", index="area_fips", values="annual_wage")
    assert (wide["1 adult, 1 child"] > wide["1 adult"]).all()
    assert len(wide) == 22
    alone = dict(zip(wide["area_fips"], wide["1 adult"], strict=True))
    assert alone["99031"] > alone["99033"]  # ski town, farm county
