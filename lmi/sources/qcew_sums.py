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
ALL, SUMS = "0", "89"
NONE = -1

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


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
    orphan : ndarray of bool
        Rows whose whole is not there.
    """

    is_family: Bools
    short: Bools
    over: Bools
    orphan: Bools


def faults_of(group: Ints, owners: Coded, industries: Coded, estabs: Ints, slack: float) -> Faults:
    """Compare each row with its parts, all of a batch at once, in a table of all cells."""
    own, industry = owners.places, industries.places
    place = {code: i for i, code in enumerate(industries.values)}
    n_own, n_industry = len(owners.values), len(industries.values)
    above = industries.read(lambda code: place.get(_above(code) or "", NONE))
    is_total = industries.read(lambda code: code == naics.TOTAL) == 1
    is_all = owners.read(lambda code: code == ALL) == 1
    is_sum = owners.read(lambda code: code in SUMS) == 1
    all_owners = owners.values.index(ALL) if ALL in owners.values else NONE
    own_above = np.where(is_total, all_owners, own)
    above = np.where(is_total, industry, above)

    size = (int(group.max()) + 1) * n_own * n_industry
    cell = (group * n_own + own) * n_industry + industry
    whole = (group * n_own + own_above) * n_industry + above
    is_top = is_sum | (is_total & is_all)
    is_part = ~is_top & (above != NONE) & (own_above != NONE)
    there = np.zeros(size, dtype=bool)
    there[cell] = True
    orphan = ~is_top & ~(is_part & there[np.where(is_part, whole, 0)])
    parts = np.bincount(whole[is_part], minlength=size)[cell]
    held = np.bincount(whole[is_part], estabs[is_part], size)[cell]
    six_digits = industries.read(lambda c: naics.industry_level(c) == naics.LEVELS[-1]) == 1
    is_family = ~six_digits & ~is_sum & (estabs > 0)
    room = slack * (parts + 1) + REBUILT * estabs
    return Faults(
        is_family,
        is_family & (estabs - held > np.where(parts > 0, room, 0)),
        is_family & (held - estabs > room) & (parts > 0),
        orphan,
    )
