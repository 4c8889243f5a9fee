"""Quarters become years as the agency makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, IntArray, ratio, round_half_up
from lmi.measures.lookup import require
from lmi.measures.pay import WEEKS_PER_YEAR

__all__ = ["annualise"]


_KEYS = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code")
_SORT = ("area_fips", "year", "own_code", "industry_code", "agglvl_code", "size_code")
_MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")
_WAGES = "total_qtrly_wages"
# The tax columns are summed where a source has them.
_OPTIONAL_SUMS = {
    "taxable_qtrly_wages": "taxable_annual_wages",
    "qtrly_contributions": "annual_contributions",
}
_QUARTERS = ("1", "2", "3", "4")


def annualise(quarters: pd.DataFrame, *, rounded: bool = True) -> pd.DataFrame:
    """Turn quarterly QCEW rows into annual ones.

    Parameters
    ----------
    quarters : DataFrame
        Rows with the store's quarterly columns: the five codes, ``year``, ``qtr`` (1 to 4),
        ``disclosure_code``, ``qtrly_estabs``, the three months' jobs and ``total_qtrly_wages``
        (USD); taxable wages, contributions and ``source_id`` if present. All of an area's, since
        a quarter without a row of it counts as a quarter without data.
    rounded : bool, optional
        Round averages and pay as the agency prints them. What is to be added up is left unrounded:
        the halves of many small cells, all rounded up, add up to places that nobody has.

    Returns
    -------
    DataFrame
        One row a cell and year, in the store's annual columns (``qtr`` is A), sorted by area,
        year and codes. Years of which an area lacks a quarter are left out. ``source_id``,
        if given, is the highest of the quarters' ones.

    Raises
    ------
    MeasureError
        A column is missing, a quarter is not 1 to 4, or a cell has two rows in a quarter.

    Notes
    -----
    Jobs are the mean of the twelve months, establishments the mean of the four quarters. Wages and
    contributions are summed. Pay is wages over the unrounded mean of the months, the weekly wage
    that over 52; both are zero where no month has a job, as the agency prints them. Averages and
    pay are rounded half up.

    A cell that is withheld (N) in any quarter is withheld for the year, but keeps its
    establishments. The agency decides anew for the year and publishes some of those. A cell
    that is absent or without establishments (-) in a quarter has no jobs in it; one that has
    none in all four stays ``-``.

    Source: the rules reproduce each of the fully disclosed rows of the agency's annual slices of
    2020 from its quarterly ones for Delaware and Franklin County, Ohio.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.annualise import annualise
    >>> quarters = pd.DataFrame(
    ...     {
    ...         "area_fips": "99001", "own_code": "5", "industry_code": "62",
    ...         "agglvl_code": "74", "size_code": "0", "year": 2020, "qtr": ["1", "2", "3", "4"],
    ...         "disclosure_code": None, "qtrly_estabs": [4, 4, 5, 5],
    ...         "month1_emplvl": [10, 10, 12, 12], "month2_emplvl": [10, 10, 12, 12],
    ...         "month3_emplvl": [10, 10, 12, 12], "total_qtrly_wages": 143_000,
    ...     }
    ... )
    >>> year = annualise(quarters).iloc[0]
    >>> year[["annual_avg_estabs", "annual_avg_emplvl", "avg_annual_pay"]].to_dict()
    {'annual_avg_estabs': 5.0, 'annual_avg_emplvl': 11.0, 'avg_annual_pay': 52000.0}
    """
    needed = [*_KEYS, "year", "qtr", "disclosure_code", "qtrly_estabs", *_MONTHS, _WAGES]
    require(quarters, needed, "quarterly table")
    quarter = _quarter_numbers(quarters)
    cell, first = _group(quarters, _SORT)
    n = len(first)
    _refuse_repeats(quarters, cell, quarter, n)
    sums = _sum_quarters(quarters, cell, n)
    keep = _is_complete(quarters, cell, quarter, first)
    year = _assemble(quarters, first, sums, round_half_up if rounded else np.asarray)
    if "source_id" in quarters.columns:
        year["source_id"] = quarters["source_id"].groupby(cell).max().to_numpy()
    return year[keep].reset_index(drop=True)


def _quarter_numbers(quarters: pd.DataFrame) -> IntArray:
    """Return the quarter of each row as 0 to 3."""
    codes, values = pd.factorize(quarters["qtr"], use_na_sentinel=False)
    strange = [v for v in values if v not in _QUARTERS]
    if strange:
        raise MeasureError(
            f"The quarter {strange[0]!r} is not one of 1, 2, 3, 4; annualise takes quarterly rows "
            f"only."
        )
    return np.array([int(v) - 1 for v in values], dtype="int64")[codes]


def _group(table: pd.DataFrame, columns: Sequence[str]) -> tuple[IntArray, IntArray]:
    """Return the sorted number of each row's group, and each group's first row.

    The columns' own small numberings are combined into one number a row, which is much faster
    to tell apart than a row of strings.
    """
    combined = np.zeros(len(table), dtype="int64")
    for name in columns:
        codes, values = pd.factorize(table[name], sort=True, use_na_sentinel=False)
        combined = combined * max(len(values), 1) + codes
    appearance, distinct = pd.factorize(combined)
    order = np.argsort(distinct)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    group = rank[appearance]
    first = np.empty(len(order), dtype="int64")
    first[group[::-1]] = np.arange(len(table))[::-1]
    return group, first


def _refuse_repeats(quarters: pd.DataFrame, cell: IntArray, quarter: IntArray, n: int) -> None:
    counts = np.bincount(cell * 4 + quarter, minlength=4 * n)
    if not (counts > 1).any():
        return
    row = quarters.iloc[int((cell * 4 + quarter == counts.argmax()).argmax())]
    key = ", ".join(f"{k} {row[k]}" for k in (*_KEYS, "year", "qtr"))
    raise MeasureError(
        f"The quarterly table has more than one row for {key}; a cell may stand once in a "
        f"quarter, so take one vintage of each."
    )


def _sum_quarters(quarters: pd.DataFrame, cell: IntArray, n: int) -> dict[str, FloatArray]:
    """Sum each measure over a cell's quarters; a missing number makes its sum missing."""
    withheld = quarters["disclosure_code"].eq("N").to_numpy(dtype=bool, na_value=False)
    absent = quarters["disclosure_code"].eq("-").to_numpy(dtype=bool, na_value=False)

    def total(column: str) -> FloatArray:
        values = quarters[column].to_numpy(dtype="float64", na_value=np.nan)
        return _add_up(cell, np.where(absent, 0.0, np.where(withheld, np.nan, values)), n)

    estabs = quarters["qtrly_estabs"].to_numpy(dtype="float64", na_value=np.nan)
    sums = {c: total(c) for c in (*_MONTHS, _WAGES)}
    sums |= {c: total(c) for c in _OPTIONAL_SUMS if c in quarters.columns}
    sums["estabs"] = _add_up(cell, estabs, n)
    sums["present"] = _add_up(cell, (~absent).astype("float64"), n)
    return sums


