"""Why a candidate stands where it does: what lifts it, what holds it back, how sure, what to ask.

All is read off the candidate's own numbers, so the same numbers give the same words. Sentences
differ because candidates do: by whether much or little speaks for one, by which criteria, and by
how firmly it stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lmi import words
from lmi.assessment.case import HOLDS, LIFTS, CandidateCase, Reading
from lmi.assessment.firmness import firmness
from lmi.assessment.predicates import predicate, reaches_across
from lmi.assessment.questions import choose_questions
from lmi.schema.measures import MEASURES

__all__ = ["Reasons", "reasons_for"]

LINE = 0.5
"""Value at which a measure speaks neither for nor against a candidate."""
WELL, POORLY, FULLY = 0.75, 0.25, 0.95
MOST_LIFTS, MOST_HOLDS = 3, 2


@dataclass(frozen=True)
class Reasons:
    """Why a candidate stands where it does.

    Parameters
    ----------
    rank : int or None
        None where it is set aside.
    apart : str
        Heading of the group that it is set aside in; empty where it is ranked.
    lifts, holds : tuple of str
        What lifts it and what holds it back, each as the second half of a sentence, the weightiest
        first.
    standing : str
        Both, as sentences.
    firmness : str
        How sure its place is.
    questions : tuple of str
        What to ask in the room.
    """

    candidate: str
    name: str
    rank: int | None
    apart: str
    lifts: tuple[str, ...]
    holds: tuple[str, ...]
    standing: str
    firmness: str
    questions: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it in one paragraph."""
        ask = f"To ask: {' '.join(self.questions)}" if self.questions else ""
        return " ".join(part for part in (self.standing, self.firmness, ask) if part)


def reasons_for(cases: Sequence[CandidateCase]) -> list[Reasons]:
    """Give the reasons of a region's candidates.

    Parameters
    ----------
    cases : sequence of CandidateCase
        As `lmi.assessment.case.cases_of` gives them, the best first.

    Returns
    -------
    list of Reasons
        In the same order.
    """
    return [
        Reasons(
            candidate=str(case.row["candidate"]),
            name=case.name,
            rank=case.rank if case.is_ranked else None,
            apart=case.stands_apart[0] if case.is_scored else "",
            lifts=_predicates(case, _lifting),
            holds=_predicates(case, _holding),
            standing=(_apart(case) + _standing(case) + _kept(case)).strip(),
            firmness=firmness(case) if case.is_ranked else "",
            questions=asked,
        )
        for case, asked in zip(cases, choose_questions(cases), strict=True)
    ]


def _predicates(
    case: CandidateCase, chosen: Callable[[CandidateCase], list[Reading]]
) -> tuple[str, ...]:
    return tuple(predicate(case, point) for point in chosen(case)) if case.is_scored else ()


def _standing(case: CandidateCase) -> str:
    if case.row.get("annual_avg_emplvl") == 0:
        return f"{case.name} has no recorded jobs here."
    if not case.is_scored:
        return f"{case.name} cannot be scored: no criterion that counts has data for it here."
    up, down = _lifting(case), _holding(case)
    score = float(case.row["score"])
    if not up and not down:
        return _middling(case)
    if not down:
        return _unopposed(case, up)
    if not up:
        return f"{case.name} {_listed(case, down)}. {_nothing_for(case)}"
    if score >= LINE or math.isclose(score, LINE):
        return f"{case.name} {_listed(case, up)}. {_but(case, down, up)}"
    lead = f"{case.name} {_listed(case, down)}."
    return f"{lead} In its favor: it {_listed(case, up[:MOST_HOLDS])}."


def _apart(case: CandidateCase) -> str:
    """Say by which number it is set aside."""
    aside = case.reason("set_aside")
    return f"Set aside: {case.name} {case.why_apart}. " if aside and case.why_apart else ""


