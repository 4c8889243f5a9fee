"""Estimates on a state that fits on a page, each number checked by hand.

Cells are weighed by how well their size predicts them, so a split of what is left is exact only
between cells alike; elsewhere the tests say which is more. Annual averages are rounded, so sums
hold within half a job a number; wages are not.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lmi.errors import CodeError, MeasureError
from lmi.suppression.estimate import (
    SOURCES,
    Estimated,
    Relaxed,
    estimate,
    estimate_employment_and_wages,
)

NONE = Relaxed(families=0, states=0, bounds=0)
# What rounding of published averages may leave between a cell and its hand-made value, in jobs.
ROUNDED = 0.3

# Two counties alike, two sectors, ten jobs an establishment in both sectors of the state.
STATE = """
# area own industry estabs jobs
99000 5 10 32 300
99000 5 23 12 100
99000 5 62 20 200
99001 5 10 16 150
99001 5 23  6   .
99001 5 62 10   .
99002 5 10 16 150
99002 5 23  6   .
99002 5 62 10   .
"""


def test_counties_alike_share_the_state_equally(cells, key):
    found = estimate(cells(STATE))
    result = key(found.cells)
    for county in ("99001", "99002"):
        assert result.loc[f"{county} 5 23", "estimate"] == pytest.approx(50, abs=ROUNDED)
        assert result.loc[f"{county} 5 62", "estimate"] == pytest.approx(100, abs=ROUNDED)
    assert result.loc["99001 5 23", "source"] == "size, fitted to the area and the state"
    assert result.loc["99001 5 10", "source"] == "published"
    assert found.relaxed == NONE
    assert found.contradictions == ()


def test_the_larger_cell_gets_more(cells, key):
    # 100 − 40 = 60 jobs are left; construction has 4 × 10 jobs by the state's size, health 4 × 20
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
        ).cells
    )
    small, large = result.loc[["99001 5 23", "99001 5 62"], "estimate"]
    assert 15 < small < 30 < large < 45
    assert small + large == pytest.approx(60, abs=ROUNDED)
    assert result.loc["99001 5 11", ["estimate", "lo", "hi", "min", "max"]].tolist() == [40] * 5


@pytest.mark.parametrize(
    ("reference", "jobs_per_establishment"),
    [
        ("99000 5 3254 100 700 \n ZZ000 5 3254 10 50", 7),  # the state's
        ("99000 5 3254 100   . \n ZZ000 5 3254 10 50", 5),  # else the nation's
        ("99002 5 3254   6  18 \n 99003 5 3254 4 12", 3),  # else the published counties'
        ("99002 5 325   10  40", 4),  # else the parent industry's
    ],
)
def test_reference_sizes_in_order(cells, key, reference, jobs_per_establishment):
    result = key(estimate(cells(f"99001 5 3254 9 .\n{reference}")).cells)
    expected = pytest.approx(9 * jobs_per_establishment, abs=ROUNDED)
    assert result.loc["99001 5 3254", "estimate"] == expected


def test_without_any_total_only_the_reference_speaks(cells, key):
    row = key(estimate(cells("99001 5 62 4 .\nZZ000 5 62 10 80")).cells).loc["99001 5 62"]
    assert row["estimate"] == pytest.approx(32)
    # and no county has more than its nation
    assert (row["min"], row["max"], row["source"]) == (0, 80, "reference size only")
    assert row["lo"] < 32 < row["hi"] < math.inf


def test_nothing_published_gives_no_number(cells):
    for text in ("99001 5 62 4 .", "99001 5 10 9 .\n99001 5 62 4 .\n99000 5 62 4 ."):
        result = estimate(cells(text)).cells
        assert result[["estimate", "lo", "hi"]].isna().all(axis=None)
        assert set(result["source"]) == {"nothing published to go by"}


def test_a_true_zero_stays_and_a_cell_without_establishments_gets_next_to_nothing(cells, key):
    result = key(
        estimate(
            cells("""
        99001 5 10 10 50
        99001 5 11  1  0
        99001 5 23  0  .
        99001 5 62  9  .
    """)
        ).cells
    )
    assert result.loc["99001 5 11", ["estimate", "lo", "hi", "source"]].tolist() == [
        0, 0, 0, "published",
    ]  # fmt: skip
    assert 0 <= result.loc["99001 5 23", "estimate"] < 0.1
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(50, abs=ROUNDED)


def test_a_total_of_zero_leaves_nothing(cells):
    found = estimate(cells("99001 5 10 0 0\n99001 5 23 0 .\n99001 5 62 0 ."))
    result = found.cells
    assert result["estimate"].tolist() == pytest.approx([0, 0, 0], abs=0.05)
    assert (result["estimate"] >= 0).all()
    assert found.relaxed == NONE


def test_parent_is_the_nearest_ancestor_present(cells, key):
    # 3361 is not in the data: 33611 and 3362 are both parts of 336, and alike
    result = key(
        estimate(
            cells("""
        99001 5 336   8 90
        99001 5 3362  4  .
        99001 5 33611 4  .
        ZZ000 5 3362  1 20
        ZZ000 5 33611 1 20
    """)
        ).cells
    )
    parts = result.loc[["99001 5 3362", "99001 5 33611"], "estimate"]
    assert parts.tolist() == pytest.approx([45, 45], abs=ROUNDED)


def test_ownerships_share_what_the_area_total_leaves(cells, key):
    result = key(
        estimate(
            cells("""
        99001 0 10 21 100
        99001 1 10  3   .
        99001 3 10  3   .
        99001 5 10 15  60
        ZZ000 1 10  1  10
        ZZ000 3 10  1  10
    """)
        ).cells
    )
    parts = result.loc[["99001 1 10", "99001 3 10"], "estimate"]
    assert parts.tolist() == pytest.approx([20, 20], abs=ROUNDED)


def test_supersectors_and_domains_count_as_totals(cells, key):
    # 1021 publishes 100 jobs for 22 and 42, whatever the reference sizes of the rest say
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
        ).cells
    )
    assert result.loc["99001 5 22", "estimate"] == pytest.approx(50, abs=ROUNDED)
    assert result.loc["99001 5 102", "estimate"] == pytest.approx(100, abs=0.5)
    assert result.loc["99001 5 23", "estimate"] == pytest.approx(60, abs=0.5)


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
        ).cells
    )
    assert result.loc["99001 5 62", "estimate"] >= 80
    assert result.loc["99001 5 62", "min"] == pytest.approx(80 - 1)  # two roundings of a half
    parts = result.loc[["99001 5 621", "99001 5 622"], "estimate"].sum()
    assert parts == pytest.approx(result.loc["99001 5 62", "estimate"], abs=ROUNDED)
    total = result.loc[["99001 5 23", "99001 5 62"], "estimate"].sum()
    assert total == pytest.approx(100, abs=ROUNDED)


def test_industries_that_are_absent_keep_their_share(cells, key):
    # Health care is 5 of 10 establishments; the other 5 are not in the data, which is no reason
    # to give their jobs to health care.
    result = key(estimate(cells("99001 5 10 10 100\n99001 5 62 5 .\nZZ000 5 10 1 10")).cells)
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(50, abs=ROUNDED)
    assert len(result) == 3


def test_a_state_whose_counties_are_not_all_there_is_only_an_upper_limit(cells, key):
    state = "99000 5 62 100 500\n99002 5 62 10 490"
    small = key(estimate(cells(f"{state}\n99001 5 62 1 .")).cells)
    assert small.loc["99001 5 62", "estimate"] == pytest.approx(5)  # the state's size
    large = key(estimate(cells(f"{state}\n99001 5 62 9 .")).cells)
    assert large.loc["99001 5 62", "estimate"] == pytest.approx(10)  # not 45: 500 − 490 are left
    assert large.loc["99001 5 62", "source"] == "reference size only"


def test_the_withheld_state_cell_is_the_sum_of_its_counties(cells, key):
    result = key(
        estimate(
            cells("""
        ZZ000 5 621  50 600
        99000 5 62   10 100
        99000 5 621   6   .
        99000 5 622   4   .
        99001 5 62    6   .
        99001 5 621   4   .
        99001 5 622   2   .
        99002 5 62    4   .
        99002 5 621   2   .
        99002 5 622   2   .
    """)
        ).cells
    )
    for industry in ("62", "621", "622"):
        state, *counties = (
            result.loc[f"{area} 5 {industry}", "estimate"] for area in ("99000", "99001", "99002")
        )
        assert sum(counties) == pytest.approx(state, abs=ROUNDED)
    assert result.loc["99001 5 62", "estimate"] > result.loc["99002 5 62", "estimate"]


def test_two_states_and_their_nation(cells, key):
    # each state's counties are alike, so each shares its own state's jobs
    result = key(
        estimate(
            cells("""
        ZZ000 5 62 100 2000
        08000 5 62  20  100
        08001 5 62  10    .
        08003 5 62  10    .
        99000 5 62  20  300
        99001 5 62  10    .
        99003 5 62  10    .
    """)
        ).cells
    )
    found = result.loc[["08001 5 62", "08003 5 62", "99001 5 62", "99003 5 62"], "estimate"]
    assert found.tolist() == pytest.approx([50, 50, 150, 150], abs=ROUNDED)


def test_one_county_without_state_or_nation(cells):
    result = estimate(cells("99001 5 10 8 90\n99001 5 23 4 .\n99001 5 62 4 .")).cells
    assert result["estimate"].tolist() == pytest.approx([90, 45, 45], abs=ROUNDED)


WAGES = "total_annual_wages"


def test_parts_above_their_total_are_reported_and_leave_nothing(cells, key):
    result = estimate(
        cells("""
        99001 5 10 10 100
        99001 5 11  5 130
        99001 5 62  5   .
        99003 5 10 10 100
        99003 5 11  5   .
        99003 5 62  5   .
    """)
    )
    assert result.relaxed == Relaxed(families=1, states=0, bounds=0)
    assert result.contradictions == ("99001/5/10",)
    found = key(result.cells)["estimate"]
    assert found["99001 5 62"] == pytest.approx(0, abs=0.05)
    # the rest is solved
    assert found["99003 5 11"] + found["99003 5 62"] == pytest.approx(100, abs=ROUNDED)


def test_every_total_that_gives_way_is_named(cells):
    wrong = "\n".join(
        f"990{n:02d} 5 10 9 100\n990{n:02d} 5 11 5 130\n990{n:02d} 5 62 4 ."
        for n in range(1, 51, 2)
    )
    named = estimate(cells(wrong)).contradictions
    assert named == tuple(f"990{n:02d}/5/10" for n in range(1, 51, 2))


def test_counties_above_their_state_are_reported(cells, key):
    result = estimate(
        cells("""
        99000 5 62 9 . 90
        99001 5 62 4 . 70
        99003 5 62 4 . 60
        99005 5 62 1 .  .
    """),
        WAGES,
    )
    assert result.relaxed.states == 1
    assert result.contradictions == ("99000/5/62",)
    assert key(result.cells).loc["99005 5 62", "estimate"] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("measure", ["annual_avg_emplvl", WAGES])
@pytest.mark.parametrize("times", [1.3, 10, 10_000])
def test_a_published_part_of_a_withheld_total_above_what_stands_over_it(cells, key, measure, times):
    # 621 is more than all industries; 62 between them is withheld, so no table adds up
    rows = cells("""
        99001 5 10  10 100 100000
        99001 5 23   3   .      .
        99001 5 62   7   .      .
        99001 5 621  4 100 100000
        99001 5 622  3   .      .
        99003 5 10  10 100 100000
        99003 5 23   5   .      .
        99003 5 62   5   .      .
    """)
    rows.loc[rows["industry_code"] == "621", ["annual_avg_emplvl", WAGES]] *= times
    result = estimate(rows, measure)
    assert result.relaxed.families >= 1
    assert result.contradictions
    assert set(result.contradictions) <= {"99001/5/10", "99001/5/62"}
    found = key(result.cells)
    assert (found["estimate"] >= 0).all()
    assert (found["lo"] >= 0).all()
    one = 1 if measure != WAGES else 1000
    apart = found.loc[["99003 5 23", "99003 5 62"], "estimate"]
    assert apart.sum() == pytest.approx(100 * one, abs=ROUNDED * one)


def test_bounds_are_what_published_numbers_leave(cells, key):
    # Wages are not rounded, so the bounds are exact: 100 − 40 for two sectors in both counties; the
    # state leaves 35 of construction.
    result = key(
        estimate(
            cells("""
        99000 5 23  8 . 35
        99001 5 10 12 . 100
        99001 5 11  4 . 40
        99001 5 23  4 . .
        99001 5 62  4 . .
        99002 5 10  8 . 30
        99002 5 23  4 . .
        99002 5 62  4 . .
    """),
            WAGES,
        ).cells
    )
    # the other county has at most 30, so this one at least 5 of construction; and so on
    for cell, bounds in {
        "99001 5 23": [5, 35], "99001 5 62": [25, 55], "99002 5 23": [0, 30], "99002 5 62": [0, 30],
    }.items():  # fmt: skip
        assert result.loc[cell, ["min", "max"]].tolist() == pytest.approx(bounds)


PINNED = """
    99000 5 23  5 25 25
    99001 5 10 12 100 100
    99001 5 11  4 40 40
    99001 5 23  4 . .
    99001 5 62  4 . .
    99002 5 23  1 5 5
