"""How diverse a region's mix of sectors is, and how like its reference's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.levels import SUFFIX
from lmi.analysis.places import REGION
from lmi.analysis.sums import EMPLVL, IntArray, Sums
from lmi.analysis.year_sums import ALL
from lmi.measures.arithmetic import FloatArray
from lmi.measures.diversity import hachman, hhi
from lmi.measures.tables import positions

__all__ = ["diversity"]


def diversity(industries: Sums, levels_of: Mapping[str, str]) -> pd.DataFrame:
    """Measure each region's diversity over sectors of all ownerships.

    Parameters
    ----------
    industries : Sums
        By ``place``, ``region``, ``own_code``, ``industry_code``.
    levels_of : mapping of str to str
        Industry code to its level.

    Returns
    -------
    DataFrame
        ``region``, ``hhi``, ``hachman`` and ``hachman_state``, with their ends.
    """
    table = industries.table
    is_sector = (table["industry_code"].map(levels_of) == "sector") & (table["own_code"] == ALL)
    sectors = industries.take(np.flatnonzero(is_sector.to_numpy()))
    own = sectors.of(REGION)
    regions = own.table[["region"]].drop_duplicates(ignore_index=True)
    codes = pd.DataFrame({"industry_code": sorted(sectors.table["industry_code"].unique())})
    grid = regions.merge(codes, how="cross")
    shape, keys = (len(regions), len(codes)), ["region", "industry_code"]
    parts = {suffix: sectors.of(place) for place, suffix in SUFFIX.items()}
    at = {"own": positions(grid, own.table, keys).reshape(shape)} | {
        suffix: positions(grid, part.table, keys).reshape(shape) for suffix, part in parts.items()
    }

    def jobs(amounts: Amounts, sums: Sums, rows: IntArray) -> FloatArray:
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
