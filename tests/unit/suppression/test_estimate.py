"""Estimates on a state that fits on a page, each number checked by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lmi.errors import CodeError, MeasureError
from lmi.suppression import SOURCES, estimate, estimate_employment_and_wages

# Two counties, two sectors, ten jobs an establishment in both sectors of the state.
STATE = """
# area own industry estabs jobs
99000 5 10 30 300
99000 5 23 10 100
99000 5 62 20 200
99001 5 10 12 150
99001 5 23  4   .
99001 5 62  8   .
99002 5 10 18 150
99002 5 23  6   .
99002 5 62 12   .
"""


def test_raked_to_county_and_state(cells, key):
    # The guess (40 80 / 60 120) is a product of county and sector, so the fit is the product of
    # the totals: 150·100/300 and 150·200/300 in both counties.
    result = key(estimate(cells(STATE)))
    assert result.loc["99001 5 23", "estimate"] == pytest.approx(50)
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(100)
    assert result.loc["99002 5 23", "estimate"] == pytest.approx(50)
    assert result.loc["99002 5 62", "estimate"] == pytest.approx(100)
    assert result.loc["99001 5 23", "source"] == "raked to parent and state"
    assert result.loc["99001 5 10", "source"] == "published"
    assert result.attrs["relaxed"] == {"families": 0, "states": 0, "bounds": 0}


def test_what_published_parts_leave_is_shared_by_size(cells, key):
    # 100 − 40 = 60 jobs are left; construction has 4 × 10 jobs by the state's size, health
    # 4 × 20: shares 1/3 and 2/3.
    result = key(
        estimate(
            cells("""
        99000 5 23 10 100
        99000 5 62 10 200
        99001 5 10 12 100
        99001 5 11  4  40
        99001 5 23  4   .
        99001 5 62  4   .
    """)
        )
    )
    assert result.loc["99001 5 23", "estimate"] == pytest.approx(20)
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(40)
    assert set(result.loc[["99001 5 23", "99001 5 62"], "source"]) == {"raked to parent"}
    assert result.loc["99001 5 11", ["estimate", "lo", "hi"]].tolist() == [40, 40, 40]


@pytest.mark.parametrize(
    ("reference", "jobs_per_establishment"),
    [
        ("99000 5 3254 10 70 \n ZZ000 5 3254 10 50", 7),  # the state's
        ("99000 5 3254 10  . \n ZZ000 5 3254 10 50", 5),  # else the nation's
        ("99002 5 3254  6 18 \n 99003 5 3254 4 12", 3),  # else the published counties'
        ("99000 5 325  10 40", 4),  # else the parent industry's
    ],
)
def test_reference_sizes_in_order(cells, key, reference, jobs_per_establishment):
    result = key(estimate(cells(f"99001 5 325 9 .\n99001 5 3254 9 .\n{reference}")))
    assert result.loc["99001 5 3254", "estimate"] == pytest.approx(9 * jobs_per_establishment)


def test_without_any_total_only_the_reference_speaks(cells, key):
    result = key(estimate(cells("99001 5 62 4 .\nZZ000 5 62 10 80")))
    row = result.loc["99001 5 62"]
    assert (row["estimate"], row["lo"], row["hi"]) == (32, 0, math.inf)
    assert row["source"] == "reference size only"


def test_nothing_published_gives_no_number(cells, key):
    row = key(estimate(cells("99001 5 62 4 ."))).loc["99001 5 62"]
    assert np.isnan(row["estimate"])
    assert row["source"] == "nothing published to go by"


def test_a_true_zero_stays_and_a_cell_without_establishments_gets_nothing(cells, key):
    result = key(
        estimate(
            cells("""
        99001 5 10 10 50
        99001 5 11  1  0
        99001 5 23  0  .
        99001 5 62  9  .
    """)
        )
    )
    assert result["estimate"].tolist() == [50, 0, 0, 50]
    assert result.loc["99001 5 11", "source"] == "published"


def test_parent_is_the_nearest_ancestor_present(cells, key):
    # 3361 is not in the data: 33611 and 3362 are both parts of 336.
    result = key(
        estimate(
            cells("""
        99001 5 336   6 90
        99001 5 3362  2  .
        99001 5 33611 4  .
        ZZ000 5 3362  1 10
        ZZ000 5 33611 1 20
    """)
        )
    )
    assert result.loc["99001 5 3362", "estimate"] == pytest.approx(90 * 20 / 100)
    assert result.loc["99001 5 33611", "estimate"] == pytest.approx(90 * 80 / 100)


def test_ownerships_share_what_the_area_total_leaves(cells, key):
    result = key(
        estimate(
            cells("""
        99001 0 10 20 100
        99001 1 10  2   .
        99001 3 10  3   .
        99001 5 10 15  60
        ZZ000 1 10  1  10
        ZZ000 3 10  1  20
    """)
        )
    )
    assert result.loc["99001 1 10", "estimate"] == pytest.approx(40 * 20 / 80)
    assert result.loc["99001 3 10", "estimate"] == pytest.approx(40 * 60 / 80)


def test_supersectors_and_domains_count_as_totals(cells, key):
    # 1021 publishes 100 jobs for 22 and 42, whatever the reference sizes of the rest say.
    result = key(
        estimate(
            cells("""
        99001 5 10   16 160
        99001 5 101   8   .
        99001 5 1012  8   .
        99001 5 23    8   .
        99001 5 102   8   .
        99001 5 1021  8 100
        99001 5 22    4   .
        99001 5 42    4   .
        ZZ000 5 10    1   9
    """)
        )
    )
    assert result.loc["99001 5 22", "estimate"] == pytest.approx(50)
    assert result.loc["99001 5 102", "estimate"] == pytest.approx(100)
    assert result.loc["99001 5 102", "source"] == "added up from published parts"
    assert result.loc["99001 5 23", "estimate"] == pytest.approx(60)


def test_a_withheld_total_is_at_least_its_published_parts(cells, key):
    # By size, both sectors would hold 50; but 80 jobs of health care are published.
    result = key(
        estimate(
            cells("""
        99001 5 10  10 100
        99001 5 23   5   .
        99001 5 62   5   .
        99001 5 621  4  80
        99001 5 622  1   .
    """)
        )
    )
    assert result.loc["99001 5 62", "estimate"] >= 80
    assert result.loc["99001 5 62", "lo"] == pytest.approx(80 - 1)  # two roundings of a half
    parts = result.loc[["99001 5 621", "99001 5 622"], "estimate"].sum()
    assert parts == pytest.approx(result.loc["99001 5 62", "estimate"])
    assert result.loc[["99001 5 23", "99001 5 62"], "estimate"].sum() == pytest.approx(100)


def test_industries_that_are_absent_keep_their_share(cells, key):
    # Health care is 4 of 10 establishments; the other 6 are not in the data, which is no reason
    # to give their jobs to health care.
    result = key(estimate(cells("99001 5 10 10 100\n99001 5 62 4 .\nZZ000 5 10 1 10")))
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(40)
    assert len(result) == 3


def test_a_state_whose_counties_are_not_all_there_is_only_an_upper_limit(cells, key):
    state = "99000 5 62 100 500\n99002 5 62 10 490"
    small = key(estimate(cells(f"{state}\n99001 5 62 1 .")))
    assert small.loc["99001 5 62", "estimate"] == pytest.approx(5)  # the state's size
    large = key(estimate(cells(f"{state}\n99001 5 62 9 .")))
    assert large.loc["99001 5 62", "estimate"] == pytest.approx(10)  # not 45: 500 − 490 are left
    assert large.loc["99001 5 62", "source"] == "reference size only"


def test_the_withheld_state_cell_is_the_sum_of_its_counties(cells, key):
    result = key(
        estimate(
            cells("""
        99000 5 62    6 60
        99000 5 621   4  .
        99000 5 622   2  .
        99001 5 62    6 60
        99001 5 621   4  .
        99001 5 622   2  .
    """)
        )
    )
    for industry in ("621", "622"):
        pair = result.loc[[f"99000 5 {industry}", f"99001 5 {industry}"], "estimate"]
        assert pair.iloc[0] == pytest.approx(pair.iloc[1])


def test_published_parts_above_their_total_are_counted_not_hidden(cells, key):
    result = estimate(
        cells("""
        99001 5 10 10 100
        99001 5 11  5 130
        99001 5 62  5   .
    """)
    )
    assert key(result).loc["99001 5 62", "estimate"] == 0
    assert result.attrs["relaxed"]["families"] == 1


def test_bounds_are_what_published_numbers_leave(cells, key):
    # Wages are not rounded, so the bounds are exact: 100 − 40 for the sectors; the state leaves
    # 25 − 5 of construction.
    result = key(
        estimate(
            cells("""
        99000 5 23  5 . 25
        99001 5 10 12 . 100
        99001 5 11  4 . 40
        99001 5 23  4 . .
        99001 5 62  4 . .
        99002 5 23  1 . 5
    """),
            "total_annual_wages",
        )
    )
    assert result.loc["99001 5 23", ["lo", "hi"]].tolist() == pytest.approx([0, 20])
    assert result.loc["99001 5 62", ["lo", "hi"]].tolist() == pytest.approx([0, 60])


def test_wages_follow_jobs_and_reference_pay(cells, key):
    # Jobs left 60, as 20 and 40; pay in the state 30,000 and 60,000; wages left 3,000,000 =
    # 20·30,000 + 40·60,000, so pay stays what it is in the state.
    result = key(
        estimate_employment_and_wages(
            cells("""
        99000 5 23 10 100 3000000
        99000 5 62 10 200 12000000
        99001 5 10 12 100 4000000
        99001 5 11  4  40 1000000
        99001 5 23  4   .       .
        99001 5 62  4   .       .
    """)
        )
    )
    pay = result["total_annual_wages"] / result["annual_avg_emplvl"]
    assert pay["99001 5 23"] == pytest.approx(30_000)
    assert pay["99001 5 62"] == pytest.approx(60_000)
    assert result.columns.tolist() == [
        "area_fips",
        "own_code",
        "industry_code",
        "agglvl_code",
        "year",
        "qtr",
        "annual_avg_estabs",
        "annual_avg_emplvl_published",
        "annual_avg_emplvl",
        "annual_avg_emplvl_lo",
        "annual_avg_emplvl_hi",
        "total_annual_wages_published",
        "total_annual_wages",
        "source",
    ]


def test_wages_follow_the_jobs_that_were_estimated(cells, key):
    # By size 9 establishments would have 45 jobs, but the state leaves 10. At the state's pay of
    # 50,000 these earn 500,000, though the state would leave 5,000,000.
    result = key(
        estimate_employment_and_wages(
            cells("""
                99000 5 62 100 500 25000000
                99002 5 62  10 490 20000000
                99001 5 62   9   .        .
            """)
        )
    )
    assert result.loc["99001 5 62", "annual_avg_emplvl"] == pytest.approx(10)
    assert result.loc["99001 5 62", "total_annual_wages"] == pytest.approx(500_000)


def test_years_do_not_mix(cells, key):
    once = cells(STATE)
    twice = pd.concat(
        [once, once.assign(year=2017, annual_avg_emplvl=once["annual_avg_emplvl"] * 2)]
    )
    result = estimate(twice.reset_index(drop=True))
    by_year = result.groupby("year")["estimate"].sum()
    assert by_year[2017] == pytest.approx(2 * by_year[2016])


def test_other_levels_and_ownerships_are_left_out(cells):
    rows = cells("99001 5 10 1 10\n99001 8 10 1 10\n99001 5 62 1 10")
    rows.loc[2, "agglvl_code"] = "44"  # a metropolitan area's
    assert estimate(rows).index.tolist() == [0]


def test_no_rows_give_no_rows(cells):
    result = estimate_employment_and_wages(cells(STATE).iloc[:0])
    assert result.empty
    assert "annual_avg_emplvl_hi" in result


def test_every_source_is_named(cells):
    assert set(estimate(cells(STATE))["source"]) <= set(SOURCES)


def test_a_cell_that_occurs_twice_is_named(cells):
    with pytest.raises(MeasureError, match="99001/5/62 occurs twice"):
        estimate(cells("99001 5 62 1 10\n99001 5 62 1 10"))


def test_a_missing_column_is_named(cells):
    with pytest.raises(MeasureError, match="lack annual_avg_estabs"):
        estimate(cells(STATE).drop(columns="annual_avg_estabs"))


def test_a_negative_number_is_named(cells):
    with pytest.raises(MeasureError, match="99001/5/62 is negative"):
        estimate(cells("99001 5 62 1 -3"))


def test_a_base_from_another_table_is_refused(cells):
    with pytest.raises(MeasureError, match="another index"):
        estimate(cells(STATE), base=pd.Series([1.0, 2.0]))


def test_a_code_that_is_none_is_refused(cells):
    with pytest.raises(CodeError, match="31"):
        estimate(cells("99001 5 31 1 10"))
