"""Industries as projections code them: NAICS filled with zeros, totals, and codes of their own.

The matrix of the projections program writes every industry with six characters: ``310000`` is
manufacturing, ``621000`` is 621, ``000000`` or ``TE1000`` is all jobs. Governments are codes of
their owners there, and so no industries. The nation's matrix has rows of several industries
together too, which the code or the title tells: ``313-40``, ``(3255,6)``.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lmi import naics

__all__ = ["industries_of", "matrix_industries", "whole_sector"]

_TOTALS = frozenset({"0", "10", "TE000", "TE0000", "TE1000"})  # without zeros on their left
_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}  # by the first of their digits
_SPAN = re.compile(r"(31)-(33)0*|(44)-?(45)0*|(48)-?(49)0*")
# Without its hyphen a span is manufacturing, unless it is the textile industry of that code.
_MILLS, _BARE_SPANS = "3133", ("4445", "4849")
_OWNERS = {"P": ("5",), "S": ("2",), "L": ("3",), "Y": ("2", "3")}  # by the letter in a code
_GOVERNMENTS = {"999100": "1", "999200": "2", "999300": "3"}  # but schools, hospitals, the post
_WAGE_AND_SALARY = "TE1200"
# Industries together of which neither the code nor the title tells; the last in NAICS 2017.
_TOGETHER = {
    "4450A1": ("4451", "4452"),
    "5136-9": ("513", "516", "517", "518", "519"),
    "4445R0": ("442", "443", "444", "446", "447", "448", "451", "453", "454"),
}
_SIX_DIGITS = 6
_LEAST_DIGITS = 3  # of an industry in a list; fewer take the place of the last of the one before
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
    if not {"31", "31-33"}.intersection(tidied.values()) and {*_BARE_SPANS}.intersection(written):
        found |= {code: "31-33" for code in written if code == _MILLS}
    return {code: industry for code, industry in found.items() if industry}


def whole_sector(digits: str, beside: Collection[str]) -> str:
    """Return the sector that a code's first two digits stand for, empty for a part of it.

    Parameters
    ----------
    beside : collection of str
        The other codes of the file: 31 is all of manufacturing unless 32 or 33 stands beside it.

    Examples
    --------
    >>> whole_sector("31", ["44"]), whole_sector("31", ["33"]), whole_sector("33", [])
    ('31-33', '', '')
    """
    sector = _RANGES.get(digits, "")
    return "" if any(digits < other <= sector[-2:] for other in beside) else sector


def _tidied(written: str) -> str:
    """Take the filling away: zeros on the left, hyphens, zeros and fractions on the right."""
    filled = re.sub(r"\.0+$", "", written.strip().upper()).rstrip("-")
    code = filled.lstrip("0") or filled[:1]
    if code in _TOTALS:
        return naics.TOTAL
    if span := _SPAN.fullmatch(code):
        return "-".join(filter(None, span.groups()))
    if len(code) == _SIX_DIGITS:  # with 0 at its end it is its five-digit industry
        code = code.removesuffix("0")
    while code.endswith("0") and not _is_known(code):
        code = code[:-1]
    return code


def _is_known(code: str) -> bool:
    return code in _RANGES or any(naics.is_known(code, year) for year in naics.VINTAGES)


def _industry(code: str, parts: Collection[str]) -> str:
    if code in _RANGES:
        return whole_sector(code, parts)
    return code if _is_known(code) and not code.startswith(_OF_OWNERS) else ""


def matrix_industries(
    code: str, title: str, naics_year: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the owners and the industries of a row of the nation's matrix.

    Returns
    -------
    (tuple of str, tuple of str)
        Own codes, and industries that are projected as one; none where it is not certain which.

    Examples
    --------
    >>> matrix_industries("3250A2", "Chemical manufacturing (3255,6)", 2022)
    (('0',), ('3255', '3256'))
    >>> matrix_industries("6110Y2", "Other educational services; state and local (6114-7)", 2022)
    (('2', '3'), ('6114', '6115', '6116', '6117'))
    >>> matrix_industries("TE1100", "Self-employed workers", 2022)
    ((), ())
    """
    code = code.upper()
    if code == _WAGE_AND_SALARY:
        return ("0",), (naics.TOTAL,)
    if owner := _GOVERNMENTS.get(code):
        return (owner,), ("92",)
    of_owner = re.fullmatch(r"(\d{4,5})([PSLY])(\d?)", code)
    owners = _OWNERS[of_owner[2]] if of_owner else ("0",)
    plain = of_owner[1] if of_owner and of_owner[3] in ("", "0") else code
    if plain.isdigit() or _SPAN.fullmatch(plain):
        found = [_industry(_tidied(plain), ())]
    else:
        told = re.search(r"\((\d{3,4}\b[\d, and-]*)[^)]*\)", title)
        within = re.fullmatch(r"(\d{3,4}[-,]\d)0?", code)
        found = _listed(told[1] if told else within[1] if within else "", naics_year)
        if not told and code in _TOGETHER:
            found = list(_TOGETHER[code])
    is_certain = found and all(naics.is_known(each, naics_year) for each in found)
    return (owners, tuple(found)) if is_certain else ((), ())


def _listed(told: str, naics_year: int) -> list[str]:
    """Return the industries of a list such as ``3255,6`` or ``444, 449, 456-9``."""
    found: list[str] = []
    for mark, digits in re.findall(r"(-?)(\d+)", told):
        before = found[-1] if found else digits
        code = digits if len(digits) >= _LEAST_DIGITS else before[: -len(digits)] + digits
        if mark:
            codes = (str(n) for n in range(int(before) + 1, int(code) + 1))
            found += [each for each in codes if naics.is_known(each, naics_year)]
        else:
            found.append(code)
    return found