"""


def test_what_published_cells_determine_is_known(cells, key):
    # 25 − 5 of construction, and 100 − 40 − 20 of health care
    result = key(estimate(cells(PINNED), WAGES).cells)
    for cell, known in {"99001 5 23": 20, "99001 5 62": 40}.items():
        row = result.loc[cell]
        assert row["estimate"] == pytest.approx(known, abs=1e-5)
        assert row["lo"] == row["hi"] == row["estimate"]
        assert row[["min", "max"]].tolist() == pytest.approx([known, known], abs=1e-5)
        assert row["source"] == "follows from published cells"


def test_what_rounded_cells_determine_is_known_within_their_rounding(cells, key):
    result = key(estimate(cells(PINNED)).cells)
    # Averages are rounded: half a job each of 25 and 5, and of the cell itself were it printed.
    row = result.loc["99001 5 23"]
    assert row["min"] >= 20 - 1.5 and row["max"] <= 20 + 1.5
    assert row["min"] <= row["lo"] < row["estimate"] < row["hi"] <= row["max"]
    assert row["source"] == "follows from published cells, within rounding"


def test_what_contradicts_itself_is_not_called_known(cells, key):
    # 60 are left of 100, but the sector's one part has 90
    result = key(
        estimate(
            cells("""
        99001 5 10  12 . 100
        99001 5 11   4 . 40
        99001 5 62   4 . .
        99001 5 621  4 . 90
    """),
            WAGES,
        ).cells
    )
    assert not result["source"].str.startswith("follows").any()


def test_money_goes_by_its_base(cells, key):
    # 60 jobs at the nation's 50 each, where the establishments would say 20 × 500
    rows = cells("99001 5 62 20 . .\nZZ000 5 62 10 100 5000")
    base = pd.Series([60.0, 100.0], index=rows.index)
    result = key(estimate(rows, WAGES, base=base).cells)
    assert result.loc["99001 5 62", "estimate"] == pytest.approx(3000)


PAY = """
99000 5 23 10 100 3000000
99000 5 62 10 200 12000000
99001 5 10 12 100 4000000
99001 5 11  4  40 1000000
99001 5 23  4   .       .
99001 5 62  4   .       .
"""


def test_wages_follow_jobs_and_reference_pay(cells, key):
    # 60 jobs and 3,000,000 are left. Pay in the state is 30,000 and 60,000, and 20 and 40 jobs
    # would earn just what is left.
    found = estimate_employment_and_wages(cells(PAY))
    assert isinstance(found, Estimated)
    result = key(found.cells)
    cell = result.loc[["99001 5 23", "99001 5 62"]]
    pay = cell[WAGES] / cell["annual_avg_emplvl"]
    assert 20_000 < pay.iloc[0] < pay.iloc[1] < 75_000
    assert cell[WAGES].sum() == pytest.approx(3_000_000)
    ends = [f"{name}_{end}" for name in ("annual_avg_emplvl", WAGES)
            for end in ("published", "", "lo", "hi", "min", "max")]  # fmt: skip
    assert result.columns.tolist() == [
        "area_fips",
        "own_code",
        "industry_code",
        "agglvl_code",
        "year",
        "qtr",
        "annual_avg_estabs",
        *(end.rstrip("_") for end in ends),
        "source",
    ]


def test_wages_follow_the_jobs_that_were_estimated(cells, key):
    # By size 9 establishments would have 45 jobs, but the state leaves 10. At the state's pay of
    # 50,000 these earn 500,000, though the state would leave 5,000,000.
    found = estimate_employment_and_wages(
        cells("""
            99000 5 62 100 500 25000000
            99002 5 62  10 490 20000000
            99001 5 62   9   .        .
        """)
    )
    row = key(found.cells).loc["99001 5 62"]
    assert row["annual_avg_emplvl"] == pytest.approx(10)
    assert row[WAGES] == pytest.approx(500_000)


def test_draws_belong_to_the_withheld_rows_and_to_each_other(cells):
    found = estimate_employment_and_wages(cells(PAY))
    assert found.emplvl.rows.tolist() == found.wages.rows.tolist() == [4, 5]
    assert found.emplvl.n_rows == len(found.cells) == 6
    assert found.emplvl.n_draws == found.wages.n_draws == 200
    for drawn, room in ((found.emplvl, ROUNDED), (found.wages, 1.0)):
        # what one of the two gains the other loses; jobs within rounding
        both = drawn.sums(np.array([0, 0]), np.array([4, 5]), 1)
        assert np.abs(both).std() < max(room, 0.1 * drawn.deviation.std())
    # of two draws, the one with more jobs tends to have more wages
    together = np.corrcoef(found.emplvl.deviation[0], found.wages.deviation[0])[0, 1]
    assert together > 0.1


def test_totals_of_jobs_that_give_way_are_named_beside_wages(cells):
    rows = cells("99001 5 10 9 100 900\n99001 5 11 5 130 900\n99001 5 62 4 . .")
    assert estimate_employment_and_wages(rows).contradictions == ("99001/5/10",)
    assert estimate_employment_and_wages(cells(PAY)).contradictions == ()


def test_without_any_wages_jobs_are_filled_all_the_same(cells):
    found = estimate_employment_and_wages(cells(STATE)).cells
    assert found["annual_avg_emplvl"].notna().all()
    assert found[WAGES].isna().all()


def test_years_do_not_mix(cells):
    # Every year is filled by itself: the second has twice the jobs.
    once = cells(STATE)
    twice = pd.concat(
        [once, once.assign(year=2017, annual_avg_emplvl=once["annual_avg_emplvl"] * 2)],
        ignore_index=True,
    )
    result = estimate(twice).cells
    by_year = result.groupby("year")["estimate"].sum()
    assert by_year[2017] == pytest.approx(2 * by_year[2016], abs=4 * ROUNDED)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "object", "double[pyarrow]"])
def test_any_kind_of_missing_is_withheld(cells, dtype):
    rows = cells(STATE)
    jobs = rows["annual_avg_emplvl"]
    jobs = (
        jobs.astype(object).where(jobs.notna(), None) if dtype == "object" else jobs.astype(dtype)
    )
    result = estimate(rows.assign(annual_avg_emplvl=jobs)).cells
    pd.testing.assert_frame_equal(result, estimate(rows).cells)


def test_the_index_is_that_of_the_rows_in_scope(cells):
    rows = cells(STATE).set_axis([f"row {n}" for n in range(9)])
    rows.loc["row 4", "agglvl_code"] = "44"  # a metropolitan area's
    rows = pd.concat([rows.assign(own_code="8", area_fips="99005").iloc[:1], rows.iloc[::-1]])
    kept = [f"row {n}" for n in (8, 7, 6, 5, 3, 2, 1, 0)]
    assert estimate(rows).cells.index.tolist() == kept
    assert estimate_employment_and_wages(rows).cells.index.tolist() == list(range(8))


def test_the_rows_given_are_not_changed(cells):
    rows = cells(STATE)
    before = rows.copy(deep=True)
    estimate(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_rows_without_a_period_are_one_period(cells):
    rows = cells(STATE)
    found = estimate(rows.drop(columns=["year", "qtr"])).cells
    assert found["estimate"].tolist() == pytest.approx(estimate(rows).cells["estimate"].tolist())
    assert "year" not in found


def test_nothing_withheld_changes_nothing(cells):
    rows = cells("99001 5 10 9 100 1000\n99001 5 62 9 100 1000")
    found = estimate_employment_and_wages(rows)
    assert found.cells["annual_avg_emplvl"].tolist() == [100, 100]
    assert found.emplvl.deviation.shape == (0, 200)


def test_other_levels_and_ownerships_are_left_out(cells):
    rows = cells("99001 5 10 1 10\n99001 8 10 1 10\n99001 5 62 1 10")
    rows.loc[2, "agglvl_code"] = "44"  # a metropolitan area's
    assert estimate(rows).cells.index.tolist() == [0]


def test_no_rows_give_no_rows(cells):
    result = estimate_employment_and_wages(cells(STATE).iloc[:0])
    assert result.cells.empty
    assert "annual_avg_emplvl_hi" in result.cells
    assert result.wages.deviation.shape == (0, 200)
    assert estimate(cells(STATE).iloc[:0]).cells.empty


def test_every_source_is_named(cells):
    assert set(estimate(cells(STATE)).cells["source"]) <= set(SOURCES)


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
