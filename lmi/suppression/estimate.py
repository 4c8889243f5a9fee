"""Estimates for withheld cells, with bounds and intervals.

1. What a cell may be, from its size (base × reference ratio) and from the same cell's nearest
   disclosed values in other periods, each weighed by how well it predicts disclosed cells
   (`prior`, `carry_over`).
2. The nearest table that adds up: over industries, ownerships and counties, with every published
   cell as it stands (`constraints`, `solve`).
3. How far the truth may stray: joint draws around the solution, widened until nine of ten
   disclosed cells lie within when they are withheld in the agency's pattern (`spread`, `draws`).

Money follows the same steps with jobs, published or estimated, as its base: the ratio is pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.suppression.cell_hierarchy import KEY, PERIOD, FloatArray, in_scope
from lmi.suppression.contradictions import find_contradictions
from lmi.suppression.draws import Draws, pack, unpack
from lmi.suppression.fill import Filled, fill
from lmi.suppression.masks import other_tables
from lmi.suppression.other_periods import History
from lmi.suppression.pinned_by import SOURCES, pinned_by
from lmi.suppression.problem import column_floats
from lmi.suppression.spread import NORMAL, Spread, cell_spread, learn_spread

__all__ = [
    "SOURCES", "Estimated", "EstimatedMeasure", "Relaxed", "estimate",
    "estimate_employment_and_wages",
]  # fmt: skip

# A sum hangs on its few large cells, whose errors have heavier tails than those of the many that
# the spread is learned on: learned on sums of masked cells, Colorado against Ohio.
OF_SUMS = 1.1
EMPLVL, WAGES, ESTABS = "annual_avg_emplvl", "total_annual_wages", "annual_avg_estabs"


@dataclass(frozen=True)
class Relaxed:
    """How much had to give way for a table to exist.

    Parameters
    ----------
    families, states : int
        Totals of industries or ownerships, and of counties, that their parts contradict; they
        were let off by the least amount.
    bounds : int
        Estimates that lie outside a hard bound, which was widened.
    """

    families: int
    states: int
    bounds: int


@dataclass(frozen=True, eq=False)
class EstimatedMeasure:
    """One measure of every cell.

    Parameters
    ----------
    cells : DataFrame, n rows
        ``area_fips``, ``own_code``, ``industry_code``, ``agglvl_code``, ``year`` and ``qtr`` if
        given, ``estabs``, ``published`` (NaN where withheld), ``estimate`` (the published value,
        or the estimate), ``lo`` and ``hi`` (90 % interval), ``min`` and ``max`` (hard bounds) and
        ``source`` (one of `SOURCES`).
    contradictions : tuple of str
        Totals that their parts contradict, as area/ownership/industry.
    spread : Spread
        Of the intervals.
    """

    cells: pd.DataFrame
    relaxed: Relaxed
    contradictions: tuple[str, ...]
    spread: Spread


@dataclass(frozen=True, eq=False)
class Estimated:
    """Annual employment and wages of every cell, and joint draws of what is withheld.

    Parameters
    ----------
    cells : DataFrame, n rows
        ``area_fips``, ``own_code``, ``industry_code``, ``agglvl_code``, ``year`` and ``qtr`` if
        given, ``annual_avg_estabs``; ``annual_avg_emplvl`` and ``total_annual_wages``, each with
        ``_published`` (NaN where withheld), ``_lo`` and ``_hi`` (90 % interval), ``_min`` and
        ``_max`` (hard bounds); ``source`` (of the employment).
    emplvl, wages : Draws
        Over the rows of `cells`; draw j of the wages belongs to draw j of the jobs.
    contradictions : tuple of str
        Totals of employment that their parts contradict, as area/ownership/industry.
    folder : pathlib.Path, optional
        Where they are kept, and what is made from them may be.
    """

    cells: pd.DataFrame
    emplvl: Draws
    wages: Draws
    contradictions: tuple[str, ...] = ()
    folder: Path | None = None


def estimate(
    rows: pd.DataFrame,
    measure: str = EMPLVL,
    estabs: str = ESTABS,
    base: pd.Series | None = None,
    history: History | None = None,
) -> EstimatedMeasure:
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
    history : mapping of str to DataFrame, optional
        Rows of other periods, ``quarterly`` and ``annual``; `rows` must then be of one period.

    Returns
    -------
    EstimatedMeasure
        Of the rows in scope, with the index of `rows`.

    Raises
    ------
    MeasureError
        If a column is missing, a cell occurs twice, a published value is negative, `base` has
        another index than `rows`, or there is history and more than one period.

    Notes
    -----
    The method is at the top of `lmi.suppression.estimate`, and in docs/estimates.md what else was
    tried. Published cells and true zeros are never changed, nothing is negative, and parts add up
    to their totals within rounding.

    The interval of a month's cell speaks of the level at about that time: it holds changes from
    one month to the next, and so may reach beyond the hard bounds, which hold for the very month.
    Those of quarters' wages and of years do not.

    Examples
    --------
    A county with 100 private jobs, of which 60 are withheld in two sectors of equal size:

    >>> import pandas as pd
    >>> rows = pd.DataFrame(
    ...     [("5", "10", "71", 12, 100), ("5", "11", "74", 4, 40),
    ...      ("5", "23", "74", 4, None), ("5", "62", "74", 4, None)],
    ...     columns=["own_code", "industry_code", "agglvl_code",
    ...              "annual_avg_estabs", "annual_avg_emplvl"]).assign(area_fips="99001")
    >>> estimate(rows).cells[["industry_code", "estimate", "max", "source"]].round(1)
      industry_code  estimate    max                    source
    0            10     100.0  100.0                 published
    1            11      40.0   40.0                 published
    2            23      30.0   61.5  size, fitted to the area
    3            62      30.0   61.5  size, fitted to the area
    """
    rows, base = _checked(rows, [measure, estabs], base, history)
    filled = fill(rows, measure, estabs, base, history)
    spread = learn_spread(rows, measure, estabs, base, history)
    factor = spread.of(filled) / NORMAL
    return _measure(rows, estabs, filled, spread, filled.deviations(factor) / factor[:, None])


