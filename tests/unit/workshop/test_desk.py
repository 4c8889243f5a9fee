"""The facilitator's private view, the wall that only shows, the handout; who missed what."""

from __future__ import annotations

import datetime
import json

from bs4 import BeautifulSoup

from lmi.workshop import views
from lmi.workshop.state import FACILITATOR
from lmi.workshop.undo import _UNDONE
from lmi.workshop.views.desk import clock, leaves, silent
from tests.workshop_stage import AT, go_to, join, play, tell


def later(minutes: float) -> datetime.datetime:
    return datetime.datetime.fromisoformat(AT) + datetime.timedelta(minutes=minutes)


def test_the_clock_stands_against_the_agenda(room):
    assert clock(room) is None
    go_to(room, "weigh")  # See and Weigh are opened in the same second here
    found = clock(room, later(12))
    assert (found.passed, found.minutes) == (720, 10)
    assert found.late == -60 * 17, "See was given 17 minutes and took none"
    assert "12</strong> of 10 minutes" not in views.fragment("clock", room, FACILITATOR)


def test_who_is_silent_is_told_by_kind_and_only_where_something_is_asked(room):
    people = play(room)[:3]
    tell(room, FACILITATOR, "decide", first="energy")
    tell(room, people[0], "agree", yes=False)
    told = {s.kind: (s.here, s.silent) for s in silent(room)}
    assert told == {"Workforce": (1, 1), "Education": (1, 1), "Business": (2, 1)}
    tell(room, FACILITATOR, "step", **{"to": "scope", "from": "decide"})
    assert {s.silent for s in silent(room)} == {None}
    tell(room, FACILITATOR, "step", **{"to": "agree", "from": "scope"})
    assert {s.silent for s in silent(room)} == {None}, "no second ballot was asked for"


def test_the_private_view_hides_words_and_names_what_it_undoes(room):
    play(room)
    words = BeautifulSoup(views.fragment("words", room, FACILITATOR), "html.parser")
    button = words.find("button")
    tell(room, FACILITATOR, button["data-send"], **json.loads(button["data-json"]))
    assert "1 hidden" in views.fragment("words", room, FACILITATOR)
    assert "Undo: hid or showed words" in views.fragment("clock", room, FACILITATOR)
    page = views.page(FACILITATOR, room, "t", "desk")
    assert 'data-view="desk"' in page and "Who is silent" in page


def test_the_private_view_offers_the_undo_of_what_was_done_last():
    assert all("clock" in views.changed_by(kind) for kind in _UNDONE.keys() - {"step"})


def test_the_private_view_has_all_words_and_every_name_to_hide(room):
    ann = join(room, "Ann", "business")
    go_to(room, "know")
    for n in range(15):
        tell(room, ann, "say", candidate="energy", rating=3, text=f"Word {n}.")
    tell(room, ann, "effort", candidate="energy", organisation="A rude name",
         system="education", effort="Visits", since=None)  # fmt: skip
    words = BeautifulSoup(views.fragment("words", room, FACILITATOR), "html.parser")
    assert len(words.select('[data-send="hide"]')) == 16
    assert len(words.select('#words-earlier [data-send="hide"]')) == 4
    assert "A rude name: Visits" in words.select_one("li").get_text(" ")


def test_words_that_came_with_an_answer_are_hidden_from_the_private_view(room):
    people = play(room)
    tell(room, FACILITATOR, "decide", first="energy", next=[])
    for who in people[:3]:
        tell(room, who, "agree", yes=False, to=None, why=f"Because {who}.")
    tell(room, FACILITATOR, "count", what="answers")
    words = BeautifulSoup(views.fragment("words", room, FACILITATOR), "html.parser")
    button = words.select_one('[data-send="strike"]')
    tell(room, FACILITATOR, "strike", **json.loads(button["data-json"]) | {"hidden": True})
    left = BeautifulSoup(views.fragment("words", room, FACILITATOR), "html.parser")
    assert len(left.select('[data-send="strike"]')) == 2


