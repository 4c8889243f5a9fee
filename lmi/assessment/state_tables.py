"""The tables of a state, computed once and read by every profile."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from lmi import atomic
from lmi.assessment.basis import FOR_STAFF
from lmi.config import Region
from lmi.errors import StoreError
from lmi.texts import as_arrow
from lmi.words import Row, records

__all__ = ["StateTables", "region_measures"]


@dataclass(frozen=True, eq=False)
class StateTables:
    """Long tables for all regions of a state.

    Parameters
    ----------
    meta : dict
        Year, base year, sources, breaks and notes.
    total : DataFrame
        The state's published total, its regions together and what lies in none of them, as
        `lmi.analysis.state_total.state_total` gives them.
    regions : DataFrame, one row a region
        Totals, diversity, and how much is withheld or estimated.
    candidates, industries : DataFrame
        Measures by region and candidate, and by region, ownership and industry, each with its
        90 % interval (``_lo``, ``_hi``) and whether that is too wide for a number
        (``_is_vague``).
    counties : DataFrame
        Jobs, pay and change of each county of a region, as
        `lmi.analysis.county_measures.measure_counties` has them.
    growth : DataFrame
        Growth over several pairs of years.
    quarters : DataFrame
        Jobs, wages and season of the quarters of the year, as
        `lmi.analysis.quarters.read_quarters` has them.
    jumps : DataFrame
        Places of business that jump where jobs are withheld, as `lmi.analysis.jumps.find_jumps`
        has them.
    shift_share : DataFrame
        Dunn's and the dynamic form, against nation and state.
    trend : DataFrame
        Jobs and pay by year, of regions and of what they are compared with.
    scores, ranking : DataFrame
        Values by criterion; score with its interval, rank, how firm it is, and screens by
        candidate.
    robustness : DataFrame
        Chance of every rank, by region and candidate.
    weights : DataFrame
        What each criterion counts for in a region, and what weight would change first place.
    bases : DataFrame
        Rank by region and candidate under every year that growth could be measured from.
    engagement, knowledge, readiness : DataFrame
        What people bring, by region: who works with employers, what is known on the ground, and
        the ratings of each readiness item; no rows where nothing was brought.
    uncovered : DataFrame
        What no candidate holds, by region, as `lmi.analysis.uncovered.measure_uncovered` has it.
    context : DataFrame
        Residents, labor force and commuting, by region, as `read_context` has them.
    """

    meta: dict[str, Any]
    total: pd.DataFrame
    regions: pd.DataFrame
    candidates: pd.DataFrame
    industries: pd.DataFrame
    counties: pd.DataFrame
    growth: pd.DataFrame
    quarters: pd.DataFrame
    jumps: pd.DataFrame
    shift_share: pd.DataFrame
    trend: pd.DataFrame
    scores: pd.DataFrame
    ranking: pd.DataFrame
    robustness: pd.DataFrame
    weights: pd.DataFrame
    bases: pd.DataFrame
    engagement: pd.DataFrame
    knowledge: pd.DataFrame
    readiness: pd.DataFrame
    uncovered: pd.DataFrame
    context: pd.DataFrame

    @property
    def published_total(self) -> Row:
        """The state's published total; empty where the store lacks it."""
        from lmi.analysis.state_total import WHOLE  # the analysis brings its solvers with it

        return next(iter(records(self.total[self.total["kind"] == WHOLE])), {})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Names of the tables, without `meta`."""
        return tuple(f.name for f in fields(cls) if f.name != "meta")

    def save(self, folder: Path) -> None:
        """Write every table as Parquet and `meta` as JSON into a folder."""
        for name in self.names():
            frame: pd.DataFrame = getattr(self, name)
            if self.meta.get("staff"):
                frame = frame.assign(notice=FOR_STAFF)
            atomic.write_with(folder / f"{name}.parquet", as_arrow(frame).to_parquet)
        text = json.dumps(self.meta, indent=1, ensure_ascii=False, default=str)
        atomic.write_text(folder / "meta.json", text + "\n")

    @classmethod
    def load(cls, folder: str | Path) -> StateTables:
        """Read what `save` wrote.

        Raises
        ------
        StoreError
            The folder does not hold a state's tables.
        """
        place = Path(folder)
        try:
            meta = json.loads((place / "meta.json").read_text(encoding="utf-8"))
            tables = {
                name: pd.read_parquet(place / f"{name}.parquet").drop(
                    columns="notice", errors="ignore"
                )
                for name in cls.names()
            }
        except (OSError, ValueError) as error:
            raise StoreError(
                f"The folder {place} does not hold a state's tables ({error}); run `lmi batch` "
                "for the state again."
            ) from error
        return cls(meta=meta, **tables)


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
    if tables.meta.get("staff"):
        table = table.assign(notice=FOR_STAFF)
    return table[[*_FIRST, *(c for c in table.columns if c not in _FIRST)]]
