"""Recompute over-the-year changes, from the year before where it is there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio, round_half_up
from lmi.missing import Missing
from lmi.verify.pay import ANNUAL_PAY, MONTHS, nearest_annual_pay, weekly_wage
from lmi.verify.tally import CheckResult, Frequency, Tally, missing, reference_rows

__all__ = ["changed_columns", "check_change", "check_pct_change", "check_prior_pay"]

# Percentages are printed with one decimal.
HALF_A_TENTH = 0.05
NO_CHANGES = Missing("over-the-year columns", "no row has them", "ingest files that carry them")


def changed_columns(rows: pd.DataFrame) -> list[str]:
    """List the measures that have their over-the-year change beside them."""
    return [c for c in rows.columns if f"oty_{c}_chg" in rows.columns]


def check_change(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check level − change against the level printed a year earlier.

    Parameters
    ----------
    rows : DataFrame
        Rows of one frequency, the year before among them where the store has it.
    """
    name, text = f"change over the year, {period}", "level − change = level a year earlier"
    columns = changed_columns(rows)
    keys = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"]
    keys = [key for key in keys if key in rows]
    years = set(rows["year"]) if columns else set()
    now = rows[rows["year"].isin([year + 1 for year in years]) & ~reference_rows(rows)]
    if now.empty:
        remedy = "ingest the same areas for the year before"
        return missing(name, text, Missing("year before", "no two years follow each other", remedy))
    before = rows[[*keys, *columns]].assign(year=rows["year"] + 1)
    both = now.merge(before, on=keys, how="left", suffixes=("", "|before"), validate="1:1")
    tally = Tally(name, text, both)
    for column in columns:
        level, change, earlier = floats(
            both[column], both[f"oty_{column}_chg"], both[f"{column}|before"]
        )
        tally.add(column, change, level - earlier)
    return tally.result()


def check_pct_change(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check the percentage against level and change.

    Notes
    -----
    100 · change / (level − change), printed with one decimal (a tie goes to the even digit).
    Where the year before was zero the agency prints 100 for any increase and 0 for none.
    """
    name, text = f"change in percent, {period}", "change / (level − change), to one decimal"
    columns = [c for c in changed_columns(rows) if f"oty_{c}_pct_chg" in rows]
    if rows.empty or not columns:
        return missing(name, text, NO_CHANGES)
    tally = Tally(name, text, rows)
    for column in columns:
        level, change, printed = floats(
            rows[column], rows[f"oty_{column}_chg"], rows[f"oty_{column}_pct_chg"]
        )
        before = level - change
        from_nothing = np.where(level > 0, 100.0, 0.0)
        percent = np.where(before == 0, from_nothing, ratio(100 * change, before))
        tally.add(f"oty_{column}_pct_chg", printed, percent, HALF_A_TENTH)
    return tally.result()


def check_prior_pay(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check the change of pay against pay recomputed for both years.

    Notes
    -----
    Wages and jobs of the year before are level − change, so this needs no second year. Pay minus
    its change must be pay as the year before printed it.
    """
    name = f"pay of the year before, {period}"
    text = "pay − change = pay from wages − change and jobs − change"
    names = ["avg_wkly_wage"] if period == "quarter" else list(ANNUAL_PAY)
    inputs = (
        ["total_qtrly_wages", *MONTHS]
        if period == "quarter"
        else ["total_annual_wages", "annual_avg_emplvl"]
    )
    if rows.empty or not {*names, *inputs} <= set(changed_columns(rows)):
        return missing(name, text, NO_CHANGES)
    tally = Tally(name, text, rows)
    wages, *jobs = [_before(rows, column) for column in inputs]
    for column in names:
        earlier, now = _before(rows, column), floats(rows[column])[0]
        if period == "quarter":
            ours = round_half_up(weekly_wage(wages, *jobs))
        else:
            ours = nearest_annual_pay(earlier, wages, jobs[0], ANNUAL_PAY[column])
        tally.add(f"oty_{column}_chg", now - earlier, now - ours)
    return tally.result()


def _before(rows: pd.DataFrame, column: str) -> FloatArray:
    level, change = floats(rows[column], rows[f"oty_{column}_chg"])
    return level - change
