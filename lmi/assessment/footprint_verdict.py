"""What a footprint is, in words: too small, about right or several labor markets, and why."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.assessment.commuting_flows import RegionFlows
from lmi.assessment.footprint import CLOSE, LaborMarket, Market, Size
from lmi.config import CriticalMass
from lmi.measures.arithmetic import middle
from lmi.measures.containment import needed_containment
from lmi.schema.measures import MEASURES
from lmi.words import Row, listing
from lmi.words.intervals import said_jobs
from lmi.words.margins import share_text

__all__ = ["counted", "sector_verdict", "verdict"]

MUCH = 0.25
"""A county adds much to a sector that has so large a part there of what the footprint has."""
NEARLY_ALL = 0.9
FEW_SHOWN = 3
ESTABS = "annual_avg_estabs"


def counted(flows: RegionFlows) -> str:
    """Say what flows are of, and when: "by survey, 2009 to 2013"."""
    if flows.is_survey:
        return f"by survey, {flows.year - 4} to {flows.year}"
    return f"by {flows.counts} of {flows.year}"


def verdict(found: LaborMarket) -> list[str]:
    """Say what a region's footprint is as a labor market, in sentences, the verdict first."""
    by = found.judged_by
    if by is None:
        return [
            "Whether this footprint is a labor market is not known: the store has no commuting "
            "of all its counties; fetch it with lmi fetch --what flows."
        ]
    said = {
        Size.right: _right, Size.small: _small, Size.unsure: _unsure, Size.several: _several,
        Size.unknown: _nobody,
    }[found.size](found, by)  # fmt: skip
    return [*said, *_the_other(found, by), *filter(None, [by.limits])]


def _kept(by: RegionFlows) -> str:
    held = by.containment
    return (
        f"{share_text(held.stay_to_work)} of its working residents work in it, and residents are "
        f"{share_text(held.filled_by_residents)} of those who work in it ({counted(by)})"
    )


def _needed(found: LaborMarket, by: RegionFlows) -> str:
    needed = needed_containment(by.containment.lives.value, found.rule)
    if not words.is_known(needed):
        least = words.whole(found.rule.least_workers)
        return f"a labor market has at least {least} working residents"
    return f"a labor market of its size keeps both at {words.share(float(needed))} or more"


def _right(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"About right: {_kept(by)}; {_needed(found, by)}."]


def _small(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Too small: {_kept(by)}; {_needed(found, by)}.", *_remedies(found)]


def _unsure(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Too small or about right: {_kept(by)}; {_needed(found, by)}.", *_remedies(found)]


def _nobody(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Not known: nobody lives or works in it {counted(by)}."]


def _several(found: LaborMarket, by: RegionFlows) -> list[str]:
    parts = "; ".join(_named(found, market) for market in found.markets)
    return [
        f"{words.spelled(len(found.markets)).capitalize()} labor markets side by side, most likely "
        f"{parts}: {_kept(by)}, but few commute between these parts.",
        "A sector can still span them: ask whether its employers would meet at one table.",
    ]


def _named(found: LaborMarket, market: Market) -> str:
    return listing([found.name(county) for county in market.counties])


def _remedies(found: LaborMarket) -> list[str]:
    told = [
        f"{'with' if effect.joins else 'without'} {found.name(effect.county)}"
        for effect in found.remedies[:FEW_SHOWN]
    ]
    if not told:
        return ["No single county that joined or left would make it one."]
    return [f"It would be one {listing(told, last='or')}."]


def _the_other(found: LaborMarket, by: RegionFlows) -> list[str]:
    """Say what the other table has, and why it differs."""
    said = []
    for other in found.flows:
        share = other.containment.stay_to_work
        if other is by or share is None:
            continue
        said.append(
            f"{counted(other).capitalize()}, {share_text(share)} of residents' {other.counts} are "
            "in it. Jobs are counted where employers report them, not always where people work, "
            f"so more seem to leave.{' ' if other.limits else ''}{other.limits}"
        )
    return said


def sector_verdict(
    found: LaborMarket, now: Row, counties: pd.DataFrame, mass: CriticalMass | None
) -> list[str]:
    """Say whether a footprint fits a sector: too small for it, about right, or larger than it is.

    Parameters
    ----------
    now : Row
        The candidate in the footprint as it is.
    counties : DataFrame
        The candidate by county, own and near, as `lmi.assessment.footprint_sectors.by_county`.
    mass : CriticalMass, optional
        What a candidate needs to have.
    """
    held = counties.set_index("area_fips")
    ends = (held[f"annual_avg_emplvl{end}"] for end in ("", "_lo", "_hi"))
    jobs = pd.Series(middle(*ends), index=held.index)
    own = [c for c in found.region.counties if c in jobs.index]
    said = _beyond(found, now, counties)
    estabs, lines = now[ESTABS], () if mass is None else mass.all
    needed = next((line.at_least for line in lines if line.measure == ESTABS), None)
    if needed is not None and words.is_known(estabs) and estabs < needed:
        first = f"Too small for it: {words.count(estabs, 'place')} of business, under {needed:g}."
        return [first, *said]
    if said:
        return ["Its employers reach beyond this footprint.", *said]
    return ["About right for it.", *_in_one(found, jobs.loc[own])]


def _beyond(found: LaborMarket, now: Row, counties: pd.DataFrame) -> list[str]:
    """Name the counties nearby, tied to the region, where much of the sector is."""
    by = found.judged_by
    if by is None or not words.is_known(now["annual_avg_emplvl_hi"]):
        return []
    rows = {str(row["area_fips"]): row for row in words.records(counties)}
    much = [
        (county, rows[county])
        for county in found.near
        if by.ties.get(county, 0.0) >= CLOSE
        and county in rows
        and rows[county]["annual_avg_emplvl_lo"] >= MUCH * now["annual_avg_emplvl_hi"]
        and rows[county]["lq_lo"] >= 1
    ]
    return [
        f"{found.name(county)} has {said_jobs(row)} of it "
        f"({MEASURES['lq'].cell(row)} times the nation's share) and exchanges "
        f"{words.share(by.ties[county])} of the smaller one's workers with the region."
        for county, row in much[:FEW_SHOWN]
    ]


def _in_one(found: LaborMarket, jobs: pd.Series) -> list[str]:
    total = jobs.sum()
    if not total or len(jobs) < 2 or jobs.max() < NEARLY_ALL * total:
        return []
    county = str(jobs.idxmax())
    return [f"About {words.share(jobs.max() / total)} of its jobs are in {found.name(county)}."]
