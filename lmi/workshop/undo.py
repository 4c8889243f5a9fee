"""What takes a facilitator's step back: the input that does, found before the step is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from lmi.workshop.state import Decision, Event, State, Undo

__all__ = ["MOST", "before_ballot", "undo_of"]

MOST = 50
"""Steps that are kept to be taken back."""
Payload = Mapping[str, Any]
_OPPOSITE = {
    "lock": "unlock", "unlock": "lock", "close": "reopen", "reopen": "close",
    "remove": "restore", "restore": "remove",
}  # fmt: skip


def undo_of(state: State, event: Event) -> Undo | None:
    """Return how to take an event back, from the state before it; None where that cannot be.

    What was counted was shown.
    """
    found = _UNDONE.get(event.kind)
    if found is None:
        return None
    kind, payload = found(state, event)
    return Undo(event.seq, event.kind, kind, payload)


def before_ballot(state: State, of: int) -> State:
    """Leave out a second ballot that was asked for after what is undone.

    It could not be taken back in sessions of before, and did not stand in the way.
    """
    kept = state.undoable
    while kept and kept[-1].did == "ballot" and kept[-1].seq != of:
        kept = kept[:-1]
    return replace(state, undoable=kept)


def _opposite(state: State, event: Event) -> tuple[str, Payload]:
    payload = event.payload
    if "participant" in payload:  # one at a time, in sessions of before
        payload = {"participants": [payload["participant"]]}
    return _OPPOSITE[event.kind], payload


def _step(state: State, event: Event) -> tuple[str, Payload]:
    return "step", {"to": state.step, "came_from": event.payload["to"]}


def _shown(state: State, event: Event) -> tuple[str, Payload]:
    return event.kind, {**event.payload, "hidden": not event.payload["hidden"]}


def _scope(state: State, event: Event) -> tuple[str, Payload]:
    said, scope = event.payload, state.scope
    key = said.get("candidate", "")
    if "begun" in said:
        return "scope", {"candidate": said["begun"]["key"], "out": True}
    back: dict[str, Any] = {"candidate": key} if key else {}
    if "out" in said:
        begun = next(c for c in scope.added if c.key == key)
        return "scope", {"begun": begun.model_dump(mode="json")}
    if "parts" in said:
        parts = scope.definitions.get(key)
        back["parts"] = parts and [part.model_dump(mode="json") for part in parts]
    if "ranked" in said:
        other = {"whole": "parts", "parts": "whole"}[said["ranked"]]
        back["ranked"] = scope.ranked.get(key, other)
    if "counties" in said:
        back["counties"] = list(scope.counties) or None
    return "scope", back


def _decide(state: State, event: Event) -> tuple[str, Payload]:
    before = state.decision or Decision(first="")
    back = {f.name: getattr(before, f.name) for f in fields(before) if f.name in event.payload}
    if "answers" in back:  # those that were not answered before are empty again
        empty = dict.fromkeys(event.payload["answers"], "")
        back["answers"] = {**empty, **before.answers}
    return "decide", back


def _ballot(state: State, event: Event) -> tuple[str, Payload]:
    return "unballot", {"after": state.second_after, "again": tuple(sorted(state.again))}


_UNDONE: dict[str, Callable[[State, Event], tuple[str, Payload]]] = {
    **dict.fromkeys(_OPPOSITE, _opposite),
    "step": _step, "hide": _shown, "strike": _shown, "scope": _scope, "decide": _decide,
    "ballot": _ballot,
}  # fmt: skip
