"""The pay that sustains a family in a region, from the thresholds that the store was given."""

from __future__ import annotations

import pandas as pd

from lmi.config import StateConfig, load_wages
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["no_thresholds", "region_thresholds"]

TYPES = {
    "region": "str",
    "threshold_annual_wage": "float",
    "threshold_household": "str",
    "threshold_year": "Int64",
    "threshold_source": "str",
}


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
        ``region``, ``threshold_annual_wage`` (USD per year), ``threshold_household``,
        ``threshold_year``, ``threshold_source``. A region without a threshold has no row.

    Notes
    -----
    The highest of the counties is taken, so that pay above it sustains the household in each of
    them. The household is the one that the state's ``wages.yml`` names; without that file, the
    one with the lowest threshold, which no one can call too high.
    """
    table = store.table("thresholds")
    if isinstance(table, Missing):
        return table
    household = _household(table, state)
    same = table[table["household"] == household]
    rows = []
    for region in state.regions:
        places = (region.counties, region.reference_states)
        own = next((t for p in places if len(t := same[same["area_fips"].isin(p)])), None)
        if own is None:
            continue
        nearest = min(own["year"].unique(), key=lambda y: (abs(int(y) - year), int(y)))
        best = own[own["year"] == nearest].sort_values("annual_wage").iloc[-1]
        rows.append((region.key, best["annual_wage"], household, int(nearest), best["source"]))
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def no_thresholds() -> pd.DataFrame:
    """Return the table of thresholds without a row.

    Examples
    --------
    >>> len(no_thresholds())
    0
    """
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})


def _household(table: pd.DataFrame, state: StateConfig) -> str:
    wages = load_wages(state)
    known = sorted(table["household"].unique())
    if wages is None:
        return str(table.groupby("household")["annual_wage"].median().idxmin())
    if wages.household not in known:
        raise ConfigError(
            f"household is {wages.household!r}; the thresholds table has "
            f"{', '.join(map(repr, known))}, so name one of them",
            file=state.folder / "wages.yml",
        )
    return wages.household
