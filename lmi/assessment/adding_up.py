"""A state's regions beside its published total, and in a sentence whether they add up to it."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from lmi import codes, words
from lmi.analysis.places import NATION
from lmi.analysis.state_total import IN_NONE, REGIONS, WHOLE
from lmi.analysis.year_sums import ESTABS
from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.state_tables import StateTables
from lmi.config import StateConfig
from lmi.measures.growth import growth

__all__ = ["adding_up", "in_none", "regions_frame"]

JOBS = "annual_avg_emplvl"
ROUNDED = 0.5  # jobs that an annual average of one area may be off


def in_none(areas: str) -> str:
    """Name what lies in no region.

    Parameters
    ----------
    areas : str
        Codes, joined by blanks.

    Examples
    --------
    >>> in_none("08999"), in_none("39001 39003 39999")
    ('In no region: county unknown', 'In no region: 2 counties and county unknown')
    """
    counties = sum(codes.parse_area(area).kind == "county" for area in areas.split())
    parts = [words.count(counties, "county")] if counties else []
    if counties < len(areas.split()):
        parts.append("county unknown")
    return f"In no region: {words.listing(parts)}"


def adding_up(state: StateConfig, total: pd.DataFrame, year: int) -> list[str]:
    """Say whether the regions and what lies in none of them add up to the state's own total."""
    jobs = total.set_index("kind")[JOBS].to_dict()
    if WHOLE not in jobs:
        return [
            f"The store has no {year} total of {state.name}, so what of it lies in no region is "
            "not known."
        ]
    rest, whole = jobs.get(IN_NONE), jobs[WHOLE]
    lacking = whole - sum(jobs.get(kind, 0.0) for kind in (REGIONS, IN_NONE))
    parts = f"{words.count(jobs[REGIONS], 'job')} in the regions"
    parts += f" and {words.count(rest, 'job')} in no region" if rest is not None else ""
    n_areas = total.loc[total["kind"] != WHOLE, "areas"].str.count(" ").add(1).sum()
    if abs(lacking) <= ROUNDED * n_areas:
        off = (
            "" if abs(lacking) < 1 else f", but for {words.count(abs(lacking), 'job')} of rounding"
        )
        said = f"{parts} are the published total of {state.name}, {words.whole(whole)}{off}."
    else:
        where = "in areas that the store has no rows of" if lacking > 0 else "too many in its areas"
        said = (
            f"The published total of {state.name} is {words.count(whole, 'job')}: {parts}, and "
            f"{words.count(abs(lacking), 'job')} {where}."
        )
    return [said, *_twice(state)]


def _twice(state: StateConfig) -> list[str]:
    """Say why the rows of the regions may add up to more than their areas."""
    counties = Counter(county for region in state.regions for county in region.counties)
    shared = sorted(county for county, n in counties.items() if n > 1)
    beyond = sorted(county for county in counties if county[:2] != state.state_fips)
    said = []
    if shared:
        said.append(f"{words.count(len(shared), 'county')} counted in more than one region")
    if beyond:
        said.append(f"{words.count(len(beyond), 'county')} of other states counted in a region")
    if not said:
        return []
    return [f"The rows of the regions add up to more: {words.listing(said)}, each once here."]


def regions_frame(tables: StateTables, state_name: str) -> pd.DataFrame:
    """Return the regions, what lies in none of them, the state's published total, and the nation.

    Returns
    -------
    DataFrame
        ``kind`` says which of these a row is: "region", "in no region", "state" or "nation", as far
        as they are known.
    """
    kinds = {IN_NONE: IN_NONE, WHOLE: state_name}
    total = tables.total[tables.total["kind"].isin(kinds)]
    total = total.assign(region_name=total["kind"].map(kinds))
    others = pd.concat([total, _nation(tables)], ignore_index=True)
    named = tables.regions.assign(kind="region")
    table = pd.concat(
        [named, others.assign(base_year=tables.meta["base_year"])], ignore_index=True
    ).assign(year=tables.meta["year"])
    if tables.meta.get("staff"):
        table = table.assign(notice=FOR_STAFF)
    first = ["kind", "region", "region_name", "year", "base_year"]
    return table[[*first, *(c for c in table if c not in first)]]


def _nation(tables: StateTables) -> pd.DataFrame:
    """The nation's total of both years, as the store has it; no row where it does not."""
    rows = tables.trend[(tables.trend["place"] == NATION) & (tables.trend["key"] == "total")]
    years = rows.drop_duplicates("year").set_index("year")
    now, base = tables.meta["year"], tables.meta["base_year"]
    if now not in years.index:
        return pd.DataFrame()
    found = years.loc[[now], years.columns.intersection([ESTABS, JOBS, "avg_annual_pay"])]
    if base in years.index:
        jobs0, jobs1 = (years.loc[[year], JOBS].to_numpy(float) for year in (base, now))
        found = found.assign(**growth(jobs0, jobs1, now - base))
    return found.assign(kind=NATION, region_name="The nation").reset_index(drop=True)
