"""Takes inputs in: checked, committed with what waits beside them, and only then answered."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import re
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from lmi.workshop.events import Refused
from lmi.workshop.fold import apply
from lmi.workshop.replay import replay
from lmi.workshop.rules import check
from lmi.workshop.session import Session, SessionError
from lmi.workshop.state import Event, State

__all__ = ["Intake", "Receipt"]

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MOST_AT_ONCE = 500
# Seconds after which what came in stands in the session's file itself, not beside it.
_FOLDED_IN = 2.0
_SAID = {
    "join": "You are in.",
    "weigh": "Saved.",
    "say": "Saved; everybody can see it.",
    "effort": "Saved; everybody can see it.",
    "withdraw": "Withdrawn.",
    "agree": "Saved.",
    "scope": "Saved; the evidence is being computed.",
}


@dataclass(frozen=True)
class Receipt:
    """What a sender is told once an input is on the disk.

    Parameters
    ----------
    seq : int
        Its place among the events.
    say : str
        In words.
    """

    seq: int
    say: str


@dataclass(frozen=True)
class _Waiting:
    id: str
    who: int
    kind: str
    data: Any
    answer: asyncio.Future[Receipt]


class Intake:
    """Takes the inputs of a session in.

    Parameters
    ----------
    changed : callable
        Told the state and the new events after each commit.

    Attributes
    ----------
    state : State
        What is on the disk.
    """

    def __init__(
        self, session: Session, changed: Callable[[State, Sequence[Event]], object]
    ) -> None:
        self._session, self._changed = session, changed
        self._charter = session.charter
        found = replay(self._charter, session.events())
        self.state = found.state
        self._seen = {e.id: e for e in found.events}
        self._waiting: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._folding: asyncio.Task[None] | None = None
        # One thread writes, so that the disk never keeps the pages waiting.
        self._writer = ThreadPoolExecutor(1, "session-writer")

    def seen(self, id: str) -> Event | None:
        """Return the event of an id, None where there is none."""
        return self._seen.get(id)

    async def take(self, id: Any, who: int, kind: Any, data: Any) -> Receipt:
        """Take an input in; when this returns it is on the disk.

        Parameters
        ----------
        id : str
            Made by the sender. The same id again changes nothing and is answered alike.
        who : int
            The sender: 0 the facilitator; of a join, 0 too.
        data : object
            As it came in.

        Raises
        ------
        Refused
            It was not taken, and nothing of it was kept.
        """
        if not isinstance(id, str) or not _ID.fullmatch(id) or not isinstance(kind, str):
            raise Refused("The page sent something without a name; load it again.", 400)
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(id, who, kind, data, answer))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await asyncio.shield(answer)

    async def close(self) -> None:
        """Wait until all that was taken is on the disk."""
        if self._writing is not None:
            await self._writing
        if self._folding is not None:
            self._folding.cancel()  # closing the file does it
        self._writer.shutdown()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_AT_ONCE))]
            state, events, answers = self._checked(batch)
            try:
                if events:
                    await loop.run_in_executor(self._writer, self._append, events)
            except Exception as error:  # told to each sender; nothing of it was kept
                told = _not_written(error) if isinstance(error, SessionError) else error
                self._refuse(answers, told)
                continue
            self.state = state
            self._seen |= {e.id: e for e in events}
            if events:
                self._changed(state, events)
                self.fold_in_soon()
            for answer, receipt in answers:
                if not answer.done():
                    answer.set_result(receipt)

    def fold_in_soon(self) -> None:
        """Bring what was committed into the session's file itself in a moment, once for many."""
        if self._folding is None or self._folding.done():
            self._folding = asyncio.create_task(self._fold_in())

    async def _fold_in(self) -> None:
        await asyncio.sleep(_FOLDED_IN)
        with contextlib.suppress(SessionError):  # it is on the disk, and the next time tries again
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._writer, self._session.fold_in)

    def _append(self, events: list[Event]) -> None:
        try:
            self._session.append(events)
        except SessionError:
            # A disk may fail after the commit, and then what is there is there.
            there = [e.id for e in self._session.events(after=events[0].seq - 1)]
            if there != [e.id for e in events]:
                raise

    def _checked(
        self, batch: Sequence[_Waiting]
    ) -> tuple[State, list[Event], list[tuple[asyncio.Future[Receipt], Receipt]]]:
        """Check inputs one after the other, each against what those before it make of the room."""
        state, events = self.state, list[Event]()
        new: dict[str, Event] = {}
        answers = []
        for one in batch:
            try:
                event = self._seen.get(one.id) or new.get(one.id)
                if event is None:
                    event = self._event(state, one)
                    state = apply(state, event)
                    events.append(event)
                    new[one.id] = event
                elif not _is_same(event, one):
                    raise Refused("The page sent a name that is taken; load it again.", 409)
                answers.append((one.answer, Receipt(event.seq, _SAID.get(one.kind, "Done."))))
            except Refused as refused:
                self._refuse([(one.answer, None)], refused)
            except Exception as error:  # a defect must not leave the others unanswered
                self._refuse([(one.answer, None)], error)
        return state, events, answers

    def _event(self, state: State, one: _Waiting) -> Event:
        payload = check(state, self._charter, one.who, one.kind, one.data)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        seq = state.seq + 1
        return Event(seq, one.id, seq if one.kind == "join" else one.who, one.kind, payload, now)

    @staticmethod
    def _refuse(
        answers: Sequence[tuple[asyncio.Future[Receipt], object]], error: Exception
    ) -> None:
        for answer, _ in answers:
            if not answer.done():
                answer.set_exception(error)


def _is_same(event: Event, one: _Waiting) -> bool:
    """Whether an input is one that was taken in before."""
    return event.kind == one.kind and (one.kind == "join" or event.participant == one.who)


def _not_written(error: SessionError) -> Refused:
    return Refused(
        "The facilitator's computer could not save this, perhaps because its disk is full; it is "
        f"kept here and sent again. ({error})",
        507,
    )
