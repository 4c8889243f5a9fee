"""What the store holds, in tables: files, shares withheld by year, breaks, other tables, years."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.report.display import PageColumn, PageTable, words_column, written
from lmi.words import Row

__all__ = [
    "breaks_table", "files_table", "others_table", "profiles_table", "withheld_table",
]  # fmt: skip

FEW_FILES = 20  # so many are listed one by one
SHOWN_LEVELS = {"sector": "sector", "4-digit": "4-digit", "6-digit": "6-digit"}
TITLES = {
    "projections": ("Projections", "projected growth"),
    "state_projections": ("Projections, the state's own tables", "projected growth"),
    "commuting": ("Commuting", "who comes in to work and who goes out"),
    "commuting_all_jobs": ("Commuting, all jobs", "the same, where main jobs are not there"),
    "commuting_survey": ("Commuting, by survey", "the same, across state lines"),
    "labor_force": ("Labor force", "who works or looks for work"),
    "population": ("Population", "how many people live here"),
    "thresholds": ("Pay thresholds", "whether pay sustains a family"),
    "consumer_prices": ("Consumer prices", "pay over the years in the prices of one"),
    "county boundaries": ("County boundaries", "maps"),
    "state boundaries": ("State boundaries", "maps"),
    "engagement": ("Employer engagement", "who already works with employers"),
    "local_knowledge": ("Local knowledge", "what people on the ground say"),
}


def files_table(held: Holdings) -> PageTable:
    """List the files; those of one kind, period and fate in one row where there are many."""
    columns = [
        words_column("File", "name"),
        words_column("Table", "table"),
        PageColumn("Period", lambda row: _period(str(row["periods"])), numeric=False),
        *(
            [PageColumn("Release", lambda row: str(row["vintage"] or "not stated"), numeric=False)]
            if (held.files["vintage"] != "").any()
            else []
        ),
        PageColumn("Rows", written(words.whole, "rows")),
        PageColumn("In use", _fate, numeric=False),
        PageColumn("Taken in", _day, numeric=False),
        PageColumn("SHA-256", lambda row: str(row["sha256"])[:8], numeric=False),
    ]
    return PageTable(
        "files", held.files, "Files taken in", "", columns, layout=_grouped(held.files), stack=True
    )


def _grouped(files: pd.DataFrame) -> pd.DataFrame | None:
    if len(files) <= FEW_FILES:
        return None
    rows = []
    keys = ["table", "periods", "vintage", "replaced_by"]
    for _, group in files.groupby(keys, sort=False):
        first = group.iloc[0].to_dict()
        if len(group) > 1:
            first["name"] = f"{first['name']} and {len(group) - 1} more"
            first["sha256"] = ""
            first |= {name: int(group[name].sum()) for name in ("rows", "current")}
        rows.append(first)
    return pd.DataFrame(rows)


def _period(periods: str) -> str:
    """Write many periods by their ends."""
    listed = [p for p in periods.split(", ") if p]
    return periods if len(listed) < 3 else f"{listed[0]} to {listed[-1]}"


def _day(row: Row) -> str:
    return str(row["ingested_at"])[:10].replace("-", "\u2060-\u2060")  # kept on one line


def _fate(row: Row) -> str:
    if row["current"] >= row["rows"]:
        return "yes"
    by = f" by {row['replaced_by']}" if row["replaced_by"] else ""
    return f"no, replaced{by}" if not row["current"] else f"in part replaced{by}"


def withheld_table(held: Holdings) -> PageTable:
    """Show by year which share of cells and of jobs is withheld, on three levels."""
    frame = held.withheld
    wide = frame[frame["level"].isin(SHOWN_LEVELS)].pivot_table(
        index="period", columns="level", values=["cells_share", "jobs_share"], dropna=False
    )
    wide.columns = [" ".join(reversed(name)) for name in wide.columns.to_flat_index()]
    columns = [words_column("Year", "period")]
    for measure, what in (("cells_share", "cells"), ("jobs_share", "jobs")):
        columns += [
            PageColumn(f"{title}: {what}", _share(f"{level} {measure}"))
            for level, title in SHOWN_LEVELS.items()
        ]
    return PageTable(
        "withheld", frame, "Share withheld in the counties, private employers", "", columns,
        ("Jobs: the counties' totals less what is published on the level. The finer the level, "
         "the more is withheld.",),
        layout=wide.reset_index(),
    )  # fmt: skip


def _share(name: str) -> Callable[[Row], str]:
    return lambda row: words.share(row[name])


def breaks_table(held: Holdings) -> PageTable:
    """List what changed between years that follow each other, and what it cuts through."""
    columns = [
        PageColumn("Between", lambda row: f"{row['year0']} and {row['year1']}", numeric=False),
        words_column("What changed", "reason"),
        PageColumn("Cannot be compared", _cut, numeric=False),
    ]
    return PageTable("breaks", held.breaks, "Breaks between years", "", columns, stack=True)


def _cut(row: Row) -> str:
    if row["regions"]:
        return f"Regions: {row['regions']}"
    changed = row["industries"].split()
    count = f"{len(changed)} of {row['n_industries']} 4-digit industries"
    named = f" ({words.listing(changed, limit=6)})" if changed else ""
    return f"{count}{named}; candidate sectors: {row['candidates'] or 'none'}"


def others_table(held: Holdings) -> PageTable:
    """Say which tables beside jobs and wages are there, of when, and what they are used for."""
    columns = [
        PageColumn("Table", lambda row: TITLES[row["table"]][0], numeric=False),
        PageColumn("Where", lambda row: f"regions/{held.state.slug}" if row["place"] == "folder"
               else "store", numeric=False),
        PageColumn("Rows", lambda row: words.whole(row["rows"]) if row["rows"] else "not there"),
        PageColumn("Years", _span, numeric=False),
        PageColumn("Used for", lambda row: TITLES[row["table"]][1], numeric=False),
    ]  # fmt: skip
    return PageTable("others", held.others, "Beside jobs and wages", "", columns, stack=True)


def _span(row: Row) -> str:
    if not words.is_known(row["first"]):
        return ""
    return str(row["first"]) if row["first"] == row["last"] else f"{row['first']} to {row['last']}"


def profiles_table(held: Holdings) -> PageTable:
    """Say of every whole year what a profile of it would have."""
    columns = [
        words_column("Year", "year"),
        PageColumn(
            "Regions", lambda row: f"{row['n_regions'] - row['n_failed']} of {row['n_regions']}"
        ),
        PageColumn("Growth from", _base, numeric=False),
        PageColumn("Against the state", _yes("has_state"), numeric=False),
        PageColumn("Against the nation", _nation, numeric=False),
        PageColumn("Shift-share", _yes("base_has_nation", "has_nation"), numeric=False),
    ]
    return PageTable("profiles", held.profiles, "What a profile of a year would have", "", columns)


def _base(row: Row) -> str:
    if words.is_known(row["base"]):
        return str(row["base"])
    return f"{row['first']}, rebuilt" if words.is_known(row["first"]) else "no"


def _nation(row: Row) -> str:
    return "yes" if row["has_nation"] else "by printed quotients"


def _yes(*names: str) -> Callable[[Row], str]:
    return lambda row: "yes" if all(row[name] for name in names) else "no"
