"""The agency's own arithmetic, recomputed on every disclosed row of its files.

Bureau of Labor Statistics, Quarterly Census of Employment and Wages: open-data slices of 2020 to
2023 for 15 counties of central Ohio, by-area files of 2016 for Colorado.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd
import pytest

from lmi.measures.annualise import annualise
from lmi.measures.arithmetic import round_half_up
from lmi.measures.growth import pct_change
from lmi.measures.lq import location_quotient
from lmi.measures.over_the_year import previous_year
from lmi.measures.pay import annual_avg_wkly_wage, avg_annual_pay, avg_wkly_wage

CODES = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code"]
CELL = [*CODES, "year"]
TEXT = [*CODES, "qtr", "disclosure_code", "lq_disclosure_code", "oty_disclosure_code"]
FOUR_QUARTERS = ("39041", "39049")  # Delaware and Franklin County: all four quarters of 2020
LEVELS = [
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
]


def read_agency(files: Iterable[Path | IO[bytes]]) -> pd.DataFrame:
    """Agency rows in the store's spelling, with missing in place of a withheld row's zeros."""
    rows = pd.concat([pd.read_csv(f, dtype=dict.fromkeys(TEXT, "str")) for f in files])
    rows = rows.rename(columns=lambda name: name.replace("estabs_count", "estabs"))
    rows = rows.reset_index(drop=True)
    for column in rows.columns.difference([*TEXT, "year"]):
        prefix = column.split("_")[0] + "_"
        gate = f"{prefix if prefix in ('lq_', 'oty_') else ''}disclosure_code"
        if "estabs" not in column and gate in rows and pd.api.types.is_numeric_dtype(rows[column]):
            rows[column] = rows[column].astype("float64").where(rows[gate].isna())
    return rows


@pytest.fixture(scope="module")
def slices(shared_data: Path):
    """Open-data slices of a year and period ("a", "1" to "4"), by default of every area."""

    def read(year: int, period: str, areas: Iterable[str] = ("*",)) -> pd.DataFrame:
        folder = shared_data / "qcew" / "api" / str(year) / period / "area"
        return read_agency(sorted(f for area in areas for f in folder.glob(f"{area}.csv")))

    return read


@pytest.fixture(scope="module")
def annual(slices) -> dict[int, pd.DataFrame]:
    return {year: slices(year, "a") for year in range(2020, 2024)}


@pytest.fixture(scope="module")
def quarters_2020(slices) -> pd.DataFrame:
    return pd.concat([slices(2020, q, FOUR_QUARTERS) for q in "1234"], ignore_index=True)


@pytest.fixture(scope="module")
def colorado(shared_data: Path) -> pd.DataFrame:
    with zipfile.ZipFile(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip") as archive:
        members = [m for m in archive.namelist() if m.endswith(".csv")]
        return read_agency([archive.open(m) for m in members])


def disclosed(rows: pd.DataFrame, *gates: str) -> pd.DataFrame:
    return rows[rows[list(gates) or ["disclosure_code"]].isna().all(axis=1)]


@pytest.fixture(scope="module")
def compared(quarters_2020, annual) -> pd.DataFrame:
    """The year made from quarters beside the agency's."""
    ours = annualise(quarters_2020)
    return ours.merge(annual[2020], on=CELL, how="left", suffixes=("", "_agency"), validate="1:1")


