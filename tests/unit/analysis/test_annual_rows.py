"""Annual rows come from the best that the store has: years, quarters, changes over the year."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.analysis.annual_rows import annual_rows, known_years, parts_of_years

CODES = {"own_code": "5", "industry_code": "62", "agglvl_code": "74", "size_code": "0"}


class Shelf:
    """A store of a few rows in memory."""

    def __init__(self, annual: list[dict] = (), quarterly: list[dict] = ()) -> None:
        self.tables = {"annual": pd.DataFrame(annual), "quarterly": pd.DataFrame(quarterly)}

    def qcew(self, frequency, *, states, years, columns=None):
        table = self.tables[frequency]
        table = table[table.columns.intersection(columns or table.columns, sort=False)]
        if table.empty:
            return pd.DataFrame(columns=["area_fips", "year", "qtr"])
        keep = table["area_fips"].str[:2].isin(states) & table["year"].isin(years)
        return table[keep].reset_index(drop=True)

    def periods(self, frequency, states):
        columns = ["area_fips", "year", "qtr"]
        table = self.tables[frequency]
        if table.empty:
            return pd.DataFrame(columns=columns)
        return table.loc[table["area_fips"].str[:2].isin(states), columns].drop_duplicates()


def year_row(area: str, year: int, jobs: float, change: float | None = None) -> dict:
    return {
        **CODES, "area_fips": area, "year": year, "qtr": "A", "disclosure_code": None,
        "annual_avg_estabs": 4, "annual_avg_emplvl": jobs, "total_annual_wages": 1000.0 * jobs,
        "oty_disclosure_code": None if change is not None else "N",
        "oty_annual_avg_estabs_chg": 0, "oty_annual_avg_emplvl_chg": change,
        "oty_total_annual_wages_chg": 0.0 if change is not None else None,
    }  # fmt: skip


def quarter_rows(area: str, year: int, jobs: float, quarters: str = "1234") -> list[dict]:
    return [
        {
            **CODES, "area_fips": area, "year": year, "qtr": q, "disclosure_code": None,
            "qtrly_estabs": 4, "month1_emplvl": jobs, "month2_emplvl": jobs,
            "month3_emplvl": jobs, "total_qtrly_wages": 250.0 * jobs,
        }
        for q in quarters
    ]  # fmt: skip


def test_a_published_year_is_preferred_to_its_quarters():
    shelf = Shelf([year_row("99001", 2016, 70)], quarter_rows("99001", 2016, 50))
    rows = annual_rows(shelf, ["99"], 2016)
    assert rows[["annual_avg_emplvl", "basis"]].to_numpy().tolist() == [[70, "annual"]]


def test_quarters_stand_in_area_by_area():
    shelf = Shelf([year_row("99001", 2016, 70)], quarter_rows("99003", 2016, 50))
    rows = annual_rows(shelf, ["99"], 2016).set_index("area_fips")
    assert rows["basis"].to_dict() == {"99001": "annual", "99003": "quarters"}
    assert rows.loc["99003", "total_annual_wages"] == 50_000


def test_averages_of_quarters_are_not_rounded_before_they_are_added_up():
    quarters = [row | {"qtrly_estabs": 4 + (row["qtr"] > "3")} for row in
                quarter_rows("99001", 2016, 50)]  # fmt: skip
    quarters[0]["month1_emplvl"] = 53
    rows = annual_rows(Shelf([], quarters), ["99"], 2016)
    assert rows[["annual_avg_estabs", "annual_avg_emplvl"]].to_numpy().tolist() == [[4.25, 50.25]]


def test_a_year_of_three_quarters_is_no_year():
    shelf = Shelf(quarterly=quarter_rows("99001", 2016, 50, "123"))
    assert annual_rows(shelf, ["99"], 2016).empty
    assert known_years(shelf, ["99"]).empty


def test_the_year_before_is_rebuilt_from_changes_and_says_so():
    shelf = Shelf([year_row("99001", 2016, 70, change=20), year_row("99003", 2016, 30)])
    rows = annual_rows(shelf, ["99"], 2015).set_index("area_fips")
    assert set(rows["basis"]) == {"over-the-year"}
    assert rows.loc["99001", "annual_avg_emplvl"] == 50
    assert pd.isna(rows.loc["99003", "annual_avg_emplvl"]), "its change is withheld: not zero"


def test_a_year_that_is_there_is_not_rebuilt():
    shelf = Shelf([year_row("99001", 2015, 41), year_row("99001", 2016, 70, change=20)])
    rows = annual_rows(shelf, ["99"], 2015)
    assert rows[["annual_avg_emplvl", "basis"]].to_numpy().tolist() == [[41, "annual"]]


@pytest.mark.parametrize("year", [2010, 2030])
def test_a_year_far_from_the_store_is_empty(year):
    assert annual_rows(Shelf([year_row("99001", 2016, 70, change=20)]), ["99"], year).empty


def test_a_county_that_took_over_a_code_is_not_rebuilt_beside_its_former_self():
    """99027 became 99012 in 2020: the 2019 rows of 99027 are all there is of 2019."""
    shelf = Shelf([year_row("99027", 2019, 30), year_row("99012", 2020, 32, change=2)])
    rows = annual_rows(shelf, ["99"], 2019)
    assert rows["area_fips"].tolist() == ["99027"]


@pytest.mark.parametrize(
    ("quarters", "told"),
    [("123", "2016 Q1 to Q3"), ("2", "2016 Q2"), ("14", "2016 Q1 and Q4"), ("1234", "")],
)
def test_a_year_that_is_not_whole_is_told_by_its_quarters(quarters: str, told: str):
    shelf = Shelf([], quarter_rows("99001", 2016, 50, quarters))
    assert parts_of_years(shelf, ["99"]) == told
    assert parts_of_years(shelf, ["99"], 2015) == ""
