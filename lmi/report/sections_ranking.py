"""The sections on where candidates stand: the ranking, its reasons, where jobs are going."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lmi.assessment.reasons import Reasons
from lmi.report import boilerplate
from lmi.report.display import Exhibit, Prose, bullets, paragraph, sentence
from lmi.report.explorer import explorer
from lmi.report.html import fill
from lmi.report.profile import Profile
from lmi.report.sentences.absent import lines_of_absent
from lmi.report.sentences.outlook import outlook_sentence, projections_sentence
from lmi.report.sentences.ranking import ranking_sentence
from lmi.report.tables.outlook import outlook_table
from lmi.report.tables.ranking import ranking_table, reasons_table
from lmi.words import listing

__all__ = ["missing", "outlook", "ranking", "reasons"]

REASONS_SHOWN = 5
"""So many candidates stand open on the page and in print, the others behind a click."""


def outlook(profile: Profile) -> Exhibit:
    """Show where jobs are going, by every source, and where they disagree; nothing without any."""
    table = outlook_table(profile, profile.source)
    if table is None:
        return Exhibit(())
    said = (projections_sentence(profile), outlook_sentence(profile))
    return profile.exhibit(table, *(sentence(text) for text in said if text))


def ranking(profile: Profile) -> Exhibit:
    """Rank the candidates, with what people bring beside the statistics."""
    return profile.exhibit(
        ranking_table(profile),
        sentence(ranking_sentence(profile)),
        explorer(profile),
        paragraph(boilerplate.METHOD, "reading"),
    )


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


def missing(profile: Profile) -> Prose:
    """Say in a line each what the data at hand do not allow to show."""
    return bullets(lines_of_absent(profile), "remarks")
