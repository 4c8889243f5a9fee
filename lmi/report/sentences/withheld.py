"""Sentences on what is withheld: on which levels, in which counties, of which sectors."""

from __future__ import annotations

import numpy as np

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.words import records

__all__ = ["withheld_counties", "withheld_levels", "withheld_sectors"]

NAMED = 5
LITTLE = 0.05


def withheld_levels(held: Holdings) -> str:
    """Say how much is withheld at the coarsest and at the finest level."""
    table = held.withheld[held.withheld["period"] == str(held.period)].set_index("level")
    if table.empty or not table["cells"].sum():
        return "No county rows of private employers are in the store."
    sector, fine = table.loc["sector"], table.loc["4-digit"]
    text = (
        f"In {held.period}, {words.share(sector['cells_share'])} of the numbers by county and "
        f"sector and {words.share(fine['cells_share'])} of those by county and 4-digit industry "
        "are withheld to protect single employers."
    )
    if np.isfinite(fine["jobs_share"]):
        text += (
            f" They hold {words.share(sector['jobs_share'])} and {words.share(fine['jobs_share'])} "
            "of the private jobs, which are estimated in a profile and never counted as zero."
        )
    return text + _totals(held)


def _totals(held: Holdings) -> str:
    hidden = held.counties[held.counties["total_is_withheld"]]
    if hidden.empty:
        return " The total of private jobs is published for every county that has rows."
    named = words.listing(hidden["name"], limit=NAMED)
    return f" Even the total of private jobs is withheld in {named}; no share is given there."


def withheld_counties(held: Holdings) -> str:
    """Name the counties where most is withheld and where least is."""
    known = held.counties.dropna(subset=["jobs_share"])
    if known.empty:
        return "Of no county can be said which share of the jobs is withheld."
    most = known.sort_values(["jobs_share", "area_fips"], ascending=[False, True])
    top = [f"{r['name']} ({words.share(r['jobs_share'])})" for r in records(most.head(3))]
    little = int((known["jobs_share"] < LITTLE).sum())
    alone = int((held.counties["jobs_share"].isna() & ~held.counties["total_is_withheld"]).sum())
    text = f"By sector, most is withheld in {words.listing(top)}."
    if len(known) > len(top):
        text += (
            f" In {little} of {len(known)} counties it is less than {words.whole_share(LITTLE)} of "
            "the private jobs."
        )
    if alone:
        text += (
            f" Left out: {words.count(alone, 'county')} with a single sector withheld, because the "
            "share would tell that one number."
        )
    return text


def withheld_sectors(held: Holdings) -> str:
    """Name the sectors that are withheld most often."""
    hidden = held.sectors[held.sectors["withheld"] > 0]
    everywhere = held.sectors.loc[held.sectors["withheld"] == 0, "title"]
    told = []
    if len(hidden):
        top = [
            f"{r['title']} (in {r['withheld']} of {r['cells']})" for r in records(hidden.head(3))
        ]
        told.append(f"Most often withheld in a county: {words.listing(top)}.")
    if len(everywhere):
        told.append(f"Published everywhere: {words.listing(everywhere, limit=NAMED)}.")
    return " ".join(told)
