"""Sentences on the people around a region's jobs: residents, labor force, who commutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lmi import words
from lmi.assessment.context import SURVEY, Commuting, Context, Level
from lmi.assessment.context_table import FLOWS
from lmi.words import listing
from lmi.words.margins import share_text

__all__ = [
    "SURVEY", "absent_lines", "commuting_sentence", "labor_force_sentence",
    "population_sentence", "years_sentence",
]  # fmt: skip

Naming = Callable[[str], str]
BRINGS: Mapping[str, tuple[str, str]] = {
    "population": ("population", "population"),
    "labor_force": ("labor force", "laus"),
    "commuting": ("commuting", "flows"),
}
"""What a reader calls a table, and what `lmi fetch` does."""


def absent_lines(context: Context, state: str) -> list[str]:
    """Say in a line each which tables tell nothing of the region, and what brings them."""
    absent = [name for name in ("population", "labor_force") if not context.holds(name)]
    if not any(map(context.holds, FLOWS)):
        absent.append("commuting")
    return [
        f"No {what} of this region is in the store; `lmi fetch {state} --what {source}` or "
        "`lmi ingest FILE` brings it."
        for what, source in (BRINGS[name] for name in absent)
    ]


def _of_some(level: Level, name: str, naming: Naming) -> tuple[str, str]:
    """Say of which counties a number is, and which are not in the table."""
    if level.is_whole:
        return name, ""
    counties = [naming(code) for code in level.lacking]
    verb = "is" if len(counties) == 1 else "are"
    of = f"{level.of_counties - len(counties)} of the {level.of_counties} counties of {name}"
    return of, f" {listing(counties)} {verb} not in the table, so this is no total of the region."


def population_sentence(context: Context, name: str, state: str, naming: Naming) -> str:
    """Say how many people live in the region, and how that has changed."""
    level = context.newest("population")
    if level is None:
        return ""
    where, lacking = _of_some(level, name, naming)
    said = f"On July 1, {level.year}, {where} had {words.count(level.value, 'resident')}."
    changes = context.changes("population")
    if not changes:
        first = context.path("population").index.min()
        reasons = context.breaks("population", int(first), level.year) if level.is_whole else []
        return " ".join([said + lacking, *reasons])
    longest = changes[-1]
    beside = {c.year0: c.pct for c in context.changes("population", "state")}
    than = (
        f" ({state}: {words.signed_pct(beside[longest.year0])})"
        if longest.year0 in beside else ""
    )  # fmt: skip
    how = "grown" if longest.pct >= 0 else "fallen"
    since = f"Since {longest.year0} their number has {how} by {words.pct(abs(longest.pct))}{than}."
    return f"{said} {since}"


def labor_force_sentence(context: Context, name: str, state: str, naming: Naming) -> str:
    """Say how many residents work or look for work, and what share finds none."""
    force, rate = context.newest("labor_force"), context.newest("unemployment_rate")
    unemployed = context.newest("unemployed")
    if force is None:
        return ""
    where, lacking = _of_some(force, name, naming)
    said = (
        f"In {force.year}, {words.count(force.value, 'resident')} of {where} worked or looked "
        f"for work.{lacking}"
    )
    if rate is None or unemployed is None or rate.year != unemployed.year:
        return said
    at = context.path("unemployment_rate", "state").get(rate.year)
    beside = f", in {state} {words.pct(at)}" if at is not None and rate.is_whole else ""
    when = "" if rate.year == force.year else f" in {rate.year}"
    whose = "" if rate.lacking == force.lacking else (
        f" in {rate.of_counties - len(rate.lacking)} of {rate.of_counties} counties"
    )  # fmt: skip
    return (
        f"{said} Unemployed were {words.whole(unemployed.value)} of them{when}{whose}: "
        f"{words.pct(rate.value)}{beside}."
    )


def commuting_sentence(context: Context, naming: Naming) -> str:
    """Say who fills the jobs here and where residents work, and what the file cannot tell."""
    if not context.commuting:
        counties = context.lacking_flows
        if not counties:
            return ""
        verb = "is" if len(counties) == 1 else "are"
        return (
            f"Who commutes into and out of the region is not known: "
            f"{listing([naming(code) for code in counties])} {verb} not in the table of flows."
        )
    return " ".join(_told(one) for one in context.commuting)


def _told(found: Commuting) -> str:
    survey = found.table == SURVEY
    when = f"From {found.years}, by survey," if survey else f"In {found.year},"
    jobs = found.counts
    noun = "of the people who worked in the region" if survey else f"of the {jobs} in the region"
    known = "of what the file holds, " if found.limits else ""
    lives = "of the working residents" if survey else f"of the {jobs} of residents"
    parts = []
    if found.filled_by_residents:
        verb = "were" if survey else "held"
        parts.append(f"residents {verb} {share_text(found.filled_by_residents)} {noun}")
    if found.stay_to_work:
        parts.append(f"{share_text(found.stay_to_work)} {lives} were in it")
    if not parts:
        return found.limits
    return f"{when} {known}{' and '.join(parts)}. {found.limits}".strip()


def years_sentence(context: Context, year: int) -> str:
    """Say where people's numbers are of another year than jobs and pay."""
    years = [
        (f"{what} of {level.year}", level.year)
        for what, measure in (("residents", "population"), ("the labor force", "labor_force"))
        if (level := context.newest(measure)) is not None
    ]
    years += [
        (f"commuting by survey of {c.years}", c.year)
        if c.table == SURVEY
        else (f"commuting of {c.year}", c.year)
        for c in context.commuting
    ]
    other = [what for what, of in years if of != year]
    if not other:
        return ""
    return f"Jobs and pay in this profile are of {year}, {listing(other)}."
