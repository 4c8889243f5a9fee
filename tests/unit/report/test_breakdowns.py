"""A region by industry, county and season: no order, share or season beyond what is known."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lmi.report.tables.breakdowns import counties_table, seasons_table
from lmi.report.tables.top_lists import top_lists, top_lists_table
from tests.unit.report.test_tables import seen

NAN = float("nan")
JOBS = "annual_avg_emplvl"


def industries(*rows: dict) -> pd.DataFrame:
    known = {
        "region": "north", "own_code": "5", "industry_level": "4-digit", "annual_avg_estabs": 9.0,
        JOBS: 100.0, f"{JOBS}_is_vague": False, "lq": 1.0, "emplvl_chg": 0.0,
        "emplvl_pct_chg": 0.0, "avg_annual_pay": 40_000.0, "is_break": False,
    }  # fmt: skip
    codes = [f"{1000 + at}" for at in range(len(rows))]
    return pd.DataFrame(
        [
            {**known, "industry_code": code, "industry_title": f"Industry {code}", **row}
            for code, row in zip(codes, rows, strict=True)
        ]
    )


def listed(table: pd.DataFrame, name: str) -> list[str]:
    return table.loc[table["list"] == name, "industry_code"].tolist()


def test_lists_are_of_those_that_stand_out_by_their_own_number():
    found = top_lists(
        industries(
            {JOBS: 500.0, "emplvl_chg": -40.0},
            {JOBS: 49.0, "lq": 9.0, "emplvl_chg": 30.0},
            {JOBS: 200.0, "lq": 3.0, "avg_annual_pay": 90_000.0},
        )
    )
    assert listed(found, "largest") == ["1000", "1002", "1001"]
    assert listed(found, "most concentrated") == ["1002", "1000"], "49 jobs are too few"
    assert listed(found, "gained the most") == ["1001"]
    assert listed(found, "lost the most") == ["1000"]
    assert listed(found, "best paid")[0] == "1002"


def test_what_is_too_uncertain_for_a_number_is_in_no_list(profile):
    unsure = {JOBS: 900.0, f"{JOBS}_is_vague": True, f"{JOBS}_lo": 50.0, f"{JOBS}_hi": 2_000.0}
    changed = replace(profile, industries=industries({}, unsure))
    table = top_lists_table(changed, "BLS")
    assert table is not None
    assert listed(table.frame, "largest") == ["1000"]


def test_other_employers_and_other_levels_are_in_no_list(profile):
    rows = industries({"own_code": "0"}, {"industry_level": "6-digit"})
    assert top_lists_table(replace(profile, industries=rows), "BLS") is None


def county(area: str, kind: str, key: str, jobs: float, **changes) -> dict:
    return {
        "region": "north", "area_fips": area, "kind": kind, "key": key, "name": key,
        "annual_avg_estabs": 10.0, JOBS: jobs, f"{JOBS}_lo": jobs, f"{JOBS}_hi": jobs,
        "emplvl_estimated_share": 0.0, "avg_annual_pay": 40_000.0, "wages_estimated_share": 0.0,
        "emplvl_pct_chg": 1.0, "is_break": False, **changes,
    }  # fmt: skip


def counties(*more: dict) -> pd.DataFrame:
    return pd.DataFrame(
        [
            county("99001", "total", "total", 1_000.0),
            county("99001", "ownership", "5", 750.0),
            county("99001", "sector", "Retail trade", 300.0),
            county("99001", "sector", "Construction", 280.0),
            county("99003", "total", "total", 4_000.0),
            *more,
        ]
    )


def test_the_largest_county_comes_first_and_its_sectors_are_named(profile):
    (first, second) = seen(counties_table(replace(profile, county_jobs=counties()), "BLS"))
    assert (first["County"], first["Jobs"], first["At government"]) == ("Birch", "4,000", "n/a")
    assert (second["County"], second["At government"]) == ("Aspen", "25.0%")
    assert second["Largest private sector"] == "Retail trade"


def test_the_largest_sector_of_a_county_is_one_of_those_that_may_be(profile):
    wide = county("99001", "sector", "Mining", 200.0, **{f"{JOBS}_lo": 100.0, f"{JOBS}_hi": 400.0})
    rows = seen(counties_table(replace(profile, county_jobs=counties(wide)), "BLS"))
    assert rows[1]["Largest private sector"] == "Retail trade or Mining"


def test_one_county_has_no_table_of_counties(profile):
    alone = counties()[lambda table: table["area_fips"] == "99001"]
    assert counties_table(replace(profile, county_jobs=alone), "BLS") is None


def quarters(kind: str, name: str, index: list[float], swing: float, share: float) -> list[dict]:
    return [
        {"place": "region", "region": "north", "kind": kind, "key": name, "name": name,
         "qtr": str(at), "seasonal_index": value, "emplvl_swing_pct": swing,
         "emplvl_published_share": share}
        for at, value in enumerate(index, start=1)
    ]  # fmt: skip


def test_seasons_are_of_all_jobs_and_of_the_sectors_that_swing_the_most(profile):
    table = pd.DataFrame(
        [
            *quarters("total", "All jobs", [0.98, 1.0, 1.01, 1.01], 4.0, 1.0),
            *quarters("candidate", "Retail", [0.99, 1.0, 1.0, 1.01], 3.0, 1.0),
            *quarters("candidate", "Tourism", [1.2, 0.8, 0.9, 1.1], 60.0, 0.95),
            *quarters("candidate", "Mines", [0.5, 1.5, 1.5, 0.5], 300.0, 0.6),
        ]
    )
    rows = seen(seasons_table(replace(profile, quarters=table), "BLS"))
    assert [row["Sector"] for row in rows] == ["All jobs", "Tourism", "Retail"], (
        "a season of which four jobs in ten are not printed is not told"
    )
    assert rows[1] == {
        "Sector": "Tourism", "Quarter 1": "120", "Quarter 2": "80", "Quarter 3": "90",
        "Quarter 4": "110", "Most over least month": "+60.0%",
    }  # fmt: skip


def test_without_quarters_there_is_no_table_of_seasons(profile):
    assert seasons_table(replace(profile, quarters=pd.DataFrame(columns=COLUMNS)), "BLS") is None


COLUMNS = ["place", "region", "kind", "key", "name", "qtr", "seasonal_index", "emplvl_swing_pct",
           "emplvl_published_share"]  # fmt: skip
