"""Every check finds nothing in sound tables, and finds each error that is planted in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.errors import StoreError
from lmi.verify import combine_reports, format_report, is_clean, verify, verify_store
from tests.agency_files import read_folder, read_zip

CHECKS = [
    "weekly wage, quarter",
    "pay, year",
    "quarters make the year",
    *(
        f"{check}, {period}"
        for period in ("quarter", "year")
        for check in (
            "change over the year",
            "change in percent",
            "pay of the year before",
            "location quotient",
            "location quotient, areas",
            "levels add up",
            "ownerships add up",
            "counties add up",
        )
    ),
]
# frame, cell, year, quarter, column, error, check that must notice it
PLANTED = [
    ("quarterly", "99001 5 23", 2020, "1", "avg_wkly_wage", 1, "weekly wage, quarter"),
    ("quarterly", "99001 0 10", 2019, "4", "total_qtrly_wages", 40_000, "weekly wage, quarter"),
    ("annual", "99001 5 23", 2020, "A", "avg_annual_pay", 600, "pay, year"),
    ("annual", "99001 5 23", 2020, "A", "annual_avg_wkly_wage", -20, "pay, year"),
    ("annual", "99001 5 23", 2020, "A", "avg_annual_pay", 1, "quarters make the year"),
    ("annual", "99003 1 62", 2019, "A", "annual_avg_emplvl", 1, "quarters make the year"),
    ("annual", "99003 5 621", 2019, "A", "annual_avg_estabs", -1, "quarters make the year"),
    ("annual", "99001 5 62", 2020, "A", "oty_avg_annual_pay_chg", 1, "change over the year, year"),
    ("quarterly", "99001 5 62", 2020, "3", "oty_month2_emplvl_chg", 1,
     "change over the year, quarter"),
    ("annual", "99001 5 62", 2020, "A", "oty_annual_avg_emplvl_pct_chg", 0.1,
     "change in percent, year"),
    ("quarterly", "99001 5 62", 2020, "2", "oty_qtrly_estabs_pct_chg", -0.1,
     "change in percent, quarter"),
    ("quarterly", "99001 5 62", 2020, "2", "oty_avg_wkly_wage_chg", 1,
     "pay of the year before, quarter"),
    ("annual", "99001 5 62", 2020, "A", "oty_avg_annual_pay_chg", 900,
     "pay of the year before, year"),
    ("annual", "99001 5 62", 2020, "A", "lq_annual_avg_emplvl", 0.01, "location quotient, year"),
    ("annual", "99000 1 62", 2019, "A", "lq_avg_annual_pay", -0.01, "location quotient, year"),
    ("quarterly", "99001 1 23", 2020, "3", "lq_qtrly_estabs", 0.01, "location quotient, quarter"),
    ("quarterly", "99001 1 23", 2020, "3", "lq_avg_wkly_wage", 0.01,
     "location quotient, quarter"),
    ("quarterly", "99001 5 62", 2020, "3", "month1_emplvl", 1, "levels add up, quarter"),
    ("quarterly", "99003 5 621", 2020, "3", "qtrly_estabs", 1, "levels add up, quarter"),
    ("annual", "99001 1 10", 2020, "A", "total_annual_wages", 1, "levels add up, year"),
    ("annual", "99001 1 62", 2020, "A", "annual_avg_emplvl", 3, "levels add up, year"),
    ("quarterly", "99003 0 10", 2020, "3", "month3_emplvl", -1, "ownerships add up, quarter"),
    ("annual", "99003 0 10", 2020, "A", "total_annual_wages", -1, "ownerships add up, year"),
    ("quarterly", "99000 1 621", 2020, "3", "month3_emplvl", 1, "counties add up, quarter"),
    ("annual", "99000 5 622", 2020, "A", "annual_avg_estabs", 3, "counties add up, year"),
    ("annual", "99000 1 622", 2020, "A", "total_annual_wages", 1, "counties add up, year"),
]  # fmt: skip


def row_of(rows: pd.DataFrame, cell: str, year: int, qtr: str) -> pd.Series:
    area, own, industry = cell.split()
    found = (
        (rows["area_fips"] == area)
        & (rows["own_code"] == own)
        & (rows["industry_code"] == industry)
        & (rows["year"] == year)
        & (rows["qtr"] == qtr)
    )
    assert found.sum() == 1
    return found


def spoilt(rows: pd.DataFrame, cell: str, year: int, qtr: str, column: str, error: float):
    at = row_of(rows, cell, year, qtr)
    assert rows.loc[at, column].notna().all()
    return rows.assign(**{column: rows[column].mask(at, rows[column] + error)})


def checks_of(report) -> pd.DataFrame:
    return report.checks.set_index("check")


def test_sound_tables_agree_in_every_row(printed):
    report = verify(**printed)
    checks = checks_of(report)
    assert checks.index.tolist() == CHECKS
    alone = checks.index.str.startswith("location quotient, areas")  # the nation is there
    assert (checks.loc[~alone, "rows_checked"] > 0).all()
    assert (checks.loc[~alone, "share"] == 1).all()
    assert (checks.loc[~alone, "note"] == "").all()
    assert report.offenders.empty
    assert report.unexplained == 0


@pytest.mark.parametrize(("frame", "cell", "year", "qtr", "column", "error", "check"), PLANTED)
def test_a_planted_error_is_found(printed, frame, cell, year, qtr, column, error, check):
    bad = spoilt(printed[frame], cell, year, qtr, column, error)
    report = verify(**{**printed, frame: bad})
    found = report.offenders[report.offenders["check"] == check]
    assert checks_of(report).loc[check, "rows_agree"] < checks_of(report).loc[check, "rows_checked"]
    assert (found["year"].isin([year, year + 1])).all()
    assert (found["reason"] == "").all()
    assert report.unexplained > 0


@pytest.mark.parametrize("check", [c for c in CHECKS if "areas" not in c])
def test_no_check_goes_without_a_planted_error(check):
    assert check in {planted[-1] for planted in PLANTED}


def test_the_offender_is_named_with_both_numbers(printed):
    bad = spoilt(printed["quarterly"], "99001 5 23", 2020, "1", "avg_wkly_wage", 7)
    at = row_of(bad, "99001 5 23", 2020, "1")
    offenders = verify(quarterly=bad).offenders
    first = offenders[offenders["check"] == "weekly wage, quarter"].iloc[0]
    assert [first[c] for c in ("area_fips", "own_code", "industry_code", "year", "qtr")] == [
        *("99001", "5", "23"), 2020, "1",
    ]  # fmt: skip
    assert first["column"] == "avg_wkly_wage"
    assert first["published"] == bad.loc[at, "avg_wkly_wage"].iloc[0]
    assert first["difference"] == 7
    assert first["recomputed"] == first["published"] - 7


def test_withheld_rows_are_not_checked(printed):
    report = checks_of(verify(**printed))
    disclosed = printed["quarterly"]["avg_wkly_wage"].notna().sum()
    assert report.loc["weekly wage, quarter", "rows_checked"] == disclosed
    assert disclosed < len(printed["quarterly"])


def test_wages_without_jobs_print_a_pay_of_zero(printed):
    rows = printed["quarterly"].copy()
    at = row_of(rows, "99001 5 23", 2020, "1")
    rows.loc[at, ["month1_emplvl", "month2_emplvl", "month3_emplvl", "avg_wkly_wage"]] = 0
    assert checks_of(verify(quarterly=rows)).loc["weekly wage, quarter", "share"] == 1
    rows.loc[at, "avg_wkly_wage"] = 1
    assert checks_of(verify(quarterly=rows)).loc["weekly wage, quarter", "share"] < 1


@pytest.mark.parametrize(
    ("level", "change", "percent", "agrees"),
    [
        (5, 5, 100.0, True),  # from nothing to something
        (0, 0, 0.0, True),
        (5, 5, 0.0, False),
        (17, 1, 6.2, True),  # 6.25: a tie may go either way
        (17, 1, 6.3, True),
        (17, 1, 6.4, False),
    ],
)
def test_percentages_at_their_edges(printed, level, change, percent, agrees):
    rows = printed["annual"].copy()
    at = row_of(rows, "99001 5 23", 2020, "A")
    rows.loc[at, "annual_avg_estabs"] = level
    rows.loc[at, "oty_annual_avg_estabs_chg"] = change
    rows.loc[at, "oty_annual_avg_estabs_pct_chg"] = percent
    assert (checks_of(verify(annual=rows)).loc["change in percent, year", "share"] == 1) == agrees


def test_without_the_nation_areas_are_checked_against_each_other(printed):
    rows = printed["annual"][printed["annual"]["area_fips"] != "ZZ000"]
    checks = checks_of(verify(annual=rows))
    assert checks.loc["location quotient, year", "rows_checked"] == 0
    assert "nation is not there for 2019, 2020" in checks.loc["location quotient, year", "note"]
    assert checks.loc["location quotient, areas, year", "rows_checked"] > 0
    assert checks.loc["location quotient, areas, year", "share"] == 1


def test_areas_that_contradict_each_other_are_found(printed):
    rows = printed["annual"][printed["annual"]["area_fips"] != "ZZ000"]
    bad = spoilt(rows, "99001 5 62", 2020, "A", "lq_total_annual_wages", 0.05)
    found = verify(annual=bad).offenders
    assert found["area_fips"].tolist() == ["99001"]  # two areas agree, the third is wrong
    assert found["column"].tolist() == ["lq_total_annual_wages"]


def rebuilt_nation(rows: pd.DataFrame, error: float) -> pd.DataFrame:
    """The nation without quotients of its own, each number of jobs off by `error`."""
    nation = rows["area_fips"] == "ZZ000"
    quotients = [c for c in rows.columns if c.startswith("lq_") and "disclosure" not in c]
    rows = rows.copy()
    rows.loc[nation, quotients] = np.nan
    industry = nation & (rows["industry_code"] == "23")
    jobs = ["month1_emplvl", "month2_emplvl", "month3_emplvl"]
    rows.loc[industry, jobs] = rows.loc[industry, jobs] * (1 + error)
    return rows


def test_a_rebuilt_nation_is_a_reference_with_a_stated_error(printed):
    rows = rebuilt_nation(printed["quarterly"], 0.01)
    # the nation's own arithmetic, now wrong, is not the agency's and not checked
    assert verify(quarterly=rows, rebuilt_error=0.02).unexplained == 0
    report = verify(quarterly=rows, rebuilt_error=0.0001)
    assert set(report.offenders["check"]) == {"location quotient, quarter"}
    jobs = report.offenders["column"].str.contains("month")
    assert (report.offenders.loc[jobs, "reason"] == "").all()


def test_only_some_industries_are_no_error_but_said(printed):
    rows = printed["annual"]
    some = rows[rows["industry_code"].isin(["10", "62", "621"])]
    checks = checks_of(verify(annual=some))
    assert checks.loc["levels add up, year", "rows_checked"] == 0
    assert "only some industries" in checks.loc["levels add up, year", "note"]


def test_a_missing_row_is_an_exception_with_a_reason(printed):
    rows = printed["annual"]
    gone = row_of(rows, "99001 1 23", 2020, "A")
    report = verify(annual=rows[~gone])
    found = report.offenders[report.offenders["check"] == "levels add up, year"]
    assert set(found["industry_code"]) == {"10"}
    assert found["reason"].str.contains("not in the data").all()
    assert checks_of(report).loc["levels add up, year", "rows_explained"] == 1


def test_a_state_without_all_its_counties_is_not_added_up():
    rows = pd.DataFrame(
        {
            "area_fips": ["08000", "08001"], "own_code": "5", "industry_code": "10",
            "agglvl_code": ["51", "71"], "size_code": "0", "year": 2020, "qtr": "1",
            "qtrly_estabs": [10.0, 4.0], "month1_emplvl": [90.0, 40.0],
            "month2_emplvl": [90.0, 40.0], "month3_emplvl": [90.0, 40.0],
            "total_qtrly_wages": [1e6, 4e5], "avg_wkly_wage": [855.0, 769.0],
        }
    )  # fmt: skip
    checks = checks_of(verify(quarterly=rows))
    assert checks.loc["counties add up, quarter", "rows_checked"] == 0
    assert "1 of 64 counties of 08000" in checks.loc["counties add up, quarter", "note"]


def test_nothing_to_verify_says_so():
    report = verify()
    assert (report.checks["rows_checked"] == 0).all()
    assert report.checks["share"].isna().all()
    assert (report.checks["note"] != "").all()


def test_reports_of_parts_add_up(printed):
    rows = printed["quarterly"]
    bad = spoilt(rows, "99001 5 23", 2020, "1", "avg_wkly_wage", 7)
    halves = [verify(quarterly=bad[bad["year"] == year]) for year in (2019, 2020)]
    whole, both = checks_of(verify(quarterly=bad)), checks_of(combine_reports(halves))
    for check in ("weekly wage, quarter", "location quotient, quarter", "levels add up, quarter"):
        counts = ["rows_checked", "rows_agree"]
        assert both.loc[check, counts].tolist() == whole.loc[check, counts].tolist()
    # neither half has the year before
    assert both.loc["change over the year, quarter", "rows_checked"] == 0
    assert len(combine_reports(halves).offenders) > 0


def test_the_text_shows_counts_notes_and_offenders(printed):
    bad = spoilt(printed["quarterly"], "99001 5 23", 2020, "1", "avg_wkly_wage", 7)
    text = format_report(verify(quarterly=bad)).splitlines()
    line = next(t for t in text if t.startswith("weekly wage, quarter"))
    # one of 336 disclosed rows: never rounded up to 100 %
    assert line.split()[3:6] == ["336", "335", "99.70%"]
    assert any(t.startswith("pay, year: No annual rows") for t in text)
    assert "Worst of weekly wage, quarter:" in text


def test_colorado_2016_agrees_with_itself(shared_data: Path):
    """Colorado's four quarters of 2016 with the rebuilt nation as reference for quotients."""
    qcew = shared_data / "qcew"
    rows = pd.concat(
        [
            read_zip(qcew / "2016_qtrly_by_area_colorado.zip"),
            read_folder(qcew / "us000_2016_reconstructed", "*.csv"),
        ],
        ignore_index=True,
    )
    report = verify(quarterly=rows)
    checks = checks_of(report)
    assert report.unexplained == 0, format_report(report)
    # one quotient of pay, where the rebuilt nation's own pay is 0.02 % off
    assert report.offenders[["area_fips", "industry_code", "column"]].to_numpy().tolist() == [
        ["08000", "485111", "lq_avg_wkly_wage"]
    ]
    for check, rows_checked in {
        "weekly wage, quarter": 93_296,
        "change in percent, quarter": 228_952,
        "pay of the year before, quarter": 85_768,
        "location quotient, quarter": 228_936,
        "levels add up, quarter": 147_376,
        "ownerships add up, quarter": 268,
        "counties add up, quarter": 10_800,
    }.items():
        assert checks.loc[check, "rows_checked"] == rows_checked, check


