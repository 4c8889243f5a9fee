"""The same cell in other periods: which values are used, and how much they count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.suppression.carry_over import carry_over
from lmi.suppression.estimate import estimate
from lmi.suppression.problem import make_problem
from tests.unit.suppression.conftest import COUNTIES, SIZES

# Two sectors of two counties and of the state: the counties' totals tell what both hold together.
BLOCK = [(area, sector) for area in ("99001", "99003", "99000") for sector in ("23", "62")]
CELL, OTHER = BLOCK[:2]
# The cell has three times the jobs that its size suggests, the other a third.
ODD = {CELL: 3.0, OTHER: 0.3}
MEASURE = ("month3_emplvl", "qtrly_estabs")


def at(rows: pd.DataFrame, cell: tuple[str, str] = CELL) -> pd.Series:
    return rows[(rows["area_fips"] == cell[0]) & (rows["industry_code"] == cell[1])].iloc[0]


@pytest.fixture
def truth(quarter) -> float:
    return float(at(quarter(jobs=ODD))["month3_emplvl"])


@pytest.fixture
def now(quarter) -> pd.DataFrame:
    """The first quarter of 2016, the block withheld."""
    return quarter(withheld=BLOCK, jobs=ODD)


def around(quarter, **given) -> dict[str, pd.DataFrame]:
    return {
        "quarterly": pd.concat(
            [quarter(2015, "4", **given), quarter(2016, "2", **given)], ignore_index=True
        )
    }


def test_a_cell_disclosed_before_and_after_is_estimated_close_to_it(quarter, now, truth):
    # by size it would hold about a third, as without history it does
    found = at(estimate(now, *MEASURE, history=around(quarter, jobs=ODD)).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.03)
    assert found["source"] == "other periods, fitted to totals"
    alone = at(estimate(now, *MEASURE).cells)
    assert alone["estimate"] < 0.7 * truth
    assert alone["source"] == "size, fitted to the area"
    assert found["hi"] - found["lo"] < 0.5 * (alone["hi"] - alone["lo"])


def test_a_cell_that_is_never_disclosed_goes_by_its_size(quarter, now, truth):
    found = at(estimate(now, *MEASURE, history=around(quarter, jobs=ODD, withheld=BLOCK)).cells)
    assert found["estimate"] < 0.7 * truth
    assert found["source"] == "size, fitted to the area"


def test_one_side_is_enough(quarter, now, truth):
    for year, qtr in ((2015, "4"), (2016, "2")):
        history = {"quarterly": quarter(year, qtr, jobs=ODD)}
        found = at(estimate(now, *MEASURE, history=history).cells)
        assert found["estimate"] == pytest.approx(truth, rel=0.03)


def told(rows, history, measure="month3_emplvl", estabs="qtrly_estabs", base=None):
    problem = make_problem(rows, measure, estabs, base)
    return problem, carry_over(rows, problem, measure, history)


def test_where_nothing_ever_changes_the_nearest_value_is_expected(quarter, now, truth):
    _, evidence = told(now, around(quarter, jobs=ODD))
    place = now.index[now["area_fips"].eq("99001") & now["industry_code"].eq("23")][0]
    for expected, variance in evidence.sides:
        assert np.exp(expected[place]) - 0.5 == pytest.approx(truth)
        assert variance[place] == pytest.approx(1e-4)  # the least that is ever assumed


def test_a_value_is_carried_over_with_the_change_of_the_state(quarter, now, truth):
    # all grew by a quarter since: so did the cell
    history = {"quarterly": quarter(2015, "4", jobs=ODD, growth=0.8)}
    found = at(estimate(now, *MEASURE, history=history).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.03)


def test_the_nearest_value_counts_not_one_long_ago(quarter, now, truth):
    long_ago = quarter(2014, "1", jobs={CELL: 0.3})
    history = {"quarterly": pd.concat([long_ago, quarter(2015, "4", jobs=ODD)])}
    assert at(estimate(now, *MEASURE, history=history).cells)["estimate"] == pytest.approx(
        truth, rel=0.03
    )


def test_over_the_year_columns_tell_the_value_of_the_year_before(quarter, now, truth):
    # A year after the next quarter the cell has a third of its jobs; the change tells what it had.
    later = quarter(2017, "2")
    assert at(estimate(now, *MEASURE, history={"quarterly": later}).cells)["estimate"] < 0.7 * truth
    before = quarter(2016, "2", jobs=ODD)
    names = ["qtrly_estabs", "month1_emplvl", "month2_emplvl", "month3_emplvl"]
    changes = {f"oty_{name}_chg": later[name] - before[name] for name in names}
    history = {"quarterly": later.assign(**changes)}
    found = at(estimate(now, *MEASURE, history=history).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.05)


def test_a_value_of_the_very_same_period_is_not_used(quarter, as_a_year):
    rows, truth = (as_a_year(quarter(withheld=hidden, jobs=ODD)) for hidden in (BLOCK, ()))
    pd.testing.assert_frame_equal(
        estimate(rows, history={"annual": truth}).cells[["estimate", "source"]],
        estimate(rows).cells[["estimate", "source"]],
    )


def test_a_year_uses_the_quarters_of_the_same_year(quarter, as_a_year, truth):
    rows = as_a_year(quarter(withheld=BLOCK, jobs=ODD))
    quarters = pd.concat([quarter(2016, q, jobs=ODD) for q in "1234"], ignore_index=True)
    found = at(estimate(rows, history={"quarterly": quarters}).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.03)
    assert found["source"] == "other periods, fitted to totals"


def test_a_quarter_uses_the_year_before(quarter, as_a_year, now, truth):
    history = {"annual": as_a_year(quarter(2015, jobs=ODD))}
    found = at(estimate(now, *MEASURE, history=history).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.03)


def test_money_is_carried_over_by_the_job(quarter, as_a_year):
    # Jobs change from cell to cell, pay does not. The cell pays twice what its industry does, and
    # has twice the jobs of the year before: its wages of then would be half.
    factors = np.random.default_rng(3).uniform(0.8, 1.25, len(COUNTIES) * len(SIZES))
    cells = [(county, sector) for county in COUNTIES for sector in SIZES]
    then = dict(zip(cells, factors, strict=True)) | {CELL: 0.5, OTHER: 1.0}
    pay = {CELL: 2.0, OTHER: 0.5}
    truth, rows = quarter(pay=pay), quarter(pay=pay, withheld=BLOCK)
    wages, jobs = ("total_qtrly_wages", "qtrly_estabs"), truth["month3_emplvl"]
    expected = at(truth)["total_qtrly_wages"]
    for history in (
        {"quarterly": quarter(2015, "4", pay=pay, jobs=then)},
        {"annual": as_a_year(quarter(2015, pay=pay, jobs=then))},
    ):
        found = at(estimate(rows, *wages, base=jobs, history=history).cells)
        assert found["estimate"] == pytest.approx(expected, rel=0.05)
    assert at(estimate(rows, *wages, base=jobs).cells)["estimate"] < 0.9 * expected


def least_variance(jobs, estabs, months):
    """Return what the default says a value so many months away may be off, squared logarithms."""
    now = 0.0024 + 0.22 / jobs + 0.001 / estabs
    a_year = 0.031 + 0.88 / jobs + 0.013 / estabs
    return 1e-4 + now + a_year * months / 12


def test_with_no_cell_to_learn_from_the_default_serves(quarter, now, truth):
    # one county, nothing disclosed but its total
    few = {"quarterly": quarter(2015, "4", jobs=ODD).query("area_fips == '99001'")}
    alone = now.query("area_fips == '99001'").reset_index(drop=True)
    alone.loc[alone["industry_code"] != "10", "month3_emplvl"] = np.nan
    problem, evidence = told(alone, few)
    (_, variance), _ = evidence.sides
    place = alone.index[alone["industry_code"].eq("23")][0]
    assert variance[place] == pytest.approx(least_variance(truth, problem.size[place], 3))
    found = at(estimate(alone, *MEASURE, history=few).cells)
    assert found["estimate"] == pytest.approx(truth, rel=0.1)
    assert found["source"] == "other periods, fitted to totals"
    assert found["lo"] < truth < found["hi"]


def test_with_few_cells_to_learn_from_the_default_counts_for_those_that_lack(quarter, now, truth):
    # Ten counties of which eight sectors each are disclosed in both quarters, one but seven: 79
    # cells of a hundred, which never err.
    few = quarter(2015, "4", jobs=ODD)
    few = {"quarterly": few[few["area_fips"].isin(COUNTIES[1:11])]}
    cell = ("99003", "23")
    problem, evidence = told(quarter(withheld=[cell, ("99003", "62")], jobs=ODD), few)
    (_, variance), _ = evidence.sides
    place = now.index[now["area_fips"].eq(cell[0]) & now["industry_code"].eq(cell[1])][0]
    jobs = at(quarter(jobs=ODD), cell)["month3_emplvl"]
    default = least_variance(jobs, problem.size[place], 3) - 1e-4
    assert variance[place] == pytest.approx(1e-4 + (1 - 0.78) * default, rel=1e-3)


def test_what_no_other_period_discloses_has_no_evidence(quarter, now):
    assert told(now, {"quarterly": now.iloc[:0]})[1] is None
    other = quarter(2015, "4").assign(area_fips="98001")
    assert told(now, {"quarterly": other.drop_duplicates("industry_code")})[1] is None


def test_no_history_is_one_period_alone(quarter, now):
    alone = estimate(now, *MEASURE).cells
    for none in (None, {}, {"quarterly": now.iloc[:0]}):
        pd.testing.assert_frame_equal(estimate(now, *MEASURE, history=none).cells, alone)


def test_rows_of_several_periods_with_history_are_refused(quarter, now):
    both = pd.concat([now, quarter(2016, "2")], ignore_index=True)
    with pytest.raises(MeasureError, match="several periods"):
        estimate(both, *MEASURE, history=around(quarter))


def test_rows_without_a_period_with_history_are_refused(quarter, now):
    with pytest.raises(MeasureError, match="year or qtr"):
        estimate(now.drop(columns="qtr"), *MEASURE, history=around(quarter))


def test_no_rows_with_history_give_no_rows(quarter, now):
    assert estimate(now.iloc[:0], *MEASURE, history=around(quarter)).cells.empty