class TestQuartersBecomeYears:
    """The annual slices of 2020 from the quarterly ones."""

    def test_every_row_is_there_with_its_establishments(self, compared) -> None:
        assert len(compared) == 3808
        assert (compared["annual_avg_estabs"] == compared["annual_avg_estabs_agency"]).all()

    @pytest.mark.parametrize("column", LEVELS)
    def test_every_fully_disclosed_row_is_reproduced_exactly(self, compared, column) -> None:
        rows = disclosed(compared)
        assert len(rows) == 2071
        assert rows["disclosure_code_agency"].isna().all()
        assert (rows[column] == rows[f"{column}_agency"]).all()

    def test_the_agency_decides_disclosure_anew_for_the_year(self, compared) -> None:
        withheld = compared[compared["disclosure_code"] == "N"]
        assert len(withheld) == 1737
        assert withheld["disclosure_code_agency"].isna().sum() == 160
        assert withheld["annual_avg_emplvl"].isna().all()

    def test_halves_to_even_would_not_do(self, quarters_2020, annual) -> None:
        months = quarters_2020[["month1_emplvl", "month2_emplvl", "month3_emplvl"]].sum(
            axis=1, skipna=False
        )
        mean = months.groupby([quarters_2020[c] for c in CODES]).sum(skipna=False) / 12
        published = annual[2020].set_index(CODES)["annual_avg_emplvl"].reindex(mean.index)
        known = mean.notna() & published.notna()
        assert (np.round(mean) != published)[known].sum() == 73
        assert (round_half_up(mean) == published)[known].all()


class TestOverTheYear:
    """Each year before from the changes published with a year."""

    @pytest.mark.parametrize(
        ("year", "both", "disclosed_in_both", "new"),
        [(2021, 17122, 6102, 508), (2022, 15286, 5488, 2201), (2023, 17251, 8173, 501)],
    )
    def test_the_year_before_is_the_published_one(
        self, annual, year, both, disclosed_in_both, new
    ) -> None:
        rebuilt = previous_year(annual[year])
        published = annual[year - 1]
        compared = rebuilt.merge(
            published, on=CELL, how="left", suffixes=("", "_agency"), validate="1:1", indicator=True
        )
        known = compared[compared["_merge"] == "both"]
        assert len(known) == both
        assert (known["annual_avg_estabs"] == known["annual_avg_estabs_agency"]).all()
        rows = disclosed(known)
        assert len(rows) == disclosed_in_both
        assert rows["disclosure_code_agency"].isna().all()
        for column in LEVELS:
            assert (rows[column] == rows[f"{column}_agency"]).all(), column
        # What has no row in the year before comes out as no establishments, and withheld.
        born = compared[compared["_merge"] == "left_only"]
        assert len(born) == new
        assert (born["annual_avg_estabs"] == 0).all()
        assert (born["disclosure_code"] == "N").all()

    def test_quarters_before_make_the_year_before(self, quarters_2020, annual) -> None:
        from_quarters = annualise(previous_year(quarters_2020))
        of_year = annual[2020][annual[2020]["area_fips"].isin(FOUR_QUARTERS)]
        compared = from_quarters.merge(
            previous_year(of_year), on=CELL, suffixes=("", "_agency"), validate="1:1"
        )
        assert len(compared) == len(of_year) == 3808
        assert (compared["annual_avg_estabs"] == compared["annual_avg_estabs_agency"]).all()
        rows = disclosed(compared)
        assert len(rows) == 1990
        for column in LEVELS:
            assert (rows[column] == rows[f"{column}_agency"]).all(), column

    def test_percent_changes_are_the_published_ones(self, colorado) -> None:
        rows = disclosed(colorado, "disclosure_code", "oty_disclosure_code")
        assert len(rows) == 85768
        for column in ("month1_emplvl", "month3_emplvl", "total_qtrly_wages", "avg_wkly_wage"):
            before = rows[column] - rows[f"oty_{column}_chg"]
            ours = pct_change(before, rows[column])
            gap = np.abs(ours - rows[f"oty_{column}_pct_chg"])
            # Published to 0.1: half of it, and the rounding of a hundredfold quotient.
            assert (gap[before > 0] <= 0.05 + 1e-9).all()
            assert np.isnan(ours[before == 0]).all()


