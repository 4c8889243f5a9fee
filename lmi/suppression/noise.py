"""Standard normal numbers that belong to a cell, whatever else stands in the table.

A cell draws the same numbers in every run, and largely the same ones in every year, so that the
error of a change from one year to another is not that of two strangers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.suppression.cell_hierarchy import KEY, PERIOD, FloatArray

__all__ = ["N_DRAWS", "cell_noise", "named_noise"]

N_DRAWS = 200
# Correlation of a cell's errors in two periods. On masked cells of Ohio it is .85 a year apart and
# .7 two years apart, less where other periods are known.
SHARED = 0.8
_STEP = np.uint64(0x9E3779B97F4A7C15)


def _mixed(x: np.ndarray) -> np.ndarray:
    """Scramble 64-bit integers (the finaliser of SplitMix64, Steele and others, 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def named_noise(names: pd.Series, n_draws: int = N_DRAWS) -> FloatArray:
    """Return the normal numbers that belong to names, shape (n, n_draws)."""
    from scipy.special import ndtri  # slow to import, and estimates that are kept need none

    seed = pd.util.hash_array(names.to_numpy(dtype=object))
    steps = (np.arange(1, n_draws + 1, dtype=np.uint64) * _STEP)[None, :]
    bits = _mixed(seed[:, None] + steps) >> np.uint64(11)
    return np.asarray(ndtri((bits + 0.5) / 2.0**53), dtype=np.float64)


def cell_noise(cells: pd.DataFrame, stream: str = "", n_draws: int = N_DRAWS) -> FloatArray:
    """Return normal numbers for each cell.

    Parameters
    ----------
    cells : DataFrame, n rows
        ``area_fips``, ``own_code``, ``industry_code``, and ``year`` and ``qtr`` if it has them.
    stream : str
        Tells apart the numbers of two measures.

    Returns
    -------
    ndarray, shape (n, n_draws)

    Examples
    --------
    >>> import pandas as pd
    >>> cell = pd.DataFrame({"area_fips": ["99001"], "own_code": "5", "industry_code": "62"})
    >>> bool((cell_noise(cell) == cell_noise(cell)).all()), cell_noise(cell, n_draws=3).shape
    (True, (1, 3))
    """
    name = cells[KEY[0]] + "/" + cells[KEY[1]] + "/" + cells[KEY[2]] + "/" + stream
    always = named_noise(name, n_draws)
    if not set(PERIOD) <= set(cells.columns):
        return always
    period = name + "/" + cells[PERIOD[0]].astype(str) + "/" + cells[PERIOD[1]]
    passing = named_noise(period, n_draws)
    return np.sqrt(SHARED) * always + np.sqrt(1 - SHARED) * passing
