"""Sentences on what people bring: who engages employers, and what is known on the ground."""

from __future__ import annotations

from lmi import words
from lmi.assessment.region import Assessment

__all__ = ["engagement_sentence", "knowledge_sentence"]


def engagement_sentence(found: Assessment) -> str:
    """Say with whose employers somebody works already, or how to write it down."""
    table = found.counted
    if "engagement_organisations" not in table:
        return (
            "Nobody has written down yet who already works with employers. To add it, list the "
            "organizations in engagement.csv in the state's folder, as regions/README.md shows; "
            "then it counts in the ranking."
        )
    counts = table.set_index("candidate_name")["engagement_organisations"].fillna(0)
    several = counts[counts >= 2].sort_values(ascending=False, kind="stable")
    without = int((counts == 0).sum())
    if counts.sum() == 0:
        return "The team's list names nobody who works with the employers of any of these sectors."
    if several.empty:
        text = "No sector has more than one organization on the team's list."
    else:
        said = [f"{name} ({words.whole(count)})" for name, count in several.items()]
        text = f"Already the target of several organizations: {words.listing(said)}."
    if without:
        has = "sector has" if without == 1 else "sectors have"
        text += f" {words.spelled(without).capitalize()} {has} nobody on the list."
    return f"{text} A partnership can build on those who are there."


def knowledge_sentence(found: Assessment) -> str:
    """Say what was heard of which sectors and where voices are at odds, or how to write it down."""
    table = found.present
    if "local_rating" not in table:
        return (
            "Nobody has written down yet what is known on the ground. To add it, write "
            "local_knowledge.csv into the state's folder, as regions/README.md shows; then it "
            "counts in the ranking and stands here."
        )
    heard = table[table["local_statements"] > 0]
    if heard.empty:
        return "Nothing is written down of any of these sectors in this region yet."
    voices = int(found.knowledge["rating"].notna().sum())
    text = (
        f"{words.count(voices, 'voice').capitalize()} on {words.count(len(heard), 'sector')}. "
        "Ratings never change a statistic; they are a part of the score of their own."
    )
    gap = heard["local_rating_highest"] - heard["local_rating_lowest"]
    apart = heard.loc[gap >= 3, "candidate_name"].tolist()
    if apart:
        text += f" At odds over {words.listing(apart)}: talk about {_these(apart)} first."
    return text


def _these(names: list[str]) -> str:
    return "this one" if len(names) == 1 else "these"
