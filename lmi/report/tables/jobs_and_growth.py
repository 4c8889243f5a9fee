"""The industry sectors of the region, and how a column of changes is headed."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.in_order import by_size
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, cell, moved

__all__ = ["change_head", "industries_table"]


def change_head(found: Assessment) -> str:
    """Write the years that growth is measured over, as the head of a column."""
    # word joiners keep a line from breaking at the dash
    years = f"{found.base_year}\u2060–\u2060{found.year}" if found.base_year else "in jobs"
    return f"Change {years}"


def industries_table(found: Assessment, industries: pd.DataFrame, source: str) -> PageTable:
    """List the industry sectors of the region, all ownerships together, the largest first."""
    is_sector = (industries["own_code"] == "0") & (industries["industry_level"] == "sector")
    ordered = by_size(industries[is_sector], JOBS, "industry_title")
    keys = ["region", "own_code", "industry_code", "industry_title"]
    columns = [
        words_column("Industry sector", "industry_title"),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Share of jobs", lambda row: cell(row, "emplvl_share", words.share)),
        PageColumn("Average pay", MEASURES[PAY].cell),
        PageColumn(change_head(found), moved),
        PageColumn("LQ nation", MEASURES["lq"].cell),
        PageColumn("LQ state", MEASURES["lq_state"].cell),
    ]
    return PageTable(
        "industries",
        ordered[keys + [name for name in COLUMNS if name in ordered]],
        f"Industry sectors of {found.name}, {found.year}, public and private employers",
        source,
        columns,
        (f"{MARK_NOTE} {FEW_NOTE} LQ: location quotient.",),
    )
