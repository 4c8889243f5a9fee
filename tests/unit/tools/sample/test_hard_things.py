"""Everything that is hard in real files is in the sample's."""

from __future__ import annotations

import polars as pl
import pytest

from lmi import naics
from tools.sample import places

PRIVATE_COUNTY = (
    (pl.col("own_code") == "5")
    & pl.col("agglvl_code").is_between(pl.lit("74"), pl.lit("78"))
    & pl.col("area_fips").str.starts_with("99")
)
WITHHELD = pl.col("disclosure_code") != ""


def share(table: pl.DataFrame, condition: pl.Expr) -> float:
    return float(table.select(condition.mean()).item())


def codes_of(table: pl.DataFrame, *, year: int, area: str = "99000") -> set[str]:
    rows = table.filter(pl.col("year") == year, pl.col("area_fips") == area)
    return set(rows["industry_code"].to_list())


@pytest.mark.parametrize("year", range(2017, 2024))
def test_about_sixty_percent_of_county_industry_cells_are_withheld(
    annual: pl.DataFrame, year: int
) -> None:
    cells = annual.filter(PRIVATE_COUNTY, pl.col("year") == year)
    assert 0.55 <= share(cells, WITHHELD) <= 0.65


def test_finer_levels_are_withheld_more_often_as_in_colorado(annual: pl.DataFrame) -> None:
    # Measured on Colorado's counties, 2016 Q1, private: the sample may differ by a sixth, because
    # more of its counties are small.
    colorado = {"74": 0.25, "75": 0.42, "76": 0.56, "77": 0.62, "78": 0.66}
    cells = annual.filter(PRIVATE_COUNTY)
    found = [share(cells.filter(agglvl_code=level), WITHHELD) for level in colorado]
    assert found == sorted(found)
    assert found == pytest.approx(list(colorado.values()), abs=1 / 6)


def test_a_withheld_row_keeps_its_establishments_and_prints_zeros(quarterly: pl.DataFrame) -> None:
    rows = quarterly.filter(disclosure_code="N")
    assert rows["qtrly_estabs_count"].min() > 0
    assert rows["lq_qtrly_estabs_count"].max() > 0
    hidden = [c for c in rows.columns if "emplvl" in c or "wage" in c or "contributions" in c]
    assert len(hidden) == 7 * 4
    assert rows.select(pl.max_horizontal(pl.col(hidden).abs().max())).item() == 0
    assert set(rows["lq_disclosure_code"]) == set(rows["oty_disclosure_code"]) == {"N"}


def test_an_industry_without_establishments_prints_a_dash(quarterly: pl.DataFrame) -> None:
    rows = quarterly.filter(disclosure_code="-")
    assert len(rows) > 100
    assert rows["qtrly_estabs_count"].max() == 0


def test_there_are_disclosed_zeros(annual: pl.DataFrame) -> None:
    zeros = annual.filter(
        ~WITHHELD, pl.col("annual_avg_emplvl") == 0, pl.col("annual_avg_estabs_count") > 0
    )
    assert {"1", "5"} <= set(zeros["own_code"].to_list())
    dormant = zeros.filter(area_fips="99021", own_code="5", industry_code="112111")
    assert dormant["total_annual_wages"].to_list() == [0] * 7


def test_ownerships_and_levels_nest_and_count_every_job_many_times(annual: pl.DataFrame) -> None:
    state = annual.filter(pl.col("area_fips") == "99000", pl.col("year") == 2023)
    assert set(state["own_code"]) == {"0", "1", "2", "3", "5", "8"}
    assert set(state["agglvl_code"]) == {str(level) for level in range(50, 59)} | {"96"}
    county = annual.filter(pl.col("area_fips") == "99023", pl.col("year") == 2023)
    assert set(county["agglvl_code"]) == {str(level) for level in range(70, 79)}
    nation = annual.filter(pl.col("area_fips") == "ZZ000", pl.col("year") == 2023)
    assert set(nation["agglvl_code"]) == {str(level) for level in range(10, 19)}
    private = set(annual.filter(own_code="5")["industry_code"])
    assert {"10", "101", "1013", "31-33", "332", "3327", "33271", "332710"} <= private
    assert {"44-45", "48-49", "238211", "1029", "999999"} <= private


