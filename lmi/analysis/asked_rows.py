"""The cells of every number that is asked of a year, as they are summed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache, reduce
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
GROUND = ["place", "ground"]
CELL = ["area_fips", "source", "row"]
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
        Of each owner and industry, as `_Owned.rows`; ``number`` of the ground, and whether it is
        ``of_county``, one that is no region.
    totals, industries : DataFrame, list of DataFrame
        All jobs, and the numbers of industries.
    """

    owned: pd.DataFrame
    totals: pd.DataFrame
    industries: list[pd.DataFrame]


class _Owned:
    """The cells of single owners, looked for by numbers: comparing texts takes most of the time.

    Attributes
    ----------
    rows : DataFrame
        `INDUSTRY`, `CELL`, ``is_withheld``, and numbers: of the ``industry`` and, of it and its
        owner, ``cell``.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        rows = table.loc[table["own_code"].isin(codes.OWN_CODES), [*INDUSTRY, *CELL]]
        rows["is_withheld"] = rows["source"] != PUBLISHED
        (own, owners), (industry, industries) = (pd.factorize(rows[name]) for name in INDUSTRY)
        self._known = [pd.Index(owners), pd.Index(industries)]
        self.rows = rows.assign(industry=industry, cell=own * len(industries) + industry)

    def numbered(self, wanted: pd.DataFrame) -> pd.DataFrame:
        """Return the cells that are wanted and there by their numbers, in place of their codes."""
        own, industry = (
            k.get_indexer(wanted[n]) for k, n in zip(self._known, INDUSTRY, strict=True)
        )
        found = wanted.drop(columns=INDUSTRY).assign(cell=own * len(self._known[1]) + industry)
        return found[(own >= 0) & (industry >= 0)]


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
        of_candidates = self._holding(here.owned, wanted)
        lists = [
            here.totals, of_candidates.assign(own_code="", industry_code=""), *here.industries
        ]  # fmt: skip
        if now:
            owned = here.owned if where.has_others else here.owned[~here.owned["of_county"]]
            lists += self._of_now(owned, candidates, wanted)
        return pd.concat(lists, ignore_index=True)[[*GROUND, *OF, *CELL]]

    @cached_property
    def _owned(self) -> _Owned:
        return _Owned(self.table)

    def _holding(self, rows: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of cells that are wanted, once for each."""
        return rows.merge(self._owned.numbered(wanted), on="cell", validate="m:m")

    def _here(self, where: _Where) -> _Here:
        table, owned = self.table, self._owned.rows
        areas = pd.DataFrame(where.areas, columns=[*GROUND, "area_fips"], dtype="str")
        everything = table.loc[
            (table["own_code"] == ALL_OWNERS) & (table["industry_code"] == TOTAL), CELL
        ]
        totals = areas.merge(everything, on="area_fips", validate="m:m")
        of_region = areas["place"] == REGION
        of_any = of_region & areas["ground"].isin(where.counties)
        areas["number"] = areas.groupby(GROUND).ngroup()
        areas["of_county"] = of_any & ~areas["ground"].isin(where.published)
        here = areas.merge(owned, on="area_fips", validate="m:m")
        shown = here[~here["of_county"]]
        industries = [
            shown.assign(own_code=ALL_OWNERS),
            shown[shown["own_code"] == PRIVATE],
            areas[of_any].merge(by_owner(owned), on="area_fips", validate="m:m"),
        ]
        return _Here(
            here,
            totals.assign(candidate="", own_code="", industry_code=""),
            [(r if where.detail else _known(r)).assign(candidate="") for r in industries],
        )

    def _of_now(
        self, here: pd.DataFrame, candidates: Sequence[Candidate], wanted: pd.DataFrame
    ) -> list[pd.DataFrame]:
        """Return the cells of public employers, and of what no candidate holds."""
        public = self._holding(here, wanted[wanted["own_code"] != PRIVATE])
        held = cells_of_any(candidates, self.vintage).assign(candidate="")
        free = cells_of_none_by_owner(candidates, self.vintage)
        both = pd.concat([held, free], ignore_index=True)
        uncovered = self._holding(here, both)
        return [
            public.assign(own_code=PUBLIC, industry_code=""),
            uncovered.assign(own_code=UNCOVERED, industry_code=""),
        ]


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the cells of numbers that the agency publishes: from these others are subtracted."""
    by = (pd.factorize(rows[name])[0] for name in ("own_code", "industry", "number"))
    number = pd.factorize(reduce(lambda one, other: one * len(rows) + other, by))[0]
    withheld = np.bincount(number, rows["is_withheld"])
    return rows[withheld[number] == 0]


def numbered(rows: pd.DataFrame, by: list[str]) -> tuple[IntArray, pd.DataFrame]:
    """Number the different keys, and return them in that order."""
    groups = rows.groupby(by, sort=True)
    number = np.asarray(groups.ngroup(), dtype=np.int64)
    return number, groups.size().index.to_frame(index=False)
