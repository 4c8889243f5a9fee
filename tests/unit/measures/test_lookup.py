"""Lookups between long tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.lookup import look_up, require, unique_on


def test_a_missing_column_is_named(read) -> None:
    with pytest.raises(MeasureError, match="reference lacks the column 'jobs'"):
        require(read("region\na"), ["region", "jobs"], "reference")


def test_a_repeated_key_is_named(read) -> None:
    table = read("""
        region  industry_code
        a       23
        a       62
        a       62
    """)
    with pytest.raises(MeasureError, match="more than one row for region a, industry_code 62"):
        unique_on(table, ["region", "industry_code"])


def test_a_reference_is_matched_on_the_keys_that_it_has(read) -> None:
    table = read("""
        region  industry_code
        a       62
        b       23
        b       62
    """)
    nation = read("""
        industry_code  jobs
        23             300
        62             500
    """)
    states = read("""
        region  industry_code  jobs
        a       62             50
        b       62             60
    """)
    keys = ["region", "industry_code"]
    assert look_up(table, nation, "jobs", keys).tolist() == [500, 300, 500]
    assert np.array_equal(look_up(table, states, "jobs", keys), [50, np.nan, 60], equal_nan=True)


def test_a_reference_without_keys_or_a_number_serves_every_row(read) -> None:
    table = read("region\na\nb")
    assert look_up(table, read("jobs\n900"), "jobs", ["region"]).tolist() == [900, 900]
    assert look_up(table, 900, "jobs", ["region"]).tolist() == [900, 900]


def test_a_reference_without_rows_gives_missing(read) -> None:
    table = read("region\na\nb")
    nothing = pd.DataFrame({"jobs": pd.Series(dtype="float64")})
    assert np.isnan(look_up(table, nothing, "jobs", ["region"])).all()


def test_two_totals_for_one_region_are_refused(read) -> None:
    with pytest.raises(MeasureError, match="totals has more than one row for region a"):
        look_up(read("region\na"), read("region jobs\na 1\na 2"), "jobs", ["region"], "totals")
    with pytest.raises(MeasureError, match="more than one row for a table without keys"):
        look_up(read("region\na"), read("jobs\n1\n2"), "jobs", ["region"], "totals")


def test_the_order_and_the_labels_of_rows_do_not_matter(read) -> None:
    table = read("region\nb\na").set_axis([9, 4])
    assert look_up(table, read("region jobs\na 1\nb 2"), "jobs", ["region"]).tolist() == [2, 1]
