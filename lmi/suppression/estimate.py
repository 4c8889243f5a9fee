"""Estimates for withheld cells: establishments × reference size, raked to published totals.

1. First guess of every withheld cell that has no parts in the data: base × reference ratio. The
   base is establishments, the ratio the published measure over the base in the state's row for
   the same industry and ownership; else in the nation's; else in the published counties together;
   else that of the parent industry. Withheld totals are the sums of their parts.
2. Iterative proportional fitting. Cells are scaled in turn to what published cells of the state
   leave after the published counties, at every industry level, and to what the nearest published
   total of their own area leaves after its published parts; between rounds they are cut off at
   their hard upper bound. The own area comes last, so that it adds up exactly; counties meet the
   state as near as the rounds allow.
3. Parts that are absent from the data show as missing establishments. A family that lacks members
   gives them their share; a state that lacks counties is only an upper limit.

Wages follow the same steps with jobs, published or estimated, as their base: the ratio is pay.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.suppression.bounds import hard_bounds
from lmi.suppression.fill import Filled, fill
from lmi.suppression.hierarchy import (
    KEY,
    PERIOD,
    FloatArray,
    build_hierarchy,
    in_scope,
)
from lmi.suppression.reference import reference_ratios
from lmi.suppression.whole import add_remainders, establishment_gap, whole_states

__all__ = ["SOURCES", "estimate", "estimate_employment_and_wages"]

PUBLISHED = "published"
ADDED = "added up from published parts"
BOTH = "raked to parent and state"
PARENT = "raked to parent"
STATE = "raked to state"
REFERENCE = "reference size only"
NOTHING = "nothing published to go by"
TINY = 1e-6
SOURCES = (PUBLISHED, ADDED, BOTH, PARENT, STATE, REFERENCE, NOTHING)


def estimate(
    rows: pd.DataFrame,
    measure: str = "annual_avg_emplvl",
    estabs: str = "annual_avg_estabs",
    base: pd.Series | None = None,
    rounds: int = 200,
) -> pd.DataFrame:
    """Fill every withheld cell of one measure.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows as the store gives them (a withheld value is NaN): counties with their
        statewide and national rows where the store has them, any number of states and periods,
        all industry levels and ownerships. Rows of other areas, levels or ownerships are dropped.
    measure : str
        An additive column: `annual_avg_emplvl`, `total_annual_wages`, `month3_emplvl`, …
    estabs : str
        The establishment counts that go with it.
    base : Series, optional
        What the measure is proportional to, with the index of `rows`; establishments by default.
        For wages: jobs, published or estimated.
    rounds : int
        At most so many rounds of proportional fitting in each step.

    Returns
    -------
    DataFrame
        The rows in scope with the index of `rows`: area_fips, own_code, industry_code,
        agglvl_code, year and qtr where `rows` has them, then ``estabs``, ``published`` (NaN where
        withheld), ``estimate`` (the published value, or the estimate), ``lo`` and ``hi``
        (the published value, or hard bounds) and ``source`` (one of `SOURCES`).
        ``attrs["relaxed"]`` counts published totals smaller than their published parts
        (``families``, ``states``; their withheld parts became zero) and estimates that the rounds
        left outside a bound (``bounds``; the bound was widened).

    Raises
    ------
    MeasureError
        If a column is missing, a cell occurs twice, a published value is negative, or `base` has
        another index than `rows`.

    Notes
    -----
    The method is at the top of `lmi.suppression.estimate`.

    Published cells and true zeros are never changed, nothing is negative, and children add up to
    their parents within floating error (within rounding, where published parts of an annual
    average exceed their published total by rounding).

    Examples
    --------
    A county with 100 private jobs, of which 60 are withheld in two sectors of equal size:

    >>> import pandas as pd
    >>> rows = pd.DataFrame(
    ...     [("5", "10", "71", 12, 100), ("5", "11", "74", 4, 40),
    ...      ("5", "23", "74", 4, None), ("5", "62", "74", 4, None)],
    ...     columns=["own_code", "industry_code", "agglvl_code",
    ...              "annual_avg_estabs", "annual_avg_emplvl"]).assign(area_fips="99001")
    >>> estimate(rows)[["industry_code", "estimate", "hi", "source"]]
      industry_code  estimate     hi           source
    0            10     100.0  100.0        published
    1            11      40.0   40.0        published
    2            23      30.0   61.5  raked to parent
    3            62      30.0   61.5  raked to parent
    """
    _check(rows, [*KEY, "agglvl_code", measure, estabs])
    if base is not None and not base.index.equals(rows.index):
        raise MeasureError("The base has another index than the rows; take both from one table.")
    take = in_scope(rows).to_numpy()
    rows, base = rows[take], None if base is None else base[take]
    tree = build_hierarchy(rows)
    published = _published(rows, measure)
    counted = np.nan_to_num(_floats(rows[estabs]))
    size = counted if base is None else np.nan_to_num(_floats(base))
    slack = _rounding(estabs)
    whole = whole_states(tree, counted, slack)
    gap = establishment_gap(tree.parent, counted, slack)
    tree, known, size = add_remainders(tree, published, size, gap)
    whole = np.append(whole, np.zeros(len(tree) - len(whole), dtype=bool))
    ratio = reference_ratios(tree, known, size)
    guess = np.nan_to_num(ratio * size)
    rounding = _rounding(measure)
    lo, hi = hard_bounds(tree, known, rounding)
    filled = fill(tree, whole, known, guess, hi, rounding, rounds)
    return _result(rows, counted, published, filled, ratio, lo, hi)


def estimate_employment_and_wages(rows: pd.DataFrame) -> pd.DataFrame:
    """Fill annual employment and wages, the wages in proportion to jobs × reference pay.

    Parameters
    ----------
    rows : DataFrame
        Annual QCEW rows as the store gives them, as for `estimate`.

    Returns
    -------
    DataFrame
        The rows in scope with the index of `rows`: area_fips, own_code, industry_code,
        agglvl_code, year and qtr where `rows` has them, ``annual_avg_estabs``,
        ``annual_avg_emplvl_published``, ``annual_avg_emplvl``, ``annual_avg_emplvl_lo``,
        ``annual_avg_emplvl_hi``, ``total_annual_wages_published``, ``total_annual_wages``,
        ``source`` (of the employment).

    Raises
    ------
    MeasureError
        As `estimate`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame(
    ...     [("5", "10", "71", 8, 100, 5_000_000), ("5", "11", "74", 4, 40, 1_400_000),
    ...      ("5", "23", "74", 4, None, None)],
    ...     columns=["own_code", "industry_code", "agglvl_code", "annual_avg_estabs",
    ...              "annual_avg_emplvl", "total_annual_wages"]).assign(area_fips="99001")
    >>> filled = estimate_employment_and_wages(rows)
    >>> filled.loc[2, ["annual_avg_emplvl", "total_annual_wages"]].tolist()
    [60.0, 3600000.0]
    """
    _check(rows, ["own_code", "agglvl_code"])
    rows = rows[in_scope(rows).to_numpy()]
    jobs = estimate(rows)
    wages = estimate(rows, "total_annual_wages", base=jobs["estimate"])
    keys = [c for c in jobs.columns if c in {*KEY, *PERIOD, "agglvl_code"}]
    result = jobs[keys].assign(
        annual_avg_estabs=jobs["estabs"],
        annual_avg_emplvl_published=jobs["published"],
        annual_avg_emplvl=jobs["estimate"],
        annual_avg_emplvl_lo=jobs["lo"],
        annual_avg_emplvl_hi=jobs["hi"],
        total_annual_wages_published=wages["published"],
        total_annual_wages=wages["estimate"],
        source=jobs["source"],
    )
    result.attrs["relaxed"] = {
        "annual_avg_emplvl": jobs.attrs["relaxed"],
        "total_annual_wages": wages.attrs["relaxed"],
    }
    return result


def _check(rows: pd.DataFrame, columns: list[str]) -> None:
    missing = [column for column in columns if column not in rows]
    if missing:
        raise MeasureError(
            f"The rows lack {', '.join(missing)}; an estimate needs the key columns, the measure "
            "and its establishments."
        )


def _published(rows: pd.DataFrame, measure: str) -> FloatArray:
    """Read the measure and refuse what cannot be shared out."""
    values = _floats(rows[measure])
    if (values < 0).any():
        first = rows.loc[values < 0, KEY].iloc[0]
        raise MeasureError(
            f"{measure} of {'/'.join(first)} is negative; only counts and sums of money can be "
            "estimated, not changes."
        )
    return values


def _floats(column: pd.Series) -> FloatArray:
    return column.to_numpy(dtype="float64", na_value=np.nan)


def _rounding(column: str) -> float:
    """Rounding error of a published column: annual averages are rounded, sums are not."""
    return 0.5 if column.startswith("annual_avg_") else 0.0


def _sources(published: FloatArray, filled: Filled, ratio: FloatArray) -> np.ndarray:
    """Say of every row what its value rests on."""
    n = len(published)
    by_parent, by_state = filled.by_parent[:n], filled.by_state[:n]
    return np.select(
        [
            ~np.isnan(published),
            ~filled.estimated[:n],
            by_parent & by_state,
            by_parent,
            by_state,
            ~np.isnan(ratio[:n]),
        ],
        [PUBLISHED, ADDED, BOTH, PARENT, STATE, REFERENCE],
        NOTHING,
    )


def _result(
    rows: pd.DataFrame,
    estabs: FloatArray,
    published: FloatArray,
    filled: Filled,
    ratio: FloatArray,
    lo: FloatArray,
    hi: FloatArray,
) -> pd.DataFrame:
    n, keys = len(rows), [c for c in (*KEY, "agglvl_code", *PERIOD) if c in rows]
    source = _sources(published, filled, ratio)
    value = np.where(source == NOTHING, np.nan, filled.value[:n])
    lo, hi = lo[:n], hi[:n]
    outside = (value < lo - TINY) | (value > hi + TINY)
    result = rows[keys].assign(
        estabs=estabs,
        published=published,
        estimate=value,
        lo=np.fmin(lo, value),
        hi=np.fmax(hi, value),
        source=source,
    )
    result.attrs["relaxed"] = {
        "families": filled.over_families,
        "states": filled.over_states,
        "bounds": int(outside.sum()),
    }
    return result
