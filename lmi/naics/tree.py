"""What an industry consists of in one NAICS vintage."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from lmi.errors import CodeError
from lmi.naics.grammar import DOMAINS, SECTORS, SUPERSECTORS, TOTAL, industry_level
from lmi.naics.hierarchy import parent
from lmi.naics.lists import LISTED, industries, is_known, unknown_industry

__all__ = ["children", "known_industries", "leaves"]


def known_industries(naics_year: int) -> frozenset[str]:
    """Gather every industry code that QCEW publishes in a vintage.

    Parameters
    ----------
    naics_year : int
        2012, 2017 or 2022.

    Returns
    -------
    frozenset of str
        Codes of every level.

    Raises
    ------
    CodeError
        If no list of that vintage is kept.

    Examples
    --------
    >>> "513210" in known_industries(2022), "513210" in known_industries(2017)
    (True, False)
    """
    return frozenset(_tree(naics_year))


@cache
def _tree(naics_year: int) -> dict[str, tuple[str, ...]]:
    """Map every code of a vintage to the codes that make it up."""
    if naics_year not in LISTED:
        raise CodeError(
            f"No list of NAICS {naics_year} is kept: lists are kept for 2012, 2017 and 2022, "
            "which QCEW uses from 2011 on; ask for one of those"
        )
    below: defaultdict[str, list[str]] = defaultdict(list)
    codes = [c for c, entry in industries().items() if is_known(c, naics_year)]
    for code in codes:
        above = parent(code)
        if above is not None and above not in DOMAINS and industry_level(code) != "domain":
            below[above].append(code)
    tree = {code: tuple(sorted(below[code])) for code in codes}
    return tree | DOMAINS | SUPERSECTORS | {TOTAL: SECTORS}


def children(industry_code: str, naics_year: int) -> tuple[str, ...]:
    """List the industries that directly make up another, without overlap.

    Parameters
    ----------
    industry_code : str
        A code of the vintage.
    naics_year : int
        2012, 2017 or 2022.

    Returns
    -------
    tuple of str
        Ascending codes; empty for a six-digit code. The total consists of sectors, a domain of
        supersectors, a supersector of sectors.

    Raises
    ------
    CodeError
        If QCEW does not publish the code in that vintage, or no list of the vintage is kept.

    Examples
    --------
    >>> children("1011", 2022), children("23811", 2022)
    (('11', '21'), ('238111', '238112'))
    """
    try:
        return _tree(naics_year)[industry_code]
    except KeyError:
        raise CodeError(unknown_industry(industry_code, naics_year)) from None


@cache
def leaves(industry_code: str, naics_year: int) -> frozenset[str]:
    """Gather the six-digit industries that an industry consists of.

    Parameters
    ----------
    industry_code : str
        A code of the vintage.
    naics_year : int
        2012, 2017 or 2022.

    Returns
    -------
    frozenset of str
        Six-digit codes; a six-digit code is its own leaf.

    Raises
    ------
    CodeError
        If QCEW does not publish the code in that vintage, or no list of the vintage is kept.

    Examples
    --------
    >>> sorted(leaves("3364", 2022))
    ['336411', '336412', '336413', '336414', '336415', '336419']
    """
    below = children(industry_code, naics_year)
    if not below:
        return frozenset((industry_code,))
    return frozenset().union(*(leaves(code, naics_year) for code in below))
