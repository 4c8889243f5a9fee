"""Every step of the facilitator can be taken back, one after the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lmi.workshop.events import Refused
from lmi.workshop.state import FACILITATOR, State
from tests.workshop_stage import go_to, join, play, tell


def bare(state: State) -> State:
    """What the room sees of a state: not when, and not what can be undone."""
    return replace(
        state, seq=0, undoable=(), step_at="", begun_at="", reached=0, scope_seq=0, ground_seq=0,
        decided_seq=0, proposals=(),
    )  # fmt: skip


def undo(room) -> None:
    tell(room, FACILITATOR, "undo", of=room.state.undoable[-1].seq)


def refused(room, who, kind, **data) -> str:
    with pytest.raises(Refused) as error:
        tell(room, who, kind, **data)
    return error.value.sentence


STEPS = [
    ("step", {"to": "see", "from": "decide"}),
    ("lock", {}),
    ("close", {}),
    ("scope", {"counties": ["99001"]}),
    ("scope", {"candidate": "construction", "drop": "23"}),
    ("decide", {"first": "energy", "reasons": "Other.", "answers": {"agreed": "Not yet"}}),
    ("decide", {"next": []}),
]


@pytest.mark.parametrize(
    ("kind", "data"), STEPS, ids=[f"{n}-{k}" for n, (k, _) in enumerate(STEPS)]
)
def test_a_step_that_is_undone_is_as_if_it_had_not_been(room, kind, data):
    play(room)
    if "counties" in data:
        data = {"counties": list(room.region.counties)[:1]}
    if "drop" in data:
        part = {"naics": ["23"], "own": ["5"], "exclude": ["236"]}
        tell(room, FACILITATOR, "scope", candidate="construction", parts=[part])
        data = {"candidate": "construction", "add": "236"}
    before = room.state
    tell(room, FACILITATOR, kind, **data)
    assert bare(room.state) != bare(before)
    undo(room)
    assert bare(room.state) == bare(before)
    assert room.state.undoable == before.undoable


def test_people_and_words_come_back_with_an_undo(room):
    people = play(room)
    said = room.state.statements[0].id
    before = room.state
    tell(room, FACILITATOR, "hide", id=said)
    tell(room, FACILITATOR, "remove", participants=[people[0].id, people[2].id])
    undo(room)
    undo(room)
    assert bare(room.state) == bare(before)


def test_agreements_come_back_with_the_proposal(room):
    play(room)
    agreed, version = room.state.agreed, room.state.decision.version
    tell(room, FACILITATOR, "decide", first="energy")
    assert room.state.agreed == {}
    undo(room)
    assert (room.state.agreed, room.state.decision.version) == (agreed, version)


def test_a_first_decision_that_is_undone_is_none(room):
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="energy")
    undo(room)
    assert room.state.decision is None
    assert room.state.undoable[-1].did == "step"


def test_what_was_shown_is_not_undone(room):
    people = [join(room, f"P{n}") for n in range(3)]
    for who in people:
        tell(room, who, "weigh", weights={"pay": 1})
    go_to(room, "agree")
    seen = room.state.undoable
    tell(room, FACILITATOR, "ballot")
    for who in people:
        tell(room, who, "weigh", weights={"employment": 1})
    tell(room, FACILITATOR, "count", what="ballots")
    assert room.state.undoable == seen
    undo(room)  # of the step to Agree: the counts stay
    assert len(room.state.counts) == 2 and room.state.step == "know"


def test_an_undo_is_of_the_last_step_and_of_the_facilitator_alone(room):
    people = play(room)
    of = room.state.undoable[-1].seq
    tell(room, FACILITATOR, "lock")
    assert "Something else was done since" in refused(room, FACILITATOR, "undo", of=of)
    last = room.state.undoable[-1].seq
    assert "Only the facilitator" in refused(room, people[0], "undo", of=last)
    undo(room)
    assert "Something else" in refused(room, FACILITATOR, "undo", of=last)


def test_while_the_workshop_is_closed_only_that_is_undone(room):
    play(room)
    tell(room, FACILITATOR, "close")
    undo(room)
    assert not room.state.closed


def test_words_that_were_withdrawn_meanwhile_are_not_shown_again(room):
    people = play(room)
    said = next(s for s in room.state.statements if s.participant == people[0].id)
    tell(room, FACILITATOR, "hide", id=said.id)
    tell(room, people[0], "withdraw", id=said.id)
    assert "withdrawn" in refused(room, FACILITATOR, "undo", of=room.state.undoable[-1].seq)
