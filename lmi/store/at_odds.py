"""Whether a table can stand beside itself, its other years and the other tables of the store.

A row may be sound by itself and still be ten times what the year before says, more than its state,
or more people at work than there are. Which of two numbers is wrong nobody can tell, so both are
named. What cannot be refuses the file; what is odd and may be is remarked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from lmi import codes
from lmi.schema import Table, table
from lmi.schema.others import (
    COMMUTING,
    COMMUTING_ALL_JOBS,
    COMMUTING_SURVEY,
    CONSUMER_PRICES,
    IN_THOUSANDS,
    LABOR_FORCE,
    POPULATION,
    PROJECTIONS,
    STATE_PROJECTIONS,
    THRESHOLDS,
)
from lmi.sources.csv_table import broken_relation
from lmi.sources.projected_wholes import beyond_wholes, grown_many_fold, totals_of
from lmi.store.as_before import in_another_column, mirrored, revised_much
from lmi.store.astray import alone, alone_in_its_area, odd_margins, partly_empty
from lmi.store.copied import of_another_year, parts_of_flows
from lmi.store.held_numbers import TOTALS, HeldNumbers
from lmi.store.lacking import counties_that_lack, of_nowhere
from lmi.store.staging import SOURCE_ID
from lmi.store.typed_tables import at_odds_with_itself, other_prices
from lmi.words import count, listing

__all__ = ["AtOdds", "all_at_odds", "at_odds", "is_compared"]

# Of 28,000 counties from one year to the next the population is at most 2.6-fold apart and the
# labor force 2.1-fold; a parish that a hurricane emptied lost three quarters.
MOST_FOLD, MOST_YEARS = 5, 10
LEAST = 1000  # people or jobs, below which a few make a multiple
# Counties add up to their state but for rounding: residents exactly, the labor force within
# 0.01 percent and the unemployed within 0.15. Estimates of two makers are a percent or two apart.
MOST_APART = 0.02
REMARKED_APART = {"population": 0.0005, "labor_force": 0.005}
# Main jobs by county of work are 52 to 104 percent of what QCEW counts there, in 64 counties.
JOBS_SPAN = (0.4, 1.5)
# Wyoming has 280,000 jobs and Los Angeles County four and a half million.
LEAST_IN_STATE, MOST_IN_COUNTY = 50_000, 8_000_000
NAMED = 3
_NEW = 0  # the number of no source
_FLOWS = {
    COMMUTING.name: "jobs",
    COMMUTING_ALL_JOBS.name: "all_jobs",
    COMMUTING_SURVEY.name: "workers",
}
_PEOPLE = {POPULATION.name: "population", LABOR_FORCE.name: "labor_force"}
_PROJECTED = {PROJECTIONS.name: "area_fips", STATE_PROJECTIONS.name: "place"}
COMPARED = (*_PEOPLE, *_FLOWS, *_PROJECTED, THRESHOLDS.name, CONSUMER_PRICES.name)
_JOBS = "jobs by QCEW"
_ENDS = ("w_county_fips", "h_county_fips")


@dataclass(frozen=True)
class _Ratio:
    """How one number of a place and year is to another, in a county and in a state."""

    over: str
    under: str
    county: tuple[float, float]
    state: tuple[float, float]


_RATIOS = (
    # 0.19 to 1.32 in 16,000 counties and years: a county of barracks, one of oil fields.
    _Ratio("labor_force", "population", (0.1, 1.5), (0.3, 0.9)),
    _Ratio(_JOBS, "population", (0.02, 10), (0.2, 1.5)),
    _Ratio(_JOBS, "labor_force", (0.05, 20), (0.4, 3)),
    _Ratio("base_emplvl", _JOBS, (0.3, 4), (0.5, 3)),
)


@dataclass(frozen=True)
class AtOdds:
    """What of a table cannot be, and what is odd."""

    refused: list[str] = field(default_factory=list)
    remarked: list[str] = field(default_factory=list)


def is_compared(name: str) -> bool:
    """Tell whether a table is held to others."""
    return name in COMPARED


def all_at_odds(held: HeldNumbers, year: int | None = None, areas: Sequence[str] = ()) -> AtOdds:
    """Hold the tables of a store to each other, or what they say of a year and of areas.

    Parameters
    ----------
    areas : sequence of str
        Areas, or the first characters of areas.
    """
    found = AtOdds()
    for name in COMPARED:
        rows = held.table(name)
        if rows is None:
            continue
        when = "base_year" if name in _PROJECTED else "year"
        place = _ENDS[0] if name in _FLOWS else _PROJECTED.get(name, "area_fips")
        is_asked = pl.any_horizontal(
            pl.col(place).str.starts_with(a) if place in rows.columns else pl.lit(True)
            for a in areas or [""]
        )
        asked = rows.filter(is_asked & (pl.col(when) == year if year else pl.lit(True)))
        each = at_odds(asked.drop(SOURCE_ID), name, held, of_one_file=False)
        found.refused.extend(each.refused)
        found.remarked.extend(each.remarked)
    return found


def at_odds(
    rows: pl.DataFrame, name: str, held: HeldNumbers, *, of_one_file: bool = True
) -> AtOdds:
    """Hold the rows of a table to each other and to what a store holds.

    Parameters
    ----------
    rows : polars.DataFrame
        In the table's columns, all that one file says.
    of_one_file : bool
        Whether they came as one file, which may have been cut; a store has many, of other places.
    """
    found = AtOdds()
    spec = table(name)
    for place in ("area_fips", *_ENDS):
        if place in rows.columns:
            found.remarked.extend(of_nowhere(rows[place]))
    if of_one_file:
        found.remarked.extend(_astray(rows, spec))
        found.refused.extend(in_another_column(rows, spec, held))
        found.remarked.extend(revised_much(rows, spec, held))
    if name in _FLOWS:
        value = _FLOWS[name]
        found.refused.extend(_beyond_any(rows, value))
        found.refused.extend(of_another_year(rows, name, _ENDS[0], value, held))
        found.refused.extend(mirrored(rows, name, _ENDS, value, held))
        found.refused.extend(parts_of_flows(rows, name, _ENDS, value, held))
        found.refused.extend(_over_the_years(rows, name, _ENDS, value, held))
        if name == COMMUTING_SURVEY.name:
            found.remarked.extend(_homes_that_lack(rows, value) if of_one_file else ())
        else:
            found.remarked.extend(_flows_and_jobs(rows, name, value, held))
    elif name in _PEOPLE:
        value = _PEOPLE[name]
        found.refused.extend(_over_the_years(rows, name, ("area_fips",), value, held))
        found.refused.extend(of_another_year(rows, name, "area_fips", value, held))
        if of_one_file:
            found.remarked.extend(counties_that_lack(rows, "area_fips", value))
        _against_states(rows, name, value, found)
        found.refused.extend(_against_others(_numbers(rows, value), value, held))
    elif name in _PROJECTED:
        if name == STATE_PROJECTIONS.name:  # its regions have no code to be found by
            is_area = pl.col("place").str.contains(r"^\d{5}$") & (pl.col("counts") != "growth")
            rows = rows.filter(is_area).rename({"place": "area_fips"})
        state = pl.col("area_fips").str.replace(r"^(\d\d)\d{3}$", "${1}000")
        wholes = beyond_wholes(rows, "area_fips", state)
        found.refused.extend(f"{told}; mend the file" for told in wholes)
        totals = totals_of(rows.filter(pl.col("own_code") == "0"))
        if broken := broken_relation(totals, PROJECTIONS, totals.columns):
            found.refused.append(f"by the sum of its sectors, {broken[0]}")
        by_year = totals.rename({"base_year": "year"}).unique(["area_fips", "year"])
        found.refused.extend(_against_others(_numbers(by_year, "base_emplvl"), "base_emplvl", held))
        found.remarked.extend(grown_many_fold(rows, "area_fips"))
    elif name == THRESHOLDS.name:
        found.refused.extend(at_odds_with_itself(rows, MOST_FOLD))
        found.remarked.extend(of_another_year(rows, name, "area_fips", "annual_wage", held))
    elif name == CONSUMER_PRICES.name:
        found.refused.extend(other_prices(rows))
    return found


def _astray(rows: pl.DataFrame, spec: Table) -> Iterator[str]:
    """Name what stands alone in a file, or lacks a number that other rows have."""
    yield from partly_empty(rows, spec)
    if spec.name in _PROJECTED:
        place = _PROJECTED[spec.name]
        yield from alone(rows, ("base_year", "projected_year"), place)
        yield from alone_in_its_area(rows, place)
    elif spec.name == COMMUTING_SURVEY.name:
        yield from odd_margins(rows, spec.key)
    elif spec.name not in _FLOWS and "area_fips" in rows.columns:
        yield from alone(rows, ("year",), "area_fips")
    if spec.name == THRESHOLDS.name:
        yield from alone(rows, ("household",), "area_fips")
        yield from counties_that_lack(rows, "area_fips", "annual_wage")


def _homes_that_lack(rows: pl.DataFrame, value: str) -> Iterator[str]:
    """Name the counties of home that lack, in states that have people who work at home in them.

    Those who come to work in a state live in many counties of others, and by far not in all.
    """
    work, home = _ENDS
    state = pl.col(home).str.head(2)
    within = rows.filter(pl.col(work).str.head(2) == state)
    yield from counties_that_lack(
        rows.filter(state.is_in(within[home].str.head(2).unique().implode())), home, value
    )


def _over_the_years(
    rows: pl.DataFrame, name: str, places: tuple[str, ...], value: str, held: HeldNumbers
) -> Iterator[str]:
    """Name the first of the numbers that are far from those of the year before or after."""
    columns = [*places, "year", value]
    every = [rows.select(*columns, pl.lit(_NEW, pl.Int32).alias(SOURCE_ID))]
    before = held.table(name)
    every += [] if before is None else [before.select(*columns, SOURCE_ID)]
    pairs = (
        pl.concat(every)
        .drop_nulls(value)
        .sort(*places, "year", SOURCE_ID)
        .with_columns(pl.col("year", value, SOURCE_ID).shift().over(places).name.prefix("_"))
    )
    larger, smaller = pl.max_horizontal(value, f"_{value}"), pl.min_horizontal(value, f"_{value}")
    is_new = pl.min_horizontal(SOURCE_ID, f"_{SOURCE_ID}") == _NEW
    is_far = (larger >= LEAST) & (larger > MOST_FOLD * smaller)
    is_near = pl.col("year") - pl.col("_year") <= MOST_YEARS
    far = pairs.filter(pl.col(f"_{value}").is_not_null() & is_new & is_far & is_near)
    if far.is_empty():
        return
    row = far.row(0, named=True)
    source = max(row[SOURCE_ID], row[f"_{SOURCE_ID}"])
    there = [f" by {held.named(n)}" if n else "" for n in (row[f"_{SOURCE_ID}"], row[SOURCE_ID])]
    out = f", or take that source out with `lmi remove {source}`" if source else ""
    more = f"; so are {far.height - 1:,} others" if far.height > 1 else ""
    yield (
        f"{value} of {' from '.join(row[place] for place in places)} is "
        f"{row[f'_{value}']:,} in {row['_year']}{there[0]} and {row[value]:,} in {row['year']}"
        f"{there[1]}, more than {MOST_FOLD}-fold apart{more}; mend the file{out}"
    )


def _against_states(rows: pl.DataFrame, name: str, value: str, found: AtOdds) -> None:
    """Hold the sums of counties to their states, and to what a state can be."""
    sums = _sums_of_counties(rows, value)
    as_states = sums.with_columns(pl.col("number").cast(pl.Int64).alias(value))
    if broken := broken_relation(as_states, table(name), ("area_fips", value)):
        found.refused.append(f"by the sum of its counties, {broken[0]}")
    both = sums.join(_numbers(rows, value), on=["area_fips", "year"], suffix="_own")
    apart = (pl.col("number") - pl.col("number_own")).abs()
    room = REMARKED_APART[value] * pl.col("number_own") + pl.col("counties")
    for area, year, counties, number, own in (
        both.filter(apart > room).sort("area_fips").iter_rows()
    ):
        told = (
            f"{area} {year} has a {value} of {own:,.0f}, and its {counties} counties add up to "
            f"{number:,.0f}"
        )
        if abs(number - own) > MOST_APART * own:
            found.refused.append(f"{told}; mend the file, or download it again")
        else:
            found.remarked.append(told)


def _numbers(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """Return a number of each area and year."""
    numbers = rows.select("area_fips", "year", pl.col(value).alias("number")).drop_nulls()
    return numbers.cast(TOTALS)  # type: ignore[arg-type]


def _sums_of_counties(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """Return the sums of the counties of those states and years that have them all."""
    is_county = pl.col("area_fips").str.contains(r"^\d{5}$") & ~pl.col("area_fips").str.contains(
        r"(000|999)$"
    )
    sums = (
        _numbers(rows, value)
        .filter(is_county)
        .group_by(pl.col("area_fips").str.head(2).alias("state"), "year")
        .agg(pl.col("area_fips"), pl.sum("number"))
    )
    whole = [
        (codes.statewide(state), year, len(areas), number)
        for state, year, areas, number in sums.iter_rows()
        if _has_all(state, year, areas)
    ]
    schema = {"area_fips": pl.String(), "year": pl.Int64(), "counties": pl.Int64()}
    return pl.DataFrame(whole, schema={**schema, "number": pl.Float64()}, orient="row")


def _has_all(state: str, year: int, areas: Iterable[str]) -> bool:
    """Tell whether areas are all the counties of a state, as far as these are known."""
    counties = codes.counties_of(state, year, "acs") if state in codes.STATES else {}
    return bool(counties) and {*areas}.issuperset(counties)


def _against_others(numbers: pl.DataFrame, value: str, held: HeldNumbers) -> Iterator[str]:
    """Hold a number of places to other numbers of the same places and years."""
    sums = _sums_of_counties(numbers, "number").select(numbers.columns)
    every = pl.concat([numbers, sums]).unique(["area_fips", "year"], keep="first")
    states, years = {*every["area_fips"].str.head(2)}, {*every["year"]}
    for ratio in _RATIOS:
        if value not in (ratio.over, ratio.under):
            continue
        other = ratio.under if value == ratio.over else ratio.over
        beside = _other(other, states, years, held)
        if beside is not None:
            both = every.join(beside, on=["area_fips", "year"], suffix="_other")
            yield from _out_of_span(both, value, other, ratio)


def _other(name: str, states: set[str], years: set[int], held: HeldNumbers) -> pl.DataFrame | None:
    if name == _JOBS:
        return held.jobs(states, years)
    rows = held.table(next((table for table, value in _PEOPLE.items() if value == name), ""))
    return None if rows is None else _numbers(rows, name)


def _out_of_span(both: pl.DataFrame, value: str, other: str, ratio: _Ratio) -> Iterator[str]:
    ours, theirs = pl.col("number"), pl.col("number_other")
    share = ours / theirs if value == ratio.over else theirs / ours
    is_state = pl.col("area_fips").str.ends_with("000")
    least, most = (
        pl.when(is_state).then(pl.lit(of_state)).otherwise(pl.lit(of_county))
        for of_county, of_state in zip(ratio.county, ratio.state, strict=True)
    )
    is_many = pl.max_horizontal(ours, theirs) >= LEAST
    odd = both.filter(is_many & ((share < least) | (share > most))).sort("area_fips", "year")
    if odd.is_empty():
        return
    area, year, number, beside = odd.select("area_fips", "year", "number", "number_other").row(0)
    more = f"; {odd.height - 1:,} others are no better" if odd.height > 1 else ""
    yield (
        f"{value} of {area} is {number:,.0f} in {year}, which cannot be beside {other} of "
        f"{beside:,.0f}{more}; mend the file, or the other in the store"
    )


def _beyond_any(rows: pl.DataFrame, value: str) -> Iterator[str]:
    """Name the first county of work and the first state whose flows cannot be all of them."""
    at_work = rows.group_by(area_fips="w_county_fips", year="year").agg(pl.sum(value))
    # Those who come in from other states may have a file of their own, and be few.
    is_within = pl.col("w_county_fips").str.head(2) == pl.col("h_county_fips").str.head(2)
    within = rows.filter(is_within).group_by(area_fips="w_county_fips", year="year")
    states = _sums_of_counties(within.agg(pl.sum(value)), value)
    few = states.filter(pl.col("number") < LEAST_IN_STATE).sort("area_fips", "year")
    for area, year, counties, number in few.head(1).iter_rows():
        yield (
            f"the {value} in the {count(counties, 'county')} of {area} add up to only "
            f"{number:,.0f} in {year}; {IN_THOUSANDS}"
        )
    many = _numbers(at_work, value).filter(pl.col("number") > MOST_IN_COUNTY)
    for area, year, number in many.sort("area_fips", "year").head(1).iter_rows():
        yield (
            f"the {value} in {area} add up to {number:,.0f} in {year}, more than any county has; "
            "see whether they are multiplied, or another column's"
        )


def _flows_and_jobs(rows: pl.DataFrame, name: str, value: str, held: HeldNumbers) -> Iterator[str]:
    """Name counties to which far fewer or more come to work than have jobs there."""
    key = [*_ENDS, "year"]
    before = held.table(name)
    stored = rows.clear() if before is None else before.join(rows, on=key, how="anti")
    every = pl.concat([rows.select(*key, value), stored.select(*key, value)])
    given = rows.select("w_county_fips", "year").unique()
    sums = every.group_by("w_county_fips", "year").agg(pl.sum(value)).join(given, on=given.columns)
    jobs = held.jobs({*sums["w_county_fips"].str.head(2)}, {*sums["year"]})
    both = sums.join(jobs, left_on=["w_county_fips", "year"], right_on=["area_fips", "year"])
    share = pl.col(value) / pl.col("number")
    odd = both.filter((pl.col("number") >= LEAST) & ~share.is_between(*JOBS_SPAN))
    if odd.is_empty():
        return
    told = [
        f"{county} {year}: {n:,} of {jobs:,.0f}"
        for county, year, n, jobs in odd.sort("w_county_fips", "year").iter_rows()
    ]
    yield (
        f"{value} are far from {_JOBS} in {count(odd.height, 'county')} of work "
        f"({listing(told, NAMED)}): flows are missing (part of the file, or those who live in "
        "other states), or they are not of that year"
    )
