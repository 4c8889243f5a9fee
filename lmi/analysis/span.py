"""The years that a state is measured over: which there are, which is first, what breaks between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lmi.analysis import changes, region_breaks
from lmi.analysis.ahead import estimated_ahead
from lmi.analysis.annual_rows import parts_of_years
from lmi.analysis.base_year import base_year_for
from lmi.analysis.confidential import Published
from lmi.analysis.places import prefixes_of
from lmi.analysis.shares import Shares
from lmi.analysis.year_cells import YearCells, available_years, read_cells
from lmi.analysis.year_sums import Year, sum_year
from lmi.config import Candidate, Region, StateConfig, candidate_cells
from lmi.errors import StoreError
from lmi.naics import naics_year
from lmi.schema.measures import LATEST
from lmi.store import Store

__all__ = [
    "Span",
    "Years",
    "choose_years",
    "compute_span",
    "read_span",
    "sum_span",
]

LONGEST_TREND = 11


@dataclass(frozen=True)
class Years:
    """Which years are read.

    Parameters
    ----------
    year : int
        The one that levels are of.
    base : int or None
        The one that growth is measured from; None where the store has no earlier one, so that
        the year before is rebuilt from the changes over the year.
    trend : tuple of int
        Those that lead up to `year`, with it.
    """

    year: int
    base: int | None
    trend: tuple[int, ...]

    @property
    def first(self) -> int:
        """The year that growth is measured from, whether the store has its levels or not."""
        return self.year - 1 if self.base is None else self.base


def choose_years(
    store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
) -> Years:
    """Choose the years to read.

    Parameters
    ----------
    year : int, optional
        The newest that the store has, unless told.
    base_year : int, optional
        As `lmi.analysis.base_year.base_year_for` unless told.

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    known = available_years(store, state)
    chosen = max(known) if year is None else year
    if chosen not in known:
        listed = ", ".join(map(str, known))
        parts = parts_of_years(store, prefixes_of(state.regions), chosen)
        why = f" whole, only {parts}, and a year needs four quarters" if parts else ""
        raise StoreError(
            f"The store has no year {chosen} of {state.name}{why}; it has {listed}, so name one of "
            "them or ingest the files of that year."
        )
    base = base_year if base_year is not None else base_year_for(chosen, known)
    return Years(chosen, base, tuple(y for y in known if chosen - LONGEST_TREND < y <= chosen))


@dataclass(frozen=True, eq=False)
class Span:
    """A state's sums in every year that was read.

    Parameters
    ----------
    year : int
        The one that levels are of.
    base : int or None
        The one that growth is measured from.
    """

    state: StateConfig
    candidates: tuple[Candidate, ...]
    years: Mapping[int, Year]
    year: int
    base: int | None

    @property
    def now(self) -> Year:
        """The year that levels are of."""
        return self.years[self.year]

    @property
    def regions(self) -> list[Region]:
        """The regions that could be made."""
        return [r for r in self.state.regions if r.key not in self.now.failed]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of years that are compared: every earlier one with the year of the levels."""
        return [(y, self.year) for y in sorted(self.years) if y < self.year]

    @cached_property
    def area_breaks(self) -> pd.DataFrame:
        """Regions whose ground changes between a pair of years."""
        return region_breaks.area_breaks(self.state, self.pairs)

    @cached_property
    def candidate_breaks(self) -> pd.DataFrame:
        """Candidates whose definition is cut through between a pair of years."""
        return region_breaks.candidate_break_table(self.candidates, self.pairs)

    @property
    def quoted_candidates(self) -> Shares | None:
        """The nation's shares of candidates that the store has no rows of the nation for."""
        return self.quoted_in(self.now)

    def quoted_in(self, year: Year) -> Shares | None:
        """The same in a year."""
        wanted = candidate_cells(self.candidates, naics_year(year.year))
        quoted = year.quoted
        return None if quoted is None else quoted.of_candidates(wanted, year.totals.n_draws)

    @property
    def quoted_industries(self) -> Shares | None:
        """Those of industries: private, and of all ownerships together."""
        quoted, now = self.now.quoted, self.now
        return None if quoted is None else quoted.of_industries(now.totals.n_draws)

    def broken(self, key: str, definitions: pd.DataFrame, values: Sequence[str]) -> pd.DataFrame:
        """Return what is not comparable, by region and `key`."""
        return region_breaks.on_regions(
            definitions,
            self.area_breaks,
            key=key,
            values=values,
            regions=[r.key for r in self.regions],
        )

    def broken_candidates(self) -> pd.DataFrame:
        """Return the candidates that are not comparable, by region."""
        keys = [c.key for c in self.candidates]
        return self.broken("candidate", self.candidate_breaks, keys)

    def grown(
        self, table: changes.TableName, keys: list[str], broken: pd.DataFrame
    ) -> pd.DataFrame | None:
        """Return growth from the base year, or None where there is none."""
        if self.base is None:
            return None
        pair = [(self.base, self.year)]
        return changes.compare_years(self.years, table, pair, keys, broken)


def read_span(store: Store, state: StateConfig, years: Years) -> dict[int, YearCells]:
    """Read the cells of the years that candidates are measured by: the two, and the latest.

    Returns
    -------
    dict of int to YearCells
        Without a year that the store has nothing of.
    """
    latest = {years.year - n for n in LATEST}.intersection(years.trend)
    wanted = sorted({years.first, years.year, *latest})
    found = {y: read_cells(store, state, y, y == years.year) for y in wanted}
    return {y: cells for y, cells in found.items() if cells is not None}


def sum_span(
    read: Mapping[int, YearCells],
    state: StateConfig,
    candidates: Sequence[Candidate],
    years: Years,
    rest: bool = False,
    published: Published | None = None,
) -> Span:
    """Add up cells that are read, for regions and candidates as they are now defined.

    Parameters
    ----------
    state : StateConfig
        Its regions, which must lie in the states that were read.
    rest : bool, optional
        Compare with the rest of the regions' states in place of the whole.
    published : Published, optional
        As `lmi.analysis.confidential.confidential_sums` takes it.
    """
    sums = {
        y: sum_year(
            cells,
            state,
            candidates,
            detail=False,
            rest=rest,
            now=y == years.year,
            published=published,
        )
        for y, cells in read.items()
    }
    return Span(state, tuple(candidates), sums, years.year, _base(sums, years, state))


def _base(found: Mapping[int, Year], years: Years, state: StateConfig) -> int | None:
    if years.base is not None and years.base not in found:
        known = sorted(found)
        raise StoreError(f"The store has no year {years.base} of {state.name}; it has {known}.")
    return years.first if years.first in found else None


def compute_span(
    store: Store, state: StateConfig, candidates: Sequence[Candidate], years: Years
) -> Span:
    """Read and add up every year of a state, the two that it is measured by in detail."""
    detailed = {years.year, years.first}
    wanted = sorted({*years.trend, *detailed})
    states = sorted({s for r in state.regions for s in r.state_fips})
    sums = {}
    with estimated_ahead(store, prefixes_of(state.regions), states, wanted):
        for year in wanted:
            now = year == years.year
            read = read_cells(store, state, year, now)
            if read is not None:
                sums[year] = sum_year(read, state, candidates, year in detailed, now=now)
    return Span(state, tuple(candidates), sums, years.year, _base(sums, years, state))
