"""What a changed definition or footprint does to the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lmi import codes, words
from lmi.config.nesting import LEVELS
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import moved
from lmi.workshop.room import Room, ScopeChange
from lmi.workshop.views.definition import worded
from lmi.workshop.views.evidence import change_years

__all__ = [
    "BeforeAfter",
    "ScopeChangeView",
    "changes",
    "footprint",
    "is_changed",
    "levels",
    "outcomes",
]


@dataclass(frozen=True)
class BeforeAfter:
    """One measure before and after."""

    label: str
    before: str
    after: str

    @property
    def moved(self) -> bool:
        """Whether it reads differently now."""
        return self.before != self.after


@dataclass(frozen=True)
class ScopeChangeView:
    """One candidate before and after.

    Parameters
    ----------
    definition : str
        As it now is, empty where it is as at the start.
    """

    key: str
    name: str
    definition: str
    lines: tuple[BeforeAfter, ...]

    @property
    def reads_differently(self) -> bool:
        """Whether its jobs, its concentration or its place do."""
        return any(line.moved for line in self.columns)

    @property
    def columns(self) -> tuple[BeforeAfter, BeforeAfter, BeforeAfter]:
        """Jobs, concentration and place, the room's own once it was counted."""
        return self.lines[0], self.lines[2], self.lines[-1]


def _rank(row: Row) -> str:
    if not words.is_known(row.get("rank")):
        return UNRANKED
    return f"{int(row['rank'])}."


def _grown(row: Row) -> str:
    return moved({"emplvl_pct_chg": None, **row})


CHANGE = "Change in jobs"
UNRANKED = "not ranked"  # set aside, not unknown
LINES: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("Jobs", MEASURES[JOBS].cell),
    ("Average pay", MEASURES[PAY].cell),
    ("Times the nation", MEASURES["lq"].cell),
    ("Times the state", MEASURES["lq_state"].cell),
    (CHANGE, _grown),
    ("Place, usual weights", _rank),
)


def outcomes(room: Room) -> list[ScopeChangeView]:
    """Return what the scope changed, candidate by candidate.

    Returns
    -------
    list of ScopeChangeView
        Those whose definition was changed come first.
    """
    scope = room.state.scope
    new = {*scope.definitions, *(c.key for c in scope.added)}
    defined = {c.key: worded(c) for c in room.candidates if c.key in new}
    found = [
        ScopeChangeView(
            str(one.candidate), str(one.name), defined.get(str(one.candidate), ""),
            (
                *(_line(_dated(room, label), write, one.before, one.after)
                  for label, write in LINES),
                *_room_line(room, one),
            ),
        )
        for one in room.outcome_of_scope()
    ]  # fmt: skip
    return sorted(found, key=lambda o: not o.definition)


def _line(label: str, write: Callable[[Row], str], before: Row | None, after: Row) -> BeforeAfter:
    return BeforeAfter(label, words.MISSING if before is None else write(before), write(after))


def _dated(room: Room, label: str) -> str:
    """Name the years of a change over time."""
    return f"{label}{change_years(room)}" if label == CHANGE else label


def _room_line(room: Room, one: ScopeChange) -> list[BeforeAfter]:
    """The place by the room's own weights, once they were counted."""
    if not room.group().places_of:
        return []
    told = (UNRANKED if p is None else f"{p}." for p in (one.room_before, one.room_after))
    return [BeforeAfter("Place with the room", *told)]


def is_changed(room: Room) -> bool:
    """Tell whether anything differs from the start."""
    return room.state.scope.is_changed


def levels(room: Room) -> list[str]:
    """Say of which sectors another level is ranked than at the start."""
    before = {c.key: c.ranked for c in room.charter.candidates}
    now = [c for c in room.candidates if before.get(c.key, c.ranked) != c.ranked]
    return [f"{c.name} is ranked {LEVELS[c.ranked]}." for c in now]


def footprint(room: Room) -> str:
    """Write which counties the region is made of now."""
    names = [_county(room, area) for area in room.region.counties]
    return f"{words.count(len(names), 'county').capitalize()}: {words.listing(sorted(names))}"


def _county(room: Room, area: str) -> str:
    return str(room.charter.counties.get(area) or codes.county_name(area)).removesuffix(" County")


def changes(room: Room) -> list[str]:
    """Say which counties were added and left out since the start."""
    before, now = set(room.charter.region.counties), set(room.region.counties)
    found = []
    if now - before:
        found.append(f"Added: {words.listing(sorted(_county(room, a) for a in now - before))}.")
    if before - now:
        found.append(f"Left out: {words.listing(sorted(_county(room, a) for a in before - now))}.")
    return found
