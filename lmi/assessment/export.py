"""A region's measures as one tidy table, for checks and for other programs."""

from __future__ import annotations

import pandas as pd

from lmi.assessment.tables import StateTables
from lmi.config import Region
from lmi.errors import StoreError

__all__ = ["region_measures"]

_FIRST = [
    "state", "region", "year", "kind", "candidate", "own_code", "industry_code", "industry_level",
    "title",
]  # fmt: skip


def region_measures(tables: StateTables, region: Region) -> pd.DataFrame:
    """Return every measure of a region: its total, its candidates and its industries.

    Returns
    -------
    DataFrame
        ``kind`` says what a row is of: ``total``, ``candidate`` or ``industry``.

    Raises
    ------
    StoreError
        The region could not be computed.
    """
    if region.key in tables.meta["failed"]:
        raise StoreError(tables.meta["failed"][region.key])
    own = {
        name: frame[frame["region"] == region.key]
        for name, frame in (
            ("total", tables.regions),
            ("candidate", tables.candidates),
            ("industry", tables.industries),
        )
    }
    ranking = tables.ranking[tables.ranking["region"] == region.key]
    candidates = own["candidate"].merge(ranking, on=["region", "candidate"], validate="1:1")
    parts = [
        own["total"].rename(columns={"region_name": "title"}).assign(kind="total"),
        candidates.rename(columns={"candidate_name": "title"}).assign(kind="candidate"),
        own["industry"].rename(columns={"industry_title": "title"}).assign(kind="industry"),
    ]
    table = pd.concat(parts, ignore_index=True).assign(
        state=tables.meta["state"], year=tables.meta["year"]
    )
    return table[[*_FIRST, *(c for c in table.columns if c not in _FIRST)]]
