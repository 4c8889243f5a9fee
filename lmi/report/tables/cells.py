"""How cells are written, and which columns go into every CSV of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lmi.report.profile import Profile
from lmi.words import Row

__all__ = [
    "BROUGHT",
    "RANKING",
    "shown",
    "span",
]

RANKING = [
    "rank", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance", "top3_chance",
    "confidence", "statistic_rank", "ground_rank", "hangs_on", "rank_without",
    *(f"{flag}{end}" for flag in ("driver_jobs", "driver_wages", "driver_concentration",
      "is_driver") for end in ("", "_is_sure")),
    "is_declining", "may_be_declining", "criteria_missing",
]  # fmt: skip
BROUGHT = [
    "engagement_organisations", "engagement_systems", "local_rating", "local_rating_lowest",
    "local_rating_highest", "local_statements", "readiness_rating",
]  # fmt: skip


def shown(writer: Callable[[Any], str], name: str) -> Callable[[Row], str]:
    """Make a cell that writes one column."""
    return lambda row: writer(row.get(name))


def span(profile: Profile) -> str:
    """Write the years that growth is measured over, as short as a column's head."""
    # word joiners keep a line from breaking at the dash
    return f"{profile.base_year}\u2060–\u2060{profile.year}" if profile.base_year else "in jobs"
