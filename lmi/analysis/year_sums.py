"""The sums of one year: by region, and by candidate and industry within it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lmi import codes
from lmi.analysis.absent import ABSENT, Incomplete
from lmi.analysis.annual_rows import LEVELS, OVER_THE_YEAR
from lmi.analysis.confidential import Published, confidential_sums, flagged
from lmi.analysis.counties import sum_counties
from lmi.analysis.places import REGION, members_of
from lmi.analysis.quoted_nation import QuotedNation
from lmi.analysis.sums import EMPLVL, PLACE, WAGES, Cells, Limiter, Sums, join, sum_by_place
from lmi.analysis.tried import with_ranges
from lmi.analysis.uncovered import sum_uncovered
from lmi.analysis.year_cells import YearCells
from lmi.codes import ALL_OWNERS, PRIVATE
from lmi.config import Candidate, StateConfig, candidate_cells
from lmi.measures.lookup import positions
from lmi.naics import TOTAL, naics_year

__all__ = ["ESTABS", "Year", "sum_candidate_industries", "sum_year"]

ESTABS = "annual_avg_estabs"


@dataclass(frozen=True, eq=False)
class Year:
    """The sums of one year.

    Parameters
    ----------
    basis : str
        ``levels`` or ``over-the-year``, for the regions' rows.
    totals, candidates : Sums
        By place and region: all jobs, and jobs by candidate.
    industries : Sums or None
        By place, region, ownership and industry; None without detail.
    areas : DataFrame
        All jobs of every area of the state, the whole state among them: ``area_fips``, places of
        business, jobs, wages.
    withheld : DataFrame or None
        By region: county cells, and how many are withheld; None without detail.
    failed : dict
        Region key to the reason why it could not be made.
    source_ids : tuple of int
        Sources of the rows.
    made_of : str
        How the levels came about (``annual``, ``quarters``, ``over-the-year``).
    contradictions : tuple of str
        Totals of counties and states, as area/ownership/industry, that their parts exceed.
    incomplete : tuple of Incomplete
        Counties of the regions, and their states, that lack rows.
    quoted : QuotedNation or None
        What stands in for rows of the nation that the store lacks; None where nothing does.
    public : Sums or None
        By region and candidate, the jobs of it that public employers have; None where nobody asked.
    uncovered : Sums or None
        As `lmi.analysis.uncovered.sum_uncovered` gives them; None where nobody asked.
    counties : Sums or None
        As `lmi.analysis.counties.sum_counties` gives them; None without detail.
    """

    year: int
    basis: str
    totals: Sums
    candidates: Sums
    industries: Sums | None
    areas: pd.DataFrame
    withheld: pd.DataFrame | None
    failed: dict[str, str]
    source_ids: tuple[int, ...]
    made_of: str
    contradictions: tuple[str, ...]
    incomplete: tuple[Incomplete, ...]
    quoted: QuotedNation | None = None
    public: Sums | None = None
    uncovered: Sums | None = None
    counties: Sums | None = None


def _industries(cells: Cells, members: pd.DataFrame) -> Sums:
    """Sums by ownership and industry, and over all ownerships together (own_code 0)."""
    owned = cells.table[cells.table["own_code"].isin(codes.OWN_CODES)]
    is_private = owned["own_code"] == PRIVATE
    together = sum_by_place(cells.only(owned), members, ["industry_code"])
    keys, here = ["own_code", "industry_code"], members[members["place"] == REGION]
    return join(
        [
            replace(together, table=together.table.assign(own_code=ALL_OWNERS)),
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


def _public(
    cells: Cells, members: pd.DataFrame, candidates: Sequence[Candidate], vintage: int
) -> Sums:
    """Sums of the candidates' public employers, by region; without those that have none."""
    wanted = candidate_cells(candidates, vintage)
    wanted = wanted[wanted["own_code"] != PRIVATE]
    here = members[members["place"] == REGION]
    own = cells.table[cells.table["area_fips"].isin(here["area_fips"])]
    matched = wanted.merge(own, on=["own_code", "industry_code"], validate="m:m")
    return sum_by_place(cells.only(matched), here, ["candidate"])


def _totals(cells: Cells, members: pd.DataFrame) -> Sums:
    """All jobs of each place: the all-ownership total, as published."""
    table = cells.table
    everything = table[(table["own_code"] == ALL_OWNERS) & (table["industry_code"] == TOTAL)]
    return sum_by_place(cells.only(everything), members, [])


def _of_members(cells: Cells, members: pd.DataFrame) -> Cells:
    """Keep the cells of places that are summed: of one region these are few of a state's."""
    return cells.only(cells.table[cells.table["area_fips"].isin(members["area_fips"])])


