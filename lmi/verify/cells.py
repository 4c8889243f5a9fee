"""One row a cell, on the level of its industry: what is not so is named and left aside."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray
from lmi.naics import LEVELS, industry_level
from lmi.verify.tally import KEYS, CheckResult, Frequency, Tally

__all__ = ["each_cell_once"]

CELL = [*KEYS, "size_code"]
SUMS = ("0", "8", "9")


def each_cell_once(rows: pd.DataFrame, period: Frequency) -> tuple[pd.DataFrame, list[CheckResult]]:
    """Return rows of which no two are of the same cell, and the check that names the others.

    Returns
    -------
    DataFrame, list of CheckResult
        The rows, and no check where there is nothing to name. Of two rows of a cell, the one on
        the level of its industry stays.
    """
    keys = [key for key in CELL if key in rows]
    twice = rows.duplicated(keys, keep=False).to_numpy()
    if not twice.any():
        return rows, []
    level = rows["agglvl_code"].to_numpy(dtype=np.float64)
    fitting = np.where(rows["own_code"].isin(SUMS), level, _level_of_industry(rows, level))
    order = np.argsort(level != fitting, kind="stable")
    first = ~rows.iloc[order].duplicated(keys).sort_index().to_numpy()
    tally = Tally(f"codes agree, {period}", "one row a cell, on the level of its industry", rows)
    tally.add("agglvl_code", np.where(twice, level, np.nan), fitting)
    tally.add("rows of the cell", np.where(first, 1, 2), np.ones(len(rows)))
    return rows[first].reset_index(drop=True), [tally.result()]


def _level_of_industry(rows: pd.DataFrame, level: FloatArray) -> FloatArray:
    """The level that an industry has in the kind of area that each row is of."""
    deep = {code: LEVELS.index(industry_level(code)) + 1 for code in rows["industry_code"].unique()}
    return level // 10 * 10 + rows["industry_code"].map(deep).to_numpy(dtype=float)
