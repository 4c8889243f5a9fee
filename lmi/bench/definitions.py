"""Changes to a working definition: a code in, a code out, other employers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lmi import naics
from lmi.config import OWN_CODES, Candidate, CandidatePart
from lmi.config.industries import VINTAGES, described, part_leaves
from lmi.errors import CodeError, ConfigError, LmiError
from lmi.words import listing

__all__ = [
    "OWNERSHIPS",
    "PRIVATE",
    "add_code",
    "built",
    "drop_code",
    "key_of",
    "with_ownership",
]

Model = TypeVar("Model", bound=BaseModel)

PRIVATE = ("5",)
OWNERSHIPS = {
    "defined": "as defined",
    "private": "private employers only",
    "all": "all employers",
}
"""Whose jobs are counted."""

_REFUSED = ("total", "domain", "supersector")


def built(model: type[Model], data: Mapping[str, Any]) -> Model:
    """Make a definition from what was entered.

    Raises
    ------
    ConfigError
        It cannot be; the message is the first thing that is wrong.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigError(f"{first['msg'].rstrip('.')}.") from None


def key_of(name: str) -> str:
    """Return the key that a name suggests.

    Examples
    --------
    >>> key_of("  Wind & solar, 2030 ")
    'wind-solar-2030'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60].rstrip("-")


def add_code(candidate: Candidate, code: str, own: Sequence[str] = PRIVATE) -> Candidate:
    """Add an industry to a candidate.

    Parameters
    ----------
    candidate : Candidate
    code : str
        Industry code. Codes below it that the candidate lists already are taken up in it, and one
        that was left out comes back.
    own : sequence of str, optional
        Ownership codes of the part that it is added to, which is made where there is none.

    Returns
    -------
    Candidate

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
    asked = tuple(sorted(set(own)))
    at = next((i for i, p in enumerate(candidate.industries) if set(p.own) == set(asked)), None)
    if at is None:
        _check_apart(candidate.industries, code, asked)
        return _with_parts(
            candidate, [*candidate.industries, CandidatePart(naics=(code,), own=asked)]
        )
    part = candidate.industries[at]
    if code in part.exclude:
        changed = part.model_copy(update={"exclude": _without(part.exclude, [code])})
    elif code in part.naics or any(naics.contains(c, code) for c in part.naics):
        above = [x for x in part.exclude if naics.contains(x, code)]
        if not above:
            raise ConfigError(
                f"{described(code)} is part of {candidate.name} already, so it cannot be added."
            )
        raise ConfigError(
            f"{described(code)} is part of {described(above[0])}, which was left out; add that "
            "one first."
        )
    else:
        inside = [c for c in (*part.naics, *part.exclude) if naics.contains(code, c)]
        changed = part.model_copy(
            update={
                "naics": tuple(sorted({*_without(part.naics, inside), code})),
                "exclude": _without(part.exclude, inside),
            }
        )
    others = [p for i, p in enumerate(candidate.industries) if i != at]
    _check_apart(others, code, asked)
    parts = [changed if i == at else p for i, p in enumerate(candidate.industries)]
    return _with_parts(candidate, parts)


def drop_code(candidate: Candidate, code: str) -> Candidate:
    """Take an industry out of a candidate: off its list, or out of a coarser code that holds it.

    Parameters
    ----------
    candidate : Candidate
    code : str

    Returns
    -------
    Candidate

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
    if not any(part_leaves(part, year) for part in kept for year in VINTAGES):
        raise ConfigError(
            f"{candidate.name} would hold nothing without {described(code)}; add another industry "
            "first."
        )
    return _with_parts(candidate, kept)


def _dropped(part: CandidatePart, code: str) -> CandidatePart | None:
    """Return a part without a code: the same object where it does not hold it."""
    if code in part.naics:
        codes = _without(part.naics, [code])
        kept = [x for x in part.exclude if any(naics.contains(c, x) for c in codes)]
        return part.model_copy(update={"naics": codes, "exclude": tuple(kept)}) if codes else None
    inside = [c for c in part.naics if naics.contains(code, c)]
    if inside:
        codes = _without(part.naics, inside)
        kept = [x for x in part.exclude if any(naics.contains(c, x) for c in codes)]
        return part.model_copy(update={"naics": codes, "exclude": tuple(kept)}) if codes else None
    held = any(naics.contains(c, code) for c in part.naics)
    if not held or any(x == code or naics.contains(x, code) for x in part.exclude):
        return part
    kept = [x for x in part.exclude if not naics.contains(code, x)]
    return part.model_copy(update={"exclude": tuple(sorted([*kept, code]))})


def with_ownership(candidate: Candidate, ownership: str) -> Candidate | None:
    """Count the jobs of other employers than a candidate is defined for.

    Parameters
    ----------
    candidate : Candidate
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
    try:
        level = naics.parse_industry(code).level
    except CodeError as error:
        raise ConfigError(f"{error}.") from None
    if not any(naics.is_known(code, year) for year in VINTAGES):
        raise ConfigError(naics.unknown_industry(code))
    if level in _REFUSED:
        raise ConfigError(f"{described(code)} is an aggregate of sectors; name its sectors.")


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
    if not parts:
        raise LmiError(f"{candidate.name} would hold nothing; add an industry first.")
    return candidate.model_copy(update={"industries": tuple(parts)})
