"""Which areas make up a region, its reference states and its nation, in a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from lmi import codes
from lmi.codes.county_changes import Source
from lmi.config import Region, StateConfig
from lmi.errors import StoreError

__all__ = ["NATION", "REGION", "STATE", "members_of", "prefixes_of", "required_counties"]

REGION, STATE, NATION = "region", "state", "nation"


def prefixes_of(regions: Iterable[Region]) -> list[str]:
    """Return the first two characters of every area that regions and their references need.

    Examples
    --------
    >>> from lmi.config import Region
    >>> gorge = Region(state="oregon", key="gorge", name="G", counties=["41065", "53059"])
    >>> prefixes_of([gorge])
    ['41', '53', 'US']
    """
    found = {s for r in regions for s in r.state_fips} | {r.nation[:2] for r in regions}
    return sorted(found)


def required_counties(
    counties: Iterable[str], year: int, ever: Collection[str], source: Source = "qcew"
) -> set[str]:
    """Return the counties of a region or a state that must have rows in a year.

    Parameters
    ----------
    counties : iterable of str
        May have the codes of both sides of a change; each is needed in its own years only.
    ever : collection of str
        Areas that the store has in any year: a fictional county's years are known from it alone.
    source : {"qcew", "acs"}
        Whose data.

    Examples
    --------
    >>> required_counties(["09011", "09180"], 2023, ())
    {'09011'}
    """
    return {
        c
        for c in counties
        if codes.in_use(c, year, source) and not (codes.nation_of(c) != codes.NATION and c in ever)
    }


def members_of(
    state: StateConfig,
    present: Collection[str],
    ever: Collection[str],
    year: int,
    rest: bool = False,
    bare: Collection[str] = (),
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the areas of every place, and the regions that cannot be made.

    Parameters
    ----------
    present : collection of str
        Areas whose total is there in the year.
    ever : collection of str
        Areas that have rows in some year.
    rest : bool, optional
        Compare with the rest of the states, every other area of theirs, in place of the whole.
    bare : collection of str, optional
        Areas that have rows in the year, but not their total.

    Returns
    -------
    pandas.DataFrame
        ``place`` (``region``, ``state``, ``nation``), ``region``, ``area_fips``. A reference
        of which an area is absent is left out whole.
    dict of str to str
        Region key to the reason why it is left out.
    """
    rows: list[tuple[str, str, str]] = []
    failed: dict[str, str] = {}
    for region in state.regions:
        absent = sorted(required_counties(region.counties, year, ever) - set(present))
        here = [c for c in region.counties if c in present]
        if absent or not here:
            lacking = absent or list(region.counties)
            names = ", ".join(f"{c} {codes.county_name(c)}" for c in lacking[:3])
            more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
            is_bare = set(lacking) <= set(bare)
            what = f"{year} rows but no total (own_code 0)" if is_bare else f"no {year} rows"
            failed[region.key] = (
                f"The store has {what} for {names}{more}; ingest the by-area files of "
                f"{codes.state_name(lacking[0][:2])} for {year}."
            )
            continue
        rows += [(REGION, region.key, c) for c in here]
        states = _rest_of(region, present) if rest else region.reference_states
        for place, areas in ((STATE, states), (NATION, (region.nation,))):
            if areas and all(a in present for a in areas):
                rows += [(place, region.key, a) for a in areas]
    if not rows:
        raise StoreError(next(iter(failed.values())))
    return pd.DataFrame(rows, columns=["place", "region", "area_fips"]), failed


def _rest_of(region: Region, present: Collection[str]) -> tuple[str, ...]:
    """Counties of a region's states that are not its own, and what no county is known of."""
    parts = (a for a in present if a[:2] in region.state_fips and a not in region.reference_states)
    return tuple(sorted(set(parts) - set(region.counties)))