def test_the_codes_of_naics_2017_end_in_2021_and_those_of_2022_begin(annual: pl.DataFrame) -> None:
    before, after = (codes_of(annual, year=year, area="ZZ000") for year in (2021, 2022))
    renamed = {"5112": "5132", "511210": "513210", "447110": "457110", "517311": "517111"}
    assert set(renamed) <= before - after
    assert set(renamed.values()) <= after - before
    # Online shops went to what they sell; internet publishers to three industries.
    assert {"454110", "519130"} <= before - after
    assert {"449210", "456110", "458110", "459110", "459999"} <= after - before
    assert {"513110", "516210", "519290"} <= after - before
    # Two kinds of batteries became one.
    assert {"335911", "335912"} <= before - after and "335910" in after - before


@pytest.mark.parametrize(("year", "naics_year"), [(2017, 2017), (2021, 2017), (2022, 2022)])
def test_every_code_is_a_real_one_of_its_vintage(
    annual: pl.DataFrame, year: int, naics_year: int
) -> None:
    assert naics.naics_year(year) == naics_year
    unknown = [
        code
        for code in codes_of(annual, year=year, area="ZZ000")
        if not naics.is_known(code, naics_year)
    ]
    assert unknown == []


def test_a_changed_code_has_no_change_over_the_year(annual: pl.DataFrame) -> None:
    new = annual.filter(area_fips="ZZ000", industry_code="513210").sort("year")
    assert new["oty_disclosure_code"].to_list() == ["N", ""]
    assert new["oty_annual_avg_estabs_count_pct_chg"][0] == 100
    assert new["oty_annual_avg_emplvl_chg"][0] == 0


def test_work_that_no_county_claims_is_in_the_unknown_county(annual: pl.DataFrame) -> None:
    rows = annual.filter(area_fips="99999", own_code="0")
    assert rows["annual_avg_emplvl"].min() > 1000
    assert len(rows) == 7


def test_a_county_changes_its_code_in_2020(annual: pl.DataFrame) -> None:
    old = annual.filter(area_fips="99027", own_code="0").sort("year")
    new = annual.filter(area_fips="99012", own_code="0").sort("year")
    assert old["year"].to_list() == [2017, 2018, 2019]
    assert new["year"].to_list() == [2020, 2021, 2022, 2023]
    assert new["oty_disclosure_code"].to_list() == ["N", "", "", ""]
    # The ground is the same, and so are the jobs, but for the year.
    assert new["annual_avg_emplvl"][0] == pytest.approx(old["annual_avg_emplvl"][2], rel=0.2)


def test_one_region_is_a_single_tiny_county_nearly_all_withheld(annual: pl.DataFrame) -> None:
    alone = [c.area_fips for c in places.counties(2023) if c.region == "gannet-island"]
    assert alone == ["99017"]
    rows = annual.filter(area_fips="99017")
    assert rows.filter(own_code="0")["annual_avg_emplvl"].max() < 500
    assert share(rows.filter(PRIVATE_COUNTY), WITHHELD) > 0.85


def test_some_cells_are_withheld_in_one_quarter_and_printed_in_the_next(
    quarterly: pl.DataFrame,
) -> None:
    # In Colorado, 2016, it was 8 % of private county series.
    series = quarterly.filter(PRIVATE_COUNTY, pl.col("disclosure_code") != "-")
    kinds = series.group_by("area_fips", "industry_code", "year").agg(
        mixed=pl.col("disclosure_code").n_unique() > 1
    )
    assert 0.04 <= share(kinds, pl.col("mixed")) <= 0.12


def test_a_year_is_never_withheld_where_its_quarters_are_printed(
    annual: pl.DataFrame, quarterly: pl.DataFrame
) -> None:
    keys = ["area_fips", "own_code", "industry_code", "year"]
    open_quarters = quarterly.group_by(keys).agg(all_open=(~WITHHELD).all())
    both = annual.join(open_quarters, on=keys, how="inner", validate="1:1")
    assert len(both.filter("all_open")) > 5000
    assert len(both.filter("all_open", WITHHELD)) == 0


def test_some_quotients_are_withheld_where_the_jobs_are_not(annual: pl.DataFrame) -> None:
    rows = annual.filter(~WITHHELD, pl.col("lq_disclosure_code") == "N")
    assert len(rows) > 0
    nation = annual.filter(WITHHELD, pl.col("area_fips") == "ZZ000", pl.col("year") == 2023)
    assert set(nation["industry_code"]) == {"71394", "713940", "71399", "713990"}


def test_the_shock_of_2020_hits_hotels_harder_than_hospitals(annual: pl.DataFrame) -> None:
    def growth(code: str) -> float:
        rows = annual.filter(area_fips="ZZ000", own_code="5", industry_code=code, year=2020)
        return float(rows["oty_annual_avg_emplvl_pct_chg"].item())

    assert growth("721") < -15
    assert -6 < growth("622") < 3
    assert growth("493") > 0
