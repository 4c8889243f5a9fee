"""Location quotient."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.measures.lq import (
    add_location_quotient,
    location_quotient,
)


def test_the_same_share_as_the_nation_is_one() -> None:
    assert location_quotient(10, 100, 500, 5000) == 1


def test_twice_the_nations_share_is_two() -> None:
    assert location_quotient(20, 100, 500, 5000) == 2


def test_no_jobs_here_is_zero_and_no_jobs_there_is_missing() -> None:
    assert location_quotient(0, 100, 500, 5000) == 0
    assert np.isnan(location_quotient(10, 100, 0, 5000))
    assert np.isnan(location_quotient(10, 0, 500, 5000))


def test_withheld_jobs_have_no_quotient() -> None:
    assert np.isnan(location_quotient(None, 100, 500, 5000))


def test_draws_of_region_and_reference_go_together() -> None:
    draws = location_quotient([[10, 20]], 100, [[500, 1000]], 5000)
    assert draws.tolist() == [[1.0, 1.0]]


def test_a_table_against_the_nation_and_against_each_regions_states(read) -> None:
    table = read("""
        region  industry_code  annual_avg_emplvl
        a       62             30
        b       62             30
    """)
    totals = read("region annual_avg_emplvl\na 100\nb 300")
    nation = read("industry_code annual_avg_emplvl\n23 80\n62 100")
    states = read("region industry_code annual_avg_emplvl\na 62 20\nb 62 40")
    state_totals = read("region annual_avg_emplvl\na 200\nb 200")
    keys = ["region", "industry_code"]
    out = add_location_quotient(table, totals, nation, 1000, keys=keys)
    out = add_location_quotient(out, totals, states, state_totals, keys=keys, suffix="_state")
    # Four divisions leave rounding errors in the last places.
    assert out["lq"].tolist() == pytest.approx([3, 1], rel=1e-12)
    assert out["lq_state"].tolist() == pytest.approx([3, 0.5], rel=1e-12)
    assert set(out["lq_base"]) == set(out["lq_state_base"]) == {"all ownerships"}


def test_the_base_is_written_beside_the_quotient(read) -> None:
    table = read("region annual_avg_emplvl\na 30")
    out = add_location_quotient(table, 60, 100, 1000, keys=["region"], base="private")
    assert out[["lq", "lq_base"]].iloc[0].tolist() == [5.0, "private"]


def test_a_region_with_two_totals_is_refused(read) -> None:
    table = read("region annual_avg_emplvl\na 30")
    totals = read("region annual_avg_emplvl\na 100\na 90")
    with pytest.raises(MeasureError, match="totals has more than one row for region a"):
        add_location_quotient(table, totals, 100, 1000, keys=["region"])
