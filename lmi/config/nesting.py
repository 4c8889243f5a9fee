"""Candidates that are parts of others: which of the two levels is ranked, and what parts may be.

A whole and its parts hold the same jobs, so one level is ranked and the other stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from lmi import naics
from lmi.codes import OWNERS
from lmi.config.industries import VINTAGES, described, leaves_by_own
from lmi.config.models import Candidate
from lmi.config.set_aside import PART, WHOLE
from lmi.errors import ConfigError
from lmi.words import did_you_mean, listing

__all__ = [
    "LEVELS",
    "check_parts",
    "fitting",
    "has_parts",
    "nesting_problems",
    "not_ranked",
    "wholes",
]

LEVELS = {"whole": "as a whole", "parts": "by its parts"}
"""How a candidate is ranked, in words."""


def wholes(candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return the key of the whole of every candidate that is a part of another one here."""
    keys = {c.key for c in candidates}
    return {c.key: c.part_of for c in candidates if c.part_of in keys}


def has_parts(candidates: Sequence[Candidate], key: str) -> bool:
    """Tell whether others are parts of a candidate."""
    return key in wholes(candidates).values()


def not_ranked(candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return those of the level that is not ranked, each with what it is of the other level.

    Examples
    --------
    >>> from lmi.config import load_candidates
    >>> from lmi.config.nesting import not_ranked
    >>> not_ranked([c for c in load_candidates(None) if "health" in c.key or c.key == "hospitals"])
    {'hospitals': 'part'}
    """
    of = wholes(candidates)
    by_parts = {c.key for c in candidates if c.ranked == "parts"} & set(of.values())
    beside = {key: PART for key, whole in of.items() if whole not in by_parts}
    return beside | dict.fromkeys(by_parts, WHOLE)


def check_parts(candidates: Sequence[Candidate]) -> None:
    """Check that parts and wholes fit, as they are changed at a bench or in a room.

    Raises
    ------
    ConfigError
        The first of the `nesting_problems`.
    """
    for _, sentence in nesting_problems(candidates):
        raise ConfigError(sentence)


def fitting(candidates: Sequence[Candidate], inherited: Sequence[str]) -> tuple[Candidate, ...]:
    """Let parts stand for themselves that no longer fit, where nobody says that they are parts.

    Parameters
    ----------
    inherited : sequence of str
        Keys of the candidates that are parts by the defaults alone: a state that drops a whole, or
        draws it anew, need know nothing of its parts.
    """
    found = {c.key: c for c in candidates}
    for key in inherited:
        if any(at == key for at, _ in nesting_problems(tuple(found.values()))):
            found[key] = found[key].model_copy(update={"part_of": None})
    return tuple(found.values())


def nesting_problems(candidates: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """Find what is wrong with parts: the key of one, and a sentence.

    The whole may be unknown or a part itself, the part may hold what its whole lacks, or what
    another part of it holds.
    """
    by_key = {c.key: c for c in candidates}
    parts = [c for c in candidates if c.part_of is not None]
    for part in parts:
        if wrong := _no_part(part, by_key):
            yield part.key, wrong
    for one, other in combinations(parts, 2):
        shared = one.part_of == other.part_of and _first(one, other, shared=True)
        if shared:
            yield (
                other.key,
                f"{shared} is in {one.name} and in {other.name}, and parts of one sector share "
                "nothing; take it out of one of them.",
            )


def _no_part(part: Candidate, by_key: dict[str, Candidate]) -> str:
    whole = by_key.get(str(part.part_of))
    if whole is None or whole is part:
        others = [key for key in by_key if key != part.key]
        hint = did_you_mean(str(part.part_of), others) or f"; the others are {listing(others)}"
        return f"there is no candidate {part.part_of!r} for {part.name} to be a part of{hint}."
    if whole.part_of is not None:
        return (
            f"{whole.name} is a part itself, of {whole.part_of!r}, and parts have no parts; write "
            "part_of: with the whole."
        )
    if outside := _first(part, whole, shared=False):
        return (
            f"{outside} is in {part.name} and not in {whole.name}, which it is a part of; take it "
            "out there, or add it to the whole first."
        )
    return ""


def _first(one: Candidate, other: Candidate, *, shared: bool) -> str:
    """Name the first industry of one that another has, too, or lacks; empty where there is none."""
    for vintage in VINTAGES:
        held, own = (leaves_by_own(c, vintage) for c in (other, one))
        for code, industries in own.items():
            there = held.get(code, frozenset())
            if found := industries & there if shared else industries - there:
                return f"{described(naics.cover(found, (), vintage)[0])}, {OWNERS[code]},"
    return ""