class TestPay:
    """Weekly wages and annual pay from wages and jobs."""

    def test_weekly_wages_of_quarters(self, colorado) -> None:
        rows = disclosed(colorado)
        assert len(rows) == 93296
        months = [rows[f"month{m}_emplvl"] for m in (1, 2, 3)]
        ours = round_half_up(avg_wkly_wage(rows["total_qtrly_wages"], *months))
        works = (sum(months) > 0).to_numpy()
        assert (ours == rows["avg_wkly_wage"])[works].all()
        # 147 rows have no job in any month: the agency prints 0, which is no wage.
        assert np.isnan(ours[~works]).sum() == 147
        assert (rows["avg_wkly_wage"][~works] == 0).all()

    @pytest.mark.parametrize("year", range(2020, 2024))
    def test_annual_pay_lies_within_the_rounding_of_jobs(self, annual, year) -> None:
        rows = disclosed(annual[year])
        rows = rows[rows["annual_avg_emplvl"] > 0]
        jobs, wages = rows["annual_avg_emplvl"], rows["total_annual_wages"]
        assert len(rows) > 6400
        for measure, printed in (
            (avg_annual_pay, rows["avg_annual_pay"]),
            (annual_avg_wkly_wage, rows["annual_avg_wkly_wage"]),
        ):
            # Jobs are printed to whole ones, pay to whole dollars.
            assert (measure(wages, jobs + 0.5) - 0.5 <= printed).all()
            assert (printed <= measure(wages, jobs - 0.5) + 0.5).all()

    def test_the_pay_of_a_state_is_not_the_mean_of_its_counties(self, colorado) -> None:
        """As with New Jersey's finance in 2016, where the mean said 2,233 and the sums 3,037."""
        total = colorado[(colorado["own_code"] == "0") & (colorado["qtr"] == "1")]
        is_state = total["area_fips"] == "08000"
        counties, state = total[~is_state], total[is_state]
        assert len(counties) == 65
        sums = ["total_qtrly_wages", "month1_emplvl", "month2_emplvl", "month3_emplvl"]
        weekly = avg_wkly_wage(*counties[sums].sum(skipna=False))
        assert round(float(weekly)) == state["avg_wkly_wage"].item() == 1057
        assert round(counties["avg_wkly_wage"].mean()) == 765


class TestLocationQuotient:
    """The published quotients of Colorado, with the total of all ownerships as their base."""

    def test_published_quotients(self, colorado, shared_data) -> None:
        folder = shared_data / "qcew" / "us000_2016_reconstructed"
        nation = read_agency(sorted(folder.glob("*.csv")))
        column = "month3_emplvl"
        is_total = (nation["own_code"] == "0") & (nation["industry_code"] == "10")
        keys = ["own_code", "industry_code", "qtr"]
        totals = colorado[(colorado["own_code"] == "0") & (colorado["industry_code"] == "10")]
        rows = (
            disclosed(colorado, "disclosure_code", "lq_disclosure_code")
            .merge(nation[[*keys, column]], on=keys, suffixes=("", "_ref"), validate="m:1")
            .merge(
                totals[["area_fips", "qtr", column]],
                on=["area_fips", "qtr"],
                suffixes=("", "_total"),
                validate="m:1",
            )
            .merge(
                nation.loc[is_total, ["qtr", column]],
                on="qtr",
                suffixes=("", "_ref_total"),
                validate="m:1",
            )
        )
        ours = location_quotient(
            rows[column],
            rows[f"{column}_total"],
            rows[f"{column}_ref"],
            rows[f"{column}_ref_total"],
        )
        known = ~np.isnan(ours)
        assert known.sum() == 93256
        gap = np.abs(ours - rows[f"lq_{column}"])[known]
        # Published to 0.01; the nation is rebuilt from published quotients to about 1 in 10,000.
        assert (gap <= 0.005 + 1e-4 * ours[known]).all()
        assert (gap <= 0.005 + 1e-9).mean() > 0.999


def test_years_that_lack_a_quarter_are_left_out(slices) -> None:
    some = pd.concat([slices(2020, q) for q in "1234"], ignore_index=True)
    there = some.groupby("area_fips")["qtr"].unique().map("".join)
    lacking = {"39073": "3", "39129": "4", "39141": "4", "39159": "4"}
    assert there.to_dict() == lacking | dict.fromkeys(FOUR_QUARTERS, "1234")
    assert set(annualise(some)["area_fips"]) == set(FOUR_QUARTERS)