def test_an_address_that_no_phone_can_open_says_so_wherever_it_is_shown(room):
    room.join_address = "http://127.0.0.1:8731"
    shown = [views.fragment("welcome", room, FACILITATOR), views.handout_page(room),
             views.fragment("people", room, FACILITATOR)]  # fmt: skip
    assert all("No phone can open this address" in page for page in shown)
    room.join_address = "http://192.168.0.12:8731"
    assert "No phone" not in views.page(FACILITATOR, room, "t") + views.handout_page(room)


def test_the_leaves_are_those_that_the_wall_has(room):
    for step in ("see", "know", "agree", "scope"):
        for n in range(3 if step == "agree" else 0):
            tell(room, join(room, f"P{n}"), "weigh", weights={"pay": 1})
        go_to(room, step)
        wall = BeautifulSoup(views.fragment(step, room, FACILITATOR), "html.parser")
        assert [key for key, _name in leaves(room)] == [
            tab["id"] for tab in wall.select("[role=tab]")
        ]
    go_to(room, "decide")
    assert leaves(room) == []


def test_only_the_facilitator_has_a_private_view_a_wall_and_a_handout(served):
    ann, boss = served.person("Ann"), served.facilitator()
    for view in ("desk", "wall", "handout"):
        assert ann.ask("GET", f"/f/{view}").status == 403
        assert boss.ask("GET", f"/f/{view}").status == 200
    for part in ("desk", "clock", "words", "people", "decision"):
        assert ann.ask("GET", f"/part/{part}?as=p").status == 403
    handout = boss.ask("GET", "/f/handout").text
    assert handout.count(served.code) == 2 and served.key not in handout
    assert served.key not in boss.ask("GET", "/f/wall").text
    assert boss.ask("GET", "/f/nothing").status == 404


def test_the_wall_is_turned_from_the_private_view_and_by_nobody_else(served):
    ann, boss = served.person("Ann"), served.facilitator()
    boss.ask("GET", "/f")

    def turn(person, what, **headers):
        sent = {"X-CSRF": person.token, "Content-Type": "application/json", **headers}
        return person.ask("POST", "/show", json.dumps({"what": what}).encode(), sent).status

    assert turn(boss, "tab-energy") == 200
    assert turn(boss, "<b>") == turn(boss, 3) == turn(boss, "x" * 99) == 400
    assert turn(ann, "next") == 403
    assert turn(boss, "next", Origin="http://evil.example") == 403


def test_browsers_that_open_the_way_in_are_counted_once(served):
    for _ in range(2):
        person = served.person()
        person.ask("GET", "/")
        person.ask("GET", "/")
    assert (
        "2 phones reached this laptop" in served.facilitator().ask("GET", "/part/people?as=f").text
    )


def test_who_came_later_is_led_through_what_they_missed(room):
    ann, bo = join(room, "Ann"), join(room, "Bo")
    go_to(room, "weigh")
    page = BeautifulSoup(views.fragment("weigh", room, ann), "html.parser")
    usual = page.find("button", string="Keep the usual weights")
    tell(room, ann, usual["data-send"], **json.loads(usual["data-json"]))
    assert ann.id in room.state.voters
    assert "Keep the usual" not in views.fragment("weigh", room, ann)
    go_to(room, "know")
    for step in ("know", "agree", "decide"):
        go_to(room, step)
        assert "have not weighed yet" not in views.fragment(step, room, ann)
        assert "have not weighed yet" in views.fragment(step, room, bo)


def test_a_changed_proposal_says_what_has_changed_to_those_who_answered(room):
    ann, _ben, _cho, dee = play(room)
    tell(room, FACILITATOR, "decide", first="energy")
    told = views.fragment("choice", room, ann)
    assert "First is now Energy; you answered to Construction. Please answer again." in told
    assert "Please answer again" not in views.fragment("choice", room, dee), "who had not answered"
    tell(room, ann, "agree", yes=True)
    assert "Please answer again" not in views.fragment("choice", room, ann)
    tell(room, FACILITATOR, "decide", next=["mining"])
    assert "has changed since you answered" in views.fragment("choice", room, ann)


def test_a_closed_workshop_says_so_on_the_wall(room):
    tell(room, FACILITATOR, "close")
    assert "The workshop is closed" in views.fragment("head", room, FACILITATOR)
    assert room.charter.code not in views.fragment("head", room, FACILITATOR)
