"""What has been projected for a state and its regions: by whom, over which years, at which rates.

What cannot be applied to the jobs of a year is set aside, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from lmi import codes, naics
from lmi.analysis.base_year import RECESSIONS
from lmi.analysis.projection_faults import Key, beyond_wholes, usable
from lmi.codes import ALL_OWNERS
from lmi.config import StateConfig
from lmi.missing import Missing
from lmi.reference import read_reference
from lmi.schema.others import COUNTS, PROJECTIONS, STATE_PROJECTIONS
from lmi.schema.outlooks import OUTLOOKS
from lmi.schema.owned import OWN_PROJECTIONS
from lmi.sources.national_matrix import PROJECTED_BY as BY
from lmi.sources.own_file import read_own
from lmi.store import Store
from lmi.words import did_you_mean, listing

__all__ = [
    "Edition", "ProjectedRates", "national_rows", "own_projections", "read_rates",
]  # fmt: skip

REGION, STATE, NATION, _TREND = OUTLOOKS
SHORT_TERM = 3  # years; the agencies' short-term projections are over two


@dataclass(frozen=True, eq=False)
class Edition:
    """What is projected over the same years.

    Parameters
    ----------
    first, last : int
        The year that it starts from, and the one that it reaches.
    rates : mapping
        Later over earlier jobs, and who says so.
    """

    first: int
    last: int
    rates: Mapping[Key, tuple[float, str]]

    @property
    def horizon(self) -> str:
        """Both years."""
        return f"{self.first}-{self.last}"

    @property
    def years(self) -> int:
        """Time between them."""
        return self.last - self.first

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Its place among others: longer than short-term, no recession's base, the newest base."""
        return self.years <= SHORT_TERM, self.first in RECESSIONS, -self.first, -self.last


@dataclass(frozen=True, eq=False)
class ProjectedRates:
    """Every edition by whose it is, the best first, and what is to be said of the others."""

    editions: Mapping[str, tuple[Edition, ...]]
    notes: tuple[str, ...]
    begun: pd.DataFrame
    """What the regions' own begin with, where they count jobs as the data do."""

    def all_jobs(self, kind: str, places: Sequence[str], horizon: str) -> float:
        """Return the ratio of all jobs that is projected for a place; NaN where none is."""
        keys = [(place, ALL_OWNERS, naics.TOTAL) for place in places]
        same = (e.rates for e in self.editions[kind] if e.horizon == horizon)
        return next((rates[key][0] for rates in same for key in keys if key in rates), float("nan"))


def own_projections(state: StateConfig) -> pd.DataFrame:
    """Read the state's folder's own projections, by region.

    Raises
    ------
    ConfigError
        A row is of no region, industry or ownership, or is there twice; names the line.
    """
    path = state.folder / "projections.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(OWN_PROJECTIONS.names))
    found = read_own(path, OWN_PROJECTIONS)
    regions = [r.key for r in state.regions]
    first: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(found.rows.to_dict("records")):
        if row["region"] not in regions:
            hint = did_you_mean(row["region"], regions) or f"; {state.name} has {listing(regions)}"
            raise found.error(at, f"there is no region {row['region']!r}{hint}.")
        if not naics.is_known(row["industry_code"]):
            raise found.error(at, naics.unknown_industry(row["industry_code"]))
        if row["own_code"] not in codes.OWNERSHIPS:
            raise found.error(
                at,
                f"own_code is {row['own_code']!r}; it is one of {', '.join(codes.OWNERSHIPS)}, "
                "0 for all.",
            )
        key = tuple(str(row[name]) for name in OWN_PROJECTIONS.key)
        if key in first:
            raise found.error(
                at, f"the same is projected on line {found.lines[first[key]]}; make it one row."
            )
        first[key] = at
    return found.rows


def _stored(store: Store, name: str, columns: Sequence[str]) -> pd.DataFrame:
    table = store.table(name)
    return pd.DataFrame(columns=list(columns)) if isinstance(table, Missing) else table


