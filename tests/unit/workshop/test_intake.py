"""The intake: first on the disk, then answered; once, however often it is sent."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import lmi.workshop.intake
from lmi.workshop.events import Refused
from lmi.workshop.intake import Intake
from lmi.workshop.session import Session, SessionError, read_session

Work = Callable[[Intake], Awaitable[Any]]


def at_intake(session: Session, work: Work) -> Any:
    async def run() -> Any:
        intake = Intake(session, lambda state, events: None)
        try:
            return await work(intake)
        finally:
            await intake.close()

    return asyncio.run(run())


async def joined(intake: Intake, n: int = 1) -> list[int]:
    waiting = [
        intake.take(f"join-{i:06d}", 0, "join", {"name": f"P{i}", "kind": "other"})
        for i in range(n)
    ]
    return [receipt.seq for receipt in await asyncio.gather(*waiting)]


def test_what_is_answered_is_on_the_disk(session):
    """Another reader of the file sees it at the moment of the answer."""

    async def work(intake: Intake) -> None:
        other = read_session(session.path)
        (ann,) = await joined(intake)
        for n in range(20):
            receipt = await intake.take(f"weigh-{n:05d}", ann, "weigh", {"weights": {"pay": n + 1}})
            assert other.events()[-1].seq == receipt.seq
            assert other.events()[-1].payload["weights"] == {"pay": n + 1}
        other.close()

    at_intake(session, work)


def test_what_came_in_is_soon_in_the_file_itself(session, tmp_path, monkeypatch):
    """Of a laptop that broke somebody saves the session's file, and not the two beside it."""
    monkeypatch.setattr(lmi.workshop.intake, "_FOLDED_IN", 0.01)
    alone = tmp_path / "saved.lmi-workshop"

    async def work(intake: Intake) -> None:
        await joined(intake, 3)
        assert intake._folding is not None
        await intake._folding
        shutil.copy(session.path, alone)

    at_intake(session, work)
    saved = read_session(alone)
    assert [e.seq for e in saved.events()] == [1, 2, 3]
    saved.close()


def test_inputs_that_come_together_are_kept_together_in_their_order(session):
    commits = []
    append = session.append

    def counted(events):
        commits.append(len(events))
        append(events)

    session.append = counted

    async def work(intake: Intake) -> list[int]:
        people = await joined(intake, 60)
        waiting = [intake.take(f"w-{p:06d}", p, "weigh", {"order": ["pay"]}) for p in people]
        return [receipt.seq for receipt in await asyncio.gather(*waiting)]

    assert at_intake(session, work) == list(range(61, 121))
    assert sum(commits) == 120 and len(commits) <= 6
    assert [e.seq for e in session.events()] == list(range(1, 121))


def test_the_same_input_again_changes_nothing_and_is_answered_alike(session):
    async def work(intake: Intake) -> list[int]:
        (ann,) = await joined(intake)
        said = {"candidate": "energy", "text": "Once.", "rating": 4}
        at_once = [intake.take("same-input", ann, "say", said) for _ in range(5)]
        answers = [r.seq for r in await asyncio.gather(*at_once)]
        answers.append((await intake.take("same-input", ann, "say", {"changed": True})).seq)
        assert len(intake.state.statements) == 1
        return answers

    assert set(at_intake(session, work)) == {2}

    async def after_a_restart(intake: Intake) -> int:
        return (await intake.take("same-input", 1, "say", {})).seq

    assert at_intake(session, after_a_restart) == 2
    assert len(session.events()) == 2


def test_nobody_takes_the_name_of_anothers_input(session):
    async def work(intake: Intake) -> None:
        ann, bo = await joined(intake, 2)
        await intake.take("anns-input", ann, "weigh", {"order": ["pay"]})
        with pytest.raises(Refused, match="name that is taken") as refused:
            await intake.take("anns-input", bo, "weigh", {"order": ["employment"]})
        assert refused.value.status == 409
        with pytest.raises(Refused, match="name that is taken"):
            await intake.take("anns-input", ann, "agree", {"yes": True})
        assert bo not in intake.state.orders

    at_intake(session, work)


@pytest.mark.parametrize(
    "id", ["", "short", "x" * 65, "with blank", "../../etc", None, 7, ["a" * 9]]
)
def test_an_input_needs_a_name(session, id):
    async def work(intake: Intake) -> None:
        with pytest.raises(Refused, match="without a name"):
            await intake.take(id, 0, "close", {})

    at_intake(session, work)
    assert session.events() == []


def test_of_two_facilitators_at_the_same_moment_one_moves_the_room(session):
    async def work(intake: Intake) -> list[Any]:
        both = [
            intake.take(f"facilitator-{n}", 0, "step", {"to": to, "from": "welcome"})
            for n, to in enumerate(("see", "weigh"))
        ]
        return await asyncio.gather(*both, return_exceptions=True)

    first, second = at_intake(session, work)
    assert first.seq == 1
    assert isinstance(second, Refused) and second.status == 409
    assert [e.payload["to"] for e in session.events()] == ["see"]


def test_what_cannot_be_written_is_not_acknowledged_and_the_desk_goes_on(session, monkeypatch):
    real, broken = session.append, []

    def full(events):
        if broken:
            raise SessionError("The session file cannot be written: database or disk is full.")
        real(events)

    monkeypatch.setattr(session, "append", full)

    async def work(intake: Intake) -> None:
        (ann,) = await joined(intake)
        broken.append(True)
        with pytest.raises(
            Refused, match="disk is full; it is kept here and sent again"
        ) as refused:
            await intake.take("kept-on-phone", ann, "weigh", {"order": ["pay"]})
        assert refused.value.status == 507 and intake.state.orders == {}
        broken.clear()
        assert (await intake.take("kept-on-phone", ann, "weigh", {"order": ["pay"]})).seq == 2
        assert intake.state.orders == {ann: ("pay",)}

    at_intake(session, work)


def test_what_was_written_although_the_disk_complained_is_acknowledged(session, monkeypatch):
    real = session.append

    def complains(events):
        real(events)
        raise SessionError("The session file cannot be written: disk I/O error.")

    monkeypatch.setattr(session, "append", complains)

    async def work(intake: Intake) -> list[int]:
        return await joined(intake, 3)

    assert at_intake(session, work) == [1, 2, 3]
    assert len(session.events()) == 3


def test_a_defect_in_one_input_leaves_the_others_answered(session, monkeypatch):
    from lmi.workshop import intake as module

    real = module.check

    def check(state, charter, who, kind, data):
        if data == "defect":
            raise ZeroDivisionError
        return real(state, charter, who, kind, data)

    monkeypatch.setattr(module, "check", check)

    async def work(intake: Intake) -> list[Any]:
        good = intake.take("good-input", 0, "close", {})
        bad = intake.take("bad-inputs", 0, "close", "defect")
        return await asyncio.gather(bad, good, return_exceptions=True)

    bad, good = at_intake(session, work)
    assert isinstance(bad, ZeroDivisionError) and good.seq == 1
