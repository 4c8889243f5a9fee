"""Sets of industries: whether they overlap, and the shortest way to say one."""

from __future__ import annotations

from collections.abc import Iterable

from lmi.errors import CodeError
from lmi.naics.grammar import TOTAL
from lmi.naics.hierarchy import containers
from lmi.naics.lists import is_known, unknown_industry
from lmi.naics.tree import children, leaves

__all__ = ["cover", "overlaps"]


def overlaps(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Find the pairs of codes in which one contains the other.

    Parameters
    ----------
    codes : iterable of str
        Industry codes; one that is given twice overlaps itself.

    Returns
    -------
    list of (str, str)
        Pairs (outer, inner) in ascending order; empty if the codes can be added up.

    Raises
    ------
    CodeError
        If a text follows no grammar of `industry_code`.

    Examples
    --------
    >>> overlaps(["31-33", "3364", "62"])
    [('31-33', '3364')]
    """
    given = sorted(codes)
    distinct = set(given)
    twice = {code for code in distinct if given.count(code) > 1}
    pairs = {(outer, inner) for inner in distinct for outer in containers(inner) & distinct}
    return sorted(pair for pair in pairs if pair[0] != pair[1] or pair[0] in twice)


def cover(include: Iterable[str], exclude: Iterable[str], naics_year: int) -> tuple[str, ...]:
    """Write a set of industries as the fewest, coarsest codes that do not overlap.

    Parameters
    ----------
    include : iterable of str
        Industry codes; they may overlap. One that the vintage lacks adds nothing, so that a
        definition may name the codes of several vintages.
    exclude : iterable of str
        Industry codes to leave out.
    naics_year : int
        2012, 2017 or 2022.

    Returns
    -------
    tuple of str
        Ascending, disjoint codes (sectors and below, or the total) that together hold exactly the
        six-digit industries of `include` without those of `exclude`.

    Raises
    ------
    CodeError
        If QCEW publishes one of the codes in no vintage, or no list of the vintage is kept.

    Examples
    --------
    >>> cover(["31-33"], ["336"], 2022)[-3:]
    ('335', '337', '339')
    >>> cover(["5112", "5132"], [], 2017), cover(["5112", "5132"], [], 2022)
    (('5112',), ('5132',))
    """
    wanted = _leaves_of(include, naics_year) - _leaves_of(exclude, naics_year)
    return tuple(sorted(_pack(TOTAL, wanted, naics_year)))


def _leaves_of(codes: Iterable[str], naics_year: int) -> frozenset[str]:
    found: set[str] = set()
    for code in codes:
        if not is_known(code):
            raise CodeError(unknown_industry(code))
        if is_known(code, naics_year):
            found |= leaves(code, naics_year)
    return frozenset(found)


def _pack(code: str, wanted: frozenset[str], naics_year: int) -> list[str]:
    held = leaves(code, naics_year)
    if held <= wanted:
        return [code]
    if held.isdisjoint(wanted):
        return []
    return [
        part for below in children(code, naics_year) for part in _pack(below, wanted, naics_year)
    ]
