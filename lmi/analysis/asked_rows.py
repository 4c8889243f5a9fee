"""The cells of every number that is asked of a year, as they are summed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.breakdown import by_owner
from lmi.analysis.places import REGION
from lmi.analysis.tried import OF, Grounds
from lmi.analysis.uncovered import cells_of_none_by_owner
from lmi.codes import ALL_OWNERS, PRIVATE
from lmi.config import Candidate, candidate_cells
from lmi.config.candidates import cells_of_any
from lmi.measures.arithmetic import IntArray
from lmi.naics import TOTAL, naics_year
from lmi.suppression.disclosure import PUBLISHED

__all__ = ["INDUSTRY", "PUBLIC", "UNCOVERED", "AskedRows", "numbered"]

PUBLIC, UNCOVERED = "public", "uncovered"
"""In the place of an ownership: a candidate's public employers, and what no candidate holds."""
INDUSTRY = OF[1:]
REMEMBERED = 4


class _Where(NamedTuple):
    """The areas that rows are asked for."""

    areas: tuple[tuple[str, str, str], ...]
    counties: frozenset[str]
    published: frozenset[str]
    has_others: bool
    detail: bool


class _Here(NamedTuple):
    """The rows of some areas, whatever the candidates.

    Attributes
    ----------
    owned : DataFrame
        Of each owner and industry.
    of_county : Series
        Which of these are of a county that is no region.
    totals, industries : DataFrame, list of DataFrame
        All jobs, and the numbers of industries.
    """

    owned: pd.DataFrame
    of_county: pd.Series
    totals: pd.DataFrame
    industries: list[pd.DataFrame]


class AskedRows:
    """The cells of a year, row by row for every number that is made of them.

    Parameters
    ----------
    table : DataFrame
        As `lmi.analysis.sums.Cells` has it, with ``source``.
    """

    def __init__(self, table: pd.DataFrame, year: int) -> None:
        self.table, self.vintage = table, naics_year(year)
        self._remembered_here = lru_cache(maxsize=REMEMBERED)(self._here)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._rows)

    def of(
        self, grounds: Grounds, candidates: Sequence[Candidate], detail: bool, now: bool
    ) -> pd.DataFrame:
        """Return the cells of every number; places of the same areas are one.

        What is published is asked for again beside all that is tried, and the same areas for
        other definitions, so both are remembered; in detail they are large, and asked for once.

        Returns
        -------
        DataFrame
            ``place``, ``ground``, `lmi.analysis.tried.OF`, ``area_fips``, ``source`` and ``row``;
            not to be changed.
        """
        where = _Where(
            tuple(sorted(grounds.areas().itertuples(index=False, name=None))),
            frozenset(grounds.counties),
            frozenset(grounds.published),
            grounds.has_others,
            detail,
        )
        rows = self._rows if detail else self._remembered
        return rows(where, tuple(candidates), now)

    def _rows(self, where: _Where, candidates: tuple[Candidate, ...], now: bool) -> pd.DataFrame:
        here = (self._here if where.detail else self._remembered_here)(where)
        wanted = candidate_cells(candidates, self.vintage)
        of_candidates = here.owned.merge(wanted, on=INDUSTRY, validate="m:m")
        lists = [
            here.totals, of_candidates.assign(own_code="", industry_code=""), *here.industries
        ]  # fmt: skip
        if now:
            owned = here.owned if where.has_others else here.owned[~here.of_county]
            lists += self._of_now(owned, candidates, wanted)
        return pd.concat(lists, ignore_index=True)

    def _here(self, where: _Where) -> _Here:
        table = self.table
        areas = pd.DataFrame(where.areas, columns=["place", "ground", "area_fips"], dtype="str")
        columns = ["area_fips", "source", "row"]
        everything = table.loc[
            (table["own_code"] == ALL_OWNERS) & (table["industry_code"] == TOTAL), columns
        ]
        totals = areas.merge(everything, on="area_fips", validate="m:m")
        owned = table.loc[table["own_code"].isin(codes.OWN_CODES), [*INDUSTRY, *columns]]
        here = areas.merge(owned, on="area_fips", validate="m:m")
        of_county = here["ground"].isin(where.counties - where.published)
        of_county &= here["place"] == REGION
        of_any = here[(here["place"] == REGION) & here["ground"].isin(where.counties)]
        industries = [
            here[~of_county].assign(own_code=ALL_OWNERS),
            here[~of_county & (here["own_code"] == PRIVATE)],
            by_owner(of_any),
        ]
        return _Here(
            here,
            of_county,
            totals.assign(candidate="", own_code="", industry_code=""),
            [(r if where.detail else _known(r)).assign(candidate="") for r in industries],
        )

    def _of_now(
        self, here: pd.DataFrame, candidates: Sequence[Candidate], wanted: pd.DataFrame
    ) -> list[pd.DataFrame]:
        """Return the cells of public employers, and of what no candidate holds."""
        public = here.merge(wanted[wanted["own_code"] != PRIVATE], on=INDUSTRY, validate="m:m")
        held = cells_of_any(candidates, self.vintage).assign(candidate="")
        free = cells_of_none_by_owner(candidates, self.vintage)
        both = pd.concat([held, free], ignore_index=True)
        uncovered = here.merge(both, on=INDUSTRY, validate="m:m")
        return [
            public.assign(own_code=PUBLIC, industry_code=""),
            uncovered.assign(own_code=UNCOVERED, industry_code=""),
        ]


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the cells of numbers that the agency publishes: from these others are subtracted."""
    number = numbered(rows, ["place", "ground", *INDUSTRY])[0]
    withheld = np.bincount(number, rows["source"] != PUBLISHED)
    return rows[withheld[number] == 0]


def numbered(rows: pd.DataFrame, by: list[str]) -> tuple[IntArray, pd.DataFrame]:
    """Number the different keys, and return them in that order."""
    groups = rows.groupby(by, sort=True)
    number = np.asarray(groups.ngroup(), dtype=np.int64)
    return number, groups.size().index.to_frame(index=False)
