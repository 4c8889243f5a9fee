"""Every cell of a year that a state's regions rest on, estimated where withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from lmi.analysis.absent import Incomplete, add_absent
from lmi.analysis.annual_rows import (
    annual_rows,
    known_years,
    parts_of_years,
)
from lmi.analysis.asked_rows import AskedRows
from lmi.analysis.hard_bounds import HardBounds
from lmi.analysis.places import prefixes_of
from lmi.analysis.quoted_nation import QuotedNation, quoted_nation
from lmi.analysis.sums import Cells
from lmi.codes import ALL_OWNERS
from lmi.config import StateConfig
from lmi.errors import StoreError
from lmi.store import Store
from lmi.suppression.contradictions import in_states
from lmi.suppression.disclosure import Parts, parts_of
from lmi.suppression.estimate import Estimated
from lmi.suppression.estimated_years import estimate_year

__all__ = ["YearCells", "available_years", "read_cells"]


@dataclass(frozen=True, eq=False)
class YearCells:
    """Every cell of a year that a state's regions and their references rest on.

    Parameters
    ----------
    estimated : Estimated
        The same cells with all that is known of them.
    areas : frozenset of str
        Areas whose total is there in the year.
    bare : frozenset of str
        Areas that have rows in the year, but not their total.
    ever : frozenset of str
        Areas that the store has levels of in any year.
    basis : dict of str to str
        Area to how its levels came about.
    incomplete : tuple of Incomplete
        Areas that lack rows.
    quoted : QuotedNation or None
        What stands in for rows of the nation that the store lacks; None where nothing does.
    """

    year: int
    cells: Cells
    estimated: Estimated
    areas: frozenset[str]
    bare: frozenset[str]
    ever: frozenset[str]
    basis: dict[str, str]
    source_ids: tuple[int, ...]
    contradictions: tuple[str, ...]
    incomplete: tuple[Incomplete, ...]
    quoted: QuotedNation | None = None

    @cached_property
    def parts(self) -> tuple[Parts, sparse.csr_array]:
        """What the agency withholds, and which of it lies in each cell."""
        return parts_of(self.cells.table)

    @cached_property
    def bounds(self) -> HardBounds:
        """The hard bounds of sums of them."""
        return HardBounds(self.estimated.cells, self.estimated.folder)

    @cached_property
    def rows(self) -> AskedRows:
        """The cells of every number that is asked of them."""
        return AskedRows(self.cells.table, self.year)


def read_cells(
    store: Store, state: StateConfig, year: int, compares: bool = False
) -> YearCells | None:
    """Read and estimate the cells of a year, or return None where the store has nothing of it.

    Parameters
    ----------
    compares : bool, optional
        Infer what the store lacks of the nation from published quotients.
    """
    prefixes = prefixes_of(state.regions)
    rows = annual_rows(store, prefixes, year)
    counties = {c for r in state.regions for c in r.counties}
    present = frozenset(rows.loc[rows["own_code"] == ALL_OWNERS, "area_fips"].unique())
    any_row = frozenset(rows["area_fips"].unique())
    if not counties & any_row:
        return None
    states = {s for r in state.regions for s in r.state_fips}
    looked_at = counties | {a for r in state.regions for a in r.reference_states}
    estimated, incomplete = add_absent(
        estimate_year(store, rows, states, year), looked_at & present
    )
    nation = state.regions[0].nation
    quoted = quoted_nation(store, nation, year, estimated.cells) if compares else None
    basis = rows[["area_fips", "basis"]].drop_duplicates("area_fips")
    ids = rows["source_id"].dropna().unique() if "source_id" in rows else ()
    return YearCells(
        year=year,
        cells=_cells(estimated),
        estimated=estimated,
        areas=present,
        bare=any_row - present,
        ever=frozenset(known_years(store, prefixes)["area_fips"]),
        basis=dict(zip(basis["area_fips"], basis["basis"], strict=True)),
        source_ids=tuple(sorted({*map(int, ids), *(quoted.source_ids if quoted else ())})),
        contradictions=_contradictions(estimated, prefixes),
        incomplete=incomplete,
        quoted=quoted,
    )


def available_years(store: Store, state: StateConfig) -> list[int]:
    """Return the years for which the store has levels of some county of a state's regions.

    A county beyond the state line counts where no other is there: it has years of its own files.

    Raises
    ------
    StoreError
        There is none.
    """
    years = known_years(store, prefixes_of(state.regions))
    counties = {c for r in state.regions for c in r.counties}
    of_county = years[years["area_fips"].isin(counties)]
    own = of_county[of_county["area_fips"].str.startswith(state.state_fips)]
    found = sorted({int(y) for y in (of_county if own.empty else own)["year"]})
    if not found:
        raise StoreError(f"The store {store.root} {_why_no_year(store, state)}.")
    return found


def _why_no_year(store: Store, state: StateConfig) -> str:
    """Say what the store has of a state without a whole year, and what can be done with it."""
    parts = parts_of_years(store, prefixes_of(state.regions))
    if not parts:
        return (
            f"has no data of {state.name}; `lmi ingest` the agency's by-area files of the state "
            "first"
        )
    return (
        f"has {parts} of {state.name}; a year needs four quarters, so `lmi ingest` those that lack "
        "or the year's own file: until then `lmi verify` holds the quarters to the agency's "
        "figures, and `lmi export qcew_quarterly` gives them out"
    )


def _cells(estimated: Estimated) -> Cells:
    """Give the estimated cells the form that they are summed in."""
    published = ["annual_avg_emplvl_published", "total_annual_wages_published"]
    table = estimated.cells.fillna(dict.fromkeys(published, 0.0))
    return Cells(table.assign(row=np.arange(len(table))), estimated.emplvl, estimated.wages)


def _contradictions(estimated: Estimated, prefixes: Sequence[str]) -> tuple[str, ...]:
    """Totals of jobs that gave way; those of the nation are not the region's."""
    return in_states(estimated.contradictions, {p for p in prefixes if p.isdigit()})
