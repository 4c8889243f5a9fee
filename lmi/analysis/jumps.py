"""Industries whose places of business jump while what is published above them stands still.

A number of places that doubles, or halves, where the jobs are withheld is often one employer that
began or ceased to report by worksite. Estimates lean on places of business: here a person looks.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi import codes, naics
from lmi.analysis import region_breaks
from lmi.analysis.places import REGION
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, SHARES
from lmi.analysis.year_sums import ESTABS
from lmi.codes import whole_columns
from lmi.measures.arithmetic import ratio

__all__ = ["COLUMNS", "find_jumps"]

TIMES, FEWEST = 2.0, 5.0
"""A jump is to so many times the places of business, or that part, and by so many at the least."""
STILL = 5.0
"""Percent that the published jobs above may move at the most."""
UNCLASSIFIED = "99"
LEVELS = ("3-digit", "4-digit")
BY = ["region", "own_code", "industry_code"]
FIRST, LAST = f"{ESTABS}0", f"{ESTABS}1"
WITHIN, MOVED = "within", "within_emplvl_pct_chg"
COLUMNS = [*BY, "industry_title", "year0", "year1", FIRST, LAST, WITHIN, MOVED]


def find_jumps(span: Span) -> pd.DataFrame:
    """Find the jumps from the base year to the year of levels.

    Returns
    -------
    DataFrame
        `COLUMNS`: by region, owner and industry of 3 or 4 digits whose jobs are estimated in either
        year, the places of business in both; ``within``, the nearest industry above that is
        published in both, and the change of its jobs in percent. No rows without a base year.
    """
    if span.base is None:
        return pd.DataFrame(columns=COLUMNS)
    both = _of(span, span.base).merge(_of(span, span.year), on=BY, suffixes=("0", "1"))
    estimated = (both[f"{SHARES[0]}0"] > 0) | (both[f"{SHARES[0]}1"] > 0)
    change = ratio(100 * (both[f"{EMPLVL}1"] - both[f"{EMPLVL}0"]), both[f"{EMPLVL}0"])
    published = both[BY].assign(**{MOVED: change})[~estimated]
    moved = {tuple(key): pct for *key, pct in published.itertuples(index=False)}
    times = ratio(both[LAST], both[FIRST])
    is_jump = (times >= TIMES) | (times <= 1 / TIMES)
    is_jump &= (both[LAST] - both[FIRST]).abs() >= FEWEST
    is_jump &= ~both["industry_code"].str.startswith(UNCLASSIFIED)
    is_jump &= whole_columns.industry_levels(both["industry_code"]).isin(LEVELS).to_numpy()
    found = both[is_jump & estimated & ~_is_broken(both, span)]
    above = [_above(moved, *key) for key in found[BY].itertuples(index=False)]
    rows = found.assign(
        industry_title=whole_columns.titles(found["industry_code"], naics.naics_year(span.year)),
        year0=span.base,
        year1=span.year,
    )
    rows[WITHIN] = [code for code, _ in above]
    rows[MOVED] = [pct for _, pct in above]
    still = rows[MOVED].abs() <= STILL
    return rows.loc[still, COLUMNS].sort_values(BY, ignore_index=True)


def _of(span: Span, year: int) -> pd.DataFrame:
    industries = span.years[year].industries
    assert industries is not None, "the year was computed without detail"
    table = industries.of(REGION).table
    return table.loc[table["own_code"].isin(codes.OWN_CODES), [*BY, ESTABS, EMPLVL, SHARES[0]]]


def _is_broken(rows: pd.DataFrame, span: Span) -> pd.Series:
    """Tell the industries that were defined anew, and the regions."""
    assert span.base is not None, "there is no base year"
    known = sorted(rows["industry_code"].unique())
    table = region_breaks.industry_break_table(known, [(span.base, span.year)])
    moved = span.area_breaks.loc[span.area_breaks["year0"] == span.base, "region"]
    return rows["industry_code"].isin(table["industry_code"]) | rows["region"].isin(moved)


def _above(
    moved: dict[tuple[str, ...], float], region: str, own: str, code: str
) -> tuple[str, float]:
    """Return the nearest industry above that is published in both years, and how it moved."""
    for above in naics.ancestors(code):
        if (region, own, above) in moved:
            return above, moved[region, own, above]
    return "", np.nan
