"""A state's regions side by side: which sectors lead where, and how concentrated each is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from lmi import words
from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.state_tables import StateTables
from lmi.config.set_aside import ABSENT
from lmi.measures.lq import CONCENTRATED
from lmi.missing import Missing
from lmi.report.display import PageColumn, PageTable
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, records
from lmi.words.claims import side
from lmi.words.intervals import as_range, is_measured, is_vague

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config import StateConfig

__all__ = ["quotients_table", "ranks_table", "shared_leads"]

ASIDE, NONE, OPEN = "aside", "", "?"
LQ = "lq"
TOUCHING = 0.01
"""Degrees that the outlines of neighbors may lie apart, drawn coarsely as they are."""


def ranks_table(tables: StateTables, state: StateConfig) -> PageTable:
    """Set the rank of every candidate in every region side by side, those that lead most first."""
    ranking = tables.ranking
    leads = ranking[ranking["rank"] <= FIRST_THREE].groupby("candidate").size()

    def rank(row: Row) -> str:
        if words.is_known(row.get("rank")):
            return words.whole(row["rank"])
        return NONE if row.get("set_aside", ABSENT) == ABSENT else ASIDE

    def tint(row: Row) -> str:
        return "good" if words.is_known(row.get("rank")) and row["rank"] <= FIRST_THREE else ""

    return _matrix(
        "ranks_by_region",
        f"Rank of every sector in every region, {tables.meta['year']}",
        ranking,
        _candidates(tables, leads),
        state,
        rank,
        tint,
        "Shaded: among the first three. aside: set aside there, for the reason that the region's "
        "profile names. Blank: no jobs there.",
    )


def quotients_table(tables: StateTables, state: StateConfig) -> PageTable:
    """Set the quotients against the nation side by side, the often concentrated first."""
    table = tables.candidates
    strong = [side(row, LQ, CONCENTRATED, reaches=True) == 1 for row in records(table)]
    often = table[strong].groupby("candidate").size()

    def quotient(row: Row) -> str:
        if not row or not is_measured(row, LQ):
            return NONE
        if as_range(row, LQ) or is_vague(row, LQ):
            return OPEN
        return words.quotient(row[LQ])

    def tint(row: Row) -> str:
        known = bool(row) and is_measured(row, LQ)
        return "good" if known and side(row, LQ, CONCENTRATED, reaches=True) == 1 else ""

    return _matrix(
        "quotients_by_region",
        f"Concentration against the nation (location quotient), {tables.meta['year']}",
        table,
        _candidates(tables, often),
        state,
        quotient,
        tint,
        f"Shaded: surely at {CONCENTRATED} or above. {OPEN}: a range alone, which the region's "
        "profile has. Blank: no jobs there, or not known.",
    )


def _candidates(tables: StateTables, count: pd.Series) -> dict[str, str]:
    """Names of the candidates by key: by a count, the highest first, then by name."""
    named = tables.candidates.drop_duplicates("candidate").set_index("candidate")["candidate_name"]
    order = sorted(named.index, key=lambda key: (-int(count.get(key, 0)), str(named[key])))
    return {str(key): str(named[key]) for key in order}


def _matrix(
    name: str,
    caption: str,
    table: pd.DataFrame,
    candidates: Mapping[str, str],
    state: StateConfig,
    write: Callable[[Row], str],
    tint: Callable[[Row], str],
    note: str,
) -> PageTable:
    """Lay out one row a candidate and one column a region, numbered as on the state's map."""
    cells = {(row["region"], row["candidate"]): row for row in records(table)}

    def cell(region: str) -> Callable[[Row], str]:
        return lambda row: write(cells.get((region, row["candidate"]), {}))

    def shade(region: str) -> Callable[[Row], str]:
        return lambda row: tint(cells.get((region, row["candidate"]), {}))

    columns = [PageColumn("Sector", lambda row: str(row["candidate_name"]), numeric=False)]
    frame = pd.DataFrame(
        {"candidate": list(candidates), "candidate_name": list(candidates.values())}
    )
    for number, region in enumerate(state.regions, start=1):
        columns.append(PageColumn(str(number), cell(region.key), tint=shade(region.key)))
        frame[region.key] = [cell(region.key)({"candidate": key}) for key in candidates]
    if state.staff:
        frame["notice"] = FOR_STAFF
    numbers = "The numbers of the columns are those of the regions in the map and the table above."
    return PageTable(name, frame, caption, "", columns, (f"{note} {numbers}",))


def shared_leads(
    tables: StateTables, state: StateConfig, counties: gpd.GeoDataFrame | Missing | None
) -> list[str]:
    """Say which sectors lead in regions that are neighbors: a partnership might span them."""
    if counties is None or isinstance(counties, Missing):
        return []
    shapes = _outlines(state, counties)
    ranking = tables.ranking[tables.ranking["rank"] <= FIRST_THREE]
    names = _candidates(tables, pd.Series(dtype=int))
    called = {region.key: region.name for region in state.regions}
    told = []
    for key, name in names.items():
        there = [str(r) for r in ranking.loc[ranking["candidate"] == key, "region"] if r in shapes]
        for group in _groups(sorted(there, key=list(called).index), shapes):
            most = len(group) > len(called) / 2
            named = "most regions" if most else words.listing(called[one] for one in group)
            if len(group) > 1:
                told.append((most, len(group), f"{name}: {named}."))
    return [text for *_, text in sorted(told, key=lambda one: (one[0], -one[1], one[2]))]


def _outlines(state: StateConfig, counties: gpd.GeoDataFrame) -> dict[str, Any]:
    drawn = dict(zip(counties["area_fips"], counties.geometry, strict=True))
    found = {
        region.key: [drawn[code] for code in region.counties if code in drawn]
        for region in state.regions
    }
    return {
        key: shapely.buffer(shapely.union_all(shapes), TOUCHING)
        for key, shapes in found.items()
        if shapes
    }


def _groups(regions: Sequence[str], shapes: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the regions in groups that hang together by borders."""
    left = list(regions)
    while left:
        group = [left.pop(0)]
        for one in group:
            near = [key for key in left if shapely.intersects(shapes[one], shapes[key])]
            group += near
            left = [key for key in left if key not in near]
        yield [key for key in regions if key in group]
