"""Projections beside each other: a part has no more jobs than its whole.

Such a number is of another column, of another unit or ten times what it was.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi import codes, naics
from lmi.words import count

__all__ = ["beyond_wholes", "grown_many_fold", "totals_of"]

# Of the parts of one table; regions are projected apart from their state, and rounded.
ROUNDED, ROUNDED_APART = (1.005, 10), (1.05, 50)
SECTORS_OF_A_TOTAL = 15  # of 20, which have nine tenths of all jobs and more
# Where all jobs has the self-employed too, or sectors have governments that stand beside them.
SPAN_OF_A_TOTAL = (0.75, 1.5)
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
    yield from _more(
        _beside_their_wholes(rows, keys),
        f"{{industry_code}} of {{{place}}} has {{jobs:,.0f}} jobs in {{year}}, and {{_whole}}, of "
        "which it is a part, {jobs_all:,.0f}",
        ROUNDED_APART,
        place,
    )
    yield from _far_from_sums(rows, keys, place)
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


def _beside_their_wholes(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return each industry beside each larger one of its place; but the total, which is held apart.

    The nation's matrix has industries together, of which each is given the numbers of all.
    """
    there = {code for code in rows["industry_code"].unique() if code != naics.TOTAL}
    pairs = [
        (code, whole)
        for code in there
        for whole in naics.ancestors(code)
        if whole in there and whole != code
    ]
    schema = {"industry_code": pl.String(), "_whole": pl.String()}
    above = pl.DataFrame(pairs, schema=schema, orient="row")
    within = rows.filter(pl.col(keys[0]) != codes.NATION).join(above, on="industry_code")
    wholes = _largest(rows.rename({"industry_code": "_whole"}), [*keys, "_whole"])
    return within.join(wholes, on=[*keys, "_whole"], suffix="_all")


def _far_from_sums(rows: pl.DataFrame, keys: list[str], place: str) -> Iterator[str]:
    """Yield the first total that most of its sectors together are far from."""
    total = _largest(rows.filter(pl.col("industry_code") == naics.TOTAL), keys)
    sectors = rows.filter(pl.col("industry_code").is_in(naics.SECTORS))
    sums = sectors.group_by(keys).agg(pl.n_unique("industry_code").alias("_n"), pl.sum(*_JOBS))
    both = total.join(sums.filter(pl.col("_n") >= SECTORS_OF_A_TOTAL), on=keys, suffix="_sum")
    for jobs, year in _JOBS.items():
        far = ~(pl.col(jobs) / pl.col(f"{jobs}_sum")).is_between(*SPAN_OF_A_TOTAL)
        for row in (
            both.filter((pl.col(jobs) >= LEAST) & far).sort(keys).head(1).iter_rows(named=True)
        ):
            yield (
                f"{row[place]} has {row[jobs]:,.0f} jobs in {row[year]}, and {row['_n']} sectors "
                f"of it add up to {row[f'{jobs}_sum']:,.0f}"
            )
            return


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
