"""Ranks of scores, with ties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import floats

__all__ = ["FIRST_THREE", "LEVEL", "rank_scores"]

FIRST_THREE = 3
"""The ranks that a team looks at when it agrees on one or two sectors."""

LEVEL = 0.01
"""Scores within so much of each other, one point of a hundred, are level."""

# Scores that differ by less than this differ by the order of additions only.
_DECIMALS = 9


def rank_scores(scores: Any, level: float = 0.0) -> pd.Series:
    """Rank scores, the highest first; level scores share the better rank.

    Parameters
    ----------
    scores : array_like, shape (n,), 0 to 1
        Scores; NaN where there is none.
    level : float, 0 to 1, optional
        How far below the first of its rank a score is still level with it; equal alone unless
        told.

    Returns
    -------
    Series of Int64, length n
        1, 2, 2, 4, …; missing where the score is.

    Notes
    -----
    From the highest score down, a rank is that of the first score of it and of all that are
    level with that one, and is one plus the number of scores above them. Who is level is asked
    of the first of a rank, not of the one before: scores that each lie a little below the last
    do not make one long tie. Scores are compared to nine decimals.

    Examples
    --------
    >>> from lmi.scoring.rank import rank_scores
    >>> rank_scores([0.5, 0.9, 0.5, None, 0.1]).tolist()
    [2, 1, 2, <NA>, 4]
    >>> rank_scores([0.874, 0.866, 0.858, 0.5], level=0.01).tolist()
    [1, 1, 3, 4]
    """
    index = scores.index if isinstance(scores, pd.Series) else None
    compared = pd.Series(floats(scores)[0], index=index).round(_DECIMALS)
    if not level:
        return compared.rank(method="min", ascending=False).astype("Int64")
    found = compared.to_numpy()  # not of pandas from here on: a hundred phones rank at once
    first, rank, ranks = np.inf, 0, np.zeros(len(found), dtype=np.int64)
    ordered = found.argsort(kind="stable")[::-1]
    for place, at in enumerate(ordered[~np.isnan(found[ordered])], start=1):
        if round(first - found[at], _DECIMALS) > level:
            first, rank = found[at], place
        ranks[at] = rank
    return pd.Series(pd.arrays.IntegerArray(ranks, np.isnan(found)), index=compared.index)
