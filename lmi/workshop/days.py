"""The day of a moment where the room is: an evening in Denver is the next day in UTC."""

from __future__ import annotations

import datetime

__all__ = ["day_of", "moment_of"]


def day_of(at: str, started: str) -> str:
    """Return the day of a moment by the clock that hung in the room.

    Parameters
    ----------
    at : str
        ISO 8601, in any time zone.
    started : str
        When the workshop began, in the room's own.

    Examples
    --------
    >>> day_of("2026-11-23T02:30:00+00:00", "2026-11-22T18:00:00-07:00")
    '2026-11-22'
    """
    return moment_of(at, started)[0]


def moment_of(at: str, started: str) -> tuple[str, str]:
    """Return the day and the time of a moment by the clock that hung in the room.

    Examples
    --------
    >>> moment_of("2026-11-23T02:30:00+00:00", "2026-11-22T18:00:00-07:00")
    ('2026-11-22', '19:30')
    """
    try:
        room = datetime.datetime.fromisoformat(started).tzinfo or datetime.UTC
    except ValueError:  # of a session that somebody wrote by hand
        room = datetime.UTC
    there = datetime.datetime.fromisoformat(at).astimezone(room)
    return there.date().isoformat(), f"{there:%H:%M}"
