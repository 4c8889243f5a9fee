"""The sheets of a region's workbook, from its profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lmi import naics
from lmi.assessment.apart import why_apart
from lmi.assessment.people_sheets import PEOPLE_SHEETS
from lmi.config import Candidate, candidate_cells
from lmi.report.display import PageTable
from lmi.report.profile import Profile
from lmi.report.tables.provenance import definitions_table, sources_table
from lmi.report.tables.spans import bases_table
from lmi.report.tables.top_lists import LISTED, TOP_COLUMNS, top_lists
from lmi.report.workbook.breakdown_sheets import counties_sheet, quarters_sheet
from lmi.report.workbook.chart_data import chart_data
from lmi.report.workbook.context_sheets import context_sheets
from lmi.report.workbook.flags import flagged
from lmi.report.workbook.score_sheet import SCORE, anchors_frame
from lmi.report.workbook.sheet import TableSheet
from lmi.schema.measures import MEASURES
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.scoring.screens import DRIVERS
from lmi.words import records

__all__ = [
    "JUMPS", "RANKED", "SCORED", "SCREENED", "dictionary", "measured", "notes_frame",
    "quality_frame", "sheets_of", "table_sheets", "with_holders", "with_names", "with_vintage",
]  # fmt: skip

PRIVATE = "5"
JOBS = "annual_avg_emplvl"
QUALITY = (
    "region", "candidate", "candidate_name", JOBS,
    *(f"{JOBS}{end}" for end in ("_published", "_lo", "_hi", "_is_vague", "_min", "_max")),
    "emplvl_estimated_share", "wages_estimated_share", "is_confidential",
)  # fmt: skip
JUMPS = "Places of business that jump where jobs are withheld: an employer may report otherwise"
RANKED = ("rank", "rank_lo", "rank_hi", "set_aside")
SCREENED = tuple(
    f"{name}{end}"
    for name in ("is_driver", *(f"driver_{one}" for one in DRIVERS))
    for end in ("", "_is_sure")
)
SCORED = ("is_level", "score", "score_lo", "score_hi", "first_chance", "top3_chance")


def sheets_of(profile: Profile) -> Iterator[TableSheet]:
    """Yield the sheets that hold one table each, in their order."""
    yield TableSheet("Sectors", _sectors(profile), "Candidate sectors, the ranked first")
    industries = flagged(
        with_holders(profile.industries, profile.definitions, profile.year).drop(columns="region")
    )
    yield TableSheet(
        "Industries", industries, "Every industry, of all employers and of private ones"
    )
    listed = top_lists(industries)
    yield TableSheet(
        "Top lists", listed[[name for name in TOP_COLUMNS if name in listed]],
        f"{LISTED} private industries of three and four digits a list; those too uncertain for it "
        "are left out",
    )  # fmt: skip
    yield counties_sheet(profile.county_jobs.drop(columns="region"), profile.county_names)
    spans, years = (
        with_names(rows.drop(columns="region"), profile.candidates)
        for rows in (profile.growth, profile.trend)
    )
    yield TableSheet("Spans", spans, "Change in jobs over every span of years in the store")
    yield TableSheet("Years", with_vintage(years), "Jobs, wages and pay by year")
    yield quarters_sheet(profile.quarters.drop(columns="region"))
    yield from table_sheets(
        ("Base years", "Ranks under every year that growth could be measured from",
         bases_table(profile, profile.bases)),
    )  # fmt: skip
    yield TableSheet("Criteria", anchors_frame(profile), f"What {SCORE} asks, and the anchors")
    yield TableSheet(
        "Chances", profile.robustness.drop(columns="region"),
        "How often each candidate takes each rank, over weights and withheld numbers",
        {"chance": "share"},
    )  # fmt: skip
    for table, rows in ((ENGAGEMENT, profile.engagement), (LOCAL_KNOWLEDGE, profile.knowledge)):
        yield TableSheet(
            PEOPLE_SHEETS[table.name], rows.reindex(columns=list(table.names)),
            "Add rows, and `lmi workbook --read` adds them to the state's own file",
        )  # fmt: skip
    yield from context_sheets(profile)
    yield TableSheet(
        "Not covered", flagged(profile.uncovered.drop(columns="region")),
        "What no candidate holds, its largest industries below",
    )  # fmt: skip
    yield from table_sheets(
        ("Definitions", "What each candidate is made of", definitions_table(profile.definitions)),
    )
    quality = quality_frame(profile.best_first.drop(columns="region"))
    yield TableSheet("Quality", quality, "How much is published and how much estimated")
    yield TableSheet("Jumps", profile.jumps.drop(columns="region"), JUMPS)
    yield chart_data(profile)
    yield TableSheet("Notes", notes_frame(profile.meta), "Breaks, and what to know of the numbers")
    yield from table_sheets(
        ("Sources", "Files behind the numbers", sources_table(profile.meta.get("sources", ()))),
    )


def table_sheets(*asked: tuple[str, str, PageTable | None]) -> Iterator[TableSheet]:
    """Make sheets of the profile's tables: name, what it holds, and the table, if there is one."""
    for name, about, table in asked:
        if table is not None:
            yield TableSheet(
                name, flagged(table.frame.drop(columns="region", errors="ignore")), about
            )