def _areas(cells: Cells, state_fips: str) -> pd.DataFrame:
    """All jobs of each area of a state, the whole state among them."""
    table = cells.table
    everything = table[(table["own_code"] == ALL_OWNERS) & (table["industry_code"] == TOTAL)]
    own = everything[everything["area_fips"].str[:2] == state_fips]
    return own[["area_fips", ESTABS, EMPLVL, WAGES]].reset_index(drop=True)


def _withheld(cells: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Private county cells of each NAICS level, and how many are withheld."""
    county = members[members["place"] == REGION]
    levels = codes.parse_agglvl
    is_there = (cells[ESTABS] > 0) & (cells["source"] != ABSENT)
    private = cells[(cells["own_code"] == PRIVATE) & is_there]
    rows = county.merge(private, on="area_fips", validate="m:m")
    rows = rows.assign(
        industry_level=rows["agglvl_code"].map(
            {a: levels(a).industry_level for a in rows["agglvl_code"].unique()}
        ),
        is_withheld=rows["source"] != "published",
    )
    counted = rows.groupby(["region", "industry_level"])["is_withheld"].agg(["size", "sum"])
    return counted.reset_index().rename(columns={"size": "cells", "sum": "withheld"})


def _made_of(basis: Mapping[str, str], members: pd.DataFrame) -> str:
    """The weakest way in which the regions' levels came about."""
    counties = members.loc[members["place"] == REGION, "area_fips"]
    found = {basis[county] for county in counties}
    return next(b for b in (OVER_THE_YEAR, *reversed(LEVELS)) if b in found)


def sum_year(
    read: YearCells,
    state: StateConfig,
    candidates: Sequence[Candidate],
    detail: bool = True,
    rest: bool = False,
    now: bool = False,
    published: Published | None = None,
) -> Year:
    """Add up the cells of a year by region, and by candidate and industry within it.

    Parameters
    ----------
    state : StateConfig
        Its regions, which must lie in the states that were read.
    candidates : sequence of Candidate
        Working definitions.
    detail : bool, optional
        Sum by industry and by county too, and count what is withheld.
    rest : bool, optional
        Compare with the rest of the region's states in place of the whole.
    now : bool, optional
        Find what the year of the levels alone is asked: public employers, what no candidate
        holds, and the hard bounds of candidates' sums; those of other years are the sums of the
        cells' own, which are wider.
    published : Published, optional
        As `lmi.analysis.confidential.confidential_sums` takes it.
    """
    vintage = naics_year(read.year)
    members, failed = members_of(state, read.areas, read.ever, read.year, rest, read.bare)
    made_of = _made_of(read.basis, members)
    cells = _of_members(read.cells, members)
    told = confidential_sums(read, state, candidates, detail, now, published)
    limits = read.bounds.of if now else None
    return Year(
        year=read.year,
        basis=OVER_THE_YEAR if made_of == OVER_THE_YEAR else "levels",
        totals=with_ranges(flagged(_totals(cells, members), told.totals), told.made_of),
        candidates=with_ranges(
            flagged(_candidates(cells, members, candidates, read.year, limits), told.candidates),
            told.made_of,
        ),
        industries=flagged(_industries(cells, members), told.industries) if detail else None,
        areas=_areas(read.cells, state.state_fips),
        withheld=_withheld(read.cells.table, members) if detail else None,
        failed=failed,
        source_ids=read.source_ids,
        made_of=made_of,
        contradictions=read.contradictions,
        incomplete=read.incomplete,
        quoted=read.quoted,
        public=flagged(_public(cells, members, candidates, vintage), told.public).of(REGION)
        if now
        else None,
        uncovered=flagged(sum_uncovered(cells, members, candidates, vintage), told.uncovered)
        if now
        else None,
        counties=flagged(sum_counties(cells, members, candidates, vintage, limits), told.counties)
        if detail
        else None,
    )


def sum_candidate_industries(
    read: YearCells, state: StateConfig, candidates: Sequence[Candidate]
) -> Sums:
    """Add up the industries that candidates are made of, by region, ownership and industry.

    Returns
    -------
    Sums
        By ``region``, ``own_code`` and ``industry_code``.
    """
    keys = ["own_code", "industry_code"]
    members, _ = members_of(state, read.areas, read.ever, read.year)
    wanted = candidate_cells(candidates, naics_year(read.year))[keys].drop_duplicates()
    here = members[members["place"] == REGION]
    cells = _of_members(read.cells, here)
    table = cells.table.merge(wanted, on=keys, how="inner", validate="m:1")
    return sum_by_place(cells.only(table), here, keys).of(REGION)
