"""Changes to a working definition: a code in, a code out, other employers, other counties.

What cannot be is refused in a sentence, the same to everybody who asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from lmi import codes, naics
from lmi.codes import OWN_CODES
from lmi.config.industries import (
    VINTAGES,
    code_problem,
    described,
    industry_problems,
    leaves_by_own,
    part_leaves,
)
from lmi.config.models import Candidate, CandidatePart, Region
from lmi.config.validate import build_entered
from lmi.errors import ConfigError
from lmi.words import listing

__all__ = [
    "JOBS_COUNTED",
    "PRIVATE",
    "add_code",
    "begin_candidate",
    "candidate_of",
    "drop_code",
    "holds",
    "key_of",
    "with_counties",
    "with_industries",
    "with_level",
    "with_ownership",
]

PRIVATE = ("5",)
JOBS_COUNTED = {
    "defined": "as defined",
    "private": "private employers only",
    "all": "all employers",
}
"""Whose jobs are counted."""


def key_of(name: str) -> str:
    """Return the key that a name suggests.

    Examples
    --------
    >>> key_of("  Wind & solar, 2030 ")
    'wind-solar-2030'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60].rstrip("-")


def begin_candidate(key: str, name: str, why: str, parts: Sequence[Mapping[str, Any]]) -> Candidate:
    """Begin a candidate with some industries.

    Raises
    ------
    ConfigError
        The key is no key, the name is empty, or a sector cannot be made of the industries.
    """
    return candidate_of({"key": key, "name": name, "why": why, "industries": tuple(parts)})


def with_industries(candidate: Candidate, parts: Sequence[Mapping[str, Any]]) -> Candidate:
    """Make a candidate of other industries altogether.

    Raises
    ------
    ConfigError
        It cannot be made of them.
    """
    return candidate_of({**dict(candidate), "industries": tuple(parts)})


def candidate_of(said: Mapping[str, Any]) -> Candidate:
    """Make a candidate of what a definition says of it, its key among it.

    Raises
    ------
    ConfigError
        It cannot be one.
    """
    found = build_entered(Candidate, said)
    for wrong in industry_problems(found):
        raise ConfigError(wrong.sentence)
    return found


def with_level(candidate: Candidate, level: str) -> Candidate:
    """Rank a candidate as a ``whole``, or its ``parts``.

    Raises
    ------
    ConfigError
        The level is none of the two.
    """
    return build_entered(Candidate, {**dict(candidate), "ranked": level})


def with_counties(region: Region, counties: Collection[str]) -> Region:
    """Draw a region's footprint anew.

    Raises
    ------
    ConfigError
        It would have no county left, or one stands twice.
    """
    given = sorted(counties)
    if not given:
        raise ConfigError(f"{region.name} would have no county left; tick another one first.")
    for county, following in pairwise(given):
        if county == following:
            raise ConfigError(f"{codes.county_name(county)} stands twice; keep one of them.")
    return build_entered(Region, {**dict(region), "counties": tuple(given)})


def holds(candidate: Candidate, code: str, own: Sequence[str] = PRIVATE) -> bool:
    """Tell whether all of an industry is in a candidate, with these employers.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> chips = Candidate(key="chips", name="Chips", why="Chips.", industries=[{"naics": ["3344"]}])
    >>> holds(chips, "334413"), holds(chips, "334")
    (True, False)
    """
    return all(
        naics.leaves(code, year) <= leaves_by_own(candidate, year).get(one, frozenset())
        for one in own
        for year in VINTAGES
        if naics.is_known(code, year)
    )


def add_code(candidate: Candidate, code: str, own: Sequence[str] = PRIVATE) -> Candidate:
    """Add an industry to a candidate.

    Codes below it that the candidate lists already are taken up in it, and one that was left out
    comes back.

    Parameters
    ----------
    own : sequence of str, optional
        Ownership codes of the part that it is added to, which is made where there is none.

    Raises
    ------
    ConfigError
        The code is not an industry that a sector can be made of, or is in already.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> chips = Candidate(key="chips", name="Chips", why="Chips.", industries=[{"naics": ["3344"]}])
    >>> add_code(chips, "334").industries[0].naics
    ('334',)
    """
    _check(code)
    parts = list(candidate.industries)
    at = next((i for i, part in enumerate(parts) if set(part.own) == set(own)), len(parts))
    others = [part for i, part in enumerate(parts) if i != at]
    if at == len(parts):
        new = build_entered(CandidatePart, {"naics": (code,), "own": tuple(sorted(set(own)))})
    else:
        new = _grown(candidate.name, parts[at], code)
    _check_apart(others, code, own)
    return _with_parts(candidate, [*parts[:at], new, *parts[at + 1 :]])


def _grown(name: str, part: CandidatePart, code: str) -> CandidatePart:
    """Return a part with one more code, or with one that was left out of it."""
    if code in part.exclude:
        return part.model_copy(update={"exclude": _without(part.exclude, [code])})
    if any(naics.contains(c, code) for c in part.naics):
        above = next((x for x in part.exclude if naics.contains(x, code)), None)
        if above is None:
            raise ConfigError(
                f"{described(code)} is part of {name} already, so it cannot be added."
            )
        raise ConfigError(
            f"{described(code)} is part of {described(above)}, which was left out; add that one "
            "first."
        )
    inside = [c for c in (*part.naics, *part.exclude) if naics.contains(code, c)]
    listed = tuple(sorted({*_without(part.naics, inside), code}))
    return part.model_copy(update={"naics": listed, "exclude": _without(part.exclude, inside)})