def estimate_employment_and_wages(rows: pd.DataFrame, history: History | None = None) -> Estimated:
    """Fill annual employment and wages, the wages in proportion to jobs × reference pay.

    Parameters
    ----------
    rows : DataFrame
        Annual QCEW rows as the store gives them, as for `estimate`.
    history : mapping of str to DataFrame, optional
        Rows of other periods, as for `estimate`.

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
    >>> filled.cells.loc[2, ["annual_avg_emplvl", "total_annual_wages"]].round(3).tolist()
    [60.0, 3600000.0]
    """
    rows, _ = _checked(rows, [EMPLVL, WAGES, ESTABS], None, history)
    rows = rows.reset_index(drop=True)
    others = other_tables(history or {})
    jobs = fill(rows, EMPLVL, ESTABS, None, history)
    of_jobs = learn_spread(rows, EMPLVL, ESTABS, None, history, others)
    base = pd.Series(jobs.value, index=rows.index)
    pay = fill(rows, WAGES, ESTABS, base, history)
    of_pay = learn_spread(rows, WAGES, ESTABS, base, history, others)
    more, wider = (s.of(f) * OF_SUMS / NORMAL for s, f in ((of_jobs, jobs), (of_pay, pay)))
    errors = jobs.deviations(more)
    money = pay.deviations(wider, _in_proportion(jobs, pay, errors))
    of_each = {
        EMPLVL: _measure(rows, ESTABS, jobs, of_jobs, errors / more[:, None]),
        WAGES: _measure(rows, ESTABS, pay, of_pay, money / wider[:, None]),
    }
    cells = _side_by_side({name: each.cells for name, each in of_each.items()})
    named = of_each[EMPLVL].contradictions
    return Estimated(cells, _draws(jobs, errors), _draws(pay, money), named)