def _state_tables(store: Store, state: StateConfig) -> pd.DataFrame:
    """Read what the store has of states' own tables: the state's by its regions, all by area."""
    table = _stored(store, STATE_PROJECTIONS.name, STATE_PROJECTIONS.names)
    is_level = table["counts"] == "jobs"
    source = table["source"].where(is_level, table["source"] + "; " + table["counts"].map(COUNTS))
    return table.assign(place=table["place"].str.removeprefix(f"{state.slug}/"), source=source)


@cache
def national_rows() -> pd.DataFrame:
    """Return the nation's own projection by industry, which comes with the workbench.

    Returns
    -------
    DataFrame
        In the columns of the table of projections, in jobs.
    """
    rows = [
        (codes.NATION, industry, own, int(base), int(projected), float(first), float(last), BY)
        for industry, own, base, projected, first, last in read_reference("national_projections")
    ]
    return pd.DataFrame(rows, columns=list(PROJECTIONS.names))


def read_rates(store: Store, state: StateConfig, year: int) -> ProjectedRates:
    """Read what is projected, in order of preference, for the jobs of a year.

    Within what is the region's own the team's file goes first, then the state's own tables; the
    nation's newest base counts, whether it is in the store or comes with the workbench.
    """
    own = _state_tables(store, state)
    is_region = own["place"].isin([region.key for region in state.regions])
    by_area = _stored(store, PROJECTIONS.name, PROJECTIONS.names)
    is_nation = by_area["area_fips"] == codes.nation_of(state.regions[0].counties[0])
    there = {area for region in state.regions for area in region.reference_states}
    of_state = pd.concat(
        [own[~is_region], by_area[~is_nation].rename(columns={"area_fips": "place"})]
    )
    groups = {
        REGION: [own_projections(state).rename(columns={"region": "place"}), own[is_region]],
        STATE: [of_state[of_state["place"].isin(there)]],
        NATION: [by_area[is_nation].rename(columns={"area_fips": "place"})],
    }
    notes: list[str] = []
    found: dict[str, list[Edition]] = {kind: [] for kind in groups}
    for kind, tables in groups.items():
        set_aside: list[str] = []
        for table in tables:
            kept, of_other_years, odd = usable(table, year)
            set_aside += of_other_years
            notes += odd
            found[kind] += sorted(_editions(kept), key=lambda edition: edition.rank)
            if kind != NATION:  # whose industries that are projected as one have the same numbers
                notes += beyond_wholes(kept[_counts_jobs(kept)])
        if kind != NATION or not found[kind]:  # what comes with the workbench stands for it
            notes += set_aside
    known = national_rows().rename(columns={"area_fips": "place"})
    found[NATION] += _editions(usable(known, year)[0])
    found[NATION].sort(key=lambda edition: edition.rank)
    begun = pd.concat([usable(table, year)[0] for table in groups[REGION]])
    return ProjectedRates(
        {kind: tuple(each) for kind, each in found.items()},
        tuple(notes),
        begun[_counts_jobs(begun)],
    )


def _counts_jobs(table: pd.DataFrame) -> pd.Series:
    """Tell rows of jobs as QCEW counts them; a team's file and the store's have no others."""
    return table.get("counts", pd.Series("jobs", table.index)).fillna("jobs") == "jobs"


def _editions(table: pd.DataFrame) -> Iterator[Edition]:
    """Yield the rows over the same years together."""
    for _, rows in table.groupby(["base_year", "projected_year"]):
        first, last = (int(rows[name].iloc[0]) for name in ("base_year", "projected_year"))
        keys = zip(rows["place"], rows["own_code"], rows["industry_code"], strict=True)
        ratios = rows["projected_emplvl"] / rows["base_emplvl"]
        rates = zip(ratios, rows["source"], strict=True)
        yield Edition(first, last, dict(zip(keys, rates, strict=True)))
