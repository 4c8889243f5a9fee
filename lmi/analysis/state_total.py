"""A state as a whole: its published total, its regions together, and what lies in none of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, WAGES
from lmi.analysis.year_sums import ESTABS, Year
from lmi.measures.growth import growth
from lmi.measures.pay import avg_annual_pay

__all__ = ["IN_NONE", "REGIONS", "WHOLE", "state_total"]

REGIONS, IN_NONE, WHOLE = "in regions", "in no region", "state"
SUMMED = [ESTABS, EMPLVL, WAGES]


def state_total(span: Span) -> pd.DataFrame:
    """Add up a state's areas, each once.

    Returns
    -------
    DataFrame
        A row for the areas of the state that lie in its regions (``kind`` is `REGIONS`), for
        those in none of them (`IN_NONE`: other counties, and jobs whose county is unknown) and
        for the state as the agency publishes it (`WHOLE`), as far as the store has them;
        ``areas`` (codes, joined by blanks), ``annual_avg_estabs``, ``annual_avg_emplvl``,
        ``total_annual_wages``, ``avg_annual_pay`` and the change from the base year, missing
        where the areas are not the same in both years.
    """
    now = _sums(span, span.now)
    if span.base is None:
        before = pd.DataFrame(columns=now.columns)
    else:
        before = _sums(span, span.years[span.base])
    earlier = now[["kind", "areas"]].merge(before, on=["kind", "areas"], how="left")
    jobs0, jobs1 = (table[EMPLVL].to_numpy(float) for table in (earlier, now))
    years = np.nan if span.base is None else span.year - span.base
    return now.assign(
        avg_annual_pay=avg_annual_pay(now[WAGES], now[EMPLVL]), **growth(jobs0, jobs1, years)
    )


def _sums(span: Span, year: Year) -> pd.DataFrame:
    # of all that are defined: what cannot be measured lies in its region all the same
    inside = {area for region in span.state.regions for area in region.counties}
    whole = codes.statewide(span.state.state_fips)
    kinds = {whole: WHOLE, **dict.fromkeys(inside, REGIONS)}
    rows = year.areas.assign(kind=year.areas["area_fips"].map(kinds).fillna(IN_NONE))
    grouped = rows.sort_values("area_fips").groupby("kind")
    sums = grouped[SUMMED].sum(min_count=1)
    found = sums.assign(areas=grouped["area_fips"].agg(" ".join))
    order = [kind for kind in (REGIONS, IN_NONE, WHOLE) if kind in found.index]
    return found.loc[order].rename_axis("kind").reset_index()[["kind", "areas", *SUMMED]]
