"""What the store lacks of years, counties, state and nation, each with what mends it."""

from __future__ import annotations

from collections.abc import Iterable

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.words import years_listed

__all__ = ["command", "gaps", "no_gaps"]

NAMED = 5


def command(held: Holdings, years: Iterable[int]) -> str:
    """Write the command that brings years in, by the names that the agency gives the files."""
    if held.state.illustrative:
        return "`lmi ingest FILE`"
    wanted = sorted(set(years))
    shown = " ".join(f"{year}_annual_by_area.zip" for year in wanted[:3])
    return f"`lmi ingest {shown}{' …' if len(wanted) > 3 else ''}`"


def gaps(held: Holdings) -> list[str]:
    """Name every gap in years, quarters, counties, state and nation, with what mends it."""
    if held.is_empty:
        return []
    return [*_year_gaps(held), *_county_gaps(held), *_reference_gaps(held)]


def no_gaps(held: Holdings) -> str:
    """Say that nothing is lacking."""
    years = held.years
    if len(years) == 1:
        return f"The one year, {years[0]}, is whole."
    return f"No gaps: every year from {years[0]} to {years[-1]} is whole."


def _year_gaps(held: Holdings) -> list[str]:
    told, years = [], held.years
    county = held.periods[held.periods["place"] == "county"]
    quarters = county[county["qtr"] != "A"]
    begun = sorted({int(y) for y in quarters["year"]} - set(years))
    for year in begun:
        has = words.listing([f"Q{q}" for q in sorted(quarters[quarters["year"] == year]["qtr"])])
        told.append(
            f"Of {year} there is {has} only, for at least one county; that is no whole year. "
            f"{command(held, [year])}"
        )
    lacking = set(range(years[0], years[-1] + 1)) - {*years, *begun} if years else set()
    if lacking:
        told.append(f"No county rows of {years_listed(lacking)}. {command(held, lacking)}")
    alone = {int(y) for y in held.periods["year"]} - {*years, *begun, *lacking}
    if alone:
        told.append(
            f"Of {years_listed(alone)} there are rows of the state or the nation, and none of "
            f"counties. {command(held, alone)}"
        )
    with_quarters = {int(y) for y in quarters["year"]}
    bare = sorted(set(years) - with_quarters)
    if bare and with_quarters:
        told.append(
            f"No quarters of {years_listed(bare)}: a profile does not need them, but estimates of "
            "what is withheld are better with them."
        )
    return told


def _county_gaps(held: Holdings) -> list[str]:
    table = held.absent
    never = table[table["year"].isna()]
    told = []
    if len(never):
        counties = held.whole[held.whole["place"] == "county"]["expected"].max()
        named = words.listing(never["name"], limit=NAMED)
        told.append(
            f"{len(never)} of {counties} counties are in no year: {named}. "
            f"{command(held, held.years)}"
        )
    for name, group in table.dropna(subset=["year"]).groupby("name", sort=False):
        years = [int(y) for y in group["year"]]
        told.append(f"{name} has no rows in {years_listed(years)}. {command(held, years)}")
    return told


def _reference_gaps(held: Holdings) -> list[str]:
    told = []
    meant = {
        "state": ("statewide rows", "location quotients against the state cannot be had"),
        "nation": (
            "national rows",
            "shift-share against the nation cannot be had, and location quotients against it "
            "follow from those that the agency prints",
        ),
    }
    for place, (what, lost) in meant.items():
        lacking = [y for y in held.years if not held.has(place, y)]
        if lacking:
            told.append(f"No {what} of {years_listed(lacking)}: {lost}. {command(held, lacking)}")
    return told
