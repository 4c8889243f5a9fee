"""The sheets of a state's workbook: its regions side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from lmi.assessment.adding_up import regions_frame
from lmi.assessment.state_tables import StateTables
from lmi.config import Candidate, StateConfig
from lmi.report.tables.provenance import definitions_table, sources_table
from lmi.report.workbook.breakdown_sheets import counties_sheet, quarters_sheet
from lmi.report.workbook.flags import flagged
from lmi.report.workbook.sheet import TableSheet
from lmi.report.workbook.sheets import (
    JUMPS,
    RANKED,
    SCORED,
    SCREENED,
    measured,
    notes_frame,
    quality_frame,
    table_sheets,
    with_holders,
    with_names,
    with_vintage,
)  # fmt: skip

__all__ = ["state_sheets"]

# A state has tens of thousands of these; each region's workbook has its own.
NOT_BY_REGION = ("5-digit", "6-digit")
SIDE_BY_SIDE = (
    ("Ranks", "rank", "Rank of each candidate in each region; blank where it is set aside"),
    ("Jobs", "annual_avg_emplvl", "Jobs of each candidate in each region"),
    ("Quotients", "lq", "Location quotient against the nation in each region"),
    ("Growth", "emplvl_pct_chg", "Change in jobs of each candidate in each region"),
)


def state_sheets(
    tables: StateTables, state: StateConfig, definitions: Sequence[Candidate]
) -> Iterator[TableSheet]:
    """Yield the sheets that hold one table each, in their order."""
    regions = flagged(regions_frame(tables, state.name))
    yield TableSheet("Regions", regions, "Regions, what lies in none of them, and the state")
    names = {region.key: region.name for region in state.regions}
    sectors = _sectors(tables, names)
    yield TableSheet("Sectors by region", sectors, "Every candidate in every region")
    for name, measure, about in SIDE_BY_SIDE:
        yield _side_by_side(name, measure, about, sectors, state)
    industries = tables.industries[~tables.industries["industry_level"].isin(NOT_BY_REGION)]
    held = with_holders(industries.reset_index(drop=True), definitions, int(tables.meta["year"]))
    yield TableSheet(
        "Industries", _named(flagged(held), names),
        "Industries of up to four digits in every region; finer ones are in each region's workbook",
    )  # fmt: skip
    years = with_names(tables.trend, tables.candidates)
    yield counties_sheet(_named(tables.counties, names), {})
    yield TableSheet("Years", _named(with_vintage(years), names), "Jobs, wages and pay by year")
    of_regions = tables.quarters[tables.quarters["place"] == "region"]
    yield quarters_sheet(_named(of_regions.drop(columns="place"), names))
    yield from table_sheets(
        ("Definitions", "What each candidate is made of", definitions_table(definitions)),
    )
    quality = _named(quality_frame(tables.candidates), names)
    about = "How much of each candidate is published and how much estimated, in every region"
    yield TableSheet("Quality", quality, about)
    yield TableSheet("Jumps", _named(tables.jumps, names), JUMPS)
    yield TableSheet("Notes", notes_frame(tables.meta), "Breaks, and what to know of the numbers")
    yield from table_sheets(
        ("Sources", "Files behind the numbers", sources_table(tables.meta.get("sources", ()))),
    )


def _sectors(tables: StateTables, names: dict[str, str]) -> pd.DataFrame:
    by = ["region", "candidate"]
    frame = tables.candidates.merge(tables.ranking, on=by, how="left", validate="1:1")
    first = [*by, "candidate_name", "part_of", *RANKED]
    screened = (c for c in SCREENED if c in frame)
    measures = (c for c in measured() if c in frame)
    columns = dict.fromkeys([*first, *screened, *measures, *SCORED])
    return _named(flagged(frame[list(columns)]), names)


def _named(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Put the region's name beside its key, both first."""
    named = frame.assign(region_name=frame["region"].map(names))
    first = ["region", "region_name"]
    return named[[*first, *(c for c in named if c not in first)]]


def _side_by_side(
    name: str, measure: str, about: str, sectors: pd.DataFrame, state: StateConfig
) -> TableSheet:
    """Lay one measure out, a row a candidate and a column a region."""
    by = sectors.set_index(["candidate", "region"])[measure]
    keys = [r.key for r in state.regions if r.key in set(sectors["region"])]
    candidates = sectors[["candidate", "candidate_name"]].drop_duplicates("candidate")
    frame = candidates.reset_index(drop=True)
    for key in keys:
        frame[key] = [by.get((candidate, key)) for candidate in frame["candidate"]]
    return TableSheet(name, frame, about, of=measure)
