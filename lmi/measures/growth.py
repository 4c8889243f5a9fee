"""Growth between any two years: change, percent change and compound annual rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.measures.tables import panel

__all__ = [
    "change",
    "change_interval",
    "compound_rate",
    "growth_table",
    "pct_change",
    "pct_change_interval",
    "spans",
]


def change(value0: Any, value1: Any) -> FloatArray:
    """Return the change from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year.

    Returns
    -------
    ndarray, shape (n,), same unit
        NaN where either is missing.

    Notes
    -----
    V1 − V0.

    Examples
    --------
    >>> from lmi.measures.growth import change
    >>> change([100, 0], [90, 10])
    array([-10.,  10.])
    """
    first, second = floats(value0, value1)
    return second - first


def pct_change(value0: Any, value1: Any) -> FloatArray:
    """Return the percent change from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year.

    Returns
    -------
    ndarray, shape (n,), percent
        NaN where either is missing or the first is zero: growth from nothing has no rate.

    Notes
    -----
    100 · (V1 − V0) / V0, as the agency's ``oty_*_pct_chg`` columns, which are rounded to 0.1 and
    say 100.0 for any growth from zero.

    Examples
    --------
    >>> from lmi.measures.growth import pct_change
    >>> pct_change([100, 0], [90, 10])
    array([-10.,  nan])
    """
    first, second = floats(value0, value1)
    return ratio(100 * (second - first), first)


def compound_rate(value0: Any, value1: Any, years: Any) -> FloatArray:
    """Return the compound annual rate that leads from the first value to the second.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,), jobs or USD
        The same quantity in an earlier and a later year, not negative.
    years : array_like, shape (n,) or scalar, years
        Time between the two.

    Returns
    -------
    ndarray, shape (n,), percent per year
        NaN where either value is missing, the first is zero, or no time has passed.

    Notes
    -----
    100 · ((V1 / V0)^(1 / t) − 1).

    Examples
    --------
    >>> from lmi.measures.growth import compound_rate
    >>> compound_rate([100], [121], 2).round(6)
    array([10.])
    """
    first, second, elapsed = floats(value0, value1, years)
    quotient = ratio(second, first)
    positive = np.where(quotient >= 0, quotient, np.nan)
    return 100 * (positive ** ratio(1.0, np.where(elapsed > 0, elapsed, np.nan)) - 1)


def change_interval(
    value0_lo: Any, value0_hi: Any, value1_lo: Any, value1_hi: Any
) -> tuple[FloatArray, FloatArray]:
    """Return the ends of a change between two values that are intervals.

    Parameters
    ----------
    value0_lo, value0_hi, value1_lo, value1_hi : array_like, shape (n,), jobs or USD
        Ends of the earlier and of the later value.

    Returns
    -------
    lo, hi : ndarray, shape (n,), same unit

    Notes
    -----
    From the high end of the one to the low end of the other, and the reverse. The two years are
    taken as free of one another, so the interval is wide rather than narrow.

    Examples
    --------
    >>> from lmi.measures.growth import change_interval
    >>> change_interval([90], [110], [100], [120])
    (array([-10.]), array([30.]))
    """
    return change(value0_hi, value1_lo), change(value0_lo, value1_hi)


def pct_change_interval(
    value0_lo: Any, value0_hi: Any, value1_lo: Any, value1_hi: Any
) -> tuple[FloatArray, FloatArray]:
    """Return the ends of a percent change between two values that are intervals.

    Parameters
    ----------
    value0_lo, value0_hi, value1_lo, value1_hi : array_like, shape (n,), jobs or USD
        Ends of the earlier and of the later value, not negative.

    Returns
    -------
    lo, hi : ndarray, shape (n,), percent
        The upper end is missing where the earlier value may be zero: nothing bounds it.

    Notes
    -----
    As `change_interval`, each over the end it starts from.

    Examples
    --------
    >>> from lmi.measures.growth import pct_change_interval
    >>> pct_change_interval([80], [100], [90], [100])
    (array([-10.]), array([25.]))
    """
    return pct_change(value0_hi, value1_lo), pct_change(value0_lo, value1_hi)


def spans(
    years: Iterable[int], lengths: Sequence[int] = (1, 2, 5, 10), *, last: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Return the pairs of years, ending in the last one, that are there to compare.

    Parameters
    ----------
    years : iterable of int
        Years at hand.
    lengths : sequence of int, years
        Lengths wanted.
    last : int, optional
        Year to end in; the latest at hand if not given.

    Returns
    -------
    tuple of (int, int)
        Earlier and later year, shortest first; empty where no pair is at hand.

    Examples
    --------
    >>> from lmi.measures.growth import spans
    >>> spans([2014, 2015, 2016, 2019], [1, 2, 5])
    ((2014, 2019),)
    >>> spans([2014, 2015, 2016, 2019], [1, 2, 5], last=2016)
    ((2015, 2016), (2014, 2016))
    """
    known = set(years)
    end = max(known, default=None) if last is None else last
    if end is None or end not in known:
        return ()
    return tuple((end - n, end) for n in sorted(lengths) if end - n in known)


