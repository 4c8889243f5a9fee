"""Which fragments there are, who may see them, and what changes them."""

from __future__ import annotations

from collections.abc import Mapping

from lmi.workshop.state import STEPS

__all__ = ["PARTS", "changed_by"]

_BOTH = frozenset(
    {"head", "step", *STEPS, "ground", "group", "outcome", "choice"}
    | {"footprint", "fits", "neighbors"}
)
PARTS: Mapping[str, frozenset[str]] = {
    "participant": _BOTH | {"again", "ranking", "readiness"},
    "facilitator": _BOTH
    | {
        "desk",
        "clock",
        "decision",
        "decision_form",
        "words",
        "people",
        "manage",
        "roster",
        "progress",
        "counties",
        "editor",
        "industries",
        "sectors",
        "uncovered",
    },
}
"""Names of the fragments that each role may fetch."""

_GROUND = ("ground", "progress", "ranking", "group", "outcome", "manage", "words", "people")
_PEOPLE = ("roster", "progress", "manage", "people")
_ALL_BUT_STEPS = tuple(sorted({*PARTS["participant"], *PARTS["facilitator"]} - set(STEPS)))
_CHANGES: Mapping[str, tuple[str, ...]] = {
    "join": _PEOPLE,
    "remove": (*_PEOPLE, "clock"),
    "restore": (*_PEOPLE, "clock"),
    "weigh": ("progress", "people"),
    "count": ("group", "choice", "words", "clock"),
    "say": _GROUND,
    "effort": _GROUND,
    "withdraw": _GROUND,
    "hide": (*_GROUND, "clock"),
    "agree": ("progress", "people"),
    "ballot": ("again", "group", "progress", "people", "clock"),
    "why": ("progress",),
    "strike": ("group", "choice", "manage", "words", "clock"),
    "undo": _ALL_BUT_STEPS,
    "step": ("head", "step"),
    "scope": (
        "outcome",
        "footprint",
        "fits",
        "neighbors",
        "counties",
        "editor",
        "industries",
        "sectors",
        "uncovered",
        "ranking",
        "group",
        "choice",
        "progress",
        "clock",
    ),
    "decide": ("choice", "progress", "clock", "decision", "decision_form"),
    "lock": ("manage", "roster", "clock"),
    "unlock": ("manage", "roster", "clock"),
    "close": ("head", "manage", "clock"),
    "reopen": ("head", "manage", "clock"),
}


def changed_by(kind: str) -> tuple[str, ...]:
    """Return the fragments that an event may change.

    Examples
    --------
    >>> changed_by("weigh")
    ('progress', 'people')
    """
    return _CHANGES[kind]
