"""A candidate's definition as a room edits it: what is in, what is out, what could be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lmi import naics, words
from lmi.codes import OWNERS
from lmi.config import Candidate, CandidatePart

__all__ = [
    "Found",
    "Piece",
    "added",
    "as_data",
    "candidate_of",
    "dropped",
    "pieces",
    "search",
    "worded",
]

PRIVATE = ("5",)
MOST_FOUND = 12
SEARCHED = ("sector", "3-digit", "4-digit", "5-digit", "6-digit")
Data = list[dict[str, list[str]]]


@dataclass(frozen=True)
class Piece:
    """An industry in a definition, or left out of it.

    Parameters
    ----------
    code, title, owners : str
    out : bool
        Whether it is left out of a wider industry that is in.
    without : Data or None
        The definition once it is dropped (or, for one that is left out, once it is put back);
        None where it is all that there is.
    """

    code: str
    title: str
    owners: str
    out: bool
    without: Data | None


@dataclass(frozen=True)
class Found:
    """An industry that a search found.

    Parameters
    ----------
    code, title : str
    is_in : bool
        Whether private employers of it are in the definition already.
    after : Data or None
        The definition once it is added, or left out if it is in; None where neither can be.
    """

    code: str
    title: str
    is_in: bool
    after: Data | None


def as_data(parts: Sequence[CandidatePart]) -> Data:
    """Return parts as an event carries them.

    Parameters
    ----------
    parts : sequence of CandidatePart

    Returns
    -------
    list of dict

    Examples
    --------
    >>> as_data([CandidatePart(naics=("23",))])
    [{'naics': ['23'], 'own': ['5'], 'exclude': []}]
    """
    return [{"naics": list(p.naics), "own": list(p.own), "exclude": list(p.exclude)} for p in parts]


def worded(candidate: Candidate) -> str:
    """Write a definition as one line.

    Parameters
    ----------
    candidate : Candidate

    Returns
    -------
    str

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
        texts.append(f"{named}{without}, {_owners(part)}")
    return "; ".join(texts)


def _owners(part: CandidatePart) -> str:
    return words.listing(title for code, title in OWNERS.items() if code in part.own)


def pieces(candidate: Candidate) -> list[Piece]:
    """Return what a definition is made of.

    Parameters
    ----------
    candidate : Candidate

    Returns
    -------
    list of Piece
    """
    found = []
    parts = list(candidate.industries)
    for at, part in enumerate(parts):
        for code in part.naics:
            rest = _rest(parts, at, code)
            found.append(Piece(code, naics.industry_title(code), _owners(part), False, rest))
        for code in part.exclude:
            back = part.model_copy(update={"exclude": tuple(c for c in part.exclude if c != code)})
            put = as_data([*parts[:at], back, *parts[at + 1 :]])
            found.append(Piece(code, naics.industry_title(code), _owners(part), True, put))
    return found


def _rest(parts: list[CandidatePart], at: int, code: str) -> Data | None:
    """The definition without one of the industries that it names."""
    part = parts[at]
    kept = tuple(c for c in part.naics if c != code)
    if not kept:
        rest = [*parts[:at], *parts[at + 1 :]]
        return as_data(rest) if rest else None
    still = tuple(c for c in part.exclude if any(naics.contains(k, c) for k in kept))
    smaller = part.model_copy(update={"naics": kept, "exclude": still})
    return as_data([*parts[:at], smaller, *parts[at + 1 :]])


def added(parts: Sequence[CandidatePart], code: str, naics_year: int) -> Data:
    """Return a definition with the private employers of one more industry.

    Parameters
    ----------
    parts : sequence of CandidatePart
    code : str
    naics_year : int

    Returns
    -------
    list of dict

    Examples
    --------
    >>> food = CandidatePart(naics=("311", "3121"), exclude=("3113",))
    >>> added([food], "312", 2017)
    [{'naics': ['311', '312'], 'own': ['5'], 'exclude': ['3113']}]
    >>> added([food], "311351", 2017)[0]["exclude"]
    ['31131', '31134', '311352']
    """
    grown = list(parts)
    places = [at for at, part in enumerate(grown) if "5" in part.own]
    for at in places:  # what was left out of a wider industry is let in again
        part = grown[at]
        if any(naics.contains(c, code) for c in part.naics):
            out = [_around(c, code, naics_year) for c in part.exclude]
            grown[at] = part.model_copy(update={"exclude": tuple(chain.from_iterable(out))})
            return as_data(grown)
    home = next((at for at in places if grown[at].own == PRIVATE), None)
    if home is None:
        return as_data([*grown, CandidatePart(naics=(code,))])
    part = grown[home]
    kept = tuple(c for c in part.naics if not naics.contains(code, c))
    still = tuple(c for c in part.exclude if not naics.contains(code, c))
    grown[home] = part.model_copy(update={"naics": (*kept, code), "exclude": still})
    return as_data(grown)


