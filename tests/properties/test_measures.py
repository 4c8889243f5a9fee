"""What holds for measures whatever the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lmi.measures.annualise import annualise
from lmi.measures.certainty import ends
from lmi.measures.diversity import hachman, hhi
from lmi.measures.employment import employment_share, estimated_share
from lmi.measures.growth import compound_rate, pct_change
from lmi.measures.lq import location_quotient
from lmi.measures.pay import avg_annual_pay
from lmi.measures.shift_share import (
    dynamic_shift_share,
    shift_share,
)

# Jobs up to 200 million, wages up to 20 trillion dollars: the nation and some room. Sums of whole
# numbers below 2^53 are exact in double precision, so what rounds is divisions only, each to
# about 1 part in 10^16; REL leaves room for some thousands of them.
JOBS = st.integers(1, 200_000_000)
JOBS_OR_NONE = st.integers(0, 200_000_000)
REL = 1e-12
# An example of these is a table or two, at tens of milliseconds each.
TABLES = settings(max_examples=25)


def some_jobs(smallest: int = 0, length: int = 6) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.int64, length, elements=st.integers(smallest, 200_000_000))


@given(JOBS_OR_NONE, JOBS, JOBS, JOBS, st.integers(1, 1000), st.integers(1, 1000))
def test_lq_does_not_depend_on_the_size_of_region_or_nation(e, total, ref, ref_total, k, m) -> None:
    plain = location_quotient(e, total, ref, ref_total)
    scaled = location_quotient(k * e, k * total, m * ref, m * ref_total)
    assert scaled == pytest.approx(plain, rel=REL)


@given(some_jobs(1), some_jobs(0))
def test_the_reference_weighted_mean_of_lqs_is_one(ref, ours) -> None:
    assume(ours.sum() > 0)
    quotients = location_quotient(ours, ours.sum(), ref, ref.sum())
    assert (quotients * ref / ref.sum()).sum() == pytest.approx(1, rel=REL)


@given(JOBS_OR_NONE, JOBS_OR_NONE, JOBS, JOBS, JOBS)
def test_lq_grows_with_jobs(a, b, total, ref, ref_total) -> None:
    low, high = sorted((a, b))
    ends = [location_quotient(jobs, total, ref, ref_total) for jobs in (low, high)]
    assert ends[0] <= ends[1]


@given(some_jobs(), some_jobs(), some_jobs(1), some_jobs())
def test_shift_share_adds_up_to_the_change(before, after, first, last) -> None:
    effects = shift_share(before, after, first, last, first.sum(), last.sum())
    change = after - before
    # The parts may be far larger than what they add up to: errors go with the largest part.
    scale = np.max(np.abs([*effects, before, after]), axis=0) + 1
    assert (np.abs(sum(effects) - change) <= REL * scale).all()


@given(some_jobs(1), some_jobs(1))
def test_a_nation_beside_itself_has_no_mix_in_sum_and_no_competitive_share(first, last) -> None:
    effects = shift_share(first, last, first, last, first.sum(), last.sum())
    size = float(first.sum() + last.sum()) * (1 + (last / first).max())
    assert abs(effects.industry_mix.sum()) <= REL * size
    assert (np.abs(effects.competitive_share) <= REL * size).all()


@given(
    hnp.arrays(np.int64, (4, 5), elements=st.integers(1, 1_000_000)),
    hnp.arrays(np.int64, (4, 5), elements=st.integers(1, 1_000_000)),
)
def test_dynamic_shift_share_adds_up_to_the_whole_change(jobs, ref) -> None:
    effects = dynamic_shift_share(jobs, ref, ref.sum(axis=1))
    scale = np.max(np.abs(effects)) + jobs.max()
    assert (np.abs(sum(effects) - (jobs[-1] - jobs[0])) <= REL * 10 * scale).all()


@given(some_jobs())
def test_bounds_of_concentration(jobs) -> None:
    assume(jobs.sum() > 0)
    assert 1 / len(jobs) - REL <= hhi(jobs) <= 1 + REL


@given(some_jobs(), some_jobs(1))
def test_bounds_of_likeness(jobs, nation) -> None:
    assume(jobs.sum() > 0)
    assert 0 < hachman(jobs, nation) <= 1 + REL


@given(some_jobs(1), st.permutations(range(6)))
def test_diversity_does_not_depend_on_the_order_of_industries(jobs, order) -> None:
    nation = np.arange(1, 7)
    order = list(order)
    assert hhi(jobs[order]) == pytest.approx(hhi(jobs), rel=1e-9, abs=1e-9)
    assert hachman(jobs[order], nation[order]) == pytest.approx(hachman(jobs, nation), rel=1e-9)


@given(some_jobs(1), st.integers(0, 5), st.integers(0, 5))
def test_moving_jobs_from_a_smaller_to_a_larger_industry_concentrates(jobs, i, j) -> None:
    assume(jobs[i] <= jobs[j] and i != j)
    moved = jobs.copy()
    moved[i], moved[j] = 0, jobs[i] + jobs[j]
    assert hhi(moved) >= hhi(jobs) * (1 - REL)


@given(JOBS, JOBS, st.integers(1, 30))
def test_the_compound_rate_leads_from_the_first_year_to_the_last(first, last, years) -> None:
    rate = compound_rate(first, last, years)
    # The rounding of 1 + rate, a part in 10^16 of one, counts once for each year and goes with the
    # larger of the two ends.
    allowed = REL * years * max(first, last)
    assert first * (1 + rate / 100) ** years == pytest.approx(last, rel=REL, abs=allowed)


@given(JOBS, JOBS_OR_NONE, JOBS_OR_NONE)
def test_growth_over_two_years_compounds(first, second, third) -> None:
    assume(second > 0)
    steps = [1 + pct_change(a, b) / 100 for a, b in ((first, second), (second, third))]
    whole = 1 + pct_change(first, third) / 100
    # 1 + change/100 loses what the change has below one part in 10^16 of one.
    assert steps[0] * steps[1] == pytest.approx(whole, rel=1e-6, abs=1e-6 * (1 + abs(steps[0])))


DRAWN = hnp.arrays(np.float64, (4, 20), elements=st.floats(0, 1e6) | st.just(np.nan))


@given(DRAWN, hnp.arrays(np.float64, 4, elements=st.floats(0, 1e6)))
def test_an_interval_holds_its_estimate_and_lies_among_its_draws(draws, value) -> None:
    low, high = ends(value, draws)
    known = ~np.isnan(low)
    assert (known == ~np.isnan(high)).all()
    assert ((low <= value) & (value <= high))[known].all()
    assert (low[known] >= np.fmin(np.nanmin(draws, axis=1, initial=np.inf), value)[known]).all()
    assert (high[known] <= np.fmax(np.nanmax(draws, axis=1, initial=-np.inf), value)[known]).all()


@given(some_jobs(1), hnp.arrays(np.int64, 6, elements=st.integers(0, 20_000_000_000)))
def test_pay_of_a_sum_lies_between_the_pay_of_its_parts(jobs, wages) -> None:
    each = avg_annual_pay(wages, jobs)
    whole = avg_annual_pay(wages.sum(), jobs.sum())
    assert each.min() * (1 - REL) <= whole <= each.max() * (1 + REL)


@given(some_jobs())
def test_shares_of_all_parts_add_up_to_one(jobs) -> None:
    assume(jobs.sum() > 0)
    assert employment_share(jobs, jobs.sum()).sum() == pytest.approx(1, rel=REL)


@given(some_jobs(), some_jobs())
def test_between_nothing_and_all_of_a_sum_is_estimated(published, estimated) -> None:
    shares = estimated_share(published, published + estimated)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert ((shares == 0) == (estimated == 0)).all()


@st.composite
def quarters(draw: st.DrawFn) -> pd.DataFrame:
    """Quarterly rows of two counties and two industries: published, withheld, empty or absent."""
    rows = []
    for area in ("99001", "99003"):
        for qtr in "1234":
            rows.append((area, "10", qtr, None, 9, 100, 100, 100, 10**6))
        for industry, qtr in ((i, q) for i in ("23", "62") for q in "1234"):
            kind = draw(st.sampled_from(["published", "published", "withheld", "empty", "absent"]))
            months = draw(st.tuples(*[st.integers(0, 10**6)] * 3))
            wages = draw(st.integers(0, 10**10))
            estabs = draw(st.integers(1, 500))
            if kind == "published":
                rows.append((area, industry, qtr, None, estabs, *months, wages))
            elif kind == "withheld":
                rows.append((area, industry, qtr, "N", estabs, *[np.nan] * 4))
            elif kind == "empty":
                rows.append((area, industry, qtr, "-", 0, *[np.nan] * 4))
    names = ["area_fips", "industry_code", "qtr", "disclosure_code", "qtrly_estabs"]
    names += ["month1_emplvl", "month2_emplvl", "month3_emplvl", "total_qtrly_wages"]
    return pd.DataFrame(rows, columns=names).assign(
        own_code="5", agglvl_code="74", size_code="0", year=2020
    )


@TABLES
@given(quarters(), st.randoms(use_true_random=False))
def test_years_are_the_plain_reckoning_of_their_quarters(table, random) -> None:
    order = list(range(len(table)))
    random.shuffle(order)
    years = annualise(table.iloc[order])
    pd.testing.assert_frame_equal(years, annualise(table))
    for year in years.itertuples():
        is_cell = (table["area_fips"] == year.area_fips) & (
            table["industry_code"] == year.industry_code
        )
        cell = table[is_cell]
        codes = set(cell["disclosure_code"])
        estabs = cell["qtrly_estabs"].sum()
        assert year.annual_avg_estabs == (estabs + 2) // 4
        if "N" in codes:
            assert year.disclosure_code == "N"
            assert np.isnan([year.annual_avg_emplvl, year.total_annual_wages]).all()
        elif codes == {"-"}:
            assert year.disclosure_code == "-"
            assert np.isnan(year.annual_avg_emplvl)
        else:
            months = int(cell.filter(like="month").sum().sum())
            assert pd.isna(year.disclosure_code)
            assert year.annual_avg_emplvl == (months + 6) // 12
            assert year.total_annual_wages == cell["total_qtrly_wages"].sum()
