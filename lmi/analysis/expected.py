"""The growth that is expected of candidates: as it is projected, else by trend, with its error.

A projection is no number that was counted. What it may be off by was earned in a backtest
(`lmi.measures.damped_trend`), is drawn for every candidate, and travels to its rank.
"""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd

from lmi.analysis.measured import KEYS, Evaluated
from lmi.analysis.outlook import GROWTH, RATE, TYPES, no_outlook
from lmi.analysis.places import REGION
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL
from lmi.analysis.trend_outlook import trend_outlook
from lmi.measures.arithmetic import FloatArray
from lmi.measures.certainty import ends
from lmi.measures.damped_trend import projection_sd
from lmi.measures.growth import compound_rate
from lmi.measures.lookup import positions

__all__ = ["Outlook", "expected_growth"]

Outlook = tuple[pd.DataFrame, Evaluated | None]
"""As `lmi.analysis.outlook.projected_growth` has it; no rows, and None, where nothing is known."""

SEED = 20_240_829


def expected_growth(span: Span, projected: Outlook) -> Outlook:
    """Add the trend where nobody projects, and to both what they may be off by.

    Parameters
    ----------
    projected : Outlook
        What is projected, without its error.

    Returns
    -------
    Outlook
        The interval is the 90 % interval of what may come, not of the mix of jobs alone.
    """
    table, _ = projected
    jobs = span.now.candidates.of(REGION)
    # the mix of jobs that may not be told would follow from a projection on it
    parts = [table[~jobs.told(positions(table, jobs.table, KEYS))]]
    trend = trend_outlook(span)
    if trend is not None:
        parts.append(trend[positions(trend, parts[0][KEYS], KEYS) < 0])
    found = pd.concat([part for part in parts if len(part)] or [no_outlook()], ignore_index=True)
    return _with_error(span, found) if len(found) else (found, None)


def _with_error(span: Span, found: pd.DataFrame) -> Outlook:
    jobs = span.now.candidates.of(REGION)
    at = positions(found, jobs.table, KEYS)
    low, high = jobs.published_jobs(at)
    size = np.where(jobs.told(at), (low + high) / 2, jobs.estimates(EMPLVL, at)[:, 0])
    years = _years(found)
    sd = np.nan_to_num(projection_sd(size, years))
    # in whole percent: it is no surer, and what is withheld of the mix does not follow from it
    whole = found[GROWTH].to_numpy(dtype=float).round()
    shocks = _shocks(found, span.now.totals.n_draws)
    growth = 100 * np.expm1(np.log1p(whole / 100)[:, None] + sd[:, None] * shocks)
    rate = compound_rate(100.0, 100 + growth, years[:, None])
    value = {GROWTH: whole, RATE: compound_rate(100.0, 100 + whole, years)}
    interval = {name: ends(value[name], x) for name, x in ((GROWTH, growth), (RATE, rate))}
    columns = {f"{name}{end}": x for name, (lo, hi) in interval.items()
               for end, x in (("", value[name]), ("_lo", lo), ("_hi", hi))}  # fmt: skip
    measured = Evaluated(
        value, {name: lo for name, (lo, _) in interval.items()},
        {name: hi for name, (_, hi) in interval.items()}, {GROWTH: growth, RATE: rate},
    )  # fmt: skip
    return found.assign(**columns)[list(TYPES)].astype(TYPES), measured


def _years(found: pd.DataFrame) -> FloatArray:
    ends_of = found["projection_horizon"].str.split("-", expand=True).astype(float)
    return (ends_of[1] - ends_of[0]).to_numpy()


def _shocks(found: pd.DataFrame, n_draws: int) -> FloatArray:
    """Draw standard normal numbers that hang on nothing but the region's and candidate's keys."""
    return np.stack(
        [
            np.random.default_rng([SEED, zlib.crc32(f"{r}/{c}".encode())]).standard_normal(n_draws)
            for r, c in zip(found["region"], found["candidate"], strict=True)
        ]
    )
