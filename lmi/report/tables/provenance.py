"""What is published, what is estimated, and the files that it is from."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.report.display import Column, Table
from lmi.report.profile import Profile
from lmi.report.tables.cells import shown
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.intervals import JOBS, span

__all__ = ["quality_table", "sources_table"]


def quality_table(profile: Profile) -> Table:
    """Say for each candidate how many jobs are published and how many estimated."""
    names = [
        "region", "candidate", "candidate_name", "annual_avg_emplvl",
        "annual_avg_emplvl_published", "annual_avg_emplvl_lo", "annual_avg_emplvl_hi",
        "annual_avg_emplvl_is_vague", "annual_avg_emplvl_min", "annual_avg_emplvl_max",
        "emplvl_estimated_share", "wages_estimated_share",
    ]  # fmt: skip
    ordered = profile.candidates.sort_values(
        ["emplvl_estimated_share", "candidate"], ascending=[False, True], ignore_index=True
    )
    columns = [
        Column("Sector", lambda row: str(row["candidate_name"]), numeric=False),
        Column("Jobs", MEASURES[JOBS].cell),
        Column("Published", shown(words.whole, "annual_avg_emplvl_published")),
        Column("Estimated", shown(words.share, "emplvl_estimated_share")),
        Column("90% sure", _range),
        Column("Hard bounds", _bounds),
    ]
    return profile.keep(
        Table(
            "quality",
            ordered[[name for name in names if name in ordered]],
            f"Published and estimated jobs by candidate sector, {profile.year}",
            profile.source,
            columns,
            (
                "90% sure: the true number lies in this range nine times in ten. Hard bounds: no "
                "number outside them fits the published totals.",
            ),
        )
    )


def _range(row: Row) -> str:
    if not words.is_known(row["annual_avg_emplvl_lo"]):
        return words.MISSING
    return span(row, JOBS, words.whole) or "published in full"


def _bounds(row: Row) -> str:
    low, high = (row.get(f"annual_avg_emplvl_{end}") for end in ("min", "max"))
    if not words.is_known(low):
        return words.MISSING
    if not words.is_known(high):
        return f"{words.whole(low)} or more"
    return (
        ""
        if words.whole(low) == words.whole(high)
        else f"{words.whole(low)} to {words.whole(high)}"
    )


def sources_table(profile: Profile) -> Table:
    """List the files that the numbers come from."""
    names = ["source_id", "name", "periods", "vintage", "rows", "sha256"]
    entries = sorted(profile.meta.get("sources", ()), key=lambda entry: entry["source_id"])
    frame = pd.DataFrame(
        [{name: entry.get(name) for name in names} for entry in entries], columns=names
    )
    columns = [
        Column("File", lambda row: str(row["name"]), numeric=False),
        Column("Period", lambda row: str(row["periods"] or ""), numeric=False),
        Column("Release", lambda row: str(row["vintage"] or "not stated"), numeric=False),
        Column("Rows", shown(words.whole, "rows")),
        Column("Fingerprint (SHA-256)", lambda row: str(row["sha256"] or "")[:12], numeric=False),
    ]
    return profile.keep(
        Table("sources", frame, "Files behind this profile", "", columns, stack=True)
    )
