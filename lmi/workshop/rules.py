"""Whether an input fits the room as it is: who may send it, and what it may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from lmi.assessment.people import READINESS, SYSTEMS
from lmi.config import Candidate
from lmi.config.edit import (
    PRIVATE,
    add_code,
    begin_candidate,
    drop_code,
    key_of,
    with_counties,
    with_industries,
    with_level,
)
from lmi.config.nesting import check_parts
from lmi.errors import ConfigError
from lmi.scoring.group_ranking import MIN_PEOPLE
from lmi.words import spelled
from lmi.workshop.charter import SessionCharter
from lmi.workshop.events import (
    FACILITATOR_KINDS,
    PARTICIPANT_KINDS,
    Refused,
    check_kept,
    check_shape,
    has_letter,
)
from lmi.workshop.room_evidence import scoped
from lmi.workshop.state import FACILITATOR, KINDS, STEPS, Event, State
from lmi.workshop.undo import before_ballot

__all__ = ["MOST_PEOPLE", "MOST_SAID", "check", "recheck"]

MOST_PEOPLE = 300
MOST_SAID = 200
"""Statements and efforts that one person may add."""
Payload = Mapping[str, Any]


def check(state: State, charter: SessionCharter, who: int, kind: str, data: Any) -> dict[str, Any]:
    """Return what is to be kept of an input.

    Parameters
    ----------
    who : int
        The sender, 0 for the facilitator.
    data : object
        As it came in.

    Raises
    ------
    Refused
        In one sentence.
    """
    _check_sender(state, who, kind)
    payload = check_shape(kind, data)
    if state.closed and kind not in ("reopen", "join", "undo"):
        then = (
            "open it again first, under Manage"
            if who == FACILITATOR
            else "what you entered waits until it is reopened"
        )
        raise Refused(f"The workshop is closed; {then}.", 423)
    if kind == "scope":
        return _scope(state, charter, payload)
    if kind in _RULES:
        _RULES[kind](state, charter, who, payload)
    # By which decision a form was filled in is of no use once it was checked.
    payload.pop("was", None)
    return payload


def recheck(state: State, charter: SessionCharter, event: Event) -> None:
    """Check an event that was kept as if it came in now.

    Raises
    ------
    Refused
        In one sentence.
    """
    kind = event.kind
    _check_sender(state, event.participant, kind)
    payload = check_kept(kind, event.payload)
    if kind == "join" and event.participant != event.seq:
        raise Refused("Somebody joined under another's number.")
    if kind == "scope":
        try:
            if key := payload.get("candidate"):
                candidates = {c.key: c for c in scoped(charter, state.scope)[1]}
                _one_of(key, candidates, "a sector of this workshop")
                if payload.get("parts"):
                    with_industries(candidates[key], payload["parts"])
            check_parts(scoped(charter, state.scope.changed(payload))[1])
            if payload.get("counties"):
                _counties(charter, payload["counties"])
        except (ConfigError, ValidationError) as error:
            raise Refused(str(error).splitlines()[0]) from None
    elif kind == "remove" and "participant" in payload:
        _remove(state, charter, FACILITATOR, {"participants": [payload["participant"]]})
    elif kind == "undo":
        _undo(before_ballot(state, payload["of"]), charter, event.participant, payload)
    elif kind in _RULES and kind != "count":
        _RULES[kind](state, charter, event.participant, payload)


def _check_sender(state: State, who: int, kind: str) -> None:
    if kind == "join":
        return
    allowed = FACILITATOR_KINDS if who == FACILITATOR else PARTICIPANT_KINDS
    if kind not in allowed and kind in {**FACILITATOR_KINDS, **PARTICIPANT_KINDS}:
        other = "participants" if who == FACILITATOR else "the facilitator"
        raise Refused(f"Only {other} can do that.", 403)
    if who != FACILITATOR and who not in state.participants:
        raise Refused("You are not in this room; join again with the code on the screen.", 401)


def _one_of(value: str, known: Iterable[str], what: str) -> None:
    if value not in known:
        told = value[:60] or "nothing"
        raise Refused(f"{told!r} is not {what}; choose one from the list.")


def _join(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if state.closed:
        raise Refused("This workshop has ended, and its code with it.", 403)
    if state.locked:
        raise Refused("The door is closed; ask the person who runs the workshop to open it.", 403)
    _one_of(payload["kind"], KINDS, "a kind of organization")
    if len(state.participants) >= MOST_PEOPLE and who not in state.participants:
        raise Refused(f"The room is full: {MOST_PEOPLE} people have joined.", 403)


def _weigh(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    weights, order = payload["weights"], payload["order"]
    if (weights is None) == (order is None):
        raise Refused("Give either weights or an order of importance.")
    keys = [c.key for c in charter.criteria]
    for key in weights or order or ():
        _one_of(key, keys, "a criterion of this workshop")
    if order is not None and (not order or len(set(order)) < len(order)):
        raise Refused("An order of importance names each criterion once, and one at the least.")
    if weights is not None and not sum(weights.values()) > 0:
        raise Refused("All weights are zero, so nothing can be ranked; raise one of them.")


def _keys(state: State, charter: SessionCharter) -> list[str]:
    return [c.key for c in scoped(charter, state.scope)[1]]


def _candidate(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    _one_of(payload["candidate"], _keys(state, charter), "a sector of this workshop")
    said = sum(s.participant == who for s in state.said)
    if said >= MOST_SAID:
        raise Refused(f"You have added {said} statements and efforts, which is the most.")


def _say(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    _candidate(state, charter, who, payload)
    if payload["item"]:
        _one_of(payload["item"], READINESS, "a readiness item")
        if payload["rating"] is None:
            raise Refused("A readiness item needs a rating; choose one from 1 to 5.")
    elif not has_letter(payload["text"]):
        raise Refused("The statement is empty; write what you know.")


def _effort(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    _candidate(state, charter, who, payload)
    _one_of(payload["system"], SYSTEMS, "a system")


def _withdraw(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    for said in state.said:
        if said.id == payload["id"]:
            if said.participant != who:
                raise Refused("Only the person who added this can withdraw it.", 403)
            return
    raise Refused("This was withdrawn already.", 409)


def _hide(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if all(said.id != payload["id"] for said in state.said):
        raise Refused("This was withdrawn by the person who added it.", 409)


def _step(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    _one_of(payload["to"], STEPS, "a step")
    if payload["came_from"] != state.step:
        raise Refused(
            f"The room is at the step {state.step!r} by now, moved from another screen; look again "
            "before you move it on.",
            409,
        )


def _scope(state: State, charter: SessionCharter, payload: Payload) -> dict[str, Any]:
    """Return a change of scope as it is kept: with the whole definition, however it was changed."""
    if not payload:
        raise Refused("Nothing was changed; choose a sector or a county.")
    kept: dict[str, Any] = {}
    try:
        if payload.keys() - {"counties"}:
            kept |= _definition(state, charter, payload)
        if "counties" in payload:
            kept["counties"] = _counties(charter, payload["counties"])
    except ConfigError as error:
        raise Refused(error.message[:1].upper() + error.message[1:]) from None
    return kept


def _definition(state: State, charter: SessionCharter, payload: Payload) -> dict[str, Any]:
    """Return a change of one candidate as it is kept, where all of them fit together after it."""
    candidates = {c.key: c for c in scoped(charter, state.scope)[1]}
    kept: dict[str, Any]
    if "begin" in payload:
        kept = {"begun": _begun(candidates, payload["begin"])}
    else:
        key = payload.get("candidate", "")
        _one_of(key, candidates, "a sector of this workshop")
        kept = {"candidate": key}
        if payload.get("out"):
            _check_unused(state, key)
            kept["out"] = True
        elif "ranked" in payload:
            kept["ranked"] = with_level(candidates[key], payload["ranked"]).ranked
        else:
            kept["parts"] = _parts(candidates, key, payload)
    check_parts(scoped(charter, state.scope.changed(kept))[1])
    return kept


def _check_unused(state: State, key: str) -> None:
    """Refuse to take out a sector that the room did not begin, or that something hangs on."""
    begun = {c.key: c.name for c in state.scope.added}
    if key not in begun:
        raise Refused("Only a sector that this workshop began can be taken out of it.")
    decided = state.decision
    if any(said.candidate == key for said in state.said) or (
        decided is not None and key in (decided.first, *decided.next)
    ):
        raise Refused(f"{begun[key]} was spoken of or decided on, so it stays.")


def _begun(candidates: Mapping[str, Candidate], said: Payload) -> dict[str, Any]:
    key = key_of(said["name"])
    if key in candidates:
        raise Refused(f"There is a sector {candidates[key].name!r} already; choose another name.")
    why = "Begun in the workshop, of industries that no other sector held."
    return begin_candidate(key, said["name"], why, said["parts"]).model_dump(mode="json")


def _parts(
    candidates: Mapping[str, Candidate], key: str, payload: Payload
) -> list[dict[str, Any]] | None:
    if payload.get("parts"):
        with_industries(candidates[key], payload["parts"])
    if "parts" in payload:
        return payload["parts"]
    if "add" in payload:
        changed = add_code(candidates[key], payload["add"], payload.get("own", PRIVATE))
    elif "drop" in payload:
        changed = drop_code(candidates[key], payload["drop"])
    else:
        raise Refused("No industries were given; name one, or go back to the start's.")
    return [part.model_dump(mode="json") for part in changed.industries]


def _counties(charter: SessionCharter, counties: list[str] | None) -> list[str] | None:
    for county in counties or ():
        if county not in charter.counties:
            raise Refused(f"The store has no numbers of {county!r}; choose from the list.")
    if counties is not None:
        with_counties(charter.region, counties)
    return counties


def _decide(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if payload.get("was") not in (None, state.decided_seq):
        raise Refused(
            "The decision was saved from another screen meanwhile, and this one changed nothing; "
            "what you typed stands in the form still, so look again and save it if it is to count.",
            409,
        )
    before = state.decision
    first = payload.get("first", before.first if before else "")
    later = payload.get("next", list(before.next) if before else [])
    if not first:
        raise Refused("Pick a first sector; a decision without one decides nothing.")
    for key in (first, *later):
        _one_of(key, _keys(state, charter), "a sector of this workshop")
    if first in later or len(set(later)) < len(later):
        raise Refused("A sector stands twice; it is either the first or one of the next.")


def _agree(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if state.decision is None:
        raise Refused("There is no decision to agree to yet.", 409)
    if payload["to"] is not None and payload["to"] != state.decision.version:
        raise Refused("The decision has changed since you read it; read it again.", 409)


def _ballot(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if not state.counts:
        raise Refused("Nothing is counted yet; a second ballot follows the first count.", 409)


def _why(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if state.second_after is None:
        raise Refused("No second ballot was asked for.", 409)


def _strike(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    counts = (*state.counts, *(one for tally in state.tallies.values() for one in tally))
    if not any(c.seq == payload["count"] and payload["place"] < len(c.words) for c in counts):
        raise Refused("These words are not on the screen any more; look again.", 409)


def _undo(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if not state.undoable or state.undoable[-1].seq != payload["of"]:
        raise Refused("Something else was done since; look again at what would be undone.", 409)
    last = state.undoable[-1]
    if state.closed and last.did != "close":
        raise Refused("The workshop is closed; open it again before you undo more.", 423)
    if last.kind in ("restore", "remove"):
        rule = _restore if last.kind == "restore" else _remove
        rule(state, charter, who, last.payload)
    elif last.kind in ("hide", "strike"):
        rule = _hide if last.kind == "hide" else _strike
        rule(state, charter, who, last.payload)
    elif last.kind == "scope" and last.payload.get("out"):
        _check_unused(state, last.payload["candidate"])
    elif last.did == "decide" and not last.payload.get("first", "-") and state.tally:
        raise Refused("The answers to this decision were counted, so it stays; change it.", 409)


def _remove(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if not set(payload["participants"]) <= state.participants.keys():
        raise Refused("Somebody of these is not in the room any more; look again.", 409)


def _restore(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if not set(payload["participants"]) <= state.removed.keys():
        raise Refused("Somebody of these is in the room again; look again.", 409)


def _count(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    is_ballots = payload["what"] == "ballots"
    given = state.voters if is_ballots else tuple(state.agreed)
    if len(given) < MIN_PEOPLE:
        told = "weighed" if is_ballots else "answered"
        raise Refused(
            f"Fewer than {spelled(MIN_PEOPLE)} people have {told}; a count of so few would give "
            "them away.",
            409,
        )
    found = state.next_count(0) if is_ballots else state.next_tally(0)
    if found is None:
        few = len(_changed(state, is_ballots)) < MIN_PEOPLE
        why = (
            f"Fewer than {spelled(MIN_PEOPLE)} people have changed theirs since it was counted"
            if few
            else "What has changed since it was counted would be told of one or two people alone"
        )
        raise Refused(
            f"{why}; the count stays, so that nobody's can be computed from the two.", 409
        )


def _changed(state: State, is_ballots: bool) -> frozenset[int]:
    """Return who weighs or answers otherwise than was counted."""
    if is_ballots:
        return state.changed_since_count
    counted = state.tally.answers if state.tally else {}
    return frozenset(w for w, yes in state.agreed.items() if counted.get(w) is not yes)


def _reopen(state: State, charter: SessionCharter, who: int, payload: Payload) -> None:
    if not state.closed:
        raise Refused("The workshop is open already.", 409)


_RULES: dict[str, Callable[[State, SessionCharter, int, Payload], None]] = {
    "join": _join, "weigh": _weigh, "say": _say, "effort": _effort, "withdraw": _withdraw,
    "hide": _hide, "step": _step, "decide": _decide, "agree": _agree,
    "remove": _remove, "restore": _restore, "count": _count, "reopen": _reopen,
    "ballot": _ballot, "why": _why, "strike": _strike,
    "undo": _undo,
}  # fmt: skip
