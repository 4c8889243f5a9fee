"""How diverse a region's mix of sectors is, and how like its reference's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis.evaluate import Amounts, Summed, evaluate
from lmi.analysis.level_measures import SUFFIX
from lmi.analysis.places import NATION, REGION
from lmi.analysis.shares import Shares
from lmi.analysis.sums import EMPLVL, Sums
from lmi.codes import ALL_OWNERS
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.diversity import hachman, hhi
from lmi.measures.lookup import positions

__all__ = ["diversity"]


def diversity(industries: Sums, quoted: Shares | None = None) -> pd.DataFrame:
    """Measure each region's diversity over sectors of all ownerships.

    Parameters
    ----------
    industries : Sums
        By ``place``, ``region``, ``own_code``, ``industry_code``.
    quoted : Shares, optional
        By ``own_code`` and ``industry_code``, what stands in for sums of the nation.

    Returns
    -------
    DataFrame
        ``region``, ``hhi``, ``hachman`` and ``hachman_state``, with their ends.
    """

    def sectors_of(table: pd.DataFrame) -> IntArray:
        is_sector = table["industry_code"].isin(naics.SECTORS)
        return np.flatnonzero((is_sector & (table["own_code"] == ALL_OWNERS)).to_numpy())

    sectors = industries.take(sectors_of(industries.table))
    own = sectors.of(REGION)
    parts: dict[str, Summed] = {suffix: sectors.of(place) for place, suffix in SUFFIX.items()}
    if quoted is not None:
        parts[SUFFIX[NATION]] = quoted.take(sectors_of(quoted.table))
    regions = own.table[["region"]].drop_duplicates(ignore_index=True)
    found = {code for part in (own, *parts.values()) for code in part.table["industry_code"]}
    codes = pd.DataFrame({"industry_code": sorted(found)})
    grid = regions.merge(codes, how="cross")
    shape, keys = (len(regions), len(codes)), ["region", "industry_code"]
    at = {"own": positions(grid, own.table, keys).reshape(shape)} | {
        suffix: positions(grid, part.table, keys).reshape(shape) for suffix, part in parts.items()
    }

    def jobs(amounts: Amounts, sums: Summed, rows: IntArray) -> FloatArray:
        """Jobs with the sectors on the last axis; one that is not there has none."""
        found = amounts(sums, EMPLVL, rows.ravel())
        return np.nan_to_num(np.moveaxis(found.reshape(*rows.shape, -1), 1, 2))

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        ours = jobs(amounts, own, at["own"][rows])
        found = {"hhi": hhi(ours)}
        for suffix, part in parts.items():
            found[f"hachman{suffix}"] = hachman(ours, jobs(amounts, part, at[suffix][rows]))
        return found

    return evaluate(formula, len(regions), np.ones(len(regions), dtype=bool)).add_to(regions)
