"""Check years against their four quarters."""

from __future__ import annotations

import pandas as pd

from lmi.measures.annualise import annualise
from lmi.measures.arithmetic import floats
from lmi.missing import Missing
from lmi.verify.tally import CheckResult, Tally, missing

__all__ = ["check_years"]

COLUMNS = (
    *("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages", "taxable_annual_wages"),
    *("annual_contributions", "annual_avg_wkly_wage", "avg_annual_pay"),
)
KEYS = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year"]


def check_years(annual: pd.DataFrame, quarterly: pd.DataFrame) -> CheckResult:
    """Check annual rows against the quarters that make them.

    Notes
    -----
    Exact, since the quarters carry unrounded months: see `lmi.measures.annualise`.
    """
    name, text = "quarters make the year", "mean of twelve months and of four quarters, sums, pay"
    pairs = annual[["area_fips", "year"]].drop_duplicates() if len(annual) else annual
    shared = quarterly.merge(pairs, on=["area_fips", "year"]) if len(pairs) else annual.iloc[:0]
    made = annualise(shared) if len(shared) else shared
    if made.empty:
        why = "no area has a year and all its quarters"
        remedy = "ingest the annual and the four quarterly files of the same area and year"
        return missing(name, text, Missing("years with their quarters", why, remedy))
    columns = [c for c in COLUMNS if c in annual and c in made]
    made = made[[*KEYS, *columns]]
    both = annual.merge(made, on=KEYS, suffixes=("", "|made"), validate="1:1")
    tally = Tally(name, text, both)
    for column in columns:
        printed, ours = floats(both[column], both[f"{column}|made"])
        tally.add(column, printed, ours)
    return tally.result()
