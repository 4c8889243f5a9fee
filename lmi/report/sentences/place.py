"""Sentences on the region as a whole: its size, its counties, its jobs over time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi import words
from lmi.report.profile import Profile

__all__ = ["change", "counties", "glance", "growth_of", "trend"]


def change(percent: float) -> str:
    """Say how a number of jobs moved.

    Parameters
    ----------
    percent : float, percent

    Examples
    --------
    >>> change(4.31), change(-2.0), change(0.01)
    ('grew by 4.3%', 'fell by 2.0%', 'stayed the same')
    """
    if abs(percent) < 0.05:
        return "stayed the same"
    return f"{'grew' if percent > 0 else 'fell'} by {words.pct(abs(percent))}"


def growth_of(profile: Profile, place: str) -> float:
    """Give the change in all jobs of a reference area over the profile's years.

    Parameters
    ----------
    place : {"state", "nation"}

    Returns
    -------
    float, percent
        NaN where either year is not known.
    """
    rows = profile.trend[(profile.trend["place"] == place) & (profile.trend["key"] == "total")]
    jobs = rows.set_index("year")["annual_avg_emplvl"]
    first, last = (jobs.get(year) for year in (profile.base_year, profile.year))
    return 100 * (last / first - 1) if first and last else float("nan")


def glance(profile: Profile) -> str:
    """Sum up the region: jobs, places of business, pay and growth."""
    total = profile.total
    jobs = words.about(total["annual_avg_emplvl"], "job", total.get("emplvl_estimated_share"))
    pay = total["avg_annual_pay"]
    paid = (
        f"paying {words.money(pay)} a year on average" if words.is_known(pay)
        else "their average pay is missing"
    )  # fmt: skip
    first = (
        f"In {profile.year}, {profile.name} had {jobs} at "
        f"{words.count(total['annual_avg_estabs'], 'place of business')}, {paid}."
    )
    return f"{first} {_total_growth(profile)}"


def _total_growth(profile: Profile) -> str:
    percent = profile.total["emplvl_pct_chg"]
    if not words.is_known(percent):
        return (
            "How the number of jobs changed is missing: there is no earlier year to compare with."
        )
    others = {profile.state_name: "state", "the nation": "nation"}
    known = [
        f"{words.signed_pct(value)} in {name}"
        for name, place in others.items()
        if words.is_known(value := growth_of(profile, place))
    ]
    against = f", compared with {words.listing(known)}" if known else ""
    return f"The number of jobs {change(percent)} from {profile.span}{against}."


def counties(profile: Profile, names: Sequence[str]) -> str:
    """Say which counties make up the region.

    Parameters
    ----------
    names : sequence of str
        Names of the counties; empty where they are not known.
    """
    # A region may list a county under its former code too; the map has each once.
    size = words.count(len(set(names)) or len(profile.region.counties), "county")
    made = f"{profile.name} is made up of {size}"
    return f"{made}: {words.listing(sorted(set(names)))}." if names else f"{made}."


def trend(profile: Profile, lines: pd.DataFrame) -> str:
    """Say how jobs moved over the years against the state and the nation.

    Parameters
    ----------
    lines : DataFrame, index year
        Jobs as an index, one column a place, 100 in the first year.
    """
    first, last = int(lines.index[0]), int(lines.index[-1])
    moved = lines.ffill().iloc[-1] - 100
    names = {"state": profile.state_name, "nation": "the nation"}
    others = [
        f"{words.signed_pct(moved[place])} in {name}"
        for place, name in names.items()
        if place in moved and words.is_known(moved[place])
    ]
    against = f", compared with {words.listing(others)}" if others else ""
    return f"From {first} to {last} the number of jobs {change(moved['region'])}{against}."
