"""What a room's state is after its events."""

from __future__ import annotations

from typing import Any

import pytest

from lmi.workshop.fold import apply, fold
from lmi.workshop.state import FACILITATOR, Event, State


class Telling:
    """Events one after the other, as a session keeps them."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, who: int, kind: str, /, **payload: Any) -> int:
        seq = len(self.events) + 1
        at = f"2026-11-22T10:00:{seq:02d}+00:00"
        number = seq if kind == "join" else who
        self.events.append(Event(seq, f"event-{seq:04d}", number, kind, payload, at))
        return seq

    @property
    def state(self) -> State:
        return fold(self.events)


@pytest.fixture
def told() -> Telling:
    return Telling()


def say(**changes: Any) -> dict[str, Any]:
    said = {"candidate": "energy", "text": "t", "rating": 4, "item": "", "show_name": False}
    return said | changes


def test_somebody_who_joins_is_known_by_the_number_of_that_event(told):
    told.add(FACILITATOR, "step", to="see")
    ann = told.add(0, "join", name="Ann", kind="business")
    assert told.state.participants[ann].name == "Ann"
    assert ann == 2 and told.state.seq == 2


def test_an_order_of_importance_takes_the_place_of_weights_and_the_other_way_round(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    told.add(ann, "weigh", weights={"jobs": 3.0, "pay": 1.0}, order=None)
    assert told.state.weights_of(ann) == {"jobs": 0.75, "pay": 0.25}
    told.add(ann, "weigh", weights=None, order=["pay", "jobs"])
    # The centre of all weights that put pay before jobs: (1 + 1/2) / 2 and 1/2 / 2.
    assert told.state.weights_of(ann) == {"pay": 0.75, "jobs": 0.25}
    assert ann not in told.state.ballots
    told.add(ann, "weigh", weights={"jobs": 1.0}, order=None)
    assert told.state.weights_of(ann) == {"jobs": 1.0} and ann not in told.state.orders


def test_who_has_not_weighed_has_no_weights_and_is_no_voter(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    assert told.state.weights_of(ann) is None and told.state.voters == ()


def test_a_statement_carries_the_kind_and_the_name_only_where_it_is_wished(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    told.add(ann, "say", **say())
    told.add(ann, "say", **say(show_name=True))
    shown = [(s.kind, s.name_shown) for s in told.state.statements]
    assert shown == [("business", ""), ("business", "Ann")]


def test_an_item_rated_again_by_the_same_person_is_one_voice(told):
    ann, bo = (told.add(0, "join", name=n, kind="other") for n in ("Ann", "Bo"))
    for who, rating in ((ann, 2), (bo, 3), (ann, 5)):
        told.add(who, "say", **say(text="", item="champions", rating=rating))
    assert [(s.participant, s.rating) for s in told.state.statements] == [(bo, 3), (ann, 5)]


def test_what_is_withdrawn_is_gone_and_what_is_hidden_is_kept(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    first, second = told.add(ann, "say", **say(text="a")), told.add(ann, "say", **say(text="b"))
    told.add(ann, "withdraw", id=first)
    told.add(FACILITATOR, "hide", id=second, hidden=True)
    assert [s.text for s in told.state.statements] == ["b"]
    assert told.state.shown_statements == ()
    told.add(FACILITATOR, "hide", id=second, hidden=False)
    assert [s.text for s in told.state.shown_statements] == ["b"]


def test_a_scope_changes_what_it_names_and_null_goes_back_to_the_start(told):
    part = {"naics": ["23"], "own": ["5"], "exclude": []}
    told.add(FACILITATOR, "scope", candidate="construction", parts=[part], counties=["99007"])
    scope = told.state.scope
    assert scope.definitions["construction"][0].naics == ("23",)
    assert scope.counties == ("99007",)
    told.add(FACILITATOR, "scope", counties=None)
    assert told.state.scope.counties == () and "construction" in told.state.scope.definitions
    told.add(FACILITATOR, "scope", candidate="construction", parts=None)
    assert told.state.scope.definitions == {}


def test_a_decision_is_changed_key_by_key(told):
    told.add(FACILITATOR, "decide", first="energy", reasons="Jobs.", answers={"agreed": "Yes"})
    told.add(FACILITATOR, "decide", next=["mining"], answers={"order": "Yes"})
    decision = told.state.decision
    assert (decision.first, decision.next, decision.reasons) == ("energy", ("mining",), "Jobs.")
    assert decision.answers == {"agreed": "Yes", "order": "Yes"}


@pytest.mark.parametrize(
    ("kind", "payload", "still_agreed"),
    [
        ("decide", {"reasons": "Better words."}, True),
        ("decide", {"first": "mining"}, False),
        ("decide", {"next": ["mining"]}, False),
        ("scope", {"counties": ["99007"]}, False),
        ("step", {"to": "decide"}, True),
    ],
)
def test_who_agreed_is_asked_again_only_where_what_they_agreed_to_changes(
    told, kind, payload, still_agreed
):
    ann = told.add(0, "join", name="Ann", kind="business")
    told.add(FACILITATOR, "decide", first="energy")
    told.add(ann, "agree", yes=True, to=None)
    told.add(FACILITATOR, kind, **payload)
    assert told.state.agreed == ({ann: True} if still_agreed else {})


def test_who_is_taken_out_leaves_with_their_ballot_and_their_words_stay(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    told.add(ann, "weigh", weights={"jobs": 1.0}, order=None)
    told.add(ann, "say", **say())
    told.add(FACILITATOR, "remove", participants=[ann])
    state = told.state
    assert state.voters == () and ann not in state.participants and len(state.statements) == 1


def test_going_back_does_not_close_what_was_opened(told):
    told.add(FACILITATOR, "step", to="agree")
    told.add(FACILITATOR, "step", to="see")
    assert told.state.step == "see" and told.state.has_reached("agree")
    assert not told.state.has_reached("scope")


def test_folding_part_by_part_is_folding_the_whole(told):
    ann = told.add(0, "join", name="Ann", kind="business")
    told.add(ann, "weigh", weights={"jobs": 1.0}, order=None)
    told.add(FACILITATOR, "close")
    told.add(FACILITATOR, "reopen")
    state = State()
    for event in told.events:
        state = apply(state, event)
    assert state == told.state and not state.closed
