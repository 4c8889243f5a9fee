"""Whether the interval of a sum holds the sum: regions × candidates of masked cells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.suppression.draws import COVERAGE, Draws, interval
from lmi.suppression.hierarchy import KEY, PERIOD

__all__ = ["judge_sums", "score_sums"]


def judge_sums(
    truth: pd.DataFrame,
    cells: pd.DataFrame,
    draws: Draws,
    members: pd.DataFrame,
    value: str = "annual_avg_emplvl",
    coverage: float = COVERAGE,
) -> pd.DataFrame:
    """Set the sum of every group's masked cells beside its estimate and interval.

    Parameters
    ----------
    truth : DataFrame
        Masked cells: area_fips, own_code, industry_code, year and qtr where `cells` has them,
        ``truth``.
    cells : DataFrame
        Estimates of all cells, keyed alike, in the order of the draws.
    draws : Draws
        Joint draws of the withheld cells.
    members : DataFrame
        ``group``, area_fips, own_code, industry_code: which cells make up which sum. Members that
        are not masked are left out on both sides, because only of masked ones the truth is known.
    value : str
        The column of `cells` that was estimated.
    coverage : float, 0 to 1
        Of the interval.

    Returns
    -------
    DataFrame
        One row a group with masked cells, in order of group: ``group``, ``cells``, ``truth``,
        ``estimate``, ``lo`` and ``hi`` (of the sum, never below 0).

    Examples
    --------
    Two cells share 60 jobs: whatever each is, their sum is known.

    >>> cells = pd.DataFrame({"area_fips": "99001", "own_code": "5", "industry_code": ["23", "62"],
    ...     "jobs": [20.0, 40.0]})
    >>> truth = cells.drop(columns="jobs").assign(truth=[25.0, 35.0])
    >>> draws = Draws(np.array([0, 1]), np.array([[-9.0, 9.0], [9.0, -9.0]]), 2)
    >>> members = truth.drop(columns="truth").assign(group="all")
    >>> judge_sums(truth, cells, draws, members, "jobs").iloc[0, 1:].tolist()
    [2.0, 60.0, 60.0, 60.0, 60.0]
    """
    keys = [c for c in (*KEY, *PERIOD) if c in cells and c in truth]
    known = truth[[*keys, "truth"]].merge(
        cells[[*keys, value]].assign(row=np.arange(len(cells))), on=keys, validate="1:1"
    )
    joined = members[["group", *KEY]].drop_duplicates().merge(known, on=KEY)
    number, groups = pd.factorize(joined["group"], sort=True)
    n = len(groups)
    guess = np.bincount(number, joined[value], n)
    deviation = draws.sums(number, joined["row"].to_numpy(np.int64), n)
    lo, hi = interval(deviation, coverage) if n else (np.zeros(0), np.zeros(0))
    return pd.DataFrame(
        {
            "group": groups,
            "cells": np.bincount(number, minlength=n),
            "truth": np.bincount(number, joined["truth"], n),
            "estimate": guess,
            "lo": np.maximum(guess + lo, 0.0),
            "hi": np.maximum(guess + hi, 0.0),
        }
    )


def score_sums(sums: pd.DataFrame) -> pd.Series:
    """Score the intervals of sums.

    Parameters
    ----------
    sums : DataFrame
        As `judge_sums` gives them.

    Returns
    -------
    Series
        ``sums``; ``wape``: Σ|estimate − truth| over Σ truth; ``coverage``: share of the sums
        whose truth lies in the interval; ``width``: Σ(hi − lo) over Σ truth.

    Examples
    --------
    >>> sums = pd.DataFrame({"truth": [100.0, 50.0], "estimate": [90.0, 50.0],
    ...     "lo": [80.0, 52.0], "hi": [110.0, 67.0]})
    >>> score_sums(sums).round(3).to_dict()
    {'sums': 2.0, 'wape': 0.067, 'coverage': 0.5, 'width': 0.3}
    """
    total = sums["truth"].sum() or np.nan
    slack = 1e-6 * (1 + sums["truth"])
    held = (sums["truth"] >= sums["lo"] - slack) & (sums["truth"] <= sums["hi"] + slack)
    return pd.Series(
        {
            "sums": float(len(sums)),
            "wape": (sums["estimate"] - sums["truth"]).abs().sum() / total,
            "coverage": held.mean() if len(sums) else np.nan,
            "width": (sums["hi"] - sums["lo"]).sum() / total,
        }
    )
