"""How cells are written, and which columns go into every CSV of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lmi.report import words
from lmi.report.display import Row
from lmi.report.profile import Profile

__all__ = ["MARK_NOTE", "MEASURES", "RANKING", "jobs", "moved", "pay", "shown", "span"]

MEASURES = [
    "annual_avg_estabs", "annual_avg_emplvl", "annual_avg_emplvl_published",
    "annual_avg_emplvl_lo", "annual_avg_emplvl_hi", "emplvl_estimated_share", "emplvl_share",
    "total_annual_wages", "wages_estimated_share", "avg_annual_pay", "pay_ratio",
    "pay_to_threshold_ratio", "lq", "lq_state", "base_year", "emplvl_chg", "emplvl_pct_chg",
    "emplvl_cagr", "growth_basis", "is_break", "national_growth", "industry_mix",
    "competitive_share", "projected_emplvl_pct_chg", "projection_source", "projection_horizon",
]  # fmt: skip
RANKING = [
    "rank", "score", "driver_jobs", "driver_wages", "driver_concentration", "is_driver",
    "is_declining", "criteria_missing",
]  # fmt: skip
MARK_NOTE = (
    "≈ more than a tenth of the number is estimated. n/a: withheld, missing or not comparable; "
    "never zero."
)


def jobs(row: Row) -> str:
    """Write a row's jobs, marked where much of them is estimated.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str
    """
    return words.marked(words.whole(row["annual_avg_emplvl"]), row["emplvl_estimated_share"])


def pay(row: Row) -> str:
    """Write a row's average pay, marked where much of it is estimated.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str
    """
    return words.marked(words.money(row["avg_annual_pay"]), row["wages_estimated_share"])


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
        return words.marked(words.signed_pct(row["emplvl_pct_chg"]), row["emplvl_estimated_share"])
    broken = words.is_known(row.get("is_break")) and bool(row["is_break"])
    return "codes changed" if broken else words.MISSING


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
