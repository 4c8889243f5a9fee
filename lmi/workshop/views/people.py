"""What people bring: what was said of a candidate, and who works with its employers already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from lmi import words
from lmi.assessment.people import READINESS, SYSTEMS
from lmi.words import Row
from lmi.workshop.room import Room
from lmi.workshop.state import FACILITATOR, Effort, Participant, Statement
from lmi.workshop.words import KIND_NAMES

__all__ = [
    "Hidden",
    "Knock",
    "Knocks",
    "Said",
    "Sector",
    "attributed",
    "hidden",
    "latest",
    "mine",
    "sectors",
    "struck",
    "written",
]


One = TypeVar("One", Statement, Effort)


@dataclass(frozen=True)
class Said:
    """One statement as it is shown.

    Parameters
    ----------
    id : int or None
        None for one from the team's own file.
    by : str
        Kind of organisation, after a name only where it was wished.
    item : str
        The readiness item that it is about, in words, or empty.
    own : bool
        Whether it is the reader's own, which may be taken back.
    hidden : bool
        Whether the facilitator took it off the screens; then its words are not here either.
    sector : str
        Name of the candidate.
    """

    id: int | None
    text: str
    by: str
    rating: int | None
    item: str
    own: bool = False
    hidden: bool = False
    sector: str = ""


@dataclass(frozen=True)
class Knock:
    """One effort to work with employers.

    Parameters
    ----------
    organisation, system, effort, since : str
        `since` is empty where the year is not known.
    id : int or None
        None for one from the team's own file.
    own : bool
        Whether it is the reader's own, which may be taken back.
    """

    organisation: str
    system: str
    effort: str
    since: str
    id: int | None = None
    own: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Hidden:
    """The words of what the facilitator took off the screens, for the facilitator alone."""

    id: int
    sector: str
    text: str
    by: str


@dataclass(frozen=True)
class Knocks:
    """Who knocks at the doors of a candidate's employers.

    Parameters
    ----------
    organisations : int
        Distinct ones.
    systems : tuple of str
        Those that they belong to.
    """

    rows: tuple[Knock, ...]
    organisations: int
    systems: tuple[str, ...]

    @property
    def many(self) -> str:
        """What the number of knocks means, in words."""
        if self.organisations == 0:
            return "Nobody is known to reach out to them yet."
        if self.organisations == 1:
            return "One organization reaches out to them."
        if self.organisations < 3:
            return f"{words.spelled(self.organisations).capitalize()} organizations reach out."
        return (
            f"Many knocks: {words.spelled(self.organisations)} organizations ask the same "
            "employers for their time."
        )


@dataclass(frozen=True)
class Sector:
    """What is known on the ground of one candidate.

    Parameters
    ----------
    said : tuple of Said
        General statements, the newest first.
    readiness : tuple of (str, float or None, int)
        Each item in words, its mean rating and how many rated it.
    rating : float or None
        Mean over voices of each voice's mean rating; a person is one voice.
    ratings : int
        How many ratings the voices gave, of items too.
    """

    key: str
    name: str
    said: tuple[Said, ...]
    readiness: tuple[tuple[str, float | None, int], ...]
    knocks: Knocks
    rating: float | None
    voices: int
    ratings: int

    @property
    def heard(self) -> str:
        """How many spoke, and of how much."""
        told = words.count(self.voices, "voice")
        more = self.ratings > self.voices
        return f"{told}, {words.count(self.ratings, 'rating')}" if more else told

    @property
    def empty(self) -> bool:
        """Whether nobody has said anything of it."""
        return not (self.said or self.voices or self.knocks.rows)


def attributed(kind: str, name: str) -> str:
    """Say who spoke, by kind of organisation.

    Parameters
    ----------
    name : str
        Empty unless it was wished shown.

    Examples
    --------
    >>> attributed("business", ""), attributed("education", "Ann Lee")
    ('Business', 'Ann Lee, education')
    """
    kind_name = KIND_NAMES.get(kind, kind)
    return f"{name}, {kind_name.lower()}" if name else kind_name


def sectors(room: Room, who: Participant | int) -> list[Sector]:
    """Return what is known of each candidate, those of which most is known first.

    Parameters
    ----------
    who : Participant or FACILITATOR
        The reader: sees what they may take back; the facilitator sees where something is hidden.
    """
    found = [_sector(room, who, key, name) for key, name in room.names.items()]
    return sorted(found, key=lambda s: (-len(s.said) - len(s.knocks.rows) - s.voices, s.name))


def _sector(room: Room, who: Participant | int, key: str, name: str) -> Sector:
    statements = [s for s in _visible(room.state.statements, who) if s.candidate == key]
    general = [_said(s, who, name) for s in reversed(statements) if s.text]
    ratings = room.evidence.known["ratings"].get(key, [])
    row: Row = ratings[0] if ratings else {}
    rating: Any = row.get("local_rating")
    return Sector(
        key,
        name,
        (*general, *_from_file(room, key, name)),
        _readiness(room, key),
        _knocks(room, who, key),
        float(rating) if words.is_known(rating) else None,
        int(row.get("local_statements") or 0),
        _ratings(room, key),
    )


def _ratings(room: Room, key: str) -> int:
    before = sum(r["candidate"] == key for r in room.charter.knowledge or ())
    return before + sum(
        s.candidate == key and s.rating is not None for s in room.state.shown_statements
    )


def _visible(added: Iterable[One], who: Participant | int) -> list[One]:
    return [one for one in added if who == FACILITATOR or not one.hidden]


def _said(one: Statement, who: Participant | int, sector: str) -> Said:
    own = isinstance(who, Participant) and who.id == one.participant
    if one.hidden:
        return Said(one.id, "", "", None, "", hidden=True, sector=sector)
    item = READINESS.get(one.item, "")
    by = attributed(one.kind, one.name_shown)
    return Said(one.id, one.text, by, one.rating, item, own, sector=sector)


def _from_file(room: Room, key: str, name: str) -> list[Said]:
    """Statements that the team wrote down before the workshop."""
    return [
        Said(None, str(row["statement"]), str(row["who"]).capitalize(), int(row["rating"]), "",
             sector=name)
        for row in room.charter.knowledge or ()
        if row["candidate"] == key and row["statement"] and not row["item"]
    ]  # fmt: skip


def _readiness(room: Room, key: str) -> tuple[tuple[str, float | None, int], ...]:
    rated = {row["item"]: row for row in room.evidence.known["readiness"].get(key, [])}
    found = []
    for item, text in READINESS.items():
        row = rated.get(item, {})
        rating: Any = row.get("rating")
        mean = float(rating) if words.is_known(rating) else None
        found.append((text, mean, int(row.get("n") or 0)))
    return tuple(found)


def _knocks(room: Room, who: Participant | int, key: str) -> Knocks:
    rows = [
        Knock(str(r["organisation"]), str(r["system"]), str(r["effort"]), _year(r["since"]))
        for r in room.charter.engagement or ()
        if r["candidate"] == key
    ]
    rows += [_added(e, who) for e in _visible(room.state.efforts, who) if e.candidate == key]
    counted = [knock for knock in rows if not knock.hidden]
    systems = {knock.system for knock in counted}
    return Knocks(
        tuple(rows),
        len({_folded(knock.organisation) for knock in counted}),
        tuple(s for s in SYSTEMS if s in systems),
    )


def _added(e: Effort, who: Participant | int) -> Knock:
    if e.hidden:
        return Knock("", "", "", "", e.id, hidden=True)
    own = isinstance(who, Participant) and who.id == e.participant
    return Knock(e.organisation, e.system, e.effort, _year(e.since), e.id, own)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _year(since: Any) -> str:
    return f"{int(since)}" if words.is_known(since) else ""


def written(room: Room) -> list[Said]:
    """Return all that stands on screens of what was said and who was named, the newest first."""
    names = room.names
    said = [
        _said(s, FACILITATOR, names[s.candidate]) for s in room.state.shown_statements if s.text
    ]
    said += [
        Said(e.id, f"{e.organisation}: {e.effort}", attributed(e.kind, ""), None, "",
             sector=names[e.candidate])
        for e in room.state.shown_efforts
    ]  # fmt: skip
    return sorted(said, key=lambda one: -(one.id or 0))


def latest(room: Room, who: Participant | int, most: int = 12) -> list[Said]:
    """Return what was said last, of whichever candidate.

    Returns
    -------
    list of Said
        The newest first.
    """
    names = room.names
    texts = [s for s in _visible(room.state.statements, who) if s.text]
    return [_said(s, who, names[s.candidate]) for s in reversed(texts)][:most]


def hidden(room: Room) -> list[Hidden]:
    """Return what the facilitator took off the screens, the newest first."""
    names = room.names
    statements = [
        Hidden(s.id, names[s.candidate], s.text, attributed(s.kind, s.name_shown))
        for s in room.state.statements
        if s.hidden
    ]
    efforts = [
        Hidden(e.id, names[e.candidate], f"{e.organisation}: {e.effort}", attributed(e.kind, ""))
        for e in room.state.efforts
        if e.hidden
    ]
    return sorted((*statements, *efforts), key=lambda one: -one.id)


def struck(room: Room) -> list[tuple[int, int, str]]:
    """Return words of ballots and answers that the facilitator took off: count, place, text."""
    state = room.state
    counts = (*state.counts[-1:], *(tally[-1] for tally in state.tallies.values()))
    return [
        (count.seq, at, text)
        for count in counts
        for at, text in enumerate(count.words)
        if (count.seq, at) in state.struck
    ]


def mine(room: Room, who: Participant, key: str) -> dict[str, int]:
    """Return how somebody rated the readiness items of a candidate.

    Parameters
    ----------
    key : str
        Of the candidate.
    """
    return {
        s.item: s.rating
        for s in room.state.statements
        if s.participant == who.id and s.candidate == key and s.item and s.rating is not None
    }
