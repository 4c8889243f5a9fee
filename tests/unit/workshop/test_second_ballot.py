"""A second ballot after the talk, and what those say who do not agree: why, and by nobody."""

from __future__ import annotations

import json

import pytest

from lmi.workshop import record, views
from lmi.workshop.events import Refused
from lmi.workshop.fold import apply
from lmi.workshop.rules import recheck
from lmi.workshop.state import FACILITATOR, Event
from lmi.workshop.views.moved import second_ballot
from tests.workshop_stage import go_to, join, tell


def weighed(room, n: int = 6):
    people = [join(room, f"P{at}", "business") for at in range(n)]
    for at, who in enumerate(people):
        tell(room, who, "weigh", weights={"pay": 8, "employment": 2 + at % 3})
    go_to(room, "agree")
    return people


def asked_again(room, people, changed: int):
    tell(room, FACILITATOR, "ballot")
    for who in people[:changed]:
        tell(room, who, "weigh", weights={"pay": 1, "employment": 9})
    for who in people[changed:]:
        tell(room, who, "weigh", weights=dict(room.state.ballots[who.id]))


def refused(room, who, kind, **data) -> str:
    with pytest.raises(Refused) as error:
        tell(room, who, kind, **data)
    return error.value.sentence


def test_a_second_ballot_follows_a_count_and_words_of_it_a_second_ballot(room):
    ann = join(room)
    assert "a second ballot follows the first count" in refused(room, FACILITATOR, "ballot")
    assert "No second ballot" in refused(room, ann, "why", text="I heard more.")
    assert "Only the facilitator" in refused(room, ann, "ballot")


def test_how_the_room_moved_is_the_difference_of_the_two_counts(room):
    people = weighed(room)
    before = room.group()
    asked_again(room, people, 4)
    assert second_ballot(room).weights == () and "not counted" in second_ballot(room).lead
    tell(room, FACILITATOR, "count", what="ballots")
    found = second_ballot(room)
    assert (found.n_before, found.n_after) == (6, 6)
    assert {w.key: w.step > 0 for w in found.weights} == {"employment": True, "pay": False}
    ranks = {r["candidate"]: r["rank"] for r in before.ranking.to_dict("records")}
    now = {r["candidate"]: r["rank"] for r in room.group().ranking.to_dict("records")}
    assert {p.key: p.step for p in found.places} == {
        key: ranks[key] - now[key] for key in now if ranks[key] != now[key]
    }
    assert found.lead.endswith("first.") or "first now; before" in found.lead


def test_of_fewer_than_three_who_changed_the_record_says_nothing_but_that(room):
    people = weighed(room)
    page = views.fragment("group", room, people[5])
    asked_again(room, people, 2)
    assert "the count stays" in refused(room, FACILITATOR, "count", what="ballots")
    assert second_ballot(room).weights == second_ballot(room).places == ()
    told = json.loads(record.as_json(room))["group"]["second_ballot"]
    assert told["people"] == [6, 6] and "not counted" in told["lead"]
    # Nothing else on the page has moved with them.
    assert (
        views.fragment("group", room, people[5]).split("Where the sectors stand")[1]
        == (page.split("Where the sectors stand")[1])
    )


def test_who_keeps_theirs_has_weighed_again_and_everybody_says_why_without_a_name(room):
    people = weighed(room)
    asked_again(room, people, 3)
    assert room.state.again == {p.id for p in people}
    assert "6 of 6 have weighed again" in views.fragment("progress", room, FACILITATOR)
    tell(room, people[5], "why", text="zoning is <b>hard</b>")
    tell(room, people[0], "why", text="Apprentices were heard.")
    faces = (*people, FACILITATOR)
    assert not any("zoning" in views.fragment("group", room, face) for face in faces)
    tell(room, FACILITATOR, "count", what="ballots")
    assert [text for _at, text in second_ballot(room).words] == [
        "Apprentices were heard.", "zoning is <b>hard</b>",
    ]  # fmt: skip
    pages = {views.fragment("group", room, face).count("zoning is &lt;b&gt;hard") for face in faces}
    assert pages == {1}
    assert "P5" not in views.fragment("group", room, people[0])


