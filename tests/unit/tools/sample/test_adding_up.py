"""The sample's numbers follow from one another as the agency's do."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from lmi import naics
from tools.sample.cells import Period, cells, periods
from tools.sample.suppress import sums

PERIODS = [Period(2017), Period(2021), Period(2022), Period(2022, 3), Period(2023, 1)]
SUMMED = ["month1", "month2", "month3", "wages", "taxable", "contributions", "estabs"]


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_before_suppression_every_whole_is_the_sum_of_its_parts(period: Period) -> None:
    values = periods(period)
    groups = sums(period.naics_year).members
    assert len(groups) > 3000
    for name in SUMMED:
        number = values[name]
        wrong = [g for g in groups if number[g[0]] != number[list(g[1:])].sum()]
        assert wrong == [], name


def test_the_sums_are_levels_ownerships_and_counties() -> None:
    grid = cells(2022)
    wholes = [grid.keys[group[0]] for group in sums(2022).members]
    assert {(c.own_code, c.level) for c in wholes if c.area == "99023"} == {("0", 0)} | {
        (own, level) for own in "1235" for level in range(1, 8)
    }
    state = [c for c in wholes if c.area == "99000"]
    # Once as the sum of its parts, once as the sum of the counties.
    assert (
        len(state)
        == 2 * len({c for c in state if c.level < 8 and c.own_code != "0"})
        + len({c for c in state if c.level == 8})
        + 1
    )


def test_no_sum_of_a_printed_quarter_lacks_exactly_one_member(quarterly: pl.DataFrame) -> None:
    rows = quarterly.filter(
        pl.col("year") == 2023,
        pl.col("qtr") == "1",
        pl.col("own_code").is_in(["2", "3", "5"]),
        pl.col("area_fips") != "ZZ000",
    ).select("area_fips", "own_code", "industry_code", gone=pl.col("disclosure_code") == "N")
    state = {}
    families: dict[tuple[str, ...], list[bool]] = {}
    for area, own, code, gone in rows.iter_rows():
        state[area, own, code] = gone
    for (area, own, code), gone in state.items():
        parent = naics.parent(code)
        if parent is not None and own == "5":
            # Between all industries and the sectors the domains and supersectors stand.
            up = _published_parent(code)
            families.setdefault((area, own, up), [state[area, own, up]]).append(gone)
        if area != "99000":
            whole = ("counties", own, code)
            families.setdefault(whole, [state["99000", own, code]]).append(gone)
    lonely = [family for family, members in families.items() if sum(members) == 1]
    assert len(families) > 2000
    assert lonely == []


def _published_parent(code: str) -> str:
    from tools.sample.industries import level

    if level(code) == 2:
        return "10"
    if level(code) == 3:
        return "101" if code < "1020" else "102"
    if level(code) == 4:
        return naics.supersector_of(code)
    parent = naics.parent(code)
    assert parent is not None
    return parent


def half_up(x: pl.Expr) -> pl.Expr:
    return (x + 0.5).floor()


def test_years_follow_from_their_quarters(annual: pl.DataFrame, quarterly: pl.DataFrame) -> None:
    keys = ["area_fips", "own_code", "industry_code", "year"]
    months = pl.sum_horizontal("month1_emplvl", "month2_emplvl", "month3_emplvl")
    year = (
        quarterly.group_by(keys)
        .agg(
            n=(pl.col("disclosure_code") == "").sum(),
            estabs=half_up(pl.col("qtrly_estabs_count").sum() / 4),
            jobs=months.sum() / 12,
            wages=pl.col("total_qtrly_wages").sum(),
        )
        .filter(n=4)
    )
    both = annual.join(year, on=keys, how="inner", validate="1:1")
    working = both.filter(pl.col("jobs") > 0)
    assert len(working) > 5000
    checks = {
        "annual_avg_estabs_count": pl.col("estabs"),
        "annual_avg_emplvl": half_up(pl.col("jobs")),
        "total_annual_wages": pl.col("wages"),
        "avg_annual_pay": half_up(pl.col("wages") / pl.col("jobs")),
        "annual_avg_wkly_wage": half_up(pl.col("wages") / pl.col("jobs") / 52),
    }
    for column, expected in checks.items():
        assert working.filter(pl.col(column) != expected).height == 0, column


def test_quotients_stand_against_all_jobs_of_the_nation(annual: pl.DataFrame) -> None:
    number = "annual_avg_emplvl"
    nation = annual.filter(area_fips="ZZ000")
    total = annual.filter(own_code="0").select("area_fips", "year", whole=number)
    cell = nation.select("own_code", "industry_code", "year", cell_us=number)
    whole = nation.filter(own_code="0").select("year", whole_us=number)
    rows = (
        annual.filter(pl.col("lq_disclosure_code") == "", pl.col("own_code") != "8")
        .join(total, on=["area_fips", "year"], validate="m:1")
        .join(cell, on=["own_code", "industry_code", "year"], validate="m:1")
        .join(whole, on="year", validate="m:1")
    )
    assert len(rows) > 20_000
    lq = (pl.col(number) / pl.col("whole")) / (pl.col("cell_us") / pl.col("whole_us"))
    off = rows.select((lq - pl.col(f"lq_{number}")).abs().max()).item()
    # Printed to the hundredth: half of it, and the last bit of a binary fraction.
    assert off <= 0.005 + 1e-9


def test_changes_over_the_year_follow_from_both_years(annual: pl.DataFrame) -> None:
    keys = ["area_fips", "own_code", "industry_code"]
    before = annual.select(*keys, pl.col("year") + 1, old="total_annual_wages")
    rows = annual.filter(oty_disclosure_code="").join(
        before, on=[*keys, "year"], how="inner", validate="1:1"
    )
    assert len(rows) > 20_000
    change = (rows["total_annual_wages"] - rows["old"]).to_numpy()
    assert np.array_equal(change, rows["oty_total_annual_wages_chg"].to_numpy())
    old = rows["old"].to_numpy()
    percent = 100 * change[old > 0] / old[old > 0]
    printed = rows["oty_total_annual_wages_pct_chg"].to_numpy()[old > 0]
    assert np.abs(percent - printed).max() <= 0.05 + 1e-9
