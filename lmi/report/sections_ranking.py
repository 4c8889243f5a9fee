"""The sections on where candidates stand: criteria, ranking, reasons, what people bring."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lmi.assessment.reasons import Reasons
from lmi.report.display import Exhibit, Figure, PageTable, Prose, sentence
from lmi.report.figures.contributions import contributions_figure
from lmi.report.figures.robustness import rank_chances, robustness_figure
from lmi.report.html import fill
from lmi.report.profile import Profile
from lmi.report.sentences.base_years import bases_sentence
from lmi.report.sentences.outlook import outlook_sentence, projections_sentence
from lmi.report.sentences.people import engagement_sentence, knowledge_sentence
from lmi.report.sentences.ranking import (
    criteria_sentence,
    ranking_sentence,
    robustness_sentence,
    switching_sentence,
)
from lmi.report.tables.criteria import criteria_table
from lmi.report.tables.outlook import outlook_table
from lmi.report.tables.people import engagement_table, knowledge_table, readiness_table
from lmi.report.tables.ranking import ranking_table, reasons_table, switches, weights_table
from lmi.report.tables.spans import bases_table
from lmi.words import listing

__all__ = [
    "criteria",
    "engagement",
    "knowledge",
    "outlook",
    "ranking",
    "reasons",
    "robustness",
    "weights",
]

REASONS_SHOWN = 5
"""So many candidates stand open on the page and in print, the others behind a click."""


def criteria(profile: Profile) -> Exhibit:
    """Hold the candidates against the statistics of Step 2."""
    return profile.exhibit(
        criteria_table(profile, profile.whole_source, profile.standard),
        sentence(criteria_sentence(profile)),
    )


def outlook(profile: Profile) -> Exhibit:
    """Show where jobs are going, by every source, and where they disagree."""
    table = outlook_table(profile, profile.source)
    said = (projections_sentence(profile), outlook_sentence(profile))
    told = (sentence(text) for text in said if text)
    return profile.exhibit(*([table] if table else []), *told)


def ranking(profile: Profile) -> Exhibit:
    """Rank the candidates, with what people bring beside the statistics."""
    parts: list[PageTable | Prose] = [ranking_table(profile), sentence(ranking_sentence(profile))]
    if said := bases_sentence(profile, profile.bases):
        parts.append(sentence(said))
    if table := bases_table(profile, profile.bases):
        parts.append(table)
    return profile.exhibit(*parts)


def robustness(profile: Profile) -> Exhibit:
    """Show how firm the ranking is."""
    if rank_chances(profile).empty:
        said = "How firm the ranking is cannot be shown: no candidate sector has a score."
        return Exhibit((sentence(said),))
    return profile.exhibit(robustness_figure(profile), sentence(robustness_sentence(profile)))


def weights(profile: Profile) -> Exhibit:
    """Show what the scores are made of, and what would change first place."""
    parts: list[Figure | PageTable | Prose] = []
    scored = profile.present["score"].notna().any() and profile.criteria
    if scored and "contribution" in profile.scores:
        parts.append(contributions_figure(profile))
    if table := weights_table(profile):
        parts.append(table)
    if said := switching_sentence(profile, switches(profile)):
        parts.append(sentence(said))
    return profile.exhibit(*(parts or [sentence("The criteria behind the score are not at hand.")]))


def reasons(profile: Profile) -> Exhibit:
    """Say of every candidate what lifts it, what holds it back, how sure that is, what to ask."""
    profile.save(reasons_table(profile))
    return Exhibit((reasons_prose(profile.reasons),))


def reasons_prose(found: Sequence[Reasons]) -> Prose:
    """Show the reasons of the first few candidates, the best first, the others folded away.

    Those that are set aside follow, group by group.
    """
    told = [reasons for reasons in found if reasons.rank is not None]
    aside = [
        (name, list(group))
        for name, group in groupby((r for r in found if r.apart), key=lambda r: r.apart)
    ]
    if not told and not aside:
        return sentence("There are no reasons to give: no candidate sector has a score.")
    apart = [reasons.name for reasons in found if reasons.rank is None and not reasons.apart]
    unranked = f"Without jobs or data here, and so not ranked: {listing(apart)}." if apart else ""
    html = fill(
        "sections/reasons.html.j2",
        first=told[:REASONS_SHOWN],
        others=told[REASONS_SHOWN:],
        aside=aside,
        unranked=unranked,
    )
    texts = [f"{one.rank}. {one.name}\n{one.text}" for one in told]
    for name, group in aside:
        texts += [name, *(f"{one.name}\n{one.text}" for one in group)]
    return Prose(html, "\n\n".join([*texts, *filter(None, [unranked])]))


def knowledge(profile: Profile) -> Exhibit:
    """Show what people on the ground say, and how ready industries are."""
    found = (knowledge_table(profile), readiness_table(profile))
    return profile.exhibit(
        sentence(knowledge_sentence(profile)), *(table for table in found if table)
    )


def engagement(profile: Profile) -> Exhibit:
    """Show who already works with employers."""
    table = engagement_table(profile)
    said = sentence(engagement_sentence(profile))
    return profile.exhibit(said, *([table] if table else []))
