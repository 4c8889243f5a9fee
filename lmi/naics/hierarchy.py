"""What stands above an industry, by the text of its code alone.

NAICS nests in the digits: 336411 in 33641 in 3364 in 336 in the sector 31-33, and every sector in
the total. BLS's supersectors and domains group the same sectors a second way.
"""

from __future__ import annotations

from functools import cache

from lmi.errors import CodeError
from lmi.naics.grammar import (
    DOMAINS,
    LEVELS,
    SECTOR_OF_DIGITS,
    SUPERSECTORS,
    TOTAL,
    industry_level,
    parse_industry,
)

__all__ = [
    "ancestors",
    "containers",
    "contains",
    "domain_of",
    "parent",
    "sector_of",
    "supersector_of",
]

_DOMAIN = {supersector: domain for domain, group in DOMAINS.items() for supersector in group}
_SUPERSECTOR = {sector: code for code, group in SUPERSECTORS.items() for sector in group}


@cache
def parent(industry_code: str) -> str | None:
    """Find the industry directly above another.

    Sectors belong to the total, as in NAICS. BLS's own levels form a second way up, supersector
    to domain to total; `supersector_of` crosses from one to the other.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it.

    Returns
    -------
    str or None
        The code above, or None for the total.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> parent("336411"), parent("336"), parent("31-33"), parent("1013")
    ('33641', '31-33', '10', '101')
    """
    level = industry_level(industry_code)
    if level == "total":
        return None
    if level in ("domain", "sector"):
        return TOTAL
    if level == "supersector":
        return _DOMAIN[industry_code]
    return SECTOR_OF_DIGITS[industry_code[:2]] if level == "3-digit" else industry_code[:-1]


@cache
def ancestors(industry_code: str) -> tuple[str, ...]:
    """List the industries above another, nearest first, along `parent`.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it.

    Returns
    -------
    tuple of str
        The codes above; empty for the total.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> ancestors("336411")
    ('33641', '3364', '336', '31-33', '10')
    """
    above = parent(industry_code)
    return () if above is None else (above, *ancestors(above))


@cache
def sector_of(industry_code: str) -> str:
    """Find the NAICS sector that an industry is, or is part of.

    Parameters
    ----------
    industry_code : str
        A sector or a NAICS code of 3 to 6 digits.

    Returns
    -------
    str
        A sector code, with the ranges as QCEW writes them.

    Raises
    ------
    CodeError
        If the code stands above the sectors or follows no grammar.

    Examples
    --------
    >>> sector_of("336411"), sector_of("62")
    ('31-33', '62')
    """
    if industry_level(industry_code) in ("total", "domain", "supersector"):
        raise CodeError(
            f"{industry_code!r} stands above the NAICS sectors and belongs to none; "
            "ask for a sector or a code of 3 to 6 digits"
        )
    return SECTOR_OF_DIGITS.get(industry_code[:2], industry_code)


@cache
def supersector_of(industry_code: str) -> str:
    """Find the BLS supersector that an industry is, or is part of.

    Parameters
    ----------
    industry_code : str
        A supersector, a sector, or a NAICS code of 3 to 6 digits.

    Returns
    -------
    str
        A supersector code.

    Raises
    ------
    CodeError
        If the code stands above the supersectors or follows no grammar.

    Examples
    --------
    >>> supersector_of("31-33"), supersector_of("5112")
    ('1013', '1022')
    """
    if industry_code in SUPERSECTORS:
        return industry_code
    return _SUPERSECTOR[sector_of(industry_code)]


@cache
def domain_of(industry_code: str) -> str:
    """Find the domain, goods-producing (101) or service-providing (102), of an industry.

    Parameters
    ----------
    industry_code : str
        Any code below the total.

    Returns
    -------
    str
        A domain code.

    Raises
    ------
    CodeError
        If the code is the total or follows no grammar.

    Examples
    --------
    >>> domain_of("23"), domain_of("722511")
    ('101', '102')
    """
    return industry_code if industry_code in DOMAINS else _DOMAIN[supersector_of(industry_code)]


@cache
def containers(industry_code: str) -> frozenset[str]:
    """Gather every code that covers an industry, itself and BLS's levels included.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it.

    Returns
    -------
    frozenset of str
        The code, its ancestors, and its supersector and domain where it has them.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> sorted(containers("3364"))
    ['10', '101', '1013', '31-33', '336', '3364']
    """
    above = {industry_code, *ancestors(industry_code)}
    if LEVELS.index(industry_level(industry_code)) >= LEVELS.index("sector"):
        above |= {supersector_of(industry_code), domain_of(industry_code)}
    return frozenset(above)


def contains(outer: str, inner: str) -> bool:
    """Say whether one industry is, or includes, another.

    Parameters
    ----------
    outer, inner : str
        Codes as QCEW writes them.

    Returns
    -------
    bool
        True if every establishment of `inner` is in `outer` by the codes.

    Raises
    ------
    CodeError
        If either text follows no grammar of `industry_code`.

    Examples
    --------
    >>> contains("1013", "3364"), contains("3364", "1013")
    (True, False)
    """
    parse_industry(outer)
    return outer in containers(inner)
