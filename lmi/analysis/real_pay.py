"""Pay of several years in the prices of one: the nation's consumer prices, none of them guessed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lmi.measures.pay import real_pay
from lmi.missing import Missing
from lmi.reference.consumer_prices import known_price_indexes
from lmi.store import Store

__all__ = ["PRICE_YEAR", "REAL_PAY", "add_real_pay", "price_indexes"]

PAY, REAL_PAY, PRICE_YEAR = "avg_annual_pay", "real_avg_annual_pay", "price_year"


def price_indexes(store: Store) -> tuple[dict[int, float], set[int]]:
    """Return consumer prices by year, the store's before those that come along, and its sources."""
    known = known_price_indexes()
    table = store.table("consumer_prices")
    if isinstance(table, Missing):
        return known, set()
    held = dict(zip(table["year"].astype(int), table["cpi_u"].astype(float), strict=True))
    return known | held, {int(source) for source in table["source_id"]}


def add_real_pay(pay: pd.DataFrame, prices: Mapping[int, float]) -> pd.DataFrame:
    """Add pay in prices of the newest year whose prices are known, with its interval.

    Parameters
    ----------
    pay : DataFrame
        ``year`` and ``avg_annual_pay``, ``_lo``, ``_hi``, USD per job.
    prices : mapping of int to float
        Index of consumer prices by year.

    Returns
    -------
    DataFrame
        With ``real_avg_annual_pay``, ``_lo``, ``_hi`` and ``price_year``; missing in years whose
        prices are not known.

    Examples
    --------
    >>> pay = pd.DataFrame({"year": [2010, 2020, 2030]})
    >>> pay = pay.assign(**{f"avg_annual_pay{end}": 40_000.0 for end in ("", "_lo", "_hi")})
    >>> found = add_real_pay(pay, {2010: 200.0, 2020: 250.0})
    >>> found["real_avg_annual_pay"].tolist(), found["price_year"].tolist()
    ([50000.0, 40000.0, nan], [2020, 2020, 2020])
    """
    newest = max((year for year in pay["year"] if year in prices), default=None)
    index = pay["year"].map(dict(prices))
    now = prices[newest] if newest is not None else float("nan")
    ends = {f"{REAL_PAY}{end}": real_pay(pay[f"{PAY}{end}"], index, now)
            for end in ("", "_lo", "_hi")}  # fmt: skip
    return pay.assign(**ends, **{PRICE_YEAR: newest})
