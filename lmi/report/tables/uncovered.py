"""The largest industries that no candidate sector holds."""

from __future__ import annotations

from lmi import words
from lmi.assessment.region import Assessment
from lmi.assessment.uncovered import free_industries, industry_name
from lmi.report.display import PageColumn, PageTable
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, cell

__all__ = ["uncovered_table"]


def uncovered_table(found: Assessment, source: str) -> PageTable | None:
    """List the largest industries that no candidate holds; none where there is none."""
    table = found.uncovered
    if not free_industries(table):
        return None
    keys = ["region", "industry_code", "own_codes", "industry_title"]
    columns = [
        PageColumn("Industry", lambda row: f"{industry_name(row)} ({row['industry_code']})", False),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Share of jobs", lambda row: cell(row, "emplvl_share", words.share)),
        PageColumn("Places", MEASURES["annual_avg_estabs"].cell),
        PageColumn("Average pay", MEASURES[PAY].cell),
        PageColumn("LQ nation", MEASURES["lq"].cell),
    ]
    return PageTable(
        "uncovered",
        table[[*keys, *(name for name in COLUMNS if name in table)]],
        f"The largest industries in no candidate sector, {found.name}, {found.year}",
        source,
        columns,
        (
            f"Of private employers where nothing else is said. {MARK_NOTE} {FEW_NOTE} LQ: location "
            "quotient.",
        ),
        layout=table[table["industry_code"] != ""],
        stack=True,
    )
