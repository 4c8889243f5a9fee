"""What has been projected for a state and its regions: by whom, over which years, at which rates.

What cannot be applied to the jobs of a year is set aside, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from lmi import codes, naics
from lmi.analysis.base_year import RECESSIONS
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

__all__ = ["ALL", "Edition", "ProjectedRates", "national_rows", "read_rates"]

REGION, STATE, NATION, _TREND = OUTLOOKS
ALL = "0"
FAST = 10.0  # percent a year; in 420 industries of the nation none is projected to change by more
BASE_WITHIN = 3  # years between a projection's first year and that of the jobs it is applied to
SHORT_TERM = 3  # years; the agencies' short-term projections are over two
NAMED = 3
Key = tuple[str, str, str]
"""Place, ownership and industry."""


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

    def all_jobs(self, kind: str, places: Sequence[str], horizon: str) -> float:
        """Return the ratio of all jobs that is projected for a place; NaN where none is."""
        keys = [(place, ALL, naics.TOTAL) for place in places]
        same = (e.rates for e in self.editions[kind] if e.horizon == horizon)
        return next((rates[key][0] for rates in same for key in keys if key in rates), float("nan"))


def _own_projections(state: StateConfig) -> pd.DataFrame:
    """Read the state's folder's own projections, by region."""
    path = state.folder / "projections.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(OWN_PROJECTIONS.names))
    found = read_own(path, OWN_PROJECTIONS)
    regions = [r.key for r in state.regions]
    for at, row in enumerate(found.rows.to_dict("records")):
        if row["region"] not in regions:
            hint = did_you_mean(row["region"], regions) or f"; {state.name} has {listing(regions)}"
            raise found.error(at, f"there is no region {row['region']!r}{hint}.")
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
    groups = {
        REGION: [_own_projections(state).rename(columns={"region": "place"}), own[is_region]],
        STATE: [
            pd.concat([own[~is_region], by_area[~is_nation].rename(columns={"area_fips": "place"})])
        ],
        NATION: [by_area[is_nation].rename(columns={"area_fips": "place"})],
    }
    notes: list[str] = []
    found: dict[str, list[Edition]] = {kind: [] for kind in groups}
    for kind, tables in groups.items():
        for table in tables:
            usable, said = _usable(table, year)
            notes += said
            found[kind] += sorted(_editions(usable), key=lambda edition: edition.rank)
    known = national_rows().rename(columns={"area_fips": "place"})
    found[NATION] += _editions(_usable(known, year)[0])
    found[NATION].sort(key=lambda edition: edition.rank)
    return ProjectedRates({kind: tuple(each) for kind, each in found.items()}, tuple(notes))


def _usable(table: pd.DataFrame, year: int) -> tuple[pd.DataFrame, list[str]]:
    """Keep the rows that say something of the jobs of a year, and say why others do not."""
    if table.empty:
        return table, []
    first, last = table["base_year"].astype(int), table["projected_year"].astype(int)
    before, after = table["base_emplvl"].astype(float), table["projected_emplvl"].astype(float)
    is_over, is_far = last <= year, (first - year).abs() > BASE_WITHIN
    is_nothing = ~((before > 0) & (after > 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        a_year = 100 * ((after / before) ** (1 / (last - first)) - 1)
    is_kept = ~(is_over | is_far | is_nothing)
    told = (
        (is_over, f"it ends by {year}, the year of the jobs", "ingest a newer one"),
        (
            is_far & ~is_over,
            f"it begins more than {BASE_WITHIN} years from {year}, the year of the jobs that it "
            "would be applied to",
            "ingest one that begins nearer, or the jobs of its first year",
        ),
    )
    notes = [
        f"Not applied: {_named(table[rows])}; {why}, so {remedy}."
        for rows, why, remedy in told
        if rows.any()
    ]
    if (rows := is_nothing & ~is_over & ~is_far).any():
        notes.append(
            f"Not applied: {_cells_named(table[rows])}, which no jobs before or after are given "
            "for, as where they are withheld; what holds these industries stands for them."
        )
    if (rows := is_kept & (a_year.abs() > FAST)).any():
        notes.append(
            f"Projected to change by more than {FAST:.0f}% a year: {_cells_named(table[rows])}; "
            "see whether both numbers count the same jobs in the same unit."
        )
    return table[is_kept], notes


def _named(rows: pd.DataFrame) -> str:
    """Name projections by source and years."""
    over = (
        rows["base_year"].astype(int).astype(str)
        + "-"
        + rows["projected_year"].astype(int).astype(str)
    )
    return listing(list(dict.fromkeys(rows["source"] + ", " + over)), NAMED)


def _cells_named(rows: pd.DataFrame) -> str:
    """Name the industries of projections, with their places."""
    named = "industry " + rows["industry_code"] + " of " + rows["place"]
    return f"{_named(rows.iloc[:1])}, {listing(list(dict.fromkeys(named)), NAMED)}"


def _editions(table: pd.DataFrame) -> Iterator[Edition]:
    """Yield the rows over the same years together."""
    for _, rows in table.groupby(["base_year", "projected_year"]):
        first, last = (int(rows[name].iloc[0]) for name in ("base_year", "projected_year"))
        keys = zip(rows["place"], rows["own_code"], rows["industry_code"], strict=True)
        ratios = rows["projected_emplvl"] / rows["base_emplvl"]
        rates = zip(ratios, rows["source"], strict=True)
        yield Edition(first, last, dict(zip(keys, rates, strict=True)))