def _around(left_out: str, code: str, naics_year: int) -> tuple[str, ...]:
    """What stays out of an industry that was left out, once a part of it is let in."""
    if naics.contains(code, left_out):
        return ()
    if not naics.contains(left_out, code):
        return (left_out,)
    return tuple(naics.cover([left_out], [code], naics_year))


def dropped(parts: Sequence[CandidatePart], code: str) -> Data | None:
    """Return a definition without an industry, for all employers that are in it.

    Parameters
    ----------
    parts : sequence of CandidatePart
    code : str

    Returns
    -------
    list of dict or None
        None where nothing else would be left.

    Examples
    --------
    >>> dropped([CandidatePart(naics=("311", "312"))], "3121")
    [{'naics': ['311', '312'], 'own': ['5'], 'exclude': ['3121']}]
    >>> dropped([CandidatePart(naics=("311",))], "311") is None
    True
    """
    kept = []
    for part in parts:
        naming = tuple(c for c in part.naics if not naics.contains(code, c))
        if not naming:
            continue
        out = tuple(c for c in part.exclude if not naics.contains(code, c))
        if any(naics.contains(c, code) for c in naming):
            out = (*out, code)
        still = tuple(c for c in out if any(naics.contains(k, c) for k in naming))
        kept.append(part.model_copy(update={"naics": naming, "exclude": still}))
    return as_data(kept) if kept else None


def _is_in(parts: Sequence[CandidatePart], code: str) -> bool:
    return any(
        any(naics.contains(c, code) for c in part.naics)
        and not any(naics.contains(c, code) for c in part.exclude)
        for part in parts
        if "5" in part.own
    )


def search(candidate: Candidate, wanted: str, year: int) -> list[Found]:
    """Find industries whose title has the words, or whose code begins so.

    Parameters
    ----------
    candidate : Candidate
    wanted : str
    year : int
        Of the data.

    Returns
    -------
    list of Found
        The widest first, at most 12.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> builders = Candidate(key="b", name="B", why="One.", industries=[{"naics": ["23"]}])
    >>> [(f.code, f.is_in) for f in search(builders, "roofing", 2023)][:2]
    [('23816', True), ('32412', False)]
    """
    asked = wanted.casefold().split()
    if not asked or len("".join(asked)) < 2:
        return []
    vintage = naics.naics_year(year)
    parts = candidate.industries
    hits = [
        (SEARCHED.index(level), code, title)
        for code, title, level in _titles(vintage)
        if all(_has(title.casefold(), word) for word in asked)
        or (len(asked) == 1 and code.startswith(asked[0]))
    ]
    found: list[Found] = []
    for _level, code, title in sorted(hits):
        if len(found) == MOST_FOUND:
            break
        if any(f.title == title and naics.contains(f.code, code) for f in found):
            continue  # the same industry, written with more digits
        is_in = _is_in(parts, code)
        after = dropped(parts, code) if is_in else added(parts, code, vintage)
        found.append(Found(code, title, is_in, after))
    return found


def _has(title: str, word: str) -> bool:
    return title.startswith(word) or f" {word}" in title or f"({word}" in title


def _titles(vintage: int) -> list[tuple[str, str, str]]:
    return [
        (code, naics.industry_title(code), level)
        for code in naics.known_industries(vintage)
        if (level := naics.industry_level(code)) in SEARCHED
    ]


def candidate_of(room: Any, key: str) -> Candidate | None:
    """Return a candidate of the room by its key, as it is now defined.

    Parameters
    ----------
    room : Room
    key : str

    Returns
    -------
    Candidate or None
    """
    return next((c for c in room.candidates if c.key == key), None)
