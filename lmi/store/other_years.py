"""Whether the totals of a QCEW file are of their period and area, told by what stands beside them.

Each row says how much its jobs changed over the year, so that it tells of the year before; and no
two counties or quarters have the same total to the dollar. A file that bears another period or area
than its own is sound in itself, and shows by this alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from lmi import naics
from lmi.schema import Table
from lmi.schema.qcew import estabs_of, jobs_of, wages_of
from lmi.store.at_odds import AtOdds
from lmi.store.held_numbers import HeldNumbers
from lmi.words import count

__all__ = ["totals_at_odds"]

# Of one release both agree to the job, in all of 192 totals of counties and states; a revision
# moves a total by a percent or two, and one of a county whose records were mended by more.
MOST_APART = 0.25
LEAST = 1000  # jobs, below which a few make a quarter
_KEY = ["area_fips", "qtr"]


def totals_at_odds(chunks: Mapping[str, Sequence[Path]], table: Table, held: HeldNumbers) -> AtOdds:
    """Hold the totals of staged rows to the years before and after, as far as a store has them.

    Parameters
    ----------
    chunks : mapping of str to sequence of pathlib.Path
        Staged files of each partition.
    """
    pairs = [pair for name, files in chunks.items() for pair in _pairs(name, files, table, held)]
    found = AtOdds(refused=[*_copies(chunks, table, held)])
    if not pairs:
        return found
    both = pl.concat(pairs)
    larger = pl.max_horizontal("jobs", "told")
    far = (pl.col("jobs") - pl.col("told")).abs() > MOST_APART * larger
    odd = both.filter((larger >= LEAST) & (far | pl.col("is_copy"))).sort("area_fips", "year")
    if odd.is_empty():
        return found
    row = odd.row(0, named=True)
    others = f"; so are {count(odd.height - 1, 'other total')}" if odd.height > 1 else ""
    later = row["year"] + 1
    told = f"the rows of {later} and their changes over the year tell of {row['told']:,}"
    if row["is_copy"]:
        told = f"{later} has the very same, with the same change over the year"
    said = f"{row['area_fips']} {row['year']} has {row['jobs']:,} jobs in all, and {told}"
    if 2 * odd.height > both.height:
        found.refused.append(
            f"{said}{others}, so one of the two files is of another year or area than it says; "
            "download it again, or take the other out with `lmi remove`"
        )
    else:
        found.remarked.append(f"{said}{others}")
    return found


def _copies(chunks: Mapping[str, Sequence[Path]], table: Table, held: HeldNumbers) -> Iterator[str]:
    """Name the first county's total that the store has of another county or quarter of its year."""
    for name, files in chunks.items():
        partition = held.catalogue.partitions.get(f"{table.name}/{name}")
        if partition is None:
            continue
        ours = _totals(files, table).filter(
            (pl.col("jobs") >= LEAST) & ~pl.col("area_fips").str.ends_with("000")
        )
        theirs = _totals([held.root / partition.current], table)
        pairs = ours.join(theirs, on=["jobs", "change", "wages", "estabs"], suffix="_other")
        is_other = pl.struct(_KEY) != pl.struct(area_fips="area_fips_other", qtr="qtr_other")
        is_county = ~pl.col("area_fips_other").str.ends_with("000")  # of a state that is one
        for row in pairs.filter(is_other & is_county).sort(*_KEY).head(1).iter_rows(named=True):
            one, other = (
                f"{row[f'area_fips{of}']} {row['year']}"
                + (f" Q{row[f'qtr{of}']}" if row[f"qtr{of}"] != "A" else "")
                for of in ("", "_other")
            )
            yield (
                f"{one} and {other} have the very same {row['jobs']:,} jobs, {row['wages']:,} "
                "dollars of wages and changes over the year, so one of the two is of another area "
                "or quarter than it says; download it again, or take the other out with "
                "`lmi remove`"
            )


def _pairs(
    name: str, files: Iterable[Path], table: Table, held: HeldNumbers
) -> Iterator[pl.DataFrame]:
    """Yield the jobs of totals beside what the year after tells of them."""
    state, _, year = name.rpartition("/year=")
    beside = {n: f"{table.name}/{state}/year={int(year) + n}" for n in (-1, 1)}
    known = {n: p for n, p in beside.items() if p in held.catalogue.partitions}
    if not known:
        return
    ours = _totals(files, table)
    for n, partition in known.items():
        theirs = _totals([held.root / held.catalogue.partitions[partition].current], table)
        earlier, later = (theirs, ours) if n < 0 else (ours, theirs)
        both = earlier.join(later, on=_KEY, suffix="_later").drop_nulls()
        is_copy = (pl.col("jobs") == pl.col("jobs_later")) & (
            pl.col("change") == pl.col("change_later")
        )
        told = pl.col("jobs_later") - pl.col("change_later")
        yield both.select(*_KEY, "year", "jobs", told=told, is_copy=is_copy)


def _totals(files: Iterable[Path], table: Table) -> pl.DataFrame:
    jobs = jobs_of(table)[-1]
    is_total = (pl.col("own_code") == "0") & (pl.col("industry_code") == naics.TOTAL)
    return (
        pl.scan_parquet([*files])
        .filter(is_total & (pl.col("size_code") == "0"))
        .select(
            *_KEY,
            "year",
            jobs=pl.col(jobs),
            change=pl.col(f"oty_{jobs}_chg"),
            wages=pl.col(wages_of(table)),
            estabs=pl.col(estabs_of(table)),
        )
        .collect()
    )
