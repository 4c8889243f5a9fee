"""From a region's name to its profile: find the definition, the state's tables and the map."""

from __future__ import annotations

from pathlib import Path

from lmi.analysis.compute import analyse
from lmi.analysis.tables import StateTables
from lmi.config import find_region, load_candidates, load_criteria, load_screens
from lmi.report.profile import Profile, open_profile
from lmi.store import Store
from lmi.store.sample_files import take_in_sample

__all__ = ["load_profile"]


def load_profile(
    region: str, year: int | None = None, tables: str | Path = "", out: str | Path = ""
) -> Profile:
    """Open the profile of a region.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    year : int, optional
        Year of the levels; the newest in the store where not given.
    tables : path-like, optional
        Folder of the state's tables, as `lmi.analysis.StateTables.save` writes them; without it
        they are computed from the store.
    out : path-like, optional
        Folder that figures and tables are saved to; without it nothing is saved.

    Returns
    -------
    Profile

    Raises
    ------
    ConfigError
        There is no such region.
    StoreError
        The folder does not hold the state's tables, or the store lacks the data.
    """
    state, found = find_region(region)
    store = Store()
    if not tables:
        take_in_sample(state, store)
    computed = StateTables.load(tables) if tables else analyse(store, state, year)
    counties = store.boundaries("county", found.state_fips, int(computed.meta["year"]))
    return open_profile(
        computed,
        found.key,
        state,
        counties,
        out=out or None,
        definitions=load_candidates(state),
        criteria=load_criteria(state, region=found.key),
        screens=load_screens(state, region=found.key),
    )
