"""The fragments that a page is made of: which there are, who may see them, what changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lmi.assessment.people import READINESS
from lmi.assessment.uncovered import beginnings, share_sentence
from lmi.config import Candidate
from lmi.words.intervals import FEW_NOTE, MARK_NOTE
from lmi.workshop.room import Room
from lmi.workshop.state import STEPS, Participant
from lmi.workshop.views import ballot, definition, differ, evidence, footprint, people, scope
from lmi.workshop.views.choice import choice, objections, tally
from lmi.workshop.views.group import group_view
from lmi.workshop.views.moved import second_ballot
from lmi.workshop.views.render import render
from lmi.workshop.views.roster import answered, idle, qr, roster, steps

__all__ = ["PARTS", "changed_by", "fragment"]

Who = Participant | int
Context = dict[str, Any]

_BOTH = frozenset(
    {"head", "step", *STEPS, "ground", "group", "outcome", "choice", "footprint", "neighbors"}
)
PARTS: Mapping[str, frozenset[str]] = {
    "participant": _BOTH | {"again", "ranking", "readiness"},
    "facilitator": _BOTH
    | {"manage", "roster", "progress", "counties", "editor", "industries", "sectors", "uncovered"},
}
"""Names of the fragments that each role may fetch."""

_GROUND = ("ground", "progress", "ranking", "group", "outcome", "manage")
_PEOPLE = ("roster", "progress", "manage")
_CHANGES: Mapping[str, tuple[str, ...]] = {
    "join": _PEOPLE,
    "remove": _PEOPLE,
    "restore": _PEOPLE,
    "weigh": ("progress",),
    "count": ("group", "choice"),
    "say": _GROUND,
    "effort": _GROUND,
    "withdraw": _GROUND,
    "hide": _GROUND,
    "agree": ("progress",),
    "ballot": ("again", "group", "progress"),
    "why": ("progress",),
    "strike": ("group", "choice", "manage"),
    "step": ("head", "step"),
    "scope": (
        "outcome",
        "footprint",
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
    ),
    "decide": ("choice", "progress"),
    "lock": ("manage", "roster"),
    "unlock": ("manage", "roster"),
    "close": ("head", "manage"),
    "reopen": ("head", "manage"),
}


def changed_by(kind: str) -> tuple[str, ...]:
    """Return the fragments that an event may change.

    Parameters
    ----------
    kind : str
        Of the event.

    Examples
    --------
    >>> changed_by("weigh")
    ('progress',)
    """
    return _CHANGES[kind]


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
    if asked in STEPS:
        return _step(asked, room, who, role)
    context = _CONTEXTS[asked](room, who, q)
    return render(f"parts/{asked}.html", role=role, room=room, who=who, q=q, **context)


def _step(step: str, room: Room, who: Who, role: str) -> str:
    """A step as a role sees it, with the parts that it holds."""
    if not room.state.has_reached(step):
        return render("steps/not_yet.html", role=role, room=room, step=step)

    def part(name: str, wanted: str = "") -> str:
        return fragment(name, room, who, wanted)

    shown = "phone" if role == "participant" else "wall"
    context = _STEP_CONTEXTS.get((step, role), _nothing)(room, who, "")
    return render(
        f"steps/{shown}_{step}.html", role=role, room=room, who=who, step=step, part=part, **context
    )


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
        weights = room.counting(room.weights_of(who.id)) if who.id in room.state.voters else {}
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


def _neighbors(room: Room, who: Who, q: str) -> Context:
    candidate = definition.candidate_of(room, q) or _foremost(room)
    seen = room.footprint
    return {"seen": seen and footprint.neighbors_view(seen, candidate), "candidate": candidate}


def _choice(room: Room, who: Who, q: str) -> Context:
    own = room.state.agreed.get(who.id) if isinstance(who, Participant) else None
    counted = room.state.tally
    return {
        "choice": choice(room),
        "tally": tally(room),
        "own": own,
        "objections": objections(room),
        "count": counted.seq if counted else 0,
        "objection": _own_objection(room, who),
    }


def _own_objection(room: Room, who: Who) -> str:
    version = room.state.decision.version if room.state.decision else 0
    given = room.state.objections.get(version, {})
    return given.get(who.id, "") if isinstance(who, Participant) else ""


def _again(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    own, order = room.state.ballots.get(who.id), room.state.orders.get(who.id)
    usual = {c.key: c.weight for c in room.charter.criteria}
    return {
        **_weigh(room, who, q),
        "kept": {"order": list(order)} if order else {"weights": dict(own or usual)},
        "why": room.state.whys.get(who.id, ""),
    }


def _manage(room: Room, who: Who, q: str) -> Context:
    return {"hidden": people.hidden(room), "struck": people.struck(room), "idle": idle(room)}


def _roster(room: Room, who: Who, q: str) -> Context:
    return {"roster": roster(room), "people": len(room.state.participants)}


def _progress(room: Room, who: Who, q: str) -> Context:
    return {"answered": answered(room)}


def _editor(room: Room, who: Who, q: str) -> Context:
    candidate = definition.candidate_of(room, q) or _foremost(room)
    row = next((r for r in room.evidence.rows if r["candidate"] == candidate.key), None)
    return {
        "candidate": candidate,
        "measures": evidence.measures_line(row) if row and not room.is_computing else "",
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
        "sureness": evidence.SURENESS,
        "note": f"{MARK_NOTE} {FEW_NOTE}",
    }


def _weigh(room: Room, who: Who, q: str) -> Context:
    assert isinstance(who, Participant)
    return {
        "sliders": ballot.sliders(room, who),
        "most": ballot.MOST,
        "ordered": who.id in room.state.orders,
    }


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
    "neighbors": _neighbors,
    "choice": _choice,
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
    ("scope", "facilitator"): _scope,
    ("scope", "participant"): _scope,
    ("decide", "facilitator"): _decide_wall,
    ("record", "facilitator"): _choice,
    ("record", "participant"): _choice,
}