def _in_proportion(jobs: Filled, pay: Filled, errors: FloatArray) -> FloatArray:
    """Errors of wages that follow from those of the jobs at the same pay."""
    n = len(jobs.problem.tree)
    share = np.zeros((n, errors.shape[1]), dtype=np.float32)
    value = np.maximum(jobs.solution.value, 0.5)[:, None]
    share[jobs.constraints.rows] = np.clip(errors / value, -1.0, 3.0)
    at = pay.constraints.rows
    return np.asarray(share[at] * pay.solution.value[:, None], dtype=np.float64)


def _checked(
    rows: pd.DataFrame, columns: list[str], base: pd.Series | None, history: History | None
) -> tuple[pd.DataFrame, pd.Series | None]:
    """Refuse what cannot be filled, and keep what nests."""
    missing = [c for c in (*KEY, "agglvl_code", *columns) if c not in rows]
    if missing:
        raise MeasureError(
            f"The rows lack {', '.join(missing)}; an estimate needs the key columns, the measure "
            "and its establishments."
        )
    if base is not None and not base.index.equals(rows.index):
        raise MeasureError("The base has another index than the rows; take both from one table.")
    take = in_scope(rows).to_numpy()
    rows, base = rows[take], None if base is None else base[take]
    for column in columns:
        negative = column_floats(rows[column]) < 0
        if negative.any():
            first = rows.loc[negative, KEY].iloc[0]
            raise MeasureError(
                f"{column} of {'/'.join(first)} is negative; only counts and sums of money can be "
                "estimated, not changes."
            )
    if history and not set(PERIOD) <= set(rows.columns):
        raise MeasureError("The rows lack year or qtr, and history needs to know their period.")
    if history and len(rows[PERIOD].drop_duplicates()) > 1:
        raise MeasureError("The rows are of several periods; estimate one at a time with history.")
    return rows, base


def _draws(filled: Filled, deviations: FloatArray) -> Draws:
    at = filled.constraints.rows[filled.is_row]
    # Rounded as on disk, so that what is read back later gives the same bytes.
    return Draws(at, unpack(*pack(deviations[filled.is_row])), filled.problem.n_rows)


def _measure(
    rows: pd.DataFrame, estabs: str, filled: Filled, spread: Spread, deviations: FloatArray
) -> EstimatedMeasure:
    problem, n = filled.problem, filled.problem.n_rows
    published, value = problem.known[:n], filled.value
    at, is_row = filled.constraints.rows, filled.is_row
    half = np.zeros(n)
    half[at[is_row]] = (cell_spread(filled, deviations) * spread.of(filled))[is_row]
    source = pinned_by(filled)
    value = np.where(source == SOURCES[-1], np.nan, value)
    least, most = np.fmin(problem.lo[:n], value), np.fmax(problem.hi[:n], value)
    lo, hi = np.maximum(value - half, 0.0), value + half
    # A month's interval is of the level around it, which the month's bounds do not bind.
    bound = filled.fixed | (not problem.is_of_a_month)
    keys = [c for c in (*KEY, "agglvl_code", *PERIOD) if c in rows]
    cells = rows[keys].assign(
        estabs=column_floats(rows[estabs]),
        published=published,
        estimate=value,
        lo=np.where(bound, np.maximum(lo, least), lo),
        hi=np.where(bound, np.minimum(hi, most), hi),
        min=least,
        max=most,
        source=source,
    )
    of_area, of_state = find_contradictions(problem, filled.constraints, filled.solution.relaxed)
    relaxed = Relaxed(int(of_area.sum()), int(of_state.sum()), int(filled.outside.sum()))
    totals = rows.loc[of_area | of_state, KEY]
    named = tuple("/".join(key) for key in totals.itertuples(index=False))
    return EstimatedMeasure(cells, relaxed, named, spread)


def _side_by_side(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Lay the cells of employment and wages side by side."""
    jobs = tables[EMPLVL]
    keys = [c for c in jobs.columns if c in {*KEY, *PERIOD, "agglvl_code"}]
    both = jobs[keys].assign(**{ESTABS: jobs["estabs"]})
    for name, table in tables.items():
        both[f"{name}_published"] = table["published"]
        both[name] = table["estimate"]
        for end in ("lo", "hi", "min", "max"):
            both[f"{name}_{end}"] = table[end]
    both["source"] = jobs["source"]
    return both
