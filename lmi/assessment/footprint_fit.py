"""Whether a footprint fits a sector: too small for it, about right, or too big, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lmi import words
from lmi.assessment.footprint import CLOSE, LaborMarket, Market
from lmi.assessment.footprint_verdict import market_name
from lmi.config import CriticalMass
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.intervals import said_jobs

__all__ = ["Fit", "SectorFit", "sector_fit"]

MUCH = 0.25
"""A county adds much to a sector that has so large a part there of what the footprint has."""
CONCENTRATED = 1.2
"""Only a sector that is concentrated there reaches there: shops and schools are everywhere."""
NEARLY_ALL = 0.9
ALL_BUT = 0.995
FEW_SHOWN, MOST_NAMED = 3, 5
ESTABS, JOBS = "annual_avg_estabs", "annual_avg_emplvl"


class Fit(StrEnum):
    """What a footprint is for a sector."""

    small = "too small"
    right = "about right"
    big = "too big"
    none = "no jobs"
    unknown = "not known"


@dataclass(frozen=True)
class SectorFit:
    """What a footprint is for a sector, and why.

    Parameters
    ----------
    said : tuple of str
        Sentences, the verdict first.
    """

    candidate: str
    name: str
    fit: Fit
    said: tuple[str, ...]


def sector_fit(
    found: LaborMarket, now: Row, counties: Mapping[str, Row], mass: CriticalMass | None
) -> SectorFit:
    """Tell whether a footprint fits a sector.

    Parameters
    ----------
    now : Row
        The candidate in the footprint as it is: its key, its name, and what it measures.
    counties : mapping of str to Row
        The candidate by county, own and near.
    mass : CriticalMass, optional
        What a candidate needs to have.
    """
    fit, said = _judged(found, now, counties, mass)
    return SectorFit(str(now["candidate"]), str(now["candidate_name"]), fit, tuple(said))


def _judged(
    found: LaborMarket, now: Row, counties: Mapping[str, Row], mass: CriticalMass | None
) -> tuple[Fit, list[str]]:
    estabs = now[ESTABS]
    if now[JOBS] == 0 and not estabs:
        return Fit.none, ["None of its jobs are here."]
    beyond = _beyond(found, now, counties)
    lines = () if mass is None else mass.all
    needed = next((line.at_least for line in lines if line.measure == ESTABS), None)
    if needed is not None and words.is_known(estabs) and estabs < needed:
        few = f"{words.count(estabs, 'place')} of business, under {needed:g}"
        return Fit.small, [f"Too small for it: {few}.", *beyond]
    if beyond:
        return Fit.small, ["Too small for it: its employers reach beyond this footprint.", *beyond]
    if found.judged_by is None:
        return Fit.unknown, ["Not known: the store has no commuting of all counties."]
    jobs = {
        county: (float(row[f"{JOBS}_lo"]), float(row[f"{JOBS}_hi"]))
        for county in found.region.counties
        if (row := counties.get(county))
    }
    return _in_one_market(found, jobs) or (Fit.right, ["About right for it.", *_where(found, jobs)])


def _beyond(found: LaborMarket, now: Row, counties: Mapping[str, Row]) -> list[str]:
    """Name the counties nearby, tied to the region, where much of the sector is."""
    by, most = found.judged_by, now[f"{JOBS}_hi"]
    if by is None or not words.is_known(most):
        return []
    much = [
        (county, row)
        for county in found.near
        if county in by.ties
        and by.ties[county].value >= CLOSE
        and (row := counties.get(county))
        and row[f"{JOBS}_lo"] >= max(MUCH * most, 1)
        and row["lq_lo"] >= CONCENTRATED
    ]
    return [
        f"In {found.name(county)} it has {said_jobs(row)}, {MEASURES['lq'].cell(row)} times the "
        f"nation's share; {found.name(county)} exchanges {words.share(by.ties[county].value)} of "
        "the smaller one's workers with the region."
        for county, row in much[:FEW_SHOWN]
    ]


Jobs = Mapping[str, tuple[float, float]]


def _part(jobs: Jobs, counties: Sequence[str]) -> tuple[float, float]:
    """Return the least and the middle of the share of a sector's jobs that counties have."""
    ends = np.array([jobs[c] for c in counties if c in jobs]).reshape(-1, 2)
    rest = np.array([of for c, of in jobs.items() if c not in counties]).reshape(-1, 2)
    low, most = ends[:, 0].sum(), rest[:, 1].sum()
    middle, left = ends.mean(axis=1).sum(), rest.mean(axis=1).sum()
    least = low / (low + most) if low + most else np.nan
    return float(least), float(middle / (middle + left)) if middle + left else np.nan


def _in_one_market(found: LaborMarket, jobs: Jobs) -> tuple[Fit, list[str]] | None:
    """Say where a sector's jobs are surely all but in one of several labor markets."""
    markets = found.markets
    if len(markets) < 2:
        return None
    for market in markets:
        least, about = _part(jobs, market.counties)
        if least < NEARLY_ALL:
            continue
        where = f"{_much(about)} of its jobs are in {_named(found, market, jobs)}"
        of_all = market.lives / sum(one.lives for one in markets)
        if of_all >= NEARLY_ALL:
            who = f"where {words.whole_share(of_all)} of the footprint's working residents live"
            return Fit.right, [f"About right for it: {where}, {who}."]
        many = words.spelled(len(markets))
        return Fit.big, [f"Too big for it: {where}, one of {many} labor markets side by side."]
    return Fit.right, [
        "About right for it, if its employers would meet at one table: its jobs are in more than "
        "one of the labor markets side by side."
    ]


def _much(share: float) -> str:
    return "nearly all" if share >= ALL_BUT else f"about {words.whole_share(share)}"


def _named(found: LaborMarket, market: Market, jobs: Jobs) -> str:
    """Name a labor market; one of many counties by those that have most of the sector."""
    if len(market.counties) <= MOST_NAMED:
        return market_name(found, market)
    first = sorted(market.counties, key=lambda c: (-sum(jobs.get(c, (0.0, 0.0))), c))
    named = [found.name(county) for county in first[:FEW_SHOWN]]
    more = words.count(len(first) - FEW_SHOWN, "more county")
    return words.listing([*named, more])


def _where(found: LaborMarket, jobs: Jobs) -> list[str]:
    """Name the one county of several where nearly all of a sector's jobs are."""
    if len(jobs) < 2:
        return []
    about, county = max((_part(jobs, [county])[1], county) for county in jobs)
    if not about >= NEARLY_ALL:
        return []
    much = _much(about)
    return [f"{much[:1].upper()}{much[1:]} of its jobs are in {found.name(county)}."]
