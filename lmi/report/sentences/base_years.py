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
ASIDE = "set aside"


def bases_sentence(found: Assessment, bases: pd.DataFrame) -> str:
    """Say which ranks another base year would move: into or out of the first three, then far.

    Parameters
    ----------
    bases : DataFrame
        ``candidate``, ``base_year``, ``rank`` (missing where set aside); that of the assessment
        among them.

    Returns
    -------
    str
        Empty where there is no other base year.
    """
    if bases["base_year"].nunique() < 2:
        return ""
    last = len(found.candidates) + FAR  # behind all ranks, so that to be set aside is far
    own = bases[bases["base_year"] == found.base_year].set_index("candidate")["rank"]
    moved = bases.assign(now=bases["candidate"].map(own).fillna(last))
    moved["then"] = moved["rank"].fillna(last)
    moved["leads"] = (moved[["now", "then"]] <= FIRST_THREE).sum(axis=1) == 1
    moved["by"] = (moved["then"] - moved["now"]).abs()
    order = ["leads", "by", "candidate"]
    far = moved[moved["by"] >= FAR].sort_values(order, ascending=[False, False, True])
    lead = f"Growth is measured since {found.base_year}."
    if far.empty:
        return f"{lead} No other base year would move a rank by {words.spelled(FAR)} places."
    names = found.candidates.set_index("candidate")["candidate_name"].to_dict()

    def said(row: Row) -> str:
        places = (row["now"], row["then"])
        start, end = (words.ordinal(int(n)) if n < last else ASIDE for n in places)
        return f"{names[row['candidate']]} from {start} to {end} (since {row['base_year']:.0f})"

    first = records(far.drop_duplicates("candidate"))
    return f"{lead} Another base year would move {words.listing(map(said, first), limit=NAMED)}."
