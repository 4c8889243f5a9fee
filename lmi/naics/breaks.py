"""Which definitions survive a revision of NAICS.

A definition is a set of industry codes that is read in two years of different vintage. It is
closed under the revision between them if every old six-digit industry in it passes only into new
six-digit industries that are also in it, and every new one in it comes only from old ones that
are in it. Then a change between the two years is a change of the economy; otherwise establishments
crossed the line because the line was redrawn.

The same codes are used on both sides. A code that one vintage lacks holds nothing there, so
``5112`` (software publishers until 2021) is not closed, and ``5112`` with ``5132`` (the same from
2022) is. Codes that QCEW alone has (``238111``) are never touched by a revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from lmi.errors import CodeError
from lmi.naics.grammar import TOTAL
from lmi.naics.hierarchy import containers
from lmi.naics.lists import (
    VINTAGES,
    industry_title,
    is_known,
    naics_year,
    unknown_industry,
)
from lmi.reference import read_reference

__all__ = ["break_reasons", "is_closed"]

Moves = dict[str, tuple[str, ...]]


@cache
def _moves() -> dict[tuple[int, int], Moves]:
    """Map each revision to the six-digit codes that it touched and where they went."""
    found: defaultdict[tuple[int, int], defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for old_year, old, new_year, new in read_reference("naics_changes"):
        found[int(old_year), int(new_year)][old].append(new)
    return {step: {old: tuple(new) for old, new in m.items()} for step, m in found.items()}


def _revisions(year0: int, year1: int) -> list[tuple[int, int]]:
    first, last = sorted((naics_year(year0), naics_year(year1)))
    passed = [vintage for vintage in sorted(VINTAGES) if first <= vintage <= last]
    return list(pairwise(passed))


def _definition(codes: Iterable[str]) -> frozenset[str]:
    definition = frozenset(codes)
    for code in sorted(definition):
        if not is_known(code):
            raise CodeError(unknown_industry(code))
    return definition


@lru_cache(maxsize=1 << 12)
def _leaks(definition: frozenset[str], step: tuple[int, int]) -> list[tuple[str, bool, list[str]]]:
    """List (old code, was it inside, the new codes that are on the other side)."""
    found = []
    for old, targets in _moves()[step].items():
        inside = not definition.isdisjoint(containers(old))
        crossed = [n for n in targets if definition.isdisjoint(containers(n)) == inside]
        if crossed:
            found.append((old, inside, crossed))
    return found


def is_closed(codes: Iterable[str], year0: int, year1: int) -> bool:
    """Say whether a definition means the same in two years.

    Parameters
    ----------
    codes : iterable of str
        Industry codes of any level and vintage that QCEW publishes.
    year0, year1 : int
        Two years of QCEW data, in either order.

    Returns
    -------
    bool
        True if the definition is closed under every NAICS revision between the years.

    Raises
    ------
    CodeError
        If QCEW publishes one of the codes in no vintage, or a year is before 1990.

    Notes
    -----
    Concordances: Census Bureau, 2012 to 2017 and 2017 to 2022 NAICS, full. None is kept for the
    revisions before 2012, so across 2010 to 2011 only the total counts as closed. No industry
    changed its sector in either revision: whole sectors are always closed.

    Examples
    --------
    >>> is_closed(["31-33"], 2016, 2023), is_closed(["5112"], 2016, 2023)
    (True, False)
    """
    definition = _definition(codes)
    return TOTAL in definition or all(
        step in _moves() and not _leaks(definition, step) for step in _revisions(year0, year1)
    )


def break_reasons(codes: Iterable[str], year0: int, year1: int) -> list[str]:
    """Say in words what crossed the border of a definition between two years.

    Parameters
    ----------
    codes : iterable of str
        Industry codes of any level and vintage that QCEW publishes.
    year0, year1 : int
        Two years of QCEW data, in either order.

    Returns
    -------
    list of str
        One sentence for each old six-digit industry that crossed, oldest revision first; empty
        exactly where `is_closed` is true.

    Raises
    ------
    CodeError
        If QCEW publishes one of the codes in no vintage, or a year is before 1990.

    Examples
    --------
    >>> for reason in break_reasons(["5112"], 2021, 2022):
    ...     print(reason)
    NAICS 2022, used from 2022: 511210 Software publishers, which is in the definition, became
    513210 Software publishers, which is not.
    """
    definition = _definition(codes)
    if TOTAL in definition:
        return []
    reasons = []
    for step in _revisions(year0, year1):
        if step not in _moves():
            reasons.append(
                f"NAICS {step[1]}, used from {VINTAGES[step[1]]}: no concordance from NAICS "
                f"{step[0]} is kept, so years before and after cannot be compared."
            )
            continue
        reasons += [_sentence(step, *leak) for leak in _leaks(definition, step)]
    return reasons


def _sentence(step: tuple[int, int], old: str, inside: bool, crossed: list[str]) -> str:
    old_year, new_year = step
    whole = len(_moves()[step][old]) == 1
    went = "became" if whole else "went to"
    subject = f"{'' if whole else 'part of '}{old} {industry_title(old, old_year)}"
    target = f"{crossed[0]} {industry_title(crossed[0], new_year)}"
    plural = len(crossed) > 1
    if plural:
        more = len(crossed) - 1
        target += f" and {more} other{'s' if more > 1 else ''}"
    was = "is in the definition" if inside else "is not in the definition"
    now = ("are" if plural else "is") + (" not" if inside else "")
    return (
        f"NAICS {new_year}, used from {VINTAGES[new_year]}: {subject}, which {was}, {went} "
        f"{target}, which {now}."
    )
