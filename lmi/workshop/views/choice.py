"""The decision as it stands, and who agrees to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lmi.workshop.room import Room
from lmi.workshop.state import KINDS
from lmi.workshop.views.definition import candidate_of, worded
from lmi.workshop.views.scope import footprint
from lmi.workshop.words import AFTER_ACTION, KIND_NAMES

__all__ = ["Choice", "KindTally", "choice", "tally"]


@dataclass(frozen=True)
class KindTally:
    """How one kind of organisation answered.

    Parameters
    ----------
    kind : str
        Name.
    """

    kind: str
    yes: int
    no: int
    silent: int


@dataclass(frozen=True)
class Choice:
    """The decision in words.

    Parameters
    ----------
    first : str
        Name of the first sector.
    next : tuple of str
        Names.
    answers : tuple of (str, str)
        After-action questions that are answered, and the answers.
    """

    first: str
    next: tuple[str, ...]
    footprint: str
    definition: str
    reasons: str
    questions: str
    convener: str
    answers: tuple[tuple[str, str], ...]
    version: int


def choice(room: Room) -> Choice | None:
    """Return the decision in words, None while there is none."""
    decided = room.state.decision
    if decided is None or not decided.first:
        return None
    names = {c.key: c.name for c in room.candidates}
    first = candidate_of(room, decided.first)
    return Choice(
        names.get(decided.first, decided.first),
        tuple(names.get(key, key) for key in decided.next),
        decided.footprint or footprint(room),
        decided.definition or (worded(first) if first else ""),
        decided.reasons,
        decided.questions,
        decided.convener,
        tuple(
            (question, decided.answers[key])
            for key, question in AFTER_ACTION.items()
            if decided.answers.get(key)
        ),
        decided.version,
    )


def tally(room: Room) -> list[KindTally]:
    """Count who agrees, by kind of organisation.

    Returns
    -------
    list of KindTally
        Kinds of which nobody is in the room are left out.
    """
    state = room.state
    here = Counter(p.kind for p in state.participants.values())
    answered: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for who, yes in state.agreed.items():
        if who in state.participants:
            answered[bool(yes)][state.participants[who].kind] += 1
    return [
        KindTally(KIND_NAMES[kind], answered[True][kind], answered[False][kind],
              here[kind] - answered[True][kind] - answered[False][kind])
        for kind in KINDS
        if here[kind]
    ]  # fmt: skip
