"""The people around a region's jobs, from the store: residents, labor force, who commutes.

What is not in a table is unknown, never zero: a sum over counties of which one is absent says so,
and stands for the others alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.places import NATION, REGION, STATE, prefixes_of, required_counties
from lmi.codes.county_changes import Source
from lmi.config import Region, StateConfig
from lmi.missing import Missing
from lmi.store import Store
from lmi.words import listing

__all__ = [
    "COLUMNS",
    "FLOWS",
    "LEVELS",
    "flow_limits",
    "long_flows",
    "members",
    "read_context",
    "region_flows",
]

COLUMNS = (
    "region", "table", "place", "measure", "year", "area_fips", "value", "margin_of_error",
    "n_counties", "of_counties", "lacking", "limits",
)  # fmt: skip
LEVELS = {"population": ("population",), "labor_force": ("labor_force", "employed", "unemployed")}
FLOWS = {"commuting": "jobs", "commuting_all_jobs": "all_jobs", "commuting_survey": "workers"}
RATE = "unemployment_rate"
MOST_STATES = 20  # with so many places of work, a file of flows is of the nation
YEARS = 11  # the newest and ten before it
_Row = dict[str, Any]
_Flows = tuple[int, pd.DataFrame, frozenset[str]]  # a year, its rows, counties at both ends
UNSAID: _Row = {"area_fips": "", "margin_of_error": 0.0, "lacking": "", "limits": ""}


class Members(NamedTuple):
    """The counties of a place that a table has in a year, and those that it lacks."""

    have: tuple[str, ...]
    lacking: tuple[str, ...]


def read_context(store: Store, state: StateConfig) -> tuple[pd.DataFrame, set[int]]:
    """Return what the store has of the people around each region's jobs, and from which sources.

    Returns
    -------
    DataFrame
        One row a number: ``region``, ``table``, ``place``, ``measure``, ``year``; ``area_fips``,
        the county at the other end of a flow, else empty; ``value`` (persons, jobs or percent)
        and its ``margin_of_error`` at 90 percent; ``n_counties`` of ``of_counties`` that it is
        of, ``lacking`` the codes of the others; ``limits``, what the file of flows cannot tell.
    set of int
        Numbers of the sources.
    """
    rows: list[_Row] = []
    sources: set[int] = set()
    for name in (*LEVELS, *FLOWS):
        table = store.table(name, states=prefixes_of(state.regions))
        if isinstance(table, Missing):
            continue
        sources |= set(table["source_id"])
        found = _levels(name, table, state) if name in LEVELS else _flows(name, table, state)
        rows += [UNSAID | {"table": name} | row for row in found]
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = {name: made[name].astype(float) for name in ("value", "margin_of_error")}
    counts = {name: made[name].astype(int) for name in ("year", "n_counties", "of_counties")}
    return made.assign(**numbers, **counts), {int(i) for i in sources}


def members(counties: Sequence[str], year: int, present: Collection[str]) -> Members:
    """Tell which counties of a place are there in a year, by whichever codes lack the fewest.

    Agencies take up new codes of counties in different years; old and new are never mixed.

    Examples
    --------
    >>> members(["09011", "09180"], 2022, {"09180"})
    Members(have=('09180',), lacking=())
    >>> members(["08001", "08005"], 2022, {"08001"})
    Members(have=('08001',), lacking=('08005',))
    >>> members(["15009"], 2022, {"15009", "15005"}).have  # Kalawao is counted with Maui
    ('15005', '15009')
    >>> members(["02158"], 2013, {"02270"}), members(["09110"], 2013, {"09003"})
    (Members(have=('02270',), lacking=()), Members(have=(), lacking=('09110',)))
    """
    if not counties or codes.nation_of(counties[0]) != codes.NATION:
        return Members(tuple(c for c in counties if c in present), ())
    needed = [_needed(counties, year, source) for source in ("qcew", "acs")]
    chosen = min((n for n in needed if n), key=lambda n: len(n - set(present)), default=set())
    parts = {part for part, whole in codes.counted_with().items() if whole in chosen}
    have = (chosen | parts) & set(present)
    return Members(tuple(sorted(have)), tuple(sorted(chosen - set(present))))


def _needed(counties: Sequence[str], year: int, source: Source) -> set[str]:
    """Return the codes that a place has in a year.

    Those that are not in use then need none where the place has codes of the other side of their
    change, and are those of the other side where it has all of their own.
    """
    needed, own = required_counties(counties, year, (), source), set(counties)
    for change in codes.county_changes():
        for mine, other in ((change.before, change.after), (change.after, change.before)):
            gone = {c for c in own & mine - other if not codes.in_use(c, year, source)}
            if not gone or (other - mine) & own:
                continue
            then = {c for c in other if codes.in_use(c, year, source)}
            needed |= then if mine <= own and then else gone
    return needed


def _levels(name: str, table: pd.DataFrame, state: StateConfig) -> Iterator[_Row]:
    measured: dict[str, tuple[str, ...]] = {measure: (measure,) for measure in LEVELS[name]}
    if name == "labor_force":
        measured[RATE] = ("unemployed", "labor_force")
    years = {year: table[table["year"] == year] for year in sorted(table["year"].unique())[-YEARS:]}
    for measure, columns in measured.items():
        for year, rows in years.items():
            held = rows[["area_fips", *columns]].dropna()
            areas = held["area_fips"].tolist()
            parts = [dict(zip(areas, held[c].astype(float), strict=True)) for c in columns]
            for region, place, found in _places(state.regions, int(year), parts[0]):
                value, *wholes = (sum(part[area] for area in found.have) for part in parts)
                for whole in wholes:
                    value = 100 * value / whole if whole else float("nan")
                told = {"region": region, "place": place, "measure": measure}
                yield told | {"year": int(year), "value": value} | _of(found)


def _of(found: Members) -> _Row:
    return {
        "n_counties": len(found.have),
        "of_counties": len(found.have) + len(found.lacking),
        "lacking": " ".join(found.lacking),
    }


def _places(
    regions: Sequence[Region], year: int, present: Collection[str]
) -> Iterator[tuple[str, str, Members]]:
    """Each region with what is there of it, and its states and nation where they are whole."""
    references = {area for region in regions for area in region.reference_states}
    whole = {area: _whole_state(area, year, present) for area in references}
    for region in regions:
        own = members(region.counties, year, present)
        states = [whole[area] for area in region.reference_states]
        if own.have:
            yield region.key, REGION, own
        if all(states):
            yield region.key, STATE, Members(tuple(a for areas in states for a in areas), ())
        if region.nation in present:
            yield region.key, NATION, Members((region.nation,), ())


def _whole_state(area: str, year: int, present: Collection[str]) -> tuple[str, ...]:
    """A state's own row, else its counties where all are there."""
    if area in present:
        return (area,)
    if codes.nation_of(area) != codes.NATION:
        return tuple(a for a in present if a[:2] == area[:2] and a != area)
    found = members([*codes.counties_of(area[:2], year, "acs"),
                     *codes.counties_of(area[:2], year)], year, present)  # fmt: skip
    return () if found.lacking else found.have


