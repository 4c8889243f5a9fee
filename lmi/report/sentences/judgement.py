"""Sentences on what to make of it: screens, scores, projections, quality."""

from __future__ import annotations

from collections.abc import Sequence

from lmi.report import words
from lmi.report.display import Row
from lmi.report.profile import Profile
from lmi.report.sentences.levels import part_of

__all__ = ["criteria", "projections", "quality"]


def criteria(profile: Profile) -> str:
    """Say how many candidates pass the screen and which lead the first score.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    str
    """
    rows = [row for row in profile.rows if words.is_known(row["score"])]
    if not rows:
        return "No candidate sector can be scored: every criterion is missing."
    driving = sum(bool(row["is_driver"]) for row in rows)
    ranked = sorted(rows, key=lambda row: (row["rank"], row["candidate"]))
    first, *others = [f"{row['candidate_name']} ({words.points(row['score'])})" for row in ranked]
    text = (
        f"{part_of(driving, len(rows))} {'drives' if driving == 1 else 'drive'} the regional "
        f"economy by jobs, by pay or by concentration. The first weighted score puts {first} first"
    )
    text += f", followed by {words.listing(others[:2])}, out of 100." if others else ", out of 100."
    declining = sum(
        words.is_known(row["is_declining"]) and bool(row["is_declining"]) for row in rows
    )
    if declining:
        verb = "sector is" if declining == 1 else "sectors are"
        text += f" {words.spelled(declining).capitalize()} {verb} losing jobs or projected to."
    return (
        f"{text}{_lacking(profile, rows)} The score opens the discussion and does not decide it: "
        "what the team knows on the ground counts as much."
    )


def _lacking(profile: Profile, rows: Sequence[Row]) -> str:
    """Say which criteria have no data, for all sectors and for some."""
    lacked = [
        {key.strip() for key in str(row["criteria_missing"]).split(",")}
        if words.is_known(row["criteria_missing"])
        else set()
        for row in rows
    ]
    by_all = set.intersection(*lacked)
    some = sum(keys != by_all for keys in lacked)
    names = {criterion.key: criterion.name for criterion in profile.criteria}
    text = ""
    if by_all:
        named = words.listing(sorted(names.get(key, key) for key in by_all))
        verb = "has" if len(by_all) == 1 else "have"
        left = "is left out" if len(by_all) == 1 else "are left out"
        text += f" {named} {verb} no data for any sector and {left}."
    if some:
        has = "sector lacks" if some == 1 else "sectors lack"
        other = "some other criterion" if by_all else "some criterion"
        text += (
            f" {words.spelled(some).capitalize()} {has} data for {other}; the rest then share its "
            "weight."
        )
    return text


def projections(profile: Profile) -> str:
    """Say where projections are from, or that there are none.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    str
    """
    rows = [row for row in profile.rows if words.is_known(row.get("projected_emplvl_pct_chg"))]
    if not rows:
        return "There are no projections for this region, so projected growth is not scored."
    said = sorted({f"{row['projection_source']}, {row['projection_horizon']}" for row in rows})
    return f"Projected growth: {words.listing(said)}."


def quality(profile: Profile) -> str:
    """Say how much is withheld and how much is estimated.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    str
    """
    withheld = profile.total["withheld_cells_share"]
    guessed = profile.total["sector_emplvl_estimated_share"]
    first = (
        f"{words.share(withheld)} of the detailed county-by-industry numbers behind this profile "
        "are withheld to protect single employers."
        if words.is_known(withheld)
        else "How many of the detailed numbers are withheld is missing."
    )
    second = (
        f"{words.share(guessed)} of the region's private jobs, counted by industry sector, had to "
        "be estimated."
        if words.is_known(guessed)
        else "How many jobs had to be estimated is missing."
    )
    return (
        f"{first} {second} Each estimate has a range that holds the true number nine times in ten; "
        "where the range is too wide for a number, the range is given instead. A withheld number "
        "is never counted as zero."
    )
