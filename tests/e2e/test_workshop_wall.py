"""The projected wall at 1280 by 720, read from ten metres: nothing that matters lies below it.

What does not fit is on a further page, which a key turns; and whoever runs the room saves the
decision without scrolling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from lmi.workshop.state import STEPS
from lmi.workshop.words import LEAVES
from tests.e2e.test_workshop_browser import MOST
from tests.workshop_people import Person
from tests.workshop_program import Server, begun_room

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZE = {"width": 1280, "height": 720}
SMALLEST = 18  # pixels: a letter of 2 cm on a screen of 2 m, which is read from ten metres
WORDS = "Shops here would run a second shift tomorrow if they found machinists. " * 3
COMES = {"know": ".tallies :text('Retail trade')", "decide": ".choice-card"}
SHOWN = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('.vh, svg, [role=tablist]'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => [e.textContent.trim(), e.getBoundingClientRect().bottom,
             parseFloat(getComputedStyle(e).fontSize)])"""
TO_SHOW = """() => [...document.querySelectorAll('main [data-turns] *')]
  .filter(e => !e.closest('.vh, svg, button, details:not([open]) > :not(summary)'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => e.textContent.trim())"""
LEAF = """() => [document.querySelector('[role=tab][aria-selected=true]')?.id || '',
  document.querySelector('#turn').hidden ? '' : document.querySelector('#turn').textContent]"""


