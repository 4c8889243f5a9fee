"""What follows from a room's events: they are folded into its state, one after the other.

Nothing here reads a clock, a file or the region's data, so the same events always give the same
state, on the first day and when a session is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lmi.workshop.counting import Count
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
from lmi.workshop.undo import MOST, undo_of

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
    if event.kind == "undo":
        seqs = [one.seq for one in state.undoable]
        at = seqs.index(event.payload["of"])
        last = state.undoable[at]
        back = replace(event, kind=last.kind, payload=last.payload)
        after = _FOLDS[last.kind](state, back)
        if last.did == "decide" and not last.payload.get("first", "-"):
            after = replace(after, decision=None)
        return replace(after, seq=event.seq, undoable=state.undoable[:at])
    after = replace(_FOLDS[event.kind](state, event), seq=event.seq)
    undo = undo_of(state, event)
    return after if undo is None else replace(after, undoable=(*state.undoable, undo)[-MOST:])


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
    return replace(state, participants={**state.participants, who.id: who})


def _without(mapping: Mapping[int, Value], key: int) -> dict[int, Value]:
    return {k: v for k, v in mapping.items() if k != key}


def _remove(state: State, event: Event) -> State:
    """Take people out; what they weighed and answered counts no more, and waits for them."""
    # One at a time in sessions of before.
    out = event.payload.get("participants") or [event.payload["participant"]]
    gone = {who: state.participants[who] for who in out}
    here = {who: one for who, one in state.participants.items() if who not in gone}
    return replace(state, participants=here, removed={**state.removed, **gone})


def _restore(state: State, event: Event) -> State:
    back = {who: state.removed[who] for who in event.payload["participants"]}
    here = dict(sorted({**state.participants, **back}.items()))
    gone = {who: one for who, one in state.removed.items() if who not in back}
    return replace(state, participants=here, removed=gone)


def _weigh(state: State, event: Event) -> State:
    who, weights, order = event.participant, event.payload["weights"], event.payload["order"]
    ballots, orders = _without(state.ballots, who), _without(state.orders, who)
    if order:
        orders = {**orders, who: tuple(order)}
    else:
        ballots = {**ballots, who: weights}
    return replace(state, ballots=ballots, orders=orders, again=state.again | {who})


def _ballot(state: State, event: Event) -> State:
    """Ask for a second ballot; asked for again, it is still compared with the first."""
    after = len(state.counts) if state.second_after is None else state.second_after
    return replace(state, second_after=after, again=frozenset())


def _unballot(state: State, event: Event) -> State:
    """Take the asking back; whoever has weighed since has weighed."""
    said = event.payload
    return replace(state, second_after=said["after"], again=state.again | {*said["again"]})


def _why(state: State, event: Event) -> State:
    return replace(state, whys={**state.whys, event.participant: event.payload["text"]})


def _strike(state: State, event: Event) -> State:
    said = event.payload
    one = frozenset({(said["count"], said["place"])})
    return replace(state, struck=state.struck | one if said["hidden"] else state.struck - one)


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
    at = replace(
        state,
        step=to,
        reached=max(state.reached, STEPS.index(to)),
        step_at=event.at,
        begun_at=state.begun_at or event.at,
    )
    counts = {"agree": _count_ballots, "record": _count_answers}
    return counts[to](at, event) if to in counts else at


def _count(state: State, event: Event) -> State:
    counts = {"ballots": _count_ballots, "answers": _count_answers}
    return counts[event.payload["what"]](state, event)


def _count_ballots(state: State, event: Event) -> State:
    found = state.next_count(event.seq)
    if found is None:
        return state
    # A second ballot that was counted was shown, and stands in the way of no other undo.
    undoable = tuple(one for one in state.undoable if one.did != "ballot")
    return replace(state, counts=_joined(state.counts, found), undoable=undoable)


def _joined(counts: tuple[Count, ...], found: Count) -> tuple[Count, ...]:
    """Add a count, or put the last one with new words in its place."""
    kept = counts[:-1] if counts and counts[-1].seq == found.seq else counts
    return (*kept, found)


def _count_answers(state: State, event: Event) -> State:
    found = state.next_tally(event.seq)
    if found is None or state.decision is None:
        return state
    version = state.decision.version
    shown = _joined(state.tallies.get(version, ()), found)
    return replace(state, tallies={**state.tallies, version: shown})


def _scope(state: State, event: Event) -> State:
    changed = replace(state, scope=state.scope.changed(event.payload), scope_seq=event.seq)
    return _proposed(changed, event)


def _decide(state: State, event: Event) -> State:
    given: dict[str, Any] = {k: tuple(v) if k == "next" else v for k, v in event.payload.items()}
    before = state.decision
    if before is not None and "answers" in given:
        given["answers"] = {**before.answers, **given["answers"]}
    after = Decision(**given) if before is None else replace(before, **given)
    return _proposed(replace(state, decision=after, decided_seq=event.seq), event)


def _proposed(state: State, event: Event) -> State:
    """Put what the decision is now to the room; what was put before keeps its answers."""
    decision = state.decision
    if decision is None:
        return state
    for before, scope in state.proposals:
        if scope == state.scope and all(
            getattr(before, k) == getattr(decision, k) for k in AGREED_TO
        ):
            return replace(state, decision=replace(decision, version=before.version))
    new = replace(decision, version=event.seq)
    return replace(state, decision=new, proposals=(*state.proposals, (new, state.scope)))


def _agree(state: State, event: Event) -> State:
    assert state.decision is not None, "nothing was decided"
    version = state.decision.version
    who, yes = event.participant, event.payload["yes"]
    given = {**state.answers.get(version, {}), who: yes}
    text = "" if yes else event.payload.get("why", "")
    before = state.objections.get(version, {})
    # A second tap on "Not yet" takes no words back.
    objections = _without(before, who) if yes else {**before, who: text or before.get(who, "")}
    return replace(
        state,
        answers={**state.answers, version: given},
        objections={**state.objections, version: objections},
    )


def _lock(state: State, event: Event) -> State:
    return replace(state, locked=event.kind == "lock")


def _close(state: State, event: Event) -> State:
    return replace(state, closed=True)


def _reopen(state: State, event: Event) -> State:
    return replace(state, closed=False)


_FOLDS: dict[str, Callable[[State, Event], State]] = {
    "join": _join, "remove": _remove, "restore": _restore, "count": _count, "weigh": _weigh,
    "say": _say, "effort": _effort,
    "withdraw": _withdraw, "hide": _hide, "step": _step, "scope": _scope, "decide": _decide,
    "agree": _agree, "ballot": _ballot, "unballot": _unballot, "why": _why, "strike": _strike,
    "lock": _lock, "unlock": _lock, "close": _close, "reopen": _reopen,
}  # fmt: skip
