"""How far estimates are from the truth, and how often their intervals hold it."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["LEVELS", "METRICS", "POOLED", "score"]

POOLED = "all"
LEVELS = {"4": "sector", "5": "3-digit", "6": "4-digit", "7": "5-digit", "8": "6-digit"}
METRICS = ("cells", "wape", "median_ape", "bias", "coverage", "width")


def score(cells: pd.DataFrame) -> pd.DataFrame:
    """Score estimates by industry level, and pooled over all levels.

    Parameters
    ----------
    cells : DataFrame
        ``agglvl_code``, ``truth``, ``estimate``, and ``lo``, ``hi`` where there is an interval.

    Returns
    -------
    DataFrame
        One row a level and one for all: ``level``, ``cells``; ``wape``: Σ|estimate − truth| over
        Σ truth; ``median_ape``: median of |estimate − truth| over truth, where the truth is not
        0; ``bias``: Σ(estimate − truth) over Σ truth; ``coverage``: share of the cells whose
        truth lies in the interval; ``width``: Σ(hi − lo) over Σ truth. A cell that got no
        estimate counts as zero, and as not covered.

    Examples
    --------
    >>> cells = pd.DataFrame({"agglvl_code": ["74", "78"], "truth": [100.0, 50.0],
    ...     "estimate": [90.0, 70.0], "lo": [80.0, 60.0], "hi": [110.0, 75.0]})
    >>> score(cells).round(3).to_numpy().tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['sector', 1, 0.1, 0.1, -0.1, 1.0, 0.3],
     ['6-digit', 1, 0.4, 0.4, 0.4, 0.0, 0.3],
     ['all', 2, 0.2, 0.25, 0.067, 0.5, 0.3]]
    """
    digit = cells["agglvl_code"].str[1]
    rows = [
        {"level": name, **_score(cells[digit == level])}
        for level, name in LEVELS.items()
        if (digit == level).any()
    ]
    pooled = cells[digit.isin(list(LEVELS))]
    return pd.DataFrame([*rows, {"level": POOLED, **_score(pooled)}], columns=["level", *METRICS])


def _score(cells: pd.DataFrame) -> dict[str, float]:
    truth = cells["truth"].to_numpy("float64")
    error, total = np.nan_to_num(cells["estimate"].to_numpy("float64")) - truth, truth.sum()
    some = truth > 0
    found = {
        "cells": len(cells),
        "wape": _share(np.abs(error).sum(), total),
        "median_ape": float(np.median(np.abs(error[some]) / truth[some])) if some.any() else np.nan,
        "bias": _share(error.sum(), total),
        "coverage": np.nan,
        "width": np.nan,
    }
    if {"lo", "hi"} <= set(cells.columns) and cells["lo"].notna().any():
        lo, hi = cells["lo"].to_numpy("float64"), cells["hi"].to_numpy("float64")
        slack = 1e-6 * (1 + truth)  # floating error of cells that are pinned exactly
        found["coverage"] = float(((truth >= lo - slack) & (truth <= hi + slack)).mean())
        found["width"] = _share(np.nansum(hi - lo), total)
    return found


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else np.nan
