"""Sentences on the family-sustaining wage: where it is from, and how average pay stands to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from lmi.analysis.thresholds import FILE
from lmi.config import StateConfig
from lmi.words import listing

__all__ = ["threshold_notes", "threshold_sentence"]

# An average that is this near to the threshold is said to be about the same.
_SAME = 0.005


def threshold_notes(state: StateConfig, table: pd.DataFrame) -> list[str]:
    """Say for which regions the poverty guideline stands in, and which have no threshold at all.

    Parameters
    ----------
    state : StateConfig
    table : DataFrame
        From `region_thresholds`.

    Returns
    -------
    list of str
        Sentences; none where every region has a threshold that was given.
    """
    has_file = (state.folder / FILE).is_file()
    remedy = (
        f"{FILE} has no row of the household for their counties or the whole state"
        if has_file
        else f"write {FILE} into the state's folder to use a local standard"
    )
    said = []
    stand_ins = table[table["threshold_is_fallback"].astype(bool)]
    for source, rows in stand_ins.groupby("threshold_source", sort=False):
        first = rows.iloc[0]
        said.append(
            f"No family-sustaining wage was given for {_named(state, rows['region'])}: "
            f"${first['threshold_annual_wage']:,.0f} stands in, {source} "
            f"({first['threshold_year']}); {remedy}."
        )
    without = [region.key for region in state.regions if region.key not in set(table["region"])]
    if without:
        said.append(f"There is no family-sustaining wage for {_named(state, without)}; {remedy}.")
    return said


def _named(state: StateConfig, keys: Iterable[str]) -> str:
    keys = set(keys)
    names = [region.name for region in state.regions if region.key in keys]
    return "any region" if len(names) == len(state.regions) else listing(names)


def threshold_sentence(
    name: str,
    avg_annual_pay: float,
    threshold: Mapping[str, Any],
    pay_lo: float = math.nan,
    pay_hi: float = math.nan,
) -> str:
    """Say whether average pay is above or below the family-sustaining wage, and no more.

    Parameters
    ----------
    name : str
        What is paid: a sector, an industry.
    avg_annual_pay : float, USD per year
    threshold : mapping
        A row of `region_thresholds`.
    pay_lo, pay_hi : float, USD per year
        Interval of the average, if it has one.

    Returns
    -------
    str
        One sentence; it claims nothing of how many jobs pay that much, which an average does not
        tell.

    Examples
    --------
    >>> row = {"threshold_annual_wage": 40_000, "threshold_household": "1 adult, 1 child",
    ...        "threshold_year": 2023, "threshold_source": "State budgets",
    ...        "threshold_is_fallback": False}
    >>> print(threshold_sentence("Energy", 50_000, row))
    Average pay in Energy, $50,000, is 25 percent above the $40,000 that sustain 1 adult, 1 child
    (State budgets, 2023); how many of its jobs pay that much, an average does not tell.
    """
    wage = float(threshold["threshold_annual_wage"])
    if threshold["threshold_is_fallback"]:
        against = f"the ${wage:,.0f} that stand in for what sustains"
    else:
        against = f"the ${wage:,.0f} that sustain"
    source = f"{threshold['threshold_source']}, {threshold['threshold_year']}"
    return (
        f"Average pay in {name}, ${avg_annual_pay:,.0f}, is "
        f"{_compared(avg_annual_pay / wage, pay_lo / wage, pay_hi / wage)} {against} "
        f"{threshold['threshold_household']} ({source}); how many of its jobs pay that much, an "
        "average does not tell."
    )


def _compared(ratio: float, lo: float, hi: float) -> str:
    if lo < 1 < hi:
        return "an estimate that may lie above or below"
    if abs(ratio - 1) < _SAME:
        return "about the same as"
    return f"{100 * abs(ratio - 1):.0f} percent {'above' if ratio > 1 else 'below'}"
