"""The decision as it stands, and who agrees to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lmi.scoring.group_ranking import MIN_PEOPLE
from lmi.words import listing, spelled
from lmi.workshop.counting import POOLED, pooled
from lmi.workshop.room import Room
from lmi.workshop.state import KINDS
from lmi.workshop.views.definition import candidate_of, worded
from lmi.workshop.views.scope import footprint
from lmi.workshop.words import AFTER_ACTION, KIND_NAMES

__all__ = ["Choice", "KindTally", "choice", "later", "objections", "tally", "together", "uncounted"]


@dataclass(frozen=True)
class KindTally:
    """How one kind of organisation answered, or those together of which few did.

    Parameters
    ----------
    kind : str
        Name, or names.
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
    reopens: str
    convener: str
    answers: tuple[tuple[str, str], ...]
    version: int


def choice(room: Room) -> Choice | None:
    """Return the decision in words, None while there is none."""
    decided = room.state.decision
    if decided is None or not decided.first:
        return None
    first, names = candidate_of(room, decided.first), room.names
    return Choice(
        names.get(decided.first, decided.first),
        tuple(names.get(key, key) for key in decided.next),
        decided.footprint or footprint(room),
        decided.definition or (worded(first) if first else ""),
        decided.reasons,
        decided.questions,
        decided.reopens,
        decided.convener,
        tuple(
            (question, decided.answers[key])
            for key, question in AFTER_ACTION.items()
            if decided.answers.get(key)
        ),
        decided.version,
    )


def tally(room: Room) -> list[KindTally]:
    """Say who agreed when it was counted, by kind of organisation.

    Returns
    -------
    list of KindTally
        Kinds of which fewer than three people answered are one line together, the last; empty
        until it was counted.
    """
    count = room.state.tally
    if count is None:
        return []
    label_of = count.label_of
    found: dict[str, Counter[object]] = {}
    for who, kind in count.kinds.items():
        found.setdefault(label_of[kind], Counter())[count.answers.get(who)] += 1
    labels = sorted(found, key=lambda label: (*KINDS, POOLED).index(label))
    return [
        KindTally(_names(label, label_of), found[label][True], found[label][False],
                  found[label][None])
        for label in labels
    ]  # fmt: skip


def uncounted(room: Room) -> str:
    """Say why it was not counted who agrees; empty where it was, or nothing is decided."""
    state = room.state
    if state.tally is not None or state.decision is None:
        return ""
    n = len(state.agreed)
    if n >= MIN_PEOPLE:
        return f"It was not counted who agrees, though {spelled(n)} people answered."
    return f"It was not counted who agrees: fewer than {spelled(MIN_PEOPLE)} people answered."


def later(room: Room) -> int:
    """Return how many have answered for the first time since it was counted."""
    count = room.state.tally
    return 0 if count is None else len(room.state.agreed.keys() - count.answers.keys())


def together(room: Room) -> str:
    """Say why kinds are not told apart in the count; empty where they are, or are too small."""
    count = room.state.tally
    if count is None or count.by_kind:
        return ""
    if len(set(pooled(count.kinds[who] for who in count.answers).values())) < 2:
        return ""
    return (
        "Kinds of organizations are told together in this count: apart, they would tell what "
        "single people, or all of a kind, answered."
    )


def objections(room: Room) -> tuple[tuple[int, str], ...]:
    """Return what those who do not agree say would have to change, as it was counted.

    Returns
    -------
    tuple of (int, str)
        Each with its place in the count, by which it is struck; nobody's in particular.
    """
    count = room.state.tally
    return () if count is None else room.state.shown_words(count)


def _names(label: str, label_of: dict[str, str]) -> str:
    if label != POOLED:
        return KIND_NAMES[label]
    return listing([KIND_NAMES[kind] for kind in KINDS if label_of.get(kind) == label])
