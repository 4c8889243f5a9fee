"""Every cell of the years asked for, estimated where withheld, and its sums by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lmi import codes
from lmi.analysis.places import REGION, members_of, prefixes_of
from lmi.analysis.years import LEVELS, OVER_THE_YEAR, annual_rows, known_years
from lmi.config import Candidate, StateConfig, candidate_cells
from lmi.errors import StoreError
from lmi.measures.employment import estimated_share
from lmi.naics import naics_year
from lmi.store import Store
from lmi.suppression import estimate_employment_and_wages

__all__ = ["ALL", "SUMS", "Year", "available_years", "compute_year", "sum_by_place"]

ALL = "0"
OWNERSHIPS = ("1", "2", "3", "5")
TOTAL = "10"
SUMS = (
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "annual_avg_emplvl_published",
    "annual_avg_emplvl_lo",
    "annual_avg_emplvl_hi",
    "total_annual_wages",
    "total_annual_wages_published",
)
PLACE = ("place", "region")


@dataclass(frozen=True, eq=False)
class Year:
    """The sums of one year.

    Parameters
    ----------
    year : int
    basis : str
        ``levels`` or ``over-the-year``, for the regions' rows.
    totals, industries, candidates : DataFrame
        Sums by place and region; of all jobs, by ownership and industry, by candidate.
    withheld : DataFrame
        By region: county cells, and how many are withheld.
    failed : dict
        Region key to the reason why it could not be made.
    source_ids : tuple of int
        Sources of the rows.
    made_of : str
        How the levels came about (``annual``, ``quarters``, ``over-the-year``).
    """

    year: int
    basis: str
    totals: pd.DataFrame
    industries: pd.DataFrame
    candidates: pd.DataFrame
    withheld: pd.DataFrame
    failed: dict[str, str]
    source_ids: tuple[int, ...]
    made_of: str


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


def sum_by_place(cells: pd.DataFrame, members: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add up cells by place, region and `keys`.

    Parameters
    ----------
    cells : DataFrame
        ``area_fips``, `keys` and `SUMS`; cells that do not contain one another.
    members : DataFrame
        ``place``, ``region``, ``area_fips``.
    keys : sequence of str
        Columns to sum by beside the place.

    Returns
    -------
    DataFrame
        ``place``, ``region``, `keys`, `SUMS`, ``emplvl_estimated_share`` and
        ``wages_estimated_share`` (0 to 1).
    """
    rows = members.merge(cells, on="area_fips", validate="m:m")
    by = [*PLACE, *keys]
    sums = rows.groupby(by, sort=True, observed=True)[list(SUMS)].sum().reset_index()
    return sums.assign(
        emplvl_estimated_share=estimated_share(
            sums["annual_avg_emplvl_published"], sums["annual_avg_emplvl"]
        ),
        wages_estimated_share=estimated_share(
            sums["total_annual_wages_published"], sums["total_annual_wages"]
        ),
    )


def _estimated(rows: pd.DataFrame) -> pd.DataFrame:
    cells = estimate_employment_and_wages(rows)
    published = ["annual_avg_emplvl_published", "total_annual_wages_published"]
    return cells.fillna(dict.fromkeys(published, 0.0))


def _industries(cells: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Sums by ownership and industry, and over all ownerships together (own_code 0)."""
    owned = cells[cells["own_code"].isin(OWNERSHIPS)]
    keep = owned[["area_fips", "own_code", "industry_code", *SUMS]]
    by_owner = sum_by_place(keep, members, ["own_code", "industry_code"])
    together = sum_by_place(keep, members, ["industry_code"]).assign(own_code=ALL)
    return pd.concat([together, by_owner], ignore_index=True)


def _candidates(
    cells: pd.DataFrame, members: pd.DataFrame, candidates: Sequence[Candidate], year: int
) -> pd.DataFrame:
    """Sums by candidate; one that has no cell in a place has no jobs there."""
    wanted = candidate_cells(candidates, naics_year(year))
    matched = wanted.merge(cells, on=["own_code", "industry_code"], how="inner", validate="m:m")
    sums = sum_by_place(matched[["area_fips", "candidate", *SUMS]], members, ["candidate"])
    places = members[list(PLACE)].drop_duplicates()
    grid = places.merge(pd.DataFrame({"candidate": [c.key for c in candidates]}), how="cross")
    filled = grid.merge(sums, on=[*PLACE, "candidate"], how="left", validate="1:1")
    return filled.fillna(
        dict.fromkeys([*SUMS, "emplvl_estimated_share", "wages_estimated_share"], 0.0)
    )


def _totals(cells: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """All jobs of each place: the all-ownership total, as published."""
    everything = cells[(cells["own_code"] == ALL) & (cells["industry_code"] == TOTAL)]
    return sum_by_place(everything[["area_fips", *SUMS]], members, [])


def _withheld(cells: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Private county cells of each NAICS level, and how many are withheld."""
    county = members[members["place"] == REGION]
    levels = codes.parse_agglvl
    private = cells[(cells["own_code"] == "5") & (cells["annual_avg_estabs"] > 0)]
    rows = county.merge(private, on="area_fips", validate="m:m")
    rows = rows.assign(
        industry_level=rows["agglvl_code"].map(
            {a: levels(a).industry_level for a in rows["agglvl_code"].unique()}
        ),
        is_withheld=rows["source"] != "published",
    )
    counted = rows.groupby(["region", "industry_level"])["is_withheld"].agg(["size", "sum"])
    return counted.reset_index().rename(columns={"size": "cells", "sum": "withheld"})


def _made_of(rows: pd.DataFrame, members: pd.DataFrame) -> str:
    """The weakest way in which the regions' levels came about."""
    counties = members.loc[members["place"] == REGION, "area_fips"]
    found = set(rows.loc[rows["area_fips"].isin(counties), "basis"])
    return next(b for b in (OVER_THE_YEAR, *reversed(LEVELS)) if b in found)


def compute_year(
    store: Store, state: StateConfig, candidates: Sequence[Candidate], year: int
) -> Year | None:
    """Return the sums of one year, or None where the store has nothing of it.

    Parameters
    ----------
    store : Store
    state : StateConfig
    candidates : sequence of Candidate
        Working definitions.
    year : int
    """
    prefixes = prefixes_of(state.regions)
    rows = annual_rows(store, prefixes, year)
    counties = {c for r in state.regions for c in r.counties}
    present = set(rows["area_fips"].unique())
    if not counties & present:
        return None
    ever = set(known_years(store, prefixes)["area_fips"])
    members, failed = members_of(state, present, ever, year)
    cells = _estimated(rows)
    made_of = _made_of(rows, members)
    ids = rows["source_id"].dropna().unique() if "source_id" in rows else ()
    return Year(
        year=year,
        basis=OVER_THE_YEAR if made_of == OVER_THE_YEAR else "levels",
        totals=_totals(cells, members),
        industries=_industries(cells, members),
        candidates=_candidates(cells, members, candidates, year),
        withheld=_withheld(cells, members),
        failed=failed,
        source_ids=tuple(sorted(int(i) for i in ids)),
        made_of=made_of,
    )
