"""Measures of the counties of regions: jobs, pay, and the change since the base year."""

from __future__ import annotations

import pandas as pd

from lmi.analysis import changes, region_breaks
from lmi.analysis.breakdown import named
from lmi.analysis.counties import COUNTY
from lmi.analysis.level_measures import pay_of
from lmi.analysis.places import REGION
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, WAGES, Sums
from lmi.codes import GOVERNMENT, PRIVATE
from lmi.measures.certainty import add_flags
from lmi.naics import naics_year

__all__ = ["measure_counties"]

SPAN = ["year0", "year1"]


def measure_counties(span: Span) -> pd.DataFrame:
    """Measure the counties of a state's regions.

    Returns
    -------
    DataFrame
        ``region``, ``area_fips``, what a row is of as `lmi.analysis.breakdown.named` says it,
        places of business, jobs, wages and pay with their ranges, and the change from the base
        year where there is one. A county has no row of what it has no place of business of.
    """
    assert span.now.counties is not None, "the year was computed without detail"
    sums = span.now.counties.of(REGION)
    rows = pay_of(sums).add_to(sums.publishable().table)
    bounds = [f"{name}{end}" for name in (EMPLVL, WAGES) for end in ("_min", "_max")]
    rows = rows.drop(columns=[*bounds, f"{WAGES}_published"])
    grown = span.grown("counties", COUNTY, _breaks(span, sums))
    if grown is not None:
        rows = changes.add_growth(rows, grown, COUNTY).drop(columns="emplvl0")
    is_there = (sums.table["annual_avg_estabs"] > 0) | (sums.table[EMPLVL] > 0)
    first = ["region", "area_fips"]
    return add_flags(named(rows[is_there], span.candidates, naics_year(span.year), first))


def _breaks(span: Span, sums: Sums) -> pd.DataFrame:
    """Return what is not comparable since the base year, by region and what a sum is of."""
    known = sorted(set(sums.table["industry_code"]) - {""})
    pairs = [] if span.base is None else [(span.base, span.year)]
    of_industries = span.broken(
        "industry_code", region_breaks.industry_break_table(known, pairs), known
    )
    parts = [
        span.area_breaks[["region", *SPAN]],
        span.broken_candidates(),
        *(of_industries.assign(own_code=own) for own in (PRIVATE, GOVERNMENT)),
    ]
    found = pd.concat(parts, ignore_index=True).drop_duplicates()
    return found.reindex(columns=["region", *COUNTY[1:], *SPAN]).fillna("")
