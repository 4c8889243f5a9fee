"""Rooms of nobody, of one, of two and of people who say nothing: what is said of them is true."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from lmi.workshop import record, views
from lmi.workshop.state import FACILITATOR
from lmi.workshop.views.ballot import sliders
from lmi.workshop.views.desk import silent
from lmi.workshop.views.roster import answered
from tests.workshop_stage import go_to, join, tell


def words_of(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_before_a_count_nobody_has_changed_anything_since_it(room):
    people = [join(room, name) for name in ("Ann", "Ben")]
    tell(room, people[0], "weigh", weights={"pay": 5})
    go_to(room, "agree")
    assert answered(room) == "1 of 2 has weighed"
    assert [(one.here, one.silent) for one in silent(room)] == [(2, 1)]
    said = words_of(views.fragment("group", room, FACILITATOR))
    assert "Three people must have weighed" in said
    tell(room, people[1], "weigh", weights={"pay": 5})
    now = words_of(views.fragment("group", room, FACILITATOR))
    assert now == said, "a screen does not load it again at each ballot, so it names no number"


def test_nobody_is_silent_at_a_step_that_asks_nothing(room):
    join(room)
    assert "Silent" not in views.fragment("people", room, FACILITATOR)
    go_to(room, "weigh")
    assert "Silent" in views.fragment("people", room, FACILITATOR)


@pytest.mark.parametrize(
    ("n", "took_part", "weighed"),
    [
        (0, "No people took part.", "Nobody weighed, so nothing was counted"),
        (1, "1 person took part: business 1.", "One person weighed, so nothing was counted"),
        (2, "2 people took part: business 2.", "Two people weighed, so nothing was counted"),
    ],
)
def test_the_record_of_a_room_that_is_too_small_to_be_counted_says_so(room, n, took_part, weighed):
    for at in range(n):
        tell(room, join(room, f"P{at}"), "weigh", weights={"pay": 5})
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="construction")
    go_to(room, "record")
    said = words_of(record.as_html(room))
    assert took_part in said and weighed in said
    found = json.loads(record.as_json(room))["group"]
    assert found["people_who_weighed"] == n and weighed in found["note"]
    for who in (FACILITATOR, *room.state.participants.values()):
        page = words_of(views.fragment("record", room, who))
        assert "not counted who agrees: fewer than three people answered" in page


def test_weights_that_nobody_counted_are_said_to_be_there(room):
    """The step Agree was passed over."""
    for at in range(4):
        tell(room, join(room, f"P{at}"), "weigh", weights={"pay": 5})
    assert "Four people weighed, and it was not counted." in words_of(record.as_html(room))


def test_who_answers_after_the_count_is_not_said_to_be_silent(room):
    people = [join(room, f"P{at}") for at in range(5)]
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="construction")
    for who in people[:3]:
        tell(room, who, "agree", yes=True)
    tell(room, FACILITATOR, "count", what="answers")
    tell(room, people[3], "agree", yes=True)
    said = words_of(record.as_html(room))
    assert (
        "Of 5 people, 3 agreed and 2 had not answered yet when it was counted; one answered after "
        "that." in said
    )


def test_page_one_says_that_its_sector_is_set_aside_where_nobody_weighed(room):
    aside = next(r for r in room.evidence.rows if r["set_aside"])
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first=aside["candidate"])
    said = words_of(record.as_html(room))
    assert f"In the ranking {aside['candidate_name']} is set aside (" in said


def test_what_a_phone_shows_of_its_weights_adds_up_to_a_hundred(room):
    ann = join(room)
    tell(room, ann, "weigh", weights={"pay": 4, "employment": 4, "projected-growth": 4,
                                      "concentration-nation": 4, "concentration-state": 4,
                                      "engagement": 4, "local-knowledge": 4})  # fmt: skip
    shares = [slider.share for slider in sliders(room, ann) if slider.has_data]
    assert sum(int(share.rstrip("%")) for share in shares) == 100
