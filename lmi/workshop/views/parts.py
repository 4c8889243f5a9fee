"""The fragments that a page is made of, filled with what is known now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lmi.assessment.people import READINESS
from lmi.assessment.uncovered import beginnings, share_sentence
from lmi.config import Candidate
from lmi.words import whole_shares
from lmi.words.intervals import FEW_NOTE, MARK_NOTE
from lmi.workshop.room import Room
from lmi.workshop.state import STEPS, Participant
from lmi.workshop.views import ballot, definition, desk, differ, evidence, footprint, people, scope
from lmi.workshop.views.changes import PARTS
from lmi.workshop.views.choice import choice, objections, tally, together, uncounted
from lmi.workshop.views.group import group_view
from lmi.workshop.views.moved import second_ballot
from lmi.workshop.views.render import render
from lmi.workshop.views.roster import answered, facilitator_qr, idle, qr, roster, steps

__all__ = ["fragment"]

Who = Participant | int
_MOST_WORDS = 12  # that the private view has unfolded
Context = dict[str, Any]


def fragment(name: str, room: Room, who: Who, q: str = "") -> str:
    """Return the inner HTML of a part of the page.

    Parameters
    ----------
    name : str
        One of `PARTS`, of the role that asks.
    q : str, optional
        What was picked or searched for.

    Raises
    ------
    KeyError
        There is no such fragment for this role.
    """
    role = "participant" if isinstance(who, Participant) else "facilitator"
    if name not in PARTS[role]:
        raise KeyError(name)
    asked = room.state.step if name == "step" else name
    if asked == "desk":
        return _whole("desk.html", room, who, role, _desk(room, who, q))
    if asked in STEPS:
        return _step(asked, room, who, role)
    context = _CONTEXTS[asked](room, who, q)
    return render(f"parts/{asked}.html", role=role, room=room, who=who, q=q, **context)


def _step(step: str, room: Room, who: Who, role: str) -> str:
    """A step as a role sees it, with the parts that it holds."""
    if not room.state.has_reached(step):
        return render("steps/not_yet.html", role=role, room=room, step=step)

    shown = "phone" if role == "participant" else "wall"
    context = _STEP_CONTEXTS.get((step, role), _nothing)(room, who, "")
    return _whole(f"steps/{shown}_{step}.html", room, who, role, {"step": step, **context})


def _whole(template: str, room: Room, who: Who, role: str, context: Context) -> str:
    """Fill a template that holds parts."""

    def part(name: str, wanted: str = "") -> str:
        return fragment(name, room, who, wanted)

    return render(template, role=role, room=room, who=who, part=part, **context)


def _nothing(room: Room, who: Who, q: str) -> Context:
    return {}


def _head(room: Room, who: Who, q: str) -> Context:
    return {"steps": steps(room), "answered": answered(room)}


def _ranking(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    return {
        "places": ballot.own_ranking(room, who),
        "weighed": who.id in room.state.voters,
        "apart": evidence.apart(room),
    }


def _ground(room: Room, who: Who, q: str) -> Context:
    known = people.sectors(room, who)
    return {
        "picked": next((s for s in known if s.key == q), None),
        "sectors": [s for s in known if not s.empty and s.key != q],
        "silent": sum(s.empty for s in known),
        "latest": people.latest(room, who),
    }


def _readiness(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    candidate = definition.candidate_of(room, q)
    return {
        "items": READINESS,
        "candidate": candidate,
        "rated": people.mine(room, who, q) if candidate else {},
    }


def _group(room: Room, who: Who, q: str) -> Context:
    if isinstance(who, Participant):
        own = {p.candidate: p for p in ballot.own_ranking(room, who)}
        shares = room.counting(room.weights_of(who.id)) if who.id in room.state.voters else {}
        weights = dict(zip(shares, whole_shares(list(shares.values())), strict=True))
        found = {"picture": group_view(room), "own": own, "weights": weights}
    else:
        found = {"picture": group_view(room), "own": {}, "weights": {}}
    return {
        **found,
        "apart": evidence.apart(room),
        "differ": differ.differ(room),
        "differ_lack": differ.lack(room),
        "would_take": differ.would_take(room),
        "second": second_ballot(room),
        "cell": differ.CELL,
        "tall": differ.HEIGHT,
    }


def _outcome(room: Room, who: Who, q: str) -> Context:
    return {
        "outcomes": scope.outcomes(room),
        "footprint": scope.footprint(room),
        "changes": scope.changes(room),
        "levels": scope.levels(room),
        "is_changed": scope.is_changed(room),
        "note": f"{MARK_NOTE} {FEW_NOTE}",
    }


def _footprint(room: Room, who: Who, q: str) -> Context:
    seen = room.footprint
    start = room.footprint_at_start() if room.state.scope.counties else None
    return {
        "seen": seen and footprint.footprint_view(seen),
        "start": start and footprint.footprint_view(start),
    }


def _fits(room: Room, who: Who, q: str) -> Context:
    return {"fits": footprint.fits(room.footprint) if room.footprint else []}


def _neighbors(room: Room, who: Who, q: str) -> Context:
    candidate = definition.candidate_of(room, q) or _foremost(room)
    seen = room.footprint
    return {"seen": seen and footprint.neighbors_view(seen, candidate), "candidate": candidate}


def _changed_since(room: Room, who: Who) -> str:
    """Say what somebody answered to before the proposal changed; empty where it did not."""
    state = room.state
    if not isinstance(who, Participant) or state.decision is None or who.id in state.agreed:
        return ""
    for before, _scope in reversed(state.proposals):
        if who.id in state.answers.get(before.version, {}):
            first = room.names.get(before.first, before.first)
            return first if before.first != state.decision.first else "the same"
    return ""


def _choice(room: Room, who: Who, q: str) -> Context:
    own = room.state.agreed.get(who.id) if isinstance(who, Participant) else None
    counted = room.state.tally
    return {
        "choice": choice(room),
        "tally": tally(room),
        "own": own,
        "uncounted": uncounted(room),
        "together": together(room),
        "objections": objections(room),
        "count": counted.seq if counted else 0,
        "objection": _own_objection(room, who),
        "changed": _changed_since(room, who),
    }


def _own_objection(room: Room, who: Who) -> str:
    version = room.state.decision.version if room.state.decision else 0
    given = room.state.objections.get(version, {})
    return given.get(who.id, "") if isinstance(who, Participant) else ""


def _again(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    own, order = room.state.ballots.get(who.id), room.state.orders.get(who.id)
    shown = _weigh(room, who, q)
    return {
        **shown,
        "kept": {"order": list(order)} if order else {"weights": dict(own or shown["usual"])},
        "why": room.state.whys.get(who.id, ""),
    }


def _desk(room: Room, who: Who, q: str) -> Context:
    return {"qr": facilitator_qr(room)}


def _clock(room: Room, who: Who, q: str) -> Context:
    undoable = room.state.undoable
    return {
        "clock": desk.clock(room),
        "undo": undoable[-1] if undoable else None,
        "undo_words": desk.undo_words(undoable[-1]) if undoable else "",
        "leaves": desk.leaves(room),
        "steps": steps(room),
        "answered": answered(room),
    }


def _words(room: Room, who: Who, q: str) -> Context:
    return {
        "written": people.written(room),
        "most": _MOST_WORDS,
        "counted": desk.counted_words(room),
        "hidden": people.hidden(room),
        "struck": people.struck(room),
    }


def _people(room: Room, who: Who, q: str) -> Context:
    return {"silent": desk.silent(room), "reached": desk.reached(room), "answered": answered(room)}


def _manage(room: Room, who: Who, q: str) -> Context:
    return {"hidden": people.hidden(room), "struck": people.struck(room), "idle": idle(room)}


def _roster(room: Room, who: Who, q: str) -> Context:
    return {"roster": roster(room), "people": len(room.state.participants)}


def _progress(room: Room, who: Who, q: str) -> Context:
    return {"answered": answered(room)}


def _editor(room: Room, who: Who, q: str) -> Context:
    candidate = definition.candidate_of(room, q) or _foremost(room)
    row = next((r for r in room.evidence.rows if r["candidate"] == candidate.key), None)
    shown = not (room.is_computing or room.is_behind)
    return {
        "candidate": candidate,
        "measures": evidence.measures_line(row) if row and shown else "",
        "pieces": definition.pieces(candidate),
        "changed": candidate.key in room.state.scope.definitions,
        "begun": candidate.key in {c.key for c in room.state.scope.added},
        "nested": definition.nested(room, candidate),
    }


def _industries(room: Room, who: Who, q: str) -> Context:
    key, _space, wanted = q.partition(" ")
    candidate = definition.candidate_of(room, key)
    found, note = definition.search(candidate, wanted, room.charter.year) if candidate else ([], "")
    return {"candidate": candidate, "found": found, "note": note, "wanted": wanted.strip()}


def _sectors(room: Room, who: Who, q: str) -> Context:
    return {"chosen": (definition.candidate_of(room, q) or _foremost(room)).key}


def _uncovered(room: Room, who: Who, q: str) -> Context:
    found = room.evidence.assessment.uncovered
    return {"said": share_sentence(found), "beginnings": beginnings(found)}


def _foremost(room: Room) -> Candidate:
    """The candidate that the room is likely to speak of: decided on, changed, or the largest."""
    decided = room.state.decision.first if room.state.decision else ""
    for key in (decided, *room.state.scope.definitions):
        if found := definition.candidate_of(room, key):
            return found
    group = group_view(room)
    cards = evidence.cards(room)
    key = group.standings[0].key if group.standings else cards[0].key if cards else ""
    return definition.candidate_of(room, key) or room.candidates[0]


def _see(room: Room, who: Who, q: str) -> Context:
    return {
        "cards": evidence.cards(room),
        "absent": evidence.absent(room),
        "change_years": evidence.change_years(room),
        "sureness": evidence.SURENESS,
        "note": f"{MARK_NOTE} {FEW_NOTE}",
    }


def _weigh(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    return {
        "sliders": ballot.sliders(room, who),
        "most": ballot.MOST,
        "ordered": who.id in room.state.orders,
        "answered": who.id in room.state.voters,
        "usual": {c.key: c.weight for c in room.charter.criteria},
    }


def _missed(room: Room, who: Who, q: str) -> Context:
    """What somebody who came later, or was silent, has to be led through."""
    assert isinstance(who, Participant)
    return {"missed": who.id not in room.state.voters and room.state.has_reached("weigh")}


def _weigh_wall(room: Room, who: Who, q: str) -> Context:
    return {"criteria": [c for c in room.charter.criteria if c.weight > 0]}


def _welcome(room: Room, who: Who, q: str) -> Context:
    return {"qr": qr(room), "steps": steps(room)}


def _scope(room: Room, who: Who, q: str) -> Context:
    return {"foremost": _foremost(room)}


def _counties(room: Room, who: Who, q: str) -> Context:
    own = set(room.charter.region.counties)
    counties = sorted(room.charter.counties.items(), key=lambda c: (c[0] not in own, c[1]))
    return {
        "counties": [(area, name.removesuffix(" County")) for area, name in counties],
        "ticked": set(room.region.counties),
    }


def _decide_wall(room: Room, who: Who, q: str) -> Context:
    group = group_view(room)
    order = {s.key: place for place, s in enumerate(group.standings)}
    listed = sorted(room.candidates, key=lambda c: (order.get(c.key, len(order)), c.name))
    return {
        "decided": room.state.decision,
        "listed": listed,
        "ranked": bool(order),
        "footprint": scope.footprint(room),
    }


_CONTEXTS: Mapping[str, Callable[[Room, Who, str], Context]] = {
    "head": _head,
    "again": _again,
    "ranking": _ranking,
    "ground": _ground,
    "readiness": _readiness,
    "group": _group,
    "outcome": _outcome,
    "footprint": _footprint,
    "fits": _fits,
    "neighbors": _neighbors,
    "choice": _choice,
    "clock": _clock,
    "decision": _decide_wall,
    "decision_form": _decide_wall,
    "words": _words,
    "people": _people,
    "manage": _manage,
    "roster": _roster,
    "progress": _progress,
    "counties": _counties,
    "editor": _editor,
    "industries": _industries,
    "sectors": _sectors,
    "uncovered": _uncovered,
}
_STEP_CONTEXTS: Mapping[tuple[str, str], Callable[[Room, Who, str], Context]] = {
    ("welcome", "facilitator"): _welcome,
    ("see", "facilitator"): _see,
    ("see", "participant"): _see,
    ("weigh", "facilitator"): _weigh_wall,
    ("weigh", "participant"): _weigh,
    ("know", "participant"): _missed,
    ("agree", "participant"): _missed,
    ("scope", "facilitator"): _scope,
    ("scope", "participant"): _scope,
    ("decide", "participant"): _missed,
    ("decide", "facilitator"): _decide_wall,
    ("record", "facilitator"): _choice,
    ("record", "participant"): _choice,
}
