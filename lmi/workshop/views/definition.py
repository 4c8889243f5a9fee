"""A candidate's definition as a room edits it: what is in, what is out, what could be added."""

from __future__ import annotations

from dataclasses import dataclass

from lmi import naics, words
from lmi.codes import OWNERS
from lmi.config import Candidate
from lmi.config.edit import holds
from lmi.config.nesting import wholes
from lmi.config.search import Hit, find_industries, hit_of
from lmi.workshop.room import Room

__all__ = ["Found", "Nested", "Piece", "candidate_of", "nested", "pieces", "search", "worded"]


@dataclass(frozen=True)
class Piece:
    """An industry in a definition, or left out of it.

    Parameters
    ----------
    own : tuple of str
        Ownership codes of its part.
    out : bool
        Whether it is left out of a wider industry that is in.
    """

    industry: Hit
    own: tuple[str, ...]
    out: bool

    @property
    def owners(self) -> str:
        """Whose jobs are counted, in words."""
        return _owners(self.own)


@dataclass(frozen=True)
class Found:
    """An industry that a search found.

    Parameters
    ----------
    is_in : bool
        Whether private employers of it are in the definition already.
    """

    industry: Hit
    is_in: bool


@dataclass(frozen=True)
class Nested:
    """Where a candidate stands among wholes and parts.

    Parameters
    ----------
    whole : str
        Name of the one that it is a part of; empty where it is none.
    parts : tuple of str
        Names of its parts.
    """

    whole: str
    parts: tuple[str, ...]


def nested(room: Room, candidate: Candidate) -> Nested:
    """Return what a candidate is a part of, and its parts."""
    of = wholes(room.candidates)
    names = room.names
    parts = tuple(names[key] for key, whole in of.items() if whole == candidate.key)
    return Nested(names.get(of.get(candidate.key, ""), ""), parts)


def worded(candidate: Candidate) -> str:
    """Write a definition as one line.

    Examples
    --------
    >>> worded(Candidate(key="c", name="C", why="One.", industries=[{"naics": ["23"]}]))
    'Construction (23), private'
    """
    texts = []
    for part in candidate.industries:
        named = words.listing(f"{naics.industry_title(c)} ({c})" for c in part.naics)
        left_out = words.listing(f"{naics.industry_title(c)} ({c})" for c in part.exclude)
        without = f" without {left_out}" if left_out else ""
        texts.append(f"{named}{without}, {_owners(part.own)}")
    return "; ".join(texts)


def _owners(own: tuple[str, ...]) -> str:
    return words.listing(title for code, title in OWNERS.items() if code in own)


def pieces(candidate: Candidate) -> list[Piece]:
    """Return what a definition is made of."""
    return [
        Piece(hit_of(code), part.own, out)
        for part in candidate.industries
        for codes, out in ((part.naics, False), (part.exclude, True))
        for code in codes
    ]


def search(candidate: Candidate, wanted: str, year: int) -> tuple[list[Found], str]:
    """Find industries to add to a definition, or to leave out of it, and say if there are more."""
    hits = find_industries(wanted, year)
    return [Found(hit, holds(candidate, hit.code)) for hit in hits.shown], hits.note


def candidate_of(room: Room, key: str) -> Candidate | None:
    """Return a candidate of the room by its key, as it is now defined."""
    return next((c for c in room.candidates if c.key == key), None)
