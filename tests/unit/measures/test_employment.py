"""Employment: published and estimated parts, and shares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.employment import (
    add_employment_share,
    employment_share,
    estimated_share,
    sum_cells,
)


def test_share_of_all_jobs() -> None:
    assert employment_share([150, 0], 1000).tolist() == [0.15, 0.0]


def test_share_of_no_jobs_is_missing() -> None:
    assert np.isnan(employment_share(0, 0))


def test_a_sum_is_a_published_part_and_an_estimated_part(read) -> None:
    cells = read("""
        region  industry_code  published  estimate
        a       62             900        900
        a       62             .          100
        a       23             40         40
        b       62             .          12
    """)
    expected = read("""
        region industry_code annual_avg_emplvl annual_avg_emplvl_published emplvl_estimated_share
        a      23            40                40                          0.0
        a      62            1000              900                         0.1
        b      62            12                0                           1.0
    """)
    pd.testing.assert_frame_equal(
        sum_cells(cells, ["region", "industry_code"]), expected, check_dtype=False
    )


def test_a_cell_without_an_estimate_makes_its_sum_missing_not_smaller(read) -> None:
    cells = read("""
        region  published  estimate
        a       900        900
        a       .          .
    """)
    row = sum_cells(cells, ["region"]).iloc[0]
    assert np.isnan(row["annual_avg_emplvl"])
    assert np.isnan(row["emplvl_estimated_share"])
    assert row["annual_avg_emplvl_published"] == 900


def test_nothing_of_nothing_is_estimated() -> None:
    assert estimated_share(0, 0) == 0


def test_wages_are_summed_under_their_own_names(read) -> None:
    cells = read("region published estimate\na 5 5")
    wages = sum_cells(cells, ["region"], value="total_annual_wages", share="wages_estimated_share")
    assert wages.columns.tolist() == [
        "region",
        "total_annual_wages",
        "total_annual_wages_published",
        "wages_estimated_share",
    ]


def test_each_row_has_its_share_of_its_own_region(read) -> None:
    totals = read("region annual_avg_emplvl\nb 60\na 1000")
    shares = add_employment_share(read("region annual_avg_emplvl\na 100\nb 30"), totals)
    assert shares["emplvl_share"].tolist() == [0.1, 0.5]


def test_draws_of_jobs_give_draws_of_the_share() -> None:
    draws = np.array([[80.0, 100.0, 150.0], [30.0, 30.0, 30.0]])
    shares = employment_share(draws, np.array([[1000.0], [60.0]]))
    assert shares.tolist() == [[0.08, 0.1, 0.15], [0.5, 0.5, 0.5]]


def test_a_region_without_a_total_has_no_share(read) -> None:
    shares = add_employment_share(
        read("region annual_avg_emplvl\na 5"), read("region annual_avg_emplvl\nb 60")
    )
    assert shares["emplvl_share"].isna().all()


def test_cells_without_estimates_are_refused(read) -> None:
    with pytest.raises(MeasureError, match="'estimate'"):
        sum_cells(read("region published\na 1"), ["region"])
