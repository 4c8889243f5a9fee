"""Estimates beside simpler ways, on masked cells and on flip cells, in one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from lmi import codes
from lmi.errors import StoreError
from lmi.store import Store
from lmi.suppression.cell_hierarchy import KEY
from lmi.suppression.evaluation.estimators import BASELINES, Estimator, workbench
from lmi.suppression.evaluation.flips import flip_cells, leave_out, next_quarter
from lmi.suppression.evaluation.metrics import METRICS, score
from lmi.suppression.masks.masking import mask
from lmi.suppression.other_periods import History
from lmi.suppression.period import Period, read_history, read_rows

__all__ = [
    "COLUMNS", "Kind", "compare_flips", "compare_masks", "compare_period", "newest_with_a_next",
]  # fmt: skip

Kind = Literal["flip", "mask"]
COLUMNS = ("state_fips", "period", "kind", "method", "level", *METRICS)
ONE, ALL, UNSEEN = "estimate, one period", "estimate, all periods", "estimate, next unseen"
Way = tuple[Estimator, pd.DataFrame, History | None]


def compare_period(
    store: Store,
    state_fips: str,
    period: Period | None = None,
    kinds: Iterable[Kind] = ("flip", "mask"),
    estimator: Estimator = workbench,
) -> pd.DataFrame:
    """Score every way to fill the withheld cells of a state in one period.

    Parameters
    ----------
    period : Period, optional
        By default `newest_with_a_next`. Flip cells need a quarter with a next one in the store.
    kinds : iterable of {"flip", "mask"}

    Returns
    -------
    DataFrame
        `COLUMNS`: state_fips, period, kind, method, level and `METRICS`.

    Raises
    ------
    StoreError
        The store lacks the period, or for flip cells the next one.
    """
    period, kinds = period or newest_with_a_next(store, state_fips), tuple(kinds)
    following = _following(period) if "flip" in kinds else None
    rows, history = read_rows(store, state_fips, period), read_history(store, state_fips, period)
    found = []
    for kind in kinds:
        if kind == "flip" and following:
            later = read_rows(store, state_fips, following)
            table = compare_flips(rows, later, following, history, estimator)
        else:
            table = compare_masks(rows, period.measure, period.estabs, history, estimator)
        found.append(table.assign(kind=kind))
    scored = pd.concat(found, ignore_index=True)
    return scored.assign(state_fips=state_fips, period=str(period))[list(COLUMNS)]


def newest_with_a_next(store: Store, state_fips: str) -> Period:
    """Choose a quarter to test on: of those with a next one, the newest with the most areas.

    Raises
    ------
    StoreError
        The store has no two quarters of the state in a row.
    """
    held = store.periods("quarterly", [state_fips])
    counts = held.groupby(["year", "qtr"], as_index=False).size()
    areas = {(int(y), str(q)): int(n) for y, q, n in counts.itertuples(index=False)}
    both = {at: min(n, areas[after]) for at, n in areas.items()
            if (after := next_quarter(*at)) in areas}  # fmt: skip
    if not both:
        raise StoreError(
            f"The store has no two quarters in a row of {codes.state_name(state_fips)}; ingest "
            "them, or name a period and test with masked cells alone (--kind mask)."
        )
    return Period(*max(both, key=lambda at: (both[at], at)))


def compare_flips(
    rows: pd.DataFrame,
    later: pd.DataFrame,
    following: Period,
    history: History,
    estimator: Estimator = workbench,
) -> pd.DataFrame:
    """Score every way on the cells that are disclosed in the next quarter.

    Parameters
    ----------
    rows, later : DataFrame
        A quarter and the next one.
    following : Period
        The next one.
    history : dict of DataFrame
        Other periods, the next one among them. The estimates are scored without them, with them,
        and with them but for what tells the truth (`leave_out`).

    Returns
    -------
    DataFrame
        ``method``, ``level`` and `METRICS`.
    """
    cells = flip_cells(rows, later)
    ways: dict[str, Way] = {name: (fill, rows, None) for name, fill in BASELINES.items()}
    ways[ONE] = (estimator, rows, None)
    if history and following.quarter:
        honest = leave_out(history, cells, following.year, following.quarter)
        ways[ALL] = (estimator, rows, history)
        ways[UNSEEN] = (estimator, rows, honest)
    return _score_all(cells, ways, "month3_emplvl", "qtrly_estabs")


def compare_masks(
    rows: pd.DataFrame,
    measure: str,
    estabs: str,
    history: History,
    estimator: Estimator = workbench,
    share: float = 0.2,
    seed: int = 1,
) -> pd.DataFrame:
    """Score every way on disclosed cells that were withheld on purpose.

    Parameters
    ----------
    history : dict of DataFrame
        Other periods; the cells are withheld there too where cells like them are.
    share, seed : float, int
        See `mask`.

    Returns
    -------
    DataFrame
        ``method``, ``level`` and `METRICS`.
    """
    masked = mask(rows, measure, estabs, history, share, seed)
    ways: dict[str, Way] = {name: (fill, masked.rows, None) for name, fill in BASELINES.items()}
    ways[ONE] = (estimator, masked.rows, None)
    if history:
        ways[ALL] = (estimator, masked.rows, masked.history)
    return _score_all(masked.cells, ways, measure, estabs)


def _score_all(
    cells: pd.DataFrame, ways: dict[str, Way], measure: str, estabs: str
) -> pd.DataFrame:
    scored = []
    for name, (fill, rows, history) in ways.items():
        filled = fill(rows, measure, estabs, history)
        columns = [c for c in ("estimate", "lo", "hi") if c in filled]
        judged = cells.merge(filled[[*KEY, *columns]], on=KEY, how="left", validate="1:1")
        scored.append(score(judged).assign(method=name))
    return pd.concat(scored, ignore_index=True)


def _following(period: Period) -> Period:
    if period.quarter is None:
        raise StoreError(
            f"Flip cells need a quarter, and {period} is a year; name a quarter such as "
            f"{period}Q1, or test with masked cells alone (--kind mask)."
        )
    return Period(*next_quarter(period.year, period.quarter))
