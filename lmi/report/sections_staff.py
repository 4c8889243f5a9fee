"""The sections for data staff: how firm the ranking is, definitions, quality, sources, words."""

from __future__ import annotations

from lmi.report import boilerplate
from lmi.report.display import Exhibit, Part, Prose, bullets, paragraph, sentence
from lmi.report.figures.contributions import contributions_figure
from lmi.report.figures.robustness import rank_chances, robustness_figure
from lmi.report.html import fill
from lmi.report.profile import Profile
from lmi.report.sentences.base_years import bases_sentence
from lmi.report.sentences.place import quality_sentence
from lmi.report.sentences.ranking import robustness_sentence, switching_sentence
from lmi.report.tables.provenance import definitions_table, quality_table, sources_table
from lmi.report.tables.ranking import switches, weights_table
from lmi.report.tables.spans import bases_table

__all__ = ["coverage", "definitions", "firmness", "glossary", "quality", "sources"]


def firmness(profile: Profile) -> Exhibit:
    """Show what the scores are made of, how firm the ranking is, and what would change it."""
    parts: list[Part | None] = []
    if not rank_chances(profile).empty:
        parts += [robustness_figure(profile), sentence(robustness_sentence(profile))]
    scored = profile.present["score"].notna().any() and profile.criteria
    if scored and "contribution" in profile.scores:
        parts.append(contributions_figure(profile))
    parts.append(weights_table(profile))
    if said := switching_sentence(profile, switches(profile)):
        parts.append(sentence(said))
    if said := bases_sentence(profile, profile.bases):
        parts.append(sentence(said))
    return profile.exhibit(*parts, bases_table(profile, profile.bases))


def definitions(profile: Profile) -> Exhibit:
    """Say what each candidate is made of."""
    said = sentence("These are working definitions: the team can change them at any time.")
    return profile.exhibit(definitions_table(profile.definitions), said)


def quality(profile: Profile) -> Exhibit:
    """Say how much is withheld and estimated, and what is not comparable."""
    remarks = [*profile.meta.get("breaks", ()), *profile.meta.get("notes", ())]
    return profile.exhibit(
        sentence(quality_sentence(profile, profile.total)),
        quality_table(profile, profile.source),
        bullets(remarks, "remarks") if remarks else None,
    )


def sources(profile: Profile) -> Exhibit:
    """Cite the files and the region's definition."""
    drawn = profile.state.source
    read = f"Retrieved {drawn.retrieved}." if drawn.retrieved else ""
    said = (f"Counties of the region: {drawn.name}.", drawn.url, read, profile.region.note)
    return profile.exhibit(
        sources_table(profile.meta.get("sources", ())),
        paragraph(" ".join(part for part in said if part), "source"),
    )


def coverage(profile: Profile) -> Prose:
    """Say what the numbers cover and what they do not."""
    made_up = [boilerplate.ILLUSTRATIVE] if profile.illustrative else []
    nation = [profile.nation.note] if profile.nation.note else []
    return bullets([*made_up, *boilerplate.COVERAGE, *nation], "coverage")


def glossary(profile: Profile) -> Prose:
    """Explain the words used."""
    explained = boilerplate.GLOSSARY
    plain = "\n".join(f"{word}: {meaning}" for word, meaning in explained.items())
    return Prose(fill("sections/glossary.html.j2", glossary=explained), plain)
