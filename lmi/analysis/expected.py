"""The growth that is expected of candidates: as it is projected, or by trend, with its error.

A projection is no number that was counted. What it may be off by was earned in a backtest
(`lmi.measures.damped_trend`), is drawn for every candidate, and travels to its rank. The best
source counts; the others stand beside it, as a rate a year, and where they disagree it is told.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from lmi.analysis.measured import KEYS, Evaluated
from lmi.analysis.outlook import GROWTH, no_outlook
from lmi.analysis.places import REGION
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL
from lmi.analysis.trend_outlook import trend_outlook
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.certainty import ends
from lmi.measures.damped_trend import projection_sd
from lmi.measures.disagreement import disagree
from lmi.measures.growth import compound_rate
from lmi.measures.lookup import joined, positions
from lmi.schema.outlooks import OUTLOOKS
from lmi.words.numbers import three_digits

__all__ = ["Outlook", "expected_growth"]

Outlook = tuple[pd.DataFrame, Evaluated | None]
"""One row a candidate, with its measures; no rows, and None, where nothing is known."""

RATE, JOBS = "projected_emplvl_cagr", "projected_emplvl_chg"
ENDS = ("", "_lo", "_hi")
SEED = 20_240_829


def expected_growth(span: Span, projected: pd.DataFrame) -> Outlook:
    """Choose what counts of each candidate's projections and its trend, each with its error.

    Parameters
    ----------
    projected : DataFrame
        As `lmi.analysis.outlook.projected_growth` gives it.

    Returns
    -------
    Outlook
        The columns of the best row of each candidate; ``projected_emplvl_pct_chg`` (percent over
        the horizon), ``projected_emplvl_cagr`` (percent a year) and ``projected_emplvl_chg`` (jobs
        from the year of the jobs to the end of the horizon, to three digits), each with the 90 %
        interval of what may come, not of the mix of jobs alone; the rate a year by every kind of
        source that there is (``projected_emplvl_cagr_by_trend``), and whether it disagrees with
        the one that counts.
    """
    jobs = span.now.candidates.of(REGION)
    # the mix of jobs that may not be told would follow from a projection on it
    parts = [projected[~jobs.told(positions(projected, jobs.table, KEYS))], trend_outlook(span)]
    known = [part for part in parts if part is not None and len(part)]
    if not known:
        return no_outlook(), None
    found = pd.concat(known, ignore_index=True)
    order = found["projection_kind"].map({kind: i for i, kind in enumerate(OUTLOOKS)})
    found = found.assign(order=order).sort_values([*KEYS, "order"], ignore_index=True)
    return _chosen(_drawn(span, found.drop(columns="order")))


@dataclass(frozen=True, eq=False)
class _Drawn:
    """Expectations, one row a candidate and kind, with draws of what may come."""

    rows: pd.DataFrame
    value: dict[str, FloatArray]
    draws: dict[str, FloatArray]

    def at(self, names: list[str], rows: IntArray) -> Evaluated:
        """Return some measures of some rows."""
        value = {name: self.value[name][rows] for name in names}
        draws = {name: self.draws[name][rows] for name in names}
        found = {name: ends(value[name], draws[name]) for name in names}
        lo, hi = ({name: of[i] for name, of in found.items()} for i in (0, 1))
        return Evaluated(value, lo, hi, draws)


def _drawn(span: Span, found: pd.DataFrame) -> _Drawn:
    """Draw what may come of each row: growth over its horizon, a year, and in jobs."""
    jobs = span.now.candidates.of(REGION)
    at = positions(found, jobs.table, KEYS)
    shocks, evenly = _chances(found, span.now.totals.n_draws)
    low, high = (end[:, None] for end in jobs.published_jobs(at))
    told = jobs.told(at)[:, None]
    size = np.where(told, (low + high) / 2, jobs.estimates(EMPLVL, at))
    drawn = np.where(told, low + (high - low) * evenly, jobs.draws(EMPLVL, at))
    horizon = found["projection_horizon"].str.split("-", expand=True).to_numpy(dtype=float)
    first, last = horizon[:, :1], horizon[:, 1:]
    years, left = last - first, last - span.year
    # in whole percent: it is no surer, and what is withheld of the mix does not follow from it
    whole = found[GROWTH].to_numpy(dtype=float).round()[:, None]
    log = np.log1p(whole / 100)
    growth = 100 * np.expm1(log + _sd(size, years) * shocks)
    from_now = log * left / years
    draws = {
        GROWTH: growth,
        RATE: compound_rate(100.0, 100 + growth, years),
        JOBS: drawn * np.expm1(from_now + _sd(size, left) * shocks),
    }
    rate = compound_rate(100.0, 100 + whole, years)
    value = {GROWTH: whole, RATE: rate, JOBS: size * np.expm1(from_now)}
    return _Drawn(found, {name: x[:, 0] for name, x in value.items()}, draws)


def _sd(size: FloatArray, years: FloatArray) -> FloatArray:
    return np.nan_to_num(projection_sd(size, years))


def _chances(found: pd.DataFrame, n_draws: int) -> tuple[FloatArray, FloatArray]:
    """Spread normal and even chances, in an order that hangs on nothing but the keys.

    Drawn freely, a few hundred would put the ends of a 90 % interval where 80 or 95 % end.
    """
    even = (np.arange(n_draws) + 0.5) / n_draws
    normal = np.array([NormalDist().inv_cdf(chance) for chance in even])
    keys = [f"{r}/{c}" for r, c in zip(found["region"], found["candidate"], strict=True)]
    drawn = {}
    for key in dict.fromkeys(keys):
        generator = np.random.default_rng([SEED, zlib.crc32(key.encode())])
        drawn[key] = generator.permutation(normal), generator.permutation(even)
    shocks, evenly = (np.stack(each) for each in zip(*(drawn[key] for key in keys), strict=True))
    return shocks, evenly


def _chosen(drawn: _Drawn) -> Outlook:
    """Return the best row of each candidate with the others beside it."""
    rows = drawn.rows
    best = np.flatnonzero(~rows.duplicated(KEYS).to_numpy())
    measured = drawn.at([GROWTH, RATE, JOBS], best)
    table = measured.add_to(rows.iloc[best].reset_index(drop=True))
    for end in ENDS:
        table[f"{JOBS}{end}"] = [_to_three_digits(x) for x in table[f"{JOBS}{end}"]]
    apart = np.zeros(len(table), dtype=bool)
    for kind in OUTLOOKS:
        at = np.flatnonzero((rows["projection_kind"] == kind).to_numpy())
        of_kind = drawn.at([RATE], at).add_to(rows.iloc[at].reset_index(drop=True))
        names = [f"{RATE}{end}" for end in ENDS] + ["projection_source", "projection_horizon"]
        of_kind = of_kind[[*KEYS, *names]].rename(columns={n: _by(n, kind) for n in names})
        table = joined(table, of_kind, KEYS)
        differs = disagree(table[RATE], table[_by(RATE, kind)])
        table[f"projection_disagrees_by_{kind}"] = differs
        apart |= differs
    return table.assign(projections_disagree=apart), measured


def _by(column: str, kind: str) -> str:
    """Name a column of one kind of source, before the end of an interval."""
    plain = column.removesuffix("_lo").removesuffix("_hi")
    return f"{plain}_by_{kind}{column[len(plain) :]}"


def _to_three_digits(jobs: float) -> float:
    return three_digits(round(jobs)) + 0.0 if np.isfinite(jobs) else np.nan
