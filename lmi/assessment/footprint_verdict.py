"""What a footprint is, in words: too small, about right or too big, and why."""

from __future__ import annotations

from lmi import codes, words
from lmi.assessment.commuting_flows import Lacking, RegionFlows
from lmi.assessment.context import COUNTED
from lmi.assessment.footprint import CLOSE, LaborMarket, Market, Size
from lmi.measures.containment import LEAST_WORKERS, needed_containment
from lmi.words import Row, listing
from lmi.words.margins import flow_text, share_text

__all__ = [
    "EXCHANGES", "IS_LARGE", "NO_JOBS", "counted", "market_name", "not_tried", "rank_text",
    "verdict",
]  # fmt: skip

IS_LARGE = {Size.right: "yes", Size.small: "no", Size.unsure: "perhaps", Size.unknown: ""}
"""Whether a footprint is large enough to be a labor market, as a table says it."""

NO_JOBS = "n/a: the store lacks the jobs of that county."
EXCHANGES = (
    "Exchanges: who commutes between a county and the rest, both ways, by the workers who live in "
    "the smaller, so that it may be over 100%. Large enough: to be a labor market."
)
"""What a table of counties counts."""

FEW_SHOWN = 3
LATEST = 9999  # by the newest codes of counties


def counted(flows: RegionFlows) -> str:
    """Say what flows are of, and when: "by survey, 2009 to 2013"."""
    if flows.is_survey:
        return f"by survey, {flows.year - 4} to {flows.year}"
    return f"by {flows.counts} of {flows.year}"


def not_tried(many: int) -> str:
    """Say how many counties near a footprint a table has no line of; empty where it has all."""
    if not many:
        return ""
    less = "exchanges less is" if many == 1 else "exchange less are"
    return f"{words.count(many, 'more county')} nearby that {less} not listed."


def rank_text(row: Row) -> str:
    """Write a sector's rank in a footprint, or why it has none."""
    if words.is_known(row["rank"]):
        return f"{row['rank']:.0f}"
    return "set aside" if isinstance(row["set_aside"], str) and row["set_aside"] else words.MISSING


def verdict(found: LaborMarket) -> list[str]:
    """Say what a region's footprint is as a labor market, in sentences, the verdict first."""
    by = found.judged_by
    if by is None:
        return [f"Whether this footprint is a labor market is not known: {_why_not(found)}."]
    said = {
        Size.right: _right, Size.small: _small, Size.unsure: _unsure, Size.several: _several,
        Size.unknown: _nobody,
    }[found.size](found, by)  # fmt: skip
    limits = [*filter(None, [by.limits]), *_not_shown(found), *_redrawn(found, by)]
    return [*said, *_the_other(found, by), *limits]


def _why_not(found: LaborMarket) -> str:
    if not found.lacking:
        return "the store has no commuting of its counties; fetch it with lmi fetch --what flows"
    newest = max(found.lacking, key=lambda one: one.year)
    return (
        f"the newest commuting in the store, of {newest.year}, lacks {_lacking(found, newest)}; "
        "bring flows of a year that has them, or list the codes that they had then, too"
    )


def _lacking(found: LaborMarket, of: Lacking) -> str:
    named = [f"{found.name(county)} ({county})" for county in of.counties[:FEW_SHOWN]]
    more = len(of.counties) - FEW_SHOWN
    return listing([*named, *([words.count(more, "more county")] if more > 0 else [])])


def _not_shown(found: LaborMarket) -> list[str]:
    """Say of which table nothing is shown beside the one that judges, and why."""
    return [
        f"By {COUNTED[one.table]} of {one.year} nothing is said: the store lacks those of "
        f"{_lacking(found, one)}."
        for one in found.lacking
    ]


def _redrawn(found: LaborMarket, by: RegionFlows) -> list[str]:
    """Say where its counties had other codes then that are not known to be the same ground."""
    known = {*found.region.counties, *by.own}
    if known == set(by.own):
        return []
    return [
        f"The flows of {by.year} are of {listing([found.name(county) for county in by.own])}. {why}"
        for why in codes.area_break_reasons(known, by.year, LATEST, "acs")
    ]


def _kept(by: RegionFlows) -> str:
    held = by.containment
    return (
        f"{share_text(held.stay_to_work)} of its working residents work in it, and residents are "
        f"{share_text(held.filled_by_residents)} of those who work in it ({counted(by)})"
    )


def _needed(by: RegionFlows) -> str:
    needed = needed_containment(by.containment.lives.value)
    if not words.is_known(needed):
        least = words.whole(LEAST_WORKERS)
        return (
            f"a labor market has at least {least} working residents, and it has "
            f"{flow_text(by.containment.lives)}"
        )
    return f"a labor market of its size keeps both at {words.share(float(needed))} or more"


def _right(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"About right: {_kept(by)}; {_needed(by)}.", *_loose(found, by)]


def _loose(found: LaborMarket, by: RegionFlows) -> list[str]:
    at = found.flows.index(by)
    told = [
        f"{found.name(e.county)} ({words.share(e.ties[at].value)} of the smaller one's workers)"
        for e in found.loose[:FEW_SHOWN]
    ]
    if not told:
        return []
    which, whose = "and could be left out", "its"
    if len(told) > 1:
        which, whose = "and any one of them could be left out", "their"
    verb = "commutes" if len(told) == 1 else "commute"
    return [
        f"{listing(told)} hardly {verb} with the rest, {which}: ask whether {whose} employers "
        "belong to it."
    ]


def _small(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Too small: {_kept(by)}; {_needed(by)}.", *_remedies(found)]


def _unsure(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Too small or about right: {_kept(by)}; {_needed(by)}.", *_remedies(found)]


def _nobody(found: LaborMarket, by: RegionFlows) -> list[str]:
    return [f"Not known: nobody lives or works in it {counted(by)}."]


def _several(found: LaborMarket, by: RegionFlows) -> list[str]:
    parts = "; ".join(market_name(found, market) for market in found.markets)
    return [
        f"Too big for one labor market: {words.spelled(len(found.markets))} stand side by side, "
        f"most likely {parts}. {_kept(by)}, but few commute between these parts.",
        "A sector can still span them: ask whether its employers would meet at one table.",
    ]


def market_name(found: LaborMarket, market: Market) -> str:
    """Name a labor market by its counties."""
    return listing([found.name(county) for county in market.counties])


def _remedies(found: LaborMarket) -> list[str]:
    told = [
        f"{'with' if effect.joins else 'without'} {found.name(effect.county)}"
        for effect in found.remedies[:FEW_SHOWN]
    ]
    if not told:
        leaving = ", and none by leaving" if len(found.region.counties) > 1 else ""
        return [
            f"No county that exchanges {words.whole_share(CLOSE)} or more with it would make it "
            f"one by joining{leaving}."
        ]
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
