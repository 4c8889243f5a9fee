"""The year before, from the agency's over-the-year changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.annualise import annualise
from lmi.measures.over_the_year import previous_year


@pytest.fixture
def published(read) -> pd.DataFrame:
    """Annual rows: grown, shrunk to nothing, withheld before, withheld now, new."""
    rows = read("""
        industry_code disclosure_code oty_disclosure_code annual_avg_estabs oty_annual_avg_estabs_chg annual_avg_emplvl oty_annual_avg_emplvl_chg oty_annual_avg_emplvl_pct_chg
        23            .               .                   12                2                         150               50                        50.0
        31            .               .                   1                 -4                        0                 -80                       -100.0
        42            .               N                   7                 1                         60                .                         .
        51            N               N                   3                 -2                        .                 .                         .
        62            N               N                   2                 2                         .                 .                         .
    """)  # noqa: E501
    return rows.assign(
        area_fips="99001", own_code="5", agglvl_code="74", size_code="0", year=2016, qtr="A"
    )


def test_the_level_before_is_the_level_less_the_change(published, read) -> None:
    before = previous_year(published)
    expected = read("""
        industry_code year disclosure_code annual_avg_estabs annual_avg_emplvl
        23            2015 .               10                100
        31            2015 .               5                 80
        42            2015 N               6                 .
        51            2015 N               5                 .
        62            2015 N               0                 .
    """)
    pd.testing.assert_frame_equal(before[expected.columns], expected, check_dtype=False)


def test_only_levels_come_out(published) -> None:
    columns = previous_year(published.assign(source_id=4)).columns.tolist()
    assert columns == [
        "area_fips",
        "own_code",
        "industry_code",
        "agglvl_code",
        "size_code",
        "year",
        "qtr",
        "disclosure_code",
        "source_id",
        "annual_avg_estabs",
        "annual_avg_emplvl",
    ]


def test_rows_without_any_change_are_left_out(published) -> None:
    published.loc[0, ["oty_annual_avg_estabs_chg", "oty_annual_avg_emplvl_chg"]] = np.nan
    assert "23" not in previous_year(published)["industry_code"].tolist()


def test_quarters_before_make_the_year_before(read) -> None:
    rows = read("""
        qtr  qtrly_estabs  month1_emplvl  month2_emplvl  month3_emplvl  total_qtrly_wages
        1    4             10             10             10             130000
        2    4             10             10             10             130000
        3    4             10             10             10             130000
        4    4             10             10             10             130000
    """)
    moved = {f"oty_month{m}_emplvl_chg": 2 for m in (1, 2, 3)}
    rows = rows.assign(
        area_fips="99001",
        own_code="5",
        industry_code="62",
        agglvl_code="74",
        size_code="0",
        year=2016,
        disclosure_code=None,
        oty_disclosure_code=None,
        oty_qtrly_estabs_chg=-1,
        oty_total_qtrly_wages_chg=26_000,
        **moved,
    )
    year = annualise(previous_year(rows)).iloc[0]
    assert year["year"] == 2015
    assert year[["annual_avg_estabs", "annual_avg_emplvl"]].tolist() == [5, 8]
    assert year["avg_annual_pay"] == 52_000


def test_levels_without_changes_are_refused(published) -> None:
    levels_only = published.loc[:, ~published.columns.str.endswith("_chg")]
    with pytest.raises(MeasureError, match="no measure beside its over-the-year change"):
        previous_year(levels_only)
