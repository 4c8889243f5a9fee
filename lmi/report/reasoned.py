"""The reasons of a region's candidates as they stand on the page and in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi import words
from lmi.assessment.reasons import Reasons
from lmi.report import markup
from lmi.report.display import Prose, Table
from lmi.report.profile import Profile

__all__ = ["reasons_prose", "reasons_table"]

SHOWN = 5
"""So many candidates stand open on the page and in print, the others behind a click."""


def reasons_prose(found: Sequence[Reasons]) -> Prose:
    """Show the reasons of the first few candidates, the others folded away.

    Parameters
    ----------
    found : sequence of Reasons
        The best first.
    """
    told = [reasons for reasons in found if reasons.rank is not None and reasons.firmness]
    first, others = told[:SHOWN], told[SHOWN:]
    if not told:
        said = "There are no reasons to give: no candidate sector has a score."
        return Prose(markup.paragraph(said, "sentence"), said)
    html = "".join(map(_article, first))
    if others:
        summary = f"The other {words.numbered(len(others), 'sector')}, one after the other"
        html += markup.details(summary, "".join(map(_article, others)), "reasons-more")
    plain = "\n\n".join(f"{_title(reasons)}\n{reasons.text}" for reasons in told)
    return Prose(f'<div class="reasons">{html}</div>', plain)


def _title(reasons: Reasons) -> str:
    return f"{reasons.rank}. {reasons.name}"


def _article(reasons: Reasons) -> str:
    asked = "".join(markup.element("li", question) for question in reasons.questions)
    ask = f'<p class="ask">To ask in the room:</p><ul class="ask">{asked}</ul>' if asked else ""
    return (
        f'<article class="reason">{markup.element("h4", _title(reasons))}'
        f"{markup.paragraph(reasons.standing)}{markup.paragraph(reasons.firmness, 'firmness')}"
        f"{ask}</article>"
    )


def reasons_table(profile: Profile, found: Sequence[Reasons]) -> Table:
    """Hold the reasons as a table, for the CSV beside the page."""
    frame = pd.DataFrame(
        {
            "region": [profile.region.key] * len(found),
            "rank": pd.array([reasons.rank for reasons in found], dtype="Int64"),
            "candidate": [reasons.candidate for reasons in found],
            "candidate_name": [reasons.name for reasons in found],
            "standing": [reasons.standing for reasons in found],
            "firmness": [reasons.firmness for reasons in found],
            "questions": [" ".join(reasons.questions) for reasons in found],
        }
    )
    return Table("reasons", frame, "Why each sector stands where it does", "")
