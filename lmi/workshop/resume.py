"""A session's file opened: its room, with measures from the file or else from the store."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import ValidationError

from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.footprint_study import footprint_evidence
from lmi.assessment.live_state import LiveState
from lmi.assessment.opening import Stored, open_state
from lmi.assessment.region import CandidateMeasures
from lmi.config import Candidate, Criterion, Region, StateConfig
from lmi.errors import ConfigError, LmiError
from lmi.workshop.charter import begin, differences
from lmi.workshop.fold import fold
from lmi.workshop.measures_file import from_bytes, to_bytes
from lmi.workshop.replay import replay
from lmi.workshop.room import Room
from lmi.workshop.room_evidence import scoped
from lmi.workshop.session import Session, read_session
from lmi.workshop.state import Scope

__all__ = ["ScopeMeasurer", "OpenedSession", "begin_session", "open_room", "open_session"]


class ScopeMeasurer:
    """Measures scopes: once each, from the session's file where it is there.

    Parameters
    ----------
    live : callable
        Opens the state's cells, which takes seconds; called when a new scope is asked for.
    """

    def __init__(self, session: Session, live: Callable[[], LiveState]) -> None:
        self._session, self._open = session, live
        self._charter = session.charter
        self._live: LiveState | None = None
        self._lock = Lock()

    def live(self) -> LiveState:
        """Return the state's cells."""
        with self._lock:
            if self._live is None:
                self._live = self._open()
            return self._live

    def footprint(self, scope: Scope) -> FootprintEvidence:
        """Look at a scope's footprint: once, from the session's file where it is there."""
        name = f"footprint {_name(scope)}"
        if (kept := self._session.kept(name)) is not None:
            with contextlib.suppress(ValidationError):  # looked at anew where it cannot be read
                return FootprintEvidence.model_validate(kept)
        region, candidates = scoped(self._charter, scope)
        found = footprint_evidence(self.live(), region, self._charter.asked, candidates)
        if not self._session.is_read_only:
            self._session.keep(name, found.model_dump(mode="json"))
        return found

    def __call__(self, scope: Scope) -> CandidateMeasures:
        """Measure a scope, without what people bring."""
        name = _name(scope)
        if (data := self._session.measured(name)) is not None:
            with contextlib.suppress(LmiError):  # measured anew where it cannot be read
                return from_bytes(data)
        region, candidates = scoped(self._charter, scope)
        found = self.live().measure(region, candidates)
        if not self._session.is_read_only:
            self._session.keep_measured(name, to_bytes(found))
        return found


def _name(scope: Scope) -> str:
    if not scope.is_changed:
        return "start"
    said: dict[str, Any] = {
        "counties": sorted(scope.counties),
        "definitions": {
            key: [part.model_dump(mode="json") for part in parts]
            for key, parts in sorted(scope.definitions.items())
        },
    }
    if scope.ranked:
        said["ranked"] = dict(sorted(scope.ranked.items()))
    if scope.added:
        said["added"] = [candidate.model_dump(mode="json") for candidate in scope.added]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def begin_session(
    path: Path,
    live: LiveState,
    region: Region,
    made_up: int = 0,
    candidates: tuple[Candidate, ...] | None = None,
    weights: Mapping[str, float] | None = None,
    looks_later: bool = False,
) -> tuple[Session, Room]:
    """Begin a session in a new file, with the evidence of its start in it.

    Parameters
    ----------
    path : pathlib.Path
        Must not exist.
    made_up : int, optional
        Participants that are made up to try it out.
    candidates, weights
        As for `lmi.workshop.charter.begin`.
    looks_later : bool, optional
        Leave the footprint to the server, which looks at it while the first page is read.

    Raises
    ------
    SessionError
        The file exists or cannot be written.
    LmiError
        The region cannot be measured.
    """
    charter = begin(live, region, made_up, candidates, weights)
    start = live.measure(region, charter.candidates)
    session = Session.create(path, charter)
    session.keep_measured(_name(Scope()), to_bytes(start))
    measure = ScopeMeasurer(session, lambda: live)
    if not looks_later:
        measure.footprint(Scope())
    room = Room(charter, fold(()), measure, live.state, look=measure.footprint)
    room.looks_later = looks_later
    return session, room


def open_room(session: Session, store: Stored = None, regions_dir: Path | None = None) -> Room:
    """Return the room of an open session.

    Parameters
    ----------
    store : Store or path-like, optional
        Where a scope that is new is measured from; the usual one unless told.
    regions_dir : path-like, optional
        Folder of the definitions.

    Returns
    -------
    Room
        Its notes say what has changed since it began, where that can be told.
    """
    charter = session.charter

    def live() -> LiveState:
        opened = open_state(charter.state, store=store, regions=regions_dir, staff=charter.staff)
        return opened.live(charter.year, charter.base_year)

    state_config: StateConfig | None = None
    notes: tuple[str, ...]
    try:
        found = open_state(charter.state, store=store, regions=regions_dir, staff=charter.staff)
        state_config = found.state
        notes = differences(charter, found)
    except ConfigError as error:
        notes = (f"The state's folder cannot be read any more: {error}",)
    except LmiError as error:
        notes = (f"What changed since the session began cannot be told: {error}",)
    measure = ScopeMeasurer(session, live)
    replayed = replay(charter, session.events())
    notes = (replayed.note, *notes) if replayed.note else notes
    return Room(charter, replayed.state, measure, state_config, notes, look=measure.footprint)


@dataclass(frozen=True, eq=False)
class OpenedSession:
    """A workshop's session, for an analyst to go on from.

    Parameters
    ----------
    region : Region
        As the room scoped it.
    candidates : tuple of Candidate
        As the room scoped them.
    criteria : tuple of Criterion
        As they were at the start.
    mean_weights : dict of str to float
        The room's mean weights, shares of one; the criteria's own with fewer than three ballots.
    room : Room
        All the rest.
    """

    region: Region
    candidates: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    mean_weights: dict[str, float]
    year: int
    base_year: int | None
    room: Room


def open_session(
    path: str | Path, store: Stored = None, regions_dir: Path | None = None
) -> OpenedSession:
    """Open a session's file to look at it, perhaps while the workshop goes on.

    Parameters
    ----------
    store : Store or path-like, optional
        The usual one unless told; not needed for what the room has seen.
    regions_dir : path-like, optional
        Folder of the definitions.

    Raises
    ------
    SessionError
        It is absent, damaged, no session, or of another release.
    """
    session = read_session(path)
    room = open_room(session, store, regions_dir)
    weights = room.group().mean_weights or room.weights_of(0)
    return OpenedSession(
        region=room.region,
        candidates=room.candidates,
        criteria=room.charter.criteria,
        mean_weights=weights,
        year=room.charter.year,
        base_year=room.charter.base_year,
        room=room,
    )