def long_flows(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of flows with ``work``, ``home``, ``value``, ``margin_of_error``, ``year``.

    What is counted with another county today is one with it, so that a flow may have two rows.
    """
    flows = table.rename(
        columns={"w_county_fips": "work", "h_county_fips": "home", FLOWS[name]: "value"}
    )
    whole = codes.counted_with()
    for end in ("work", "home"):
        parts = flows[end].isin(whole)
        if parts.any():
            flows[end] = flows[end].mask(parts, flows[end].map(whole))
    return flows if "margin_of_error" in flows else flows.assign(margin_of_error=0.0)


def _flows(name: str, table: pd.DataFrame, state: StateConfig) -> Iterator[_Row]:
    """Sum each region's flows in the newest year that has all its counties at both ends."""
    flows = long_flows(name, table)
    by_year = ((year, flows[flows["year"] == year]) for year in sorted(flows["year"].unique()))
    years = [(int(y), rows, frozenset(rows["work"].unique()) & frozenset(rows["home"].unique()))
             for y, rows in by_year][::-1]  # fmt: skip
    for region in state.regions:
        told = {"region": region.key, "place": REGION}
        for row in _newest_flows(years, region):
            yield told | row


def _newest_flows(years: Sequence[_Flows], region: Region) -> list[_Row]:
    lacking: list[_Row] = []
    for year, rows, present in years:
        found = members(region.counties, year, present)
        if not found.have:
            continue
        whole = {"year": year} | _of(found)
        if not found.lacking:
            sums = region_flows(rows, found.have).to_dict("records")
            limits = flow_limits(rows, region)
            return [{str(k): v for k, v in one.items()} | whole | {"limits": limits}
                    for one in sums]  # fmt: skip
        lacking = lacking or [{"measure": "stay", "value": float("nan")} | whole]
    return lacking


def region_flows(rows: pd.DataFrame, counties: Collection[str]) -> pd.DataFrame:
    """Sum flows over a region's border and within it.

    Parameters
    ----------
    rows : DataFrame
        ``work``, ``home``, ``value``, ``margin_of_error``; one year.

    Returns
    -------
    DataFrame
        ``measure`` (``stay``, ``in``, ``out``; ``work``, those who work in the region, and
        ``home``, those who live there and work), ``area_fips`` of the county at the other end of
        ``in`` and ``out``, empty for their sums; ``value``, ``margin_of_error``.

    Notes
    -----
    A sum's margin of error is the root of the sum of squares, as the Census Bureau has it
    (American Community Survey, Worked Examples for Approximating Margins of Error).
    """
    works, lives = (rows[end].isin(counties).to_numpy() for end in ("work", "home"))
    own = rows[works | lives]
    works, lives = works[works | lives], lives[works | lives]
    measured = {
        "stay": works & lives, "in": works & ~lives, "out": lives & ~works, "work": works,
        "home": lives,
    }  # fmt: skip
    value, margin = (own[name].to_numpy(dtype=float) for name in ("value", "margin_of_error"))
    # a margin that is not known makes that of a sum unknown: infinite, until it is summed
    squared = np.where(np.isnan(margin), np.inf, margin) ** 2
    work, home = (own[end].to_numpy(dtype=object) for end in ("work", "home"))
    together, none = np.full(len(own), "", dtype=object), np.zeros(len(measured))
    # a sum over nothing is a zero here: the counties are all in the table
    parts = [(np.array([*measured], dtype=object), np.full(len(measured), ""), none, none)]
    for name, area in (*((name, together) for name in measured), ("in", home), ("out", work)):
        at = np.flatnonzero(measured[name])
        parts.append((np.full(len(at), name, dtype=object), area[at], value[at], squared[at]))
    columns = ["measure", "area_fips", "value", "margin_of_error"]
    each = dict(zip(columns, map(np.concatenate, zip(*parts, strict=True)), strict=True))
    sums = pd.DataFrame(each).groupby(columns[:2], as_index=False).sum()
    sums["margin_of_error"] = np.sqrt(sums["margin_of_error"]).replace(np.inf, np.nan)
    return sums.sort_values(
        ["measure", "value", "area_fips"], ascending=[True, False, True], ignore_index=True
    )


def flow_limits(rows: pd.DataFrame, region: Region) -> str:
    """Say which flows across the lines of the region's states a file cannot tell of."""
    own = set(region.state_fips)
    work, home = rows["work"].str[-5:-3], rows["home"].str[-5:-3]
    elsewhere = sorted(set(work.unique()) - own - {"XX"})
    comes_in = all(((work == state) & (home != state)).any() for state in own)
    if not comes_in and not elsewhere:
        return "Flows across the state line are not in the file."
    said = [] if comes_in else ["Who comes in from another state is not in the file."]
    if not elsewhere:
        said.append("Residents who work in another state are not in the file.")
    elif len(elsewhere) < MOST_STATES:
        named = listing([codes.state_name(state) for state in elsewhere])
        said.append(f"Of residents who work in other states, those in {named} alone are in it.")
    return " ".join(said)
