"""Which years of a state can be profiled, and which cannot be compared with each other."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from lmi import codes, naics
from lmi.analysis import region_breaks
from lmi.analysis.annual_rows import annual_rows, known_years
from lmi.analysis.base_year import base_year_for
from lmi.analysis.places import NATION, STATE, members_of, prefixes_of
from lmi.assessment.opening import OpenedState
from lmi.errors import StoreError

__all__ = ["breaks_between", "profile_years"]

BREAKS = [
    "year0", "year1", "since", "reason", "candidates", "industries", "n_industries", "regions",
]  # fmt: skip
PROFILES = [
    "year", "n_regions", "n_failed", "why", "base", "first", "has_state", "has_nation",
    "base_has_nation",
]  # fmt: skip


def breaks_between(opened: OpenedState, years: list[int]) -> pd.DataFrame:
    """List the breaks between years that follow each other in the store.

    Parameters
    ----------
    years : list of int
        In ascending order.

    Returns
    -------
    DataFrame
        ``year0``, ``year1``, ``since`` (first year with the new codes), ``reason`` (``NAICS 2022``,
        or what became of counties in a sentence), ``candidates`` (names, joined by "; "),
        ``industries`` (4-digit codes that changed, joined by blanks) of ``n_industries``,
        ``regions`` (names, likewise).
    """
    pairs = list(pairwise(years))
    rows = [_revision(opened, pair) for pair in pairs if _vintage(pair[0]) != _vintage(pair[1])]
    regions = {r.key: r.name for r in opened.state.regions}
    moved = region_breaks.area_breaks(opened.state, pairs)
    for year0, year1, reason in moved[["year0", "year1", "reason"]].drop_duplicates().to_numpy():
        is_it = (moved["year1"] == year1) & (moved["reason"] == reason)
        named = "; ".join(regions[key] for key in moved.loc[is_it, "region"])
        rows.append((year0, year1, year1, reason, "", "", 0, named))
    return pd.DataFrame(rows, columns=BREAKS).sort_values(["year0", "reason"], ignore_index=True)


def _vintage(year: int) -> int:
    return naics.naics_year(year)


def _revision(
    opened: OpenedState, pair: tuple[int, int]
) -> tuple[int, int, int, str, str, str, int, str]:
    """What a revision of NAICS between two years does to the candidates and the industries."""
    names = {c.key: c.name for c in opened.candidates}
    cut = region_breaks.candidate_break_table(opened.candidates, [pair])["candidate"].unique()
    held = opened.store.qcew(
        "annual", states=[opened.state.state_fips], years=pair, columns=["industry_code"]
    )["industry_code"].unique()
    if not len(held):
        held = opened.store.qcew(
            "quarterly", states=[opened.state.state_fips], years=pair, columns=["industry_code"]
        )["industry_code"].unique()
    four = [c for c in held if naics.parse_industry(c).level == "4-digit"]
    changed = region_breaks.industry_break_table(four, [pair])
    reason = f"NAICS {_vintage(pair[1])}"
    named = "; ".join(names[key] for key in cut)
    return (
        *pair,
        naics.VINTAGES[_vintage(pair[1])],
        reason,
        named,
        " ".join(changed["industry_code"]),
        len(four),
        "",
    )


def profile_years(opened: OpenedState) -> pd.DataFrame:
    """Say of every year that a county of the regions has whole what a profile of it would have.

    Returns
    -------
    DataFrame
        ``year``, ``n_regions``, ``n_failed`` and ``why`` (the first reason); ``base``, the year
        that growth is measured from (missing where there is none), ``first``, the same but the
        year before where it can be rebuilt from the changes over the year; ``has_state``,
        ``has_nation``, ``base_has_nation``: whether there is something to compare with.
    """
    store, state = opened.store, opened.state
    prefixes = prefixes_of(state.regions)
    known = known_years(store, prefixes)
    counties = {c for r in state.regions for c in r.counties}
    ever = frozenset(known["area_fips"])
    years = sorted({int(y) for y in known.loc[known["area_fips"].isin(counties), "year"]})
    nation = codes.nation_of(codes.statewide(state.state_fips))
    rows = []
    for year in years:
        present = frozenset(known.loc[known["year"] == year, "area_fips"])
        failed, places = _made(opened, present, ever, year)
        base = base_year_for(year, years)
        before = annual_rows(store, [state.state_fips], year - 1) if base is None else None
        rebuilt = before is not None and bool(before["area_fips"].isin(counties).any())
        rows.append(
            (
                year, len(state.regions), len(failed), next(iter(failed.values()), ""), base,
                base or (year - 1 if rebuilt else None), STATE in places, NATION in places,
                bool(base) and ((known["area_fips"] == nation) & (known["year"] == base)).any(),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=PROFILES).astype({"base": "Int64", "first": "Int64"})


def _made(
    opened: OpenedState, present: frozenset[str], ever: frozenset[str], year: int
) -> tuple[dict[str, str], set[str]]:
    """Which regions fail in a year and why, and which places the others are compared with."""
    try:
        members, failed = members_of(opened.state, present, ever, year)
    except StoreError as error:
        return {region.key: str(error) for region in opened.state.regions}, set()
    return failed, set(members["place"])
