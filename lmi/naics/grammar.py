"""The grammar of `industry_code`: which level a code is of.

Everything here follows from the text of a code alone, whatever the NAICS vintage; whether an
industry exists is asked in `lmi.naics.lists`. QCEW writes three sectors as ranges (``31-33``,
``44-45``, ``48-49``) and adds the total (``10``), two domains (``101``, ``102``) and twelve
supersectors (``1011`` to ``1029``) above the sectors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lmi.errors import CodeError

__all__ = [
    "DOMAINS",
    "LEVELS",
    "SECTORS",
    "SECTOR_OF_DIGITS",
    "SUPERSECTORS",
    "TOTAL",
    "Industry",
    "industry_level",
    "parse_industry",
]

TOTAL = "10"
LEVELS = ("total", "domain", "supersector", "sector", "3-digit", "4-digit", "5-digit", "6-digit")

# Source: BLS, "QCEW High-Level Industry Titles" (bls.gov/cew/classifications/industry).
DOMAINS: dict[str, tuple[str, ...]] = {
    "101": ("1011", "1012", "1013"),
    "102": ("1021", "1022", "1023", "1024", "1025", "1026", "1027", "1028", "1029"),
}
SUPERSECTORS: dict[str, tuple[str, ...]] = {
    "1011": ("11", "21"),
    "1012": ("23",),
    "1013": ("31-33",),
    "1021": ("22", "42", "44-45", "48-49"),
    "1022": ("51",),
    "1023": ("52", "53"),
    "1024": ("54", "55", "56"),
    "1025": ("61", "62"),
    "1026": ("71", "72"),
    "1027": ("81",),
    "1028": ("92",),
    "1029": ("99",),
}
SECTORS: tuple[str, ...] = tuple(sorted(s for group in SUPERSECTORS.values() for s in group))

_RANGES = {"31-33": ("31", "32", "33"), "44-45": ("44", "45"), "48-49": ("48", "49")}
# The first two digits of a NAICS code to its sector.
SECTOR_OF_DIGITS = {s: s for s in SECTORS if s not in _RANGES} | {
    two: span for span, digits in _RANGES.items() for two in digits
}
_DIGITS = re.compile(r"[0-9]{3,6}")


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry code and the level that its grammar gives it.

    Parameters
    ----------
    industry_code : str
        The code as QCEW writes it.
    level : str
        One of `LEVELS`.
    """

    industry_code: str
    level: str


@cache
def parse_industry(industry_code: str) -> Industry:
    """Read an industry code by its grammar.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it: ``10``, ``1013``, ``31-33``, ``3364``, ``336411``.

    Returns
    -------
    Industry
        The code with its level.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`. A well-formed code may still name no
        industry; see `lmi.naics.is_known`.

    Examples
    --------
    >>> parse_industry("31-33").level, parse_industry("336411").level
    ('sector', '6-digit')
    """
    if industry_code == TOTAL:
        return Industry(industry_code, "total")
    if industry_code in DOMAINS:
        return Industry(industry_code, "domain")
    if industry_code in SUPERSECTORS:
        return Industry(industry_code, "supersector")
    if industry_code in SECTORS:
        return Industry(industry_code, "sector")
    if _DIGITS.fullmatch(industry_code) and industry_code[:2] in SECTOR_OF_DIGITS:
        return Industry(industry_code, f"{len(industry_code)}-digit")
    raise CodeError(_why_not(industry_code))


def _why_not(industry_code: str) -> str:
    if industry_code in SECTOR_OF_DIGITS:
        span = SECTOR_OF_DIGITS[industry_code]
        return f"{industry_code!r} is not an industry code: QCEW codes that sector as {span!r}"
    if industry_code.replace("_", "-") in _RANGES:
        span = industry_code.replace("_", "-")
        return (
            f"{industry_code!r} is not an industry code: write the sector with a hyphen, {span!r}"
        )
    return (
        f"{industry_code!r} is not an industry code: use '10', a domain or supersector "
        "(101 to 1029), a NAICS sector such as '62' or '31-33', or a NAICS code of 3 to 6 digits"
    )


def industry_level(industry_code: str) -> str:
    """Name the level of an industry code.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it.

    Returns
    -------
    str
        One of `LEVELS`.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> industry_level("1013"), industry_level("3364")
    ('supersector', '4-digit')
    """
    return parse_industry(industry_code).level
