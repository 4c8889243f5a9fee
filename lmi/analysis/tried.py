"""Footprints that are tried beside those that are published: what may be told of them.

Somebody who is told of a footprint, and of the same with a county more, knows the county; who is
told of many footprints can add them up and take them from each other in more ways than can be
looked through. So a footprint is told where it is a published region, or none, with counties added
and taken away that can each be told beside all published regions. Then it tells nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi.analysis.measured import Ends
from lmi.analysis.places import REGION
from lmi.analysis.sums import EMPLVL, RANGE, WIDTH, Sums
from lmi.measures.arithmetic import FloatArray

__all__ = ["OF", "Grounds", "MadeOf", "with_ranges", "withheld_of_tried"]

OF = ["candidate", "own_code", "industry_code"]
"""What a number is of."""
LEAST = 1e-9


class MadeOf(NamedTuple):
    """A footprint as another with counties added and left out, each by the key of its region."""

    base: str
    added: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Grounds:
    """The areas that numbers are of, each ground its codes with blanks between.

    Parameters
    ----------
    where : DataFrame
        ``place``, ``region``, ``ground``.
    published, tried : tuple of str
        Grounds of the regions that are published, and of others of more than one county.
    counties : tuple of str
        All counties of the states of both; none where they are not asked and none is tried.
    """

    where: pd.DataFrame
    published: tuple[str, ...]
    tried: tuple[str, ...]
    counties: tuple[str, ...]

    @property
    def has_others(self) -> bool:
        """Whether a region is asked that is not published."""
        of_regions = self.where.loc[self.where["place"] == REGION, "ground"]
        return not of_regions.isin(self.published).all()

    def areas(self) -> pd.DataFrame:
        """Return ``place``, ``ground`` and ``area_fips`` of all but those tried, and counties."""
        of_places = self.where.loc[~self.where["ground"].isin(self.tried), ["place", "ground"]]
        of_counties = pd.DataFrame({"place": REGION, "ground": list(self.counties)}, dtype="str")
        areas = pd.concat([of_places, of_counties], ignore_index=True).drop_duplicates()
        return areas.assign(area_fips=areas["ground"].str.split()).explode("area_fips")

    def made_of(self, regions: Collection[str]) -> dict[str, MadeOf]:
        """Make each region that is tried of the nearest published one, where they are at hand.

        Parameters
        ----------
        regions : collection of str
            Keys of those at hand.
        """
        here = self.where[(self.where["place"] == REGION) & self.where["region"].isin(regions)]
        at_hand = dict(zip(here["ground"], here["region"], strict=True))
        bases = {base: set(base.split()) for base in self.published if base in at_hand}
        found = {}
        for region, ground in zip(here["region"], here["ground"], strict=True):
            own = set(ground.split())
            if ground not in self.tried or not bases:
                continue
            base = min(bases, key=lambda base: (len(bases[base] ^ own), base))
            if bases[base] ^ own <= set(at_hand):
                of = (own - bases[base], bases[base] - own)
                added, left = (tuple(sorted(at_hand[county] for county in one)) for one in of)
                found[str(region)] = MadeOf(at_hand[base], added, left)
        return found


def withheld_of_tried(grounds: Grounds, withheld: pd.DataFrame) -> pd.DataFrame:
    """Find what is not told of the grounds that are tried.

    Parameters
    ----------
    withheld : DataFrame
        What is not told of published regions and counties: ``place``, ``ground``, `OF`, and
        `WIDTH`, how wide a range in its place is.

    Returns
    -------
    DataFrame
        The same columns. The range of a footprint is as wide as the widest of the numbers that
        would follow from it.
    """
    known = ["", *grounds.published]
    atoms = [*known[1:], *(c for c in grounds.counties if c not in known)]
    numbers, widths = _widths(withheld, atoms)
    base = np.vstack([np.zeros(len(numbers)), widths[: len(known) - 1]])
    at = {ground: row for row, ground in enumerate(atoms)}
    of_county = widths[[at[county] for county in grounds.counties]]
    holds = _holds(known, grounds.counties)
    found = []
    for ground, here in zip(grounds.tried, _holds(grounds.tried, grounds.counties), strict=True):
        differ = here != holds
        moved = np.array([of_county[one].max(axis=0, initial=0.0) for one in differ])
        width = np.maximum(base, moved)
        nearest = width[np.argmin(differ.sum(axis=1))]
        kept = np.flatnonzero(width.min(axis=0) > 0)
        rows = numbers.iloc[kept].assign(place=REGION, ground=ground)
        found.append(rows.assign(**{WIDTH: nearest[kept]}))
    return pd.concat(found, ignore_index=True) if found else withheld.head(0)


def _widths(withheld: pd.DataFrame, grounds: list[str]) -> tuple[pd.DataFrame, FloatArray]:
    """Return the different numbers, and how wide the range of each is by ground; 0 where told."""
    here = withheld[(withheld["place"] == REGION) & withheld["ground"].isin(grounds)]
    groups = here.groupby(OF, sort=True)
    numbers = groups.size().index.to_frame(index=False)
    widths = np.zeros((len(grounds), len(numbers)))
    at = pd.Index(grounds).get_indexer(pd.Index(here["ground"]))
    # nothing that is withheld has a range of no width, however few its jobs are
    widths[at, groups.ngroup()] = np.maximum(here[WIDTH].to_numpy(dtype=float), LEAST)
    return numbers, widths


def _holds(grounds: Sequence[str], counties: Sequence[str]) -> np.ndarray:
    """Tell which counties are in each ground."""
    return np.array([np.isin(counties, ground.split()) for ground in grounds])


def with_ranges(sums: Sums, made_of: Mapping[str, MadeOf]) -> Sums:
    """Give footprints that are tried the ranges which their parts have when they are published.

    Who has these can make them, so that they tell nothing more, however narrow they are.
    """
    if not made_of:
        return sums
    table, rows = sums.table, np.arange(len(sums.table))
    jobs, given = _ends(sums), np.full((2, len(table)), np.nan)
    others = table["place"] + "/" + table.get("candidate", "")
    at = {key: row for row, key in enumerate(zip(table["region"], others, strict=True))}
    of_tried = table["region"].isin(made_of) & (table["place"] == REGION)
    for row in np.flatnonzero(sums.told(rows) & of_tried.to_numpy()):
        made = made_of[str(table["region"].iloc[row])]
        base, added, left = (
            jobs[:, [at[key, str(others.iloc[row])] for key in of]].sum(axis=1)
            for of in ((made.base,), made.added, made.left)
        )
        given[:, row] = np.maximum(base + added - left[::-1], 0.0)
    return replace(sums, table=table.assign(**dict(zip(RANGE, given, strict=True))))


def _ends(sums: Sums) -> FloatArray:
    """Return what is published of jobs, their interval or the range in its place, shape (2, n)."""
    rows = np.arange(len(sums.table))
    ranges: Ends = sums.published_jobs(rows)
    told = sums.told(rows)
    of = (sums.table[f"{EMPLVL}{end}"].to_numpy(dtype=float) for end in ("_lo", "_hi"))
    return np.array([np.where(told, r, own) for r, own in zip(ranges, of, strict=True)])
