"""What each sector is made of, what of it is published and estimated, and from which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.codes import OWNERS
from lmi.config import Candidate, CandidatePart
from lmi.report.display import PageColumn, PageTable, words_column, written
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.how_sure import JOBS, estimated_ends
from lmi.words.intervals import rough, span

__all__ = ["definitions_table", "quality_table", "sources_table"]


def definitions_table(definitions: Sequence[Candidate]) -> PageTable | None:
    """Say what each candidate is made of; none where no definition is at hand."""
    if not definitions:
        return None
    rows = [
        {
            "candidate": candidate.key,
            "candidate_name": candidate.name,
            "why": candidate.why,
            "definition": "; ".join(_part(part) for part in candidate.industries),
        }
        for candidate in definitions
    ]
    columns = [
        words_column("Sector", "candidate_name"),
        words_column("Why these belong together", "why"),
        words_column("Industry codes (NAICS) and employers", "definition"),
    ]
    frame = pd.DataFrame(rows)
    return PageTable(
        "definitions", frame, "Working definitions of the sectors", "", columns, stack=True
    )


def _part(part: CandidatePart) -> str:
    without = f" without {words.listing(part.exclude)}" if part.exclude else ""
    owners = words.listing([OWNERS.get(code, code) for code in sorted(part.own, reverse=True)])
    return f"{', '.join(part.naics)}{without} ({owners})"


def quality_table(found: Assessment, source: str) -> PageTable:
    """Say for each candidate how many jobs are published and how many estimated."""
    names = [
        "region", "candidate", "candidate_name", "annual_avg_emplvl",
        "annual_avg_emplvl_published", "annual_avg_emplvl_lo", "annual_avg_emplvl_hi",
        "annual_avg_emplvl_is_vague", "annual_avg_emplvl_min", "annual_avg_emplvl_max",
        "emplvl_estimated_share", "wages_estimated_share",
    ]  # fmt: skip
    ordered = found.candidates.sort_values(
        ["emplvl_estimated_share", "candidate"], ascending=[False, True], ignore_index=True
    )
    columns = [
        words_column("Sector", "candidate_name"),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Published", written(words.whole, "annual_avg_emplvl_published")),
        PageColumn("Estimated", _estimated),
        PageColumn("90% sure", _range),
        PageColumn("Hard bounds", _bounds),
    ]
    return PageTable(
        "quality",
        ordered[[name for name in names if name in ordered]],
        f"Published and estimated jobs by candidate sector, {found.year}",
        source,
        columns,
        (
            "90% sure: the true number lies in this range about nine times in ten. Hard bounds: no "
            "number outside them fits the published totals.",
        ),
    )


def _estimated(row: Row) -> str:
    ends = estimated_ends(row)
    if ends is None:
        return words.MISSING
    least, most = ends
    return words.share(most) if least == most else f"at most {words.share(most)}"


def _range(row: Row) -> str:
    if not words.is_known(row["annual_avg_emplvl_lo"]):
        return words.MISSING
    return span(row, JOBS, rough) or "published in full"


def _bounds(row: Row) -> str:
    low, high = (row.get(f"annual_avg_emplvl_{end}") for end in ("min", "max"))
    if not words.is_known(low):
        return words.MISSING
    if not words.is_known(high):
        return f"{rough(low)} or more"
    return "" if words.whole(low) == words.whole(high) else f"{rough(low)} to {rough(high)}"


def sources_table(files: Sequence[Mapping[str, Any]]) -> PageTable:
    """List the files that the numbers come from."""
    names = ["source_id", "name", "periods", "vintage", "rows", "sha256"]
    entries = sorted(files, key=lambda entry: entry["source_id"])
    frame = pd.DataFrame(
        [{name: entry.get(name) for name in names} for entry in entries], columns=names
    )
    columns = [
        words_column("File", "name"),
        PageColumn("Period", lambda row: str(row["periods"] or ""), numeric=False),
        PageColumn("Release", lambda row: str(row["vintage"] or "not stated"), numeric=False),
        PageColumn("Rows", written(words.whole, "rows")),
        PageColumn(
            "Fingerprint (SHA-256)", lambda row: str(row["sha256"] or "")[:12], numeric=False
        ),
    ]
    return PageTable("sources", frame, "Files behind this profile", "", columns, stack=True)
