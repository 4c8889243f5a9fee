"""Sentences on pay over the years: no more of it than prices and intervals bear out."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.missing import Missing
from lmi.report.figures.pay_lines import REAL_PAY, PayLines, pay_lines
from lmi.report.sentences.place import against, change
from lmi.words import Row, records
from lmi.words.claims import ends
from lmi.words.how_sure import PAY
from lmi.words.intervals import cell, rough_money

__all__ = ["NATIONAL_PRICES", "pay_sentence", "prices_sentence", "real_change"]

ESTIMATED = "emplvl_estimated_share"
NATIONAL_PRICES = (
    "Prices are the nation's, not the region's cost of living, and average pay moves with hours "
    "and with the kinds of jobs too."
)


def real_change(first: Row, last: Row) -> tuple[float, float]:
    """Give the least and the most that real pay changed; alike where both years are published.

    Returns
    -------
    tuple of float, percent
        From the ends of both years' intervals that are furthest apart, so never narrower than the
        interval of the change.

    Examples
    --------
    >>> sure = {"real_avg_annual_pay": 50_000.0}
    >>> wide = {"real_avg_annual_pay": 52_000.0, "real_avg_annual_pay_lo": 49_000.0,
    ...         "real_avg_annual_pay_hi": 55_000.0}
    >>> real_change(sure, {"real_avg_annual_pay": 51_000.0})
    (2.0, 2.0)
    >>> real_change(sure, wide)
    (-2.0, 10.0)
    """
    (low0, high0), (low1, high1) = ends(first, REAL_PAY), ends(last, REAL_PAY)
    return 100 * (low1 - high0) / high0, 100 * (high1 - low0) / low0


def pay_sentence(found: Assessment, trend: pd.DataFrame, lines: PayLines) -> str:
    """Say how pay moved, as paid and against prices."""
    paid = _known(lines.rows, PAY)
    (was, first), (now, last) = paid[0], paid[-1]
    text = f"Average pay was {_pay(first, PAY)} in {was} and {_pay(last, PAY)} in {now}."
    priced = _known(lines.rows, REAL_PAY)
    if len(priced) < 2:
        return text
    (was, first), (now, last) = priced[0], priced[-1]
    least, most = real_change(first, last)
    if least != most:
        moved = _moved_between(least, most)
    else:
        others = {name: _beside(trend, place, was, now) for place, name in
                  (("state", found.state_name), ("nation", "the nation"))}  # fmt: skip
        moved = f"{change(least)}{against(least, others)}"
    of_prices = "" if was == lines.price_year else f"In prices of {lines.price_year} "
    return (
        f"{text} {of_prices}it was {_pay(first, REAL_PAY)} in {was}: from then to {now} real pay "
        f"{moved}. {NATIONAL_PRICES}"
    )


def _moved_between(least: float, most: float) -> str:
    """Say how real pay moved where it is known within ends; no sign that they leave open.

    Examples
    --------
    >>> _moved_between(1.0, 3.26), _moved_between(-3.0, -1.0)
    ('grew by 1.0% to 3.3%', 'fell by 1.0% to 3.0%')
    >>> _moved_between(-3.0, 1.0)
    'may have fallen or grown (−3.0% to +1.0%)'
    """
    if least > 0 or most < 0:
        near, far = sorted((abs(least), abs(most)))
        return f"{'grew' if least > 0 else 'fell'} by {words.pct(near)} to {words.pct(far)}"
    return f"may have fallen or grown ({words.signed_pct(least)} to {words.signed_pct(most)})"


def prices_sentence(trend: pd.DataFrame) -> str:
    """Say of which years there is pay and no prices; empty where there are all."""
    lines = pay_lines(trend)
    if lines is None or not lines.without_prices:
        return ""
    absent = Missing(
        f"consumer prices of {words.years_listed(lines.without_prices)}",
        "neither the store nor the table that comes along has them, so pay is shown as it was paid",
        "ingest the agency's file of the Consumer Price Index",
    )
    return str(absent)


def _known(rows: pd.DataFrame, name: str) -> list[tuple[int, Row]]:
    known = rows[rows[f"{name}_hi"].notna()]
    return list(zip(map(int, known.index), records(known), strict=True))


def _pay(row: Row, name: str) -> str:
    return cell(row, name, words.money, ESTIMATED, rough_money)


def _beside(trend: pd.DataFrame, place: str, first: int, last: int) -> float:
    """Change of real pay elsewhere; missing where it is not known to a number."""
    rows = trend[(trend["key"] == "total") & (trend["place"] == place)].set_index("year")
    then, now = rows[REAL_PAY].reindex([first, last]).astype(float)
    return 100 * (now - then) / then
