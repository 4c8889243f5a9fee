"""How cells are written, and which columns go into every CSV of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lmi import words
from lmi.report.profile import Profile
from lmi.words import Row
from lmi.words.intervals import (
    JOBS,
    PAY,
    cell,
    change_cell,
    rough,
    rough_money,
    rough_quotient,
    signed_points,
)

__all__ = [
    "GROUND",
    "MARK_NOTE",
    "MEASURES",
    "RANKING",
    "jobs",
    "moved",
    "pay",
    "quotient",
    "shown",
    "span",
]

INTERVALS = ("_lo", "_hi", "_is_vague")
MEASURES = [
    "annual_avg_estabs", "annual_avg_emplvl", "annual_avg_emplvl_published",
    "annual_avg_emplvl_lo", "annual_avg_emplvl_hi", "annual_avg_emplvl_is_vague",
    "annual_avg_emplvl_min", "annual_avg_emplvl_max", "emplvl_estimated_share",
    *(f"emplvl_share{end}" for end in ("", *INTERVALS)),
    "total_annual_wages", "total_annual_wages_lo", "total_annual_wages_hi",
    "wages_estimated_share",
    *(f"{name}{end}" for name in ("avg_annual_pay", "pay_ratio", "pay_to_threshold_ratio", "lq",
      "lq_state") for end in ("", *INTERVALS)),
    "base_year",
    *(f"{name}{end}" for name in ("emplvl_chg", "emplvl_pct_chg", "emplvl_cagr")
      for end in ("", *INTERVALS)),
    "growth_basis", "is_break",
    *(f"{name}{end}" for name in ("national_growth", "industry_mix") for end in ("", "_lo", "_hi")),
    *(f"{name}{end}" for name in ("competitive_share", "projected_emplvl_pct_chg",
      "projected_emplvl_cagr") for end in ("", *INTERVALS)),
    "projection_source", "projection_horizon",
]  # fmt: skip
RANKING = [
    "rank", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance", "top3_chance",
    "confidence", "statistic_rank", "ground_rank", "hangs_on", "rank_without",
    *(f"{flag}{end}" for flag in ("driver_jobs", "driver_wages", "driver_concentration",
      "is_driver") for end in ("", "_is_sure")),
    "is_declining", "may_be_declining", "criteria_missing",
]  # fmt: skip
GROUND = [
    "engagement_organisations", "engagement_systems", "local_rating", "local_rating_lowest",
    "local_rating_highest", "local_statements", "readiness_rating",
]  # fmt: skip
MARK_NOTE = (
    "≈ estimated: more than a tenth of the number, or a change that may be off by a point or more. "
    "A range in place of a number: too uncertain to say more. n/a: withheld, missing or not "
    "comparable; never zero."
)


def jobs(row: Row) -> str:
    """Write a row's jobs: marked where much of them is estimated, a range where all is open.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str
    """
    return cell(row, JOBS, words.whole, "emplvl_estimated_share", rough)


def pay(row: Row) -> str:
    """Write a row's average pay, as `jobs`.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str
    """
    return cell(row, PAY, words.money, "wages_estimated_share", rough_money)


def moved(row: Row) -> str:
    """Write a row's change in percent, or why there is none.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str
    """
    if words.is_known(row["emplvl_pct_chg"]):
        return change_cell(row, "emplvl_pct_chg", words.signed_pct, signed_points)
    broken = words.is_known(row.get("is_break")) and bool(row["is_break"])
    return "codes changed" if broken else words.MISSING


def quotient(name: str) -> Callable[[Row], str]:
    """Make a cell that writes a location quotient, as `jobs`.

    Parameters
    ----------
    name : {"lq", "lq_state"}

    Returns
    -------
    callable
    """
    share = "emplvl_estimated_share"
    return lambda row: cell(row, name, words.quotient, share, rough_quotient)


def shown(writer: Callable[[Any], str], name: str) -> Callable[[Row], str]:
    """Make a cell that writes one column.

    Parameters
    ----------
    writer : callable
    name : str

    Returns
    -------
    callable
    """
    return lambda row: writer(row.get(name))


def span(profile: Profile) -> str:
    """Write the years that growth is measured over, as short as a column's head.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    str
    """
    # word joiners keep a line from breaking at the dash
    return f"{profile.base_year}\u2060–\u2060{profile.year}" if profile.base_year else "in jobs"
