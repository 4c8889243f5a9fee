"""Rows as the agency prints them of made-up areas, with the quotients against their nation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis.quoted_nation import QuotedNation, quoted_nation
from lmi.store import Store

Cell = tuple[str, str]
Jobs = Mapping[Cell, float]
ALL_JOBS: Cell = ("0", "10")
NO_CELLS = pd.DataFrame(
    columns=["area_fips", "own_code", "industry_code", "annual_avg_emplvl"], dtype="object"
)


def added_up(leaves: Jobs) -> dict[Cell, float]:
    """Jobs of every industry and ownership that holds some of six-digit industries."""
    found: Counter[Cell] = Counter()
    for (own, industry), jobs in leaves.items():
        for code in naics.containers(industry):
            found[own, code] += jobs
        found[ALL_JOBS] += jobs
    return dict(found)


def printed(
    areas: Mapping[str, Jobs],
    nation: Jobs,
    *,
    year: int = 2022,
    qtr: str = "A",
    names: Iterable[str] = ("annual_avg_emplvl",),
    withheld: Collection[tuple[str, str, str]] = (),
) -> pd.DataFrame:
    """Rows of areas, each number rounded as the agency does, quotients to two decimals.

    Parameters
    ----------
    areas : mapping of str to mapping
        Jobs of six-digit industries by ownership.
    nation : mapping
        The same of the nation.
    """
    whole = added_up(nation)
    rows = []
    for area, leaves in areas.items():
        jobs = added_up(leaves)
        for cell, number in jobs.items():
            share = number / jobs[ALL_JOBS] if jobs[ALL_JOBS] else 0.0
            quotient = round(share / (whole[cell] / whole[ALL_JOBS]), 2) if number else 0.0
            hidden = (area, *cell) in withheld
            told = (np.nan, np.nan) if hidden else (np.floor(number + 0.5), quotient)
            row: dict[str, Any] = {"area_fips": area, "own_code": cell[0], "industry_code": cell[1]}
            for name in names:
                row |= {name: told[0], f"lq_{name}": told[1]}
            rows.append(row | {"size_code": "0", "year": year, "qtr": qtr, "source_id": 1})
    return pd.DataFrame(rows)


class PrintedRows:
    """Answers as a store that holds these rows."""

    def __init__(self, annual: pd.DataFrame | None = None, quarterly: pd.DataFrame | None = None):
        none = pd.DataFrame(columns=["area_fips", "year", "qtr"])
        self.rows = {
            "annual": none if annual is None else annual,
            "quarterly": none if quarterly is None else quarterly,
        }

    def periods(self, frequency: str, states: Collection[str] | None = None) -> pd.DataFrame:
        """As `Store.periods`."""
        keys = self.rows[frequency][["area_fips", "year", "qtr"]].drop_duplicates()
        return keys if states is None else keys[keys["area_fips"].str[:2].isin(states)]

    def qcew(
        self, frequency: str, *, areas: Iterable[str], years: Collection[int], columns: list[str]
    ) -> pd.DataFrame:
        """As `Store.qcew`."""
        rows = self.rows[frequency].reindex(columns=columns)
        here = self.rows[frequency]
        return rows[here["area_fips"].isin([*areas]) & here["year"].isin([*years])]


def infer(
    rows: PrintedRows, year: int = 2022, cells: pd.DataFrame = NO_CELLS
) -> QuotedNation | None:
    """Infer the nation of a year."""
    return quoted_nation(cast("Store", rows), "US000", year, cells)


def shares_of(found: QuotedNation | None) -> pd.DataFrame:
    """The inferred cells, by ownership and industry."""
    assert found is not None
    return found.cells.set_index(["own_code", "industry_code"])


def outside(found: QuotedNation | None, nation: Jobs) -> list[Cell]:
    """The cells whose true share lies outside of the inferred interval."""
    cells, truth = shares_of(found), added_up(nation)
    share = np.array([truth.get(cell, 0.0) / truth[ALL_JOBS] for cell in cells.index])
    slack = 1e-9
    out = (share < cells["lo"] - slack) | (share > cells["hi"] + slack)
    return [*cells.index[out]]
