"""Hold rows of whole areas to their parts, by places of business, all of a batch at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lmi import naics
from lmi.sources.coded import Coded

__all__ = ["Bools", "Faults", "Ints", "faults_of"]

# The nation of 2016 was rebuilt from quotients, and its sums are as good as these.
REBUILT = 1e-4
ALL, SUMS = "0", ("8", "9")
NONE = -1

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@lru_cache(maxsize=1 << 14)
def _is_deepest(industry_code: str) -> bool:
    return naics.industry_level(industry_code) == naics.LEVELS[-1]


@lru_cache(maxsize=1 << 14)
def _above(industry_code: str) -> str | None:
    """The industry directly above, through supersectors and domains; none above the total."""
    level = naics.industry_level(industry_code)
    if level == "sector":
        return naics.supersector_of(industry_code)
    return naics.parent(industry_code)


@dataclass(frozen=True)
class Faults:
    """How the rows of a batch fall short of what they are part of, each as true and false.

    Parameters
    ----------
    is_family : ndarray of bool
        Rows that must have parts.
    short, over : ndarray of bool
        Rows with fewer, or more, places of business in their parts than of their own.
    childless : ndarray of bool
        Rows that must have parts and have none here.
    orphan : ndarray of bool
        Rows whose whole is not there.
    """

    is_family: Bools
    short: Bools
    over: Bools
    orphan: Bools
    childless: Bools


@dataclass(frozen=True)
class _Cells:
    """The cells that an area may have, an ownership and an industry each, by number.

    Parameters
    ----------
    above : ndarray of int
        The cell that each is part of, `NONE` where that stands in no row of the batch.
    is_top, has_parts : ndarray of bool
        Whether it is part of nothing, and whether a row of it must have parts.
    """

    above: Ints
    is_top: Bools
    has_parts: Bools


def _cells(owners: list[str], industries: list[str]) -> _Cells:
    place = {code: i for i, code in enumerate(industries)}
    up = np.array([place.get(_above(code) or "", NONE) for code in industries])
    deepest = np.array([_is_deepest(code) for code in industries])
    is_total = np.array(industries) == naics.TOTAL
    is_all, is_sum = np.array(owners) == ALL, np.isin(owners, SUMS)
    first = len(industries) * np.arange(len(owners))[:, None]
    above = np.where(up == NONE, NONE, first + up)
    # The total of an ownership is part of that of all.
    above[:, is_total] = first[is_all] + np.flatnonzero(is_total) if is_all.any() else NONE
    is_top = is_sum[:, None] | (is_all[:, None] & is_total)
    return _Cells(
        np.where(is_top, NONE, above).ravel(), is_top.ravel(), (~is_sum[:, None] & ~deepest).ravel()
    )


def faults_of(
    group: Ints,
    owners: Coded,
    industries: Coded,
    estabs: Ints,
    slack: float,
    of_owners: float = 0,
) -> Faults:
    """Compare each row with its parts, all of a batch at once, in a table of all cells.

    Parameters
    ----------
    slack : float
        How far a number may be rounded.
    of_owners : float
        Which share of all ownerships those that stand there may lack.
    """
    cells = _cells(owners.values, industries.values)
    cell = owners.places * len(industries.values) + industries.places
    first = group * len(cells.above)
    size = (int(group.max()) + 1) * len(cells.above)
    at, above = first + cell, cells.above.take(cell)
    is_part = above != NONE
    whole = (first + above)[is_part]
    there = np.zeros(size, dtype=bool)
    there[at] = True
    orphan = ~cells.is_top.take(cell)
    orphan[is_part] = ~there[whole]
    n_parts = np.bincount(whole, minlength=size).take(at)
    lacks = estabs - np.bincount(whole, estabs[is_part], size).take(at)
    room = slack * (n_parts + 1) + REBUILT * estabs
    is_all = np.array(owners.values) == ALL
    may_lack = room + of_owners * estabs * is_all.take(owners.places) if of_owners else room
    is_family = cells.has_parts.take(cell) & (estabs > 0)
    short = is_family & (lacks > np.where(n_parts > 0, may_lack, 0))
    over = is_family & (n_parts > 0) & (-lacks > room)
    return Faults(is_family, short, over, orphan, short & (n_parts == 0))
