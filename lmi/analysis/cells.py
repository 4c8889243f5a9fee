"""Every cell of the years asked for, estimated where withheld, and its sums by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.limits import emplvl_limiter
from lmi.analysis.places import REGION, members_of, prefixes_of
from lmi.analysis.sums import PLACE, Cells, Limiter, Sums, join, sum_by_place
from lmi.analysis.years import LEVELS, OVER_THE_YEAR, annual_rows, known_years
from lmi.config import Candidate, StateConfig, candidate_cells
from lmi.errors import StoreError
from lmi.measures.tables import positions
from lmi.naics import naics_year
from lmi.store import Store
from lmi.suppression import Estimated
from lmi.suppression.years import estimate_year

__all__ = ["ALL", "PRIVATE", "Year", "available_years", "compute_year"]

ALL, PRIVATE = "0", "5"
OWNERSHIPS = ("1", "2", "3", PRIVATE)
TOTAL = "10"


@dataclass(frozen=True, eq=False)
class Year:
    """The sums of one year.

    Parameters
    ----------
    year : int
    basis : str
        ``levels`` or ``over-the-year``, for the regions' rows.
    totals, candidates : Sums
        By place and region: all jobs, and jobs by candidate.
    industries : Sums or None
        By place, region, ownership and industry; None where they were not asked for.
    withheld : DataFrame
        By region: county cells, and how many are withheld.
    failed : dict
        Region key to the reason why it could not be made.
    source_ids : tuple of int
        Sources of the rows.
    made_of : str
        How the levels came about (``annual``, ``quarters``, ``over-the-year``).
    contradictions : tuple of str
        Totals of counties and states, as area/ownership/industry, that their parts exceed.
    """

    year: int
    basis: str
    totals: Sums
    candidates: Sums
    industries: Sums | None
    withheld: pd.DataFrame
    failed: dict[str, str]
    source_ids: tuple[int, ...]
    made_of: str
    contradictions: tuple[str, ...]


def available_years(store: Store, state: StateConfig) -> list[int]:
    """Return the years for which the store has levels of some county of a state's regions.

    Raises
    ------
    StoreError
        There is none.
    """
    years = known_years(store, prefixes_of(state.regions))
    counties = {c for r in state.regions for c in r.counties}
    found = sorted({int(y) for y in years.loc[years["area_fips"].isin(counties), "year"]})
    if not found:
        raise StoreError(
            f"The store {store.root} has no data of {state.name}; `lmi ingest` the agency's "
            "by-area files of the state first."
        )
    return found


def _cells(estimated: Estimated) -> Cells:
    """Give the estimated cells the form that they are summed in."""
    published = ["annual_avg_emplvl_published", "total_annual_wages_published"]
    table = estimated.cells.fillna(dict.fromkeys(published, 0.0))
    return Cells(table.assign(row=np.arange(len(table))), estimated.emplvl, estimated.wages)


def _industries(cells: Cells, members: pd.DataFrame) -> Sums:
    """Sums by ownership and industry, and over all ownerships together (own_code 0)."""
    owned = cells.table[cells.table["own_code"].isin(OWNERSHIPS)]
    is_private = owned["own_code"] == PRIVATE
    together = sum_by_place(cells.only(owned), members, ["industry_code"])
    keys, here = ["own_code", "industry_code"], members[members["place"] == REGION]
    return join(
        [
            replace(together, table=together.table.assign(own_code=ALL)),
            sum_by_place(cells.only(owned[is_private]), members, keys),
            sum_by_place(cells.only(owned[~is_private]), here, keys),
        ]
    )


def _candidates(
    cells: Cells,
    members: pd.DataFrame,
    candidates: Sequence[Candidate],
    year: int,
    limits: Limiter | None,
) -> Sums:
    """Sums by candidate; one that has no cell in a place has no jobs there."""
    wanted = candidate_cells(candidates, naics_year(year))
    matched = wanted.merge(
        cells.table, on=["own_code", "industry_code"], how="inner", validate="m:m"
    )
    sums = sum_by_place(cells.only(matched), members, ["candidate"], limits)
    places = members[list(PLACE)].drop_duplicates()
    grid = places.merge(pd.DataFrame({"candidate": [c.key for c in candidates]}), how="cross")
    found = sums.take(positions(grid, sums.table, [*PLACE, "candidate"]))
    none = dict.fromkeys(found.table.columns.difference(grid.columns), 0.0)
    return replace(found, table=found.table.fillna(none).assign(**grid))


def _totals(cells: Cells, members: pd.DataFrame) -> Sums:
    """All jobs of each place: the all-ownership total, as published."""
    table = cells.table
    everything = table[(table["own_code"] == ALL) & (table["industry_code"] == TOTAL)]
    return sum_by_place(cells.only(everything), members, [])


def _withheld(cells: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Private county cells of each NAICS level, and how many are withheld."""
    county = members[members["place"] == REGION]
    levels = codes.parse_agglvl
    private = cells[(cells["own_code"] == PRIVATE) & (cells["annual_avg_estabs"] > 0)]
    rows = county.merge(private, on="area_fips", validate="m:m")
    rows = rows.assign(
        industry_level=rows["agglvl_code"].map(
            {a: levels(a).industry_level for a in rows["agglvl_code"].unique()}
        ),
        is_withheld=rows["source"] != "published",
    )
    counted = rows.groupby(["region", "industry_level"])["is_withheld"].agg(["size", "sum"])
    return counted.reset_index().rename(columns={"size": "cells", "sum": "withheld"})


