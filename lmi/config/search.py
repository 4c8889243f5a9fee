"""Industries found by words of their titles, or by their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lmi import naics
from lmi.config.industries import AGGREGATES, VINTAGES
from lmi.words import whole

__all__ = ["MOST", "Hit", "Hits", "find_industries", "hit_of"]

MOST = 40
LEAST = 2  # letters or digits that are searched for
_WORD = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"[0-9]{2,6}(-[0-9]{0,2})?")


@dataclass(frozen=True)
class Hit:
    """An industry that was found.

    Parameters
    ----------
    vintages : tuple of int
        Vintages of NAICS that have it, among those whose lists are kept.
    """

    code: str
    title: str
    vintages: tuple[int, ...]

    @property
    def only(self) -> str:
        """The vintages, where they are not all; empty where they are."""
        if self.vintages == VINTAGES:
            return ""
        return f"NAICS {' and '.join(map(str, self.vintages))} only"

    @property
    def label(self) -> str:
        """The industry in one line."""
        return f"{self.code}  {self.title}{f' ({self.only})' if self.only else ''}"


class Hits(NamedTuple):
    """What a search found, as far as a list shows it.

    Attributes
    ----------
    more : int
        How many were found beside those.
    """

    shown: tuple[Hit, ...]
    more: int = 0

    @property
    def note(self) -> str:
        """What is said under the list; nothing where all is shown.

        Examples
        --------
        >>> Hits((), 3).note
        'And 3 more; another word narrows the search.'
        """
        return f"And {whole(self.more)} more; another word narrows the search." if self.more else ""


class _Industry(NamedTuple):
    """An industry to be searched.

    Parameters
    ----------
    titles : tuple of list of str
        The words of its title in each vintage.
    leaves : tuple of frozenset of str
        Its six-digit industries in each vintage.
    """

    hit: Hit
    titles: tuple[list[str], ...]
    leaves: tuple[frozenset[str], ...]

    def has(self, words: list[str]) -> bool:
        """Tell whether one of its titles has all the words, or others that begin so."""
        return any(
            all(any(word.startswith(asked) for word in title) for asked in words)
            for title in self.titles
        )


def hit_of(code: str) -> Hit:
    """Return an industry by its code.

    Examples
    --------
    >>> hit_of("5112").label
    '5112  Software publishers (NAICS 2012 and 2017 only)'
    """
    vintages = tuple(year for year in VINTAGES if naics.is_known(code, year))
    return Hit(code, naics.industry_title(code), vintages)


def find_industries(text: str, year: int, most: int = MOST) -> Hits:
    """Find industries of any vintage by the words of a title, or by how their code begins.

    A definition is compared over years, so codes of other vintages are found too, and by the titles
    that they had. An industry with the same content as a coarser one that was found, and more
    digits, is left out.

    Parameters
    ----------
    text : str
        Words or their beginnings, or a code; nothing in it has another meaning than that.
    year : int
        Of the data that is looked at.

    Returns
    -------
    Hits
        Those that the year has come first; among them the coarse ones, since the fewest of their
        cells are withheld.

    Examples
    --------
    >>> [hit.code for hit in find_industries("general hospital", 2023).shown]
    ['6221']
    >>> for hit in find_industries("software publishers", 2023).shown:
    ...     print(hit.label)
    5132  Software publishers (NAICS 2022 only)
    5112  Software publishers (NAICS 2012 and 2017 only)
    """
    asked = text.strip().casefold()
    words = [_stem(word) for word in _WORD.findall(asked)]
    if sum(map(len, words)) < LEAST:
        return Hits(())
    begins = asked if _CODE.fullmatch(asked) else None
    found: dict[tuple[frozenset[str], ...], Hit] = {}
    for one in _industries():
        if (begins and one.hit.code.startswith(begins)) or one.has(words):
            found.setdefault(one.leaves, one.hit)
    vintage = naics.naics_year(year)
    ordered = sorted(found.values(), key=lambda hit: vintage not in hit.vintages)
    return Hits(tuple(ordered[:most]), max(0, len(ordered) - most))


@cache
def _industries() -> tuple[_Industry, ...]:
    """List every industry that a sector can be made of, the coarse ones first."""
    known = {code for year in VINTAGES for code in naics.known_industries(year)}
    codes = [code for code in known if naics.industry_level(code) not in AGGREGATES]
    order = sorted(codes, key=lambda code: (len(code.split("-")[0]), code))
    return tuple(_Industry(hit_of(code), _titles(code), _leaves(code)) for code in order)


def _titles(code: str) -> tuple[list[str], ...]:
    titles = dict.fromkeys(naics.industry_title(code, year).casefold() for year in VINTAGES)
    return tuple(_WORD.findall(title) for title in titles)


def _leaves(code: str) -> tuple[frozenset[str], ...]:
    return tuple(
        naics.leaves(code, year) if naics.is_known(code, year) else frozenset() for year in VINTAGES
    )


def _stem(word: str) -> str:
    """Leave off a plural's ending, so that ``bakeries`` finds ``bakery`` and the reverse."""
    if len(word) > 4 and word.endswith(("ies", "y")):
        return word.removesuffix("ies").removesuffix("y")
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word.removesuffix("es")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