def test_central_ohio_2016_agrees_with_itself(shared_data: Path):
    qcew = shared_data / "qcew"
    rows = pd.concat(
        [
            read_zip(qcew / "2016_qtrly_by_area_central_ohio.zip"),
            read_folder(qcew / "us000_2016_reconstructed", "*.csv"),
        ],
        ignore_index=True,
    )
    report = verify(quarterly=rows)
    assert report.unexplained == 0, format_report(report)
    assert (report.checks["rows_explained"].sum()) == 2
    assert checks_of(report).loc["location quotient, quarter", "rows_checked"] == 80_366


def test_central_ohio_slices_agree_with_themselves(shared_data: Path):
    """Open-data slices: years 2020 to 2023, and the four quarters of 2020 of two counties."""
    api = shared_data / "qcew" / "api"
    report = verify(read_folder(api, "20*/a/area/*.csv"), read_folder(api, "20*/[1-4]/area/*.csv"))
    checks = checks_of(report)
    assert report.offenders.empty, format_report(report)
    for check, rows_checked in {
        "pay, year": 30_551,
        "quarters make the year": 3_808,
        "change over the year, year": 49_659,
        "location quotient, areas, year": 67_816,
        "levels add up, year": 44_693,
    }.items():
        assert checks.loc[check, "rows_checked"] == rows_checked, check


