"""What may be said, by whom, and the sentence for what may not."""

from __future__ import annotations

from typing import Any

import pytest

from lmi.config.edit import holds
from lmi.config.nesting import not_ranked
from lmi.workshop.events import Refused
from lmi.workshop.fold import apply
from lmi.workshop.room_evidence import scoped
from lmi.workshop.rules import MOST_SAID, check
from lmi.workshop.state import FACILITATOR, Event, State
from tests.builders import is_one_sentence
from tests.workshop_stage import go_to, tell

ANN = 1


@pytest.fixture
def state() -> State:
    joined = Event(1, "joined-ann", ANN, "join", {"name": "Ann", "kind": "business"}, "")
    return apply(State(), joined)


def after(state: State, who: int, kind: str, **payload: Any) -> State:
    return apply(state, Event(state.seq + 1, f"id-{state.seq}", who, kind, payload, "2026"))


def statement(**changes: Any) -> dict[str, Any]:
    said = {"candidate": "energy", "text": "t", "rating": 4, "item": "", "show_name": False}
    return said | changes


@pytest.mark.parametrize(
    ("who", "kind", "data", "part_of_the_sentence"),
    [
        (0, "join", {"name": "x" * 10_000, "kind": "other"}, "10,000 characters; write at most 60"),
        (0, "join", {"name": " \x00 ", "kind": "other"}, "name is empty"),
        (0, "join", {"name": "Ann", "kind": "wizard"}, "not a kind of organization"),
        (0, "join", {"name": ["Ann"], "kind": "other"}, "name is not a text"),
        (0, "join", {"name": "Ann", "kind": "other", "admin": True}, "admin is not known here"),
        (ANN, "weigh", {"weights": {"pay": -1}}, "cannot be used"),
        (ANN, "weigh", {"weights": {"pay": float("nan")}}, "not a finite number"),
        (ANN, "weigh", {"weights": {"pay": "5"}}, "not a number"),
        (ANN, "weigh", {"weights": {"pay": 0}}, "All weights are zero"),
        (ANN, "weigh", {"weights": {"luck": 5}}, "'luck' is not a criterion"),
        (ANN, "weigh", {"weights": {f"c{n}": 1 for n in range(100)}}, "too long; 64"),
        (ANN, "weigh", {"order": ["pay", "pay"]}, "each criterion once"),
        (ANN, "weigh", {"order": []}, "each criterion once"),
        (ANN, "weigh", {"order": ["pay"], "weights": {"pay": 1}}, "either weights or an order"),
        (ANN, "weigh", {}, "either weights or an order"),
        (ANN, "weigh", [1, 2], "cannot be used"),
        (ANN, "say", {"candidate": "energy", "text": "t", "rating": 9}, "9 lies outside 1 to 5"),
        (ANN, "say", {"candidate": "energy", "text": "t", "rating": 0}, "0 lies outside 1 to 5"),
        (ANN, "say", {"candidate": "energy", "text": "t", "rating": 4.5}, "lies outside 1 to 5"),
        (ANN, "say", {"candidate": "energy", "text": "t", "rating": True}, "lies outside 1 to 5"),
        (ANN, "say", {"candidate": "energy", "text": "\u200b\u3164", "rating": 5}, "is empty"),
        (0, "join", {"name": "\u2060\ufeff\u115f", "kind": "other"}, "name is empty"),
        (ANN, "say", {"candidate": "energy", "text": "  "}, "statement is empty"),
        (ANN, "say", {"candidate": "energy", "text": "x" * 601}, "601 characters"),
        (ANN, "say", {"candidate": "witchcraft", "text": "t"}, "not a sector of this workshop"),
        (ANN, "say", {"candidate": "../etc", "text": "t"}, "candidate is not a key"),
        (ANN, "say", {"candidate": "energy", "item": "luck", "rating": 3}, "not a readiness item"),
        (ANN, "say", {"candidate": "energy", "item": "firms"}, "needs a rating"),
        (ANN, "effort", {"organisation": "O", "system": "army", "effort": "e",
                         "candidate": "energy"}, "not a system"),
        (ANN, "effort", {"organisation": "O", "system": "workforce", "effort": "e",
                         "candidate": "energy", "since": 12}, "since cannot be used"),
        (ANN, "withdraw", {"id": 77}, "withdrawn already"),
        (ANN, "agree", {"yes": True}, "no decision"),
        (ANN, "agree", {"yes": "perhaps"}, "neither yes nor no"),
        (ANN, "dance", {}, "not known here"),
        (0, "step", {"to": "lunch", "from": "welcome"}, "'lunch' is not a step"),
        (0, "step", {"to": "see", "from": "know"}, "The room is at the step 'welcome' by now"),
        (0, "hide", {"id": 77}, "withdrawn by the person"),
        (0, "remove", {"participants": [77]}, "not in the room"),
        (0, "reopen", {}, "open already"),
        (0, "decide", {"reasons": "Because."}, "Pick a first sector"),
        (0, "decide", {"first": ""}, "Pick a first sector"),
        (0, "decide", {"first": None}, "Pick a first sector"),
        (0, "decide", {"first": "energy", "next": ["energy"]}, "stands twice"),
        (0, "decide", {"first": "witchcraft"}, "not a sector of this workshop"),
        (0, "scope", {}, "Nothing was changed"),
        (0, "scope", {"counties": []}, "would have no county left; tick another"),
        (0, "scope", {"counties": ["08001"]}, "no numbers of '08001'"),
        (0, "scope", {"counties": ["99007", "99007"]}, "stands twice"),
        (0, "scope", {"candidate": "energy"}, "No industries were given"),
        (0, "scope", {"candidate": "energy", "parts": [{"naics": []}]}, "has nothing in it"),
        (0, "scope", {"candidate": "energy", "parts": [{"naics": ["1234567"]}]}, "1234567"),
        (0, "scope", {"candidate": "energy", "parts": [{"naics": ["23", "236"]}]}, "count twice"),
        (0, "scope", {"candidate": "energy", "parts": [{"naics": ["10"]}]}, "aggregate"),
        (0, "scope", {"candidate": "energy", "parts": [{"naics": ["23"], "own": ["0"]}]}, "'0'"),
        (0, "scope", {"candidate": "energy", "add": "2211"}, "is part of Energy already"),
        (0, "scope", {"candidate": "energy", "add": "221115"}, "is part of Energy already"),
        (0, "scope", {"candidate": "energy", "add": "10"}, "aggregate"),
        (0, "scope", {"candidate": "energy", "add": "wind"}, "'wind' is not an industry code"),
        (0, "scope", {"candidate": "energy", "add": "62", "own": ["0"]}, "'0'"),
        (0, "scope", {"candidate": "energy", "drop": "62"}, "Energy does not hold '62'"),
        (0, "scope", {"candidate": "construction", "drop": "23"}, "would hold nothing without"),
        (0, "scope", {"add": "62"}, "not a sector of this workshop"),
        (0, "scope", {"candidate": "hospitals", "add": "722"}, "in Hospitals and not in Health ca"),
        (0, "scope", {"candidate": "health-care", "drop": "622"}, "add it to the whole first"),
        (0, "scope", {"begin": {"name": "Energy", "parts": [{"naics": ["531"]}]}}, "already; cho"),
        (0, "scope", {"begin": {"name": "不", "parts": [{"naics": ["531"]}]}}, "cannot be a key"),
        (0, "scope", {"begin": {"name": "Homes", "parts": [{"naics": ["10"]}]}}, "aggregate"),
        (0, "scope", {"begin": {"name": "Homes", "parts": []}}, "has nothing in it"),
        (0, "scope", {"candidate": "energy", "out": True}, "Only a sector that this workshop beg"),
        (0, "scope", {"candidate": "health-care", "ranked": "half"}, "write 'whole' or 'parts'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_one_sentence(
    state, begun, who, kind, data, part_of_the_sentence
):
    with pytest.raises(Refused) as refused:
        check(state, begun.charter, who, kind, data)
    assert part_of_the_sentence in refused.value.sentence
    assert is_one_sentence(refused.value.sentence), refused.value
    assert 400 <= refused.value.status < 500


@pytest.mark.parametrize("kind", ["step", "hide", "scope", "decide", "remove", "close", "reopen"])
def test_what_the_facilitator_does_no_participant_can(state, begun, kind):
    with pytest.raises(Refused, match="Only the facilitator") as refused:
        check(state, begun.charter, ANN, kind, {})
    assert refused.value.status == 403


@pytest.mark.parametrize("kind", ["weigh", "say", "effort", "withdraw", "agree"])
def test_the_facilitator_has_no_ballot(state, begun, kind):
    with pytest.raises(Refused, match="Only participants"):
        check(state, begun.charter, FACILITATOR, kind, {})


def test_nobody_withdraws_what_another_said(state, begun):
    state = after(state, 0, "step", to="see")
    bo = Event(3, "joined-bo", 3, "join", {"name": "Bo", "kind": "other"}, "")
    state = after(apply(state, bo), 3, "say", **statement())
    with pytest.raises(Refused, match="Only the person who added this") as refused:
        check(state, begun.charter, ANN, "withdraw", {"id": state.seq})
    assert refused.value.status == 403
    assert check(state, begun.charter, 3, "withdraw", {"id": state.seq}) == {"id": state.seq}


def test_who_was_taken_out_is_asked_to_join_again(state, begun):
    state = after(state, FACILITATOR, "remove", participants=[ANN])
    with pytest.raises(Refused, match="join again") as refused:
        check(state, begun.charter, ANN, "weigh", {"weights": {"pay": 1}})
    assert refused.value.status == 401


def test_a_closed_room_keeps_senders_waiting_and_lets_nobody_in(state, begun):
    state = after(state, FACILITATOR, "close")
    with pytest.raises(Refused, match="waits until it is reopened") as refused:
        check(state, begun.charter, ANN, "say", {"candidate": "energy", "text": "late"})
    assert refused.value.status == 423
    with pytest.raises(Refused, match="has ended"):
        check(state, begun.charter, 0, "join", {"name": "Late", "kind": "other"})
    assert check(state, begun.charter, FACILITATOR, "reopen", {}) == {}


def test_agreeing_to_a_decision_that_has_changed_is_refused(state, begun):
    state = after(state, FACILITATOR, "decide", first="energy")
    version = state.decision.version
    assert check(state, begun.charter, ANN, "agree", {"yes": True, "to": version})["yes"]
    state = after(state, FACILITATOR, "decide", first="mining")
    with pytest.raises(Refused, match="read it again"):
        check(state, begun.charter, ANN, "agree", {"yes": True, "to": version})


def test_one_person_cannot_fill_the_disk(state, begun):
    for _ in range(MOST_SAID):
        state = after(state, ANN, "say", **statement())
    with pytest.raises(Refused, match="which is the most"):
        check(state, begun.charter, ANN, "say", statement())


def test_what_is_right_is_cleaned_and_kept(state, begun):
    said = {"candidate": "energy", "text": " Wind\x00 \u202efarms ", "rating": 4, "show_name": True}
    kept = check(state, begun.charter, ANN, "say", said)
    assert kept == statement(text="Wind farms", show_name=True)
    parts = [{"naics": ["2211"], "own": ["5", "3"]}]
    kept = check(state, begun.charter, 0, "scope", {"candidate": "energy", "parts": parts})
    assert kept == {"candidate": "energy", "parts": [{"naics": ["2211"], "own": ["5", "3"]}]}
    assert check(state, begun.charter, 0, "scope", {"counties": None}) == {"counties": None}


def test_an_edit_is_kept_as_the_whole_definition_that_it_makes(state, begun):
    """Two screens may edit at once: each edit is made to what the one before it left."""
    for edit, codes, left_out in (
        ({"drop": "236"}, ["23"], ["236"]),
        ({"add": "5413"}, ["23", "5413"], ["236"]),
        ({"add": "236", "own": ["5"]}, ["23", "5413"], []),
    ):
        kept = check(state, begun.charter, 0, "scope", {"candidate": "construction", **edit})
        part = {"naics": codes, "own": ["5"], "exclude": left_out}
        assert kept == {"candidate": "construction", "parts": [part]}
        state = after(state, FACILITATOR, "scope", **kept)
    again = {"candidate": "construction", "add": "5413"}
    with pytest.raises(Refused, match="is part of Construction already, so it cannot be added"):
        check(state, begun.charter, 0, "scope", again)


def test_the_level_that_is_ranked_is_chosen_and_a_part_grows_after_its_whole(state, begun):
    level = {"candidate": "health-care", "ranked": "parts"}
    assert check(state, begun.charter, 0, "scope", level) == level
    state = after(state, FACILITATOR, "scope", **level)
    for key in ("health-care", "long-term-care"):
        kept = check(state, begun.charter, 0, "scope", {"candidate": key, "add": "6241"})
        state = after(state, FACILITATOR, "scope", **kept)
    found = {c.key: c for c in scoped(begun.charter, state.scope)[1]}
    assert not_ranked(tuple(found.values()))["health-care"] == "whole"
    assert all(holds(found[key], "6241") for key in ("health-care", "long-term-care"))
    with pytest.raises(Refused, match="is in Nursing and residential care and not in Health care"):
        check(state, begun.charter, 0, "scope", {"candidate": "health-care", "parts": None})


def test_a_sector_begins_with_what_none_held_and_goes_while_nobody_speaks_of_it(state, begun):
    parts = [{"naics": ["531"], "own": ["5"]}, {"naics": ["921"], "own": ["1", "2", "3"]}]
    asked = {"begin": {"name": "Homes & halls", "parts": parts}}
    state = after(state, FACILITATOR, "scope", **check(state, begun.charter, 0, "scope", asked))
    found = scoped(begun.charter, state.scope)[1][-1]
    assert (found.key, found.name) == ("homes-halls", "Homes & halls")
    assert [part.naics for part in found.industries] == [("531",), ("921",)]
    with pytest.raises(Refused, match="There is a sector 'Homes & halls' already"):
        check(state, begun.charter, 0, "scope", asked)
    out = {"candidate": "homes-halls", "out": True}
    heard = check(state, begun.charter, ANN, "say", statement(candidate="homes-halls"))
    with pytest.raises(Refused, match="Homes & halls was spoken of or decided on, so it stays"):
        check(after(state, ANN, "say", **heard), begun.charter, 0, "scope", out)
    gone = after(state, FACILITATOR, "scope", **check(state, begun.charter, 0, "scope", out))
    assert not gone.scope.is_changed


def test_what_was_kept_before_a_rule_was_made_is_still_read(state, begun):
    twice = {"candidate": "construction", "parts": [{"naics": ["23", "236"], "own": ["5"]}]}
    with pytest.raises(Refused, match="count twice"):
        check(state, begun.charter, 0, "scope", twice)
    (part,) = after(state, FACILITATOR, "scope", **twice).scope.definitions["construction"]
    assert part.naics == ("23", "236")


def test_a_form_that_was_filled_in_by_another_decision_is_refused(room):
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="construction", was=0)
    assert room.state.decided_seq == room.state.seq
    with pytest.raises(Refused, match="saved from another screen"):
        tell(room, FACILITATOR, "decide", first="energy", was=0)
    tell(room, FACILITATOR, "decide", first="energy", was=room.state.decided_seq)
    assert room.state.decision.first == "energy"
