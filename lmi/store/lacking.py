"""Whether a table of counties lacks some that stand among its own: cut off, or filtered.

A text that was cut at the end of a line is sound in itself. What is left are the first counties of
a state, or most of them, or a county that other years of the same file have. A few counties, such
as a region's, are an excerpt and need no word.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi import codes
from lmi.words import count, listing

__all__ = ["counties_that_lack", "of_nowhere"]

# In order of code the first five of a state are hardly a region.
FEWEST_FIRST = 5
# A labor force of Hawaii has no Kalawao.
MOST_UNTOLD = 0.02
YEARS_APART = 3
NAMED = 3


def counties_that_lack(rows: pl.DataFrame, place: str, value: str) -> Iterator[str]:
    """Name the counties that a table lacks, by state, where an excerpt would not lack them.

    Parameters
    ----------
    rows : polars.DataFrame
        All that one file says.
    place : str
        The column of areas.
    """
    given = rows.drop_nulls(value).select(pl.col(place).alias("area"), "year").unique()
    found = given.filter(pl.col("area").str.contains(r"^\d{5}$")).group_by(
        pl.col("area").str.head(2).alias("state"), "year"
    )
    by_state: dict[str, dict[int, set[str]]] = {}
    for state, year, areas in found.agg("area").sort("state", "year").iter_rows():
        by_state.setdefault(state, {})[year] = {*areas}
    told = [one for state, years in by_state.items() for one in _of_state(state, years, value)]
    yield from _states_of_other_years(by_state, value)
    yield from _totals_of_other_years(by_state, value)
    yield from told[:NAMED]
    if len(told) > NAMED:
        yield f"cut off or filtered: so are {count(len(told) - NAMED, 'other state')}"


def of_nowhere(areas: pl.Series) -> Iterator[str]:
    """Name the areas that there are none of, though their codes are well-formed."""
    unknown = [
        area for area in areas.unique().sort() if not (codes.is_area(area) or area == codes.ABROAD)
    ]
    if unknown:
        yield (
            f"{listing(unknown, NAMED)} {'is' if len(unknown) == 1 else 'are'} no area that is "
            "known here, and nothing asks for it; see whether the code is right"
        )


def _states_of_other_years(by_state: dict[str, dict[int, set[str]]], value: str) -> Iterator[str]:
    """Say of the year that lacks states how many that other years have.

    A file that was cut lacks them in one; in several, its states are of other years each.
    """
    years = sorted({year for found in by_state.values() for year in found})
    gone = {y: [state for state, found in by_state.items() if y not in found] for y in years}
    odd = [year for year in years if gone[year]]
    for year in odd if len(odd) == 1 else ():
        yield (
            f"cut off or filtered: it has no {value} of {count(len(gone[year]), 'state')} in "
            f"{year}, which it has of other years"
        )


def _totals_of_other_years(by_state: dict[str, dict[int, set[str]]], value: str) -> Iterator[str]:
    """Name the states whose own row is there in some years and not in one."""
    for state, years in by_state.items():
        total = codes.statewide(state)
        gone = [year for year, areas in years.items() if total not in areas]
        if len(gone) == 1 and len(years) > 1:
            yield f"it has no {value} of {total} in {gone[0]}, which it has of other years"


def _of_state(state: str, years: dict[int, set[str]], value: str) -> Iterator[str]:
    """Say what a state's years lack: the first of those that lack the most, and how many do."""
    if state not in codes.STATES:
        return
    every = set().union(*years.values())
    lacking: dict[int, list[str]] = {}
    known: dict[int, int] = {}
    for year, areas in years.items():
        counties = _lasting(state, year)
        gone = sorted({*counties} - areas)
        if gone and not areas.isdisjoint(counties) and _is_odd(counties, gone, every):
            lacking[year], known[year] = gone, len(counties)
    if not lacking:
        return
    year = max(lacking, key=lambda each: (len(lacking[each]), each))
    named = listing([f"{county} {year}" for county in lacking[year]], NAMED)
    others = f", and so in {count(len(lacking) - 1, 'other year')}" if len(lacking) > 1 else ""
    yield (
        f"cut off or filtered: it has no {value} of {len(lacking[year]):,} of the {known[year]:,} "
        f"counties of {codes.state_name(state)} ({named}){others}"
    )


def _lasting(state: str, year: int) -> list[str]:
    """Return a state's counties but those that came or went: tables take them on years apart."""
    about = (year - YEARS_APART, year, year + YEARS_APART)
    return sorted(set.intersection(*({*codes.counties_of(state, y, "acs")} for y in about)))


def _is_odd(counties: list[str], gone: list[str], every: set[str]) -> bool:
    """Tell whether what is there looks cut off, and not chosen."""
    n_there = len(counties) - len(gone)
    if gone == counties[n_there:] and n_there >= FEWEST_FIRST:
        return True
    if not every.isdisjoint(gone):
        return True
    return len(gone) > max(1, MOST_UNTOLD * len(counties)) and n_there >= len(counties) / 2