def measured() -> list[str]:
    """Name the columns of every measure, in their order."""
    return list(dict.fromkeys(c for m in MEASURES.values() for c in m.columns))


def _sectors(profile: Profile) -> pd.DataFrame:
    frame = profile.best_first
    definitions = definitions_table(profile.definitions)
    codes = {} if definitions is None else dict(
        zip(definitions.frame["candidate"], definitions.frame["definition"], strict=True)
    )  # fmt: skip
    why = [why_apart(row, profile.year, profile.base_year) for row in records(frame)]
    frame = frame.assign(definition=frame["candidate"].map(codes), set_aside_reason=why)
    first = ["candidate", "candidate_name", "part_of", *RANKED, "set_aside_reason"]
    screened = (c for c in SCREENED if c in frame)
    measures = (c for c in measured() if c in frame)
    columns = dict.fromkeys([*first, *screened, *measures, *SCORED, "definition"])
    return flagged(frame[list(columns)])


def with_holders(
    industries: pd.DataFrame, definitions: Sequence[Candidate], year: int
) -> pd.DataFrame:
    """Name the candidates that hold each private industry whole, and keep what is measured."""
    held = _holders(definitions, industries["industry_code"].unique(), year)
    is_private = industries["own_code"] == PRIVATE
    holders = industries["industry_code"].map(held).where(is_private, "")
    first = [
        "region", "industry_code", "industry_title", "industry_level", "own_code", "in_candidates",
    ]  # fmt: skip
    columns = dict.fromkeys([*first, *(c for c in measured() if c in industries)])
    return industries.assign(in_candidates=holders)[list(columns)]


def _holders(
    definitions: Sequence[Candidate], industries: Iterable[str], year: int
) -> dict[str, str]:
    """Name the candidates whose private industries hold each industry whole."""
    cells = candidate_cells(definitions, naics.naics_year(year))
    private = cells[cells["own_code"] == PRIVATE]
    by_code = private.groupby("industry_code")["candidate"].agg(list).to_dict()
    return {
        code: ", ".join(
            key for above in (code, *naics.ancestors(code)) for key in by_code.get(above, ())
        )
        for code in industries
    }


def with_names(rows: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Put the names of candidates beside their keys."""
    named = dict(zip(candidates["candidate"], candidates["candidate_name"], strict=True))
    frame = rows.copy()
    at = list(frame.columns).index("key") + 1
    frame.insert(at, "candidate_name", frame["key"].map(named))
    return flagged(frame)


def with_vintage(years: pd.DataFrame) -> pd.DataFrame:
    """Say by which edition of the industry codes each year is coded."""
    return years.assign(naics_year=years["year"].map(naics.naics_year))


def quality_frame(candidates: pd.DataFrame) -> pd.DataFrame:
    """Say of each candidate how many jobs are published and how many estimated."""
    return flagged(candidates[[name for name in QUALITY if name in candidates]])


def notes_frame(meta: Mapping[str, Any]) -> pd.DataFrame:
    """List the breaks and the notes of a state's tables."""
    said = [("break", str(text)) for text in meta.get("breaks", ())]
    said += [("note", str(text)) for text in meta.get("notes", ())]
    return pd.DataFrame(said, columns=["what", "text"])


def dictionary(sheets: Sequence[TableSheet]) -> TableSheet:
    """Say of each column what it is, its unit, and on which sheets it stands."""
    rows = [
        (str(column), sheet.unit(str(column)), sheet.meaning(str(column)), sheet.name)
        for sheet in sheets
        for column in sheet.frame
    ]
    frame = pd.DataFrame(rows, columns=["column", "unit", "meaning", "sheets"])
    frame = frame.groupby(["column", "unit", "meaning"], sort=False, as_index=False).agg(", ".join)
    return TableSheet("Dictionary", frame, "Every column: its unit and what it is")
