"""What a candidate's past lets expect: a damped trend."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lmi.analysis.measured import KEYS
from lmi.analysis.outlook import GROWTH, TYPES
from lmi.analysis.places import NATION, REGION, STATE
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, Sums
from lmi.measures.arithmetic import FloatArray, IntArray, ratio
from lmi.measures.damped_trend import damped_growth
from lmi.measures.lookup import look_up, positions

__all__ = ["AHEAD", "trend_outlook"]

AHEAD = 10
"""Years that a trend looks ahead, as the agencies' projections do."""
NARROW = 0.005  # of jobs; a wider range would make growth of what is not known
SOURCE = "damped trend of jobs here and in the state since {base}"
FELL = ", of which a quarter counts, for all jobs fell together"


def trend_outlook(span: Span) -> pd.DataFrame | None:
    """Return each candidate's growth as its past lets expect it.

    Returns
    -------
    DataFrame or None
        The table of `lmi.analysis.outlook.projected_growth`; no row of a candidate that cannot be
        compared over the years. None where the store has one year alone.
    """
    if span.base is None:
        return None
    own = [span.years[y].candidates.of(REGION) for y in (span.base, span.year)]
    beside = [span.years[y].candidates.of(STATE) for y in (span.base, span.year)]
    broken = span.broken_candidates()
    broken = broken[(broken["year0"] == span.base) & (broken["year1"] == span.year)]
    found = own[1].table[KEYS]
    found = found[positions(found, broken[KEYS].drop_duplicates(), KEYS) < 0]
    found = found.reset_index(drop=True)
    at = [positions(found, sums.table, KEYS) for sums in (*own, *beside)]
    years = span.year - span.base
    first, last, first_there, last_there = (
        _jobs(sums, where) for sums, where in zip((*own, *beside), at, strict=True)
    )
    here = _a_year(first, last, years)
    there = _a_year(first_there, last_there, years)
    together = _of_all_jobs(span, span.base, found)
    expected = damped_growth(here, there, years, AHEAD, together)
    source = SOURCE.format(base=span.base)
    table = found.assign(
        projection_kind="trend",
        projection_source=np.where(together < 0, f"{source}{FELL}", source),
        projection_horizon=f"{span.year}-{span.year + AHEAD}",
        projection_lacks="",
    )
    table[GROWTH], table[f"{GROWTH}_region"] = 100 * np.expm1(expected), np.nan
    known = table[GROWTH].notna()
    return table.loc[known, list(TYPES)].astype(TYPES).reset_index(drop=True)


def _jobs(sums: Sums, rows: IntArray) -> FloatArray:
    """Return jobs: of what is told as a range its middle, missing where that is wide."""
    low, high = sums.published_jobs(rows)
    middle = (low + high) / 2
    as_told = np.where(high - low <= NARROW * middle, middle, np.nan)
    return np.where(sums.told(rows), as_told, sums.estimates(EMPLVL, rows)[:, 0])


def _of_all_jobs(span: Span, base: int, rows: pd.DataFrame) -> FloatArray:
    """Return the growth a year of all jobs in the nation, or else in the region's states."""
    ends = [span.years[y].totals for y in (base, span.year)]
    place = NATION if all(NATION in set(sums.table["place"]) for sums in ends) else STATE
    first, last = (look_up(rows, sums.of(place).table, EMPLVL, ["region"]) for sums in ends)
    return np.nan_to_num(_a_year(first, last, span.year - base))


def _a_year(first: Any, last: Any, years: int) -> FloatArray:
    """Return growth in log points a year; missing where there was nothing to grow from or to."""
    with np.errstate(divide="ignore"):
        moved = np.log(ratio(last, first))
    return np.where(np.isfinite(moved), moved, np.nan) / years
