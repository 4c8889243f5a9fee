"""Measures of one year: pay, shares and quotients of sums, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lmi.analysis.evaluate import Amounts, Formula, Summed, evaluate
from lmi.analysis.measured import Ends, Evaluated
from lmi.analysis.places import NATION, REGION, STATE
from lmi.analysis.shares import Shares
from lmi.analysis.sums import EMPLVL, WAGES, WIDTH, Sums
from lmi.measures.arithmetic import FloatArray, IntArray, ratio
from lmi.measures.employment import employment_share
from lmi.measures.establishments import jobs_per_establishment
from lmi.measures.lookup import look_up, positions
from lmi.measures.lq import location_quotient
from lmi.measures.pay import annual_avg_wkly_wage, avg_annual_pay, pay_ratio
from lmi.measures.rounded_range import rounded_range

__all__ = ["SUFFIX", "is_drawn", "levels", "pay_of"]

# No suffix against the nation, as the agency's own quotients; `_state` against the states.
SUFFIX: Mapping[str, str] = {NATION: "", STATE: "_state"}
PAY, LEAST_PAY = "avg_annual_pay", 2000.0
BY_PAY = ("annual_avg_wkly_wage", "pay_ratio", "pay_to_threshold_ratio")
BY_JOBS = ("emplvl_per_estab", "emplvl_share", *(f"lq{suffix}" for suffix in SUFFIX.values()))


def pay_of(sums: Sums) -> Evaluated:
    """Return the average pay of every sum, a year and a week.

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

    found = evaluate(formula, len(sums.table), sums.drawn_at >= 0)
    told = sums.told(np.arange(len(sums.table)))
    return found.withheld(told, _pay_ends(found, sums)) if told.any() else found


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
        One row a region and key, each measure with ``_lo`` and ``_hi``; of a sum that may not be
        told ranges alone, which follow from rounded ranges of its jobs and its pay.
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
    found = _publishable(found, formula, own, others[SUFFIX[STATE]][:2])
    return found.add_to(own.publishable().table), found


def _publishable(
    found: Evaluated, formula: Formula, own: Sums, state: tuple[Sums, IntArray]
) -> Evaluated:
    """Put ranges in the place of what would tell jobs or pay that may not be told."""
    rows = np.arange(len(own.table))
    part, at_part = state
    told, told_there = own.told(rows), part.told(at_part)

    if not (told | told_there).any():
        return found
    least, most = (formula(_published(own, part, end), rows) for end in (0, 1))
    ends = {name: (least[name][:, 0], most[name][:, 0]) for name in BY_JOBS}
    of_state = f"lq{SUFFIX[STATE]}"
    known_here = found.withheld(told_there & ~told, {of_state: ends[of_state]}, middle=True)
    return known_here.withheld(told, ends | _pay_ends(found, own))


def _published(own: Sums, there: Sums, end: int) -> Amounts:
    """Give the least (0) or the most (1) of jobs that is published, and the most of the other."""

    def amounts(of: Summed, name: str, rows: IntArray) -> FloatArray:
        if name == EMPLVL and of is own:
            return own.published_jobs(rows)[end][:, None]
        if name == EMPLVL and of is there:
            return there.published_jobs(rows)[1 - end][:, None]
        return of.estimates(name, rows)

    return amounts


def _pay_ends(found: Evaluated, sums: Sums) -> dict[str, Ends]:
    """Return a rounded range of pay, and the like range of what is a multiple of it."""
    pay = found.value[PAY]
    width, jobs = (sums.table[name].to_numpy(float) for name in (WIDTH, EMPLVL))
    guessed = pay * ratio(width, jobs)
    ends = rounded_range(found.lo[PAY], found.hi[PAY], guessed, LEAST_PAY)
    per_pay = {name: ratio(found.value[name], pay) for name in BY_PAY if name in found.value}
    return {PAY: ends} | {name: (ends[0] * x, ends[1] * x) for name, x in per_pay.items()}


def is_drawn(sums: Summed, at: IntArray) -> np.ndarray:
    """Tell where a row's amount rests on a withheld cell."""
    return np.append(sums.drawn_at, -1)[at] >= 0