def test_a_second_ballot_asked_for_by_mistake_is_taken_back_until_it_is_counted(room):
    people = weighed(room)
    counted = room.state.counts
    tell(room, FACILITATOR, "ballot")
    assert "Second ballot" in views.fragment("again", room, people[0])
    assert "Undo: asked for a second ballot" in views.fragment("clock", room, FACILITATOR)
    tell(room, people[0], "why", text="Too soon.")
    tell(room, FACILITATOR, "undo", of=room.state.undoable[-1].seq)
    assert room.state.second_after is None and second_ballot(room) is None
    assert views.fragment("again", room, people[0]).strip() == ""
    assert room.state.next_count(0) is None, (
        "what was written of it waits for one that is asked for"
    )
    asked_again(room, people, 3)
    tell(room, FACILITATOR, "ballot")  # once more: who has weighed before has, if it is undone
    tell(room, FACILITATOR, "undo", of=room.state.undoable[-1].seq)
    assert len(room.state.again) == 6 and room.state.second_after == len(counted)
    tell(room, FACILITATOR, "count", what="ballots")
    assert all(one.did != "ballot" for one in room.state.undoable), "what was counted was shown"


def test_words_that_come_after_the_count_are_shown_when_it_is_counted_next(room):
    people = weighed(room)
    asked_again(room, people, 3)
    tell(room, FACILITATOR, "count", what="ballots")
    counts = room.state.counts
    tell(room, people[1], "why", text="Late words.")
    assert second_ballot(room).words == ()
    tell(room, FACILITATOR, "count", what="ballots")
    assert second_ballot(room).words == ((0, "Late words."),)
    assert [c.answers for c in room.state.counts] == [c.answers for c in counts]
    assert "the count stays" in refused(room, FACILITATOR, "count", what="ballots")


def decided(room, n: int = 5):
    people = [join(room, f"P{at}", "business") for at in range(n)]
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="construction")
    return people


def objections(room) -> list[str]:
    return json.loads(record.as_json(room))["minority"]


def test_not_yet_says_what_would_have_to_change_once_it_is_counted_and_by_nobody(room):
    people = decided(room)
    for who in people[:3]:
        tell(room, who, "agree", yes=True)
    tell(room, people[3], "agree", yes=False)
    tell(room, people[3], "agree", yes=False, why="Small shops first.")
    tell(room, people[4], "agree", yes=False, why="A convener, by name.")
    tell(room, people[4], "agree", yes=False)  # a second tap takes no words back
    assert objections(room) == []
    tell(room, FACILITATOR, "count", what="answers")
    assert objections(room) == ["A convener, by name.", "Small shops first."]
    for face in (people[0], FACILITATOR):
        assert "Small shops first." in views.fragment("choice", room, face)
    html = record.as_html(room)
    assert "Small shops first." in html and "P3" not in html


def test_words_of_one_who_agreed_in_the_count_do_not_tell_that_they_changed(room):
    people = decided(room)
    for who in people:
        tell(room, who, "agree", yes=True)
    tell(room, FACILITATOR, "count", what="answers")
    tell(room, people[0], "agree", yes=False, why="I think again.")
    assert "the count stays" in refused(room, FACILITATOR, "count", what="answers")
    tell(room, FACILITATOR, "step", **{"to": "record", "from": "decide"})
    assert objections(room) == []


def test_who_agrees_after_all_takes_their_words_with_them(room):
    people = decided(room)
    for who in people:
        tell(room, who, "agree", yes=False, why=f"Words of {who.id}.")
    tell(room, people[0], "agree", yes=True)
    tell(room, FACILITATOR, "count", what="answers")
    assert f"Words of {people[0].id}." not in objections(room) and len(objections(room)) == 4


def test_words_can_be_taken_off_the_screens_and_put_back(room):
    people = decided(room)
    for who in people[:3]:
        tell(room, who, "agree", yes=False, why=f"rude {who.id}")
    tell(room, FACILITATOR, "count", what="answers")
    seq = room.state.tally.seq
    tell(room, FACILITATOR, "strike", count=seq, place=1)
    assert objections(room) == [f"rude {people[0].id}", f"rude {people[2].id}"]
    words = f"rude {people[1].id}"
    assert words not in views.fragment("choice", room, FACILITATOR)
    assert words in views.fragment("manage", room, FACILITATOR)
    tell(room, FACILITATOR, "strike", count=seq, place=1, hidden=False)
    assert words in objections(room)
    assert "not on the screen" in refused(room, FACILITATOR, "strike", count=seq, place=3)
    assert "Only the facilitator" in refused(room, people[0], "strike", count=seq, place=0)


def test_answers_of_sessions_before_have_no_words_and_still_fit(room):
    people = decided(room)
    event = Event(room.state.seq + 1, "old", people[0].id, "agree", {"yes": False, "to": None}, "")
    recheck(room.state, room.charter, event)
    assert apply(room.state, event).agreed == {people[0].id: False}
