"""Sentences on what the store holds: what is there, what is not, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.missing import Missing
from lmi.words import records

__all__ = [
    "breaks", "command", "files", "gaps", "lacks", "verdict", "withheld_counties",
    "withheld_levels", "withheld_sectors", "years_listed",
]  # fmt: skip

NAMED = 5
LITTLE = 0.05
NOT_WHERE = "docs/data.md says where the agencies keep their files."


def years_listed(years: Iterable[int]) -> str:
    """Write years as a sentence does, runs of three and more by their ends.

    Examples
    --------
    >>> years_listed([2016, 2018, 2019, 2020, 2022, 2023])
    '2016, 2018 to 2020, 2022 and 2023'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = []
    for run in runs:
        told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(year) for year in run]
    return words.listing(told)


def command(held: Holdings, years: Iterable[int]) -> str:
    """Write the command that brings years in, by the names that the agency gives the files."""
    if held.state.illustrative:
        return "`lmi ingest FILE`"
    wanted = sorted(set(years))
    shown = " ".join(f"{year}_annual_by_area.zip" for year in wanted[:3])
    return f"`lmi ingest {shown}{' …' if len(wanted) > 3 else ''}`"


def verdict(held: Holdings) -> str:
    """Say whether profiles may be made, of which years and regions."""
    state, table = held.state.name, held.profiles
    made = table[table["n_failed"] < table["n_regions"]]
    if held.period is None:
        years = [held.asked] if held.asked else []
        how = command(held, years) if years else "`lmi ingest FILE`"
        return (
            f"The store has no jobs of any county of {state}, so no profile can be made yet. Take "
            f"the agency's files in with {how}; {NOT_WHERE}"
        )
    if made.empty:
        return f"No profile of {state} can be made yet. {_why_none(held)}"
    whole = made[made["n_failed"] == 0]
    part = made[made["n_failed"] > 0]
    told = []
    if len(whole):
        told.append(
            f"Every region ({whole['n_regions'].iloc[0]}) can be profiled for "
            f"{years_listed(whole['year'])}."
        )
    told += [
        f"Of {r['year']}, {r['n_regions'] - r['n_failed']} of {r['n_regions']} regions can be made."
        for r in records(part)
    ]
    return " ".join([*told, *_without(held), *_asked(held)])


def _without(held: Holdings) -> list[str]:
    """Say in one sentence what the profile of the period would lack."""
    here = held.profiles[held.profiles["year"] == (held.period.year if held.period else None)]
    if here.empty:
        return []
    row = records(here)[0]
    there = set(held.others.loc[held.others["rows"] > 0, "table"])
    lost = [
        what
        for has, what in (
            (row["has_state"], "a comparison with the state"),
            (row["has_nation"], "a comparison with the nation"),
            (words.is_known(row["base"]), "growth over several years"),
            ("projections" in there, "projections"),
            ("county boundaries" in there, "a map"),
        )
        if not has
    ]
    if not lost:
        return []
    return [f"For {held.period} {words.listing(lost)} would be missing; the end says what helps."]


def _asked(held: Holdings) -> list[str]:
    if held.asked is None or held.asked in held.years:
        return []
    return [
        f"The store has no whole year {held.asked}; what follows is of {held.period}. "
        f"{held.asked} comes with {command(held, [held.asked])}."
    ]


def _why_none(held: Holdings) -> str:
    if not held.years:
        quarters = words.listing(_quarters(held), limit=NAMED)
        years = sorted(held.periods.loc[held.periods["place"] == "county", "year"].unique())
        return (
            f"A year needs its annual file or all four quarters; of the counties the store has "
            f"{quarters} only. {command(held, years)} brings the whole year."
        )
    if held.profiles.empty:
        return "No county of its regions has a whole year."
    return str(held.profiles["why"].iloc[-1])


def _quarters(held: Holdings) -> list[str]:
    here = held.periods[(held.periods["place"] == "county") & (held.periods["qtr"] != "A")]
    return [f"{r['year']}Q{r['qtr']}" for r in records(here)]


