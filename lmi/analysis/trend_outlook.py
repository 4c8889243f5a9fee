"""What a candidate's past lets expect where nobody projects it: a damped trend, with its draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.level_measures import is_drawn
from lmi.analysis.measured import KEYS
from lmi.analysis.outlook import GROWTH, RATE, TYPES
from lmi.analysis.places import REGION, STATE
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, IntArray
from lmi.measures.arithmetic import FloatArray, ratio
from lmi.measures.damped_trend import damped_growth
from lmi.measures.growth import compound_rate
from lmi.measures.lookup import positions

__all__ = ["AHEAD", "trend_outlook"]

AHEAD = 10
"""Years that a trend looks ahead, as the agencies' projections do."""
SOURCE = "damped trend of jobs here and in the state since {base}"


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
    # what may not be told of a region's own past, or its states', is no part of the trend
    told_own, told_beside = (
        sums0.told(at0) | sums1.told(at1)
        for (sums0, sums1), (at0, at1) in ((own, at[:2]), (beside, at[2:]))
    )

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        first, last, first_there, last_there = (
            amounts(sums, EMPLVL, where[rows])
            for sums, where in zip((*own, *beside), at, strict=True)
        )
        here, there = _a_year(first, last, years), _a_year(first_there, last_there, years)
        here = np.where(told_own[rows, None], np.nan, here)
        there = np.where(told_beside[rows, None], np.nan, there)
        expected = damped_growth(here, there, years, AHEAD)
        change = 100 * np.expm1(expected)
        return {GROWTH: change, RATE: compound_rate(100.0, 100 + change, AHEAD)}

    uncertain = np.logical_or.reduce(
        [is_drawn(sums, where) for sums, where in zip((*own, *beside), at, strict=True)]
    )
    measured = evaluate(formula, len(found), uncertain)
    table = measured.add_to(found).assign(
        **{f"{GROWTH}_region": np.nan},
        projection_source=SOURCE.format(base=span.base),
        projection_horizon=f"{span.year}-{span.year + AHEAD}",
    )
    known = table[GROWTH].notna()
    return table.loc[known, list(TYPES)].astype(TYPES).reset_index(drop=True)


def _a_year(first: Any, last: Any, years: int) -> FloatArray:
    """Return growth in log points a year; missing where there was nothing to grow from or to."""
    with np.errstate(divide="ignore"):
        moved = np.log(ratio(last, first))
    return np.where(np.isfinite(moved), moved, np.nan) / years
