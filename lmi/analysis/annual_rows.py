"""Annual rows from whatever the store has: years, quarters, or changes over the year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lmi.measures.annualise import annualise
from lmi.measures.over_the_year import previous_year
from lmi.schema import qcew_table
from lmi.store import Store
from lmi.words import listing

__all__ = [
    "ANNUAL",
    "LEVELS",
    "OVER_THE_YEAR",
    "QUARTERS",
    "annual_rows",
    "known_years",
    "parts_of_years",
]

ANNUAL = "annual"
QUARTERS = "quarters"
OVER_THE_YEAR = "over-the-year"
LEVELS = (ANNUAL, QUARTERS)


def known_years(store: Store, states: Iterable[str]) -> pd.DataFrame:
    """Return the years that the store has levels of, whole or as four quarters.

    Parameters
    ----------
    states : iterable of str
        First two characters of the areas.

    Returns
    -------
    pandas.DataFrame
        ``area_fips``, ``year``; one row each, sorted.
    """
    prefixes = sorted(set(states))
    annual = store.periods("annual", prefixes)[["area_fips", "year"]]
    quarters = store.periods("quarterly", prefixes)
    n_quarters = quarters.groupby(["area_fips", "year"], as_index=False)["qtr"].nunique()
    whole = n_quarters.loc[n_quarters["qtr"] == 4, ["area_fips", "year"]]
    both = pd.concat([annual, whole]).drop_duplicates()
    return both.sort_values(["area_fips", "year"], ignore_index=True)


def parts_of_years(store: Store, states: Iterable[str], year: int | None = None) -> str:
    """Say which quarters the store has of years, or of one, that are not whole; empty if none.

    Examples
    --------
    >>> import tempfile
    >>> from lmi.store import Store
    >>> parts_of_years(Store(tempfile.mkdtemp()), ["08"])
    ''
    """
    quarters = store.periods("quarterly", sorted(set(states)))
    held = quarters.groupby("year")["qtr"].unique()
    years = zip(held.index.tolist(), held, strict=True)
    parts = {y: sorted(found) for y, found in years if len(found) < 4}
    return listing([f"{y} {_quarters(found)}" for y, found in parts.items() if year in (None, y)])


def _quarters(found: list[str]) -> str:
    """Write quarters that follow each other as a span."""
    first, last = found[0], found[-1]
    if len(found) > 1 and int(last) - int(first) == len(found) - 1:
        return f"Q{first} to Q{last}"
    return listing([f"Q{quarter}" for quarter in found])


def _levels(store: Store, states: list[str], year: int) -> pd.DataFrame:
    """Rows of a year as published, or made from its four quarters, area by area."""
    annual = store.qcew("annual", states=states, years=[year]).assign(basis=ANNUAL)
    quarters = _beside(annual, store, states, year, "lq_", "oty_")
    if quarters.empty:
        return annual
    made = annualise(quarters, rounded=False).assign(basis=QUARTERS)
    return made if annual.empty else pd.concat([annual, made], ignore_index=True)


def _beside(
    annual: pd.DataFrame, store: Store, states: list[str], year: int, *unused: str
) -> pd.DataFrame:
    """Read the quarters of areas without annual rows, but for columns that no year is made of.

    They are half of what a quarter has, and reading them takes longer than what is made of it.
    """
    of_store = qcew_table("quarterly").names
    columns = [c for c in of_store if not c.startswith(unused) and not c.endswith("_pct_chg")]
    rows = store.qcew("quarterly", states=states, years=[year], columns=[*columns, "source_id"])
    return rows[~rows["area_fips"].isin(annual["area_fips"].unique())]


def _before(store: Store, states: list[str], year: int) -> pd.DataFrame:
    """Rows of a year rebuilt from the levels and changes of the year after."""
    annual = store.qcew("annual", states=states, years=[year + 1])
    quarters = _beside(annual, store, states, year + 1, "lq_")
    rebuilt = [previous_year(annual)] if not annual.empty else []
    if not quarters.empty:
        rebuilt.append(annualise(previous_year(quarters), rounded=False))
    found = [r for r in rebuilt if not r.empty]
    return pd.concat(found, ignore_index=True).assign(basis=OVER_THE_YEAR) if found else annual


def annual_rows(store: Store, states: Iterable[str], year: int) -> pd.DataFrame:
    """Return annual QCEW rows of all areas of some states.

    Parameters
    ----------
    states : iterable of str
        First two characters of the areas: state FIPS codes, ``US``.

    Returns
    -------
    pandas.DataFrame
        The store's annual columns that all sources of the rows have, and ``basis``: ``annual``
        (as published), ``quarters`` (made from four quarters as the agency does, its averages not
        rounded) or ``over-the-year`` (rebuilt from the year after and its published changes). An
        area is taken from the first of these that has it. Rows are rebuilt only for a state without
        any levels in the year: beside levels, a county's changes may belong to its former code.
    """
    prefixes = sorted(set(states))
    levels = _levels(store, prefixes, year)
    bare = sorted(set(prefixes) - set(levels["area_fips"].str[:2].unique()))
    before = _before(store, bare, year) if bare else levels.iloc[:0]
    found = [table for table in (levels, before) if not table.empty]
    return pd.concat(found, ignore_index=True) if found else levels
