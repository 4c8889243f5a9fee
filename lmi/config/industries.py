"""Whether the industries of a candidate exist, and stand in it once."""

from __future__ import annotations

from lmi import naics
from lmi.config.document import Document
from lmi.config.models import Candidate, CandidatePart
from lmi.errors import CodeError
from lmi.words import listing

__all__ = ["VINTAGES", "check_industries", "described", "part_leaves"]

VINTAGES = (2012, 2017, 2022)
"""NAICS vintages that definitions are checked against: those whose lists of codes are kept."""

_REFUSED = ("total", "domain", "supersector")


def part_leaves(part: CandidatePart, naics_year: int) -> frozenset[str]:
    """Return the six-digit industries of a part in a vintage, its exclusions taken out.

    Parameters
    ----------
    part : CandidatePart
        Part of a candidate.
    naics_year : int
        Vintage; codes that it does not have contribute nothing.

    Returns
    -------
    frozenset of str
        Six-digit industry codes.

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


def check_industries(document: Document, candidate: Candidate) -> None:
    """Check the industry codes of a candidate.

    Raises
    ------
    ConfigError
        A code is unknown or an aggregate, two codes overlap, an exclusion excludes nothing, or
        nothing is left.
    """
    for i, part in enumerate(candidate.industries):
        at = (candidate.key, "industries", i)
        for key in ("naics", "exclude"):
            for j, code in enumerate(getattr(part, key)):
                if wrong := _code_problem(code):
                    raise document.error(f"{wrong}.", *at, key, j)
            _check_overlap(document, getattr(part, key), *at, key)
        _check_exclusions(document, part, *at)
    _check_parts_apart(document, candidate)


def _code_problem(code: str) -> str:
    if not any(naics.is_known(code, year) for year in VINTAGES):
        return naics.unknown_industry(code).rstrip(".")
    if naics.parse_industry(code).level in _REFUSED:
        return f"{described(code)} is an aggregate of sectors; name its sectors instead"
    return ""


def _check_overlap(document: Document, industries: tuple[str, ...], *path: str | int) -> None:
    for j, code in enumerate(industries):
        if code in industries[:j]:
            raise document.error(f"{code!r} stands twice; keep one of them.", *path, j)
    for outer, inner in naics.overlaps(industries):
        raise document.error(
            f"{described(inner)} is part of {described(outer)} and would count twice; leave "
            f"{inner!r} out.",
            *path,
            industries.index(inner),
        )


def _check_exclusions(document: Document, part: CandidatePart, *at: str | int) -> None:
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
        raise document.error(f"{described(code)} {reason}.", *at, "exclude", j)
    if not any(part_leaves(part, year) for year in VINTAGES):
        raise document.error("no industry is left; exclude fewer.", *at, "exclude")


def _check_parts_apart(document: Document, candidate: Candidate) -> None:
    parts = candidate.industries
    for i, part in enumerate(parts):
        for earlier in parts[:i]:
            own = [code for code in part.own if code in earlier.own]
            for year in VINTAGES if own else ():
                both = part_leaves(part, year) & part_leaves(earlier, year)
                if not both:
                    continue
                shared = naics.cover(both, (), year)
                raise document.error(
                    f"{listing(map(described, shared))} with ownership {listing(own)} stands in "
                    "two parts of this candidate and would count twice; leave it out of one.",
                    *(candidate.key, "industries", i),
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
