"""Which establishments there are, and how large: one seed for each kind in each area."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from tools.sample.chance import bell, exponential, uniform
from tools.sample.industries import Leaf, leaves
from tools.sample.places import NATION, UNKNOWN, County, counties, rows

__all__ = ["EVERYWHERE", "Seed", "matching", "seeds"]

# The nation has a quarter of the weights in `leaves.csv`.
_NATION_SCALE = 250.0
# Public jobs for each private one.
_PUBLIC = {"1": 0.020, "2": 0.042, "3": 0.135}
# Every county has a post office, schools, a county government and police.
EVERYWHERE = {("1", "491110"), ("3", "611110"), ("3", "921140"), ("3", "922120")}
# Work that employers do not tie to a county.
_UNKNOWN_JOBS = 1700.0
_UNKNOWN_WEIGHTS = {"23": 0.5, "42": 1.5, "4841": 0.8, "51": 1.5, "5242": 1.0, "54": 2.0} | {
    "5613": 0.6,
    "999": 30.0,
}
# Establishments that are covered and employ nobody: published zeros. Such cells are small: of the
# agency's none has more than four.
_DORMANT = {
    ("99021", "5", "112111"): 1,
    ("99003", "5", "111150"): 1,
    ("99015", "5", "111140"): 1,
    ("99031", "5", "111150"): 1,
    ("99035", "5", "519130"): 1,
    ("99001", "1", "926130"): 1,
    ("99029", "1", "926130"): 1,
    ("99033", "1", "923130"): 1,
}


@dataclass(frozen=True)
class Seed:
    """A series before its months are drawn.

    Parameters
    ----------
    area, region : str
        County (its first code), ``99999`` or the nation, and the key of the county's region.
    leaf : Leaf
        Kind of establishment.
    estabs, jobs : float
        At the start.
    pay : float
        Average annual pay in 2016, USD.
    """

    area: str
    region: str
    leaf: Leaf
    estabs: float
    jobs: float
    pay: float


@cache
def _factors(table: str, value: str) -> tuple[tuple[str, str, str, float], ...]:
    return tuple((r["place"], r["own_code"], r["prefix"], float(r[value])) for r in rows(table))


def matching(table: str, value: str, places: tuple[str, ...], leaf: Leaf) -> list[float]:
    """Return the numbers of an input table whose place, ownership and prefix fit a leaf."""
    return [
        number
        for place, own, prefix, number in _factors(table, value)
        if place in places and own == leaf.own_code and leaf.naics_2017.startswith(prefix)
    ]


def _mix(places: tuple[str, ...], leaf: Leaf) -> float:
    return math.prod(matching("mix", "factor", places, leaf))


def _county_seeds(county: County) -> list[Seed]:
    places = (county.region, county.area_fips)
    kinds = leaves()
    noise = exponential(0.42 * bell(f"{county.area_fips} mix", len(kinds)))
    want = [leaf.weight * _mix(places, leaf) * float(noise[i]) for i, leaf in enumerate(kinds)]
    whole = {
        own: math.fsum(
            want[i] if own == "5" else leaf.weight
            for i, leaf in enumerate(kinds)
            if leaf.own_code == own
        )
        for own in ("1", "2", "3", "5")
    }
    found = []
    for i, leaf in enumerate(kinds):
        total = county.private_jobs * _PUBLIC.get(leaf.own_code, 1.0)
        found.append(_settle(county, leaf, total * want[i] / whole[leaf.own_code]))
    return [seed for seed in found if seed is not None]


def _smallness(county: County) -> float:
    """Return the size of establishments relative to the capital's: rural ones are smaller."""
    return max(0.4, math.sqrt(math.sqrt(county.private_jobs / 15_000.0)))


def _settle(county: County, leaf: Leaf, expected: float) -> Seed | None:
    """Turn expected jobs into whole establishments; small places have few and small ones."""
    name = f"{county.area_fips} {leaf.own_code} {leaf.naics_2017} {leaf.naics_2022}"
    there, size, pay = (float(x) for x in uniform(name, 3))
    dormant = _DORMANT.get((county.area_fips, leaf.own_code, leaf.naics_2017))
    if dormant:
        return Seed(county.area_fips, county.region, leaf, dormant, 0.0, leaf.pay)
    usual = leaf.size * _smallness(county) if leaf.own_code == "5" else leaf.size
    estabs = expected / usual
    always = (leaf.own_code, leaf.naics_2017) in EVERYWHERE
    if estabs < 1:
        chance = 1.0 if always else estabs * min(1.0, 0.4 + estabs)
        if there >= chance:
            return None
        estabs, jobs = 1.0, usual * estabs / max(estabs, chance)
    else:
        estabs = math.floor(estabs + there)
        jobs = estabs * usual
    spread = 1.1 / math.sqrt(estabs)
    jobs *= 1.0 + spread * (size - 0.5)
    level = county.pay_level * (0.86 + 0.28 * pay)
    return Seed(county.area_fips, county.region, leaf, estabs, max(jobs, 1.0), leaf.pay * level)


def _unknown_seeds() -> list[Seed]:
    weights = {
        leaf: leaf.weight * factor
        for leaf in leaves()
        for prefix, factor in _UNKNOWN_WEIGHTS.items()
        if leaf.own_code == "5" and leaf.naics_2017.startswith(prefix)
    }
    whole = math.fsum(weights.values())
    found = []
    for leaf, weight in weights.items():
        jobs = _UNKNOWN_JOBS * weight / whole
        small = min(leaf.size, 3.0)
        found.append(Seed(UNKNOWN, "", leaf, max(1.0, math.floor(jobs / small)), jobs, leaf.pay))
    federal = next(x for x in leaves() if x.own_code == "1" and x.naics_2017 == "921130")
    return [*found, Seed(UNKNOWN, "", federal, 2.0, 21.0, federal.pay)]


def _nation_seeds() -> list[Seed]:
    noise = exponential(0.08 * bell("nation mix", len(leaves())))
    found = []
    for i, leaf in enumerate(leaves()):
        jobs = leaf.weight * _NATION_SCALE * float(noise[i])
        found.append(Seed(NATION, "", leaf, max(1.0, jobs / leaf.size), jobs, leaf.pay))
    return found


@cache
def seeds() -> tuple[Seed, ...]:
    """Return every series: counties first, then the unknown county, then the nation.

    Examples
    --------
    >>> from tools.sample.seeds import seeds
    >>> seeds()[0].area, seeds()[-1].area
    ('99001', 'ZZ000')
    """
    found = [seed for county in counties(2017) for seed in _county_seeds(county)]
    return (*found, *_unknown_seeds(), *_nation_seeds())
