"""Worlds of cells: many private employers, large ones, offices of a government, a state's agencies.

Where a cell is one employer, such as a hospital, a university or a state's agency, the number of
its establishments says little of its jobs: it jumps when the employer begins to report worksites.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi import naics
from lmi.suppression.cell_hierarchy import IntArray

__all__ = ["MANY", "OFFICES", "WORLDS", "worlds_of"]

# Private employers, hospitals and universities apart; federal and local government; a state's.
WORLDS = MANY, LARGE, OFFICES, AGENCIES = range(4)
GOVERNMENTS = {"1": OFFICES, "2": AGENCIES, "3": OFFICES}
# Hospitals, junior colleges, colleges and universities.
LARGE_INDUSTRIES = ("622", "6112", "6113")


def worlds_of(rows: pd.DataFrame) -> IntArray:
    """Tell the world of each row, by ownership and industry.

    Returns
    -------
    ndarray, shape (n,)
        Of `WORLDS`.

    Examples
    --------
    >>> worlds_of(pd.DataFrame({"own_code": ["5", "5", "3", "2"],
    ...                         "industry_code": ["62", "6221", "62", "92"]})).tolist()
    [0, 1, 2, 3]
    """
    own, owns = pd.factorize(rows["own_code"])
    industry, industries = pd.factorize(rows["industry_code"])
    governed = np.array([GOVERNMENTS.get(code, MANY) for code in owns], dtype=np.int64)[own]
    large = np.array([_is_large(code) for code in industries], dtype=bool)[industry]
    return np.where(large & (governed == MANY), LARGE, governed)


def _is_large(industry_code: str) -> bool:
    return any(naics.contains(large, industry_code) for large in LARGE_INDUSTRIES)