@pytest.fixture
def server(
    tmp_path: Path, sample_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    begun = begun_room(sample_store, tmp_path_factory, made_up=12)
    found = Server(tmp_path, sample_store, begun=begun)
    yield found
    found.kill()


def say_much(server: Server) -> None:
    """Somebody says something of every sector, and names who reaches out to it."""
    ann = Person(server.said["Join"])
    ann.join(server.said["Code"], "Ann Lee", "business")
    shown = ann.get("/part/know?as=p").text.split("</select>")[0]
    about = re.findall(r'<option value="([\w-]+)"', shown)
    for n, key in enumerate(about):
        said = {"candidate": key, "text": WORDS, "rating": 1 + n % 5, "item": "", "show_name": True}
        effort = {"candidate": key, "organisation": f"College {n}", "system": "education",
                  "effort": "Advisory board", "since": 2019}  # fmt: skip
        assert ann.send("say", said).status == ann.send("effort", effort).status == 200


def decide(boss: Person) -> None:
    data = {
        "first": "advanced-manufacturing", "next": ["construction", "health-care"],
        "reasons": "It pays.\nIt grows.\nOwners came.", "questions": WORDS, "reopens": WORDS,
        "answers": {"agreed": "Yes", "footprint": "Partly: one county is open"},
        "convener": "The chamber",
    }  # fmt: skip
    assert boss.send("decide", data).status == 200


def leaves(wall: Any) -> dict[tuple[str, str], list[Any]]:
    """What the wall shows on each of its leaves and pages, turned by the key."""
    found: dict[tuple[str, str], list[Any]] = {}
    while (here := tuple(wall.evaluate(LEAF))) not in found:
        found[here] = wall.evaluate(SHOWN)
        assert wall.evaluate("document.documentElement.scrollHeight") <= SIZE["height"], here
        wall.keyboard.press("PageDown")
    return found


def shows_all(wall: Any, step: str) -> None:
    """Whatever a leaf of the step holds is seen whole on one of its pages, and large enough."""
    pages = leaves(wall)
    for here, shown in pages.items():
        low = [text for text, bottom, _size in shown if bottom > SIZE["height"]]
        small = [text for text, _bottom, size in shown if size < SMALLEST]
        assert (low, small) == ([], []), (step, *here)
    seen = {text for shown in pages.values() for text, _bottom, _size in shown}
    assert set(wall.evaluate(TO_SHOW)) <= seen, step


def test_nothing_that_matters_lies_below_720_lines(server: Server, browser: Any) -> None:
    url, address = server.said["Join"], server.said["Facilitator"]
    boss = Person(url)
    boss.enter(address.partition("key=")[2])
    context = browser.new_context(viewport=SIZE)
    control, wall, desk = (context.new_page() for _ in range(3))
    for page, where in ((control, address), (wall, f"{url}/f/wall"), (desk, f"{url}/f/desk")):
        page.set_default_timeout(MOST)
        page.goto(where)
    for step, before in zip(STEPS, ("", *STEPS), strict=False):
        if before:
            assert boss.send("step", {"to": step, "from": before}).status == 200
        if step == "know":
            say_much(server)
        if step == "decide":
            decide(boss)
        wall.locator(f"#main[data-shows={step}]").wait_for()
        if step in COMES:
            wall.locator(COMES[step]).wait_for(state="attached")
        shows_all(wall, step)
        for page in (control, desk) if step == "decide" else ():
            # What was saved elsewhere is in the form, so that saving it again loses nothing.
            page.wait_for_function(
                "document.querySelector('#d-first')?.value === 'advanced-manufacturing'"
            )
            button = page.get_by_role("button", name="Save the decision")
            button.wait_for()
            assert button.bounding_box()["y"] + button.bounding_box()["height"] <= SIZE["height"]


def test_what_is_told_while_a_step_is_loaded_is_shown_once_it_is_there(
    server: Server, browser: Any
) -> None:
    """A busy server gives a step that it wrote before the decision after it told of that."""
    boss = Person(server.said["Join"])
    boss.enter(server.said["Facilitator"].partition("key=")[2])
    for step, before in zip(STEPS[1 : STEPS.index("decide")], STEPS, strict=False):
        assert boss.send("step", {"to": step, "from": before}).status == 200
    wall = browser.new_context(viewport=SIZE).new_page()
    wall.set_default_timeout(MOST)
    wall.goto(server.said["Facilitator"])
    wall.goto(f"{server.said['Join']}/f/wall")
    held: list[Any] = []
    wall.route("**/part/decide?*", lambda route: held.append((route, route.fetch())))
    before = STEPS[STEPS.index("decide") - 1]
    assert boss.send("step", {"to": "decide", "from": before}).status == 200
    while not held:
        wall.wait_for_timeout(50)
    decide(boss)
    wall.wait_for_timeout(1500)  # the wall hears of it, and of a page that does not wait no more
    [(route, written_before)] = held
    route.fulfill(response=written_before)
    wall.locator(COMES["decide"]).wait_for(state="attached")


def test_a_key_turns_the_pages_of_the_wall_there_and_back(server: Server, browser: Any) -> None:
    url = server.said["Join"]
    boss = Person(url)
    boss.enter(server.said["Facilitator"].partition("key=")[2])
    for step, before in (("see", "welcome"), ("weigh", "see"), ("know", "weigh")):
        boss.send("step", {"to": step, "from": before})
    say_much(server)
    wall = browser.new_context(viewport=SIZE).new_page()
    wall.goto(server.said["Facilitator"])
    wall.goto(f"{url}/f/wall")
    turned = list(leaves(wall))
    assert turned[0][0] == "tab-said" and turned[0][1].startswith("1 of ")
    assert [tab for tab, _turns in groupby(tab for tab, _sign in turned)] == [
        f"tab-{key}" for key in LEAVES["know"]
    ]
    back = []
    for _ in turned:
        wall.keyboard.press("PageUp")
        back.append(tuple(wall.evaluate(LEAF)))
    assert back[::-1] == turned


def test_a_column_of_words_that_is_too_long_turns_like_the_table_beside_it(
    server: Server, browser: Any
) -> None:
    boss = Person(server.said["Join"])
    boss.enter(server.said["Facilitator"].partition("key=")[2])
    for step, before in zip(STEPS[1:], STEPS, strict=False):
        if step in ("see", "weigh", "know", "agree"):
            assert boss.send("step", {"to": step, "from": before}).status == 200
    low = {"width": 1280, "height": 500}  # as words at 720 that are half as many again
    wall = browser.new_context(viewport=low).new_page()
    wall.goto(server.said["Facilitator"])
    wall.goto(f"{server.said['Join']}/f/wall")
    wall.locator(".standings").wait_for()
    seen, turned = set(), set()
    while (here := tuple(wall.evaluate(LEAF))) not in turned and here[0] == "tab-stand":
        turned.add(here)
        shown = wall.evaluate(SHOWN)
        assert [text for text, bottom, _size in shown if bottom > low["height"]] == [], here
        seen |= {text for text, _bottom, _size in shown}
        wall.keyboard.press("PageDown")
    assert len(turned) > 1
    words = wall.evaluate("""() => [...document.querySelectorAll('#pane-stand .findings li')]
      .map(e => e.textContent.trim())""")
    assert words and set(words) <= seen


def test_a_link_that_breaks_nowhere_pushes_nothing_off_the_wall(
    server: Server, browser: Any
) -> None:
    link = f"https://example.org/{'x' * 300}"
    url = server.said["Join"]
    boss, ann = Person(url), Person(url)
    boss.enter(server.said["Facilitator"].partition("key=")[2])
    ann.join(server.said["Code"], "Ann Lee", "business")
    wall = browser.new_context(viewport=SIZE).new_page()
    wall.goto(server.said["Facilitator"])
    said = {"candidate": "energy", "text": link, "rating": 3, "item": "", "show_name": True}
    for step, before in zip(STEPS[1:], STEPS, strict=False):
        assert boss.send("step", {"to": step, "from": before}).status == 200
        if step == "know":
            assert ann.send("say", said).status == 200
        if step == "decide":
            assert boss.send("decide", {"first": "construction", "reasons": link}).status == 200
        for view in ("", "/wall"):
            wall.goto(f"{url}/f{view}")
            if step in ("know", "decide"):
                wall.locator("main [dir=auto]:not(textarea)", has_text=link).first.wait_for()
            assert wall.evaluate("document.documentElement.scrollWidth") <= SIZE["width"], step
            wide = wall.evaluate("""() => [...document.querySelectorAll('main *')]
              .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth)
              .map(e => e.className)""")
            assert wide == [], (step, view)


@pytest.mark.parametrize("width", [640, 768, 1024])
def test_a_tablet_and_an_enlarged_page_run_the_room_too(
    server: Server, browser: Any, width: int
) -> None:
    url = server.said["Join"]
    boss = Person(url)
    boss.enter(server.said["Facilitator"].partition("key=")[2])
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(server.said["Facilitator"])
    for step, before in zip(STEPS[1:], STEPS, strict=False):
        assert boss.send("step", {"to": step, "from": before}).status == 200
        if step == "decide":
            decide(boss)
        for view in ("", "/wall"):
            page.goto(f"{url}/f{view}")
            page.locator(".rail [aria-current=step]").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (step, view)
