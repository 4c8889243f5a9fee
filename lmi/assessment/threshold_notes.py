"""Sentences on where the family-sustaining wage is from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lmi.analysis.thresholds import FILE
from lmi.config import StateConfig
from lmi.words import listing

__all__ = ["threshold_notes"]


def threshold_notes(state: StateConfig, table: pd.DataFrame) -> list[str]:
    """Say for which regions the poverty guideline stands in, and which have no threshold at all.

    Parameters
    ----------
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
