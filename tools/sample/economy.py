"""The truth: every kind of establishment in every county, month by month, in whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tools.sample.chance import Floats, bell, uniform
from tools.sample.industries import Leaf
from tools.sample.paths import YEARS, growth, levels, pay_levels, season, shock
from tools.sample.seeds import EVERYWHERE, Seed, matching, seeds

__all__ = ["Economy", "economy"]

Ints = NDArray[np.int64]

# Bonuses make the first quarter large where pay is high, the last one elsewhere.
_QUARTERS = {True: (1.11, 0.95, 0.955, 0.985), False: (0.985, 0.98, 0.985, 1.05)}
_BONUS = {"software", "bank", "advice", "head", "insure", "science", "oil"}
_TAXED = (0.82, 0.43, 0.21, 0.12)


@dataclass(frozen=True)
class Economy:
    """All series of the sample: one row for each kind of establishment in each area.

    Parameters
    ----------
    area : tuple of str, length n
        County (its first code), ``99999`` or the nation.
    leaf : tuple of Leaf, length n
        Kind of establishment.
    jobs : array of int, shape (n, 96)
        Employment by month from January 2016.
    estabs, wages, taxable, contributions : array of int, shape (n, 32)
        By quarter; wages in USD.
    firms : array of int, shape (n, 32)
        Employers: governments count once.
    largest, second : array of float, shape (n, 32)
        Share of the largest and the second employer.
    """

    area: tuple[str, ...]
    leaf: tuple[Leaf, ...]
    jobs: Ints
    estabs: Ints
    wages: Ints
    taxable: Ints
    contributions: Ints
    firms: Ints
    largest: Floats
    second: Floats


def _round(x: Floats) -> Ints:
    return np.floor(x + 0.5).astype(np.int64)


def _dominance(found: tuple[Seed, ...]) -> tuple[Floats, Floats]:
    """Return the shares of the two largest employers of each series, which change by quarter."""
    largest, second = np.ones((len(found), 1)), np.zeros((len(found), 1))
    for i, seed in enumerate(found):
        n = min(int(seed.estabs), 60)
        if seed.leaf.own_code != "5" or n < 2:
            continue
        draws = uniform(f"sizes {seed.area} {seed.leaf.naics_2017} {seed.leaf.naics_2022}", n)
        sizes = sorted((1.0 / (float(u) + 0.06) for u in draws), reverse=True)
        whole = math.fsum(sizes) * max(1.0, seed.estabs / 60)
        largest[i], second[i] = sizes[0] / whole, sizes[1] / whole
    sway = 1.0 + 0.14 * bell("sway", len(found) * 4 * YEARS).reshape(len(found), -1)
    first = np.where(largest < 1.0, np.minimum(largest * sway, 1.0), largest)
    return first, np.minimum(second * np.ones_like(sway), 1.0 - first)


def _estabs(start: Floats, trend: Floats) -> Ints:
    """Return establishments by quarter: a slow trend, and one more or less now and then."""
    n = len(start)
    half_years = np.floor(0.55 * bell("openings", n * 2 * YEARS) + 0.5).reshape(n, -1)
    stir = np.repeat(half_years, 2, axis=1) * (start[:, None] >= 2)
    middle = trend[:, 1::3]
    return np.maximum(_round(start[:, None] * (1.0 + 0.6 * (middle - 1.0)) + stir), 1)


def _alive(found: tuple[Seed, ...]) -> NDArray[np.bool_]:
    """Return which series exist in each quarter: some small ones close, others open."""
    alive = np.ones((len(found), 4 * YEARS), dtype=bool)
    draws = uniform("lives", 2 * len(found)).reshape(2, -1)
    for i, seed in enumerate(found):
        always = (seed.leaf.own_code, seed.leaf.naics_2017) in EVERYWHERE or seed.jobs == 0
        if seed.estabs > 2 or always or draws[0, i] >= 0.16:
            continue
        quarter = 6 + int(draws[1, i] * 25)
        if draws[0, i] < 0.08:
            alive[i, quarter:] = False
        else:
            alive[i, :quarter] = False
    return alive


def _months(found: tuple[Seed, ...], estabs: Floats) -> tuple[Floats, Floats]:
    """Return the trend and the jobs of every month, before rounding."""
    n = len(found)
    drift = np.array(
        [math.fsum(matching("drift", "per_year_pct", (s.region, s.area), s.leaf)) for s in found]
    )
    kinds = [growth()[s.leaf.growth] for s in found]
    unrest = np.where(estabs > 400, 0.6, 1.4 + 5.0 / np.sqrt(estabs))
    trend = levels(
        "all",
        np.array([k.before_pct for k in kinds]) + drift,
        np.array([k.after_pct for k in kinds]) + drift,
        unrest,
    )
    depth = np.array([k.depth_pct for k in kinds]) / 100.0
    depth = depth * (0.75 + 0.5 * uniform("depths", n))
    fall = 1.0 - depth[:, None] * np.array(shock())[None, :]
    wave = np.array([season(s.leaf.season) * YEARS for s in found])
    flutter = 1.0 + 0.006 * bell("months", n * 12 * YEARS).reshape(n, -1)
    start = np.array([s.jobs for s in found])
    return trend, start[:, None] * trend * fall * wave * flutter


def _pay(found: tuple[Seed, ...], jobs: Ints) -> tuple[Ints, Ints, Ints]:
    """Return wages, taxable wages and contributions by quarter, USD."""
    n = len(found)
    kinds = [growth()[s.leaf.growth] for s in found]
    yearly = pay_levels(np.array([k.pay_pct for k in kinds]))
    monthly = np.array([s.pay for s in found])[:, None] * yearly / 12.0
    bonus = np.array([_QUARTERS[s.leaf.growth in _BONUS] for s in found])
    flutter = 1.0 + 0.012 * bell("pay", n * 4 * YEARS).reshape(n, -1)
    rate = np.repeat(monthly, 4, axis=1) * np.tile(bonus, (1, YEARS)) * flutter
    quarter = jobs.reshape(n, 4 * YEARS, 3).sum(axis=2)
    wages = _round(quarter * rate)
    private = np.array([float(s.leaf.own_code == "5") for s in found])
    share = np.array([k.taxed_pct for k in kinds]) / 100.0 * private
    taxed = np.minimum(share[:, None] * np.tile(np.array(_TAXED), YEARS)[None, :], 0.97)
    # Round sums keep the files small and change nothing that is computed from them.
    taxable = _round(wages * taxed / 1000.0) * 1000
    premium = 0.009 + 0.026 * uniform("premiums", n)
    return wages, taxable, _round(taxable * premium[:, None] / 100.0) * 100


@cache
def economy() -> Economy:
    """Make the whole sample economy; the same on every run and platform.

    Examples
    --------
    >>> from tools.sample.economy import economy
    >>> economy().jobs.shape[1]
    96
    """
    found = seeds()
    start = np.array([s.estabs for s in found])
    trend, months = _months(found, start)
    alive = _alive(found)
    jobs = _round(months) * np.repeat(alive, 3, axis=1)
    estabs = _estabs(start, trend) * alive
    wages, taxable, contributions = _pay(found, jobs)
    public = np.array([s.leaf.own_code != "5" for s in found])
    firms = np.where(public[:, None], np.minimum(estabs, 1), estabs)
    return Economy(
        tuple(s.area for s in found),
        tuple(s.leaf for s in found),
        jobs,
        estabs,
        wages,
        taxable,
        contributions,
        firms,
        *_dominance(found),
    )
