"""A sentence on how ranks depend on the year that growth is measured from."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, records

__all__ = ["bases_sentence"]

FAR = 3  # places that a rank moves before it is said
NAMED = 3


def bases_sentence(found: Assessment, bases: pd.DataFrame) -> str:
    """Say which ranks another base year would move: into or out of the first three, then far.

    Parameters
    ----------
    bases : DataFrame
        ``candidate``, ``base_year``, ``rank``; that of the assessment among them.
    """
    ranked = bases[bases["rank"].notna()]
    own = ranked[ranked["base_year"] == found.base_year].set_index("candidate")["rank"]
    moved = ranked.assign(now=ranked["candidate"].map(own)).dropna(subset=["now"])
    leads = (moved[["rank", "now"]] <= FIRST_THREE).sum(axis=1) == 1
    moved = moved.assign(by=(moved["rank"] - moved["now"]).abs(), leads=leads)
    order = ["leads", "by", "candidate"]
    far = moved[moved["by"] >= FAR].sort_values(order, ascending=[False, False, True])
    lead = f"The ranks count growth since {found.base_year}."
    if far.empty:
        return f"{lead} From no other year would any of them move by {words.spelled(FAR)} places."
    names = dict(
        zip(found.candidates["candidate"], found.candidates["candidate_name"], strict=True)
    )
    said = [_said(row, names) for row in records(far.drop_duplicates("candidate"))]
    return f"{lead} Another base year would move {words.listing(said, limit=NAMED)}."


def _said(row: Row, names: dict[str, str]) -> str:
    now, then = (words.ordinal(int(row[name])) for name in ("now", "rank"))
    return f"{names[row['candidate']]} from {now} to {then} (since {int(row['base_year'])})"
