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
    "compound_rate",
    "growth",
    "growth_table",
    "mix_growth",
    "pct_change",
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


def growth(value0: Any, value1: Any, years: Any, name: str = "emplvl") -> dict[str, FloatArray]:
    """Return the change, the percent change and the compound rate between two values.

    Parameters
    ----------
    value0, value1 : array_like, shape (n,) or (n, k), jobs or USD
        The same quantity in an earlier and a later year, or k draws of it; draw j of the one
        goes with draw j of the other.
    years : array_like, shape (n,) or scalar, years
        Time between the two.
    name : str
        What the measures call the quantity.

    Returns
    -------
    dict of str to ndarray
        ``emplvl_chg`` (same unit), ``emplvl_pct_chg`` (percent) and ``emplvl_cagr`` (percent per
        year), for `name` = ``emplvl``.

    Notes
    -----
    See `change`, `pct_change` and `compound_rate`.

    Examples
    --------
    >>> from lmi.measures.growth import growth
    >>> {name: float(x[0].round(2)) for name, x in growth([100], [150], 5).items()}
    {'emplvl_chg': 50.0, 'emplvl_pct_chg': 50.0, 'emplvl_cagr': 8.45}
    """
    return {
        f"{name}_chg": change(value0, value1),
        f"{name}_pct_chg": pct_change(value0, value1),
        f"{name}_cagr": compound_rate(value0, value1, years),
    }


def mix_growth(emplvl: Any, ratios: Any) -> FloatArray:
    """Return the growth of a mix whose parts grow each at its own rate.

    Parameters
    ----------
    emplvl : array_like, shape (m,) or (m, k), jobs
        Jobs of each part, or k draws of them.
    ratios : array_like, shape (m,) or (m, 1)
        Later over earlier jobs of each part, from a projection.

    Returns
    -------
    ndarray, shape () or (k,), percent
        NaN where there are no jobs.

    Notes
    -----
    100 · Σ E_i·(q_i − 1) / Σ E_i.

    Examples
    --------
    >>> from lmi.measures.growth import mix_growth
    >>> float(mix_growth([300, 100], [1.2, 1.0]).round(9))
    15.0
    """
    jobs, quotient = floats(emplvl, ratios)
    return ratio(100 * (jobs * (quotient - 1)).sum(axis=0), jobs.sum(axis=0))


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
        Long table with `keys`, ``year`` and `value`.
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
        ``emplvl1``, ``emplvl_chg``, ``emplvl_pct_chg`` (percent) and ``emplvl_cagr`` (percent
        per year). A key without a row in one of the two years has missing growth.

    Raises
    ------
    MeasureError
        A column is missing, a key repeats within a year, or a pair does not run forwards.

    Notes
    -----
    See `growth`. A revision of the industry code or of a county between
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
    return found.assign(
        year0=year0,
        year1=year1,
        years=year1 - year0,
        **{f"{name}0": first, f"{name}1": second},
        **growth(first, second, year1 - year0, name),
    )