def drop_code(candidate: Candidate, code: str) -> Candidate:
    """Take an industry out of a candidate: off its list, or out of a coarser code that holds it.

    Raises
    ------
    ConfigError
        The candidate does not hold the industry, or would hold nothing without it.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> makers = Candidate(key="m", name="Makers", why="m", industries=[{"naics": ["333", "334"]}])
    >>> drop_code(makers, "333").industries[0].naics
    ('334',)
    >>> drop_code(makers, "3344").industries[0].exclude
    ('3344',)
    """
    _check(code)
    parts = [_dropped(part, code) for part in candidate.industries]
    if all(new is old for new, old in zip(parts, candidate.industries, strict=True)):
        raise ConfigError(
            f"{candidate.name} does not hold {described(code)}, so it cannot be taken out."
        )
    kept = [part for part in parts if part is not None]
    if not kept:
        raise ConfigError(
            f"{candidate.name} would hold nothing without {described(code)}; add another industry "
            "first."
        )
    return _with_parts(candidate, kept)


def _dropped(part: CandidatePart, code: str) -> CandidatePart | None:
    """Return a part without a code: the same object where it does not hold it, None if all goes."""
    inside = [c for c in part.naics if naics.contains(code, c)]
    if not inside and not _is_in(part, code):
        return part
    listed = _without(part.naics, inside)
    exclude = [
        x
        for x in part.exclude
        if any(naics.contains(c, x) for c in listed) and not naics.contains(code, x)
    ]
    if not inside:
        exclude = sorted([*exclude, code])
    rest = part.model_copy(update={"naics": listed, "exclude": tuple(exclude)})
    return rest if any(part_leaves(rest, year) for year in VINTAGES) else None


def _is_in(part: CandidatePart, code: str) -> bool:
    """Tell whether a code is inside one of a part's, and not left out of it."""
    return any(naics.contains(c, code) for c in part.naics) and not any(
        naics.contains(x, code) for x in part.exclude
    )


def with_ownership(candidate: Candidate, ownership: str) -> Candidate | None:
    """Count the jobs of other employers than a candidate is defined for.

    Parameters
    ----------
    ownership : {"defined", "private", "all"}

    Returns
    -------
    Candidate or None
        None where a candidate of public employers alone has no private part.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> schools = Candidate(key="s", name="Schools", why="s", industries=[
    ...     {"naics": ["61"], "own": ["5"]}, {"naics": ["6111"], "own": ["3"]}])
    >>> with_ownership(schools, "private").industries
    (CandidatePart(naics=('61',), own=('5',), exclude=()),)
    >>> with_ownership(schools, "all").industries
    (CandidatePart(naics=('61',), own=('1', '2', '3', '5'), exclude=()),)
    """
    if ownership == "defined":
        return candidate
    if ownership == "private":
        private = [
            p.model_copy(update={"own": PRIVATE}) for p in candidate.industries if "5" in p.own
        ]
        return _with_parts(candidate, private) if private else None
    if all(set(p.own) == set(OWN_CODES) for p in candidate.industries):
        return candidate
    parts: list[CandidatePart] = []
    for part in sorted(candidate.industries, key=lambda p: (len(p.exclude), p.naics)):
        codes = [c for code in part.naics for c in _apart(code, part, parts)]
        if codes:
            exclude = [x for x in part.exclude if any(naics.contains(c, x) for c in codes)]
            parts.append(
                CandidatePart(naics=tuple(codes), own=tuple(OWN_CODES), exclude=tuple(exclude))
            )
    return _with_parts(candidate, parts)


def _apart(code: str, part: CandidatePart, others: Sequence[CandidatePart]) -> list[str]:
    """Return what of a code is in none of the other parts, whole where nothing is cut."""
    shared = held = False
    for year in VINTAGES:
        if not naics.is_known(code, year):
            continue
        own = naics.leaves(code, year) & part_leaves(part, year)
        for other in others:
            both = own & part_leaves(other, year)
            shared, own = shared or bool(both), own - both
        held = held or bool(own)
    if not shared:
        return [code]
    if not held:
        return []
    below = {c for y in VINTAGES if naics.is_known(code, y) for c in naics.children(code, y)} - set(
        part.exclude
    )
    return [c for child in sorted(below) for c in _apart(child, part, others)]


def _check(code: str) -> None:
    if wrong := code_problem(code):
        raise ConfigError(wrong)


def _check_apart(parts: Iterable[CandidatePart], code: str, own: Sequence[str]) -> None:
    for part in parts:
        shared = [o for o in own if o in part.own]
        for year in VINTAGES if shared else ():
            new = CandidatePart(naics=(code,), own=tuple(own))
            if part_leaves(part, year) & part_leaves(new, year):
                raise ConfigError(
                    f"{described(code)} is counted already for "
                    f"{listing(OWN_CODES[o].lower() for o in shared)}; take it out there first."
                )


def _without(codes: Iterable[str], out: Iterable[str]) -> tuple[str, ...]:
    left_out = set(out)
    return tuple(code for code in codes if code not in left_out)


def _with_parts(candidate: Candidate, parts: Sequence[CandidatePart]) -> Candidate:
    return candidate.model_copy(update={"industries": tuple(parts)})