class Shelf:
    """What `verify_store` asks of a store, over tables at hand."""

    def __init__(self, printed):
        self.tables = printed

    def periods(self, frequency):
        return self.tables[frequency][["area_fips", "year", "qtr"]].drop_duplicates()

    def qcew(self, frequency, *, states, years):
        rows = self.tables[frequency]
        return rows[rows["area_fips"].str[:2].isin(states) & rows["year"].isin(years)]


def test_a_store_is_verified_as_a_whole_piece_by_piece(printed):
    whole, pieces = checks_of(verify(**printed)), checks_of(verify_store(Shelf(printed)))
    counts = ["rows_checked", "rows_agree"]
    alone = whole.index.str.startswith("location quotient, areas")
    pd.testing.assert_frame_equal(
        pieces.loc[whole.index[~alone], counts], whole.loc[~alone, counts]
    )


def test_a_year_is_verified_with_the_year_before_at_hand(printed):
    checks = checks_of(verify_store(Shelf(printed), year=2020))
    rows = printed["annual"]
    disclosed = (rows["year"] == 2020) & rows["avg_annual_pay"].notna()
    assert checks.loc["pay, year", "rows_checked"] == disclosed.sum()
    assert checks.loc["change over the year, year", "rows_checked"] == (rows["year"] == 2020).sum()


def test_only_the_areas_asked_for_are_counted(printed):
    bad = spoilt(printed["annual"], "99003 1 23", 2020, "A", "avg_annual_pay", 900)
    shelf = Shelf({**printed, "annual": bad})
    assert is_clean(verify_store(shelf, areas=["99001"]))
    assert not is_clean(verify_store(shelf, areas=["99003"]))
    assert not is_clean(verify_store(shelf, areas=["99"]))
    some = checks_of(verify_store(shelf, areas=["99001"]))
    assert some.loc["location quotient, year", "rows_checked"] == 22  # 11 cells in two years


def test_years_and_areas_that_are_not_there_are_named(printed):
    with pytest.raises(StoreError, match="no QCEW rows of 08 in 2031"):
        verify_store(Shelf(printed), year=2031, areas=["08"])