def _contradictions(estimated: Estimated, prefixes: Sequence[str]) -> tuple[str, ...]:
    """Totals of jobs that gave way; those of the nation are not the region's."""
    named = estimated.cells.attrs.get("contradictions", {}).get("annual_avg_emplvl", [])
    states = {p for p in prefixes if p.isdigit()}
    return tuple(cell for cell in named if cell[:2] in states)


def _made_of(rows: pd.DataFrame, members: pd.DataFrame) -> str:
    """The weakest way in which the regions' levels came about."""
    counties = members.loc[members["place"] == REGION, "area_fips"]
    found = set(rows.loc[rows["area_fips"].isin(counties), "basis"])
    return next(b for b in (OVER_THE_YEAR, *reversed(LEVELS)) if b in found)


def compute_year(
    store: Store,
    state: StateConfig,
    candidates: Sequence[Candidate],
    year: int,
    industries: bool = True,
    limits: bool = False,
) -> Year | None:
    """Return the sums of one year, or None where the store has nothing of it.

    Parameters
    ----------
    store : Store
    state : StateConfig
    candidates : sequence of Candidate
        Working definitions.
    year : int
    industries : bool, optional
        Sum by industry too.
    limits : bool, optional
        Find the hard bounds of the candidates' sums, which takes seconds; without it they are
        the sums of the cells' own, which are wider.
    """
    prefixes = prefixes_of(state.regions)
    rows = annual_rows(store, prefixes, year)
    counties = {c for r in state.regions for c in r.counties}
    present = set(rows["area_fips"].unique())
    if not counties & present:
        return None
    ever = set(known_years(store, prefixes)["area_fips"])
    members, failed = members_of(state, present, ever, year)
    states = {s for r in state.regions for s in r.state_fips}
    estimated = estimate_year(store, rows, states, year)
    cells = _cells(estimated)
    made_of = _made_of(rows, members)
    ids = rows["source_id"].dropna().unique() if "source_id" in rows else ()
    return Year(
        year=year,
        basis=OVER_THE_YEAR if made_of == OVER_THE_YEAR else "levels",
        totals=_totals(cells, members),
        candidates=_candidates(
            cells, members, candidates, year, emplvl_limiter(estimated.cells) if limits else None
        ),
        industries=_industries(cells, members) if industries else None,
        withheld=_withheld(cells.table, members),
        failed=failed,
        source_ids=tuple(sorted(int(i) for i in ids)),
        made_of=made_of,
        contradictions=_contradictions(estimated, prefixes),
    )
