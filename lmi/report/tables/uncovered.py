"""The largest industries that no candidate sector holds."""

from __future__ import annotations

from lmi import words
from lmi.assessment.region import Assessment
from lmi.assessment.uncovered import free_industries, industry_name
from lmi.report.display import Column, Table
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words.intervals import FEW_NOTE, JOBS, MARK_NOTE, PAY, cell

__all__ = ["uncovered_table"]


def uncovered_table(found: Assessment, source: str) -> Table | None:
    """List the largest industries that no candidate holds; none where there is none."""
    table = found.uncovered
    if not free_industries(table):
        return None
    keys = ["region", "industry_code", "own_codes", "industry_title"]
    columns = [
        Column("Industry", lambda row: f"{industry_name(row)} ({row['industry_code']})", False),
        Column("Jobs", MEASURES[JOBS].cell),
        Column("Share of jobs", lambda row: cell(row, "emplvl_share", words.share)),
        Column("Places", MEASURES["annual_avg_estabs"].cell),
        Column("Average pay", MEASURES[PAY].cell),
        Column("LQ nation", MEASURES["lq"].cell),
    ]
    return Table(
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
