"""How the room moved between its first and its second ballot, and why, in its own words."""

from __future__ import annotations

from dataclasses import dataclass

from lmi import words
from lmi.scoring.group_ranking import MIN_PEOPLE
from lmi.workshop.group import Group
from lmi.workshop.room import Room

__all__ = ["Shift", "SecondBallot", "second_ballot"]

_LEAST = 0.005
"""Shares that differ by less are the same whole percent, or may be."""


@dataclass(frozen=True)
class Shift:
    """A criterion or a sector before and after.

    Parameters
    ----------
    before, after : str
        A share, or a place.
    step : float
        How far it moved, up positive; points of 100, or places.
    """

    key: str
    name: str
    before: str
    after: str
    step: float


@dataclass(frozen=True)
class SecondBallot:
    """What a second ballot did.

    Parameters
    ----------
    count : int
        Number of the count whose words are shown.
    n_before, n_after : int
        People counted.
    lead : str
        What it did to the first place, or why nothing can be said of it.
    weights, places : tuple of Shift
        What moved, the most first.
    words : tuple of (int, str)
        What people wrote of it, with its place by which it is struck; nobody's in particular.
    """

    count: int
    n_before: int
    n_after: int
    lead: str
    weights: tuple[Shift, ...] = ()
    places: tuple[Shift, ...] = ()
    words: tuple[tuple[int, str], ...] = ()


def second_ballot(room: Room) -> SecondBallot | None:
    """Return what the second ballot did, None where none was asked for or it was not counted."""
    state = room.state
    if state.second_after is None:
        return None
    count, before, after = state.counted, room.first_group(), room.group()
    told = state.shown_words(count)
    if before is None:
        lead = (
            f"The second ballot is not counted: that takes {words.spelled(MIN_PEOPLE)} people who "
            "weigh otherwise than before, so that nobody's weights can be computed."
        )
        return SecondBallot(count.seq, after.n, after.n, lead, words=told)
    return SecondBallot(
        count.seq, before.n, after.n, _lead(before, after), tuple(_weights(room, before, after)),
        tuple(_places(before, after)), told,
    )  # fmt: skip


def _weights(room: Room, before: Group, after: Group) -> list[Shift]:
    was, now = (group.counting for group in (before, after))
    names = {c.key: c.name for c in room.charter.criteria}
    found = [
        Shift(key, names[key], words.whole_share(was.get(key, 0.0)), words.whole_share(share),
              100 * (share - was.get(key, 0.0)))
        for key, share in now.items()
        if abs(share - was.get(key, 0.0)) > _LEAST
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-abs(one.step), one.name))


def _names(group: Group) -> dict[str, str]:
    return {str(r["candidate"]): str(r["candidate_name"]) for r in group.ranking.to_dict("records")}


def _places(before: Group, after: Group) -> list[Shift]:
    was, now, names = before.places_of, after.places_of, _names(after)
    found = [
        Shift(key, names[key], words.ordinal(was[key]), words.ordinal(now[key]),
              float(was[key] - now[key]))
        for key in now
        if key in was and was[key] != now[key]
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-abs(one.step), one.name))


def _lead(before: Group, after: Group) -> str:
    was, now = (
        [_names(group)[key] for key, rank in group.places_of.items() if rank == 1]
        for group in (before, after)
    )
    if not was or not now:
        return "What was weighed has no data here."
    if set(was) == set(now):
        return f"{words.listing(now)} {'stays' if len(now) == 1 else 'stay'} first."
    verb = "comes" if len(now) == 1 else "come"
    return f"{words.listing(now)} {verb} first now; before, {words.listing(was)} did."
