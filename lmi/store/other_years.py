"""Whether the totals of a QCEW file are of their period and area, told by what stands beside them.

Each row says how much its jobs changed over the year, so that it tells of the year before; no two
counties or quarters have the same total to the dollar; and counties add up to their state. A file
that bears another period or area than its own is sound in itself, and shows by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from lmi import codes
from lmi.schema import Table
from lmi.store.at_odds import AtOdds
from lmi.store.held_numbers import HeldNumbers, totals_in
from lmi.words import count

__all__ = ["totals_at_odds"]

# Of one release both agree to the job, in all of 192 totals of counties and states; a revision
# moves a total by a percent or two, and one of a county whose records were mended by more.
MOST_APART = 0.25
REMARKED_APART = 0.005  # of a state and its counties, which are of two releases then
LEAST = 1000  # jobs, below which a few make a quarter
_KEY = ["area_fips", "qtr"]
_ONE_OF_TWO = "download it again, or take the other out with `lmi remove`"


def totals_at_odds(chunks: Mapping[str, Sequence[Path]], table: Table, held: HeldNumbers) -> AtOdds:
    """Hold the totals of staged rows to those of a store, of their year and of those beside it.

    Parameters
    ----------
    chunks : mapping of str to sequence of pathlib.Path
        Staged files of each partition.
    """
    found = AtOdds()
    pairs: list[pl.DataFrame] = []
    for name, files in chunks.items():
        ours = totals_in(files, table)
        beside = held.qcew_totals(table, name)
        every = pl.concat([beside, ours]).unique(_KEY, keep="last")
        found.refused.extend(_copies(ours, beside))
        _against_states(ours, every, found)
        pairs += _pairs(name, ours, table, held)
    if pairs:
        _against_years(pl.concat(pairs), found)
    return found


def _against_years(both: pl.DataFrame, found: AtOdds) -> None:
    """Hold totals to what the year after tells of them."""
    larger = pl.max_horizontal("jobs", "told")
    far = ((pl.col("jobs") - pl.col("told")).abs() > MOST_APART * larger).fill_null(False)
    odd = both.filter((larger >= LEAST) & (far | pl.col("is_copy"))).sort("area_fips", "year")
    if odd.is_empty():
        return
    row = odd.row(0, named=True)
    others = f"; so are {count(odd.height - 1, 'other total')}" if odd.height > 1 else ""
    later = row["year"] + 1
    if row["is_copy"]:
        change = "change over the year" if row["told"] is not None else "wages"
        told = f"{later} has the very same, with the same {change}"
    else:
        told = f"the rows of {later} and their changes over the year tell of {row['told']:,}"
    said = f"{row['area_fips']} {row['year']} has {row['jobs']:,} jobs in all, and {told}"
    if 2 * odd.height > both.height:
        found.refused.append(
            f"{said}{others}, so one of the two files is of another year or area than it says; "
            f"{_ONE_OF_TWO}"
        )
    else:
        found.remarked.append(f"{said}{others}")


def _against_states(ours: pl.DataFrame, every: pl.DataFrame, found: AtOdds) -> None:
    """Hold the counties of a state and period to its own total."""
    given = every.join(ours, on="qtr", how="semi").drop_nulls("jobs")
    for own in given.filter(pl.col("area_fips").str.ends_with("000")).iter_rows(named=True):
        parts = given.filter(
            (pl.col("qtr") == own["qtr"]) & (pl.col("area_fips") != own["area_fips"])
        )
        jobs, areas = int(parts["jobs"].sum()), {*parts["area_fips"]}
        apart = jobs - own["jobs"]
        state = own["area_fips"][:2]
        whole = {*codes.counties_of(state, own["year"])} if state in codes.STATES else set()
        is_short = apart < 0 and whole and areas >= whole | {f"{state}999"}
        is_far = abs(apart) > REMARKED_APART * own["jobs"] + len(areas)
        if max(jobs, own["jobs"]) < LEAST or not is_far or not (apart > 0 or is_short):
            continue
        told = (
            f"{_named(own)} has {own['jobs']:,} jobs in all, and its {len(areas)} areas, which "
            f"should add up to it, have {jobs:,}"
        )
        if abs(apart) > MOST_APART * own["jobs"]:
            found.refused.append(f"{told}, so one of the two files is wrong; {_ONE_OF_TWO}")
        else:
            found.remarked.append(f"{told}; are they of two releases?")


def _named(row: Mapping[str, object], suffix: str = "") -> str:
    quarter = row[f"qtr{suffix}"]
    return f"{row[f'area_fips{suffix}']} {row['year']}" + ("" if quarter == "A" else f" Q{quarter}")


def _copies(ours: pl.DataFrame, beside: pl.DataFrame) -> Iterator[str]:
    """Name the first county's total that a store has of another county or quarter of its year."""
    # A state may be one county.
    is_county = (pl.col("jobs") >= LEAST) & ~pl.col("area_fips").str.ends_with("000")
    same = ["jobs", "change", "wages", "estabs"]
    pairs = (
        ours.filter(is_county)
        .join(beside.filter(is_county), on=same, suffix="_other", nulls_equal=True)
        .filter(pl.struct(_KEY) != pl.struct(area_fips="area_fips_other", qtr="qtr_other"))
    )
    for row in pairs.sort(*_KEY).head(1).iter_rows(named=True):
        yield (
            f"{_named(row)} and {_named(row, '_other')} have the very same {row['jobs']:,} jobs, "
            f"{row['wages']:,} dollars of wages and changes over the year, so one of the two is of "
            f"another area or quarter than it says; {_ONE_OF_TWO}"
        )


def _pairs(
    name: str, ours: pl.DataFrame, table: Table, held: HeldNumbers
) -> Iterator[pl.DataFrame]:
    """Yield the jobs of totals beside what the year after tells of them."""
    state, _, year = name.rpartition("/year=")
    for n in (-1, 1):
        theirs = held.qcew_totals(table, f"{state}/year={int(year) + n}")
        if theirs.is_empty():
            continue
        earlier, later = (theirs, ours) if n < 0 else (ours, theirs)
        both = earlier.join(later, on=_KEY, suffix="_later").drop_nulls("jobs")
        # Where a layout tells of no changes, no two years pay the same wages to the dollar.
        same = [
            pl.col(name) == pl.col(f"{name}_later")
            for name in ("jobs", "change", "wages", "estabs")
        ]
        is_copy = same[0] & (same[1] | (same[1].is_null() & same[2] & same[3])).fill_null(False)
        told = pl.when(pl.col("change").is_not_null()).then(
            pl.col("jobs_later") - pl.col("change_later")
        )
        pairs = both.select(*_KEY, "year", "jobs", told=told, is_copy=is_copy)
        yield pairs.filter(pl.col("told").is_not_null() | pl.col("is_copy"))
