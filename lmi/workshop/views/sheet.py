"""Page one of the record, which a board signs: what was decided, and what it must know of it."""

from __future__ import annotations

from dataclasses import dataclass

from lmi import words
from lmi.workshop.room import Room
from lmi.workshop.views.choice import Choice, choice, later, objections, tally, uncounted
from lmi.workshop.views.differ import would_take
from lmi.workshop.views.evidence import apart
from lmi.workshop.views.group import GroupRow, group_view

__all__ = ["ScoreBar", "PageOne", "sheet"]

SIGNERS = 5
"""Lines to sign on."""
_BARS = 6
_MOST_OBJECTIONS, _MOST_SIGNS = 4, 700


@dataclass(frozen=True)
class ScoreBar:
    """A sector in the figure.

    Parameters
    ----------
    score : float, 0 to 100
    is_first, is_next : bool
        Whether it is the first sector of the decision, or one of the next.
    """

    name: str
    rank: int
    score: float
    is_first: bool
    is_next: bool


@dataclass(frozen=True)
class PageOne:
    """Page one.

    Parameters
    ----------
    place : str
        Region and state.
    agreement : str
        How many agreed, in a sentence.
    objections : tuple of str
        Of those who do not agree; as many as fit.
    more_objections : int
        How many stand in the annex.
    standing : str
        Where the decision and the room's mean score differ, or that they do not.
    reopens : tuple of str
        What would reopen it.
    bars : tuple of ScoreBar
        The figure; empty where too few weighed.
    """

    place: str
    choice: Choice
    agreement: str
    objections: tuple[str, ...]
    more_objections: int
    standing: str
    reopens: tuple[str, ...]
    bars: tuple[ScoreBar, ...]

    @property
    def said(self) -> str:
        """The figure in words."""
        told = words.listing(f"{bar.name} {bar.score:.0f}" for bar in self.bars)
        return f"The room’s mean score of each sector, of 100: {told}"

    @property
    def legend(self) -> str:
        """What the figure's bars are, of those that it has."""
        dark = "dark: the first sector" if any(bar.is_first for bar in self.bars) else ""
        light = "light blue: the next" if any(bar.is_next for bar in self.bars) else ""
        shades = ", ".join(filter(None, (dark, light)))
        lead = f"The room’s mean score, of 100{'; ' if shades else ''}{shades}"
        return f"{lead}. Scores within a point are level."


def sheet(room: Room) -> PageOne | None:
    """Return page one, None while nothing is decided."""
    found = choice(room)
    if found is None:
        return None
    told = [text for _place, text in objections(room)]
    shown = _that_fit(told)
    return PageOne(
        f"{room.region.name}, {room.charter.state_name}", found, _agreement(room), tuple(shown),
        len(told) - len(shown), _standing(room, found), tuple(_reopens(room, found)),
        tuple(_bars(room)),
    )  # fmt: skip


def _that_fit(told: list[str]) -> list[str]:
    """Return as many texts as a page holds, one at least."""
    kept: list[str] = []
    for text in told[:_MOST_OBJECTIONS]:
        if kept and len(text) + sum(map(len, kept)) > _MOST_SIGNS:
            break
        kept.append(text)
    return kept


def _agreement(room: Room) -> str:
    counted = tally(room)
    if not counted:
        return uncounted(room)
    yes, no, silent = (sum(getattr(t, n) for t in counted) for n in ("yes", "no", "silent"))
    late = later(room)
    quiet = f"{silent} {'had not answered yet' if late else 'did not answer'}" if silent else ""
    others = [f"{no} said not yet" if no else "", quiet]
    told = words.listing(text for text in (f"{yes} agreed", *others) if text)
    after = f" when it was counted; {words.spelled(late)} answered after that" if late else ""
    return f"Of {yes + no + silent} people, {told}{after}."


def _standing(room: Room, decided: Choice) -> str:
    """Say whether the first sector is the room's first by score, too."""
    rows = group_view(room).standings
    aside = next((a for a in apart(room) if decided.first in dict(a.sectors)), None)
    why = f" ({aside.name[:1].lower()}{aside.name[1:]})" if aside else ""
    if not rows:
        return f"In the ranking {decided.first} is set aside{why}." if aside else ""
    first = [row.name for row in rows if row.rank == 1]
    own = next((row for row in rows if row.name == decided.first), None)
    n = f"{room.group().n} people"
    if own is None:
        return f"{decided.first} has no place in the ranking of {n}: it is set aside there{why}."
    if own.rank == 1:
        level = [name for name in first if name != own.name]
        beside = f", level with {words.listing(level)}" if level else ""
        return f"It comes first by the mean score of {n}{beside}."
    return (
        f"By the mean score of {n} it comes {words.ordinal(own.rank)}, after "
        f"{words.listing(row.name for row in rows if row.rank < own.rank)}."
    )


def _reopens(room: Room, decided: Choice) -> list[str]:
    """Return what the room said would reopen it, and what would put another sector first."""
    found = [decided.reopens] if decided.reopens else []
    overtaking = room.group().overtaking
    first = room.state.decision.first if room.state.decision else ""
    if overtaking is not None and overtaking.first == first:
        found += would_take(room)
    return found


def _bars(room: Room) -> list[ScoreBar]:
    decided = room.state.decision
    first, later = (decided.first, decided.next) if decided else ("", ())
    rows = group_view(room).standings
    kept = [row for at, row in enumerate(rows) if at < _BARS or row.key in (first, *later)]
    return [_bar(row, first, later) for row in kept]


def _bar(row: GroupRow, first: str, later: tuple[str, ...]) -> ScoreBar:
    score = 100 * row.mean_score
    return ScoreBar(row.name, row.rank, score, row.key == first, row.key in later)
