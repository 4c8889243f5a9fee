"""The sections on people: who lives, works and commutes here, and what the team knows of it."""

from __future__ import annotations

from lmi.report.display import Exhibit, Part, sentence
from lmi.report.figures.context import commuting_figure, people_figure
from lmi.report.profile import Profile
from lmi.report.sentences.context import (
    SURVEY,
    commuting_sentence,
    labor_force_sentence,
    population_sentence,
    years_sentence,
)
from lmi.report.sentences.people import engagement_sentence, knowledge_sentence
from lmi.report.tables.context import commuting_table, people_table
from lmi.report.tables.people import engagement_table, knowledge_table, readiness_table

__all__ = ["context", "people"]

CITATIONS = {
    "population": "U.S. Census Bureau, Population Estimates Program",
    "labor_force": "U.S. Bureau of Labor Statistics, Local Area Unemployment Statistics, annual "
    "averages by place of home",
    "commuting": "U.S. Census Bureau, LEHD Origin-Destination Employment Statistics, main jobs",
    "commuting_all_jobs": "U.S. Census Bureau, LEHD Origin-Destination Employment Statistics, all "
    "jobs",
    SURVEY: "U.S. Census Bureau, American Community Survey, county-to-county commuting",
}
LAYOUTS = "illustrative data in the layout of: "


def context(profile: Profile) -> Exhibit:
    """Show who lives in the region, who works or looks for work, and who commutes; else nothing."""
    found, name, state = profile.setting, profile.name, profile.state_name
    naming = profile.county_name
    said = [
        population_sentence(found, name, state, naming),
        labor_force_sentence(found, name, state, naming),
        years_sentence(found, profile.year),
    ]
    flows = commuting_sentence(found, naming)
    parts: list[Part | None] = [
        people_figure(profile, found),
        sentence(" ".join(filter(None, said))) if any(said) else None,
        people_table(found, state, _cited(profile, "population", "labor_force")),
        commuting_figure(profile, found.commuting[0]) if found.commuting else None,
        sentence(flows) if flows else None,
        commuting_table(found, naming, _cited(profile, *(one.table for one in found.commuting))),
    ]
    return profile.exhibit(*parts)


def _cited(profile: Profile, *tables: str) -> str:
    named = "; ".join(CITATIONS[name] for name in tables if profile.setting.holds(name))
    return f"{LAYOUTS if profile.illustrative else ''}{named}."


def people(profile: Profile) -> Exhibit:
    """Show what people on the ground say, how ready industries are, and who engages employers."""
    parts: list[Part | None] = []
    if len(profile.knowledge):
        parts += [sentence(knowledge_sentence(profile)), knowledge_table(profile)]
    parts.append(readiness_table(profile))
    if len(profile.engagement):
        parts += [sentence(engagement_sentence(profile)), engagement_table(profile)]
    return profile.exhibit(*parts)
