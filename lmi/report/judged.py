"""The sections on where candidates stand: criteria, ranking, reasons, what people bring."""

from __future__ import annotations

from lmi.report import sentences, tables
from lmi.report.display import Exhibit, Figure, Prose, Table, sentence
from lmi.report.figures.contributions import contributions_figure
from lmi.report.figures.robustness import rank_chances, robustness_figure
from lmi.report.profile import Profile
from lmi.report.reasoned import reasons_prose, reasons_table
from lmi.report.tables.ranking import switches

__all__ = ["criteria", "engagement", "knowledge", "ranking", "reasons", "robustness", "weights"]


def criteria(profile: Profile) -> Exhibit:
    """Hold the candidates against the statistics of Step 2."""
    return Exhibit(
        (
            tables.criteria_table(profile),
            sentence(sentences.criteria(profile)),
            sentence(sentences.projections(profile)),
        )
    )


def ranking(profile: Profile) -> Exhibit:
    """Rank the candidates, with what people bring beside the statistics."""
    return Exhibit((tables.ranking_table(profile), sentence(sentences.ranking(profile))))


def robustness(profile: Profile) -> Exhibit:
    """Show how firm the ranking is."""
    if rank_chances(profile).empty:
        said = "How firm the ranking is cannot be shown: no candidate sector has a score."
        return Exhibit((sentence(said),))
    return Exhibit((robustness_figure(profile), sentence(sentences.robustness(profile))))


def weights(profile: Profile) -> Exhibit:
    """Show what the scores are made of, and what would change first place."""
    parts: list[Figure | Table | Prose] = []
    scored = profile.present["score"].notna().any() and profile.criteria
    if scored and "contribution" in profile.scores:
        parts.append(contributions_figure(profile))
    table = tables.weights_table(profile)
    parts += [table] if table else []
    if said := sentences.switching(profile, switches(profile)):
        parts.append(sentence(said))
    return Exhibit(tuple(parts) or (sentence("The criteria behind the score are not at hand."),))


def reasons(profile: Profile) -> Exhibit:
    """Say of every candidate what lifts it, what holds it back, how sure that is, what to ask."""
    profile.keep(reasons_table(profile, profile.reasons))
    return Exhibit((reasons_prose(profile.reasons),))


def knowledge(profile: Profile) -> Exhibit:
    """Show what people on the ground say, and how ready industries are."""
    found = (tables.knowledge_table(profile), tables.readiness_table(profile))
    shown: list[Prose | Table] = [table for table in found if table]
    return Exhibit((sentence(sentences.knowledge(profile)), *shown))


def engagement(profile: Profile) -> Exhibit:
    """Show who already works with employers."""
    table = tables.engagement_table(profile)
    said = sentence(sentences.engagement(profile))
    return Exhibit((said, *([table] if table else [])))
