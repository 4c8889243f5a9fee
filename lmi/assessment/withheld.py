"""How much of a state's county numbers is withheld: by level of industry, county and sector."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lmi import codes, naics
from lmi.codes import PRIVATE

__all__ = ["LEVELS", "by_county", "by_level", "by_sector", "private_cells"]

LEVELS = ("sector", "3-digit", "4-digit", "5-digit", "6-digit")
"""Levels of industry that candidates are made of; the profile counts its withheld cells on them."""
SECTOR, TOTAL = "sector", "total"
NO_NAMES: Mapping[str, str] = {}
TELLS = 2
"""Of a single withheld cell the jobs are not shown: total minus published would be its own."""


def private_cells(
    rows: pd.DataFrame,
    counties: list[str],
    jobs: str = "annual_avg_emplvl",
    estabs: str = "annual_avg_estabs",
) -> pd.DataFrame:
    """Return the private cells of counties that have establishments.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows of one period; jobs are missing where withheld.
    jobs, estabs : str, optional
        The columns that hold them.

    Returns
    -------
    DataFrame
        ``area_fips``, ``industry_code``, ``level``, ``jobs``, ``is_withheld``.
    """
    is_kept = (
        rows["area_fips"].isin(counties)
        & (rows["own_code"] == PRIVATE)
        & (rows["size_code"] == "0")
        & (rows[estabs] > 0)
    )
    kept = rows[is_kept]
    levels = {a: codes.parse_agglvl(a).industry_level for a in kept["agglvl_code"].unique()}
    return pd.DataFrame(
        {
            "area_fips": kept["area_fips"],
            "industry_code": kept["industry_code"],
            "level": kept["agglvl_code"].map(levels),
            "jobs": kept[jobs].astype("float64"),
            "is_withheld": kept[jobs].isna(),
        }
    ).reset_index(drop=True)


def by_level(cells: pd.DataFrame) -> pd.DataFrame:
    """Count what is withheld on every level of industry, over all counties.

    Returns
    -------
    DataFrame
        ``level``, ``cells``, ``withheld``, ``cells_share`` and ``jobs_share``: of the private jobs
        of the counties whose total is published, those that the level does not say.
    """
    totals = _totals(cells)
    grouped = _counted(cells, "level")
    table = grouped.reindex(LEVELS, fill_value=0)
    known = cells[cells["area_fips"].isin(totals.index)]
    said = known.groupby("level")["jobs"].sum().reindex(LEVELS, fill_value=0.0)
    return _shares(table, said, totals.sum()).reset_index(names="level")


def by_county(cells: pd.DataFrame, names: Mapping[str, str] = NO_NAMES) -> pd.DataFrame:
    """Count what is withheld in every county: cells on all levels, jobs by sector.

    Parameters
    ----------
    names : mapping of str to str, optional
        Code to name of counties, before what the codes are known by.

    Returns
    -------
    DataFrame
        ``area_fips``, ``name``, ``cells``, ``withheld``, ``cells_share``, ``jobs_share`` (missing
        where one sector alone is withheld) and ``total_is_withheld``; most withheld first.
    """
    table = _counted(cells[cells["level"].isin(LEVELS)], "area_fips")
    sectors = cells[cells["level"] == SECTOR].groupby("area_fips")
    totals = _totals(cells)
    found = _shares(table, sectors["jobs"].sum(), totals.reindex(table.index))
    hidden = sectors["is_withheld"].sum().reindex(table.index, fill_value=0)
    found["jobs_share"] = found["jobs_share"].where((hidden == 0) | (hidden >= TELLS))
    found["total_is_withheld"] = ~found.index.isin(totals.index)
    found.insert(0, "name", [names.get(area) or codes.county_name(area) for area in found.index])
    ordered = found.reset_index(names="area_fips")
    return ordered.sort_values(
        ["cells_share", "area_fips"], ascending=[False, True], ignore_index=True
    )


def by_sector(cells: pd.DataFrame) -> pd.DataFrame:
    """Count in how many of the counties that have a sector its jobs are withheld.

    Returns
    -------
    DataFrame
        ``industry_code``, ``title``, ``cells``, ``withheld``, ``cells_share``; most withheld first.
    """
    table = _counted(cells[cells["level"] == SECTOR], "industry_code").reset_index()
    table.insert(1, "title", [naics.industry_title(code) for code in table["industry_code"]])
    table["cells_share"] = table["withheld"] / table["cells"]
    return table.sort_values(
        ["cells_share", "industry_code"], ascending=[False, True], ignore_index=True
    )


def _counted(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count cells, and those that are withheld."""
    flags = cells.groupby(by)["is_withheld"]
    return pd.DataFrame({"cells": flags.size(), "withheld": flags.sum()})


def _totals(cells: pd.DataFrame) -> pd.Series:
    """Private jobs of the counties that publish them."""
    return cells[cells["level"] == TOTAL].dropna(subset=["jobs"]).set_index("area_fips")["jobs"]


def _shares(table: pd.DataFrame, said: pd.Series, totals: pd.Series | float) -> pd.DataFrame:
    """Add the shares of cells and of jobs; none of jobs where one cell alone would be told."""
    rest = (totals - said.reindex(table.index)) / totals
    return table.assign(
        cells_share=table["withheld"] / table["cells"],
        jobs_share=rest.clip(lower=0.0).where(table["withheld"] != TELLS - 1),
    )
