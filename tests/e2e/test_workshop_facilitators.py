"""Two facilitators, and one in a hurry: nothing is overwritten unseen, no step taken twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workshop_people import Person
from tests.workshop_program import Server

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 30_000  # milliseconds


@pytest.fixture
def server(tmp_path: Path, sample_store: Path) -> Iterator[Server]:
    found = Server(tmp_path, sample_store)
    yield found
    found.kill()


def screen(server: Server, browser: Any, view: str = "") -> Any:
    """A facilitator's screen in a browser of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(MOST)
    page.goto(server.said["Facilitator"].replace("/f?", f"/f/{view}?" if view else "/f?"))
    return page


def boss_of(server: Server) -> Person:
    url = server.said["Join"]
    boss = Person(url)
    boss.enter(server.said["Facilitator"].split("key=")[1])
    return boss


def step_of(boss: Person) -> str:
    return str(boss.get("/now?as=f").json["step"])


def save(page: Any) -> None:
    page.get_by_role("button", name="Save the decision").click()


def chosen(page: Any, first: str) -> None:
    page.wait_for_function("key => document.querySelector('#d-first').value === key", arg=first)


def test_a_decision_that_another_saved_meanwhile_is_not_overwritten_unseen(
    server: Server, browser: Any
) -> None:
    boss = boss_of(server)
    boss.send("step", {"to": "decide", "from": "welcome"})
    one, other = screen(server, browser), screen(server, browser, "desk")
    one.select_option("#d-first", "construction")
    one.fill("#d-reasons", "Builders ask for people.")
    other.select_option("#d-first", "health-care")
    save(one)
    one.locator(".choice-card", has_text="Builders ask for people.").wait_for()
    # What the other has not touched follows; what they typed stands, and is refused once.
    other.wait_for_function("document.querySelector('#d-reasons').value.startsWith('Builders')")
    save(other)
    other.locator("#alert", has_text="saved from another screen").wait_for()
    assert "Construction" in one.locator(".choice-card .first").inner_text()
    chosen(other, "health-care")
    save(other)
    one.locator(".choice-card .first", has_text="Health care").wait_for()
    chosen(one, "health-care")


def test_words_of_a_decision_that_is_refused_stay_in_the_form(server: Server, browser: Any) -> None:
    boss_of(server).send("step", {"to": "decide", "from": "welcome"})
    wall = screen(server, browser)
    wall.select_option("#d-first", "construction")
    wall.fill("#d-reasons", "Half an hour of talk.")
    wall.locator("#d-next summary").click()
    wall.check("#d-next-construction")
    save(wall)
    wall.locator("#alert", has_text="A sector stands twice").wait_for()
    wall.wait_for_timeout(1000)  # it is loaded again meanwhile
    assert wall.locator("#d-reasons").input_value() == "Half an hour of talk."
    wall.uncheck("#d-next-construction")
    save(wall)
    wall.locator(".choice-card", has_text="Half an hour of talk.").wait_for()
    wall.reload()
    assert wall.locator("#d-reasons").input_value() == "Half an hour of talk."


def test_a_double_click_is_one_step_and_one_on_a_closed_workshop_none(
    server: Server, browser: Any
) -> None:
    boss, wall = boss_of(server), screen(server, browser)
    wall.get_by_role("button", name="Next: See").dblclick()
    wall.locator("#main[data-shows=see]").wait_for()
    wall.wait_for_timeout(500)
    assert step_of(boss) == "see" and not wall.locator("#alert").is_visible()
    boss.send("close", {})
    wall.locator(".badge", has_text="closed").wait_for()
    wall.get_by_role("button", name="Next: Weigh").click()
    wall.locator("#alert", has_text="open it again first").wait_for()
    boss.send("reopen", {})
    wall.wait_for_timeout(2500)  # longer than a phone waits before it sends again
    assert step_of(boss) == "see"


def test_shares_that_a_phone_writes_add_up_to_a_hundred(server: Server, browser: Any) -> None:
    boss_of(server).send("step", {"to": "weigh", "from": "welcome"})
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.set_default_timeout(MOST)
    phone.goto(f"{server.said['Join']}/?code={server.said['Code']}")
    phone.fill("#name", "Ann")
    phone.locator(".choice").first.click()
    phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(re.compile("/p$"))
    for pressed in ("Home", "ArrowRight", "ArrowRight", "ArrowRight"):
        phone.locator("#w-pay").press(pressed)
        told = phone.locator("[data-weigh] .share").all_text_contents()
        assert sum(int(one.rstrip("%")) for one in told if one != "no data") == 100, told
