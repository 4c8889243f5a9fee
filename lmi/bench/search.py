"""Industries found by words of their titles, or by their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lmi import naics
from lmi.config.industries import VINTAGES

__all__ = ["Hit", "find_industries", "hit_of"]

MOST = 40
_REFUSED = ("total", "domain", "supersector")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Hit:
    """An industry that was found.

    Parameters
    ----------
    code, title : str
    vintages : tuple of int
        Vintages of NAICS that have it, among those whose lists are kept.
    """

    code: str
    title: str
    vintages: tuple[int, ...]

    @property
    def label(self) -> str:
        """The industry in one line, with its vintages where they are not all."""
        only = "" if self.vintages == VINTAGES else f" (NAICS {_joined(self.vintages)} only)"
        return f"{self.code}  {self.title}{only}"


def hit_of(code: str) -> Hit:
    """Return an industry by its code.

    Examples
    --------
    >>> hit_of("5112").label
    '5112  Software publishers (NAICS 2012 and 2017 only)'
    """
    vintages = tuple(year for year in VINTAGES if naics.is_known(code, year))
    return Hit(code, naics.industry_title(code), vintages)


def _joined(vintages: tuple[int, ...]) -> str:
    return " and ".join(map(str, vintages))


@cache
def _industries() -> tuple[tuple[Hit, tuple[str, ...]], ...]:
    """List every industry that a sector can be made of, the coarse ones first."""
    found = {
        code
        for year in VINTAGES
        for code in naics.known_industries(year)
        if naics.parse_industry(code).level not in _REFUSED
    }
    order = sorted(found, key=lambda code: (len(code.split("-")[0]), code))
    hits = map(hit_of, order)
    return tuple((hit, tuple(_WORD.findall(hit.title.casefold()))) for hit in hits)


def find_industries(text: str, most: int = MOST) -> list[Hit]:
    """Find industries whose title has all the words, or whose code begins so.

    Parameters
    ----------
    text : str
        Words or their beginnings, or a code; nothing in it has another meaning than that.
    most : int, optional

    Returns
    -------
    list of Hit
        Coarse industries first, since the fewest of their cells are withheld.

    Examples
    --------
    >>> [hit.code for hit in find_industries("general hospital")][:2]
    ['6221', '62211']
    >>> find_industries("3364")[0].title
    'Aerospace product and parts manufacturing'
    """
    asked = text.strip().casefold()
    code = re.fullmatch(r"[0-9]{2,6}(-[0-9]{0,2})?", asked)
    words = [_stem(word) for word in _WORD.findall(asked)]
    if not words:
        return []
    found = []
    for hit, of_title in _industries():
        by_code = code is not None and hit.code.startswith(asked)
        if by_code or all(any(w.startswith(word) for w in of_title) for word in words):
            found.append(hit)
            if len(found) == most:
                break
    return found


def _stem(word: str) -> str:
    """Leave off a plural's ending, so that ``bakeries`` finds ``bakery`` and the reverse."""
    if len(word) > 4 and word.endswith(("ies", "y")):
        return word.removesuffix("ies").removesuffix("y")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