def _add_up(cell: IntArray, values: FloatArray, n: int) -> FloatArray:
    return np.bincount(cell, weights=values, minlength=n).astype("float64", copy=False)


def _is_complete(
    quarters: pd.DataFrame, cell: IntArray, quarter: IntArray, first: IntArray
) -> npt.NDArray[np.bool_]:
    """Say for each cell whether its area has all four quarters of its year."""
    place = ["area_fips", "year"]
    of_cell, found = _group(quarters[place].iloc[first], place)
    counts = np.bincount(of_cell[cell] * 4 + quarter, minlength=4 * len(found))
    return np.logical_and.reduce(counts.reshape(-1, 4) > 0, axis=1)[of_cell]


def _assemble(
    quarters: pd.DataFrame,
    first: IntArray,
    sums: dict[str, FloatArray],
    finish: Callable[[FloatArray], FloatArray],
) -> pd.DataFrame:
    year = quarters[[*_KEYS, "year"]].iloc[first].reset_index(drop=True)
    none_present = sums["present"] == 0
    jobs = np.where(none_present, np.nan, sum(sums[m] for m in _MONTHS))
    wages = np.where(np.isnan(jobs), np.nan, sums[_WAGES])
    year["qtr"] = "A"
    year["disclosure_code"] = pd.Series(pd.NA, year.index, dtype="str")
    year.loc[np.isnan(jobs) | np.isnan(wages), "disclosure_code"] = "N"
    year.loc[none_present, "disclosure_code"] = "-"
    year["annual_avg_estabs"] = finish(sums["estabs"] / 4)
    year["annual_avg_emplvl"] = finish(jobs / 12)
    year["total_annual_wages"] = wages
    for quarterly, annual in _OPTIONAL_SUMS.items():
        if quarterly in sums:
            year[annual] = np.where(np.isnan(jobs), np.nan, sums[quarterly])
    # The agency prints a pay of zero where no month has a job, even if wages were paid.
    nobody = jobs == 0
    pay = np.where(nobody, 0.0, ratio(wages * 12, jobs))
    weekly = np.where(nobody, 0.0, ratio(wages * 12, jobs * WEEKS_PER_YEAR))
    year["annual_avg_wkly_wage"] = finish(weekly)
    year["avg_annual_pay"] = finish(pay)
    return year
