"""Tables of jobs: industry sectors, and changes over several spans of years."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import Column, Table
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words import Row, records
from lmi.words.intervals import JOBS, MARK_NOTE, PAY, cell, moved

__all__ = ["change_head", "growth_table", "industries_table"]


def change_head(found: Assessment) -> str:
    """Write the years that growth is measured over, as the head of a column."""
    # word joiners keep a line from breaking at the dash
    years = f"{found.base_year}\u2060–\u2060{found.year}" if found.base_year else "in jobs"
    return f"Change {years}"


def industries_table(found: Assessment, industries: pd.DataFrame, source: str) -> Table:
    """List the industry sectors of the region, all ownerships together, the largest first."""
    is_sector = (industries["own_code"] == "0") & (industries["industry_level"] == "sector")
    ordered = industries[is_sector].sort_values(
        ["annual_avg_emplvl", "industry_code"], ascending=[False, True], ignore_index=True
    )
    keys = ["region", "own_code", "industry_code", "industry_title"]
    columns = [
        Column("Industry sector", lambda row: str(row["industry_title"]), numeric=False),
        Column("Jobs", MEASURES[JOBS].cell),
        Column("Share of jobs", lambda row: cell(row, "emplvl_share", words.share)),
        Column("Average pay", MEASURES[PAY].cell),
        Column(change_head(found), moved),
        Column("LQ nation", MEASURES["lq"].cell),
        Column("LQ state", MEASURES["lq_state"].cell),
    ]
    return Table(
        "industries",
        ordered[keys + [name for name in COLUMNS if name in ordered]],
        f"Industry sectors of {found.name}, {found.year}, public and private employers",
        source,
        columns,
        (f"{MARK_NOTE} LQ: location quotient.",),
    )


def growth_table(found: Assessment, growth: pd.DataFrame, source: str) -> Table | None:
    """Put each candidate's changes over spans of years side by side; none where there is one."""
    ended = growth[growth["year1"] == found.year]
    starts = sorted(ended.loc[ended["emplvl_pct_chg"].notna(), "year0"].unique(), reverse=True)
    if len(starts) < 2:
        return None
    ended = ended[ended["year0"].isin(starts)].sort_values(
        ["kind", "key", "year0"], ascending=[True, True, False], ignore_index=True
    )
    names = dict(zip(found.present["candidate"], found.present["candidate_name"], strict=True))
    wide = {
        (kind, key): dict(zip(rows["year0"], records(rows), strict=True))
        for (kind, key), rows in ended.groupby(["kind", "key"], sort=False)
    }
    order = [("total", "total"), *(("candidate", key) for key in names)]
    shown = pd.DataFrame({"who": [place for place in order if place in wide]})

    def over(start: int) -> Callable[[Row], str]:
        def write(row: Row) -> str:
            over_span = wide[row["who"]].get(start)
            return words.MISSING if over_span is None else moved(over_span)

        return write

    columns = [
        Column(
            "Sector",
            lambda row: names.get(row["who"][1], "All jobs of the region"),
            numeric=False,
        ),
        *(
            Column(f"{start}–{found.year} ({words.count(found.year - start, 'year')})", over(start))
            for start in starts
        ),
    ]
    return Table(
        "growth",
        ended,
        "Change in jobs over several spans of years",
        source,
        columns,
        (
            "≈ may be off by a point or more. A range in place of a number: too uncertain to "
            "say more. n/a: withheld, missing or not comparable; never zero.",
        ),
        shown,
    )
