"""Tables that people type by hand: pay thresholds and consumer prices, and the slips in them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi.reference.consumer_prices import known_price_indexes

__all__ = ["at_odds_with_itself", "other_prices"]

# An annual average of the index is never revised.
SAME_INDEX = 0.005
# Since 1914 it has changed by 18 percent from one year to the next at most.
MOST_A_YEAR = 1.2


def at_odds_with_itself(rows: pl.DataFrame, most_fold: float) -> Iterator[str]:
    """Yield what of a table of thresholds cannot be, the first of each kind.

    Parameters
    ----------
    most_fold : float
        How far apart two areas of a state may be.
    """
    plain = pl.col("household").str.to_lowercase().str.replace_all(r"\s+", " ")
    spelled = rows.group_by("area_fips", "year", plain.alias("plain")).agg(
        pl.col("household").unique().sort()
    )
    twice = spelled.filter(pl.col("household").list.len() > 1).sort("area_fips", "year")
    for area, year, _, names in twice.head(1).iter_rows():
        told = " and ".join(map(repr, names))
        yield (
            f"household is {told} in {area} {year}, which are one; keep one row, or tell them apart"
        )
    of_one = ["household", "year", pl.col("area_fips").str.head(2).alias("state")]
    wage, area_fips = pl.col("annual_wage"), pl.col("area_fips")
    ends = rows.group_by(of_one).agg(
        least=wage.min(),
        most=wage.max(),
        least_in=area_fips.get(wage.arg_min()),
        most_in=area_fips.get(wage.arg_max()),
    )
    far = ends.filter(pl.col("most") > most_fold * pl.col("least")).sort("household", "year")
    for row in far.head(1).iter_rows(named=True):
        yield (
            f"annual_wage of {row['household']} in {row['year']} is {row['least']:,.0f} in "
            f"{row['least_in']} and {row['most']:,.0f} in {row['most_in']}, more than "
            f"{most_fold}-fold apart; mend the file"
        )


def other_prices(rows: pl.DataFrame) -> Iterator[str]:
    """Yield the first year whose index is not that of the nation's consumer prices."""
    known = known_price_indexes()
    for year, index in rows.select("year", "cpi_u").sort("year").iter_rows():
        near = min(known, key=lambda other: abs(other - year))
        most = 1 + SAME_INDEX if year == near else MOST_A_YEAR ** abs(year - near)
        if not 1 / most <= index / known[near] <= most:
            yield (
                f"cpi_u is {index:,} in {year}, and the index that comes with the workbench has "
                f"{known[near]:,} in {near}; use that of all items, U.S. city average, on the base "
                "1982-84 = 100"
            )
            return
