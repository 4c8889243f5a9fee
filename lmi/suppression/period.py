"""Estimates of one state and one period out of the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lmi import codes
from lmi.errors import MeasureError, StoreError
from lmi.schema import qcew_table
from lmi.store import Store
from lmi.suppression.cell_hierarchy import KEY, PERIOD, in_scope
from lmi.suppression.contradictions import in_states
from lmi.suppression.estimate import EstimatedMeasure, estimate
from lmi.suppression.other_periods import History

__all__ = [
    "COLUMNS", "EstimatedPeriod", "Period", "estimate_period", "measures_of", "read_history",
    "read_rows",
]  # fmt: skip

COLUMNS = (*KEY, "agglvl_code", "estabs", "published", "estimate", "lo", "hi", "source")
NESTING = ("0", "1", "2", "3", "5")
ALL_SIZES = "0"
# Averages follow from sums; quotients and changes are no levels.
NOT_ADDITIVE = ("lq_", "oty_", "avg_", "annual_avg_wkly")
# Farther off, a value says no more than the size does.
HISTORY_YEARS = 3
# Contradictions that are named; `lmi verify` lists them all.
NAMED = 5


@dataclass(frozen=True)
class Period:
    """A year, or a quarter of it.

    Parameters
    ----------
    quarter : str, optional
        ``1`` to ``4``; None for the year.

    Examples
    --------
    >>> str(Period(2016, "1")), Period(2016, "1").measure, Period(2016).estabs
    ('2016Q1', 'month3_emplvl', 'annual_avg_estabs')
    """

    year: int
    quarter: str | None = None

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def frequency(self) -> Literal["annual", "quarterly"]:
        """The table of the store that holds the period."""
        return "quarterly" if self.quarter else "annual"

    @property
    def measure(self) -> str:
        """Jobs: what is estimated unless told."""
        return "month3_emplvl" if self.quarter else "annual_avg_emplvl"

    @property
    def estabs(self) -> str:
        """The establishment count, published everywhere."""
        return "qtrly_estabs" if self.quarter else "annual_avg_estabs"


@dataclass(frozen=True, eq=False)
class EstimatedPeriod:
    """Every cell of a state in one period.

    Parameters
    ----------
    cells : DataFrame
        One row a cell of the state and its counties, in order of key: area_fips, own_code,
        industry_code, agglvl_code, ``estabs``, ``published`` (missing where withheld),
        ``estimate``, ``lo``, ``hi``, ``source``.
    notes : tuple of str
        In sentences, what the store lacks that would have made the estimates better, and which
        numbers contradict each other.
    """

    cells: pd.DataFrame
    notes: tuple[str, ...]


def measures_of(frequency: Literal["annual", "quarterly"]) -> tuple[str, ...]:
    """List the columns that add up over counties and industries, and so can be estimated.

    Parameters
    ----------
    frequency : {"annual", "quarterly"}

    Examples
    --------
    >>> measures_of("annual")  # doctest: +NORMALIZE_WHITESPACE
    ('annual_avg_estabs', 'annual_avg_emplvl', 'total_annual_wages', 'taxable_annual_wages',
     'annual_contributions')
    """
    levels = (c for c in qcew_table(frequency).columns if c.unit)
    return tuple(c.name for c in levels if not c.name.startswith(NOT_ADDITIVE))


def estimate_period(
    store: Store,
    state_fips: str,
    period: Period,
    measure: str | None = None,
    own_codes: Iterable[str] | None = None,
    with_history: bool = True,
    rows: pd.DataFrame | None = None,
) -> EstimatedPeriod:
    """Fill every withheld cell of a state in one period.

    Parameters
    ----------
    measure : str, optional
        One of `measures_of`; jobs unless told.
    own_codes : iterable of str, optional
        Ownerships to return; the others are used all the same.
    with_history : bool
        Use the other quarters and years of the store too.
    rows : DataFrame, optional
        The period's rows of the state and its nation, such as a year made of its quarters; those
        of the store unless given.

    Raises
    ------
    CodeError, MeasureError, StoreError
        The state is none, the measure cannot be estimated, an ownership does not nest, or the
        store lacks the period.
    """
    measure = _checked(measure or period.measure, period)
    owns = _checked_owns(own_codes)
    rows = read_rows(store, state_fips, period) if rows is None else _nesting(rows)
    statewide = codes.statewide(state_fips)
    in_state = rows["area_fips"].str[:2] == state_fips
    if rows.loc[in_state, measure].isna().all():
        raise StoreError(
            f"The store has no {measure} of {codes.state_name(state_fips)} for {period}; "
            f"ingest a file that holds it, or choose another measure."
        )
    history = read_history(store, state_fips, period) if with_history else {}
    base = None
    if not measure.endswith(("_emplvl", "_estabs")):  # money is in proportion to jobs
        jobs = estimate(rows, period.measure, period.estabs, history=history or None)
        base = jobs.cells["estimate"].reindex(rows.index)
    filled = estimate(rows, measure, period.estabs, base, history or None)
    cells = filled.cells
    kept = cells[(cells["area_fips"].str[:2] == state_fips) & cells["own_code"].isin(owns)]
    lacks = _missing(rows, statewide, history, with_history)
    return EstimatedPeriod(
        kept.sort_values(KEY)[list(COLUMNS)].reset_index(drop=True),
        (*lacks, *_contradictions(filled, state_fips)),
    )


def read_rows(store: Store, state_fips: str, period: Period) -> pd.DataFrame:
    """Read the rows that nest of a state and its nation in one period.

    Raises
    ------
    CodeError, StoreError
        The state is none, or the store lacks the period.
    """
    nation = codes.nation_of(codes.statewide(state_fips))
    quarters = [period.quarter] if period.quarter else None
    rows = store.qcew(
        period.frequency, states=[state_fips, nation[:2]], years=[period.year], quarters=quarters
    )
    rows = _nesting(rows)
    if not rows["area_fips"].str.startswith(state_fips).any():
        held = store.periods(period.frequency, [state_fips])[PERIOD].drop_duplicates()
        found = [str(Period(y, None if q == "A" else q)) for y, q in held.itertuples(index=False)]
        has = f"it has {', '.join(found)}" if found else f"it has no {period.frequency} rows of it"
        raise StoreError(
            f"The store has no rows of {codes.state_name(state_fips)} for {period}: {has}; "
            "ingest the agency's files of that period."
        )
    return rows


def read_history(store: Store, state_fips: str, period: Period) -> dict[str, pd.DataFrame]:
    """Read all other quarters and years of a state and its nation.

    Parameters
    ----------
    period : Period
        The one to leave out.

    Returns
    -------
    dict of DataFrame
        ``quarterly`` and ``annual``, where the store has such rows: keys, levels, changes over
        the year and what withholds them.
    """
    nation = codes.nation_of(codes.statewide(state_fips))
    history: dict[str, pd.DataFrame] = {}
    around = range(period.year - HISTORY_YEARS, period.year + HISTORY_YEARS + 1)
    frequencies: tuple[Literal["quarterly", "annual"], ...] = ("quarterly", "annual")
    for frequency in frequencies:
        levels = measures_of(frequency)
        changes = [f"oty_{name}_chg" for name in levels]
        columns = [
            *KEY, "agglvl_code", "size_code", *PERIOD, "disclosure_code", *levels,
            "oty_disclosure_code", *changes,
        ]  # fmt: skip
        rows = store.qcew(frequency, states=[state_fips, nation[:2]], years=around, columns=columns)
        this = (rows["year"] == period.year) & (rows["qtr"] == (period.quarter or "A"))
        rows = _nesting(rows[~this.to_numpy()])
        if rows["area_fips"].str.startswith(state_fips).any():
            history[frequency] = rows
    return history


def _nesting(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that nest, of establishments of all sizes."""
    kept = in_scope(rows) & (rows["size_code"] == ALL_SIZES)
    return rows[kept.to_numpy()].reset_index(drop=True)


