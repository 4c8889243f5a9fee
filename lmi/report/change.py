"""The change in jobs by candidate, split against the nation or, failing that, the state."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lmi.report.profile import Profile

__all__ = ["PARTS", "Change", "change_of"]

PARTS = ("reference_growth", "industry_mix", "competitive_share")


@dataclass(frozen=True, eq=False)
class Change:
    """What changed, and what it is compared with.

    Parameters
    ----------
    table : DataFrame
        Candidates that have or had jobs, the largest gain first, those without a known change
        last; `PARTS` hold the split, missing where there is none.
    reference : str
        The place compared with, as a sentence uses it ("the nation"); empty where there is none.
    """

    table: pd.DataFrame
    reference: str


def change_of(profile: Profile) -> Change:
    """Choose the split of the change in jobs that the data at hand allow."""
    table = profile.candidates
    counted = (table["annual_avg_emplvl"] != 0) | (table["emplvl_chg"].fillna(0) != 0)
    ordered = table[counted].sort_values(
        ["emplvl_chg", "candidate"], ascending=[False, True], ignore_index=True
    )
    for suffix, place in (("", "the nation"), ("_state", profile.state_name)):
        names = [f"{name}{suffix}" for name in ("national_growth", *PARTS[1:])]
        if set(names) <= set(ordered) and ordered[names[-1]].notna().any():
            chosen = dict(zip(PARTS, (ordered[name] for name in names), strict=True))
            return Change(ordered.assign(**chosen), place)
    return Change(ordered.assign(**dict.fromkeys(PARTS, float("nan"))), "")
