"""The pay that sustains a family in a region, from the thresholds that the store was given."""

from __future__ import annotations

import pandas as pd

from lmi.config import StateConfig
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["region_thresholds"]


def region_thresholds(store: Store, state: StateConfig, year: int) -> pd.DataFrame | Missing:
    """Return each region's threshold: the highest of its counties, in the year nearest.

    Parameters
    ----------
    store : Store
    state : StateConfig
    year : int
        Year of the pay that it is compared with.

    Returns
    -------
    DataFrame or Missing
        ``region``, ``annual_wage`` (USD per year), ``household``, ``threshold_year``,
        ``threshold_source``. A region without a threshold for any county has no row.

    Notes
    -----
    The highest of the counties is taken, so that pay above it sustains the household in each of
    them. Where several households are given, the first in alphabetical order is used for all.
    """
    table = store.table("thresholds")
    if isinstance(table, Missing):
        return table
    household = sorted(table["household"].unique())[0]
    same = table[table["household"] == household]
    rows = []
    for region in state.regions:
        own = same[same["area_fips"].isin([*region.counties, *region.reference_states])]
        own = own[own["area_fips"].isin(region.counties)] if own["area_fips"].isin(
            region.counties
        ).any() else own  # fmt: skip
        if own.empty:
            continue
        nearest = min(own["year"].unique(), key=lambda y: (abs(int(y) - year), int(y)))
        best = own[own["year"] == nearest].sort_values("annual_wage").iloc[-1]
        rows.append((region.key, best["annual_wage"], household, int(nearest), best["source"]))
    columns = ["region", "annual_wage", "household", "threshold_year", "threshold_source"]
    return pd.DataFrame(rows, columns=columns)
