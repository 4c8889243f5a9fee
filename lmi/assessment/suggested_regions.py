"""Regions that a state's commuting suggests, where it has none: a beginning to talk about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lmi import codes
from lmi.analysis.county_flows import CountyFlows
from lmi.assessment.commuting_flows import JOBS_FIRST, SURVEY, newest_of_state
from lmi.assessment.footprint import Market, county_called, market_of
from lmi.assessment.outlines import map_names
from lmi.config.gazetteer import short_name
from lmi.measures.commuting_zones import commuting_similarity, commuting_zones
from lmi.store import Store
from lmi.words import listing

__all__ = ["SuggestedRegions", "state_file", "suggest_regions", "suggested_name"]

LONGEST_KEY = 60
NAMED = 2  # counties in a region's name
LATEST = 9999  # by the newest codes of counties


@dataclass(frozen=True)
class SuggestedRegions:
    """Groups of a state's counties.

    Parameters
    ----------
    table : str
        The flows that they are from.
    markets : tuple of Market
        The largest first; one is no labor market by itself only where it is tied to no other.
    lacking : tuple of str
        Counties of the state that the flows lack.
    live : mapping of str to float
        Working residents by county.
    names : mapping of str to str
        Counties by the names on the map.
    """

    state_fips: str
    table: str
    year: int
    markets: tuple[Market, ...]
    lacking: tuple[str, ...]
    live: Mapping[str, float]
    names: Mapping[str, str]

    def name(self, county: str) -> str:
        """Return what a county is called."""
        name = county_called(county, self.names)
        return name if self.names else short_name(name)


def suggest_regions(store: Store, state_fips: str) -> SuggestedRegions | None:
    """Group a state's counties into labor markets by who commutes between them.

    Returns
    -------
    SuggestedRegions or None
        None where the store has no flows of the state.

    Notes
    -----
    Commuting zones first (`lmi.measures.commuting_zones`), of flows that are surely more than
    none: a county of sixty workers would tie all islands of Hawaii together otherwise. Then, as
    the Travel to Work Areas are made, the group that is least of a labor market joins the one
    that it is tied to most, until each is one. Counties of other states are left out: a region
    that crosses a line is drawn by hand.
    """
    for table in (SURVEY, *JOBS_FIRST):
        found = newest_of_state(store, table, state_fips)
        if found is not None:
            year, flows = found
            known = {*codes.counties_of(state_fips, year, "acs")} - codes.counted_with().keys()
            lacking = tuple(sorted(known - set(flows.counties)))
            live = dict(zip(flows.counties, flows.live.tolist(), strict=True))
            markets = tuple(_by_newest_codes(one, live) for one in _grouped(flows))
            names = map_names(store.boundaries("county", [state_fips]))
            return SuggestedRegions(state_fips, table, year, markets, lacking, live, names)
    return None


def _grouped(flows: CountyFlows) -> tuple[Market, ...]:
    sure = np.where(flows.flows_squared < flows.flows**2, flows.flows, 0.0)
    zones = commuting_zones(commuting_similarity(sure, flows.live))
    groups = [np.flatnonzero(zones == zone) for zone in range(zones.max() + 1)]

    def market(group: np.ndarray) -> Market:
        return market_of(flows, [flows.counties[i] for i in group])

    while len(groups) > 1:
        least = min(groups, key=lambda group: (market(group).validity, group[0]))
        if market(least).validity >= 1:
            break
        ties = [_tie(flows, least, other) if other is not least else -1.0 for other in groups]
        if max(ties) <= 0:
            break
        joined = groups[int(np.argmax(ties))]
        merged = np.sort(np.concatenate([least, joined]))
        groups = [g for g in groups if g is not least and g is not joined] + [merged]
    return tuple(sorted(map(market, groups), key=lambda m: (-m.lives, m.counties)))


def _by_newest_codes(market: Market, live: dict[str, float]) -> Market:
    """Name counties that changed their codes since by the new ones, where all are in a market."""
    own = set(market.counties)
    for change in codes.county_changes():
        old, new = change.before - change.after, change.after - change.before
        if old and new and change.before <= own:
            own = own - old | new
            live.update(dict.fromkeys(new, sum(live[c] for c in old) / len(new)))
    return replace(market, counties=tuple(sorted(own)))


def _tie(flows: CountyFlows, one: np.ndarray, other: np.ndarray) -> float:
    exchanged = flows.flows[np.ix_(one, other)].sum() + flows.flows[np.ix_(other, one)].sum()
    smaller = min(flows.live[one].sum(), flows.live[other].sum())
    return float(exchanged / smaller) if smaller else 0.0


def suggested_name(found: SuggestedRegions, market: Market) -> str:
    """Name a region by the two counties in which most live: "Larimer and Weld"."""
    ordered = sorted(market.counties, key=lambda county: (-found.live.get(county, 0.0), county))
    return listing([found.name(c) for c in ordered[:NAMED]])


def state_file(found: SuggestedRegions, said: str) -> str:
    """Write the suggestion as the ``state.yml`` of a state, to be corrected by hand.

    Parameters
    ----------
    said : str
        How the regions were made.
    """
    of_then = [c for market in found.markets for c in market.counties
               if codes.is_county(c) and not codes.in_use(c, LATEST)]  # fmt: skip
    lines = [
        f"state: {codes.state_name(found.state_fips)}", f'state_fips: "{found.state_fips}"',
        *([f"county_year: {found.year}"] if of_then else []),
        "title: Suggested labor markets", "source:",
        "  name: Suggested by commuting; nobody has drawn them yet", f"  note: {said}",
        f"partition: {'false' if found.lacking else 'true'}", "", "regions:",
    ]  # fmt: skip
    for market in found.markets:
        name = suggested_name(found, market)
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_KEY]
        lines += [f"  {key}:", f"    name: {name}", "    counties:"]
        lines += [f'      - "{c}" # {found.name(c)}' for c in market.counties]
    return "\n".join(lines) + "\n"
