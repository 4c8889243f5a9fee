"""Industries as projections code them: NAICS filled with zeros, totals, and codes of their own.

The matrix of the projections program writes every industry with six characters: ``310000`` is
manufacturing, ``621000`` is 621, ``000000`` or ``TE1000`` is all jobs. Governments are codes of
their owners there, and so no industries.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lmi import naics

__all__ = ["industries_of"]

_TOTALS = frozenset({"0", "10", "TE000", "TE0000", "TE1000"})  # without zeros on their left
_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}  # by the first of their digits
_SPAN = re.compile(r"(31)-?(33)0*|(44)-?(45)0*|(48)-?(49)0*")
_OF_OWNERS = "9"  # 910000 to 930000, 999100 to 999300: federal, state, local


def industries_of(written: Collection[str]) -> dict[str, str]:
    """Return for each code of a file the industry that it certainly is; the others are left out.

    Examples
    --------
    >>> industries_of(["000000", "310000", "44-450", "621000", "TE1100", "930000"])
    {'000000': '10', '310000': '31-33', '44-450': '44-45', '621000': '621'}
    """
    tidied = {code: _tidied(code) for code in written}
    parts = {digits for digits in tidied.values() if len(digits) == 2}
    found = {code: _industry(digits, parts) for code, digits in tidied.items()}
    return {code: industry for code, industry in found.items() if industry}


def _tidied(written: str) -> str:
    """Take the filling away: zeros on the left, hyphens, zeros and fractions on the right."""
    filled = re.sub(r"\.0+$", "", written.strip().upper()).rstrip("-")
    code = filled.lstrip("0") or filled[:1]
    if code in _TOTALS:
        return naics.TOTAL
    if span := _SPAN.fullmatch(code):
        return "-".join(filter(None, span.groups()))
    while code.endswith("0") and not _is_known(code):
        code = code[:-1]
    return code


def _is_known(code: str) -> bool:
    return code in _RANGES or any(naics.is_known(code, year) for year in naics.VINTAGES)


def _industry(code: str, parts: Collection[str]) -> str:
    if sector := _RANGES.get(code):  # all of it, unless its other digits stand beside these
        return "" if any(code < other <= sector[-2:] for other in parts) else sector
    return code if _is_known(code) and not code.startswith(_OF_OWNERS) else ""
