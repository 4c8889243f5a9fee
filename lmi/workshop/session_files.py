"""A workshop's session: begun in a file of its own, or opened again from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from lmi import locations
from lmi.assessment.opening import open_region
from lmi.workshop.days import moment_of
from lmi.workshop.demo_people import make_up
from lmi.workshop.resume import begin_session, open_room
from lmi.workshop.room import Room
from lmi.workshop.session import SUFFIX, Session

__all__ = ["begin", "free_path", "reopen"]


def free_path(outputs: Path, region_id: str) -> Path:
    """Return the path of a new session's file, which no other has.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> free_path(pathlib.Path(tempfile.mkdtemp()), "oregon/lane").name[:12]
    'oregon-lane-'
    """
    today = datetime.date.today().isoformat()
    stem = f"{region_id.replace('/', '-')}-{today}"
    folder = outputs / "workshops"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    return next(p for name in names if not (p := folder / f"{name}{SUFFIX}").exists())


def begin(
    region: str,
    year: int | None = None,
    path: Path | None = None,
    made_up: int = 0,
    *,
    store: Path | None = None,
    regions: Path | None = None,
    outputs: Path | None = None,
    staff: bool = False,
    say: Callable[[str], object] = lambda text: None,
) -> tuple[Session, Room]:
    """Begin a session.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where that is unique.
    year : int, optional
        The newest in the store unless told.
    path : pathlib.Path, optional
        The session's file; a new one below the outputs unless told.
    made_up : int, optional
        Participants to make up, for trying it out.
    store, regions, outputs : path-like, optional
        As everywhere.
    staff : bool, optional
        Show numbers of fewer than three employers, and say so on every page.
    say : callable, optional
        Told what takes time.

    Raises
    ------
    LmiError
        The region, the year or the file cannot be had.
    """
    opened = open_region(region, store=store, regions=regions, staff=staff, say=say)
    say(f"Reading the numbers of {opened.state.name}.")
    live = opened.live(year)
    target = path or free_path(locations.outputs_dir(outputs), opened.region.id)
    session, room = begin_session(target, live, opened.region, made_up, looks_later=True)
    if made_up:
        make_up(session, room, made_up)
    return session, room


def reopen(
    path: Path, *, store: Path | None = None, regions: Path | None = None
) -> tuple[Session, Room]:
    """Open a session again, to go on with it.

    Raises
    ------
    SessionError
        It is absent, damaged, no session, of another release, or in use.
    """
    session = Session.open(path)
    room = open_room(session, store, regions)
    room.resumed = _last_entry(session)
    room.looks_later = True  # at once where it is in the file, which an early end leaves without
    return session, room


def _last_entry(session: Session) -> str:
    """Say where the file ends, for who may hold an older copy of it."""
    events = session.events()
    if not events:
        return "Nothing was entered in the session's file yet."
    day, time = moment_of(events[-1].at, session.charter.started)
    return f"The last entry of the session's file is number {events[-1].seq}, of {day}, {time}."
