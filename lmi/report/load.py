"""From a region's name to its profile: find the definition, the state's tables and the map."""

from __future__ import annotations

from pathlib import Path

from lmi.assessment.opening import open_region
from lmi.assessment.tables import StateTables
from lmi.report.profile import Profile, open_profile

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
        Folder of the state's tables, as `StateTables.save` writes them; without it
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
    opened = open_region(region)
    computed = StateTables.load(tables) if tables else opened.analyse(year)
    counties = opened.store.boundaries(
        "county", opened.region.state_fips, int(computed.meta["year"])
    )
    return open_profile(
        computed,
        opened.region.key,
        opened.state,
        counties,
        out=out or None,
        definitions=opened.candidates,
        asked=opened.asked,
    )
