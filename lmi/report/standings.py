"""A profile's candidates as cases, and what its ranking rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lmi import words
from lmi.report.case import Case, Setting, cases_of
from lmi.report.profile import Profile
from lmi.words import records

__all__ = ["cases_in", "listed_by", "ranked", "rated_by", "setting_of"]

GROUND = "ground"


def setting_of(profile: Profile) -> Setting:
    """Return what all candidates of a profile share.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    Setting
    """
    threshold: Any = profile.total.get("threshold_annual_wage")
    return Setting(
        state_name=profile.state_name,
        year=profile.year,
        base_year=profile.base_year,
        listed=listed_by(profile.engagement),
        rated=rated_by(profile.readiness),
        threshold=float(threshold) if words.is_known(threshold) else float("nan"),
    )


def listed_by(engagement: pd.DataFrame) -> dict[str, list[str]]:
    """Return the organizations that work with each candidate's employers, each once.

    Parameters
    ----------
    engagement : DataFrame
        Rows of one region: `candidate`, `organisation`.

    Returns
    -------
    dict of str to list of str
    """
    found: dict[str, dict[str, str]] = {}
    for row in records(engagement):
        name = str(row["organisation"])
        found.setdefault(str(row["candidate"]), {}).setdefault(name.casefold(), name)
    return {candidate: list(names.values()) for candidate, names in found.items()}


def rated_by(readiness: pd.DataFrame) -> Mapping[tuple[str, str], float]:
    """Return the readiness ratings that there are, by candidate and item.

    Parameters
    ----------
    readiness : DataFrame
        Rows of one region: `candidate`, `item`, `rating`.

    Returns
    -------
    mapping of (str, str) to float
    """
    return {
        (str(row["candidate"]), str(row["item"])): float(row["rating"])
        for row in records(readiness)
        if words.is_known(row["rating"])
    }


def cases_in(profile: Profile) -> list[Case]:
    """Put together what is known of a profile's candidates, the best first.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    list of Case
    """
    return cases_of(profile.candidates, profile.scores, profile.criteria, setting_of(profile))


def ranked(profile: Profile) -> pd.DataFrame:
    """Order the candidates that have jobs here by rank; those without a score come last.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    DataFrame
    """
    return profile.present.sort_values(["rank", "candidate"], ignore_index=True)
