"""What people bring: what was said and by whom, how ready an industry is, who engages employers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.people import FIRMS_TO_INVITE, READINESS
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.words import Row, records

__all__ = ["engagement_table", "knowledge_table", "readiness_table"]

HEADS = {
    "champions": "Champions",
    "network": "Network",
    "urgency": "Urgency",
    "firms": "Firms",
}


def knowledge_table(found: Assessment) -> PageTable | None:
    """List what was said, by whom and when, with its rating; none where nothing is written down."""
    rows = _in_order(found, found.knowledge, "date")
    if rows.empty:
        return None
    columns = [
        words_column("Sector", "candidate_name"),
        PageColumn("What was said", _said, numeric=False),
        PageColumn("Rating", lambda row: _rating(row["rating"])),
        PageColumn("By", lambda row: str(row["who"] or ""), numeric=False),
        PageColumn("When", _when, numeric=False),
    ]
    return PageTable(
        "knowledge",
        rows,
        "What people on the ground say",
        "",
        columns,
        (
            "Rating: 5 strongly for the sector, 3 neither, 1 strongly against. The words are "
            "as the team wrote them down.",
        ),
        stack=True,
    )


def _said(row: Row) -> str:
    item = str(row.get("item") or "")
    text = str(row["statement"]) if words.is_known(row["statement"]) else ""
    if not item:
        return text
    return f"{HEADS.get(item, item)}: {text}" if text else READINESS.get(item, item)


def _when(row: Row) -> str:
    day = str(row["date"]) if words.is_known(row["date"]) else ""
    return day.replace("-", "\N{NON-BREAKING HYPHEN}")


def _rating(value: float) -> str:
    return f"{value:g}" if words.is_known(value) else words.MISSING


def readiness_table(found: Assessment) -> PageTable | None:
    """Show how the readiness items were rated beside the places of business; none where unrated."""
    wide: dict[str, dict[str, Any]] = {}
    for row in records(found.readiness):
        if words.is_known(row["rating"]):
            mine = wide.setdefault(str(row["candidate"]), {"candidate": row["candidate"]})
            mine |= {f"{row['item']}_rating": row["rating"], f"{row['item']}_n": row["n"]}
    if not wide:
        return None
    rated = pd.DataFrame(list(wide.values()))
    rows = _in_order(found, rated, "candidate", ["annual_avg_estabs"])
    columns = [words_column("Sector", "candidate_name")]
    columns += [PageColumn(HEADS.get(item, item), _item(item), numeric=False) for item in READINESS]
    columns.append(PageColumn("Places of business", _places))
    meanings = " ".join(f"{HEADS.get(item, item)}: {text}." for item, text in READINESS.items())
    return PageTable(
        "readiness",
        rows,
        "How ready the industry is",
        "",
        columns,
        (
            f"Mean rating from 1 (not at all) to 5 (fully). {meanings} Places of business: as "
            "the statistic counts them; a firm may have several.",
        ),
    )


def _item(item: str) -> Callable[[Row], str]:
    def write(row: Row) -> str:
        rating: Any = row.get(f"{item}_rating")
        count: Any = row.get(f"{item}_n")
        if not words.is_known(rating):
            return "not asked"
        voices = f" ({words.count(count, 'voice')})" if words.is_known(count) and count > 1 else ""
        return f"{float(rating):.1f}".removesuffix(".0") + voices

    return write


def _places(row: Row) -> str:
    count = row["annual_avg_estabs"]
    if not words.is_known(count):
        return words.MISSING
    enough = "" if count >= FIRMS_TO_INVITE else f", under {FIRMS_TO_INVITE}"
    return f"{words.whole(count)}{enough}"


def engagement_table(found: Assessment) -> PageTable | None:
    """List who works with the employers of which candidate already; none where nobody is listed."""
    rows = _in_order(found, found.engagement, "since")
    if rows.empty:
        return None
    columns = [
        words_column("Sector", "candidate_name"),
        words_column("Organization", "organisation"),
        words_column("System", "system"),
        PageColumn(
            "What it does with employers", lambda row: str(row["effort"] or ""), numeric=False
        ),
        PageColumn("Since", _since, numeric=False),
    ]
    return PageTable(
        "engagement",
        rows,
        "Organizations on the team's list",
        "",
        columns,
        stack=True,
    )


def _since(row: Row) -> str:
    value: Any = row.get("since")
    return f"{float(value):.0f}" if words.is_known(value) else ""


def _in_order(
    found: Assessment, rows: pd.DataFrame, then: str, measures: list[str] | None = None
) -> pd.DataFrame:
    """Put rows of candidates in the order of the ranking, with the candidates' names."""
    if rows.empty:
        return rows
    kept = ["candidate", "candidate_name", *(measures or [])]
    best_first = found.best_first[kept].reset_index(names="_place")
    named = rows.merge(best_first, on="candidate", how="left", validate="m:1")
    ordered = named.sort_values(["_place", then], kind="stable", ignore_index=True)
    first = ["candidate", "candidate_name"]
    return ordered[[*first, *(c for c in ordered if c not in [*first, "_place"])]]
