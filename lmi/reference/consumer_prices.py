"""Consumer prices of the nation: what money of one year is worth in another."""

from __future__ import annotations

from functools import cache

from lmi.reference import read_reference

__all__ = ["PRICE_INDEX", "known_price_indexes"]

PRICE_INDEX = "BLS Consumer Price Index (CPI-U, U.S. city average, all items, annual averages)"
"""The index, as a source is cited."""


@cache
def known_price_indexes() -> dict[int, float]:
    """Return the index by year, 1982 to 1984 being 100; a year that it lacks is not known.

    Examples
    --------
    >>> known_price_indexes()[2016]
    240.007
    """
    return {int(year): float(index) for year, index, _ in read_reference("consumer_prices")}
