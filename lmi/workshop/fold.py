"""What follows from a room's events: they are folded into its state, one after the other.

Nothing here reads a clock, a file or the region's data, so the same events always give the same
state, on the first day and when a session is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lmi.workshop.state import (
    AGREED_TO,
    STEPS,
    Decision,
    Effort,
    Event,
    Participant,
    State,
    Statement,
)

__all__ = ["apply", "fold"]

Value = TypeVar("Value")


def apply(state: State, event: Event) -> State:
    """Return the state after an event.

    Parameters
    ----------
    event : Event
        Checked before it was kept.

    Examples
    --------
    >>> from lmi.workshop.fold import apply
    >>> from lmi.workshop.state import Event, State
    >>> joined = apply(State(), Event(1, "a", 1, "join", {"name": "Ann", "kind": "other"}, ""))
    >>> joined.participants[1].name, joined.seq
    ('Ann', 1)
    """
    return replace(_FOLDS[event.kind](state, event), seq=event.seq)


def fold(events: Iterable[Event], state: State | None = None) -> State:
    """Return the state after all events, in their order.

    Examples
    --------
    >>> from lmi.workshop.fold import fold
    >>> fold([]).step
    'welcome'
    """
    found = State() if state is None else state
    for event in events:
        found = apply(found, event)
    return found


def _join(state: State, event: Event) -> State:
    who = Participant(event.participant, event.payload["name"], event.payload["kind"])
    return replace(state, participants={**state.participants, who.id: who}, people_seq=event.seq)


def _without(mapping: Mapping[int, Value], key: int) -> dict[int, Value]:
    return {k: v for k, v in mapping.items() if k != key}


def _remove(state: State, event: Event) -> State:
    who = event.payload["participant"]
    return replace(
        state,
        participants=_without(state.participants, who),
        ballots=_without(state.ballots, who),
        orders=_without(state.orders, who),
        agreed=_without(state.agreed, who),
        people_seq=event.seq,
        weigh_seq=event.seq,
    )


def _weigh(state: State, event: Event) -> State:
    who, weights, order = event.participant, event.payload["weights"], event.payload["order"]
    ballots, orders = _without(state.ballots, who), _without(state.orders, who)
    if order:
        orders = {**orders, who: tuple(order)}
    else:
        ballots = {**ballots, who: weights}
    return replace(state, ballots=ballots, orders=orders, weigh_seq=event.seq)


def _say(state: State, event: Event) -> State:
    said, who = event.payload, state.participants[event.participant]
    statement = Statement(
        event.seq, who.id, who.kind, who.name if said["show_name"] else "", said["candidate"],
        said["text"], said["rating"], said["item"], event.at,
    )  # fmt: skip
    # Rating an item again is a change of mind, not a second voice.
    kept = [s for s in state.statements if not _same_item(s, statement)]
    return replace(state, statements=(*kept, statement), ground_seq=event.seq)


def _same_item(one: Statement, other: Statement) -> bool:
    return bool(one.item) and all(
        getattr(one, name) == getattr(other, name) for name in ("participant", "candidate", "item")
    )


def _effort(state: State, event: Event) -> State:
    said, who = event.payload, state.participants[event.participant]
    effort = Effort(
        event.seq, who.id, who.kind, said["organisation"], said["system"], said["effort"],
        said["candidate"], said["since"], event.at,
    )  # fmt: skip
    return replace(state, efforts=(*state.efforts, effort), ground_seq=event.seq)


def _withdraw(state: State, event: Event) -> State:
    gone = event.payload["id"]
    return replace(
        state,
        statements=tuple(s for s in state.statements if s.id != gone),
        efforts=tuple(e for e in state.efforts if e.id != gone),
        ground_seq=event.seq,
    )


def _hide(state: State, event: Event) -> State:
    at, hidden = event.payload["id"], event.payload["hidden"]
    return replace(
        state,
        statements=tuple(replace(s, hidden=hidden) if s.id == at else s for s in state.statements),
        efforts=tuple(replace(e, hidden=hidden) if e.id == at else e for e in state.efforts),
        ground_seq=event.seq,
    )


def _step(state: State, event: Event) -> State:
    to = event.payload["to"]
    return replace(state, step=to, reached=max(state.reached, STEPS.index(to)))


def _scope(state: State, event: Event) -> State:
    changed = replace(state, scope=state.scope.changed(event.payload), scope_seq=event.seq)
    return _asked_again(changed, event)


def _decide(state: State, event: Event) -> State:
    given: dict[str, Any] = {k: tuple(v) if k == "next" else v for k, v in event.payload.items()}
    before = state.decision
    if before is not None and "answers" in given:
        given["answers"] = {**before.answers, **given["answers"]}
    after = Decision(**given) if before is None else replace(before, **given)
    decided = replace(state, decision=after)
    if before is not None and all(getattr(before, k) == getattr(after, k) for k in AGREED_TO):
        return decided
    return _asked_again(decided, event)


def _asked_again(state: State, event: Event) -> State:
    """What was agreed to has changed, so nobody has agreed to it yet."""
    if state.decision is None:
        return state
    return replace(state, decision=replace(state.decision, version=event.seq), agreed={})


def _agree(state: State, event: Event) -> State:
    return replace(state, agreed={**state.agreed, event.participant: event.payload["yes"]})


def _close(state: State, event: Event) -> State:
    return replace(state, closed=True)


def _reopen(state: State, event: Event) -> State:
    return replace(state, closed=False)


_FOLDS: dict[str, Callable[[State, Event], State]] = {
    "join": _join, "remove": _remove, "weigh": _weigh, "say": _say, "effort": _effort,
    "withdraw": _withdraw, "hide": _hide, "step": _step, "scope": _scope, "decide": _decide,
    "agree": _agree, "close": _close, "reopen": _reopen,
}  # fmt: skip