def _checked(measure: str, period: Period) -> str:
    allowed = measures_of(period.frequency)
    if measure not in allowed:
        raise MeasureError(
            f"The measure {measure!r} cannot be estimated for {period}, because only columns of "
            f"that period that add up can; choose one of {', '.join(allowed)}."
        )
    return measure


def _checked_owns(own_codes: Iterable[str] | None) -> list[str]:
    owns = list(own_codes or NESTING)
    for own in owns:
        if own not in NESTING:
            raise MeasureError(
                f"The ownership {own!r} is not among those that are estimated; "
                f"choose from {', '.join(NESTING)}."
            )
    return owns


def _missing(rows: pd.DataFrame, statewide: str, history: History, with_history: bool) -> list[str]:
    """Say what the store lacks that the estimates could have used."""
    place, areas = codes.state_name(statewide[:2]), set(rows["area_fips"])
    lacks = []
    if statewide not in areas:
        lacks.append(f"No statewide rows ({statewide}): counties are not held to the state.")
    if codes.nation_of(statewide) not in areas:
        lacks.append("No national rows of the period: sizes come from the state alone.")
    if with_history and not history:
        lacks.append(f"No other period of {place}: one period had to do.")
    return lacks


def _contradictions(filled: EstimatedMeasure, state_fips: str) -> list[str]:
    """Say which published numbers of the state contradict each other."""
    named = in_states(filled.contradictions, {state_fips})
    if not named:
        return []
    more = ", …" if len(named) > NAMED else ""
    which = ", ".join(named[:NAMED]) + more
    return [f"Published totals that contradict their parts: {len(named)} ({which})."]
