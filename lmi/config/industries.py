"""Whether the industries of a candidate exist, and stand in it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lmi import naics
from lmi.config.document import Document, Key
from lmi.config.models import Candidate, CandidatePart
from lmi.errors import CodeError
from lmi.words import listing

__all__ = [
    "AGGREGATES",
    "VINTAGES",
    "check_industries",
    "code_problem",
    "described",
    "industry_problems",
    "leaves_by_own",
    "part_leaves",
]

VINTAGES = (2012, 2017, 2022)
"""NAICS vintages that definitions are checked against: those whose lists of codes are kept."""

AGGREGATES = ("total", "domain", "supersector")
"""Levels of industries that overlap with sectors, so that no candidate is made of them."""


def part_leaves(part: CandidatePart, naics_year: int) -> frozenset[str]:
    """Return the six-digit industries of a part in a vintage, its exclusions taken out.

    Parameters
    ----------
    naics_year : int
        Vintage; codes that it does not have contribute nothing.

    Examples
    --------
    >>> from lmi.config import CandidatePart
    >>> from lmi.config.industries import part_leaves
    >>> sorted(part_leaves(CandidatePart(naics=["5112", "5132"]), 2022))
    ['513210']
    """
    return _leaves(part.naics, naics_year) - _leaves(part.exclude, naics_year)


def _leaves(industries: tuple[str, ...], naics_year: int) -> frozenset[str]:
    known = (code for code in industries if naics.is_known(code, naics_year))
    return frozenset().union(*(naics.leaves(code, naics_year) for code in known))


def leaves_by_own(candidate: Candidate, naics_year: int) -> dict[str, frozenset[str]]:
    """Return the six-digit industries of a candidate in a vintage, by ownership."""
    leaves: dict[str, frozenset[str]] = {}
    for part in candidate.industries:
        for own in part.own:
            leaves[own] = leaves.get(own, frozenset()) | part_leaves(part, naics_year)
    return leaves


def check_industries(document: Document, candidate: Candidate) -> None:
    """Check the industry codes of a candidate in a file.

    Raises
    ------
    ConfigError
        The first of its `industry_problems`, where it stands.
    """
    for problem in industry_problems(candidate):
        raise document.error(problem.sentence, candidate.key, *problem.path)


class IndustryProblem(NamedTuple):
    """What is wrong with the industries of a candidate."""

    path: Key
    sentence: str


def industry_problems(candidate: Candidate) -> Iterator[IndustryProblem]:
    """Find what is wrong with the industries of a candidate.

    A code may be unknown or an aggregate, two codes may overlap, an exclusion may exclude nothing
    or leave nothing.
    """
    for i, part in enumerate(candidate.industries):
        at = ("industries", i)
        for key in ("naics", "exclude"):
            for j, code in enumerate(getattr(part, key)):
                if wrong := code_problem(code):
                    yield IndustryProblem((*at, key, j), wrong)
            yield from _overlap_problems(getattr(part, key), (*at, key))
        yield from _exclusion_problems(part, at)
    yield from _shared_problems(candidate.industries)


def code_problem(code: str) -> str:
    """Say why a sector cannot be made of an industry; empty where it can.

    Examples
    --------
    >>> from lmi.config.industries import code_problem
    >>> code_problem("1013")
    "'1013' Manufacturing is an aggregate of sectors; name its sectors instead."
    """
    if not any(naics.is_known(code, year) for year in VINTAGES):
        return naics.unknown_industry(code)
    if naics.industry_level(code) in AGGREGATES:
        return f"{described(code)} is an aggregate of sectors; name its sectors instead."
    return ""


def _overlap_problems(industries: tuple[str, ...], at: Key) -> Iterator[IndustryProblem]:
    for j, code in enumerate(industries):
        if code in industries[:j]:
            yield IndustryProblem((*at, j), f"{code!r} stands twice; keep one of them.")
    for outer, inner in naics.overlaps(industries):
        yield IndustryProblem(
            (*at, industries.index(inner)),
            f"{described(inner)} is part of {described(outer)} and would count twice; leave "
            f"{inner!r} out.",
        )


def _exclusion_problems(part: CandidatePart, at: Key) -> Iterator[IndustryProblem]:
    for j, code in enumerate(part.exclude):
        if any(code != outer and naics.contains(outer, code) for outer in part.naics):
            continue
        if code in part.naics:
            reason = "is also listed in 'naics'; leave it out of both"
        else:
            reason = (
                f"is not part of {listing(map(repr, part.naics))}, so it cannot be excluded; "
                "leave it out here"
            )
        yield IndustryProblem((*at, "exclude", j), f"{described(code)} {reason}.")
    if not any(part_leaves(part, year) for year in VINTAGES):
        yield IndustryProblem((*at, "exclude"), "no industry is left; exclude fewer.")


def _shared_problems(parts: tuple[CandidatePart, ...]) -> Iterator[IndustryProblem]:
    for i, part in enumerate(parts):
        for earlier in parts[:i]:
            own = [code for code in part.own if code in earlier.own]
            for year in VINTAGES if own else ():
                both = part_leaves(part, year) & part_leaves(earlier, year)
                if both:
                    shared = naics.cover(both, (), year)
                    yield IndustryProblem(
                        ("industries", i),
                        f"{listing(map(described, shared))} with ownership {listing(own)} stands "
                        "in two parts of this candidate and would count twice; leave it out of "
                        "one.",
                    )


def described(code: str) -> str:
    """Return ``'5415' Computer systems design``, the code alone where it has no title.

    Examples
    --------
    >>> from lmi.config.industries import described
    >>> described("23")
    "'23' Construction"
    """
    try:
        return f"{code!r} {naics.industry_title(code)}"
    except CodeError:
        return repr(code)
