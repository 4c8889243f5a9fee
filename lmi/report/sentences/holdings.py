"""Sentences on what the store holds: whether profiles may be made, of what, and with what."""

from __future__ import annotations

from lmi import words
from lmi.assessment.holdings import Holdings
from lmi.missing import Missing
from lmi.report.sentences.gaps import command
from lmi.words import records

__all__ = ["breaks", "files", "lacks", "verdict"]

NAMED = 5
NOT_WHERE = "docs/data.md says where the agencies keep their files."


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
            f"{words.years_listed(whole['year'])}."
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
            (row["has_nation"], "shift-share against the nation"),
            (words.is_known(row["base"]), "growth over several years"),
            (there & {"projections", "state_projections"}, "projections"),
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
    for has, lost in (
        (row["has_state"], f"statewide rows of {year}, so no location quotients against the state"),
        (row["has_nation"], f"national rows of {year}, so no shift-share against the nation; "
         "location quotients against it follow from those that the agency prints"),
    ):  # fmt: skip
        if not has:
            told.append(f"No {lost}. {command(held, [year])}")
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
    there |= {"projections"} if "state_projections" in there else set()
    wanted = {
        "projections": (
            "No projections: the nation's rates or a trend stand in. "
            "`lmi ingest projections.csv`, or "
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
