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
from lmi.analysis.sums import IntArray
from lmi.analysis.tried import OF, Grounds
from lmi.analysis.uncovered import cells_of_none_by_owner
from lmi.codes import ALL_OWNERS, PRIVATE
from lmi.config import Candidate, candidate_cells
from lmi.config.candidates import cells_of_any
from lmi.naics import TOTAL, naics_year
from lmi.suppression.disclosure import PUBLISHED

__all__ = ["INDUSTRY", "PUBLIC", "UNCOVERED", "AskedRows", "numbered"]

PUBLIC, UNCOVERED = "public", "uncovered"
"""In the place of an ownership: a candidate's public employers, and what no candidate holds."""
INDUSTRY = OF[1:]
REMEMBERED = 4


class _Asked(NamedTuple):
    """What rows are asked for."""

    areas: tuple[tuple[str, str, str], ...]
    counties: frozenset[str]
    published: frozenset[str]
    has_others: bool
    candidates: tuple[Candidate, ...]
    detail: bool
    now: bool


class AskedRows:
    """The cells of a year, row by row for every number that is made of them.

    Parameters
    ----------
    table : DataFrame
        As `lmi.analysis.sums.Cells` has it, with ``source``.
    """

    def __init__(self, table: pd.DataFrame, year: int) -> None:
        self.table, self.vintage = table, naics_year(year)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._rows)

    def of(
        self, grounds: Grounds, candidates: Sequence[Candidate], detail: bool, now: bool
    ) -> pd.DataFrame:
        """Return the cells of every number; places of the same areas are one.

        What is published is asked for again beside all that is tried, so it is remembered; in
        detail it is large, and asked for once.

        Returns
        -------
        DataFrame
            ``place``, ``ground``, `lmi.analysis.tried.OF`, ``area_fips``, ``source`` and ``row``;
            not to be changed.
        """
        asked = _Asked(
            tuple(sorted(grounds.areas().itertuples(index=False, name=None))),
            frozenset(grounds.counties),
            frozenset(grounds.published),
            grounds.has_others,
            tuple(candidates),
            detail,
            now,
        )
        return self._rows(asked) if detail else self._remembered(asked)

    def _rows(self, asked: _Asked) -> pd.DataFrame:
        table = self.table
        areas = pd.DataFrame(asked.areas, columns=["place", "ground", "area_fips"], dtype="str")
        columns = ["area_fips", "source", "row"]
        owned = table.loc[table["own_code"].isin(codes.OWN_CODES), [*INDUSTRY, *columns]]
        everything = table.loc[
            (table["own_code"] == ALL_OWNERS) & (table["industry_code"] == TOTAL), columns
        ]
        wanted = candidate_cells(asked.candidates, self.vintage)
        here = areas.merge(owned, on="area_fips", validate="m:m")
        totals = areas.merge(everything, on="area_fips", validate="m:m")
        of_candidates = here.merge(wanted, on=INDUSTRY, validate="m:m")
        of_county = here["ground"].isin(asked.counties - asked.published)
        of_county &= here["place"] == REGION
        of_any = here[(here["place"] == REGION) & here["ground"].isin(asked.counties)]
        industries = [
            here[~of_county].assign(own_code=ALL_OWNERS),
            here[~of_county & (here["own_code"] == PRIVATE)],
            by_owner(of_any),
        ]
        lists = [
            totals.assign(candidate="", own_code="", industry_code=""),
            of_candidates.assign(own_code="", industry_code=""),
            *((r if asked.detail else _known(r)).assign(candidate="") for r in industries),
        ]
        if asked.now:
            lists += self._of_now(here if asked.has_others else here[~of_county], asked, wanted)
        return pd.concat(lists, ignore_index=True)

    def _of_now(
        self, here: pd.DataFrame, asked: _Asked, wanted: pd.DataFrame
    ) -> list[pd.DataFrame]:
        """Return the cells of public employers, and of what no candidate holds."""
        public = here.merge(wanted[wanted["own_code"] != PRIVATE], on=INDUSTRY, validate="m:m")
        held = cells_of_any(asked.candidates, self.vintage).assign(candidate="")
        free = cells_of_none_by_owner(asked.candidates, self.vintage)
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