def _clear(case: CandidateCase) -> list[Reading]:
    """Return the points to be told.

    The number that sets the candidate aside is told already, and what is expected speaks neither
    for it nor against it where that may be a gain or a loss.
    """
    by = MEASURES.get(str(case.row.get("set_aside_by") or ""))
    told = by.number if by and case.reason("set_aside") else ""
    return [
        point for point in case.clear
        if not (told and MEASURES[point.measure].number == told)
        and not (MEASURES[point.measure].number == "outlook" and reaches_across(case, point))
    ]  # fmt: skip


def _kept(case: CandidateCase) -> str:
    """Say what would set it aside, were it not kept by name."""
    kept = case.reason("kept_despite")
    return f" It is kept in the ranking by name, although it {case.why_apart}." if kept else ""


def _lifting(case: CandidateCase) -> list[Reading]:
    """Points that speak for a candidate, what adds most first."""
    found = [p for p in _clear(case) if p.value >= LIFTS]
    found.sort(key=lambda p: (-p.weight * (p.value - LINE), p.criterion.key))
    return _without_twins(found)[:MOST_LIFTS]


def _holding(case: CandidateCase) -> list[Reading]:
    """Points that speak against a candidate, what costs most first."""
    found = [p for p in _clear(case) if p.value <= HOLDS]
    common = case.context.common
    found.sort(
        key=lambda p: (p.criterion.key in common, -p.weight * (LINE - p.value), p.criterion.key)
    )
    telling = [p for p in found if p.criterion.key not in common]
    return _without_twins(telling or found)[:MOST_HOLDS]


def _without_twins(points: Sequence[Reading]) -> list[Reading]:
    """Keep the first of those that ask one question, such as the two concentrations."""
    kept: dict[str, Reading] = {}
    for point in points:
        kept.setdefault(point.question, point)
    return list(kept.values())


def _listed(case: CandidateCase, points: Sequence[Reading]) -> str:
    return words.listing([predicate(case, point) for point in points])


def _unopposed(case: CandidateCase, up: Sequence[Reading]) -> str:
    """Much speaks for it and nothing against it; say where it is weakest."""
    asked = {p.question for p in up}
    others = [p for p in _clear(case) if p.question not in asked and not _is_mute(p)]
    weakest = min(others, key=lambda p: (p.value, p.criterion.key), default=None)
    text = f"{case.name} {_listed(case, up)}"
    if case.reason("set_aside"):  # something does speak against it
        return f"{text}."
    if weakest is None:
        return f"{text}, and no criterion that counts speaks against it."
    if weakest.value >= FULLY:
        return f"{text}. It does well by every criterion that counts."
    if weakest.value >= WELL:
        return (
            f"{text}. It does well throughout: even at its weakest it {predicate(case, weakest)}."
        )
    return (
        f"{text}. Nothing speaks against it; its weakest point is that it "
        f"{predicate(case, weakest)}."
    )


def _is_mute(point: Reading) -> bool:
    """Tell whether a point that stands in for another says neither for nor against."""
    return point.stands_in and point.value == LINE


def _middling(case: CandidateCase) -> str:
    if not _clear(case):
        if case.clear and _apart(case):  # all of it is told already
            return ""
        return (
            f"What is known of {case.name} is too uncertain to say what lifts it or holds it back."
        )
    ordered = sorted(_clear(case), key=lambda p: (-p.value, p.criterion.key))
    ends = [ordered[0], *([ordered[-1]] if len(ordered) > 1 else [])]
    return f"{case.name} is in the middle throughout: it {_listed(case, ends)}."


def _nothing_for(case: CandidateCase) -> str:
    best = max(_clear(case), key=lambda p: (p.value, p.criterion.key))
    if best.value <= HOLDS and case.vague:
        return "What might speak for it is known too roughly to say."
    if best.value <= HOLDS:
        return "Nothing that counts speaks for it."
    return f"Its strongest point is that it {predicate(case, best)}."


def _but(case: CandidateCase, down: Sequence[Reading], up: Sequence[Reading]) -> str:
    said = _listed(case, down)
    if len(down) == 1 and down[0].value > POORLY:
        return f"What holds it back a little: it {said}."
    if len(up) == 1:
        return f"Against that, it {said}."
    return f"What holds it back: it {said}."