def files(held: Holdings) -> str:
    """Say how many files there are, and which gave way to later ones."""
    table = held.files
    if table.empty:
        return "No file was taken in."
    gone = table[table["current"] == 0]
    part = table[(table["current"] > 0) & (table["current"] < table["rows"])]
    told = [f"{words.count(len(table), 'file')} with {words.whole(table['rows'].sum())} rows."]
    if gone.empty and part.empty:
        told.append("None of them has been replaced by a later one.")
    for group, how in ((gone, "wholly"), (part, "in part")):
        if len(group):
            named = words.listing(group["name"], limit=NAMED)
            told.append(
                f"Replaced {how} by a later file: {named}. What was replaced stays readable with "
                "`lmi export --vintage`."
            )
    unknown = int((table["vintage"] == "").sum())
    if unknown:
        told.append(
            f"{'None' if unknown == len(table) else words.whole(len(table) - unknown)} of them "
            "says whether it is preliminary or revised; `lmi ingest --vintage revised` notes it."
        )
    if held.n_elsewhere:
        told.append(f"{words.count(held.n_elsewhere, 'more file')} of the store are of elsewhere.")
    return " ".join(told)


def gaps(held: Holdings) -> list[str]:
    """Name every gap in years, quarters, counties, state and nation, with what mends it."""
    if held.is_empty:
        return []
    return [*_year_gaps(held), *_county_gaps(held), *_reference_gaps(held)]


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
    if years:
        lacking = sorted(set(range(years[0], years[-1] + 1)) - set(years) - set(begun))
        if lacking:
            told.append(f"No county rows of {years_listed(lacking)}. {command(held, lacking)}")
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
        named = words.listing(never["name"], limit=NAMED, noun="other county")
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
        "state": ("statewide rows", "location quotients against the state"),
        "nation": ("national rows", "location quotients against the nation and shift-share"),
    }
    for place, (what, lost) in meant.items():
        lacking = [y for y in held.years if not held.has(place, y)]
        if lacking:
            told.append(
                f"No {what} of {years_listed(lacking)}: {lost} cannot be had. "
                f"{command(held, lacking)}"
            )
    return told


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
    named = words.listing(hidden["name"], limit=NAMED, noun="county")
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
        told.append(f"Published everywhere: {words.listing(everywhere, NAMED, 'sector')}.")
    return " ".join(told)


def breaks(held: Holdings) -> str:
    """Say what cannot be compared over the years."""
    if len(held.years) < 2:
        return "With fewer than two whole years there is nothing to compare."
    if held.breaks.empty:
        return (
            f"From {held.years[0]} to {held.years[-1]} neither industry codes nor counties changed."
        )
    return (
        "Across a change of codes, growth is computed only of what means the same on both sides. "
        "Total jobs and whole sectors always do."
    )


def lacks(held: Holdings) -> list[str]:
    """Say what a profile of the year would lack, each with what mends it."""
    if held.period is None or held.profiles.empty:
        return []
    rows = held.profiles[held.profiles["year"] == held.period.year]
    if rows.empty:
        return []
    (row,), year, told = records(rows), held.period.year, []
    if row["n_failed"]:
        told.append(f"{row['n_failed']} of {row['n_regions']} regions cannot be made. {row['why']}")
    told += _growth(held, row, year)
    for has, what, lost in (
        (row["has_state"], "statewide", "location quotients against the state"),
        (row["has_nation"], "national", "location quotients against the nation"),
    ):
        if not has:
            told.append(f"No {what} rows of {year}, so no {lost}. {command(held, [year])}")
    return [*told, *_tables_lacking(held)]


def _growth(held: Holdings, row: words.Row, year: int) -> list[str]:
    if not words.is_known(row["base"]):
        earlier = command(held, [year - 5])
        if words.is_known(row["first"]):
            return [
                f"Growth over one year only, rebuilt from the agency's changes over the year: the "
                f"store has no year before {year}. Five years back serve best: {earlier}"
            ]
        return [
            f"No growth: the store has no year before {year}. Five years back serve best: {earlier}"
        ]
    base = int(row["base"])
    told = [f"Growth is measured from {base} to {year}."]
    if not row["base_has_nation"]:
        told.append(
            f"No shift-share against the nation: no national rows of {base}. "
            f"{command(held, [base])}"
        )
    return told


def _tables_lacking(held: Holdings) -> list[str]:
    there = set(held.others.loc[held.others["rows"] > 0, "table"])
    wanted = {
        "projections": (
            "No projections: past growth stands in. `lmi ingest projections.csv`, or "
            f"projections.csv in regions/{held.state.slug}"
        ),
        "thresholds": (
            "No pay thresholds of the state: the federal poverty guideline stands in. "
            f"`lmi ingest thresholds.csv`, or thresholds.csv in regions/{held.state.slug}"
        ),
        "engagement": (
            "Nobody has listed who works with employers: engagement.csv in "
            f"regions/{held.state.slug}"
        ),
    }
    told = [text for name, text in wanted.items() if name not in there]
    if isinstance(held.outlines, Missing):
        told.append("No map: `lmi ingest cb_2023_us_county_20m.zip`")
    return told
