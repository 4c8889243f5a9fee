"""All checks on everything in a store, one state and year at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import pandas as pd

from lmi.codes import nation_of
from lmi.errors import StoreError
from lmi.verify.report import Report, combine_reports
from lmi.verify.rows import verify

if TYPE_CHECKING:
    from lmi.store import Store

__all__ = ["verify_store"]

FREQUENCIES: tuple[Literal["annual"], Literal["quarterly"]] = ("annual", "quarterly")


def verify_store(
    store: Store, *, year: int | None = None, areas: Iterable[str] | None = None
) -> Report:
    """Verify the rows of a store.

    Parameters
    ----------
    year : int, optional
        All years where not given. The year before is read to compare with.
    areas : iterable of str, optional
        Areas, or first two characters of areas such as a state's; all where not given. The rest
        of their states and the nation are read to compare with.

    Raises
    ------
    StoreError
        If the store has no such rows.
    """
    wanted = None if areas is None else tuple(areas)
    batches = _batches(store, year, wanted)
    if not batches:
        raise StoreError(_nothing(year, wanted))
    reports = []
    for state, checked, nation in batches:
        annual, quarterly = (
            store.qcew(frequency, states=sorted({state, nation}), years=[checked - 1, checked])
            for frequency in FREQUENCIES
        )
        only = [state] if wanted is None else [a for a in wanted if a.startswith(state)]
        reports.append(verify(annual, quarterly, years=[checked], areas=only))
    return combine_reports(reports)


def _batches(
    store: Store, year: int | None, areas: tuple[str, ...] | None
) -> list[tuple[str, int, str]]:
    """First two characters of areas, year, and those of their nation: what there is to verify."""
    periods = pd.concat([store.periods(frequency) for frequency in FREQUENCIES])
    if year is not None:
        periods = periods[periods["year"] == year]
    if areas is not None:
        periods = periods[periods["area_fips"].str.startswith(areas)]
    found = periods[["area_fips", "year"]].drop_duplicates()
    pairs = zip(found["area_fips"], found["year"], strict=True)
    return sorted({(area[:2], int(when), nation_of(area)[:2]) for area, when in pairs})


def _nothing(year: int | None, areas: tuple[str, ...] | None) -> str:
    what = "QCEW rows"
    if areas is not None:
        what += f" of {', '.join(areas)}"
    if year is not None:
        what += f" in {year}"
    return f"The store has no {what}; see `lmi sources` for what it has, or ingest them."
