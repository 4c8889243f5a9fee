"""Whether a table says what a store has of it already, in another place or of another size.

Two columns that changed places, or two ends of a flow, are sound in themselves and show beside
what came before. A revision moves numbers by a few percent, and seldom by more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import polars as pl

from lmi.schema import Table
from lmi.store.held_numbers import HeldNumbers
from lmi.store.staging import SOURCE_ID
from lmi.words import count

__all__ = ["in_another_column", "mirrored", "revised_much"]

# In Colorado's labor force of two releases the most that a county's changed by is 1.43-fold.
MUCH, LEAST = 1.75, 1000
MANY_FOLD, FEW = 5, 300
FEWEST, MOST_SAME = 5, 0.9
# From a year to the next Colorado's flows between counties differ by 4 to 6 percent in all, and
# from those the other way by 55 to 60.
FEWEST_FLOWS, MIRRORED = 20, 3
_UNITS = ("persons", "jobs", "USD per year")


def _numbers(table: Table) -> list[str]:
    return [c.name for c in table.columns if c.unit in _UNITS and c.name not in table.key]


def _beside(rows: pl.DataFrame, table: Table, held: HeldNumbers) -> pl.DataFrame | None:
    """Return the rows of keys that a store has too, with its numbers beside them."""
    before = held.table(table.name)
    if before is None:
        return None
    theirs = before.select(*table.key, *_numbers(table), SOURCE_ID)
    ours = rows.select(*table.key, *_numbers(table))
    both = ours.join(theirs, on=list(table.key), suffix="_before")
    return both if both.height else None


def revised_much(rows: pl.DataFrame, table: Table, held: HeldNumbers) -> Iterator[str]:
    """Name the numbers that are far from what a store has of the very same rows."""
    both = _beside(rows, table, held)
    if both is None:
        return
    for name in _numbers(table):
        ours, theirs = pl.col(name), pl.col(f"{name}_before")
        larger, smaller = pl.max_horizontal(ours, theirs), pl.min_horizontal(ours, theirs)
        is_far = (larger >= LEAST) & (larger > MUCH * smaller)
        is_far |= (larger >= FEW) & (larger > MANY_FOLD * smaller)
        is_far &= ours.is_not_null() & theirs.is_not_null()
        far = both.filter(is_far).sort(larger / smaller.clip(1))
        for row in far.tail(1).iter_rows(named=True):
            more = f"; so are {count(far.height - 1, 'other')}" if far.height > 1 else ""
            key = " ".join(str(row[each]) for each in table.key)
            yield (
                f"{name} of {key} is {row[name]:,.0f}, and {row[f'{name}_before']:,.0f} by "
                f"{held.named(row[SOURCE_ID])}, further apart than revisions are{more}"
            )


def in_another_column(rows: pl.DataFrame, table: Table, held: HeldNumbers) -> Iterator[str]:
    """Name the first column whose numbers are those of another in a store."""
    both = _beside(rows, table, held)
    if both is None:
        return
    for name, other in permutations(_numbers(table), 2):
        ours, own, theirs = pl.col(name), pl.col(f"{name}_before"), pl.col(f"{other}_before")
        differ = both.filter((own != theirs) & (theirs >= LEAST))
        n_same = differ.filter(ours == theirs).height
        if n_same >= max(FEWEST, MOST_SAME * differ.height):
            source = int(differ[SOURCE_ID].max())  # type: ignore[arg-type]
            yield (
                f"{name} of {count(n_same, 'row')} is what {held.named(source)} has as {other}, so "
                "the columns of one of the two changed places; mend the header, or take that "
                f"source out with `lmi remove {source}`"
            )
            return


def mirrored(
    rows: pl.DataFrame, name: str, ends: Sequence[str], value: str, held: HeldNumbers
) -> Iterator[str]:
    """Say that flows are those of a store the other way round, of the nearest year that it has."""
    before = held.table(name)
    if before is None:
        return
    work, home = ends
    between = pl.col(work) != pl.col(home)
    theirs = before.filter(between).select(*ends, "year", value, SOURCE_ID)
    apart = (pl.col("year") - pl.col("year_before")).abs()
    ours = rows.filter(between).select(*ends, "year", value)
    direct, other = (
        ours.join(there, on=list(ends), suffix="_before")
        .filter(apart == apart.min().over("year"))
        .select(n=pl.len(), off=(pl.col(value) - pl.col(f"{value}_before")).abs().sum(),
                source=pl.col(SOURCE_ID).max())
        .row(0)
        for there in (theirs, theirs.rename({work: home, home: work}))
    )  # fmt: skip
    if min(direct[0], other[0]) >= FEWEST_FLOWS and direct[1] > MIRRORED * other[1]:
        yield (
            f"its {value} go from county to county as those by {held.named(other[2])} go back, so "
            "home and work are swapped in one of the two; mend the header, or take that source out "
            f"with `lmi remove {other[2]}`"
        )
