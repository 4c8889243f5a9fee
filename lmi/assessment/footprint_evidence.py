"""What is known of a footprint, whole and plain: kept, and shown without a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from lmi.analysis.county_flows import Containment, Flow, Share
from lmi.assessment.commuting_flows import RegionFlows
from lmi.assessment.footprint import CountyEffect, LaborMarket, Size, size_of
from lmi.assessment.footprint_fit import Fit, SectorFit
from lmi.assessment.footprint_sectors import AS_IT_IS, SectorsAround
from lmi.assessment.footprint_tables import footprint_key
from lmi.assessment.footprint_verdict import IS_LARGE, counted, market_name, verdict
from lmi.assessment.json_values import plain
from lmi.assessment.outlines import CountyOnMap, outlines
from lmi.missing import Missing
from lmi.words import Row, records

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Amount", "CountyTried", "FlowsSeen", "FootprintEvidence", "Partner", "SectorSeen"]

MOST_PARTNERS = 8
DECIMALS = 4


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Amount(_Kept):
    """A number or a share, and its margin of error: 0 where it was counted, none if not known."""

    value: float
    margin: float | None = None


class Partner(_Kept):
    """A county that workers come from, or go to.

    Parameters
    ----------
    mostly : str
        The footprint's own county at the other end of the most of them.
    """

    county: str
    name: str
    amount: Amount
    mostly: str


class FlowsSeen(_Kept):
    """Who works in a footprint and who lives there, by one table of flows.

    Parameters
    ----------
    when : str
        What they are of, and when: "by survey, 2009 to 2013".
    stay, works, lives : Amount
        Who lives and works in it; all who work in it; all who live in it and work.
    stay_to_work, filled_by_residents : Amount or None
        Shares of those who live in it, and of those who work in it.
    comes_in, goes_out : tuple of Partner
        The counties at the other end, the largest first.
    """

    table: str
    when: str
    stay: Amount
    works: Amount
    lives: Amount
    stay_to_work: Amount | None
    filled_by_residents: Amount | None
    comes_in: tuple[Partner, ...]
    goes_out: tuple[Partner, ...]


class CountyTried(_Kept):
    """What becomes of a footprint if a county joins it, or leaves it.

    Parameters
    ----------
    tie : Amount
        Share of the smaller one's workers that it exchanges with the rest.
    is_market : str
        Whether it would be large enough to be a labor market: yes, no or perhaps.
    sectors : dict of str to dict
        By candidate: jobs, concentration and rank, as `SectorsAround` has them.
    """

    county: str
    name: str
    joins: bool
    tie: Amount
    stay_to_work: Amount | None
    filled_by_residents: Amount | None
    is_market: str
    sectors: dict[str, dict[str, Any]]


class SectorSeen(_Kept):
    """A candidate in a footprint, and whether that fits it.

    Parameters
    ----------
    said : tuple of str
        Sentences, the verdict first.
    now : dict
        Jobs, concentration and rank.
    """

    candidate: str
    name: str
    fit: str
    said: tuple[str, ...]
    now: dict[str, Any]


class FootprintEvidence(_Kept):
    """What is known of a footprint.

    Parameters
    ----------
    size : str
        What it is as a labor market, as `lmi.assessment.footprint.Size` names it.
    verdict : tuple of str
        Sentences, the verdict first.
    flows : tuple of FlowsSeen
        The table that it is judged by first; none where the store lacks its commuting.
    markets : tuple of str
        The labor markets that it is made of, by their counties.
    changes : tuple of CountyTried
        By the first table of flows.
    not_tried : int
        Counties nearby that exchange less than those of `changes`.
    sectors : tuple of SectorSeen
        Those that have jobs in it; none where the store lacks a county's jobs.
    shapes : dict of str to CountyOnMap
        Its own counties and those near it; none without a map.
    """

    counties: tuple[str, ...]
    size: str
    verdict: tuple[str, ...]
    flows: tuple[FlowsSeen, ...]
    markets: tuple[str, ...]
    changes: tuple[CountyTried, ...]
    not_tried: int = 0
    sectors: tuple[SectorSeen, ...]
    shapes: dict[str, CountyOnMap]

    @classmethod
    def of(
        cls,
        market: LaborMarket,
        shapes: gpd.GeoDataFrame | Missing,
        around: SectorsAround | None = None,
        fits: Sequence[SectorFit] = (),
    ) -> FootprintEvidence:
        """Gather what is known.

        Parameters
        ----------
        shapes : GeoDataFrame or Missing
            Counties of the states of the footprint and of those near it.
        around : SectorsAround, optional
            Candidates in it as it is and as it would be.
        """
        by = market.judged_by
        tables = sorted(market.flows, key=lambda one: one is not by)
        by_footprint = _by_footprint(around)
        return cls(
            counties=market.region.counties,
            size=str(market.size),
            verdict=tuple(verdict(market)),
            flows=tuple(_seen(market, one) for one in tables),
            markets=tuple(market_name(market, one) for one in market.markets),
            changes=() if by is None else tuple(
                _change(market, effect, market.flows.index(by), by_footprint)
                for effect in market.effects
            ),
            not_tried=len(market.around) - len(market.near),
            sectors=tuple(
                SectorSeen(
                    candidate=one.candidate, name=one.name, fit=str(one.fit), said=one.said,
                    now=by_footprint[AS_IT_IS][one.candidate],
                )
                for one in fits
                if one.fit is not Fit.none
            ),
            shapes={} if isinstance(shapes, Missing) else outlines(
                shapes, {c: market.name(c) for c in (*market.region.counties, *market.near)}
            ),
        )  # fmt: skip

    @property
    def is_market(self) -> str:
        """Whether it is large enough to be a labor market: yes, no or perhaps."""
        size = Size(self.size)
        return IS_LARGE[Size.right if size is Size.several else size]

    def sector(self, candidate: str) -> SectorSeen | None:
        """Return a candidate by its key; None where it has no jobs here."""
        return next((one for one in self.sectors if one.candidate == candidate), None)


def _amount(of: Flow | Share | None) -> Amount | None:
    return None if of is None else Amount.model_validate(
        plain({"value": of.value, "margin": of.margin}, DECIMALS)
    )  # fmt: skip


def _known(of: Flow | Share) -> Amount:
    found = _amount(of)
    assert found is not None, "it is there"
    return found


def _shares(held: Containment) -> dict[str, Amount | None]:
    return {
        "stay_to_work": _amount(held.stay_to_work),
        "filled_by_residents": _amount(held.filled_by_residents),
    }


def _seen(market: LaborMarket, by: RegionFlows) -> FlowsSeen:
    held, flows = by.containment, by.by_county
    own = flows.chosen(by.own)
    inside = np.array(flows.counties)[own]
    at = {county: row for row, county in enumerate(flows.counties)}

    def partners(end: Sequence[Flow], comes: bool) -> tuple[Partner, ...]:
        found = []
        for flow in end[:MOST_PARTNERS]:
            row = at[flow.area_fips]
            with_own = flows.flows[own, row] if comes else flows.flows[row, own]
            found.append(
                Partner(
                    county=flow.area_fips, name=market.name(flow.area_fips), amount=_known(flow),
                    mostly=str(inside[int(with_own.argmax())]),
                )
            )  # fmt: skip
        return tuple(found)

    comes_in, goes_out = by.partners()
    return FlowsSeen(
        table=by.table, when=counted(by), stay=_known(held.stay), works=_known(held.works),
        lives=_known(held.lives), **_shares(held), comes_in=partners(comes_in, True),
        goes_out=partners(goes_out, False),
    )  # fmt: skip


def _by_footprint(around: SectorsAround | None) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in [] if around is None else records(around.footprints):
        told: Row = {k: v for k, v in row.items() if k not in ("footprint", "candidate_name")}
        of_footprint = found.setdefault(str(row["footprint"]), {})
        of_footprint[str(row["candidate"])] = plain(told, DECIMALS)
    return found


def _change(
    market: LaborMarket,
    effect: CountyEffect,
    at: int,
    by_footprint: dict[str, dict[str, dict[str, Any]]],
) -> CountyTried:
    held = effect.after[at]
    return CountyTried(
        county=effect.county, name=market.name(effect.county), joins=effect.joins,
        tie=_known(effect.ties[at]), **_shares(held),
        is_market=IS_LARGE[size_of(held)],
        sectors=by_footprint.get(footprint_key(effect.county, effect.joins), {}),
    )  # fmt: skip
