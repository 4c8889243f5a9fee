"""Measures of one year: pay, shares and quotients of sums, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lmi.analysis.evaluate import Amounts, Summed, evaluate
from lmi.analysis.measured import Evaluated
from lmi.analysis.places import NATION, REGION, STATE
from lmi.analysis.shares import Shares
from lmi.analysis.sums import EMPLVL, WAGES, IntArray, Sums
from lmi.measures.arithmetic import FloatArray
from lmi.measures.employment import employment_share
from lmi.measures.establishments import jobs_per_establishment
from lmi.measures.lookup import look_up, positions
from lmi.measures.lq import location_quotient
from lmi.measures.pay import annual_avg_wkly_wage, avg_annual_pay, pay_ratio

__all__ = ["SUFFIX", "is_drawn", "levels", "pay_of"]

# No suffix against the nation, as the agency's own quotients; `_state` against the states.
SUFFIX: Mapping[str, str] = {NATION: "", STATE: "_state"}


def pay_of(sums: Sums, keep: bool = False) -> Evaluated:
    """Return the average pay of every sum, a year and a week.

    Parameters
    ----------
    keep : bool, optional
        Keep the draws.

    Returns
    -------
    Evaluated
        ``avg_annual_pay`` and ``annual_avg_wkly_wage``, USD per job.
    """

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        jobs, wages = (amounts(sums, name, rows) for name in (EMPLVL, WAGES))
        return {
            "avg_annual_pay": avg_annual_pay(wages, jobs),
            "annual_avg_wkly_wage": annual_avg_wkly_wage(wages, jobs),
        }

    return evaluate(formula, len(sums.table), sums.drawn_at >= 0, keep)


def levels(
    sums: Sums,
    totals: Sums,
    thresholds: pd.DataFrame,
    keys: Sequence[str],
    quoted: Shares | None = None,
    keep: bool = False,
) -> tuple[pd.DataFrame, Evaluated]:
    """Add shares, pay and quotients to the sums of a year.

    Parameters
    ----------
    sums : Sums
        By ``place``, ``region`` and `keys`.
    totals : Sums
        By ``place`` and ``region``.
    thresholds : DataFrame
        ``region`` and ``threshold_annual_wage`` (USD per year), the pay that sustains a household.
    keys : sequence of str
        What a row is of, beside its region.
    quoted : Shares, optional
        By `keys`, what stands in for sums of the nation.
    keep : bool, optional
        Keep the draws of the measures.

    Returns
    -------
    DataFrame
        One row a region and key, each measure with ``_lo`` and ``_hi``.
    Evaluated
        The measures that were added.
    """
    all_keys = ["region", *keys]
    own, all_jobs = sums.of(REGION), totals.of(REGION)
    at_total = positions(own.table, all_jobs.table, all_keys)
    threshold = look_up(own.table, thresholds, "threshold_annual_wage", all_keys)
    estabs = own.table["annual_avg_estabs"].to_numpy(dtype=np.float64)
    others = {
        suffix: (part := sums.of(place), positions(own.table, part.table, all_keys),
                 whole := totals.of(place), positions(own.table, whole.table, all_keys))
        for place, suffix in SUFFIX.items()
    }  # fmt: skip
    shares = [] if quoted is None else [(quoted, positions(own.table, quoted.table, all_keys))]

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        jobs, wages = (amounts(own, name, rows) for name in (EMPLVL, WAGES))
        total, total_wages = (amounts(all_jobs, name, at_total[rows]) for name in (EMPLVL, WAGES))
        pay = avg_annual_pay(wages, jobs)
        found = {
            "avg_annual_pay": pay,
            "annual_avg_wkly_wage": annual_avg_wkly_wage(wages, jobs),
            "emplvl_per_estab": jobs_per_establishment(jobs, estabs[rows, None]),
            "emplvl_share": employment_share(jobs, total),
            "pay_ratio": pay_ratio(pay, avg_annual_pay(total_wages, total)),
            "pay_to_threshold_ratio": pay_ratio(pay, threshold[rows, None]),
        }
        for suffix, (part, at_part, whole, at_whole) in others.items():
            found[f"lq{suffix}"] = location_quotient(
                jobs, total, amounts(part, EMPLVL, at_part[rows]),
                amounts(whole, EMPLVL, at_whole[rows]),
            )  # fmt: skip
        for nation, at_share in shares:
            share = amounts(nation, EMPLVL, at_share[rows])
            by_share = location_quotient(jobs, total, share, 1.0)
            # nobody here is a quotient of 0, also where the nation may have next to nobody
            by_share = np.where((jobs == 0) & (share == 0), 0.0, by_share)
            found["lq"] = np.where(np.isnan(share), found["lq"], by_share)
        return found

    parts: list[tuple[Summed, IntArray]] = [(own, np.arange(len(own.table))), (all_jobs, at_total)]
    parts += shares
    parts += [pair for part, at, whole, at_whole in others.values()
              for pair in ((part, at), (whole, at_whole))]  # fmt: skip
    is_uncertain = np.logical_or.reduce([is_drawn(part, at) for part, at in parts])
    found = evaluate(formula, len(own.table), is_uncertain, keep)
    return found.add_to(own.table), found


def is_drawn(sums: Summed, at: IntArray) -> np.ndarray:
    """Tell where a row's amount rests on a withheld cell."""
    return np.append(sums.drawn_at, -1)[at] >= 0
