"""Whether a table says once more what is there: under another year, or a part of it.

A table that bears another's year is sound in itself, and so are flows that were added up from half
a file. Both show beside what they were taken from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from lmi.store.held_numbers import HeldNumbers
from lmi.store.staging import SOURCE_ID
from lmi.words import count

__all__ = ["of_another_year", "parts_of_flows"]

# In two years 1 of 54 counties of work has the very same number, 1 of 58 the same labor force and
# 9 of 3,107 the same residents, at most.
LEAST, FEWEST, MOST_SAME = 1000, 5, 0.9
# Of a new release some flows are higher and some lower, and a county's in all a few percent off.
MOST_APART = 0.25
FEWEST_LOWER = 10
_YEAR, _OTHER = "year", "year_other"


def of_another_year(
    rows: pl.DataFrame, name: str, place: str, value: str, held: HeldNumbers
) -> Iterator[str]:
    """Name the first year whose numbers are the very same as another's.

    Parameters
    ----------
    rows : polars.DataFrame
        In the table's columns, all that one file says.
    place : str
        The column of areas; what several rows say of one is added up.
    """
    ours = _sums(rows.with_columns(pl.lit(0, pl.Int32).alias(SOURCE_ID)), place, value)
    before = held.table(name)
    theirs = ours.clear() if before is None else _sums(before, place, value)
    others = pl.concat([ours, theirs.join(ours, on=[place, _YEAR], how="anti")])
    pairs = (_pairs(ours, others, place), _traded(ours, theirs, place, value))
    both = pl.concat(each.with_columns(_kind=pl.lit(i)) for i, each in enumerate(pairs))
    large = both.filter(pl.max_horizontal(value, f"{value}_other") >= LEAST)
    same = (pl.col(value) == pl.col(f"{value}_other")).mean().alias("same")
    found = large.group_by("_kind", _YEAR, _OTHER).agg(
        pl.len().alias("n"), same, pl.max(f"{SOURCE_ID}_other").alias("source")
    )
    odd = found.filter((pl.col("n") >= FEWEST) & (pl.col("same") >= MOST_SAME))
    for _, year, other, n, _, source in odd.sort("_kind", _YEAR, _OTHER).head(1).iter_rows():
        by, out = "", ""
        if source:
            by = f" by {held.named(source)}"
            out = f", or take that source out with `lmi remove {source}`"
        yield (
            f"{value} of {count(n, 'area')} are the very same in {year} as in {other}{by}, so one "
            f"of the two is of another year than it says; name the file's year right{out}"
        )


def _pairs(ours: pl.DataFrame, others: pl.DataFrame, place: str) -> pl.DataFrame:
    return ours.join(others, on=place, suffix="_other").filter(pl.col(_YEAR) != pl.col(_OTHER))


def _traded(ours: pl.DataFrame, theirs: pl.DataFrame, place: str, value: str) -> pl.DataFrame:
    """Return pairs with what would be replaced, where both years were there and are not now so."""
    moved = ours.join(theirs, on=[place, _YEAR], suffix="_other")
    moved = moved.filter(pl.col(value) != pl.col(f"{value}_other")).select(ours.columns)
    gone = theirs.join(moved, on=[place, _YEAR], how="semi")
    return _pairs(moved, gone, place)


def _sums(rows: pl.DataFrame, place: str, value: str) -> pl.DataFrame:
    kept = rows.drop_nulls(value).group_by(place, _YEAR, maintain_order=True)
    return kept.agg(pl.sum(value), pl.max(SOURCE_ID))


def parts_of_flows(
    rows: pl.DataFrame, name: str, ends: Sequence[str], value: str, held: HeldNumbers
) -> Iterator[str]:
    """Say that flows are a part of those that are there, or the other part of theirs.

    Flows are added up, so that a part of a file would take the place of the whole.
    """
    before = held.table(name)
    if before is None:
        return
    both = rows.select(*ends, _YEAR, value).join(before, on=[*ends, _YEAR], suffix="_held")
    lower = both.filter(pl.col(value) < pl.col(f"{value}_held"))
    n_higher = both.filter(pl.col(value) > pl.col(f"{value}_held")).height
    if not n_higher and lower.height >= FEWEST_LOWER:
        row = lower.sort(value, *ends, descending=True).row(0, named=True)
        places = " from ".join(row[end] for end in ends)
        yield (
            f"{count(lower.height, 'flow')} are lower than those by {held.named(row[SOURCE_ID])} "
            f"and none is higher ({value} of {places} {row[_YEAR]}: {row[value]:,} for "
            f"{row[f'{value}_held']:,}), so it is but a part; bring the file whole, or take that "
            f"source out with `lmi remove {row[SOURCE_ID]}`"
        )
        return
    if lower.is_empty():
        return
    at = ends[0]
    sums = both.group_by(at, _YEAR).agg(pl.sum(value, f"{value}_held"), pl.max(SOURCE_ID))
    larger = pl.max_horizontal(value, f"{value}_held")
    apart = (pl.col(value) - pl.col(f"{value}_held")).abs()
    far = sums.filter((larger >= LEAST) & (apart > MOST_APART * larger))
    for place, year, ours, theirs, source in far.sort(at, _YEAR).head(1).iter_rows():
        yield (
            f"{value} in {place} are {ours:,} in {year}, and {theirs:,} from the same counties "
            f"by {held.named(source)}, so one of the two files is a part; bring it whole, or take "
            f"that source out with `lmi remove {source}`"
        )
