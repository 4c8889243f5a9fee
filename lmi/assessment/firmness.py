"""How firmly a candidate holds its place: over withheld numbers, over weights, over criteria."""

from __future__ import annotations

from lmi import words
from lmi.assessment.case import CandidateCase, Reading
from lmi.assessment.predicates import as_noun, unclear
from lmi.scoring.about import About
from lmi.scoring.rank import FIRST_THREE
from lmi.words.how_sure import is_vague

__all__ = ["firmness", "hanging_point", "weightings"]

WEIGHTINGS = {
    About.any: "of all weightings",
    About.stated: "of weightings near the stated ones",
    About.order: "of weightings in this order of importance",
}
SURE, OFTEN, SELDOM, HARDLY = 0.9, 0.5, 0.05, 0.005
WEAK = 0.4
IN_VIEW = 10
"""Of a candidate that ranks lower it is said only what would bring it among the first three."""
TOO_OPEN, RANGED = "Too uncertain to say", "Given as a range alone"
FAR = 3
"""A rank that moves by so many places without one criterion is said to hang on it."""


def weightings(about: str) -> str:
    """Say which weightings a chance is over.

    Parameters
    ----------
    about : {"any", "stated", "order"}
    """
    return WEIGHTINGS[About(about)]


def firmness(case: CandidateCase) -> str:
    """Say how sure a candidate's rank is."""
    if case.context.n_ranked == 1:
        return _vague(case)  # who is ranked alone is first whatever counts
    first = [said for said in (_over_weights(case), _over_data(case)) if said]
    text = f"{_joined(first)}." if first else ""
    for more in (_by_kind(case) or _by_one(case), _vague(case)):
        text += f" {more}" if more else ""
    return text.strip()


def _joined(parts: list[str]) -> str:
    said = ", and ".join(parts)
    return said[:1].upper() + said[1:]


def _over_weights(case: CandidateCase) -> str:
    share = case.number("top3_chance")
    if share is None:
        return ""
    if (case.context.n_ranked or IN_VIEW) <= FIRST_THREE:  # all are among the first three
        first = case.number("first_chance") or 0.0
        return f"it is first in {words.whole_share(first)} {weightings(case.context.about)}"
    of, three, said = weightings(case.context.about), "the first three", words.whole_share(share)
    if share >= SURE:
        first = case.number("first_chance") or 0.0
        also = f" and first in {words.whole_share(first)}" if first >= OFTEN else ""
        return f"it is among {three} in {said} {of}{also}"
    if share >= (SELDOM if case.rank <= FIRST_THREE else OFTEN):
        return f"in {said} {of} it is among {three}"
    if share >= SELDOM:
        return f"only {said} {of} put it among {three}"
    if case.rank <= FIRST_THREE and share < HARDLY:
        return f"it owes its place to these weights: {said} {of} put it among {three}"
    if share >= HARDLY:
        return f"hardly any weights put it among {three} ({said} {of})"
    return f"{'hardly any' if share else 'no'} weights put it among {three}"


def _over_data(case: CandidateCase) -> str:
    if case.rank_range is None:
        return ""
    low, high = case.rank_range
    best, worst = words.ordinal(low), words.ordinal(high)
    if low == high:
        return "withheld numbers leave its rank as it is"
    if high - low == 1:
        return f"the withheld numbers may make it {best} or {worst}"
    return f"the withheld numbers may put it anywhere from {best} to {worst}"


def _by_kind(case: CandidateCase) -> str:
    """Say where the statistics alone would put it, if far from where it is."""
    place, ground = case.number("statistic_rank"), case.number("ground_rank")
    if place is None or ground is None:
        return ""
    far = abs(place - case.rank) >= FAR or (place == 1) != (case.rank == 1)
    if not far:
        return ""
    turned = "lifts it" if place > case.rank else "sets it back"
    return (
        f"By the statistics alone it would be {words.ordinal(int(place))}; what people bring "
        f"{turned}."
    )


def hanging_point(case: CandidateCase) -> Reading | None:
    """Return the criterion without which a rank would be far from where it is."""
    without = case.number("rank_without")
    if without is None or not case.row.get("hangs_on"):
        return None
    into_view = (without <= FIRST_THREE) != (case.rank <= FIRST_THREE)
    if abs(without - case.rank) < FAR or not (into_view or case.rank <= IN_VIEW):
        return None
    return next((p for p in case.points if p.criterion.key == case.row["hangs_on"]), None)


def _by_one(case: CandidateCase) -> str:
    point = hanging_point(case)
    if point is None:
        return ""
    without = int(case.row["rank_without"])
    place, noun = words.ordinal(without), as_noun(point)
    if without > case.rank:
        if case.rank <= FIRST_THREE:
            return f"It owes its place to {noun}: without that it would be {place}."
        return f"Its rank hangs on {noun}: without that it would be {place}."
    if without <= FIRST_THREE:
        return f"But for {noun}, it would be {place}."
    if point.value < WEAK:
        return f"Its weak spot is {noun}: without that criterion it would be {place}."
    return f"Others gain more by {noun}: without that criterion it would be {place}."


def _vague(case: CandidateCase) -> str:
    """Say what is too uncertain to be told, and what is given as a range alone."""
    said: dict[str, dict[str, None]] = {TOO_OPEN: {}, RANGED: {}}
    for point in case.vague:
        lead, text = TOO_OPEN if is_vague(case.row, point.measure) else RANGED, unclear(case, point)
        if lead == TOO_OPEN or " to " in text:  # what is written as one number is no range
            said[lead][text] = None
    return " ".join(f"{lead}: {words.listing(names)}." for lead, names in said.items() if names)