def growth_table(
    table: pd.DataFrame,
    keys: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    *,
    value: str = "annual_avg_emplvl",
    name: str = "emplvl",
) -> pd.DataFrame:
    """Compare years of a long table, one row for every key and pair of years.

    Parameters
    ----------
    table : DataFrame
        Long table with `keys`, ``year`` and `value`; so called with ``_lo`` and ``_hi``, the
        ends of its interval are used if both are present.
    keys : sequence of str
        Columns that, with the year, identify a row.
    pairs : sequence of (int, int)
        Earlier and later year of each comparison.
    value : str
        Column to compare.
    name : str
        What the new columns call it.

    Returns
    -------
    DataFrame
        `keys`, ``year0``, ``year1``, ``years`` and, for `name` = ``emplvl``: ``emplvl0``,
        ``emplvl1``, ``emplvl_chg``, ``emplvl_pct_chg`` (percent), ``emplvl_cagr`` (percent per
        year), and ``_lo`` and ``_hi`` of the change and the percent change where there are
        intervals. A key without a row in one of the two years has missing growth.

    Raises
    ------
    MeasureError
        A column is missing, a key repeats within a year, or a pair does not run forwards.

    Notes
    -----
    See `pct_change` and `compound_rate`. A revision of the industry code or of a county between
    the two years is for the caller to flag.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.growth import growth_table
    >>> jobs = pd.DataFrame(
    ...     {"region": ["a"] * 2, "year": [2011, 2016], "annual_avg_emplvl": [100, 150]}
    ... )
    >>> growth_table(jobs, ["region"], [(2011, 2016)]).round(2).iloc[0].to_dict()
    {'region': 'a', 'year0': 2011, 'year1': 2016, 'years': 5, 'emplvl0': 100.0, 'emplvl1': 150.0,
     'emplvl_chg': 50.0, 'emplvl_pct_chg': 50.0, 'emplvl_cagr': 8.45}
    """
    for year0, year1 in pairs:
        if year0 >= year1:
            raise MeasureError(
                f"Growth from {year0} to {year1} does not run forwards; name the earlier year "
                f"first."
            )
    if not pairs:
        nothing = table.iloc[:0].reindex(columns=[*keys, "year", value])
        return _compare(nothing, keys, (0, 1), value, name)
    return pd.concat([_compare(table, keys, p, value, name) for p in pairs], ignore_index=True)


def _compare(
    table: pd.DataFrame, keys: Sequence[str], pair: tuple[int, int], value: str, name: str
) -> pd.DataFrame:
    year0, year1 = pair
    found, (first, second) = panel(table, keys, pair, value)
    out = found.assign(
        year0=year0,
        year1=year1,
        years=year1 - year0,
        **{
            f"{name}0": first,
            f"{name}1": second,
            f"{name}_chg": change(first, second),
            f"{name}_pct_chg": pct_change(first, second),
            f"{name}_cagr": compound_rate(first, second, year1 - year0),
        },
    )
    if not {f"{value}_lo", f"{value}_hi"} <= set(table.columns):
        return out
    low0, low1 = panel(table, keys, pair, f"{value}_lo")[1]
    high0, high1 = panel(table, keys, pair, f"{value}_hi")[1]
    for column, interval in (("chg", change_interval), ("pct_chg", pct_change_interval)):
        low, high = interval(low0, high0, low1, high1)
        out[f"{name}_{column}_lo"], out[f"{name}_{column}_hi"] = low, high
    return out
