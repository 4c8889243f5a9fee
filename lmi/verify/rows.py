"""All checks on rows that are at hand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray
from lmi.naics import TOTAL
from lmi.verify.adding_up import check_counties, check_levels, check_ownerships
from lmi.verify.cells import each_cell_once
from lmi.verify.change import check_change, check_pct_change, check_prior_pay
from lmi.verify.pay import check_annual_pay, check_weekly_wage
from lmi.verify.quotients import (
    check_quotients,
    check_quotients_between_areas,
    nation_rows,
    quotient_columns,
)
from lmi.verify.report import Report, make_report
from lmi.verify.tally import REFERENCE, CheckResult, Frequency
from lmi.verify.years import check_years

__all__ = ["REBUILT_ERROR", "verify"]

REBUILT_ERROR = 1e-4
NO_ROWS = pd.DataFrame(
    {"area_fips": [], "own_code": [], "industry_code": [], "agglvl_code": [], "year": [], "qtr": []}
)


def verify(
    annual: pd.DataFrame | None = None,
    quarterly: pd.DataFrame | None = None,
    *,
    years: Iterable[int] | None = None,
    areas: Iterable[str] | None = None,
    rebuilt_error: float = REBUILT_ERROR,
) -> Report:
    """Recompute every published number that follows from other published numbers.

    Parameters
    ----------
    annual, quarterly : DataFrame, optional
        QCEW rows as the store gives them (withheld is NaN), all columns. For quotients the
        nation's rows of the same periods, for changes the year before, for sums of counties a
        whole state with its statewide rows; a check that lacks these says so.
    years : iterable of int, optional
        Years to check; rows of others are there to compare with.
    areas : iterable of str, optional
        Areas to check, as codes or their first two characters; the others are there to compare
        with.
    rebuilt_error : float
        Relative error of national rows that are no agency file: those of periods in which the
        nation's total carries no quotients, which the agency prints as 1 on every such row. They
        serve as reference for quotients and are not checked themselves.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({
    ...     "area_fips": "99001", "own_code": ["5", "5"], "industry_code": ["10", "62"],
    ...     "agglvl_code": ["71", "74"], "size_code": "0", "year": 2020, "qtr": "1",
    ...     "qtrly_estabs": 1, "month1_emplvl": 3, "month2_emplvl": 3, "month3_emplvl": 3,
    ...     "total_qtrly_wages": 39_000, "avg_wkly_wage": [1000, 1001]})
    >>> report = verify(quarterly=rows)
    >>> print(*report.checks.loc[0, ["check", "rows_checked", "rows_agree"]])
    weekly wage, quarter 2 1
    >>> print(*report.offenders.loc[0, ["industry_code", "published", "recomputed"]])
    62 1001.0 1000.0
    """
    by_year, odd_years = each_cell_once(_marked(annual, years, areas), "year")
    by_quarter, odd_quarters = each_cell_once(_marked(quarterly, years, areas), "quarter")
    results = [
        *odd_quarters,
        *odd_years,
        check_weekly_wage(by_quarter[_error(by_quarter, 1.0) == 0]),
        check_annual_pay(by_year),
        check_years(by_year, by_quarter),
    ]
    frequencies: tuple[tuple[pd.DataFrame, Frequency], ...]
    frequencies = ((by_quarter, "quarter"), (by_year, "year"))
    for rows, period in frequencies:
        if len(rows):
            results += _of_one_frequency(rows, _error(rows, rebuilt_error), period)
    return make_report(results)


def _marked(
    rows: pd.DataFrame | None, years: Iterable[int] | None, areas: Iterable[str] | None
) -> pd.DataFrame:
    """Mark the rows that are there to compare with."""
    if rows is None:
        return NO_ROWS
    checked = np.ones(len(rows), dtype=bool)
    if years is not None:
        checked &= rows["year"].isin(list(years)).to_numpy(dtype=bool)
    if areas is not None:
        checked &= rows["area_fips"].str.startswith(tuple(areas)).to_numpy(dtype=bool)
    return rows.reset_index(drop=True).assign(**{REFERENCE: ~checked})


def _of_one_frequency(
    rows: pd.DataFrame, error: FloatArray, period: Frequency
) -> list[CheckResult]:
    printed = rows[error == 0]
    return [
        check_change(printed, period),
        check_pct_change(printed, period),
        check_prior_pay(printed, period),
        check_quotients(rows, error, period),
        check_quotients_between_areas(rows, period),
        check_levels(printed, period),
        check_ownerships(printed, period),
        check_counties(printed, period),
    ]


def _error(rows: pd.DataFrame, rebuilt_error: float) -> FloatArray:
    """Relative error of every row: that of rebuilt national rows, else 0."""
    columns = [f"lq_{c}" for c in quotient_columns(rows)]
    nation = nation_rows(rows)
    total = nation & (rows["own_code"] == "0") & (rows["industry_code"] == TOTAL)
    printed = rows.loc[total, columns].notna().any(axis=1)
    rebuilt = rows.loc[total, ["area_fips", "year", "qtr"]][~printed]
    at = pd.MultiIndex.from_frame(rows[["area_fips", "year", "qtr"]])
    return np.where(nation & at.isin(pd.MultiIndex.from_frame(rebuilt)), rebuilt_error, 0.0)
