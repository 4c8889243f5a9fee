"""What is published, what is estimated, and the files that it is from."""

from __future__ import annotations

import pandas as pd

from lmi.report import words
from lmi.report.display import Column, Row, Table
from lmi.report.profile import Profile
from lmi.report.tables.cells import jobs, shown

__all__ = ["quality_table", "sources_table"]


def quality_table(profile: Profile) -> Table:
    """Say for each candidate how many jobs are published and how many estimated.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    Table
    """
    names = [
        "region", "candidate", "candidate_name", "annual_avg_emplvl",
        "annual_avg_emplvl_published", "annual_avg_emplvl_lo", "annual_avg_emplvl_hi",
        "emplvl_estimated_share", "wages_estimated_share",
    ]  # fmt: skip
    ordered = profile.candidates.sort_values(
        ["emplvl_estimated_share", "candidate"], ascending=[False, True], ignore_index=True
    )
    columns = [
        Column("Sector", lambda row: str(row["candidate_name"]), numeric=False),
        Column("Jobs", jobs),
        Column("Published", shown(words.whole, "annual_avg_emplvl_published")),
        Column("Estimated", shown(words.share, "emplvl_estimated_share")),
        Column("Range of jobs", _range),
    ]
    return profile.keep(
        Table(
            "quality",
            ordered[names],
            f"Published and estimated jobs by candidate sector, {profile.year}",
            profile.source,
            columns,
        )
    )


def _range(row: Row) -> str:
    low, high = (words.whole(row[f"annual_avg_emplvl_{end}"]) for end in ("lo", "hi"))
    if words.MISSING in (low, high):
        return words.MISSING
    return "published in full" if low == high else f"{low} to {high}"


def sources_table(profile: Profile) -> Table:
    """List the files that the numbers come from.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    Table
    """
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
