"""Flows of counties, added up for any set of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.county_flows import Containment, CountyFlows, Flow

COUNTIES = ["08001", "08005", "08013", "56021"]
flows = st.dictionaries(
    st.tuples(*[st.sampled_from([*COUNTIES, "31033"])] * 2),
    st.tuples(st.integers(0, 900), st.integers(0, 90)),
    min_size=1,
)


def long_table(found: dict) -> pd.DataFrame:
    rows = [(work, home, n, float(margin)) for (work, home), (n, margin) in found.items()]
    return pd.DataFrame(rows, columns=["work", "home", "value", "margin_of_error"])


@given(flows, st.sets(st.sampled_from(COUNTIES)))
def test_a_sum_is_that_of_the_rows_with_its_margin(drawn, own):
    found = CountyFlows.of(long_table(drawn), COUNTIES).containment(own)

    def summed(chosen) -> tuple[float, float]:
        rows = [v for ends, v in drawn.items() if chosen(*ends)]
        return sum(n for n, _ in rows), sum(m**2 for _, m in rows) ** 0.5

    expected = {
        "stay": summed(lambda work, home: work in own and home in own),
        "comes_in": summed(lambda work, home: work in own and home not in own),
        "goes_out": summed(lambda work, home: home in own and work not in own),
        "works": summed(lambda work, home: work in own),
        "lives": summed(lambda work, home: home in own),
    }
    for name, (value, margin) in expected.items():
        flow = getattr(found, name)
        assert flow.value == value
        # of squares up to 24 times 90², in double precision
        assert flow.margin == pytest.approx(margin, abs=1e-5)


def test_a_margin_that_is_not_known_makes_those_of_its_sums_unknown_alone():
    rows = long_table({("08001", "08001"): (10, 3), ("08001", "08005"): (5, 4)})
    rows.loc[1, "margin_of_error"] = np.nan
    found = CountyFlows.of(rows, COUNTIES).containment(["08001"])
    assert found.stay.margin == 3
    assert np.isnan(found.comes_in.margin) and np.isnan(found.works.margin)
    assert found.goes_out == Flow(0.0, 0.0)


def test_a_labor_market_is_told_by_the_lesser_side_and_its_ends():
    # 30,000 live and work in it; of 40,000 who live there and 50,000 who work there
    held = Containment(
        Flow(30_000, 0), Flow(20_000, 6_000), Flow(10_000, 0), Flow(50_000, 6_000),
        Flow(40_000, 0),
    )  # fmt: skip
    assert held.contained.value == held.filled_by_residents.value == 0.6
    # margin of 30/(30+20): 30 · 6 / 50² = 7.2 points
    assert held.contained.margin == pytest.approx(0.072)
    value, lo, hi = held.validity()
    assert (value, lo, hi) == pytest.approx((0.9, 0.792, 1.008))


def test_where_nobody_lives_or_works_nothing_is_contained():
    none = Flow(0, 0)
    held = Containment(none, none, none, none, none)
    assert held.contained is None
    assert np.isnan(held.validity()).all()
