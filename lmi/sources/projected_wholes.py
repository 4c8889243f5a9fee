"""Projections beside each other: a part has no more jobs than its whole.

Such a number is of another column, of another unit or ten times what it was.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi import naics
from lmi.words import count

__all__ = ["beyond_wholes", "grown_many_fold", "totals_of"]

# Of the parts of one table; regions are projected apart from their state, and rounded.
ROUNDED, ROUNDED_APART = (1.005, 10), (1.05, 50)
SECTORS_OF_A_TOTAL = 15  # of 20, which have nine tenths of all jobs and more
# Of 9,888 sectors in Colorado's counties 0.3 percent changed five-fold within five or ten years.
MANY_FOLD, LEAST = 5, 1000
_YEARS = ("base_year", "projected_year")
_JOBS = {"base_emplvl": "base_year", "projected_emplvl": "projected_year"}


def beyond_wholes(rows: pl.DataFrame, place: str, state: pl.Expr) -> Iterator[str]:
    """Yield what is more than the whole that it is a part of: the first of each kind, in words.

    Parameters
    ----------
    place : str
        The column that names the places.
    state : polars.Expr
        The state of each row's place, as that column names it.
    """
    keys = [place, "own_code", *_YEARS]
    total = rows.filter(pl.col("industry_code") == naics.TOTAL)
    yield from _more(
        rows.join(_largest(total, keys), on=keys, suffix="_all"),
        f"{{industry_code}} of {{{place}}} has {{jobs:,.0f}} jobs in {{year}}, and all its "
        "industries together {jobs_all:,.0f}",
        ROUNDED,
        place,
    )
    theirs = ["_state", "industry_code", "own_code", *_YEARS]
    yield from _more(
        rows.with_columns(_state=state)
        .filter(pl.col("_state") != pl.col(place))
        .join(_largest(rows.rename({place: "_state"}), theirs), on=theirs, suffix="_all"),
        f"{{{place}}} has {{jobs:,.0f}} jobs of {{industry_code}} in {{year}}, and its state "
        "{jobs_all:,.0f}",
        ROUNDED_APART,
        place,
    )


def _largest(wholes: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return one row of each whole; one that stands twice is another fault, and told as such."""
    return wholes.group_by(keys).agg(pl.max(*_JOBS))


def _more(both: pl.DataFrame, told: str, rounded: tuple[float, float], place: str) -> Iterator[str]:
    times, room = rounded
    for jobs, year in _JOBS.items():
        found = both.filter(pl.col(jobs) > times * pl.col(f"{jobs}_all") + room)
        for row in found.sort(place, "industry_code").head(1).iter_rows(named=True):
            others = f"; so are {count(found.height - 1, 'other')}" if found.height > 1 else ""
            as_told = row | {"jobs": row[jobs], "jobs_all": row[f"{jobs}_all"], "year": row[year]}
            yield told.format(**as_told) + others
            return


def totals_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of all jobs; where a place lacks them, the sums of most of its sectors."""
    keys = ["area_fips", "own_code", *_YEARS]
    own = rows.filter(pl.col("industry_code") == naics.TOTAL)
    sectors = rows.filter(pl.col("industry_code").is_in(naics.SECTORS)).join(
        own, on=keys, how="anti"
    )
    sums = sectors.group_by(keys).agg(
        pl.len().alias("_n"), pl.sum(*_JOBS), industry_code=pl.lit(naics.TOTAL)
    )
    whole = sums.filter(pl.col("_n") >= SECTORS_OF_A_TOTAL)
    return pl.concat(
        [own.select(*keys, "industry_code", *_JOBS), whole.select(*keys, "industry_code", *_JOBS)]
    )


def grown_many_fold(rows: pl.DataFrame, place: str) -> Iterator[str]:
    """Name the industries that are projected to become many times what they are, or a fraction."""
    base, projected = map(pl.col, _JOBS)
    larger, smaller = pl.max_horizontal(base, projected), pl.min_horizontal(base, projected)
    found = rows.filter((larger >= LEAST) & (larger > MANY_FOLD * smaller))
    for row in found.sort(larger / smaller.clip(1), descending=True).head(1).iter_rows(named=True):
        others = f"; so are {count(found.height - 1, 'other')}" if found.height > 1 else ""
        yield (
            f"{row['industry_code']} of {row[place]} is projected from {row['base_emplvl']:,.0f} "
            f"jobs in {row['base_year']} to {row['projected_emplvl']:,.0f} in "
            f"{row['projected_year']}, more than {MANY_FOLD}-fold apart{others}"
        )
