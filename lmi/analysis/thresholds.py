"""The pay that sustains a family in a region: the state's own, the store's, or a public stand-in.

The stand-in is a multiple of the federal poverty guideline. It is the same in most of the nation
and knows no rents, so a threshold of the state's own goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi import codes
from lmi.config import Region, StateConfig, Wages, load_wages
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.reference.poverty import Guideline, poverty_guideline
from lmi.schema.owned import OWN_THRESHOLDS
from lmi.sources.own_file import OwnRows, read_own
from lmi.store import Store
from lmi.words import did_you_mean, listing

__all__ = [
    "FILE",
    "no_thresholds",
    "own_thresholds",
    "region_thresholds",
]

FILE = "thresholds.csv"
TYPES = {
    "region": "str",
    "threshold_annual_wage": "float",
    "threshold_household": "str",
    "threshold_year": "Int64",
    "threshold_source": "str",
    "threshold_is_fallback": "bool",
}
Row = tuple[str, float, str, int, str, bool]

_PLACES = ["area_fips", "region"]
_COLUMNS = [*_PLACES, "household", "year", "annual_wage", "source"]
_PERSONS = {1: "1 adult", 3: "1 adult, 2 children"}


def region_thresholds(
    store: Store, state: StateConfig, year: int, regions: Sequence[Region] | None = None
) -> pd.DataFrame | Missing:
    """Return each region's threshold, in the year nearest to the pay's.

    Parameters
    ----------
    year : int
        Year of the pay that it is compared with.
    regions : sequence of Region, optional
        Which to return, such as one whose footprint was changed; all of the state's unless told.

    Returns
    -------
    DataFrame or Missing
        ``region``, ``threshold_annual_wage`` (USD per year), ``threshold_household``,
        ``threshold_year``, ``threshold_source``, ``threshold_is_fallback`` (whether the poverty
        guideline stands in). A region without a threshold has no row.

    Raises
    ------
    ConfigError
        ``thresholds.csv`` or ``wages.yml`` of the state cannot be used.

    Notes
    -----
    Order: the state's own ``thresholds.csv``, the store's thresholds, the guideline. In each, the
    region's own row goes before those of its counties, and these before the whole state's. Of
    several counties the highest is taken, so that pay above it sustains the household in each of
    them. The household is the one that the state's ``wages.yml`` names; without that, the one
    with the lowest threshold, which no one can call too high.

    The stand-in is the guideline for the persons that ``wages.yml`` states, times its multiple:
    3 persons (1 adult, 2 children) and 2 unless told. Twice the guideline is the line below which
    the Working Poor Families Project calls a working family low-income.
    """
    wages = load_wages(state)
    own = own_thresholds(state)
    wanted = state.regions if regions is None else regions
    stored = _stored(store, [*state.regions, *wanted])
    tables = [pd.DataFrame(columns=_COLUMNS) if own is None else own.rows, stored]
    chosen = _of_household(tables, wages, state)
    rows = []
    for region in wanted:
        found = next((t for table in chosen if len(t := _best(table, region))), None)
        row = _given(region, found, year) if found is not None else _stand_in(region, wages, year)
        rows += [row] if row is not None else []
    if not rows:
        return Missing(
            f"family-sustaining threshold for {state.name}",
            f"neither {FILE} in the state's folder nor the store has one",
            f"write {FILE} as regions/README.md shows",
        )
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def no_thresholds() -> pd.DataFrame:
    """Return the table of thresholds without a row.

    Examples
    --------
    >>> len(no_thresholds())
    0
    """
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})


def own_thresholds(state: StateConfig) -> OwnRows | None:
    """Read and check a state's ``thresholds.csv``.

    Raises
    ------
    ConfigError
        A row is of a county or a region that the state does not have, or names none or both.
    """
    file = state.folder / FILE
    if not file.is_file():
        return None
    found = read_own(file, OWN_THRESHOLDS)
    regions = [region.key for region in state.regions]
    areas = [*codes.counties_of(state.state_fips)]
    areas += [a for r in state.regions for a in (*r.counties, *r.reference_states)]
    pairs = found.rows[_PLACES].itertuples(index=False)
    for row, (area, region) in enumerate(pairs):
        if bool(area) == bool(region):
            which = "both area_fips and region" if area else "neither area_fips nor region"
            raise found.error(row, f"the row has {which}; write one of the two.")
        if area and area not in areas:
            hint = did_you_mean(area, areas) or (
                f"; write the code of a county of its regions, or {state.state_fips}000 for the "
                "whole state"
            )
            raise found.error(row, f"the area {area!r} is not in {state.name}{hint}.")
        if region and region not in regions:
            hint = did_you_mean(region, regions) or f"; {state.name} has {listing(regions)}"
            raise found.error(row, f"there is no region {region!r}{hint}.")
    return found


def _stored(store: Store, regions: Sequence[Region]) -> pd.DataFrame:
    """Return the store's thresholds that can serve regions."""
    table = store.table("thresholds")
    if isinstance(table, Missing):
        return pd.DataFrame(columns=_COLUMNS)
    places = {a for r in regions for a in (*r.counties, *r.reference_states)}
    return table[table["area_fips"].isin(places)].assign(region="")


def _of_household(
    tables: list[pd.DataFrame], wages: Wages, state: StateConfig
) -> list[pd.DataFrame]:
    """Keep the rows of the household that counts, in each table."""
    if wages.household is None:
        return [table[table["household"] == _lowest(table)] for table in tables]
    known = sorted({household for table in tables for household in table["household"]})
    if known and wages.household not in known:
        raise ConfigError(
            f"household is {wages.household!r}; the thresholds of {state.name} are for "
            f"{listing(map(repr, known))}, so name one of them.",
            file=state.folder / "wages.yml",
        )
    return [table[table["household"] == wages.household] for table in tables]


def _lowest(table: pd.DataFrame) -> str:
    if table.empty:
        return ""
    return str(table.groupby("household")["annual_wage"].median().idxmin())


def _best(table: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Return the rows of the region itself, else of its counties, else of its states."""
    if len(own := table[table["region"] == region.key]):
        return own
    for places in (region.counties, region.reference_states):
        if len(own := table[table["area_fips"].isin(places)]):
            return own
    return table.iloc[:0]


def _given(region: Region, rows: pd.DataFrame, year: int) -> Row:
    nearest = min((int(y) for y in rows["year"].unique()), key=lambda y: (abs(y - year), y))
    best = rows[rows["year"] == nearest].sort_values("annual_wage").iloc[-1]
    return region.key, best["annual_wage"], best["household"], nearest, best["source"], False


def _stand_in(region: Region, wages: Wages, year: int) -> Row | None:
    found = (poverty_guideline(year, wages.persons, state) for state in region.state_fips)
    guidelines = [one for one in found if isinstance(one, Guideline)]
    if not guidelines:
        return None
    highest = max(guidelines, key=lambda one: one.annual_income)
    household = _PERSONS.get(wages.persons, f"a household of {wages.persons}")
    source = (
        f"{100 * wages.multiple:g} percent of the federal poverty guideline for {wages.persons} "
        f"{'person' if wages.persons == 1 else 'persons'}, {highest.area}, HHS, {highest.source}"
    )
    wage = wages.multiple * highest.annual_income
    return region.key, wage, household, highest.year, source, True
