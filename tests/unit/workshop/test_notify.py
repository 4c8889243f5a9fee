"""How pages are told of changes: soon, together, and not more often than they can follow."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import pytest

from lmi.workshop.notify import FACILITATOR_PACE, PARTICIPANT_PACE, Notifier
from lmi.workshop.state import FACILITATOR, State
from tests import clock

PARTS = {"participant": {"ground", "step"}, "facilitator": {"ground", "step", "roster"}}


class Page:
    def __init__(self, who: int) -> None:
        self.who, self.heard = who, list[tuple[float, dict]]()

    def tell(self, message: str) -> None:
        self.heard.append((asyncio.get_running_loop().time(), json.loads(message)))

    @property
    def changed(self) -> list[list[str]]:
        return [message["changed"] for _, message in self.heard]


@pytest.mark.parametrize(("who", "pace"), [(FACILITATOR, FACILITATOR_PACE), (7, PARTICIPANT_PACE)])
def test_changes_that_come_together_are_told_together_at_a_pace(who, pace):
    async def run() -> Page:
        notifier, page = Notifier(State, PARTS), Page(who)
        notifier.add(page)
        end = asyncio.get_running_loop().time() + 2.4 * pace
        while asyncio.get_running_loop().time() < end:
            notifier.changed(["ground"])
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.1 * pace)
        return page

    page = clock.run(run())
    assert page.changed[0] == [] and set(map(tuple, page.changed[1:])) == {("ground",)}
    at = [t for t, _ in page.heard[1:]]
    assert 3 <= len(at) <= 4, "the first at once, the last after the last change"
    assert at[0] - page.heard[0][0] < 0.5 * pace
    assert min(b - a for a, b in pairwise(at)) > 0.9 * pace


def test_a_step_is_told_at_once_and_each_role_only_what_is_its_own():
    async def run() -> tuple[Page, Page]:
        notifier, wall, phone = Notifier(State, PARTS), Page(FACILITATOR), Page(7)
        notifier.add(wall)
        notifier.add(phone)
        notifier.changed(["roster"])
        notifier.changed(["step"], now=True)
        return wall, phone

    wall, phone = asyncio.run(run())
    assert wall.changed == [[], ["roster", "step"]]
    assert phone.changed == [[], ["step"]]


def test_a_page_that_is_gone_is_not_told():
    async def run() -> Page:
        notifier, page = Notifier(State, PARTS), Page(7)
        notifier.add(page)
        notifier.drop(page)
        notifier.changed(["step"], now=True)
        return page

    assert asyncio.run(run()).changed == [[]]


def test_a_page_whose_role_nothing_changed_for_hears_nothing():
    """A message without a change is how a page learns of a gap, and then it loads all it shows."""

    async def run() -> tuple[Page, Page]:
        notifier, wall, phone = Notifier(State, PARTS), Page(FACILITATOR), Page(7)
        notifier.add(wall)
        notifier.add(phone)
        notifier.changed(["roster"])
        notifier.changed(["roster"], now=True)
        await asyncio.sleep(2 * PARTICIPANT_PACE)
        return wall, phone

    wall, phone = clock.run(run())
    assert wall.changed == [[], ["roster"]] and phone.changed == [[]]
